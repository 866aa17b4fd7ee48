//! Which outcomes of a conflict hold: a page of its own.

mod holds;
mod status_quo;

use detente::{
    conflict::{ConceptReport, StabilityReport},
    payoff::ZoneKind,
    stability::{Concept, Move, Standing},
};

use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number,
    palette::Role,
};

/// States that are written out; the rest are counted.
const LISTED: usize = 30;

pub(crate) fn write(page: &mut Page, report: &StabilityReport) {
    page.lead(Role::Answer, &answer(report));
    if let Some(source) = &report.source {
        page.paragraph(Role::Quiet, &format!("Source: {}.", clean(source)));
    }
    outcomes(page, report);
    if let Some(found) = &report.status_quo {
        status_quo::write(page, report, found);
    }
    zone(page, report);
    if let Some(hold) = &report.hold {
        holds::write(page, report, hold);
    }
    for note in &report.notes {
        page.paragraph(Role::Quiet, note);
    }
}

/// The answer in one sentence.
fn answer(report: &StabilityReport) -> String {
    let many = number::count_of(report.states.len() as u64, "state");
    let senses: Vec<String> = { report.concepts.iter() }
        .filter(|it| {
            matches!(it.concept, Concept::Nash | Concept::Sequential) || report.concepts.len() == 1
        })
        .map(|it| {
            let held = it.equilibria.len() as u64;
            let verb = if held == 1 { "holds" } else { "hold" };
            let open = match it.possible_equilibria.len() as u64 {
                0 => String::new(),
                open => format!(" and {} may", number::count(open)),
            };
            format!("{} {verb}{open} {}", number::count(held), among(it.concept))
        })
        .collect();
    match senses.is_empty() {
        true => format!("{}: {many}.", clean(&report.title)),
        false => format!(
            "{}: of {many}, {}.",
            clean(&report.title),
            senses.join("; ")
        ),
    }
}

/// Among whom a state holds in this sense.
const fn among(concept: Concept) -> &'static str {
    match concept {
        Concept::Nash => "among players who look one move ahead",
        Concept::General => "among those who fear any answer",
        Concept::Symmetric => "among those who fear any answer that they could not undo",
        Concept::Sequential => "among those who foresee answers that the others would gain by",
        Concept::SymmetricSequential => {
            "among those who foresee answers that the others would gain by and that they could not undo"
        }
        _ => "in this sense",
    }
}

/// The states that hold in some sense.
fn outcomes(page: &mut Page, report: &StabilityReport) {
    page.heading("Outcomes that hold");
    let stands = |concept: &ConceptReport, state: usize| concept.joint[state];
    let some: Vec<usize> = (0..report.states.len())
        .filter(|state| {
            report
                .concepts
                .iter()
                .any(|it| stands(it, *state) != Standing::Unstable)
        })
        .collect();
    if some.is_empty() {
        page.paragraph(
            Role::Bad,
            "None does in any of the senses that were asked for.",
        );
    }
    let mut columns: Vec<Column> = { report.concepts.iter() }
        .map(|it| Column::left(it.letters))
        .collect();
    columns.extend([Column::left("eff."), Column::wrapped("state")]);
    let mut table = Table::new(columns);
    for state in some.iter().take(LISTED) {
        let mut row: Vec<Cell> = { report.concepts.iter() }
            .map(|it| standing(stands(it, *state)))
            .collect();
        row.push(
            if report.efficient.contains(state) {
                "yes"
            } else {
                "·"
            }
            .into(),
        );
        row.push(Cell::new(label(report, *state), Role::Strong));
        table.row(row);
    }
    if !some.is_empty() {
        page.table(&table);
    }
    if some.len() > LISTED {
        let rest = number::count((some.len() - LISTED) as u64);
        page.paragraph(
            Role::Quiet,
            &format!("and {rest} more; --json has them all"),
        );
    }
    page.paragraph(Role::Quiet, "A state holds if no player would leave it:");
    for it in &report.concepts {
        page.entry(
            Role::Quiet,
            &format!("{}: {}", it.letters, briefly(it.concept)),
        );
    }
    page.entry(
        Role::Quiet,
        "eff.: efficient; no other state is worse for nobody and better for somebody",
    );
    if report.ranked.contains(&false) {
        let unknown = report
            .players
            .iter()
            .zip(&report.ranked)
            .filter(|(_, ranked)| !**ranked);
        let names: Vec<String> = unknown.map(|(player, _)| clean(player)).collect();
        let text = format!(
            "The ranking of {} is known in part. Yes: whatever the rest of it; maybe: for some of \
             what it may be.",
            names.join(" and of ")
        );
        page.paragraph(Role::Quiet, &text);
    }
    coalitions(page, report);
}

