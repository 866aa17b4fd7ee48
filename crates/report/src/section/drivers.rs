//! What drives the margin of the last barrier: a page of its own.

use detente::{
    assessment::{Driver, MarginDrivers, Sensitivity},
    quantity::Interval,
};

use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number,
    palette::Role,
    words,
};

/// Numbers listed by name; the rest are counted.
const LISTED: usize = 15;

pub(crate) fn write(page: &mut Page, sensitivity: &Sensitivity) {
    let Some(margin) = sensitivity.margins.last() else {
        return;
    };
    if margin.drivers.is_empty() {
        page.lead(Role::Answer, &steady(sensitivity));
        return;
    }
    page.lead(Role::Answer, &answer(&margin.drivers));
    page.heading("What drives the answer");
    page.table(&table(margin));
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
         what would go if that number were known. At most: what would be left if all the others \
         were. ≈ 0: not to be told from nothing by these draws.",
    );
    page.heading("By barrier");
    page.table(&by_barrier(sensitivity));
    page.paragraph(Role::Quiet, &run(sensitivity));
}

/// What moves the margin most, where these evaluations can tell.
fn answer(drivers: &[Driver]) -> String {
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
            "Of the numbers that nobody knows exactly, {} moves the answer most: its share in how \
             far the best agreement is from passing every barrier is {}.",
            clean(&first.name),
            first.shapley,
        ),
        None => "No single number stands out as the one that moves the answer most; more \
                 evaluations may tell the first few apart."
            .to_owned(),
    }
}

fn steady(sensitivity: &Sensitivity) -> String {
    format!(
        "No uncertain number of {} moves how far its best agreement is from passing every barrier.",
        clean(&sensitivity.case)
    )
}

fn table(margin: &MarginDrivers) -> Table {
    let mut table = Table::new([
        Column::right("share"),
        Column::left("95% interval"),
        Column::right("alone"),
        Column::right("at most"),
        Column::wrapped("number"),
    ]);
    for driver in margin.drivers.iter().take(LISTED) {
        table.row([
            driver.shapley.to_string().into(),
            interval(driver).into(),
            driver.first.to_string().into(),
            driver.total.to_string().into(),
            Cell::new(clean(&driver.name), Role::Strong),
        ]);
    }
    table
}

fn interval(driver: &Driver) -> String {
    let ends = driver.shapley.interval.map(|interval| {
        let (low, high) = (
            number::signed(interval.low()),
            number::signed(interval.high()),
        );
        format!("{low} to {high}")
    });
    ends.unwrap_or_default()
}

fn by_barrier(sensitivity: &Sensitivity) -> Table {
    let mut table = Table::new([
        Column::left("margin up to"),
        Column::right("spread"),
        Column::wrapped("driven most by"),
    ]);
    for margin in &sensitivity.margins {
        let spread = margin.variance.map(f64::sqrt);
        let name = |driver: &Driver| clean(&driver.name);
        table.row([
            Cell::new(words::barrier(margin.barrier), Role::Strong),
            spread.map(number::signed).unwrap_or_default().into(),
            margin.drivers.first().map(name).unwrap_or_default().into(),
        ]);
    }
    table
}

fn run(sensitivity: &Sensitivity) -> String {
    format!(
        "Spread is a standard deviation, in shares of a party's span of payoffs. {} evaluations of \
         the case, seed {}.",
        number::count(sensitivity.evaluations + sensitivity.shapley_evaluations),
        sensitivity.reproducibility.seed,
    )
}
