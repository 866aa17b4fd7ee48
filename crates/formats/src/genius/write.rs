//! Domains and profiles as Genius reads them.

use std::fmt::Write as _;

use crate::{
    Format, FormatError, Issue, Negotiation, Party,
    error::{quoted, unwritable},
    number::shown,
    write::{by_issue_alone, one_party},
};

/// Evaluations that Genius tells from nothing are at least so large.
const LEAST: f64 = 0.000_01;

/// A profile of the one party, or a domain where there is none. An option's evaluation is what it is
/// worth, an issue's weight what its best option is worth.
pub(crate) fn write(negotiation: &Negotiation) -> Result<String, FormatError> {
    one_party(Format::Genius, negotiation, domain, profile)
}

fn refused(what: impl Into<String>, expected: &'static str) -> FormatError {
    unwritable(Format::Genius, what, expected)
}

fn domain(negotiation: &Negotiation) -> String {
    let issues = negotiation.issues();
    let mut text = "<negotiation_template>\n".to_owned();
    let _ = writeln!(
        text,
        "<utility_space number_of_issues=\"{}\">",
        issues.len()
    );
    text.push_str(&objective(negotiation));
    for (index, issue) in issues.iter().enumerate() {
        text.push_str(&opened(index, issue));
        for (place, option) in issue.options.iter().enumerate() {
            let _ = writeln!(
                text,
                "<item index=\"{}\" value=\"{}\"/>",
                place + 1,
                escaped(option)
            );
        }
        text.push_str("</issue>\n");
    }
    text.push_str("</objective>\n</utility_space>\n</negotiation_template>\n");
    text
}

fn profile(negotiation: &Negotiation, party: &Party) -> Result<String, FormatError> {
    let tables = by_issue_alone(Format::Genius, party)?;
    let issues = negotiation.issues();
    let mut text = format!("<utility_space number_of_issues=\"{}\">\n", issues.len());
    text.push_str(&objective(negotiation));
    let mut weights = String::new();
    for (index, (issue, table)) in issues.iter().zip(tables).enumerate() {
        let largest = table.iter().copied().fold(0.0, f64::max);
        let lowest = table.iter().copied().fold(0.0, f64::min);
        if lowest < 0.0 || (largest > 0.0 && largest < LEAST) {
            let what = format!("what options of issue {} are worth", quoted(&issue.name));
            return Err(refused(
                what,
                "payoffs of 0 or more, the largest 0 or at least 0.00001",
            ));
        }
        text.push_str(&opened(index, issue));
        for (place, (option, payoff)) in issue.options.iter().zip(table).enumerate() {
            let value = escaped(option);
            let _ = writeln!(
                text,
                "<item index=\"{}\" value=\"{value}\" evaluation=\"{}\"/>",
                place + 1,
                shown(*payoff)
            );
        }
        text.push_str("</issue>\n");
        let _ = writeln!(
            weights,
            "<weight index=\"{}\" value=\"{}\"/>",
            index + 1,
            shown(largest)
        );
    }
    text.push_str(&weights);
    text.push_str("</objective>\n");
    for (name, value) in [
        ("discount_factor", party.discount),
        ("reservation", party.nonagreement),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "<{name} value=\"{}\"/>", shown(value));
        }
    }
    text.push_str("</utility_space>\n");
    Ok(text)
}

fn objective(negotiation: &Negotiation) -> String {
    let name = escaped(negotiation.title());
    format!(
        "<objective index=\"0\" name=\"{name}\" type=\"objective\" etype=\"objective\" description=\"\">\n"
    )
}

fn opened(index: usize, issue: &Issue) -> String {
    let (index, name) = (index + 1, escaped(&issue.name));
    format!(
        "<issue index=\"{index}\" name=\"{name}\" type=\"discrete\" etype=\"discrete\" vtype=\"discrete\">\n"
    )
}

/// A text as it may stand in an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
