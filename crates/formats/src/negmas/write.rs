//! Domains and utility functions as NegMAS reads them.

use crate::{
    Format, FormatError, Issue, Negotiation, Party, Scores,
    error::{quoted, unwritable},
    number::shown,
    tree::json::written,
    write::one_party,
};

/// YAML takes no longer text before a colon.
const LONGEST: usize = 500;

/// A utility function of the one party, or the domain where there is none.
pub(crate) fn write(negotiation: &Negotiation) -> Result<String, FormatError> {
    let options = negotiation.issues().iter().flat_map(|it| &it.options);
    if options.into_iter().any(|it| it.len() > LONGEST) {
        return Err(refused(
            "a long option".to_owned(),
            "options of at most 500 bytes",
        ));
    }
    one_party(Format::Negmas, negotiation, domain, function)
}

fn refused(what: impl Into<String>, expected: &'static str) -> FormatError {
    unwritable(Format::Negmas, what, expected)
}

fn domain(negotiation: &Negotiation) -> String {
    let title = written(negotiation.title());
    let mut text = format!("name: {title}\ntype: DiscreteCartesianOutcomeSpace\nissues:\n");
    for issue in negotiation.issues() {
        let values: Vec<String> = issue.options.iter().map(|it| written(it)).collect();
        text.push_str(&format!(
            "- name: {}\n  type: CategoricalIssue\n  values: [{}]\n",
            written(&issue.name),
            values.join(", ")
        ));
    }
    text
}

fn function(negotiation: &Negotiation, party: &Party) -> Result<String, FormatError> {
    if party.discount.is_some_and(|it| it < 1.0) {
        let what = format!("the discount of party {}", quoted(&party.name));
        return Err(refused(what, "no discount"));
    }
    let reserved = party.nonagreement.map_or_else(|| "-.inf".to_owned(), shown);
    let kind = match &party.scores {
        Scores::Additive { .. } => "LinearAdditiveUtilityFunction",
        Scores::Table(_) => "MappingUtilityFunction",
    };
    let mut text = format!(
        "name: {}\ntype: {kind}\nreserved_value: {reserved}\n",
        written(&party.name)
    );
    match &party.scores {
        Scores::Additive { constant, tables } => {
            let weights = vec!["1"; tables.len()].join(", ");
            text.push_str(&format!(
                "bias: {}\nweights: [{weights}]\nvalues:\n",
                shown(*constant)
            ));
            for (issue, table) in negotiation.issues().iter().zip(tables) {
                text.push_str("- type: TableFun\n  mapping:\n");
                for (option, payoff) in issue.options.iter().zip(table) {
                    text.push_str(&format!("    {}: {}\n", written(option), shown(*payoff)));
                }
            }
        }
        Scores::Table(payoffs) => {
            text.push_str("mapping:\n");
            for (agreement, payoff) in negotiation.space()?.enumerate()?.iter().zip(payoffs) {
                text.push_str(&format!(
                    "  ? [{}]\n  : {}\n",
                    terms(negotiation.issues(), agreement),
                    shown(*payoff)
                ));
            }
        }
    }
    Ok(text)
}

fn terms(issues: &[Issue], agreement: &[u32]) -> String {
    let option =
        |(issue, option): (&Issue, &u32)| issue.options.get(*option as usize).map(|it| written(it));
    let terms: Vec<String> = issues.iter().zip(agreement).filter_map(option).collect();
    terms.join(", ")
}
