//! The case format keeps what the template promises: every alternative that it shows works, and what
//! is read can be written and read again.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::float_cmp,
    reason = "helpers of a test may panic where the template lacks what it should show; numbers are copied"
)]

use std::fmt::Debug;

use detente::{
    Assessment, Case, Options, assess,
    case::{Confidence, Nonagreement, Preferences, SeenBy, TrueType},
    decode::Source,
    library,
    strategies::{case, uncertain_case},
};
use proptest::{
    prelude::*,
    test_runner::{Config, RngSeed, TestRunner},
};

/// The template, to be changed as its comments say it may be.
struct Template(String);

impl Template {
    fn new() -> Self {
        Self(library::TEMPLATE.to_owned())
    }

    /// Puts a commented line into force.
    #[track_caller]
    fn with(self, line: &str) -> Self {
        let comment = format!("# {line}");
        assert!(self.0.contains(&comment), "the template shows no {line}");
        Self(self.0.replacen(&comment, line, 1))
    }

    /// Replaces a part.
    #[track_caller]
    fn but(self, part: &str, with: &str) -> Self {
        assert!(self.0.contains(part), "the template has no {part}");
        Self(self.0.replacen(part, with, 1))
    }

    /// Leaves out the lines from the one that begins so up to the next header of another table.
    #[track_caller]
    fn without(self, header: &str) -> Self {
        let start = self.0.find(header).expect(header);
        let rest = &self.0[start + header.len()..];
        let end = rest
            .find("\n[")
            .map_or(self.0.len(), |end| start + header.len() + end + 1);
        Self([&self.0[..start], &self.0[end..]].concat())
    }

    /// Leaves out the line that begins so.
    #[track_caller]
    fn without_line(self, line: &str) -> Self {
        let start = self.0.find(&format!("\n{line}")).expect(line) + 1;
        let length = self.0[start..].find('\n').expect(line) + 1;
        Self([&self.0[..start], &self.0[start + length..]].concat())
    }

    /// The case, which reads the same when written and read again, and its assessment.
    #[track_caller]
    fn assessed(&self) -> (Case, Assessment) {
        let case = read("template.toml", &self.0);
        assert_eq!(again(&case), case);
        let options = Options {
            draws: 40,
            ..Options::default()
        };
        let assessment = assess(&case, &options).unwrap();
        (case, assessment)
    }
}

#[track_caller]
fn read(name: &str, text: &str) -> Case {
    match Case::read(&Source::new(name, text)) {
        Ok(case) => case,
        Err(faults) => panic!("{faults}\n\n{text}"),
    }
}

/// The case as it is read from what is written of it.
#[track_caller]
fn again(case: &Case) -> Case {
    read("again.json", &serde_json::to_string(case).unwrap())
}

/// Lines of the template's head under `title`, without what they mean.
fn shown(title: &str) -> Vec<&'static str> {
    let head = library::TEMPLATE
        .lines()
        .skip_while(|line| !line.contains(title));
    head.skip(1)
        .map_while(|line| line.strip_prefix("#     "))
        .map(|line| line.split("    ").next().unwrap_or_default().trim())
        .collect()
}

#[test]
fn the_template_as_it_stands() {
    let (case, assessment) = Template::new().assessed();
    assert_eq!(case.parties.len(), 2);
    assert_eq!(assessment.funnel[0].survivors, 3);
    assert_eq!(
        case.forbidden[0]
            .provenance
            .note
            .as_deref()
            .map(str::is_empty),
        Some(false)
    );
    let east = case.parties.get("east").unwrap();
    assert!(matches!(east.true_type, Some(TrueType::Distribution(_))));
    let west = case.parties.get("west").unwrap();
    assert!(matches!(west.true_type, Some(TrueType::Known(_))));
}

#[test]
fn every_shape_of_number() {
    let shapes = shown("ANY NUMBER may be");
    assert_eq!(shapes.len(), 7, "{shapes:?}");
    for shape in shapes {
        // Words are for chances, and a payoff is none.
        let (of, line) = match shape.starts_with('"') {
            true => (
                "detection = { low = 0.5, mode = 0.7, high = 0.9 }",
                format!("detection = {shape}"),
            ),
            false => ("nonagreement = 0.0", format!("nonagreement = {shape}")),
        };
        let (case, _) = Template::new().but(of, &line).assessed();
        let east = case.parties.get("east").unwrap();
        let number = match (&east.nonagreement, &east.detection) {
            (_, Some(chance)) if shape.starts_with('"') => chance,
            (Some(Nonagreement::Payoff(payoff)), _) => payoff,
            _ => panic!("{shape} is no number"),
        };
        assert_eq!(number.value.is_exact(), shape == "0.6", "{shape}");
        assert!(number.value.central().is_finite());
    }
}

