//! Payoffs given outcome by outcome.

use super::options::Options;
use crate::{
    FormatError, Issue, ReadOptions,
    error::{at_most, missing, unexpected},
    tree::{Node, Value},
};

/// One payoff for each agreement, in lexicographic order, the last issue changing fastest.
pub(super) fn table(
    node: &Node,
    issues: &[Issue],
    options: &ReadOptions,
) -> Result<Vec<f64>, FormatError> {
    let sizes: Vec<usize> = issues.iter().map(|it| it.options.len()).collect();
    let count = sizes.iter().copied().fold(1_usize, usize::saturating_mul);
    at_most("payoffs", count, options.limits.payoffs)?;
    let mapping = node.required("mapping", "a payoff for each outcome")?;
    let mut payoffs = vec![None; count];
    let issues: Vec<Options<'_>> = issues.iter().map(Options::of).collect();
    for (outcome, payoff) in mapping.map("a payoff for each outcome")? {
        let place = place(outcome, &issues, &sizes)?;
        if payoffs[place].replace(payoff.double()?).is_some() {
            return Err(FormatError::Twice {
                place: outcome.place,
                what: "an outcome".to_owned(),
            });
        }
    }
    let otherwise = match node.get("default") {
        Some(Node {
            value: Value::Bare(text),
            ..
        }) if text.eq_ignore_ascii_case("-.inf") => None,
        Some(number) => Some(number.double()?),
        None => None,
    };
    let payoff = |payoff: Option<f64>| {
        payoff.or(otherwise).ok_or_else(|| {
            let expected = "a payoff for each combination of options, or a finite default";
            missing(mapping.place, "the payoff of an outcome", expected)
        })
    };
    payoffs.into_iter().map(payoff).collect()
}

/// The place of an outcome: a list of values, or the value of the only issue.
fn place(outcome: &Node, issues: &[Options<'_>], sizes: &[usize]) -> Result<usize, FormatError> {
    let values = match &outcome.value {
        Value::List(values) => values.as_slice(),
        _ => std::slice::from_ref(outcome),
    };
    if values.len() != issues.len() {
        let given = format!("an outcome of {} values", values.len());
        return Err(unexpected(
            outcome.place,
            given,
            format!("{}, one for each issue", issues.len()),
        ));
    }
    let mut place = 0;
    for ((value, options), size) in values.iter().zip(issues).zip(sizes) {
        place = place * size + options.place(value)?;
    }
    Ok(place)
}
