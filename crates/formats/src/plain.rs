//! Negotiations and games as JSON, with nothing left out.

use detente_quantity::Interval;
use detente_reciprocity::NormalForm;

use crate::{
    Document, FormatError, Issue, Limits, Negotiation, Party, ScoreRanges, Scores, StrategicGame,
    error::{at_most, quoted, unexpected},
    number::shown,
    text,
    tree::{Node, json, json::written},
};

/// The version of the shape. Names may be added under one version; a name that goes or changes its
/// meaning raises it.
const VERSION: f64 = 1.0;

pub(crate) fn read(text: &str, limits: &Limits) -> Result<Document, FormatError> {
    let node = json::read(text, limits)?;
    let kind = node.required("detente", "\"negotiation\" or \"game\"")?;
    let version = node.required("version", "the number 1")?;
    if !(1.0..=VERSION).contains(&version.double()?) {
        return Err(unexpected(version.place, version.words(), "version 1"));
    }
    match kind.text("\"negotiation\" or \"game\"")? {
        "negotiation" => Ok(Document::Negotiation(negotiation(&node, limits)?)),
        "game" => Ok(Document::Game(game(&node, limits)?)),
        given => Err(unexpected(
            kind.place,
            quoted(given),
            "\"negotiation\" or \"game\"",
        )),
    }
}

fn negotiation(node: &Node, limits: &Limits) -> Result<Negotiation, FormatError> {
    let issues = node
        .required("issues", "a list of issues")?
        .list("issues")?;
    let issues: Vec<Issue> = issues.iter().map(issue).collect::<Result<_, _>>()?;
    at_most(
        "options",
        issues.iter().map(|it| it.options.len()).sum(),
        limits.options,
    )?;
    let parties = node
        .required("parties", "a list of parties")?
        .list("parties")?;
    let parties = parties.iter().map(|it| party(it, limits));
    Negotiation::new(title(node)?, issues, parties.collect::<Result<_, _>>()?)
}

fn title(node: &Node) -> Result<String, FormatError> {
    let title = node.get("title").map(|it| it.text("a title"));
    Ok(text::name(title.transpose()?.unwrap_or_default()))
}

fn issue(node: &Node) -> Result<Issue, FormatError> {
    Ok(Issue {
        name: text::name(node.required("name", "the issue's name")?.text("a name")?),
        options: names(node.required("options", "a list of names")?)?,
    })
}

fn names(node: &Node) -> Result<Vec<String>, FormatError> {
    let names = node.list("names")?.iter();
    names.map(|it| Ok(text::name(it.text("a name")?))).collect()
}

fn party(node: &Node, limits: &Limits) -> Result<Party, FormatError> {
    let optional = |key: &str| node.get(key).map(Node::double).transpose();
    let scores = match node.get("table") {
        Some(table) => {
            at_most("payoffs", table.list("payoffs")?.len(), limits.payoffs)?;
            Scores::Table(numbers(table)?)
        }
        None => {
            let tables = node.required("tables", "a list of payoffs for each issue")?;
            let tables = tables.list("a list of payoffs for each issue")?.iter();
            Scores::Additive {
                constant: optional("constant")?.unwrap_or_default(),
                tables: tables.map(numbers).collect::<Result<_, _>>()?,
            }
        }
    };
    Ok(Party {
        name: text::name(node.required("name", "the party's name")?.text("a name")?),
        scores,
        nonagreement: optional("nonagreement")?,
        discount: optional("discount")?,
        ranges: node.get("ranges").map(ranges).transpose()?,
        ranked: node.get("ranked").map(ranked).transpose()?.unwrap_or(false),
    })
}

fn ranges(node: &Node) -> Result<ScoreRanges, FormatError> {
    let tables = node.required("tables", "a list of ranges for each issue")?;
    let tables = tables.list("a list of ranges for each issue")?.iter();
    let table = |table: &Node| table.list("ranges")?.iter().map(range).collect();
    Ok(ScoreRanges {
        tables: tables.map(table).collect::<Result<_, FormatError>>()?,
        nonagreement: node.get("nonagreement").map(range).transpose()?,
    })
}

