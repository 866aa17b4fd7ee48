//! What would make a state hold.

use detente::{
    conflict::{HoldReport, StabilityReport},
    stability::{LeastChange, ToEquilibrium},
};

use super::{label, names};
use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number,
    palette::Role,
};

pub(super) fn write(page: &mut Page, report: &StabilityReport, hold: &HoldReport) {
    let state = label(report, hold.state);
    page.heading(&format!("What would make it hold: {state}"));
    let mut table = Table::new([
        Column::left("sense"),
        Column::left(""),
        Column::wrapped("the least change of its ranking"),
    ]);
    for needs in &hold.needs {
        let letters = { needs.requirements.first() }.map_or("", |it| it.concept.letters());
        for (place, (player, change)) in report.players.iter().zip(&needs.changes).enumerate() {
            let first = if place == 0 { letters } else { "" };
            table.row([
                Cell::new(first, Role::Strong),
                clean(player).into(),
                said(report, needs, place, change.as_ref()),
            ]);
        }
    }
    page.table(&table);
    let lost: Vec<&str> = { hold.needs.iter() }
        .filter(|it| it.together == Some(false))
        .filter_map(|it| it.requirements.first())
        .map(|it| it.concept.letters())
        .collect();
    if !lost.is_empty() {
        let text = format!(
            "These changes together do not make it hold ({}): one takes away an answer that deters \
             another player.",
            lost.join(", ")
        );
        page.paragraph(Role::Bad, &text);
    }
    let text = match is_some_told(hold) {
        false => "--json has all conditions on each player's ranking.".to_owned(),
        true => format!(
            "{} --json has all conditions on its ranking. Pairs: how many pairs of states it would compare \
             otherwise, half for one that becomes a tie.",
            least(report)
        ),
    };
    page.paragraph(Role::Quiet, &text);
}

/// Whether a change is told of anybody.
fn is_some_told(hold: &HoldReport) -> bool {
    let mut changes = hold.needs.iter().flat_map(|it| &it.changes).flatten();
    changes.any(|it| !it.level_with.is_empty())
}

/// In what sense the changes are the least.
fn least(report: &StabilityReport) -> &'static str {
    match is_enough_only(report) {
        true => {
            "Each player's change is enough, whatever the rankings are that are known in part, and the least that \
             is by answers that are surely credible; less may do."
        }
        false => {
            "Each player's change is the least there is, the other rankings being as they are."
        }
    }
}

/// Whether the conditions may ask for more than is needed: credible answers turn on what is not known.
fn is_enough_only(report: &StabilityReport) -> bool {
    report.ranked.contains(&false) && report.concepts.iter().any(|it| it.concept.is_credible())
}

/// What a player would have to prefer.
fn said(
    report: &StabilityReport,
    needs: &ToEquilibrium,
    player: usize,
    change: Option<&LeastChange>,
) -> Cell {
    let always = needs
        .requirements
        .get(player)
        .is_some_and(|it| it.conditions.is_empty());
    match change {
        _ if always => Cell::new("none: it would stay whatever it prefers", Role::Good),
        None => "not known, as its ranking is known in part".into(),
        Some(it) if it.level_with.is_empty() => Cell::new("none: it would stay", Role::Good),
        Some(it) => {
            let pairs = number::exact(it.distance);
            let noun = if pairs == "1" { "pair" } else { "pairs" };
            let text = format!(
                "to find it as good as {} ({pairs} {noun})",
                names(report, &it.level_with)
            );
            text.into()
        }
    }
}
