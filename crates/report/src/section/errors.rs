//! Both errors: beside trust refused, trust misplaced.

use detente::{Assessment, assessment::AgreementSet};

use crate::{
    layout::{Cell, Column, Page, Table},
    number,
    palette::Role,
};

pub(super) fn write(page: &mut Page, assessment: &Assessment) {
    let errors = &assessment.errors;
    page.heading("The other error: trusting too much");
    let drawn = errors.accepted_as_held.nonempty.is_some();
    let mut table = Table::new(columns("", drawn));
    table.row(row(
        "accepted as held",
        &errors.accepted_as_held,
        "Every leader would sign it on the beliefs held, some perhaps meaning to break it.",
    ));
    table.row(row(
        "… misplaced trust",
        &errors.misplaced_trust,
        "Of these, some party would have broken it.",
    ));
    table.row(row(
        "… accepted without warrant",
        &errors.accepted_without_warrant,
        "Of these, the evidence as it was called for refusal.",
    ));
    page.table(&table);
}

/// The columns of [`row`]s, where `drawn` with the chance over draws.
pub(super) fn columns(title: &'static str, drawn: bool) -> Vec<Column> {
    let mut columns = vec![Column::left(title), Column::right("agreements")];
    columns.extend(drawn.then(|| Column::left("chance of any")));
    columns.push(Column::below());
    columns
}

/// A set of agreements as a row: its name, how many, how likely any (with draws), and what it
/// means.
pub(super) fn row(name: &str, set: &AgreementSet, meaning: &str) -> Vec<Cell> {
    let mut row = vec![
        Cell::new(name, Role::Strong),
        number::count(set.count).into(),
    ];
    let chance = set.nonempty.as_ref();
    row.extend(chance.map(|it| number::chance_cell(Some(it)).into()));
    row.push(Cell::new(meaning, Role::Quiet));
    row
}
