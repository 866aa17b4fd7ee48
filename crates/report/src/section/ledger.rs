//! What observers could believe: the weight of each act, and trust day by day.

use detente::beliefs::{
    Because, BeliefsReport, DayRow, DependentClues, LedgerRow, Named, RangedTrust, SettingsReport,
    ViewReport,
};

use super::bias;
use crate::{
    layout::{Cell, Column, Page, Table, clean},
    number,
    palette::Role,
    words,
};

pub(crate) fn write(page: &mut Page, report: &BeliefsReport) {
    page.lead(
        Role::Answer,
        &format!(
            "{}: what could be believed, as of {}",
            clean(&report.title),
            number::day(report.until)
        ),
    );
    page.paragraph(
        Role::Quiet,
        "The weight of evidence of an act is ten times the logarithm of how much likelier it was from \
         the types that are trusted than from the others: +3 dB doubles the odds, +10 dB multiplies \
         them by ten. A range holds what can be within the ranges of the numbers, a weight's on the belief it met.",
    );
    for setting in settings(&report.settings) {
        page.paragraph(Role::Plain, &setting);
    }
    if report.views.is_empty() {
        page.paragraph(
            Role::Plain,
            "No party's belief about another is coded, so that no act could change any.",
        );
    }
    if !settings(&report.settings).is_empty() {
        page.paragraph(
            Role::Quiet,
            "Time counts from the day an act became known. Ranges of trust hold for fixed types that \
             forget nothing, and hindsight where evidence does not fade; elsewhere they are left out.",
        );
    }
    for view in &report.views {
        one(page, view, report);
    }
}

/// What the engine was told beyond Bayes' rule on fixed types.
fn settings(settings: &SettingsReport) -> Vec<String> {
    let mut list = Vec::new();
    if settings.drift > 0.0 {
        list.push(format!(
            "Types drift: a party's type is drawn anew from the prior with chance {} a year.",
            number::probability(settings.drift)
        ));
    }
    for change in &settings.changes {
        let whom = match &change.about {
            Some(about) => format!("{} may have become another", clean(about)),
            None => "every party may have become another".to_owned(),
        };
        list.push(format!(
            "On {} {whom}: its type was drawn anew from the prior with chance {}.",
            number::day(change.date),
            number::probability(change.chance)
        ));
    }
    if let Some(half_life) = settings.half_life {
        list.push(format!(
            "Evidence loses half its weight in {} days.",
            number::value(half_life)
        ));
    }
    list
}

fn one(page: &mut Page, view: &ViewReport, report: &BeliefsReport) {
    let (observer, about) = (clean(&view.observer.name), clean(&view.about.name));
    page.heading(&format!("{observer} about {about}"));
    page.paragraph(Role::Plain, &trusted(view, &about));
    if view.dogmatic {
        page.paragraph(
            Role::Bad,
            "The prior is certain, and no evidence can move it.",
        );
    }
    if view.ledger.is_empty() {
        page.paragraph(
            Role::Plain,
            &format!("No act of {about} had become known to {observer}."),
        );
    }
    page.table(&match page.is_narrow() {
        true => narrow_ledger(view),
        // Without ranges in the record their columns are left out.
        false => ledger(view).without_empty(&RANGES),
    });
    for clues in &view.dependent {
        page.entry(Role::Bad, &dependent(clues, view));
    }
    if let Some(sentence) = reversal(view) {
        page.paragraph(Role::Plain, &sentence);
    }
    for sentence in bias::sentences(view, report.until) {
        page.paragraph(Role::Plain, &sentence);
    }
    if !view.days.is_empty() {
        hindsight(page, view);
    }
}

/// What trust is here, and where it stood.
fn trusted(view: &ViewReport, about: &str) -> String {
    let is_trusted = |id: &String| view.trusted.contains(id);
    let quoted = |it: &Named| format!("“{}”", clean(&it.name));
    let names = view.types.iter().filter(|it| is_trusted(&it.id));
    let names: Vec<String> = names.map(quoted).collect();
    let all: Vec<String> = view.types.iter().map(quoted).collect();
    let why = match view.because {
        Because::TheyHonour => " which would keep the best agreement",
        Because::Asked => " as was asked",
        Because::MostPatient => {
            " the type that counts the future most: no agreement tells the types apart (--trust chooses)"
        }
        Because::First => " the first type of the sheet (--trust chooses)",
    };
    let types = words::either(&names);
    format!(
        "Trust is the probability that {about} is {types},{why}. Its types are {}.",
        words::list(&all)
    )
}

fn ledger(view: &ViewReport) -> Table {
    let mut columns = vec![
        Column::left("known"),
        Column::right("weight"),
        Column::left("range"),
        Column::right("trust"),
        Column::left("range"),
    ];
    if view.has_bias {
        columns.extend([Column::right("as read"), Column::right("held")]);
    }
    columns.push(Column::wrapped("act"));
    let mut table = Table::new(columns);
    table.row(before(view));
    for row in &view.ledger {
        table.row(act(view, row));
    }
    table
}

/// The same where there is no room for ranges beside the numbers: they stand below, with the act.
fn narrow_ledger(view: &ViewReport) -> Table {
    let wide = ledger(view);
    let is_range = |place: &usize| RANGES.contains(place);
    let mut columns: Vec<Column> = wide.columns().to_vec();
    columns.pop();
    let mut places = 0..;
    columns.retain(|_| places.next().is_none_or(|place| !is_range(&place)));
    columns.push(Column::below());
    let mut table = Table::new(columns);
    for row in wide.rows() {
        let mut ranges = Vec::new();
        for (place, what) in RANGES.iter().zip(["weight", "trust"]) {
            let range = row.get(*place).map(Cell::text).unwrap_or_default();
            if !range.is_empty() {
                ranges.push(format!("{what} {range}"));
            }
        }
        let cells = row.iter().enumerate();
        let cells = cells.filter(|(place, _)| !is_range(place));
        let mut cells: Vec<Cell> = cells.map(|(_, cell)| cell.clone()).collect();
        let act = cells.pop().map(|cell| cell.text().to_owned());
        let act = act.unwrap_or_default();
        cells.push(match ranges.is_empty() {
            true => act.into(),
            false => format!("{act} ({})", ranges.join(", ")).into(),
        });
        table.row(cells);
    }
    table
}