/// Why nobody leaves a state that holds in this sense.
const fn briefly(concept: Concept) -> &'static str {
    match concept {
        Concept::Nash => "none has a move to what it prefers",
        Concept::General => {
            "others could answer any move to what it prefers so that it is no better off than before"
        }
        Concept::Symmetric => "as GMR, and it could not get out of that by another move",
        Concept::Sequential => "as GMR, by answers that those who give them gain by",
        Concept::SymmetricSequential => "as SEQ, and it could not get out of that by another move",
        _ => "see --json",
    }
}

/// Whether players together would leave what none leaves alone, or may.
fn coalitions(page: &mut Page, report: &StabilityReport) {
    for (standing, said) in [
        (
            Standing::Unstable,
            "Players together would leave, for what all of them prefer",
        ),
        (
            Standing::Possible,
            "Players together may leave, if what is not known of their rankings has all of them prefer it",
        ),
        (
            Standing::Unsettled,
            "Whether players together would leave took too much to find out",
        ),
    ] {
        let fragile = held_alone(report, standing);
        if !fragile.is_empty() {
            page.paragraph(Role::Plain, &format!("{said}: {}.", fragile.join("; ")));
        }
    }
}

/// By sense, the states that hold against each player alone and stand so against players together.
fn held_alone(report: &StabilityReport, standing: Standing) -> Vec<String> {
    let of = |concept: &ConceptReport| {
        let together = concept.coalitions.as_ref()?;
        let states = concept.equilibria.iter();
        let states: Vec<String> = states
            .filter(|state| together.get(**state) == Some(&standing))
            .map(|state| label(report, *state))
            .collect();
        (!states.is_empty()).then(|| format!("{} ({})", states.join(", "), concept.letters))
    };
    report.concepts.iter().filter_map(of).collect()
}

/// What all prefer to nonagreement.
fn zone(page: &mut Page, report: &StabilityReport) {
    let strict = report.zones.iter().find(|it| it.kind == ZoneKind::Strict);
    let (Some(zone), Some(without)) = (strict, report.nonagreement) else {
        return;
    };
    page.heading("Against nonagreement");
    let without = label(report, without);
    let all = |states: &[usize]| names(report, states);
    match (zone.certain.is_empty(), zone.possible.is_empty()) {
        (true, true) => {
            let text = format!("No state is better than {without} for all: nothing to miss.");
            page.paragraph(Role::Bad, &text);
        }
        (true, false) => {
            let text = format!(
                "Better than {without} for all, for what rankings may be: {}. Whether an opportunity \
                 was missed is not known.",
                all(&zone.possible)
            );
            page.paragraph(Role::Plain, &text);
        }
        (false, _) => {
            let text = format!("Better than {without} for all: {}.", all(&zone.certain));
            page.paragraph(Role::Good, &text);
            if !zone.possible.is_empty() {
                let text = format!("Perhaps also: {}.", all(&zone.possible));
                page.paragraph(Role::Plain, &text);
            }
        }
    }
}

/// How a state stands, in a cell.
fn standing(standing: Standing) -> Cell {
    match standing {
        Standing::Stable => Cell::new("yes", Role::Good),
        Standing::Possible => "maybe".into(),
        Standing::Unstable => Cell::new("·", Role::Quiet),
        Standing::Unsettled => "?".into(),
    }
}

/// What a state is called.
fn label(report: &StabilityReport, state: usize) -> String {
    report
        .states
        .get(state)
        .map(|it| clean(&it.label))
        .unwrap_or_default()
}

/// What states are called, the first of them.
fn names(report: &StabilityReport, states: &[usize]) -> String {
    let listed: Vec<String> = { states.iter().take(LISTED) }
        .map(|state| label(report, *state))
        .collect();
    let rest = states.len().saturating_sub(LISTED);
    match rest {
        0 => listed.join(", "),
        _ => format!(
            "{} and {} more",
            listed.join(", "),
            number::count(rest as u64)
        ),
    }
}

/// Moves in a row: who moves to what.
fn path(report: &StabilityReport, moves: &[Move]) -> String {
    let step = |it: &Move| {
        let player = report.players.get(it.player).map(|name| clean(name));
        format!("{} to {}", player.unwrap_or_default(), label(report, it.to))
    };
    moves.iter().map(step).collect::<Vec<_>>().join(", then ")
}
