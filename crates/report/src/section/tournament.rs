//! How strategies did against each other: a page of its own.

use detente::{
    quantity::Probability,
    reciprocity::{
        GameKind,
        automata::{Horizon, named::NamedStrategy},
    },
    tournament::{SuccessionReport, TournamentReport},
};

use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number,
    palette::Role,
};

/// Strategies up to which every pair is shown.
const SHOWN: usize = 40;

pub(crate) fn write(page: &mut Page, report: &TournamentReport) {
    page.lead(Role::Answer, &answer(report));
    page.paragraph(Role::Quiet, &rules(report));
    if let Some(text) = no_usual_dilemma(report) {
        page.paragraph(Role::Plain, &text);
    }
    standings(page, report);
    pairs(page, report);
    if let Some(succession) = &report.succession {
        holders(page, report, succession);
    }
    for note in &report.notes {
        page.paragraph(Role::Quiet, note);
    }
}

/// The strategies that have names.
pub(crate) fn write_strategies(page: &mut Page) {
    let mut table = Table::new([Column::left(""), Column::wrapped("")]);
    for it in NamedStrategy::all() {
        table.row([Cell::new(it.name(), Role::Strong), it.about().into()]);
    }
    page.table(&table);
}

/// Who comes first, in one sentence.
fn answer(report: &TournamentReport) -> String {
    let title = clean(&report.title);
    let field = number::count_of(report.standings.len() as u64, "strategy");
    let field = field.replace("strategys", "strategies");
    let first = report.standings.iter().take_while(|it| it.rank == 1);
    let names: Vec<String> = first.map(|it| clean(&it.name)).collect();
    let score = report.standings.first().map_or(0.0, |it| it.score);
    let (score, together) = (number::value(score), number::value(report.stakes.r()));
    let who = match names.as_slice() {
        [only] => format!("{only} comes first"),
        [one, other] => format!("{one} and {other} come first"),
        many => format!("{} come first", number::count(many.len() as u64)),
    };
    format!("{title} of {field}: {who}, with {score} a period; honouring together pays {together}.")
}

/// What was played.
fn rules(report: &TournamentReport) -> String {
    let it = &report.stakes;
    let payoffs = [it.t(), it.r(), it.p(), it.s()]
        .map(number::exact)
        .join(", ");
    let noise = &report.noise;
    let chance = |it: Probability| number::exact(it.get());
    let slips = match noise.honouring_slips {
        Probability::ZERO => "every act is as meant".to_owned(),
        some => format!("an act is not as meant with chance {}", chance(some)),
    };
    let misread = match (noise.honouring_misread, noise.cheating_misread) {
        (Probability::ZERO, Probability::ZERO) => "none is misread".to_owned(),
        (one, other) if one == other => format!("misread with chance {}", chance(one)),
        (one, other) => format!(
            "honouring is seen as cheating with chance {}, cheating as honouring with {}",
            chance(one),
            chance(other)
        ),
    };
    let horizon = match report.horizon {
        Horizon::Discounted(delta) => format!("Discounted by {}", number::exact(delta.get())),
        Horizon::LongRun => "For ever, all periods of the same weight".to_owned(),
        Horizon::Periods(periods) => format!("Over {} periods", number::count(periods.into())),
    };
    format!(
        "T, R, P, S: {payoffs}; {slips}, {misread}. {horizon}. Each meets each and itself; solved, not \
         simulated."
    )
}

/// What sets the stakes apart from those for which most strategies were thought up.
fn no_usual_dilemma(report: &TournamentReport) -> Option<String> {
    let it = &report.stakes;
    let text = match report.kind {
        GameKind::PrisonersDilemma if it.t() - it.r() >= it.r() - it.s() => {
            "Taking turns at cheating pays as much as honouring together, or more (T + S ≥ 2R)."
                .to_owned()
        }
        GameKind::PrisonersDilemma => return None,
        GameKind::Tied => {
            "Payoffs tie: this is no prisoner's dilemma, for which most of these strategies were \
             thought up."
                .to_owned()
        }
        GameKind::Other => {
            "This is no prisoner's dilemma, for which most of these strategies were thought up: \
             neither T nor R is the best payoff."
                .to_owned()
        }
        other => format!(
            "This is no prisoner's dilemma, for which most of these strategies were thought up: it is \
             {other}."
        ),
    };
    Some(text)
}

