//! Issues and what their options are worth.

use detente_reciprocity::Fraction;

use super::{evaluator::Evaluator, numbered, xml::Element};
use crate::{
    FormatError, Issue, ReadOptions,
    error::{missing, quoted, unexpected, unsupported},
    number, text,
};

/// An issue as it stands in a file.
pub(super) struct Found<'d, 't> {
    pub(super) element: Element<'d, 't>,
    pub(super) issue: Issue,
    kind: Kind,
}

/// What settles an issue.
enum Kind {
    /// One of the items.
    Items,
    /// One of these numbers, the first of them the lowest.
    Integer(Vec<Fraction>),
    Real(Vec<Fraction>),
}

pub(super) fn issues<'d, 't>(
    objective: Element<'d, 't>,
    options: &ReadOptions,
) -> Result<Vec<Found<'d, 't>>, FormatError> {
    let mut issues = Vec::new();
    let mut counted = Counted {
        left: options.limits.options,
        options,
    };
    for element in objective.children("issue") {
        issues.push(issue(element, &mut counted)?);
    }
    match issues.is_empty() {
        true => Err(missing(
            objective.place(),
            "an element issue",
            "at least one",
        )),
        false => Ok(issues),
    }
}

/// How many options may still come.
struct Counted<'o> {
    left: usize,
    options: &'o ReadOptions,
}

impl Counted<'_> {
    fn take(&mut self, count: usize) -> Result<(), FormatError> {
        let left = self.left.checked_sub(count);
        self.left = left.ok_or(FormatError::TooMany {
            what: "options",
            limit: self.options.limits.options,
        })?;
        Ok(())
    }
}

fn issue<'d, 't>(
    element: Element<'d, 't>,
    counted: &mut Counted<'_>,
) -> Result<Found<'d, 't>, FormatError> {
    let name = text::name(element.required("name")?);
    let kinds = ["type", "etype", "vtype"];
    let kind = kinds
        .iter()
        .find_map(|it| element.attribute(it))
        .unwrap_or("discrete");
    let (issue, kind) = match kind {
        "discrete" => {
            let items = element.children("item");
            let names = items.map(|it| it.required("value").map(text::name));
            let names: Vec<String> = names.collect::<Result<_, _>>()?;
            counted.take(names.len())?;
            if names.is_empty() {
                return Err(missing(element.place(), "an element item", "at least one"));
            }
            (
                Issue {
                    name,
                    options: names,
                },
                Kind::Items,
            )
        }
        "integer" => {
            let numbers = whole_numbers(element, counted)?;
            (numbered(name, &numbers), Kind::Integer(numbers))
        }
        "real" => {
            let numbers = real_numbers(element, counted)?;
            (numbered(name, &numbers), Kind::Real(numbers))
        }
        other => {
            let expected = "discrete, integer or real";
            return Err(unexpected(
                element.place(),
                format!("an issue of type {}", quoted(other)),
                expected,
            ));
        }
    };
    Ok(Found {
        element,
        issue,
        kind,
    })
}

/// The element that has the bounds of an issue: the issue, or a range within it.
fn bounded<'d, 't>(element: Element<'d, 't>) -> Element<'d, 't> {
    match element.attribute("lowerbound") {
        Some(_) => element,
        None => element.children("range").next().unwrap_or(element),
    }
}

fn whole_numbers(
    element: Element<'_, '_>,
    counted: &mut Counted<'_>,
) -> Result<Vec<Fraction>, FormatError> {
    let bounds = bounded(element);
    let whole = |text: &str, place| {
        let number = text.parse::<i32>().map(i64::from);
        number.map_err(|_| unexpected(place, quoted(text), "a whole number of 32 bits"))
    };
    let (low, high) = (
        bounds.number("lowerbound", whole)?,
        bounds.number("upperbound", whole)?,
    );
    if low > high {
        let given = format!("an upper bound {high} below the lower bound {low}");
        return Err(unexpected(
            bounds.place_of("upperbound"),
            given,
            "bounds in order",
        ));
    }
    counted.take(
        usize::try_from(high - low)
            .unwrap_or(usize::MAX)
            .saturating_add(1),
    )?;
    Ok((low..=high).map(Fraction::from_whole).collect())
}

fn real_numbers(
    element: Element<'_, '_>,
    counted: &mut Counted<'_>,
) -> Result<Vec<Fraction>, FormatError> {
    let Some(count) = counted.options.real_options else {
        return Err(unsupported(
            element.place(),
            "an issue that may be settled at any real number",
            "a number of evenly spaced options to stand for it, or an integer or discrete issue",
        ));
    };
    let bounds = bounded(element);
    let (low, high) = (
        bounds.number("lowerbound", number::exact)?,
        bounds.number("upperbound", number::exact)?,
    );
    counted.take(count)?;
    let whole = i64::try_from(count.saturating_sub(1)).unwrap_or(i64::MAX);
    let step = (&high - &low).checked_div(&Fraction::from_whole(whole));
    match step {
        Some(step) if low < high => Ok(number::spaced(&low, &step, count)),
        _ if low == high => Ok(vec![low]),
        _ => {
            let given = format!("{count} options from {low} to {high}");
            let expected = "at least 2, and bounds in order";
            Err(unexpected(bounds.place_of("upperbound"), given, expected))
        }
    }
}

impl Found<'_, '_> {
    /// What each option is worth before it is weighed.
    pub(super) fn evaluations(&self) -> Result<Vec<Fraction>, FormatError> {
        match &self.kind {
            Kind::Items => items(self.element),
            Kind::Integer(numbers) => {
                let evaluator = Evaluator::of_whole(self.element)?;
                let lowest = numbers.first().cloned().unwrap_or_else(Fraction::zero);
                Ok(numbers
                    .iter()
                    .map(|it| evaluator.at(&(it - &lowest)))
                    .collect())
            }
            Kind::Real(numbers) => {
                let evaluator = Evaluator::of_real(self.element)?;
                Ok(numbers.iter().map(|it| evaluator.at(it)).collect())
            }
        }
    }
}

/// Evaluations over the largest one; all nothing where that is below a hundred-thousandth.
fn items(element: Element<'_, '_>) -> Result<Vec<Fraction>, FormatError> {
    let evaluations = element
        .children("item")
        .map(|it| it.number("evaluation", number::exact));
    let evaluations: Vec<Fraction> = evaluations.collect::<Result<_, _>>()?;
    let largest = evaluations
        .iter()
        .max()
        .cloned()
        .unwrap_or_else(Fraction::zero);
    let least = Fraction::from_whole(1).checked_div(&Fraction::from_whole(100_000));
    let counts = least.is_some_and(|it| largest >= it);
    let share = |it: &Fraction| it.checked_div(&largest).filter(|_| counts);
    Ok(evaluations
        .iter()
        .map(|it| share(it).unwrap_or_else(Fraction::zero))
        .collect())
}
