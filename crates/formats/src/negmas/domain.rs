//! The issues of a scenario.

use detente_reciprocity::Fraction;

use super::kind;
use crate::{
    FormatError, Issue, Negotiation, ReadOptions,
    error::{at_most, quoted, unexpected, unsupported},
    number, text,
    tree::{Node, Value},
};

pub(super) fn read(
    name: &str,
    node: &Node,
    issues: &Node,
    options: &ReadOptions,
) -> Result<Negotiation, FormatError> {
    let title = node.get("name").map(|it| it.text("a name")).transpose()?;
    let mut found: Vec<Issue> = Vec::new();
    let mut left = options.limits.options;
    for (place, node) in issues.list("issues")?.iter().enumerate() {
        let issue = issue(place, node, left, options)?;
        left = left.saturating_sub(issue.options.len());
        found.push(issue);
    }
    Negotiation::new(title.unwrap_or(name), found, Vec::new())
}

fn issue(
    place: usize,
    node: &Node,
    left: usize,
    options: &ReadOptions,
) -> Result<Issue, FormatError> {
    let name = match node.get("name") {
        Some(name) => text::name(name.text("an issue's name")?),
        None => format!("{}", place + 1),
    };
    let values = node.required("values", "the values of the issue")?;
    let most = |count: usize| match count <= left {
        true => Ok(()),
        false => at_most("options", usize::MAX, options.limits.options),
    };
    let options = match kind(node)? {
        None | Some("CategoricalIssue" | "DiscreteCardinalIssue" | "DiscreteOrdinalIssue") => {
            listed(values, most)?
        }
        Some("ContiguousIssue") => contiguous(values, most)?,
        Some("ContinuousIssue") => continuous(values, options.real_options, most)?,
        Some(other) => {
            return Err(unsupported(
                node.place,
                format!("an issue of type {}", quoted(other)),
                "a categorical, ordinal, cardinal, contiguous or continuous issue",
            ));
        }
    };
    Ok(Issue { name, options })
}

fn listed(
    values: &Node,
    most: impl Fn(usize) -> Result<(), FormatError>,
) -> Result<Vec<String>, FormatError> {
    // A number alone says how many values there are, from 0.
    if let Value::Bare(text) = &values.value
        && let Ok(count) = text.parse::<usize>()
    {
        most(count)?;
        return Ok((0..count).map(|value| value.to_string()).collect());
    }
    let values = values.list("the values of the issue")?;
    most(values.len())?;
    values
        .iter()
        .map(|it| Ok(text::name(it.text("a value")?)))
        .collect()
}

fn bounds(values: &Node) -> Result<[Fraction; 2], FormatError> {
    match values.list("the lowest and the highest value")? {
        [low, high] => Ok([low.exact()?, high.exact()?]),
        other => {
            let given = format!("{} values", other.len());
            Err(unexpected(
                values.place,
                given,
                "the lowest and the highest value",
            ))
        }
    }
}

fn contiguous(
    values: &Node,
    most: impl Fn(usize) -> Result<(), FormatError>,
) -> Result<Vec<String>, FormatError> {
    if matches!(values.value, Value::Bare(_)) {
        return listed(values, most);
    }
    let bounds = bounds(values)?;
    let whole = |it: &Fraction| it.to_string().parse::<i32>().ok();
    let [Some(low), Some(high)] = [whole(&bounds[0]), whole(&bounds[1])] else {
        return Err(unexpected(
            values.place,
            "bounds that are not whole",
            "whole numbers of 32 bits",
        ));
    };
    let count = (i64::from(high) - i64::from(low)).max(-1) + 1;
    most(usize::try_from(count).unwrap_or(usize::MAX))?;
    Ok((low..=high).map(|value| value.to_string()).collect())
}

fn continuous(
    values: &Node,
    count: Option<usize>,
    most: impl Fn(usize) -> Result<(), FormatError>,
) -> Result<Vec<String>, FormatError> {
    let Some(count) = count else {
        return Err(unsupported(
            values.place,
            "an issue that may be settled at any real number",
            "a number of evenly spaced options to stand for it, or a contiguous issue",
        ));
    };
    let [low, high] = bounds(values)?;
    most(count)?;
    let gaps = i64::try_from(count.saturating_sub(1)).unwrap_or(i64::MAX);
    match (&high - &low).checked_div(&Fraction::from_whole(gaps)) {
        Some(step) if low < high => Ok(number::spaced(&low, &step, count)
            .iter()
            .map(number::written)
            .collect()),
        _ => {
            let given = format!("{count} options from {low} to {high}");
            Err(unexpected(
                values.place,
                given,
                "at least 2, and bounds in order",
            ))
        }
    }
}