fn range(node: &Node) -> Result<Interval, FormatError> {
    let ends = match node.list("a range")? {
        [low, high] => Interval::new(low.double()?, high.double()?).ok(),
        _ => None,
    };
    ends.ok_or_else(|| {
        unexpected(
            node.place,
            node.words(),
            "[low, high], the lower number first",
        )
    })
}

fn ranked(node: &Node) -> Result<bool, FormatError> {
    match node.text("true or false")? {
        "true" => Ok(true),
        "false" => Ok(false),
        other => Err(unexpected(node.place, quoted(other), "true or false")),
    }
}

fn numbers(node: &Node) -> Result<Vec<f64>, FormatError> {
    node.list("numbers")?.iter().map(Node::double).collect()
}

fn game(node: &Node, limits: &Limits) -> Result<StrategicGame, FormatError> {
    let players = names(node.required("players", "the players' names")?)?;
    let actions = node.required("actions", "a list of names for each player")?;
    let actions = actions
        .list("a list of names for each player")?
        .iter()
        .map(names);
    let actions: Vec<Vec<String>> = actions.collect::<Result<_, _>>()?;
    let payoffs = node.required("payoffs", "a list of payoffs for each player")?;
    let lists = payoffs
        .list("a list of payoffs for each player")?
        .iter()
        .map(numbers);
    let lists: Vec<Vec<f64>> = lists.collect::<Result<_, _>>()?;
    at_most("payoffs", lists.iter().map(Vec::len).sum(), limits.payoffs)?;
    let sizes: Vec<usize> = actions.iter().map(Vec::len).collect();
    let payoffs = NormalForm::new(&sizes, &lists)?;
    let comment = match node.get("comment") {
        Some(comment) => comment.text("what is said about the game")?,
        None => "",
    };
    Ok(StrategicGame::new(title(node)?, players, actions, payoffs)?.with_comment(comment))
}

pub(crate) fn of_negotiation(negotiation: &Negotiation) -> String {
    let issue = |issue: &Issue| {
        let options = list(&issue.options, |it| written(it));
        format!(
            "{{\"name\": {}, \"options\": {options}}}",
            written(&issue.name)
        )
    };
    let lines = |items: Vec<String>| match items.is_empty() {
        true => "[]".to_owned(),
        false => format!("[\n    {}\n  ]", items.join(",\n    ")),
    };
    format!(
        "{{\n  \"detente\": \"negotiation\",\n  \"version\": {VERSION},\n  \"title\": {},\n  \"issues\": \
         {},\n  \"parties\": {}\n}}\n",
        written(negotiation.title()),
        lines(negotiation.issues().iter().map(issue).collect()),
        lines(negotiation.parties().iter().map(of_party).collect()),
    )
}

fn of_party(party: &Party) -> String {
    let number = |number: &f64| shown(*number);
    let mut text = format!("{{\"name\": {}", written(&party.name));
    let mut add = |key: &str, value: String| text.push_str(&format!(", \"{key}\": {value}"));
    for (key, value) in [
        ("nonagreement", party.nonagreement),
        ("discount", party.discount),
    ] {
        if let Some(value) = value {
            add(key, number(&value));
        }
    }
    if party.ranked {
        add("ranked", "true".to_owned());
    }
    if let Some(found) = &party.ranges {
        add("ranges", of_ranges(found));
    }
    match &party.scores {
        Scores::Table(payoffs) => add("table", list(payoffs, number)),
        Scores::Additive { constant, tables } => {
            if *constant != 0.0 {
                add("constant", number(constant));
            }
            add("tables", list(tables, |table| list(table, number)));
        }
    }
    text.push('}');
    text
}

