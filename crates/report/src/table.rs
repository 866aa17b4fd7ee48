//! Agreements as comma-separated values, for other programs.

use detente::agreements::AgreementsReport;

/// One row an agreement: an option for each issue, then each party's payoff, then whether it gains
/// for every party. Ends in a line break.
pub(crate) fn csv(report: &AgreementsReport) -> String {
    let issues = report.issues.iter().map(|issue| cell(&issue.name));
    let parties = report.parties.iter().map(|party| cell(party));
    let header = issues.chain(parties).chain(["gains for all".to_owned()]);
    let mut text = row(header);
    for listed in report.frontier.iter().flat_map(|it| &it.listed) {
        let mut gains = listed.payoffs.iter().zip(&report.nonagreement);
        let all = gains.all(|(u, d)| u > d);
        for terms in &listed.terms {
            let options = terms.iter().map(|option| cell(option));
            let payoffs = listed.payoffs.iter().map(f64::to_string);
            text.push_str(&row(options.chain(payoffs).chain([all.to_string()])));
        }
    }
    text
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
