//! What two factors do only together.

use detente::{Grouping, assessment::Pairs};

use super::{LISTED, name};
use crate::{
    layout::{Cell, Column, Page, Table},
    number,
    palette::Role,
};

pub(super) fn write(page: &mut Page, by: Grouping, pairs: &Pairs) {
    page.heading("What moves it only together");
    let judged = number::count_of(pairs.judged as u64, "pair");
    if pairs.found.is_empty() {
        let text = format!("None of {judged} can be told from nothing by these draws.");
        page.paragraph(Role::Plain, &text);
        return;
    }
    let mut table = Table::new([
        Column::right("share"),
        Column::left("95% interval"),
        Column::wrapped("together"),
    ]);
    for pair in pairs.found.iter().take(LISTED) {
        let [one, other] = &pair.between;
        let together = format!("{} with {}", name(by, one), name(by, other));
        table.row([
            number::estimate(&pair.index).into(),
            number::span(&pair.index).into(),
            Cell::new(together, Role::Strong),
        ]);
    }
    page.table(&table);
    page.paragraph(Role::Quiet, &note(pairs, &judged));
}

/// How many there are, and how many of them chance alone would find.
fn note(pairs: &Pairs, judged: &str) -> String {
    let found = pairs.found.len();
    let listed = match found > LISTED {
        true => format!(" The largest {LISTED} are listed."),
        false => String::new(),
    };
    format!(
        "{} of {judged} above 0 by the whole 95% interval; chance alone would put up to {} there.{listed}",
        number::count(found as u64),
        number::count(pairs.judged.div_ceil(40) as u64),
    )
}
