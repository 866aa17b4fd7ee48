//! Shares of the variance.

use detente::{
    Grouping,
    assessment::{Driver, MarginDrivers, Sensitivity},
    quantity::Interval,
};

use super::{LISTED, name, pairs, run, title};
use crate::{
    layout::{Cell, Column, Page, Table},
    number,
    palette::Role,
    words,
};

pub(super) fn write(page: &mut Page, sensitivity: &Sensitivity, margin: &MarginDrivers) {
    let by = sensitivity.by;
    page.table(&table(by, margin));
    if margin.drivers.len() > LISTED {
        let rest = margin.drivers[LISTED..].iter();
        let rest: f64 = rest.map(|driver| driver.shapley.estimate).sum();
        let text = format!(
            "The other {} share {}.",
            number::count((margin.drivers.len() - LISTED) as u64),
            number::signed(rest)
        );
        page.paragraph(Role::Quiet, &text);
    }
    page.paragraph(
        Role::Quiet,
        "Share: the Shapley effect on the variance of the margin; all of them sum to 1. Alone: \
         what would go if that were known. At most: what would be left if all the others \
         were. ≈ 0: not to be told from nothing by these draws.",
    );
    if let Some(found) = &margin.pairs {
        pairs::write(page, by, found);
    }
    page.heading("By barrier");
    page.table(&by_barrier(sensitivity));
    let text = format!(
        "Spread is a standard deviation, in shares of a party's span of payoffs. {}",
        run(sensitivity)
    );
    page.paragraph(Role::Quiet, &text);
}

/// What moves the margin most, where these evaluations can tell.
pub(super) fn answer(by: Grouping, drivers: &[Driver]) -> String {
    let low = |driver: &Driver| driver.shapley.interval.map(Interval::low);
    let most = drivers.first().and_then(low).unwrap_or_default();
    let clear = drivers
        .iter()
        .skip(1)
        .all(|driver| driver.shapley.estimate < most);
    match drivers
        .first()
        .filter(|first| clear && !first.shapley.is_nil())
    {
        Some(first) => format!(
            "Of the numbers that nobody knows exactly, {} the answer most: {} share in how \
             far the best agreement is from passing every barrier is {}.",
            subject(by, &first.name),
            if by == Grouping::Number {
                "its"
            } else {
                "their"
            },
            number::estimate(&first.shapley),
        ),
        None => format!(
            "{} stands out as the one that moves the answer most; more \
                 evaluations may tell the first few apart.",
            nobody(by)
        ),
    }
}

fn subject(by: Grouping, factor: &str) -> String {
    match by {
        Grouping::Party => format!("those of party {} move", name(by, factor)),
        Grouping::Aspect => format!("those about {} move", name(by, factor)),
        _ => format!("{} moves", name(by, factor)),
    }
}

const fn nobody(by: Grouping) -> &'static str {
    match by {
        Grouping::Party => "No single party",
        Grouping::Aspect => "Nothing that the numbers are about",
        _ => "No single number",
    }
}

fn table(by: Grouping, margin: &MarginDrivers) -> Table {
    let mut table = Table::new([
        Column::right("share"),
        Column::left("95% interval"),
        Column::right("alone"),
        Column::right("at most"),
        Column::wrapped(title(by)),
    ]);
    for driver in margin.drivers.iter().take(LISTED) {
        table.row([
            number::estimate(&driver.shapley).into(),
            number::span(&driver.shapley).into(),
            number::estimate(&driver.first).into(),
            number::estimate(&driver.total).into(),
            Cell::new(name(by, &driver.name), Role::Strong),
        ]);
    }
    table
}

fn by_barrier(sensitivity: &Sensitivity) -> Table {
    let mut table = Table::new([
        Column::left("margin up to"),
        Column::right("spread"),
        Column::wrapped("driven most by"),
    ]);
    for margin in &sensitivity.margins {
        let spread = margin.variance.map(f64::sqrt);
        let name = |driver: &Driver| name(sensitivity.by, &driver.name);
        table.row([
            Cell::new(words::barrier(margin.barrier), Role::Strong),
            spread.map(number::signed).unwrap_or_default().into(),
            margin.drivers.first().map(name).unwrap_or_default().into(),
        ]);
    }
    table
}