/// The places of the columns that hold ranges.
const RANGES: [usize; 2] = [2, 4];

fn before(view: &ViewReport) -> Vec<Cell> {
    let trust = &view.prior_trust;
    let mut cells = vec![
        "before".into(),
        Cell::default(),
        Cell::default(),
        number::probability(trust.central).into(),
        Cell::new(range(trust), Role::Quiet),
    ];
    if view.has_bias {
        cells.extend([Cell::default(), number::probability(trust.central).into()]);
    }
    cells.push("the prior belief".into());
    cells
}

fn act(view: &ViewReport, row: &LedgerRow) -> Vec<Cell> {
    let spread = row
        .decibels_range
        .filter(|[low, high]| number::weight(*low) != number::weight(*high));
    let spread =
        spread.map(|[low, high]| format!("{} to {}", number::weight(low), number::weight(high)));
    let mut cells = vec![
        row.known.to_string().into(),
        row.decibels.map_or(Cell::default(), weighed),
        Cell::new(spread.unwrap_or_default(), Role::Quiet),
        number::probability(row.trust.central).into(),
        Cell::new(range(&row.trust), Role::Quiet),
    ];
    if view.has_bias {
        let read = row.read.as_ref();
        let decibels = read.and_then(|it| it.decibels);
        cells.extend([
            decibels.map_or(Cell::default(), weighed),
            read.map_or(Cell::default(), |it| number::probability(it.trust).into()),
        ]);
    }
    let event = match row.event.is_empty() {
        true => clean(&row.act),
        false => clean(&row.event),
    };
    cells.push(event.into());
    cells
}

fn weighed(decibels: f64) -> Cell {
    let role = match decibels {
        _ if decibels > 0.05 => Role::Good,
        _ if decibels < -0.05 => Role::Bad,
        _ => Role::Plain,
    };
    Cell::new(number::decibels(decibels), role)
}

fn range(trust: &RangedTrust) -> String {
    match (trust.low, trust.high) {
        (Some(low), Some(high)) => {
            let (low, high) = (number::probability(low), number::probability(high));
            match low == high {
                true => String::new(),
                false => format!("{low}–{high}"),
            }
        }
        _ => String::new(),
    }
}

/// The warning that acts are not independent evidence.
fn dependent(clues: &DependentClues, view: &ViewReport) -> String {
    let end = view.ledger.last().map_or(view.prior_trust, |it| it.trust);
    let once = clues.counted_once.map(|[low, high]| {
        let (low, high) = (number::probability(low), number::probability(high));
        let ends = match low == high {
            true => format!("at {low}"),
            false => format!("between {low} and {high}"),
        };
        format!(
            " With only one of them trust ends {ends} instead of at {}.",
            number::probability(end.central),
        )
    });
    let acts: Vec<String> = clues.acts.iter().map(|act| clean(act)).collect();
    format!(
        "Not independent: {} share the clue “{}”, and counting all of them may count one piece of evidence \
         more than once.{}",
        words::list(&acts),
        clean(&clues.clue),
        once.unwrap_or_default(),
    )
}

/// The fewest acts of a kind on record that would turn the belief.
fn reversal(view: &ViewReport) -> Option<String> {
    let rows = view.ledger.iter().zip(&view.to_reverse);
    let rows = rows.filter_map(|(row, acts)| Some((row, (*acts)?)));
    let (fewest, acts) = rows.min_by_key(|(_, acts)| *acts)?;
    let trust = view.ledger.last()?.trust.central;
    let where_to = match trust > 0.5 {
        true => "down to one half",
        false => "above one half",
    };
    let name = match fewest.event.is_empty() {
        true => &fewest.act,
        false => &fewest.event,
    };
    Some(format!(
        "To bring trust {where_to} it would take {} just like “{}” ({}).",
        number::count_of(acts, "more act"),
        clean(name),
        fewest.known
    ))
}

/// Trust on the three beliefs of each day.
fn hindsight(page: &mut Page, view: &ViewReport) {
    page.blank();
    let later = match view.later {
        0 => String::new(),
        acts => format!(
            ", {} that became known later among them",
            number::count_of(acts as u64, "act")
        ),
    };
    page.paragraph(
        Role::Quiet,
        &format!(
            "Trust of each day: expected before what became known, known at its end, and in hindsight \
             on every act of the record{later}. The gap is what hindsight adds."
        ),
    );
    let mut table = Table::new([
        Column::left("day"),
        Column::right("expected"),
        Column::right("known"),
        Column::right("in hindsight"),
        Column::right("gap"),
    ]);
    for row in &view.days {
        table.row(day(row));
    }
    page.table(&table);
}

fn day(row: &DayRow) -> Vec<Cell> {
    let trust = &row.trust;
    vec![
        row.date.to_string().into(),
        number::probability(trust.predicted).into(),
        number::probability(trust.filtered).into(),
        shown(trust.smoothed, number::probability).into(),
        shown(trust.hindsight_gap, number::signed).into(),
    ]
}

/// A number that may be missing.
fn shown(value: Option<f64>, how: fn(f64) -> String) -> String {
    value.map_or_else(|| "–".to_owned(), how)
}
