//! Domains and profiles of GeniusWeb (user manual of version 2.1): linear additive profiles, in which a
//! party's payoff is the sum over issues of the issue's weight times the utility of its value. What a
//! party has without agreement is given as a bid that is worth as much to it.

mod write;

use detente_reciprocity::Fraction;

pub(crate) use write::write;

use crate::{
    FormatError, Issue, Negotiation, Party, Place, ReadOptions, Scores,
    error::{at_most, listed, missing, quoted, unexpected, unsupported},
    number, text,
    tree::{Node, Value, json},
};

/// Reads a profile or a domain.
pub(crate) fn read(
    name: &str,
    text: &str,
    options: &ReadOptions,
) -> Result<Negotiation, FormatError> {
    let node = json::read(text, &options.limits)?;
    if node.get("issuesValues").is_some() {
        return domain(name, &node, options);
    }
    let profile = match node.map("a profile")? {
        [(kind, profile)] if kind.text("a profile")? == "LinearAdditiveUtilitySpace" => profile,
        [(kind, _), ..] => {
            return Err(unsupported(
                kind.place,
                format!("a profile {}", kind.words()),
                "a LinearAdditiveUtilitySpace alone",
            ));
        }
        [] => {
            return Err(missing(
                node.place,
                "a profile",
                "a LinearAdditiveUtilitySpace",
            ));
        }
    };
    let negotiation = domain(name, profile.required("domain", "the domain")?, options)?;
    let party = party(name, profile, negotiation.issues())?;
    Negotiation::new(
        negotiation.title(),
        negotiation.issues().to_vec(),
        vec![party],
    )
}

fn domain(name: &str, node: &Node, options: &ReadOptions) -> Result<Negotiation, FormatError> {
    let title = node.get("name").map(|it| it.text("a name")).transpose()?;
    let values = node.required("issuesValues", "the values of each issue")?;
    let mut issues: Vec<Issue> = Vec::new();
    let mut left = options.limits.options;
    for (key, values) in values.map("the values of each issue")? {
        let named = text::name(key.text("an issue's name")?);
        let values = match values.get("range") {
            Some(range) => numbers(range, left, options)?,
            None => {
                let values = values.required("values", "a list of values, or a range")?;
                let values = values.list("a list of values")?;
                values
                    .iter()
                    .map(|it| Ok(text::name(it.text("a value")?)))
                    .collect::<Result<_, FormatError>>()?
            }
        };
        check(values.len(), left, options)?;
        left -= values.len();
        issues.push(Issue {
            name: named,
            options: values,
        });
    }
    Negotiation::new(title.unwrap_or(name), issues, Vec::new())
}

fn check(count: usize, left: usize, options: &ReadOptions) -> Result<(), FormatError> {
    match count <= left {
        true => Ok(()),
        false => at_most("options", usize::MAX, options.limits.options),
    }
}

/// The numbers from the lowest on, a step apart, that are not above the highest.
fn numbers(range: &Node, left: usize, options: &ReadOptions) -> Result<Vec<String>, FormatError> {
    let part = |key: &str| range.required(key, "a number")?.exact();
    let (low, high, step) = (part("low")?, part("high")?, part("step")?);
    if step <= Fraction::zero() || low > high {
        let expected = "a low that is not above the high, and a step above 0";
        return Err(unexpected(
            range.place,
            "a range with nothing in it",
            expected,
        ));
    }
    let steps = (&high - &low)
        .checked_div(&step)
        .map_or(0.0, |it| it.to_f64());
    check(
        if steps < 1e9 {
            steps as usize
        } else {
            usize::MAX
        },
        left,
        options,
    )?;
    let mut numbers = Vec::new();
    let mut next = low;
    while next <= high {
        numbers.push(number::written(&next));
        next = &next + &step;
    }
    Ok(numbers)
}

fn party(name: &str, profile: &Node, issues: &[Issue]) -> Result<Party, FormatError> {
    let utilities = profile.required("issueUtilities", "the utilities of each issue's values")?;
    let weights = profile.required("issueWeights", "the weight of each issue")?;
    let (utilities, weights) = (entries(utilities, issues)?, entries(weights, issues)?);
    let weighed = |((issue, utilities), weight): ((&Issue, &&Node), &&Node)| {
        let weight = weight.exact()?;
        let utilities = utilities_of(utilities, issue)?;
        let weighed = utilities.iter().map(|it| &weight * it);
        Ok(weighed.collect())
    };
    let each = issues.iter().zip(&utilities).zip(&weights);
    let worth: Vec<Vec<Fraction>> = each.map(weighed).collect::<Result<_, FormatError>>()?;
    let rounded = |table: &Vec<Fraction>| {
        let table = table.iter().map(|it| number::nearest(it, profile.place));
        table.collect::<Result<Vec<f64>, _>>()
    };
    let own = profile
        .get("name")
        .map(|it| it.text("a name"))
        .transpose()?
        .map(text::name);
    let own = own.filter(|it| !it.is_empty());
    let scores = Scores::Additive {
        constant: 0.0,
        tables: worth.iter().map(rounded).collect::<Result<_, _>>()?,
    };
    let bid = profile.get("reservationBid");
    Ok(Party {
        nonagreement: bid.map(|bid| worth_of(bid, issues, &worth)).transpose()?,
        ..Party::new(own.unwrap_or_else(|| name.to_owned()), scores)
    })
}

