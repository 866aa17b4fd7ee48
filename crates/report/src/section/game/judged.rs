//! An agreement judged party by party.

use detente::{
    game::{GameReport, JudgedAgreement, JudgedType, WouldCheat},
    reciprocity::{CriticalPatience, repeated::CriticalDelta},
};

use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number,
    palette::Role,
    words,
};

pub(super) fn write(page: &mut Page, report: &GameReport, agreement: &JudgedAgreement) {
    page.heading("The agreement to take the first action");
    let mut types = agreement.parties.iter().flat_map(|it| &it.types);
    let typed = types.any(|it| it.name.is_some());
    let (role, text) = verdict(agreement, typed);
    page.paragraph(role, text);
    if let Some(text) = words::taken_on_trust(agreement) {
        page.paragraph(Role::Plain, &format!("{text} {}", credible(report)));
    }
    page.table(&table(agreement));
    page.paragraph(
        Role::Quiet,
        "Margin: how far δ is from turning the answer. Seen: the chance a period that cheating is \
         detected, and what would do.",
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
        page.paragraph(Role::Plain, &nearest(first));
    }
}

/// Whether it enforces itself, the answer to cheating taken at its word.
fn verdict(agreement: &JudgedAgreement, typed: bool) -> (Role, &'static str) {
    let credible = agreement.taken_on_trust.is_empty();
    match (agreement.self_enforcing, agreement.as_they_are) {
        (true, _) if !credible => (
            Role::Plain,
            "It would enforce itself if nonagreement for ever were sure to follow cheating.",
        ),
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
    }
}

/// What punishments that all would carry out can do instead.
fn credible(report: &GameReport) -> String {
    let which = "With punishments that all would carry out, all cheating being seen at once,";
    let bound = match &report.critical_delta.bounds.mutual_cooperation {
        CriticalDelta::Never => return format!("{which} nothing can sustain it."),
        some => super::bound(some),
    };
    match report
        .at_delta
        .as_ref()
        .and_then(|it| it.mutual_cooperation)
    {
        Some(true) => format!("{which} it can be sustained {bound}: here too."),
        Some(false) => format!("{which} it can be sustained {bound}: not here."),
        None => format!("{which} it can be sustained {bound}."),
    }
}

fn table(agreement: &JudgedAgreement) -> Table {
    let mut table = Table::new([
        Column::left(""),
        Column::left(""),
        Column::right("δ"),
        Column::left("honours at"),
        Column::right("margin"),
        Column::wrapped(""),
    ]);
    for party in &agreement.parties {
        for kind in &party.types {
            let answer = match kind.honours {
                true => Cell::new("honours", Role::Good),
                false => Cell::new("cheats", Role::Bad),
            };
            table.row([
                Cell::new(named(&party.party, kind), Role::Strong),
                answer,
                number::exact(kind.delta.get()).into(),
                patient(kind.critical_delta).into(),
                kind.delta_margin
                    .map_or("any".to_owned(), number::signed)
                    .into(),
                seen(kind).into(),
            ]);
        }
    }
    table
}

fn seen(kind: &JudgedType) -> String {
    let chance = number::exact(kind.detection.get());
    match kind.least_detection {
        Some(least) => format!("seen {chance}, {} would do", number::value(least.get())),
        None => format!("seen {chance}, none would do"),
    }
}

fn nearest(first: &WouldCheat) -> String {
    let who = words::first_to_cheat(first);
    let each = if first.as_near.is_empty() {
        ""
    } else {
        " each"
    };
    if first.delta_margin < 0.0 {
        let short = number::value(-first.delta_margin);
        format!("Furthest from honouring: {who}, short by {short} in δ{each}.")
    } else {
        let spare = number::value(first.delta_margin);
        format!("First to cheat if patience fell: {who}, {spare} in δ from it{each}.")
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

fn patient(critical: CriticalPatience) -> String {
    match critical {
        CriticalPatience::Always => "any δ".to_owned(),
        CriticalPatience::AtLeast(least) => format!("δ ≥ {}", number::value(least.get())),
        CriticalPatience::AtMost(most) => format!("δ ≤ {}", number::value(most.get())),
        CriticalPatience::Never => "no δ".to_owned(),
    }
}
