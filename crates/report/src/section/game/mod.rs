//! Which game two parties play: a page of its own.

mod class;
mod judged;
mod sustained;
mod transfers;

use detente::{
    game::{EquilibriumReport, GameReport},
    reciprocity::{Fraction, repeated::CriticalDelta},
};

use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number,
    palette::Role,
};

/// Equilibria and moves that are written out; the rest are counted.
const LISTED: usize = 12;

/// The most characters of a number that is shown exactly.
const LONGEST: usize = 15;

/// Actions a side up to which payoffs are shown.
const SHOWN: usize = 6;

pub(crate) fn write(page: &mut Page, report: &GameReport) {
    page.lead(Role::Answer, &answer(report));
    if let Some(terms) = &report.terms {
        let terms: Vec<String> = { terms.iter() }
            .map(|(issue, option)| format!("{} {}", clean(issue), clean(option)))
            .collect();
        page.paragraph(Role::Quiet, &format!("Terms: {}.", terms.join(" · ")));
    }
    payoffs(page, report);
    if let Some(taxonomy) = &report.taxonomy {
        class::write(page, report, taxonomy);
    }
    equilibria(page, report);
    minmax(page, report);
    patience(page, report);
    if let Some(set) = &report.payoff_set {
        sustained::write(page, report, set);
    }
    if let Some(agreement) = &report.agreement {
        judged::write(page, report, agreement);
    }
    if let Some(found) = &report.with_transfers {
        transfers::write(page, report, found);
    }
    for note in &report.notes {
        page.paragraph(Role::Quiet, note);
    }
}

/// The answer in one sentence.
fn answer(report: &GameReport) -> String {
    let title = clean(&report.title);
    let what = match (&report.class, &report.taxonomy) {
        (Some(name), Some(it)) if it.strict => name.clone(),
        (Some(_), _) => "a game with ties".to_owned(),
        _ => format!("{} × {} actions", report.row.len(), report.actions[1].len()),
    };
    let many = report.equilibria.len() as u64;
    let count = match (report.complete, report.components.len() as u64) {
        (true, parts) if parts == many => number::count_of(many, "isolated equilibrium"),
        (true, parts) => format!(
            "{} of equilibria with {}",
            number::count_of(parts, "component"),
            number::count_of(many, "extreme point")
        ),
        (false, _) => "more equilibria than could be listed".to_owned(),
    };
    let count = count.replace("equilibriums", "equilibria");
    let patience = match &report.critical_delta.bounds.mutual_cooperation {
        CriticalDelta::Never => "its first actions cannot be sustained at any patience".to_owned(),
        CriticalDelta::Exactly(least) if least.is_zero() => {
            "its first actions can be sustained at any patience".to_owned()
        }
        CriticalDelta::Between(it) if it.above >= 1.0 => format!(
            "its first actions cannot be sustained up to δ = {:.6}, and above that it is not settled",
            it.below
        ),
        it => format!("its first actions can be sustained {}", bound(it)),
    };
    format!("{title}: {what}, {count}; repeated, {patience}.")
}

fn payoffs(page: &mut Page, report: &GameReport) {
    if report.row.len() > SHOWN || report.actions[1].len() > SHOWN {
        return;
    }
    page.heading("Payoffs");
    let [row, column] = report.players.each_ref().map(|it| clean(it));
    let mut table = Table::new([Column::left(""), Column::wrapped("")]);
    for (place, action) in report.actions[0].iter().enumerate() {
        let pairs = report.row[place].iter().zip(&report.col[place]);
        let cells: Vec<String> = { pairs.zip(&report.actions[1]) }
            .map(|((own, other), to)| {
                format!(
                    "{} ({}, {})",
                    clean(to),
                    number::exact(*own),
                    number::exact(*other)
                )
            })
            .collect();
        table.row([
            Cell::new(clean(action), Role::Strong),
            cells.join(" · ").into(),
        ]);
    }
    page.table(&table);
    let text = format!("Lines: {row}; in a line, what {column} does and what both get.");
    page.paragraph(Role::Quiet, &text);
}

fn equilibria(page: &mut Page, report: &GameReport) {
    page.heading("Equilibria, played once");
    let mut table = Table::new([Column::left("payoffs"), Column::wrapped("strategies")]);
    for it in report.equilibria.iter().take(LISTED) {
        let payoffs = it.exact.payoffs.each_ref().map(fraction);
        let payoffs = format!("({})", payoffs.join(", "));
        table.row([
            Cell::new(payoffs, Role::Strong),
            strategies(report, it).into(),
        ]);
    }
    page.table(&table);
    if report.equilibria.len() > LISTED {
        let rest = (report.equilibria.len() - LISTED) as u64;
        let text = format!("and {} more; --json has them all", number::count(rest));
        page.paragraph(Role::Quiet, &text);
    }
    let joined = report
        .components
        .iter()
        .filter(|it| !it.is_isolated())
        .count() as u64;
    if joined > 0 {
        let text = format!(
            "{} more than a point: mixtures within it are equilibria too; --json lists the extreme \
             points of each.",
            match joined {
                1 => "1 component is".to_owned(),
                _ => format!("{} components are", number::count(joined)),
            }
        );
        page.paragraph(Role::Quiet, &text);
    }
}

