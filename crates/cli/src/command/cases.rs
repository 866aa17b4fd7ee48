//! `detente cases`.

use std::fmt::Write as _;

use detente::{Case, case::History, library};
use serde_json::{Value, json};

use crate::{error::CliError, output};

pub(crate) fn run(as_json: bool) -> Result<(), CliError> {
    let mut cases = Vec::with_capacity(library::ids().len());
    for id in library::ids() {
        cases.push((id, library::case(id)?));
    }
    if as_json {
        let list: Vec<Value> = cases.iter().map(|(id, case)| entry(id, case)).collect();
        return output::json(&serde_json::to_string_pretty(&list)?);
    }
    let longest = cases.iter().map(|(id, _)| id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for (id, case) in &cases {
        let (ended, title) = (ended(case), &case.identity.title);
        // A String never refuses to be written to.
        let _ = writeln!(text, "{id:longest$}  {ended}  {title}");
    }
    text.push_str("\nAssess one with `detente assess ID`.\n");
    output::plain(&text)
}

fn entry(id: &str, case: &Case) -> Value {
    let identity = &case.identity;
    json!({
        "id": id,
        "title": identity.title,
        "question": identity.question,
        "decided": identity.decided.as_ref().map(|it| it.value.to_string()),
        "outcome": identity.outcome.as_ref().map(|it| it.value),
        "parties": case.parties.values().map(|party| &party.name).collect::<Vec<_>>(),
    })
}

/// The day it ended and how.
fn ended(case: &Case) -> String {
    let day = case.identity.decided.as_ref();
    let day = day.map(|it| it.value.to_string()).unwrap_or_default();
    let outcome = match case.identity.outcome.as_ref().map(|it| it.value) {
        Some(History::Agreement) => "agreement   ",
        Some(History::Nonagreement) => "no agreement",
        None => "",
    };
    format!("{day}  {outcome}")
}
