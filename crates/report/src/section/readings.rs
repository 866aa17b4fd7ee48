//! In what sense an opportunity was missed, where history shows no agreement.

use detente::{
    Assessment,
    assessment::{AgreementSet, TwoReadings},
};

use super::errors::{columns, row};
use crate::{
    layout::{Page, Table},
    names::Names,
    palette::Role,
};

pub(super) fn write(page: &mut Page, assessment: &Assessment, names: &Names<'_>) {
    let readings = &assessment.readings;
    if !readings.missed_in_history {
        return;
    }
    page.heading("In what sense an opportunity was missed");
    page.paragraph(Role::Plain, &conclusion(readings, names));
    page.blank();
    page.table(&table(readings, names.both_or_all()));
}

fn conclusion(readings: &TwoReadings, names: &Names<'_>) -> String {
    let all = names.both_or_all();
    let some = |set: &AgreementSet| set.count > 0;
    let (held, known) = (&readings.preferred_as_held, &readings.would_have_preferred);
    if some(held) && !some(known) {
        format!(
            "In appearance alone: at central values {all} preferred an agreement to none on the \
             beliefs they held, but it would have been broken."
        )
    } else if some(held) {
        format!(
            "In the strong sense: at central values {all} preferred an agreement to none even on \
             the beliefs they held."
        )
    } else if some(known) {
        format!(
            "In the weaker sense: at central values {all} would have preferred an agreement had \
             they known that it would be kept, but not on the beliefs they held."
        )
    } else if some(&readings.compatible_preferences) {
        "In neither sense at central values: preferences were compatible, but every agreement \
         would have been broken and none was trusted."
            .to_owned()
    } else {
        "In no sense at central values: no agreement was better than none for every party."
            .to_owned()
    }
}

fn table(readings: &TwoReadings, all: &str) -> Table {
    let drawn = readings.preferred_as_held.nonempty.is_some();
    let mut table = Table::new(columns("reading", drawn));
    table.row(row(
        &format!("{all} preferred one"),
        &readings.preferred_as_held,
        "Better than none for every party, and acceptable to every nation on the beliefs it held.",
    ));
    table.row(row(
        &format!("{all} would have preferred one"),
        &readings.would_have_preferred,
        "Better than none for every party, and all would have kept it.",
    ));
    table.row(row(
        "compatible preferences",
        &readings.compatible_preferences,
        "Better than none for every party; alone this is no opportunity missed.",
    ));
    table
}
