//! Domains and profiles as GeniusWeb reads them.

use crate::{
    Format, FormatError, Negotiation, Party,
    error::{quoted, unwritable},
    number,
    tree::json::written,
    write::{by_issue_alone, one_party},
};

/// Bids that are looked through for one that is worth as much as nonagreement.
const MOST_BIDS: u128 = 1_000_000;

/// A profile of the one party, or a domain where there is none. Issues weigh 1 and utilities are what
/// options are worth, so that no product has to be rounded.
pub(crate) fn write(negotiation: &Negotiation) -> Result<String, FormatError> {
    one_party(
        Format::GeniusWeb,
        negotiation,
        |it| format!("{}\n", domain(it)),
        profile,
    )
}

fn refused(what: impl Into<String>, expected: &'static str) -> FormatError {
    unwritable(Format::GeniusWeb, what, expected)
}

fn domain(negotiation: &Negotiation) -> String {
    let issue = |issue: &crate::Issue| {
        let values: Vec<String> = issue.options.iter().map(|it| written(it)).collect();
        format!(
            "{}: {{\"values\": [{}]}}",
            written(&issue.name),
            values.join(", ")
        )
    };
    let issues: Vec<String> = negotiation.issues().iter().map(issue).collect();
    let title = written(negotiation.title());
    format!(
        "{{\"name\": {title}, \"issuesValues\": {{{}}}}}",
        issues.join(", ")
    )
}

fn profile(negotiation: &Negotiation, party: &Party) -> Result<String, FormatError> {
    let tables = by_issue_alone(Format::GeniusWeb, party)?;
    if party.discount.is_some_and(|it| it < 1.0) {
        return Err(refused("a cost of time".to_owned(), "no discount"));
    }
    if tables
        .iter()
        .flatten()
        .any(|payoff| !(0.0..=1.0).contains(payoff))
    {
        let what = format!("what options are worth to party {}", quoted(&party.name));
        return Err(refused(what, "payoffs from 0 to 1"));
    }
    let (mut utilities, mut weights) = (Vec::new(), Vec::new());
    for (issue, table) in negotiation.issues().iter().zip(tables) {
        let name = written(&issue.name);
        let values = issue.options.iter().zip(table);
        let values = values
            .map(|(option, payoff)| format!("{}: {}", written(option), number::shown(*payoff)));
        let values: Vec<String> = values.collect();
        utilities.push(format!(
            "{name}: {{\"DiscreteValueSetUtilities\": {{\"valueUtilities\": {{{}}}}}}}",
            values.join(", ")
        ));
        weights.push(format!("{name}: 1"));
    }
    Ok(format!(
        "{{\"LinearAdditiveUtilitySpace\": {{\n  \"issueUtilities\": {{{}}},\n  \"issueWeights\": {{{}}},\n  \
         \"domain\": {},\n  \"name\": {},\n  \"reservationBid\": {}\n}}}}\n",
        utilities.join(",\n    "),
        weights.join(", "),
        domain(negotiation),
        written(&party.name),
        reservation(negotiation, party, tables)?,
    ))
}

/// A bid that is worth exactly what the party has without agreement.
fn reservation(
    negotiation: &Negotiation,
    party: &Party,
    tables: &[Vec<f64>],
) -> Result<String, FormatError> {
    let Some(nonagreement) = party.nonagreement else {
        return Ok("null".to_owned());
    };
    let space = negotiation.space()?;
    let count = space.combinations().filter(|count| *count <= MOST_BIDS);
    let exact = |table: &Vec<f64>| table.iter().map(|it| number::of_double(*it)).collect();
    let exact: Option<Vec<Vec<_>>> = tables.iter().map(exact).collect();
    if let (Some(_), Some(exact)) = (count, exact) {
        for bid in space.enumerate()?.iter() {
            let zero = detente_reciprocity::Fraction::zero();
            let parts = bid
                .iter()
                .zip(&exact)
                .map(|(option, table)| &table[*option as usize]);
            let sum = parts.fold(zero, |sum, part| &sum + part);
            if sum.to_f64().total_cmp(&nonagreement).is_eq() {
                return Ok(bid_of(negotiation, bid));
            }
        }
    }
    let what = format!("a nonagreement payoff of {nonagreement}");
    Err(refused(
        what,
        "what some agreement pays, as a reservation is given as a bid",
    ))
}

fn bid_of(negotiation: &Negotiation, bid: &[u32]) -> String {
    let named = negotiation.issues().iter().zip(bid);
    let value = |(issue, option): (&crate::Issue, &u32)| {
        let option = issue
            .options
            .get(*option as usize)
            .map_or("", String::as_str);
        format!("{}: {}", written(&issue.name), written(option))
    };
    let values: Vec<String> = named.map(value).collect();
    format!("{{\"issuevalues\": {{{}}}}}", values.join(", "))
}