#[test]
fn every_table_of_provenance() {
    let tables = shown("ANY VALUE may be");
    assert_eq!(tables.len(), 2, "{tables:?}");
    for table in tables {
        let sure = table.replace(" }", ", confidence = \"high\", coder = \"ab\" }");
        let line = format!("nonagreement = {sure}");
        let (case, _) = Template::new().but("nonagreement = 0.0", &line).assessed();
        let east = case.parties.get("east").unwrap();
        let Some(Nonagreement::Payoff(number)) = &east.nonagreement else {
            panic!("{table} is no payoff");
        };
        assert_eq!(number.provenance.source, ["memo"]);
        assert_eq!(number.provenance.confidence, Some(Confidence::High));
        assert_eq!(number.provenance.coder.as_deref(), Some("ab"));
    }
}

#[test]
fn any_value_may_carry_its_provenance() {
    let coded = |value: &str| format!("{{ value = {value}, source = [\"memo\"], note = \"why\" }}");
    for value in [
        "1986-10-12",
        "\"nonagreement\"",
        "\"Its leader\"",
        "false",
        "\"logit\"",
        "1985-04-07",
        "\"cooperative\"",
        "1986-01-15",
    ] {
        let (case, _) = Template::new().but(value, &coded(value)).assessed();
        assert_eq!(
            serde_json::to_string(&case)
                .unwrap()
                .matches("\"why\"")
                .count(),
            1,
            "{value}"
        );
    }
}

#[test]
fn what_was_agreed() {
    let (case, assessment) = Template::new()
        .but("outcome = \"nonagreement\"", "outcome = \"agreement\"")
        .with("agreed = { arms = \"half\", inspection = \"onsite\" }")
        .assessed();
    let agreed = case.identity.agreed.unwrap().value;
    assert_eq!(agreed.get("arms").map(String::as_str), Some("half"));
    assert_eq!(assessment.record.agreed, Some(agreed));
}

#[test]
fn where_a_source_can_be_read() {
    let (case, _) = Template::new().with("url = \"https://…\"").assessed();
    assert!(case.sources.get("memo").unwrap().url.is_some());
}

#[test]
fn interactions() {
    let line = "interaction = [{ when = { arms = \"half\", inspection = \"onsite\" }, add = 0.3 }]";
    let (case, _) = Template::new().with(line).assessed();
    let Preferences::Numbers(numbers) = &case.parties.get("east").unwrap().payoff else {
        panic!("no numbers");
    };
    assert_eq!(numbers.interactions[0].add.value.central(), 0.3);
}

#[test]
fn rankings_and_nonagreement_as_an_agreement() {
    // East is ranked, so it has no more than its ranking; West believes nothing of it.
    let ranked = [
        "ranking = [",
        "  { arms = \"half\", inspection = \"onsite\" },",
        "  [{ arms = \"none\", inspection = \"none\" }, { arms = \"none\", inspection = \"onsite\" }],",
        "]",
    ];
    let template = ranked.into_iter().fold(Template::new(), Template::with);
    let template = [
        "[party.east.exposure]",
        "[party.east.temptation]",
        "[party.east.type.honours]",
        "[party.east.type.cheats]",
        "[party.east.prior.west]",
        "[party.east.bias]",
        "[party.east.home]",
        "[party.west.prior.east]",
    ]
    .into_iter()
    .fold(template, Template::without);
    let template = [
        "detection = {",
        "true_type = {",
        "constant =",
        "arms = { none = 0, half = { low",
        "inspection = { none = 0, onsite = -0.5",
        "forced =",
        "likelihood =",
    ]
    .into_iter()
    .fold(template, Template::without_line);
    let state = "nonagreement = { as = { arms = \"none\", inspection = \"none\" } }";
    let (case, assessment) = template.but("nonagreement = 0.0", state).assessed();
    let east = case.parties.get("east").unwrap();
    assert!(matches!(&east.payoff, Preferences::Ranking(ranking) if ranking.ranks.len() == 2));
    assert_eq!(assessment.funnel[0].survivors, 3);
}

