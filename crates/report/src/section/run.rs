//! What is needed to repeat the run.

use detente::Assessment;

use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number,
    palette::Role,
};

pub(super) fn write(page: &mut Page, assessment: &Assessment) {
    let run = &assessment.reproducibility;
    page.heading("To repeat this run");
    let mut table = Table::new([Column::left(""), Column::wrapped("")]);
    let rows = [
        ("version", run.version.to_owned()),
        ("case", clean(&assessment.subject.id)),
        ("case SHA-256", run.case_hash.clone()),
        ("seed", run.seed.to_string()),
        ("draws", number::count(run.draws as u64)),
        ("evidence until", number::day(run.until)),
    ];
    for (name, value) in rows {
        table.row([Cell::new(name, Role::Quiet), value.into()]);
    }
    page.table(&table);
}
