//! What kind of game a 2 × 2 game is.

use detente::{
    game::{GameReport, TaxonomyReport},
    reciprocity::{Direction, Dominance, Side},
};

use super::LISTED;
use crate::{
    layout::{Page, clean},
    number,
    palette::Role,
    words,
};

pub(super) fn write(page: &mut Page, report: &GameReport, taxonomy: &TaxonomyReport) {
    page.heading("What kind of game it is");
    let mut text = match &taxonomy.code {
        Some(code) => format!("{} ({code})", words::capitalised(&taxonomy.name)),
        None => format!("Ranks {}", taxonomy.name),
    };
    if let Some(alias) = taxonomy.alias {
        text.push_str(&format!(", also {alias}"));
    }
    let families: Vec<String> = taxonomy.families.iter().map(ToString::to_string).collect();
    text.push_str(&format!("; family: {}.", words::either(&families)));
    page.paragraph(Role::Strong, &text);
    dominance(page, report, taxonomy);
    page.paragraph(
        Role::Plain,
        match (taxonomy.trap, taxonomy.inferior_equilibrium, taxonomy.win_win) {
            (true, ..) => "A trap: the only equilibrium in pure strategies is Pareto-inferior.",
            (_, true, _) => "An equilibrium is Pareto-inferior: another outcome is better for one and worse for none.",
            (.., true) => "One outcome is best for both.",
            _ => "No equilibrium in pure strategies is Pareto-inferior.",
        },
    );
    nearest(page, report, taxonomy);
}

fn dominance(page: &mut Page, report: &GameReport, taxonomy: &TaxonomyReport) {
    let players = report.players.iter().zip(&report.actions);
    let found = taxonomy.dominance.iter().zip(taxonomy.dominant_action);
    for ((player, actions), (dominance, action)) in players.zip(found) {
        let (player, action) = (clean(player), action.and_then(|it| actions.get(it)));
        let text = match (dominance, action) {
            (Dominance::Strict, Some(action)) => {
                format!(
                    "For {player}, {} is better whatever the other does.",
                    clean(action)
                )
            }
            (Dominance::Weak, Some(action)) => {
                format!(
                    "For {player}, {} is never worse, and sometimes better.",
                    clean(action)
                )
            }
            _ => format!(
                "{} does best by what the other does.",
                words::capitalised(&player)
            ),
        };
        page.paragraph(Role::Plain, &text);
    }
}

/// The shortest ways into another class.
fn nearest(page: &mut Page, report: &GameReport, taxonomy: &TaxonomyReport) {
    let Some(distance) = taxonomy.distance else {
        return;
    };
    page.paragraph(
        Role::Plain,
        &format!(
            "The nearest other class is {} away in one payoff:",
            number::exact(distance)
        ),
    );
    for it in taxonomy.nearest.iter().take(LISTED) {
        let player = usize::from(it.side == Side::Column);
        let name = |of: usize, place: usize| report.actions[of].get(place).map(|it| clean(it));
        let text = format!(
            "{}'s payoff at ({}, {}) {}: {}",
            clean(&report.players[player]),
            name(0, it.cell.0).unwrap_or_default(),
            name(1, it.cell.1).unwrap_or_default(),
            if it.direction == Direction::Up {
                "up"
            } else {
                "down"
            },
            it.class,
        );
        page.entry(Role::Quiet, &text);
    }
}
