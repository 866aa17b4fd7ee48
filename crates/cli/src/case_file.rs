//! A negotiation of another tool as the beginning of a case.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use detente::{case::History, quantity::Date, uncertainty::MAGNITUDE_LIMIT};
use detente_formats::{Negotiation, Party, Scores};

use crate::error::CliError;

/// What a case says that no file of another tool does.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Known {
    pub(crate) decided: Option<Date>,
    pub(crate) outcome: Option<History>,
}

/// Ids that stand for something else in one of the tables of a case.
const RESERVED: [&str; 8] = [
    "constant",
    "interaction",
    "ranking",
    "value",
    "source",
    "note",
    "confidence",
    "coder",
];

/// The text of a case with these issues, parties and payoffs; what is not known is left to fill in.
pub(crate) fn of(negotiation: &Negotiation, known: Known) -> Result<String, CliError> {
    if let [party] = negotiation.parties() {
        return Err(CliError::OnlyParty(party.name.clone()));
    }
    let nonagreement = negotiation.nonagreement()?;
    let mut text = head(negotiation.title(), known);
    let issues = ids(
        negotiation.issues().iter().map(|it| it.name.as_str()),
        "issue",
    );
    let options: Vec<Vec<String>> = { negotiation.issues().iter() }
        .map(|issue| ids(issue.options.iter().map(String::as_str), "option"))
        .collect();
    for ((issue, id), options) in negotiation.issues().iter().zip(&issues).zip(&options) {
        let _ = write!(text, "\n[issue.{id}]\nname = {}\n", quoted(&issue.name));
        for (option, id) in issue.options.iter().zip(options) {
            let _ = writeln!(text, "option.{id} = {}", quoted(option));
        }
    }
    let parties = ids(
        negotiation.parties().iter().map(|it| it.name.as_str()),
        "party",
    );
    let each = negotiation.parties().iter().zip(&parties).zip(nonagreement);
    for ((party, id), without) in each {
        check_sizes(negotiation, party, without)?;
        let rows = payoffs(party, &issues, &options)?;
        let range = party.ranges.as_ref().and_then(|it| it.nonagreement);
        let ends = range.map_or((without, without), |it| (it.low(), it.high()));
        if let Some(discount) = party.discount.filter(|it| *it < 1.0) {
            let _ = write!(
                text,
                "\n# The file says that time costs {} (discount {discount}). It is not counted here: a case says so by the patience of types.",
                quoted(&party.name)
            );
        }
        let _ = write!(
            text,
            "\n[party.{id}]\nname = {}\nnonagreement = {}\n\n[party.{id}.payoff]\n{rows}",
            quoted(&party.name),
            number(ends)
        );
    }
    Ok(text)
}

/// Refuses numbers that no case may have, by their place.
fn check_sizes(negotiation: &Negotiation, party: &Party, without: f64) -> Result<(), CliError> {
    let name = &party.name;
    let check = |number: f64, what: &dyn Fn() -> String| match number.abs() <= MAGNITUDE_LIMIT {
        true => Ok(()),
        false => Err(CliError::TooLargeForCase {
            what: what(),
            given: number,
        }),
    };
    check(without, &|| {
        format!("what party {name:?} has without agreement")
    })?;
    let Scores::Additive { constant, tables } = &party.scores else {
        return Ok(());
    };
    check(*constant, &|| format!("the constant of party {name:?}"))?;
    for (place, (issue, table)) in negotiation.issues().iter().zip(tables).enumerate() {
        for (option, (called, payoff)) in issue.options.iter().zip(table).enumerate() {
            let range = { party.ranges.iter() }
                .filter_map(|it| it.tables.get(place)?.get(option))
                .flat_map(|it| [it.low(), it.high()]);
            for number in range.chain([*payoff]) {
                check(number, &|| {
                    format!(
                        "what option {called:?} of issue {:?} is worth to party {name:?}",
                        issue.name
                    )
                })?;
            }
        }
    }
    Ok(())
}

fn head(title: &str, known: Known) -> String {
    let day = known.decided.map_or_else(
        || "# decided = 1978-09-17     # fill in: the day the negotiation ended\n".to_owned(),
        |day| format!("decided = {day}\n"),
    );
    let outcome = match known.outcome {
        Some(History::Agreement) => "outcome = \"agreement\"\n",
        Some(History::Nonagreement) => "outcome = \"nonagreement\"\n",
        None => "# outcome = \"agreement\"    # fill in: agreement or nonagreement\n",
    };
    let id = ids([title].into_iter(), "case").concat();
    format!(
        "# Issues, parties and payoffs as another tool has them. `detente init` prints a case with all that can be\n\
         # coded beside: sources, exposure, temptation, types, acts, beliefs and the home front.\n\n\
         format = 1\n\n[case]\nid = \"{id}\"\ntitle = {}\n{day}{outcome}",
        quoted(title)
    )
}

/// A party's payoffs, a row for each issue.
fn payoffs(party: &Party, issues: &[String], options: &[Vec<String>]) -> Result<String, CliError> {
    let (Scores::Additive { constant, tables }, false) = (&party.scores, party.ranked) else {
        return Err(CliError::NoCase(party.name.clone()));
    };
    let mut rows = match *constant {
        0.0 => String::new(),
        constant => format!("constant = {}\n", number((constant, constant))),
    };
    for (place, issue) in issues.iter().enumerate() {
        let ends = |option: usize| match &party.ranges {
            Some(ranges) => {
                let range = ranges.tables[place][option];
                (range.low(), range.high())
            }
            None => (tables[place][option], tables[place][option]),
        };
        let named = options[place].iter().enumerate();
        let cells = named.map(|(option, id)| format!("{id} = {}", number(ends(option))));
        let cells: Vec<String> = cells.collect();
        let _ = writeln!(rows, "{issue} = {{ {} }}", cells.join(", "));
    }
    Ok(rows)
}

/// A number, or a range of which no value is likelier than another.
fn number((low, high): (f64, f64)) -> String {
    // A whole number of this size is one in TOML too, and no longer than its digits.
    let plain = |it: f64| match it.fract() == 0.0 && it.abs() < 1e15 {
        true => format!("{it}"),
        false => format!("{it:?}"),
    };
    match low < high {
        true => format!(
            "{{ uniform = {{ low = {}, high = {} }} }}",
            plain(low),
            plain(high)
        ),
        false => plain(low),
    }
}

/// Different ids for names, of their letters and digits where they have some.
fn ids<'n>(names: impl Iterator<Item = &'n str>, otherwise: &str) -> Vec<String> {
    let mut taken: BTreeSet<String> = RESERVED.map(str::to_owned).into();
    // The number that comes next after a base, so that thousands of names of one base are not tried from 2 each.
    let mut next: BTreeMap<String, usize> = BTreeMap::new();
    let id = |name: &str| {
        let lower = name.to_lowercase();
        let words = lower.split(|c: char| !c.is_ascii_alphanumeric());
        let words: Vec<&str> = words.filter(|it| !it.is_empty()).collect();
        let base = match words.is_empty() {
            true => otherwise.to_owned(),
            false => words.join("-").chars().take(48).collect(),
        };
        let mut found = base.clone();
        while !taken.insert(found.clone()) {
            let number = next.entry(base.clone()).or_insert(2);
            found = format!("{base}-{number}");
            *number += 1;
        }
        found
    };
    names.map(id).collect()
}

/// A text in quotes as TOML has them. Names have no control characters.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
