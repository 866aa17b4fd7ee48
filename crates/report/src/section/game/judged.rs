//! An agreement judged party by party.

use detente::{
    game::{JudgedAgreement, JudgedType},
    reciprocity::CriticalPatience,
};

use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number,
    palette::Role,
};

pub(super) fn write(page: &mut Page, agreement: &JudgedAgreement) {
    page.heading("The agreement to take the first action");
    let mut types = agreement.parties.iter().flat_map(|it| &it.types);
    let typed = types.any(|it| it.name.is_some());
    let (role, text) = match (agreement.self_enforcing, agreement.as_they_are) {
        (true, _) if !typed => (Role::Good, "It enforces itself."),
        (true, _) => (
            Role::Good,
            "It enforces itself, whatever types the parties are.",
        ),
        (_, true) => (
            Role::Plain,
            "It enforces itself among the true types, but not all types.",
        ),
        _ => (Role::Bad, "It does not enforce itself."),
    };
    page.paragraph(role, text);
    let mut table = Table::new([
        Column::left(""),
        Column::left(""),
        Column::right("δ"),
        Column::left("honours at"),
        Column::right("margin"),
        Column::right("m"),
        Column::right("least m"),
    ]);
    for party in &agreement.parties {
        for kind in &party.types {
            table.row([
                Cell::new(named(&party.party, kind), Role::Strong),
                verdict(kind),
                number::exact(kind.delta.get()).into(),
                patient(kind.critical_delta).into(),
                kind.delta_margin
                    .map_or("any".to_owned(), number::signed)
                    .into(),
                number::exact(kind.detection.get()).into(),
                { kind.least_detection }
                    .map_or("none".to_owned(), |it| number::value(it.get()))
                    .into(),
            ]);
        }
    }
    page.table(&table);
    page.paragraph(
        Role::Quiet,
        "Margin: how far δ is from turning the answer. m: the chance a period that cheating is \
         detected; least m: what would do.",
    );
    let delays = agreement.parties.iter().flat_map(|it| &it.types);
    if let Some(delay) = delays.map(|it| it.delay).max().filter(|&it| it > 0) {
        let periods = number::count_of(delay.into(), "period");
        let text = format!("Detected cheating is answered {periods} later than the next.");
        page.paragraph(Role::Quiet, &text);
    }
    if typed {
        page.paragraph(Role::Quiet, "*: the type that the party is.");
    }
    if let Some(first) = &agreement.first_to_cheat {
        let who = match &first.kind {
            Some(kind) => format!("{} of type {}", clean(&first.party), clean(kind)),
            None => clean(&first.party),
        };
        let text = if first.delta_margin < 0.0 {
            format!(
                "Furthest from honouring: {who}, short by {} in δ.",
                number::value(-first.delta_margin)
            )
        } else {
            format!(
                "First to cheat if patience fell: {who}, {} in δ from it.",
                number::value(first.delta_margin)
            )
        };
        page.paragraph(Role::Plain, &text);
    }
}

fn named(party: &str, kind: &JudgedType) -> String {
    let mark = if kind.is_true && kind.name.is_some() {
        " *"
    } else {
        ""
    };
    match &kind.name {
        Some(name) => format!("{}: {}{mark}", clean(party), clean(name)),
        None => clean(party),
    }
}

fn verdict(kind: &JudgedType) -> Cell {
    match kind.honours {
        true => Cell::new("honours", Role::Good),
        false => Cell::new("cheats", Role::Bad),
    }
}

fn patient(critical: CriticalPatience) -> String {
    match critical {
        CriticalPatience::Always => "any δ".to_owned(),
        CriticalPatience::AtLeast(least) => format!("δ ≥ {}", number::value(least.get())),
        CriticalPatience::AtMost(most) => format!("δ ≤ {}", number::value(most.get())),
        CriticalPatience::Never => "no δ".to_owned(),
    }
}
