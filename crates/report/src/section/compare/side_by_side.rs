//! Verdicts side by side.

use detente::{
    assessment::{Barrier, BarrierShare, CodingSummary},
    case::History,
};

use super::letter;
use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number,
    palette::Role,
    words,
};

pub(super) fn write(page: &mut Page, codings: &[CodingSummary]) {
    page.heading("Side by side");
    page.table(&verdicts(codings));
    let drawn = codings.iter().any(|it| it.within_reach.is_some());
    page.heading(match drawn {
        true => "Chance that an agreement passes, up to each barrier",
        false => "Margin of the best agreement, up to each barrier",
    });
    page.table(&barriers(codings, drawn));
    page.paragraph(Role::Quiet, &legend());
}

fn verdicts(codings: &[CodingSummary]) -> Table {
    let mut table = Table::new([
        Column::left(""),
        Column::left("case"),
        Column::left("history"),
        Column::left("explained"),
        Column::wrapped("verdict at central values"),
    ]);
    for (place, coding) in codings.iter().enumerate() {
        let record = &coding.record;
        let history = match record.history {
            History::Agreement => "agreement",
            History::Nonagreement => "none",
        };
        let explained = if record.explains_record { "yes" } else { "no" };
        let over = record.explains.as_ref();
        let over = over.map(|it| format!(", {}", number::probability(it.estimate)));
        table.row([
            letter(place).into(),
            Cell::new(clean(&coding.case), Role::Strong),
            history.into(),
            format!("{explained}{}", over.unwrap_or_default()).into(),
            words::verdict(coding.verdict.central).into(),
        ]);
    }
    table
}

fn barriers(codings: &[CodingSummary], drawn: bool) -> Table {
    let mut columns = vec![Column::left("")];
    columns.extend(["1", "2", "3", "4", "5"].map(Column::right));
    columns.push(Column::wrapped("largest share"));
    let mut table = Table::new(columns);
    for (place, coding) in codings.iter().enumerate() {
        let mut row: Vec<Cell> = vec![letter(place).into()];
        row.extend(Barrier::ALL.map(|barrier| {
            let found = coding.margins.iter().find(|it| it.barrier == barrier);
            let shown = found.and_then(|it| match drawn {
                true => Some(number::probability(it.passes.as_ref()?.estimate)),
                false => Some(number::signed(it.central)),
            });
            Cell::from(shown.unwrap_or_default())
        }));
        row.push(
            coding
                .largest_share
                .map(share)
                .unwrap_or_else(|| "nothing missed".to_owned())
                .into(),
        );
        table.row(row);
    }
    table
}

fn share(share: BarrierShare) -> String {
    let (value, of) = match share.central {
        Some(central) => (Some(central), "at central values"),
        None => (share.mean, "over draws"),
    };
    let value = value.map(number::signed).unwrap_or_default();
    format!("{} {value} {of}", words::barrier(share.barrier))
}

fn legend() -> String {
    let names = Barrier::ALL.map(|it| format!("{} {}", words::number(it), words::barrier(it)));
    format!("{}.", names.join(", "))
}
