//! The numbers behind the figures, one cell of their tables a row.

use super::Findings;
use crate::{
    figure::Figure,
    layout::{Cell, Column},
    table::{cell, number, row},
};

const HEADER: [&str; 9] = [
    "figure", "row", "column", "title", "value", "low", "high", "unit", "text",
];

/// A header, then a row for each cell: the figure, the row and column it stands in, the number it shows in
/// full with the ends of its range, and what it says.
pub(crate) fn write(findings: &Findings<'_>) -> String {
    let mut text = row(HEADER.iter().map(|it| (*it).to_owned()));
    for figure in super::figures(findings) {
        for (nth, cells) in figure.table().rows().iter().enumerate() {
            for (place, value) in cells.iter().enumerate() {
                if !value.is_bar() && !value.text().is_empty() {
                    text.push_str(&line(&figure, [nth, place], value));
                }
            }
        }
    }
    text
}

fn line(figure: &Figure, [nth, place]: [usize; 2], value: &Cell) -> String {
    let title = figure.table().columns().get(place).map(Column::title);
    let datum = value.datum();
    let finite = |it: Option<f64>| number(it.filter(|it| it.is_finite()));
    let fields = [
        figure.name().to_owned(),
        (nth + 1).to_string(),
        (place + 1).to_string(),
        cell(title.unwrap_or_default()),
        finite(datum.value),
        finite(datum.ends.map(|[low, _]| low)),
        finite(datum.ends.map(|[_, high]| high)),
        datum.unit.to_owned(),
        cell(value.text().trim()),
    ];
    row(fields.into_iter())
}
