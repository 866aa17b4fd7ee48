//! How a conflict may go on from where it stands.

use detente::conflict::{StabilityReport, StatusQuoReport};

use super::{LISTED, label, names, path};
use crate::{
    layout::{Cell, Column, Page, Table, clean},
    palette::Role,
};

pub(super) fn write(page: &mut Page, report: &StabilityReport, found: &StatusQuoReport) {
    page.heading("From where it stands");
    let here = label(report, found.state);
    let alone = found.improvements.iter().filter(|it| it.members.len() == 1);
    let alone: Vec<String> = alone
        .map(|it| format!("{} to {}", who(report, &it.members), names(report, &it.to)))
        .collect();
    let text = match alone.is_empty() {
        true => format!("It stands at {here}, which nobody would leave alone."),
        false => format!(
            "It stands at {here}. Somebody gains by moving: {}.",
            alone.join("; ")
        ),
    };
    page.paragraph(Role::Plain, &text);
    let together = found.improvements.iter().filter(|it| it.members.len() > 1);
    let together: Vec<String> = together
        .map(|it| format!("{} at {}", who(report, &it.members), names(report, &it.to)))
        .collect();
    if !together.is_empty() {
        let text = format!("All gain by moving together: {}.", together.join("; "));
        page.paragraph(Role::Plain, &text);
    }
    let mut table = Table::new([
        Column::left("to"),
        Column::right("moves"),
        Column::wrapped("by"),
    ]);
    for it in found.paths.iter().take(LISTED) {
        let (length, by) = match (&it.improvements, &it.moves) {
            (Some(gains), _) => (gains.len().to_string(), path(report, gains)),
            (None, Some(moves)) => {
                let text = format!(
                    "{} — not every move improves its mover's lot",
                    path(report, moves)
                );
                (moves.len().to_string(), text)
            }
            (None, None) => ("–".to_owned(), "no moves lead there".to_owned()),
        };
        table.row([
            Cell::new(label(report, it.to), Role::Strong),
            length.into(),
            by.into(),
        ]);
    }
    if !found.paths.is_empty() {
        page.table(&table);
    }
    if found.paths.len() > LISTED {
        page.paragraph(Role::Quiet, "and more; --json has them all");
    }
}

/// The members of a coalition.
fn who(report: &StabilityReport, members: &[usize]) -> String {
    let names = members.iter().filter_map(|it| report.players.get(*it));
    names
        .map(|name| clean(name))
        .collect::<Vec<_>>()
        .join(" and ")
}
