//! What each uncertain number does alone, from one end of its range to the other.

use detente::assessment::{End, Sensitivity, TornadoBar};

use super::{
    Figure,
    canvas::{Canvas, Key, Shape, Sign},
    label,
    scale::Scale,
};
use crate::{
    layout::{Cell, Column, Table, clean},
    number,
    palette::Role,
};

const ROW: f64 = 40.0;

/// Bars drawn; the table has more.
const DRAWN: usize = 12;

/// Rows of the table.
const LISTED: usize = 200;

pub(crate) fn tornado(sensitivity: &Sensitivity) -> Option<Figure> {
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
        "Alone, {} moves the answer most: the margin of the best agreement goes from {} to {}. {} \
         of {} take it across 0, where the answer turns.",
        clean(&first.name),
        number::signed(first.low.margins[4]),
        number::signed(first.high.margins[4]),
        number::count(turning as u64),
        number::count_of(tornado.bars.len() as u64, "number"),
    );
    let figure = Figure::new("tornado", "One number at a time", finding, |width| {
        draw(&bars[..bars.len().min(DRAWN)], central, width)
    });
    Some(figure.with(table(&bars)))
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

fn table(bars: &[&TornadoBar]) -> Table {
    let mut table = Table::new([
        Column::left("number"),
        Column::right("from"),
        Column::right("to"),
        Column::right("margin at low"),
        Column::right("margin at high"),
    ]);
    for bar in bars.iter().take(LISTED) {
        table.row([
            Cell::new(clean(&bar.name), Role::Plain),
            place(&bar.low).into(),
            place(&bar.high).into(),
            number::signed(bar.low.margins[4]).into(),
            number::signed(bar.high.margins[4]).into(),
        ]);
    }
    table
}

/// Where the number is at that end.
fn place(end: &End) -> String {
    match (end.value, &end.true_type) {
        (Some(value), _) => number::value(value),
        (None, Some(kind)) => clean(kind),
        (None, None) => String::new(),
    }
}

fn draw(bars: &[&TornadoBar], central: f64, width: f64) -> Canvas {
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
    let bottom = top + ROW * bars.len() as f64 + 4.0;
    canvas.axis(
        &scale,
        if canvas.is_narrow() { 4 } else { 8 },
        [top, bottom],
    );
    canvas.line("ink line", [scale.at(0.0), top], [scale.at(0.0), bottom]);
    canvas.line(
        "rule line dash",
        [scale.at(central), top],
        [scale.at(central), bottom],
    );
    for (row, bar) in bars.iter().enumerate() {
        one(&mut canvas, bar, &scale, top + ROW * row as f64);
    }
    let note = "margin of the best agreement, in shares of a party's span of payoffs";
    canvas.note([8.0, bottom + 32.0], width - 16.0, note);
    canvas
}

fn one(canvas: &mut Canvas, bar: &TornadoBar, scale: &Scale, y: f64) {
    let room = canvas.width() - 16.0;
    let ends = format!("  {} to {}", place(&bar.low), place(&bar.high));
    let name = label::fit(&clean(&bar.name), room - label::width(&ends, 12.0), 12.0);
    canvas.over([8.0, y + 14.0], "small", &format!("{name}{ends}"));
    let (low, high) = (scale.at(bar.low.margins[4]), scale.at(bar.high.margins[4]));
    canvas.line("a line", [low, y + 26.0], [high, y + 26.0]);
    let tip = |end: &End| format!("{} → {}", place(end), number::signed(end.margins[4]));
    canvas.mark(Shape::Ring, "a", [low, y + 26.0], &tip(&bar.low));
    canvas.mark(Shape::Disc, "a", [high, y + 26.0], &tip(&bar.high));
}