/// What a table has for each issue, in their order; it may have nothing for anything else.
fn entries<'n>(node: &'n Node, issues: &[Issue]) -> Result<Vec<&'n Node>, FormatError> {
    let mut entries = node.by_name("a table of issues")?;
    let found = issues.iter().map(|issue| {
        entries
            .remove(&issue.name)
            .map(|(_, value)| value)
            .ok_or_else(|| {
                let what = format!("issue {}", quoted(&issue.name));
                missing(node.place, what, "every issue of the domain")
            })
    });
    let found = found.collect::<Result<_, _>>()?;
    match entries.values().next() {
        None => Ok(found),
        Some((key, _)) => Err(unknown(
            key,
            "issue",
            issues.iter().map(|it| it.name.as_str()),
        )),
    }
}

fn unknown<'n>(
    node: &Node,
    what: &'static str,
    names: impl Iterator<Item = &'n str>,
) -> FormatError {
    let given = match &node.value {
        Value::Bare(text) | Value::Quoted(text) => text::name(text),
        _ => node.words(),
    };
    FormatError::Unknown {
        place: node.place,
        what,
        given,
        expected: listed(names),
    }
}

/// The utility of each value of an issue, before it is weighed.
fn utilities_of(node: &Node, issue: &Issue) -> Result<Vec<Fraction>, FormatError> {
    let either = |names: [&str; 2]| names.into_iter().find_map(|it| node.get(it));
    if let Some(table) = either(["DiscreteValueSetUtilities", "discreteutils"]) {
        let table = table.required("valueUtilities", "the utility of each value")?;
        return values(table, issue);
    }
    if let Some(line) = either(["NumberValueSetUtilities", "numberutils"]) {
        let part = |key: &str| line.required(key, "a number")?.exact();
        let (low, high) = (part("lowValue")?, part("highValue")?);
        let (least, most) = (part("lowUtility")?, part("highUtility")?);
        let slope = (&most - &least).checked_div(&(&high - &low));
        let slope = slope.unwrap_or_else(Fraction::zero);
        let at = |value: &String| {
            let value = number::exact(value, line.place)?;
            Ok(match low <= value && value <= high {
                true => &least + &(&slope * &(&value - &low)),
                false => Fraction::zero(),
            })
        };
        return issue.options.iter().map(at).collect();
    }
    Err(unsupported(
        node.place,
        format!("utilities given as {}", node.names()),
        "DiscreteValueSetUtilities or NumberValueSetUtilities",
    ))
}

/// Every value's utility; a value that is not spoken of is worth nothing.
fn values(table: &Node, issue: &Issue) -> Result<Vec<Fraction>, FormatError> {
    let mut places = std::collections::BTreeMap::new();
    for (place, option) in issue.options.iter().enumerate() {
        places.insert(option.as_str(), place);
    }
    let mut utilities = vec![Fraction::zero(); issue.options.len()];
    for (key, utility) in table.map("the utility of each value")? {
        let name = text::name(key.text("a value")?);
        let names = || issue.options.iter().map(String::as_str);
        let place = places
            .get(name.as_str())
            .ok_or_else(|| unknown(key, "value", names()))?;
        utilities[*place] = utility.exact()?;
    }
    Ok(utilities)
}

/// What a bid for every issue is worth: what the party has without agreement.
fn worth_of(bid: &Node, issues: &[Issue], worth: &[Vec<Fraction>]) -> Result<f64, FormatError> {
    let values = bid.get("issuevalues").unwrap_or(bid);
    let values = entries(values, issues)?;
    let mut sum = Fraction::zero();
    for ((issue, worth), value) in issues.iter().zip(worth).zip(values) {
        let name = text::name(value.text("a value")?);
        let same = |option: &&String| **option == name || is_same_number(option, &name);
        let found = issue.options.iter().position(|it| same(&it));
        let names = || issue.options.iter().map(String::as_str);
        let place = found.ok_or_else(|| unknown(value, "value", names()))?;
        sum = &sum + &worth[place];
    }
    number::nearest(&sum, bid.place)
}

fn is_same_number(option: &str, given: &str) -> bool {
    let number = |text: &str| number::exact(text, Place::START).ok();
    number(given).is_some_and(|given| number(option) == Some(given))
}

#[cfg(test)]
mod tests;