fn of_ranges(ranges: &ScoreRanges) -> String {
    let range = |range: &Interval| format!("[{}, {}]", shown(range.low()), shown(range.high()));
    let tables = list(&ranges.tables, |table| list(table, range));
    match &ranges.nonagreement {
        Some(without) => format!(
            "{{\"tables\": {tables}, \"nonagreement\": {}}}",
            range(without)
        ),
        None => format!("{{\"tables\": {tables}}}"),
    }
}

pub(crate) fn of_game(game: &StrategicGame) -> String {
    let player = |player: usize| game.payoffs().payoffs(player).unwrap_or_default();
    let payoffs: Vec<&[f64]> = (0..game.players().len()).map(player).collect();
    let comment = match game.comment() {
        "" => String::new(),
        comment => format!("\n  \"comment\": {},", written(comment)),
    };
    format!(
        "{{\n  \"detente\": \"game\",\n  \"version\": {VERSION},\n  \"title\": {},{comment}\n  \"players\": {},\n  \
         \"actions\": {},\n  \"payoffs\": {}\n}}\n",
        written(game.title()),
        list(game.players(), |it| written(it)),
        list(game.actions(), |names| list(names, |it| written(it))),
        list(&payoffs, |it| list(it, |number: &f64| shown(*number))),
    )
}

fn list<T>(items: &[T], of: impl Fn(&T) -> String) -> String {
    let items: Vec<String> = items.iter().map(of).collect();
    format!("[{}]", items.join(", "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Format, strategies, write_game, write_negotiation};

    #[track_caller]
    fn refused(text: &str, message: &str) {
        let error = read(text, &Limits::default()).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }

    #[test]
    fn faults_are_placed() {
        refused(
            "{\"detente\": \"case\", \"version\": 1}",
            "line 1, column 13: found \"case\"",
        );
        refused("{\"detente\": \"game\"}", "\"version\" is missing");
        refused(
            "{\"detente\": \"game\", \"version\": 2}",
            "column 32: found \"2\"; expected version 1",
        );
        refused(
            "{\"detente\": \"game\", \"version\": 0}",
            "column 32: found \"0\"; expected version 1",
        );
        refused(
            "{\"detente\": \"negotiation\", \"version\": 1}",
            "\"issues\" is missing",
        );
        let with = |party: &str| {
            format!(
                "{{\"detente\": \"negotiation\", \"version\": 1,\n\"issues\": [{{\"name\": \"i\", \"options\": [\"a\"]}}],\n\"parties\": [{party}]}}"
            )
        };
        refused(
            &with("{\"name\": \"p\"}"),
            "line 3, column 13: \"tables\" is missing",
        );
        refused(
            &with("{\"name\": \"p\", \"tables\": [[1e999]]}"),
            "line 3, column 39: found \"1e999\"",
        );
        refused(
            &with("{\"name\": \"p\", \"tables\": [[\"1\"]]}"),
            "without quotes",
        );
        refused(
            &with("{\"name\": \"p\", \"tables\": []}"),
            "has 0 entries; expected 1",
        );
        refused(
            "{\"detente\": \"game\", \"version\": 1, \"players\": [\"a\"], \"actions\": [[\"x\"]], \"payoffs\": [[]]}",
            "0 entries; expected 1",
        );
    }

    proptest! {
        #[test]
        fn negotiations_come_back(negotiation in strategies::negotiation()) {
            let text = write_negotiation(&negotiation, Format::Json).unwrap();
            let back = read(&text, &Limits::default()).unwrap();
            prop_assert_eq!(back, Document::Negotiation(negotiation));
        }

        #[test]
        fn ranges_and_rankings_come_back(negotiation in strategies::imprecise_negotiation()) {
            let text = write_negotiation(&negotiation, Format::Json).unwrap();
            let back = read(&text, &Limits::default()).unwrap();
            prop_assert_eq!(back, Document::Negotiation(negotiation));
        }

        #[test]
        fn games_come_back(game in strategies::game()) {
            let text = write_game(&game, Format::Json).unwrap();
            let back = read(&text, &Limits::default()).unwrap();
            prop_assert_eq!(back, Document::Game(game));
        }
    }
}
