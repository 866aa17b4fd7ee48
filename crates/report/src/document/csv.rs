//! The numbers behind the figures, one cell of their tables a row.

use super::Findings;
use crate::table::{cell, row};

/// A header, then a row for each cell: the figure, the row and column it stands in, and what it says.
pub(crate) fn write(findings: &Findings<'_>) -> String {
    let header = ["figure", "row", "column", "title", "value"];
    let mut text = row(header.iter().map(|it| (*it).to_owned()));
    for figure in super::figures(findings) {
        let titles = figure.table().columns();
        for (nth, cells) in figure.table().rows().iter().enumerate() {
            for (place, (column, value)) in titles.iter().zip(cells).enumerate() {
                if value.is_bar() || value.text().is_empty() {
                    continue;
                }
                let fields = [
                    figure.name().to_owned(),
                    (nth + 1).to_string(),
                    (place + 1).to_string(),
                    cell(column.title()),
                    cell(value.text()),
                ];
                text.push_str(&row(fields.into_iter()));
            }
        }
    }
    text
}
