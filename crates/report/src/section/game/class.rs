//! What kind of game a 2 × 2 game is.

use detente::{
    game::{EquilibriumReport, GameReport, TaxonomyReport},
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
    page.paragraph(Role::Strong, &named(taxonomy));
    let constant = |payoffs: &[Vec<f64>]| {
        let mut all = payoffs.iter().flatten();
        let first = all.next();
        all.all(|it| Some(it) == first)
    };
    if constant(&report.row) && constant(&report.col) {
        page.paragraph(
            Role::Plain,
            "Nothing is at stake: all payoffs of each player tie, on the border of every class.",
        );
        return;
    }
    dominance(page, report, taxonomy);
    page.paragraph(
        Role::Plain,
        match (taxonomy.trap, taxonomy.inferior_equilibrium, taxonomy.win_win) {
            (true, ..) => "A trap: the only equilibrium in pure strategies is Pareto-inferior.",
            (_, true, _) => "An equilibrium is Pareto-inferior: another outcome is better for one and worse for none.",
            (.., true) => "One outcome is best for both.",
            _ if !report.equilibria.iter().any(is_pure) => "There is no equilibrium in pure strategies.",
            _ => "No equilibrium in pure strategies is Pareto-inferior.",
        },
    );
    match taxonomy.borders.as_slice() {
        [] => nearest(page, report, taxonomy),
        borders => page.paragraph(Role::Plain, &between(borders)),
    }
}

fn is_pure(it: &EquilibriumReport) -> bool {
    it.exact.row.is_pure() && it.exact.column.is_pure()
}

/// The class by its names, and its family where that is settled.
fn named(taxonomy: &TaxonomyReport) -> String {
    let mut text = match &taxonomy.code {
        Some(code) => format!("{} ({code})", words::capitalised(&taxonomy.name)),
        None => format!("Ranks {}", taxonomy.name),
    };
    if let Some(alias) = taxonomy.alias {
        text.push_str(&format!(", also {alias}"));
    }
    let families: Vec<String> = taxonomy.families.iter().map(ToString::to_string).collect();
    match families.len() {
        0 => text.push('.'),
        1..=3 => text.push_str(&format!("; family: {}.", words::either(&families))),
        _ => text.push_str("; family: left open by ties."),
    }
    text
}

/// On which border ties put a game.
fn between(borders: &[String]) -> String {
    let which = match borders.len() {
        ..=4 => words::either(borders),
        many => format!("one of {} classes", number::count(many as u64)),
    };
    format!("Payoffs tie: the least change that breaks all ties makes it {which}.")
}

fn dominance(page: &mut Page, report: &GameReport, taxonomy: &TaxonomyReport) {
    let players = report.players.iter().zip(&report.actions);
    let found = taxonomy.dominance.iter().zip(taxonomy.dominant_action);
    for (side, ((player, actions), (dominance, action))) in players.zip(found).enumerate() {
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
            _ if is_indifferent(report, side) => {
                format!("For {player}, it makes no difference which action it takes.")
            }
            _ => format!("For {player}, the better action depends on what the other does."),
        };
        page.paragraph(Role::Plain, &text);
    }
}

/// Whether each of a player's two actions pays it the same as the other, whatever the other does.
fn is_indifferent(report: &GameReport, side: usize) -> bool {
    match side {
        0 => report.row.windows(2).all(|pair| pair[0] == pair[1]),
        _ => { report.col.iter() }.all(|line| line.windows(2).all(|pair| pair[..1] == pair[1..])),
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
