//! The chance of agreement as the barriers fall in the order in which an agreement meets them.

use detente::assessment::Attribution;

use crate::{
    figure,
    layout::{Cell, Column, Page, Table, bar},
    number,
    palette::Role,
    words,
};

pub(super) fn write(page: &mut Page, attribution: &Attribution) {
    let steps = &attribution.waterfall;
    let Some(first) = steps.first() else { return };
    page.heading("As they fall in order");
    let from = |values: Option<[f64; 2]>| values.map(|[from, _]| from);
    let to = |values: Option<[f64; 2]>| values.map(|[_, to]| to);
    let mut rows = vec![(
        "none gone".to_owned(),
        from(first.central),
        from(first.mean),
    )];
    for step in steps {
        let name = format!("+ {}", words::barrier(step.barrier));
        rows.push((name, to(step.central), to(step.mean)));
    }
    let central = rows.iter().any(|(_, central, _)| central.is_some());
    let drawn = rows.iter().any(|(_, _, mean)| mean.is_some());
    let mut columns = vec![Column::left("barriers gone")];
    columns.extend(central.then(|| Column::right("central")));
    columns.extend(drawn.then(|| Column::right("over draws")));
    columns.push(Column::left(""));
    let mut table = Table::new(columns);
    for (name, at_centre, mean) in rows {
        let shown = |value: Option<f64>| {
            Cell::from(value.map(number::probability).unwrap_or_default()).worth(value)
        };
        let mut row: Vec<Cell> = vec![Cell::new(name, Role::Strong)];
        row.extend(central.then(|| shown(at_centre)));
        row.extend(drawn.then(|| shown(mean)));
        let length = mean.or(at_centre).unwrap_or_default();
        row.push(Cell::new(bar(length, page.bar_cells()), Role::Bar));
        table.row(row);
    }
    page.drawn(&table, || figure::waterfall(attribution));
    page.paragraph(
        Role::Quiet,
        "The share of those runs in which an agreement would be accepted; another order may credit \
         other barriers, which is why shares average over all.",
    );
}