fn standings(page: &mut Page, report: &TournamentReport) {
    page.heading("Standings");
    let mut table = Table::new([
        Column::right(""),
        Column::left("strategy"),
        Column::right("score"),
        Column::right("itself"),
        Column::right("honours"),
        Column::wrapped("invaded by"),
    ]);
    for (place, it) in report.standings.iter().enumerate() {
        let tied = if it.rank == place + 1 { "" } else { "=" };
        let alone = report.standings.len() == 1;
        let invaders = match (it.invaded_by.is_empty(), it.neutral.is_empty()) {
            _ if alone => "nobody else is there".into(),
            (true, true) => Cell::new("none: evolutionarily stable here", Role::Good),
            (true, false) => Cell::new(
                format!("none; neutral {}", listed(&it.neutral)),
                Role::Plain,
            ),
            _ => listed(&it.invaded_by).into(),
        };
        table.row([
            format!("{tied}{}", place + 1).into(),
            Cell::new(clean(&it.name), Role::Strong),
            number::value(it.score).into(),
            number::value(it.against_itself).into(),
            number::percent(it.honours.get()).into(),
            invaders,
        ]);
    }
    page.table(&table);
    page.paragraph(
        Role::Quiet,
        "Score: the mean payoff a period over all, itself included. Itself: with one of its own kind. \
         Invaded by: lines of those that spread where all others play it; neutral ones neither spread \
         nor die out.",
    );
}

/// Strategies by their lines, counted from 1.
fn listed(places: &[usize]) -> String {
    const MOST: usize = 20;
    let mut lines: Vec<String> = { places.iter().take(MOST) }
        .map(|place| (place + 1).to_string())
        .collect();
    if places.len() > MOST {
        lines.push(format!("and {} more", places.len() - MOST));
    }
    lines.join(", ")
}

/// What each gets from each, in as many tables as it takes.
fn pairs(page: &mut Page, report: &TournamentReport) {
    page.heading("What each line gets from each");
    let n = report.standings.len();
    if n > SHOWN {
        page.paragraph(Role::Quiet, "Too many to show; --json has all pairs.");
        return;
    }
    let texts: Vec<Vec<String>> = { report.payoffs.iter() }
        .map(|line| line.iter().map(|&it| shown(it)).collect())
        .collect();
    let widest = texts.iter().flatten().map(|it| it.chars().count()).max();
    // Two blanks before every column, two more at the margin, and two digits for the line.
    let fit = page.width().saturating_sub(4) / (widest.unwrap_or(1).max(2) + 2);
    let fit = fit.clamp(1, n.max(1));
    // As many in each table, so that the last is not a remnant.
    let per_table = n.div_ceil(n.div_ceil(fit).max(1)).max(1);
    for first in (0..n).step_by(per_table) {
        let places = first..(first + per_table).min(n);
        let columns = places.clone().map(|_| Column::right(""));
        let mut table = Table::new(
            [Column::right("")]
                .into_iter()
                .chain(columns)
                .collect::<Vec<_>>(),
        );
        let titles = places
            .clone()
            .map(|it| Cell::new((it + 1).to_string(), Role::Quiet));
        table.row(
            [Cell::default()]
                .into_iter()
                .chain(titles)
                .collect::<Vec<_>>(),
        );
        for (place, line) in texts.iter().enumerate() {
            let own = Cell::new((place + 1).to_string(), Role::Quiet);
            let cells = line[places.clone()].iter().map(|it| it.as_str().into());
            table.row([own].into_iter().chain(cells).collect::<Vec<_>>());
        }
        page.table(&table);
    }
}

/// A payoff with two digits behind the point, unless these would say nothing.
fn shown(payoff: f64) -> String {
    match payoff.abs() {
        0.0 => "0.00".to_owned(),
        0.01..1e5 => number::signed(payoff),
        _ => number::value(payoff),
    }
}

/// Who holds a small population.
fn holders(page: &mut Page, report: &TournamentReport, found: &SuccessionReport) {
    page.heading("Who holds a small population");
    let mut table = Table::new([
        Column::right(""),
        Column::left("strategy"),
        Column::right("share of time"),
        Column::wrapped("one newcomer takes over from it with chance"),
    ]);
    let mut order: Vec<usize> = (0..report.standings.len()).collect();
    order.sort_by(|&a, &b| found.shares[b].get().total_cmp(&found.shares[a].get()));
    for place in order {
        let newcomers = found.takeovers[place].iter().enumerate();
        let likeliest = newcomers
            .filter(|(newcomer, _)| *newcomer != place)
            .max_by(|a, b| a.1.get().total_cmp(&b.1.get()).then(b.0.cmp(&a.0)));
        let threat = likeliest.map_or_else(String::new, |(newcomer, chance)| {
            format!(
                "at most {}, of {}",
                number::value(chance.get()),
                clean(&report.standings[newcomer].name)
            )
        });
        let stable = found.stable[place];
        let threat = match stable {
            _ if report.standings.len() == 1 => "nobody else is there".into(),
            true => Cell::new(format!("{threat}; stable"), Role::Good),
            false => threat.into(),
        };
        table.row([
            (place + 1).to_string().into(),
            Cell::new(clean(&report.standings[place].name), Role::Strong),
            number::percent(found.shares[place].get()).into(),
            threat,
        ]);
    }
    page.table(&table);
    let (size, selection) = (found.population.size, found.population.selection);
    let text = format!(
        "A population of {} that imitates success (selection {}), with newcomers too rare to meet each \
         other. Stable: selection opposes every newcomer and its taking over. By chance alone one in {} \
         would.",
        number::count(size.into()),
        number::exact(selection),
        number::count(size.into()),
    );
    page.paragraph(Role::Quiet, &text);
}