#[test]
fn nonagreement_as_an_agreement() {
    let (case, _) = Template::new()
        .without_line("nonagreement = 0.0")
        .but(
            "# nonagreement = { as",
            "[party.east.nonagreement]\nas = { arms = \"none\", inspection = \"none\" }\n# { as",
        )
        .assessed();
    let east = case.parties.get("east").unwrap();
    assert!(matches!(
        &east.nonagreement,
        Some(Nonagreement::State { .. })
    ));
}

#[test]
fn a_floor_for_ratification_and_an_audience_of_its_own() {
    let (case, _) = Template::new()
        .with("ratification_floor = 0.5")
        .with("audience_hostility = 0.5")
        .assessed();
    let east = case.parties.get("east").unwrap();
    assert!(east.ratification_floor.is_some());
    assert!(east.home.as_ref().unwrap().audience_hostility.is_some());
}

#[test]
fn every_curve_of_survival() {
    for curve in ["logit", "probit", "cauchy", "linear"] {
        let line = format!("curve = \"{curve}\"");
        assert!(
            library::TEMPLATE.contains(&format!("\"{curve}\"")),
            "{curve} is not shown"
        );
        // The linear curve is for support that stays between 0 and 1.
        let (case, _) = Template::new()
            .but("baseline = 0 ", "baseline = 0.4 ")
            .but("support = 0.5", "support = 0.1")
            .but("curve = \"logit\"", &line)
            .assessed();
        assert!(case.parties.get("east").unwrap().home.is_some());
    }
}

#[test]
fn who_saw_an_act_and_when_it_was_known() {
    let known = |template: Template| {
        let (case, assessment) = template.assessed();
        let west = assessment
            .beliefs
            .iter()
            .find(|series| series.observer == "west")
            .unwrap();
        let days: Vec<String> = west
            .points
            .iter()
            .filter_map(|it| it.date)
            .map(|day| day.to_string())
            .collect();
        (case.acts[0].seen_by.clone(), days)
    };
    assert_eq!(
        known(Template::new()),
        (None, vec!["1985-04-07".to_owned()])
    );
    let (_, days) = known(Template::new().with("known = 1985-05-01"));
    assert_eq!(days, ["1985-05-01"]);
    let (seen, days) = known(Template::new().with("seen_by = [\"west\"]"));
    assert_eq!(
        (seen, days.len()),
        (Some(SeenBy::Parties(vec!["west".to_owned()])), 1)
    );
    let (seen, days) = known(Template::new().with("seen_by = { west = 1985-05-01 }"));
    assert!(matches!(seen, Some(SeenBy::Days(_))));
    assert_eq!(days, ["1985-05-01"]);
    let (_, days) = known(
        Template::new()
            .with("seen_by = [\"west\"]")
            .but("[\"west\"]", "[]"),
    );
    assert!(days.is_empty());
}

#[test]
fn relative_likelihoods() {
    let (case, _) = Template::new()
        .with("likelihood_ratio = { honours = 3, cheats = 1 }")
        .without_line("forced =")
        .without_line("likelihood = {")
        .assessed();
    assert!(case.acts[0].likelihood_ratio.is_some() && case.acts[0].likelihood.is_none());
}

#[test]
fn tables_that_may_be_left_out() {
    for header in [
        "[party.east.bias]",
        "[party.east.home]",
        "[[forbidden]]",
        "[[proposal]]",
        "[[act]]",
    ] {
        Template::new().without(header).assessed();
    }
}

#[test]
fn shipped_cases_are_read_as_they_are_written() {
    for id in library::ids() {
        let case = library::case(id).unwrap();
        assert_eq!(again(&case), case, "{id}");
    }
}

/// Tries a property on cases that are always the same.
fn check<S>(strategy: S, property: impl Fn(S::Value) -> Result<(), TestCaseError>)
where
    S: Strategy,
    S::Value: Debug,
{
    let mut runner = TestRunner::new(Config {
        rng_seed: RngSeed::Fixed(1997),
        failure_persistence: None,
        ..Config::default()
    });
    if let Err(failure) = runner.run(&strategy, property) {
        panic!("{failure}");
    }
}

#[test]
fn every_case_is_read_as_it_is_written() {
    check(prop_oneof![case(), uncertain_case()], |case| {
        prop_assert_eq!(again(&case), case);
        Ok(())
    });
}
