//! What each act weighs for trust, in decibels: as the evidence was, with what its coding leaves open, and
//! as it was read.

use detente::{
    assessment::{BeliefPoint, BeliefSeries},
    beliefs::LedgerRow,
};

use super::{
    Figure,
    canvas::{Canvas, Key, Sign},
    rows::{Label, Rows},
    scale::Scale,
};
use crate::{
    layout::{Cell, Column, Source, Table, clean},
    names::Names,
    number,
    palette::Role,
    words,
};

/// The height of two bars below their label.
const BARS: f64 = 26.0;

/// Acts drawn, those that weigh most; the table has all.
const DRAWN: usize = 14;

/// Weights that sum to less than this are shown as nothing.
const NOTHING: f64 = 0.05;

/// One act.
struct Entry<'s> {
    /// As the ticks of the figure of beliefs count.
    nth: usize,
    what: String,
    warranted: f64,
    /// The least and the most over the ranges of its numbers.
    range: Option<[f64; 2]>,
    held: f64,
    row: &'s LedgerRow,
}

impl Entry<'_> {
    fn most(&self) -> f64 {
        self.warranted.abs().max(self.held.abs())
    }
}

/// `None` where no act weighs anything.
pub(crate) fn ledger(nth: usize, series: &BeliefSeries, names: &Names<'_>) -> Option<Figure> {
    let entries: Vec<Entry<'_>> = { series.points.iter().enumerate() }
        .filter_map(|(nth, point)| entry(nth, point))
        .collect();
    let drawn = drawn(&entries);
    let strongest = drawn
        .iter()
        .max_by(|a, b| a.most().total_cmp(&b.most()))
        .filter(|it| it.most() >= NOTHING)?;
    let title = format!("What each act told {}", names.party(&series.observer));
    let finding = format!(
        "{} The weightiest: “{}”.",
        together(&entries, series, names),
        strongest.what
    );
    let figure = Figure::new(format!("ledger-{}", nth + 1), title, finding, |width| {
        draw(&drawn, width)
    });
    Some(figure.with(table(&entries)))
}

fn entry(nth: usize, point: &BeliefPoint) -> Option<Entry<'_>> {
    let row = point.weight.as_ref()?;
    let warranted = row.decibels?;
    let held = match &row.read {
        Some(read) => read.decibels?,
        None => warranted,
    };
    let what = format!("{} {}", row.known, clean(&row.event));
    Some(Entry {
        nth,
        what: what.trim().to_owned(),
        warranted,
        range: row.decibels_range.filter(|[low, high]| low < high),
        held,
        row,
    })
}

/// What the acts weigh together, and for what.
fn together(entries: &[Entry<'_>], series: &BeliefSeries, names: &Names<'_>) -> String {
    let kinds: Vec<String> = series
        .trusted
        .iter()
        .map(|it| format!("“{}”", names.kind(&series.about, it)))
        .collect();
    let about = names.party(&series.about);
    let speaks = format!("for {about} being of the type {}", words::either(&kinds));
    let [warranted, held] = [
        entries.iter().map(|it| it.warranted).sum::<f64>(),
        entries.iter().map(|it| it.held).sum::<f64>(),
    ];
    if !warranted.is_finite() || !held.is_finite() {
        return format!("Some act settles the question: the acts speak {speaks}, or against it.");
    }
    let (warranted, held) = (number::decibels(warranted), number::decibels(held));
    match warranted == held {
        true => format!("Together the acts weigh {warranted} {speaks}, and were read so."),
        false => format!(
            "Together the acts weigh {warranted} {speaks} as the evidence was, and {held} as it was read."
        ),
    }
}

/// The acts that weigh most, in the order in which they became known; proof has no length.
fn drawn<'e, 's>(entries: &'e [Entry<'s>]) -> Vec<&'e Entry<'s>> {
    let finite = entries.iter().filter(|it| it.most().is_finite());
    let mut order: Vec<&Entry<'s>> = finite.collect();
    order.sort_by(|a, b| b.most().total_cmp(&a.most()));
    order.truncate(DRAWN);
    order.sort_by_key(|it| it.nth);
    order
}

