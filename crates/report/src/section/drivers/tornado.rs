//! One number at a time.

use detente::assessment::{End, Sensitivity, TornadoBar};

use super::LISTED;
use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number,
    palette::Role,
    words,
};

pub(crate) fn write(page: &mut Page, sensitivity: &Sensitivity) {
    let tornado = &sensitivity.tornado;
    let central = tornado.central[4];
    let moves = |bar: &&TornadoBar| {
        let same = |end: &End| number::is_close(end.margins[4], central);
        !(same(&bar.low) && same(&bar.high))
    };
    let bars: Vec<&TornadoBar> = tornado.bars.iter().filter(moves).collect();
    page.heading("One number at a time");
    let text = format!(
        "The margin up to the last barrier is {} at central values.",
        signed(central)
    );
    page.paragraph(Role::Plain, &text);
    let mut table = Table::new([
        Column::right("at low"),
        Column::right("at high"),
        Column::right("from"),
        Column::right("to"),
        Column::wrapped("number"),
    ]);
    for bar in bars.iter().take(LISTED) {
        table.row([
            signed(bar.low.margins[4]).into(),
            signed(bar.high.margins[4]).into(),
            place(&bar.low).into(),
            place(&bar.high).into(),
            Cell::new(clean(&bar.name), Role::Strong),
        ]);
    }
    if !bars.is_empty() {
        page.table(&table);
    }
    page.paragraph(Role::Quiet, &note(bars.len(), tornado.bars.len()));
    if !tornado.omitted.is_empty() {
        page.paragraph(Role::Quiet, &left_out(&tornado.omitted));
    }
}

/// Numbers without a bar.
fn left_out(omitted: &[String]) -> String {
    let mut names: Vec<String> = omitted.iter().take(LISTED).map(|it| clean(it)).collect();
    if let Some(more) = omitted.len().checked_sub(LISTED).filter(|&more| more > 0) {
        names.push(format!("{} more", number::count(more as u64)));
    }
    format!(
        "Left out, since an end of the range is no case while all others stay: {}.",
        words::list(&names)
    )
}

fn note(moving: usize, all: usize) -> String {
    let rest = all - moving;
    let more = match moving.saturating_sub(LISTED) {
        0 => String::new(),
        more => format!("{} more move it less. ", number::count(more as u64)),
    };
    format!(
        "{more}{} move it by nothing alone. Above 0 an agreement is within reach. Each number goes from \
         one end of its range to the other (where it has no end, from its 2.5% to its 97.5% quantile), all \
         others at their central values, also those it goes together with.",
        number::count(rest as u64)
    )
}

fn signed(margin: f64) -> String {
    let text = format!("{margin:+.3}").replace('-', "−");
    match number::is_close(margin, 0.0) {
        true => "0".to_owned(),
        false => text,
    }
}

/// Where the number is at that end.
fn place(end: &End) -> String {
    match (end.value, &end.true_type) {
        (Some(value), _) => number::value(value),
        (None, Some(kind)) => clean(kind),
        (None, None) => String::new(),
    }
}