/// What both do.
fn strategies(report: &GameReport, it: &EquilibriumReport) -> String {
    let own = [&it.exact.row, &it.exact.column];
    let sides = own.iter().zip(&report.players).zip(&report.actions);
    let sides: Vec<String> = sides
        .map(|((strategy, player), actions)| {
            let parts: Vec<String> = strategy
                .support()
                .filter_map(|place| {
                    let action = clean(actions.get(place)?);
                    Some(match strategy.is_pure() {
                        true => action,
                        false => {
                            format!("{action} with {}", fraction(&strategy.probability(place)?))
                        }
                    })
                })
                .collect();
            format!("{}: {}", clean(player), parts.join(", "))
        })
        .collect();
    sides.join("; ")
}

fn minmax(page: &mut Page, report: &GameReport) {
    page.heading("What each can be held to");
    let mut table = Table::new([
        Column::left(""),
        Column::right("by pure strategies"),
        Column::right("by mixed ones"),
    ]);
    for (player, it) in report.players.iter().zip(&report.minmax) {
        let exact: Option<Fraction> = it.exact.as_ref().and_then(|it| it.parse().ok());
        let mixed = exact.as_ref().map_or_else(|| "?".to_owned(), fraction);
        table.row([
            Cell::new(clean(player), Role::Strong),
            number::exact(it.pure).into(),
            mixed.into(),
        ]);
    }
    page.table(&table);
}

fn patience(page: &mut Page, report: &GameReport) {
    page.heading("Repeated for ever: the patience it takes");
    let bounds = &report.critical_delta.bounds;
    let at = report.at_delta.as_ref();
    let mut table = Table::new([
        Column::left(""),
        Column::left("δ"),
        Column::left(""),
        Column::wrapped(""),
    ]);
    let questions = [
        (
            "first cooperation",
            Some(&bounds.first_cooperation),
            at.and_then(|it| it.first_cooperation),
            "payoffs beyond those of equilibria played once",
        ),
        (
            "mutual cooperation",
            Some(&bounds.mutual_cooperation),
            at.and_then(|it| it.mutual_cooperation),
            "the first action of both, for ever",
        ),
        (
            "everything rational",
            bounds.full.as_ref(),
            at.and_then(|it| it.full),
            "every feasible payoff above what each can be held to by pure strategies",
        ),
    ];
    for (name, critical, holds, meaning) in questions {
        let from = critical.map_or("there is none".to_owned(), bound);
        let holds = match holds {
            Some(true) => Cell::new("yes", Role::Good),
            Some(false) => Cell::new("no", Role::Bad),
            None => Cell::default(),
        };
        let meaning = Cell::new(meaning, Role::Quiet);
        table.row([Cell::new(name, Role::Strong), from.into(), holds, meaning]);
    }
    page.table(&table);
    page.paragraph(Role::Quiet, "The same δ for both, every act being seen.");
    by_player(page, report);
    if let Some(at) = at {
        let deltas = at.deltas.map(|it| number::exact(it.get()));
        let text = match at.delta {
            Some(_) => format!("Yes and no are for δ = {}.", deltas[0]),
            None => format!(
                "Yes and no are for δ = {} and {}, where only mutual cooperation is judged.",
                deltas[0], deltas[1]
            ),
        };
        page.paragraph(Role::Quiet, &text);
    }
}

/// What each must have where they differ in patience, unless that is the same.
fn by_player(page: &mut Page, report: &GameReport) {
    let each = &report.critical_delta.bounds_by_player;
    if each[0] == each[1] {
        return;
    }
    let of = |side: usize| {
        let from = match &each[side] {
            CriticalDelta::Between(it) => {
                format!("not up to {:.6}, and above that not settled", it.below)
            }
            exact => bound(exact),
        };
        format!("{} {from}", clean(&report.players[side]))
    };
    let text = format!(
        "Mutual cooperation, each by its own δ: {}; {}.",
        of(0),
        of(1)
    );
    page.paragraph(Role::Plain, &text);
}

/// An exact number, or where it is long about what it is; --json has it in full.
fn fraction(exact: &Fraction) -> String {
    let text = exact.to_string();
    match text.len() <= LONGEST {
        true => text,
        false => format!("about {}", number::value(exact.to_f64())),
    }
}

/// From which discount factor on.
fn bound(critical: &CriticalDelta) -> String {
    match critical {
        CriticalDelta::Exactly(least) if least.is_zero() => "at any".to_owned(),
        CriticalDelta::Exactly(least) => format!("from {}", fraction(least)),
        CriticalDelta::Between(it) if it.above < 1.0 => {
            format!("from about {:.6}", it.above)
        }
        CriticalDelta::Between(it) => {
            format!("not up to {:.6}; above that not settled", it.below)
        }
        CriticalDelta::Never => "never".to_owned(),
    }
}