fn table(entries: &[Entry<'_>]) -> Table {
    let mut table = Table::new([
        Column::right("tick"),
        Column::left("act"),
        Column::right("as it was"),
        Column::left("range"),
        Column::right("as read"),
        Column::left("added in reading"),
    ]);
    for it in entries {
        table.row([
            Cell::from(it.nth.to_string()).worth(it.nth as f64),
            Cell::new(it.what.as_str(), Role::Plain).sourced(Source::Act(it.row.act.clone())),
            weight(it.warranted),
            Cell::from(it.range.map(span).unwrap_or_default())
                .between(it.range)
                .in_unit("dB"),
            weight(it.held),
            added(it.row).into(),
        ]);
    }
    table
}

fn weight(decibels: f64) -> Cell {
    let cell = Cell::from(number::decibels(decibels));
    cell.worth(decibels).in_unit("dB")
}

fn span([low, high]: [f64; 2]) -> String {
    format!("{} to {}", number::weight(low), number::decibels(high))
}

/// What each mechanism of a bias added to the weight.
fn added(row: &LedgerRow) -> String {
    let list = row.read.as_ref().and_then(|it| it.added.as_deref());
    let parts = list.unwrap_or_default().iter();
    let parts = parts.map(|it| format!("{} {}", it.mechanism, number::weight(it.decibels)));
    parts.collect::<Vec<_>>().join(", ")
}

fn draw(entries: &[&Entry<'_>], width: f64) -> Canvas {
    let mut canvas = Canvas::new(width);
    let ranged = entries.iter().any(|it| it.range.is_some());
    let mut key = vec![
        Key::new(Sign::Patch("a-full half"), "as the evidence was"),
        Key::new(Sign::Patch("b line dash"), "as it was read"),
    ];
    if ranged {
        key.push(Key::new(
            Sign::Whisker("ink"),
            "what the coding leaves open",
        ));
    }
    let top = canvas.key(0.0, &key) + 6.0;
    let all = entries.iter().flat_map(|it| {
        [it.warranted, it.held]
            .into_iter()
            .chain(it.range.into_iter().flatten())
    });
    let scale = Scale::over(all.chain([0.0]), [8.0, width - 8.0]).padded(0.03);
    let labels = entries
        .iter()
        .map(|it| Label::from(format!("{}  {}", it.nth, it.what)));
    let rows = Rows::new(&labels.collect::<Vec<_>>(), [top, BARS], width - 16.0);
    let bottom = rows.bottom() + 2.0;
    canvas.axis(
        &scale,
        if canvas.is_narrow() { 5 } else { 9 },
        [top, bottom],
    );
    rows.rule(&mut canvas, "rule line", scale.at(0.0));
    for (row, it) in rows.iter().zip(entries) {
        canvas.lines_over([8.0, row.top + 14.0], "small", &row.lines);
        one(&mut canvas, it, &scale, row.below);
    }
    canvas.note(
        [8.0, bottom + 32.0],
        width - 16.0,
        "decibels for trust (below 0: against it): +3 doubles the odds, +10 is tenfold",
    );
    canvas
}

fn one(canvas: &mut Canvas, entry: &Entry<'_>, scale: &Scale, y: f64) {
    let zero = scale.at(0.0);
    let from_zero = |at: f64| (zero.min(at), (at - zero).abs());
    let (left, wide) = from_zero(scale.at(entry.warranted));
    let tip = number::decibels(entry.warranted);
    canvas.rect("a-full half", [left, y], [wide, 10.0], &tip);
    let (left, wide) = from_zero(scale.at(entry.held));
    let tip = number::decibels(entry.held);
    canvas.rect("b line dash", [left, y + 13.0], [wide, 8.0], &tip);
    if let Some(range) = entry.range {
        canvas.whisker("ink", scale, range, y + 5.0);
    }
}
