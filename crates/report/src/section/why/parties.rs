//! At whom the barriers stood.

use detente::assessment::{Attribution, ObstacleShare, PartyShare};

use super::super::attribution::range;
use crate::{
    layout::{Cell, Column, Page, Table},
    names::Names,
    number,
    palette::Role,
    words,
};

/// Smaller shares of single obstacles are not listed.
const LEAST: f64 = 0.005;

pub(super) fn write(page: &mut Page, attribution: &Attribution, names: &Names<'_>) {
    let parties = &attribution.parties;
    if parties.is_empty() {
        return;
    }
    page.heading("At whom");
    let central = parties.iter().any(|it| it.central.is_some());
    let drawn = parties.iter().any(|it| it.mean.is_some());
    let mut columns = vec![Column::left("party")];
    if central {
        columns.extend([Column::right("share"), Column::left("least–most")]);
    }
    columns.extend(drawn.then(|| Column::right("over draws")));
    columns.push(Column::below());
    let mut table = Table::new(columns);
    for party in parties {
        let shown = |value: Option<f64>| Cell::from(value.map(number::signed).unwrap_or_default());
        let mut row = vec![Cell::new(names.party(&party.party), Role::Strong)];
        if central {
            let range = party.range.map(range).unwrap_or_default();
            row.extend([shown(party.central), range.into()]);
        }
        row.extend(drawn.then(|| shown(party.mean)));
        row.push(Cell::new(obstacles(party), Role::Quiet));
        table.row(row);
    }
    page.table(&table);
    page.paragraph(
        Role::Quiet,
        "A party's share is what freeing it of all four barriers adds; below it, the barriers at that \
         party taken one by one, so that they need not sum to its share.",
    );
}

/// The obstacles of a party that weigh anything, over draws where there are any.
fn obstacles(party: &PartyShare) -> String {
    let weight = |it: &ObstacleShare| it.mean.or(it.central);
    let listed = party.obstacles.iter().filter_map(|it| {
        let weight = weight(it).filter(|weight| weight.abs() >= LEAST)?;
        Some(format!(
            "{} {}",
            words::barrier(it.barrier),
            number::signed(weight)
        ))
    });
    listed.collect::<Vec<_>>().join(", ")
}
