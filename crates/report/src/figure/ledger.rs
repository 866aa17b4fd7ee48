//! What each act did to trust, in decibels of its odds: as the evidence was, and as it was read.

use detente::assessment::{BeliefPoint, BeliefSeries, TypeBelief};

use super::{
    Figure,
    canvas::{Anchor, Canvas, Key, Shape, Sign},
    label,
    scale::Scale,
};
use crate::{
    layout::{Cell, Column, Table, clean},
    names::Names,
    palette::Role,
};

const ROW: f64 = 42.0;

/// Acts drawn, those that moved trust most; the table has all.
const DRAWN: usize = 14;

/// One act.
struct Entry {
    /// As the ticks of the figure of beliefs count.
    nth: usize,
    what: String,
    warranted: f64,
    held: f64,
}

impl Entry {
    fn most(&self) -> f64 {
        self.warranted.abs().max(self.held.abs())
    }
}

/// `None` where no act moved the odds of trust by a finite amount.
pub(crate) fn ledger(nth: usize, series: &BeliefSeries, names: &Names<'_>) -> Option<Figure> {
    let pairs = series.points.windows(2).enumerate();
    let entries: Vec<Entry> = pairs
        .filter_map(|(nth, pair)| match pair {
            [before, after] => entry(nth + 1, before, after),
            _ => None,
        })
        .collect();
    let strongest = entries
        .iter()
        .max_by(|a, b| a.most().total_cmp(&b.most()))?;
    if strongest.most() < 0.05 {
        return None;
    }
    let [warranted, held] = [
        entries.iter().map(|it| it.warranted).sum::<f64>(),
        entries.iter().map(|it| it.held).sum::<f64>(),
    ];
    let observer = names.party(&series.observer);
    let finding = format!(
        "All acts together moved the odds that {observer} could trust by {} as the evidence was, and by {} \
         as it was read; most was moved by “{}”.",
        decibels(warranted),
        decibels(held),
        strongest.what
    );
    let title = format!("What each act told {observer}");
    let drawn = drawn(&entries);
    let figure = Figure::new(format!("ledger-{}", nth + 1), title, finding, |width| {
        draw(&drawn, width)
    });
    Some(figure.with(table(&entries)))
}

fn entry(nth: usize, before: &BeliefPoint, after: &BeliefPoint) -> Option<Entry> {
    let moved = |of: fn(&BeliefPoint) -> &TypeBelief| {
        let moved = odds(of(after))? - odds(of(before))?;
        moved.is_finite().then_some(moved)
    };
    let when = after.date.map(|it| it.to_string()).unwrap_or_default();
    let what = after.event.as_deref().map(clean).unwrap_or_default();
    Some(Entry {
        nth,
        what: format!("{when} {what}").trim().to_owned(),
        warranted: moved(|it| &it.warranted)?,
        held: moved(|it| &it.held)?,
    })
}

/// The odds of trust in decibels: ten times their logarithm (Good 1950).
fn odds(belief: &TypeBelief) -> Option<f64> {
    let trust = belief.trust?;
    Some(10.0 * (trust / (1.0 - trust)).log10())
}

fn decibels(x: f64) -> String {
    let text = format!("{x:+.1}");
    match text.as_str() {
        "+0.0" | "-0.0" => "0 dB".to_owned(),
        text => format!("{} dB", text.replace('-', "−")),
    }
}

/// The acts that moved most, in the order in which they became known.
fn drawn(entries: &[Entry]) -> Vec<&Entry> {
    let mut order: Vec<&Entry> = entries.iter().collect();
    order.sort_by(|a, b| b.most().total_cmp(&a.most()));
    order.truncate(DRAWN);
    order.sort_by_key(|it| it.nth);
    order
}

fn table(entries: &[Entry]) -> Table {
    let mut table = Table::new([
        Column::right("tick"),
        Column::left("act"),
        Column::right("as it was"),
        Column::right("as read"),
    ]);
    for it in entries {
        table.row([
            it.nth.to_string().into(),
            Cell::new(it.what.as_str(), Role::Plain),
            decibels(it.warranted).into(),
            decibels(it.held).into(),
        ]);
    }
    table
}

fn draw(entries: &[&Entry], width: f64) -> Canvas {
    let mut canvas = Canvas::new(width);
    let top = canvas.key(
        0.0,
        &[
            Key::new(Sign::Mark(Shape::Disc, "a"), "as the evidence was"),
            Key::new(Sign::Mark(Shape::Ring, "b"), "as it was read"),
        ],
    ) + 6.0;
    let all = entries.iter().flat_map(|it| [it.warranted, it.held]);
    let scale = Scale::over(all.chain([0.0]), [8.0, width - 8.0]).padded(0.04);
    let bottom = top + ROW * entries.len() as f64 + 2.0;
    canvas.axis(
        &scale,
        if canvas.is_narrow() { 5 } else { 9 },
        [top, bottom],
    );
    canvas.line("rule line", [scale.at(0.0), top], [scale.at(0.0), bottom]);
    for (row, it) in entries.iter().enumerate() {
        let y = top + ROW * row as f64;
        let text = label::fit(&format!("{}  {}", it.nth, it.what), width - 16.0, 12.0);
        canvas.rect(
            "ground",
            [8.0, y + 3.0],
            [label::width(&text, 12.0), 15.0],
            "",
        );
        canvas.text([8.0, y + 14.0], Anchor::Start, "small", &text);
        for (value, class, shape, series, y) in [
            (it.warranted, "a line", Shape::Disc, "a", y + 25.0),
            (it.held, "b line dash", Shape::Ring, "b", y + 34.0),
        ] {
            canvas.line(class, [scale.at(0.0), y], [scale.at(value), y]);
            canvas.mark(shape, series, [scale.at(value), y], &decibels(value));
        }
    }
    let note = match canvas.is_narrow() {
        true => "decibels: +3 doubles the odds, +10 is tenfold",
        false => "decibels towards trust: +3 doubles its odds, +10 makes them ten times as large",
    };
    canvas.text([8.0, bottom + 32.0], Anchor::Start, "quiet small", note);
    canvas
}
