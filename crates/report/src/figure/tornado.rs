//! What each uncertain number does alone, from one end of its range to the other.

use detente::assessment::{End, Sensitivity, TornadoBar};

use super::{
    Figure,
    canvas::{Canvas, Key, Shape, Sign},
    rows::{Label, Rows},
    scale::Scale,
};
use crate::{
    coded::Coded,
    layout::{Cell, Column, Source, Table, clean},
    number,
    palette::Role,
};

/// The height of a bar below its label.
const BAR: f64 = 20.0;

/// Bars drawn; the table has more.
const DRAWN: usize = 12;

/// Rows of the table.
const LISTED: usize = 200;

pub(crate) fn tornado(sensitivity: &Sensitivity, coded: &Coded<'_>) -> Option<Figure> {
    let tornado = &sensitivity.tornado;
    let central = last(&tornado.central)?;
    let moves = |bar: &&TornadoBar| {
        let margins = [last(&bar.low.margins), last(&bar.high.margins)];
        margins
            .iter()
            .flatten()
            .any(|it| !number::is_close(*it, central))
    };
    let bars: Vec<&TornadoBar> = tornado.bars.iter().filter(moves).collect();
    let first = bars.first()?;
    let turning = bars.iter().filter(|bar| turns(bar, central)).count();
    let finding = format!(
        "Alone, one number moves the answer most: {}, which takes the margin of the best agreement from {} \
         to {}. {} of {} take it across 0, where the answer turns.",
        coded.phrase(&first.name),
        number::signed(first.low.margins[4]),
        number::signed(first.high.margins[4]),
        number::count(turning as u64),
        number::count_of(tornado.bars.len() as u64, "number"),
    );
    let figure = Figure::new("tornado", "One number at a time", finding, |width| {
        draw(&bars[..bars.len().min(DRAWN)], central, coded, width)
    });
    Some(figure.with(table(&bars, coded)))
}

fn last(margins: &[f64; 5]) -> Option<f64> {
    Some(margins[4]).filter(|it| it.is_finite())
}

/// Whether the answer is another at one of the ends.
fn turns(bar: &TornadoBar, central: f64) -> bool {
    let reached = central > 0.0;
    [&bar.low, &bar.high]
        .iter()
        .any(|end| (end.margins[4] > 0.0) != reached)
}

fn table(bars: &[&TornadoBar], coded: &Coded<'_>) -> Table {
    let mut table = Table::new([
        Column::left("number"),
        Column::right("from"),
        Column::right("to"),
        Column::right("margin at low"),
        Column::right("margin at high"),
    ]);
    let margin = |end: &End| Cell::from(number::signed(end.margins[4])).worth(end.margins[4]);
    for bar in bars.iter().take(LISTED) {
        table.row([
            number_cell(&bar.name, coded),
            Cell::from(place(&bar.name, &bar.low, coded)).worth(bar.low.value),
            Cell::from(place(&bar.name, &bar.high, coded)).worth(bar.high.value),
            margin(&bar.low),
            margin(&bar.high),
        ]);
    }
    table
}

/// A number in words, which leads to its source.
pub(super) fn number_cell(name: &str, coded: &Coded<'_>) -> Cell {
    let cell = Cell::new(coded.phrase(name), Role::Plain);
    cell.sourced(Source::Number(clean(name)))
}

/// Where the number of that name is at an end.
fn place(name: &str, end: &End, coded: &Coded<'_>) -> String {
    match (end.value, &end.true_type) {
        (Some(value), _) => number::value(value),
        (None, Some(kind)) => coded.kind(name, kind),
        (None, None) => String::new(),
    }
}

fn draw(bars: &[&TornadoBar], central: f64, coded: &Coded<'_>, width: f64) -> Canvas {
    let mut canvas = Canvas::new(width);
    let top = canvas.key(
        0.0,
        &[
            Key::new(Sign::Mark(Shape::Ring, "a"), "at its low end"),
            Key::new(Sign::Mark(Shape::Disc, "a"), "at its high end"),
            Key::new(Sign::Line("ink line"), "0: the answer turns"),
            Key::new(Sign::Line("rule line dash"), "central values"),
        ],
    ) + 6.0;
    let margins = bars
        .iter()
        .flat_map(|bar| [bar.low.margins[4], bar.high.margins[4]]);
    let scale = Scale::over(margins.chain([0.0, central]), [8.0, width - 8.0]).padded(0.04);
    let labels: Vec<Label> = bars.iter().map(|bar| label(bar, coded)).collect();
    let rows = Rows::new(&labels, [top, BAR], width - 16.0);
    let bottom = rows.bottom() + 4.0;
    canvas.axis(
        &scale,
        if canvas.is_narrow() { 4 } else { 8 },
        [top, bottom],
    );
    rows.rule(&mut canvas, "ink line", scale.at(0.0));
    rows.rule(&mut canvas, "rule line dash", scale.at(central));
    for (row, bar) in rows.iter().zip(bars) {
        canvas.lines_over([8.0, row.top + 14.0], "small", &row.lines);
        one(&mut canvas, bar, coded, &scale, row.below + 6.0);
    }
    let note = "margin of the best agreement, in shares of a party's span of payoffs";
    canvas.note([8.0, bottom + 32.0], width - 16.0, note);
    canvas
}

fn label(bar: &TornadoBar, coded: &Coded<'_>) -> Label {
    let [low, high] = [&bar.low, &bar.high].map(|end| place(&bar.name, end, coded));
    let ends = match bar.low.value {
        Some(_) => format!(": {low}\u{a0}to\u{a0}{high}"),
        // The names of types are long, and may be broken.
        None => format!(": {low} or {high}"),
    };
    Label::ending(coded.phrase(&bar.name), ends)
}

fn one(canvas: &mut Canvas, bar: &TornadoBar, coded: &Coded<'_>, scale: &Scale, y: f64) {
    let (low, high) = (scale.at(bar.low.margins[4]), scale.at(bar.high.margins[4]));
    canvas.line("a line", [low, y], [high, y]);
    let tip = |end: &End| {
        let place = place(&bar.name, end, coded);
        format!("{place} → {}", number::signed(end.margins[4]))
    };
    canvas.mark(Shape::Ring, "a", [low, y], &tip(&bar.low));
    canvas.mark(Shape::Disc, "a", [high, y], &tip(&bar.high));
}
