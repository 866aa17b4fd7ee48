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
    let mut table = Table::new([
        Column::left(""),
        Column::right("agreements"),
        Column::left("chance of any"),
        Column::below(),
    ]);
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

/// A set of agreements as a row: its name, how many, how likely any, and what it means.
pub(super) fn row(name: &str, set: &AgreementSet, meaning: &str) -> [Cell; 4] {
    [
        Cell::new(name, Role::Strong),
        number::count(set.count).into(),
        number::chance_cell(set.nonempty.as_ref()).into(),
        Cell::new(meaning, Role::Quiet),
    ]
}
