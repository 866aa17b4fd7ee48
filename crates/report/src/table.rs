//! Agreements and beliefs as comma-separated values, for other programs.

use detente::{
    agreements::{AgreementsReport, Listed},
    beliefs::{BeliefsReport, LedgerRow, ViewReport},
};

/// One row an agreement: an option for each issue, then each party's payoff, or its place where the party ranks
/// (its header then begins with `rank: `, as in a score sheet), then whether it gains for every party. Ends in a line break.
pub(crate) fn csv(report: &AgreementsReport) -> String {
    let issues = report.issues.iter().map(|issue| cell(&issue.name));
    let parties =
        { report.parties.iter().zip(&report.places) }.map(|(party, is_rank)| match is_rank {
            true => cell(&format!("rank: {party}")),
            false => cell(party),
        });
    let header = issues.chain(parties).chain(["gains for all".to_owned()]);
    let mut text = row(header);
    let written = report.with_places();
    for (listed, shown) in listed(report).zip(listed(&written)) {
        let mut gains = listed.payoffs.iter().zip(&report.nonagreement);
        let all = gains.all(|(u, d)| u > d);
        for terms in &listed.terms {
            let options = terms.iter().map(|option| cell(option));
            let payoffs = shown.payoffs.iter().map(f64::to_string);
            text.push_str(&row(options.chain(payoffs).chain([all.to_string()])));
        }
    }
    text
}

/// The efficient agreements that a report lists.
fn listed(report: &AgreementsReport) -> impl Iterator<Item = &Listed> {
    report.frontier.iter().flat_map(|it| &it.listed)
}

/// One row an act and observer. Types are named within the cells, since parties may differ in them.
pub(crate) fn beliefs(report: &BeliefsReport) -> String {
    const HEADER: [&str; 21] = [
        "observer",
        "about",
        "known",
        "done",
        "act",
        "event",
        "tone",
        "likelihoods",
        "decibels",
        "decibels low",
        "decibels high",
        "trust",
        "trust low",
        "trust high",
        "belief",
        "decibels as read",
        "trust held",
        "belief held",
        "day expected",
        "day known",
        "day in hindsight",
    ];
    let mut text = row(HEADER.iter().map(|it| (*it).to_owned()));
    for view in &report.views {
        for act in &view.ledger {
            text.push_str(&row(belief(view, act).into_iter()));
        }
    }
    text
}

fn belief(view: &ViewReport, act: &LedgerRow) -> Vec<String> {
    let day = view.days.binary_search_by_key(&act.known, |day| day.date);
    let day = day.ok().and_then(|place| view.days.get(place));
    let read = act.read.as_ref();
    let [low, high] = act.decibels_range.map_or([None; 2], |it| it.map(Some));
    let day = day.map(|it| it.trust);
    vec![
        cell(&view.observer.id),
        cell(&view.about.id),
        act.known.to_string(),
        act.done.to_string(),
        cell(&act.act),
        cell(&act.event),
        act.tone
            .map(|tone| format!("{tone:?}").to_lowercase())
            .unwrap_or_default(),
        by_type(view, &act.likelihoods),
        number(act.decibels),
        number(low),
        number(high),
        act.trust.central.to_string(),
        number(act.trust.low),
        number(act.trust.high),
        by_type(view, &act.warranted),
        number(read.and_then(|it| it.decibels)),
        number(read.map(|it| it.trust)),
        read.map_or_else(String::new, |it| by_type(view, &it.held)),
        number(day.map(|it| it.predicted)),
        number(day.map(|it| it.filtered)),
        number(day.and_then(|it| it.smoothed)),
    ]
}

/// A number for each type in one cell, such as `honours=0.7; cheats=0.4`.
fn by_type(view: &ViewReport, numbers: &[f64]) -> String {
    let types = view.types.iter().zip(numbers);
    let parts: Vec<String> = types
        .map(|(kind, it)| format!("{}={it}", kind.id))
        .collect();
    cell(&parts.join("; "))
}

/// A number, or an empty cell.
pub(crate) fn number(value: Option<f64>) -> String {
    value.map_or_else(String::new, |it| it.to_string())
}

pub(crate) fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("{}\n", cells.join(","))
}

/// A cell, in quotes where it must be (RFC 4180).
pub(crate) fn cell(text: &str) -> String {
    match text.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        assert_eq!(cell("plain text"), "plain text");
        assert_eq!(cell("a, \"b\""), "\"a, \"\"b\"\"\"");
    }
}
