//! Where two codings of one case differ, and what each difference does.

use detente::assessment::{
    CodedValue, CodingDifference, Comparison, Division, DivisionMethod, Effect, NumberDifference,
    Presence, Swap,
};

use super::{letter, sentences};
use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number,
    palette::Role,
};

/// Differences listed; the rest are counted.
const LISTED: usize = 25;

pub(super) fn write(page: &mut Page, comparison: &Comparison, difference: &CodingDifference) {
    let (from, to) = (letter(difference.from), letter(difference.to));
    page.heading(&format!("Where {from} and {to} differ"));
    // Of two, the answer has said it.
    if comparison.codings.len() > 2 {
        page.paragraph(Role::Plain, &sentences::decides(comparison, difference));
    }
    if difference.is_none() {
        return;
    }
    page.paragraph(Role::Plain, &margins(difference));
    structure(page, difference);
    numbers(page, difference);
    if let Some(division) = &difference.division {
        page.paragraph(Role::Plain, &divided(division, difference));
    } else {
        page.paragraph(
            Role::Plain,
            "The difference is not divided among its causes, since some mixture of the two codings \
             is no case.",
        );
    }
}

fn margins(difference: &CodingDifference) -> String {
    let [one, other] = difference.margin.map(number::signed);
    let (from, to) = (letter(difference.from), letter(difference.to));
    format!(
        "At central values the margin up to the last barrier is {one} in {from} and {other} in {to}."
    )
}

fn structure(page: &mut Page, difference: &CodingDifference) {
    if difference.structure.is_empty() {
        return;
    }
    page.blank();
    page.paragraph(
        Role::Plain,
        "What differs and is no number, taken as one structure:",
    );
    let (from, to) = (letter(difference.from), letter(difference.to));
    for it in difference.structure.iter().take(LISTED) {
        let name = clean(&it.name);
        let text = match (it.presence, &it.values) {
            (Presence::First, _) => format!("{name}: in {from} only"),
            (Presence::Second, _) => format!("{name}: in {to} only"),
            (Presence::Both, [Some(one), Some(other)]) => {
                let [one, other] = [one, other].map(|it| clean(&it.to_string()));
                format!("{name}: {one} in {from}, {other} in {to}")
            }
            (Presence::Both, _) => format!("{name}: of another shape in {to} than in {from}"),
        };
        page.entry(Role::Quiet, &format!("· {text}"));
    }
    more(page, difference.structure.len());
}

fn more(page: &mut Page, all: usize) {
    if all > LISTED {
        let text = format!("and {} more", number::count((all - LISTED) as u64));
        page.entry(Role::Quiet, &text);
    }
}

fn numbers(page: &mut Page, difference: &CodingDifference) {
    page.blank();
    let (from, to) = (letter(difference.from), letter(difference.to));
    page.table(&table(difference));
    more(page, difference.numbers.len());
    let drawn = swaps(difference).any(|it| it.within_reach.is_some());
    let reach = if drawn {
        " In brackets, the change in the chance of an agreement within reach."
    } else {
        ""
    };
    page.paragraph(
        Role::Quiet,
        &format!(
            "share: of the difference between the margins. {from}+: {from} with this alone from {to}, \
             and by how much its margin changes; {to}−: {to} with this alone from {from}.{reach}"
        ),
    );
}

/// Every exchange of one thing.
fn swaps(difference: &CodingDifference) -> impl Iterator<Item = &Swap> {
    let numbers = difference.numbers.iter().map(|it| &it.effect);
    let effects = difference.structure_effect.iter().chain(numbers);
    effects.flat_map(|it| it.forward.iter().chain(&it.backward))
}

fn table(difference: &CodingDifference) -> Table {
    let mut table = Table::new([
        Column::right("share"),
        Column::left("with this alone from the other"),
        Column::below(),
    ]);
    if let Some(effect) = &difference.structure_effect {
        table.row([
            share(effect).into(),
            swapped(effect, difference).into(),
            Cell::new("the structure", Role::Strong),
        ]);
    }
    for it in difference.numbers.iter().take(LISTED) {
        table.row([
            share(&it.effect).into(),
            swapped(&it.effect, difference).into(),
            Cell::new(what(it, difference), Role::Strong),
        ]);
    }
    table
}

fn share(effect: &Effect) -> String {
    let error = effect.standard_error.map(number::error).unwrap_or_default();
    let share = effect.share.map(number::signed);
    share.map_or_else(|| "–".to_owned(), |share| format!("{share}{error}"))
}

/// Both exchanges: `A+ −0.12 (−0.30) B− 0.08 (0.20)`.
fn swapped(effect: &Effect, difference: &CodingDifference) -> String {
    let one = |swap: Option<Swap>| {
        let Some(swap) = swap else {
            return "no case".to_owned();
        };
        let reach = swap
            .within_reach
            .map(|it| format!(" ({})", number::signed(it.change)));
        format!(
            "{}{}",
            number::signed(swap.change),
            reach.unwrap_or_default()
        )
    };
    format!(
        "{}+ {}  {}− {}",
        letter(difference.from),
        one(effect.forward),
        letter(difference.to),
        one(effect.backward)
    )
}

/// The number, with its value in either coding.
fn what(number: &NumberDifference, difference: &CodingDifference) -> String {
    let (from, to) = (letter(difference.from), letter(difference.to));
    let pairs = number.values.iter().map(|pair| {
        let [one, other] = pair.values.map(|it| value(&it));
        let own = pair.name.strip_prefix(number.name.as_str());
        let own = own.map(|it| it.trim_start_matches('.')).unwrap_or_default();
        let own = match own {
            "" => String::new(),
            own => format!("{} ", clean(own)),
        };
        format!("{own}{from} {one}, {to} {other}")
    });
    let pairs: Vec<String> = pairs.collect();
    format!("{}: {}", clean(&number.name), pairs.join("; "))
}

/// A number in the coder's units, with its range where it has one.
fn value(value: &CodedValue) -> String {
    let central = plain(value.central);
    let default = if value.coded { "" } else { " by default" };
    match value.range {
        [Some(low), Some(high)] if low < high => {
            format!("{central} ({}–{}){default}", plain(low), plain(high))
        }
        [Some(_), Some(_)] => format!("{central}{default}"),
        _ => format!("{central} (unbounded){default}"),
    }
}

/// As many digits as tell it, up to four.
fn plain(value: f64) -> String {
    let text = format!("{value:.4}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    match short.strip_prefix('-') {
        Some("0") => "0".to_owned(),
        Some(digits) => format!("−{digits}"),
        None => short.to_owned(),
    }
}

fn divided(division: &Division, difference: &CodingDifference) -> String {
    let all = difference.numbers.len() + usize::from(difference.structure_effect.is_some());
    let how = match division.method {
        DivisionMethod::Exact => "over every order (Shapley values)".to_owned(),
        DivisionMethod::Sampled => format!(
            "over random orders (Shapley values ± a standard error, {} evaluations)",
            number::count(division.evaluations as u64)
        ),
    };
    format!(
        "Shares are averaged {how} over {}; they sum to {}, the difference between the margins {}.",
        number::count_of(all as u64, "difference"),
        number::signed(division.sum),
        number::signed(division.difference)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_a_coder_writes_them() {
        for (value, text) in [
            (0.0, "0"),
            (-0.0, "0"),
            (-0.000_01, "0"),
            (0.4, "0.4"),
            (-12.0, "−12"),
            (0.123_456, "0.1235"),
            (100.0, "100"),
        ] {
            assert_eq!(plain(value), text);
        }
    }
}
