//! A change that turns the answer: how far each of its numbers moves, in standard deviations of the
//! coder's own uncertainty.

use detente::assessment::{Edit, Rewrite};

use super::{
    Figure,
    canvas::{Canvas, Shape},
    label,
    scale::Scale,
};
use crate::{
    layout::{Cell, Column, Table, clean},
    number,
    palette::Role,
};

const ROW: f64 = 38.0;

/// Numbers drawn; the table has all.
const DRAWN: usize = 6;

pub(crate) fn rewrite(nth: usize, rewrite: &Rewrite, sentence: &str) -> Figure {
    let name = format!("rewrite-{}", nth + 1);
    let title = format!(
        "{} of the coder's uncertainty, {}",
        distance(rewrite.length),
        number::count_of(rewrite.moved() as u64, "number")
    );
    let edits: Vec<&Edit> = rewrite.edits.iter().take(DRAWN).collect();
    let figure = Figure::new(name, title, sentence, |width| draw(&edits, width));
    figure.with(table(&rewrite.edits))
}

fn distance(length: f64) -> String {
    format!("{} SD", number::signed(length))
}

fn table(edits: &[Edit]) -> Table {
    let mut table = Table::new([
        Column::left("number"),
        Column::right("from"),
        Column::right("to"),
        Column::right("SD"),
        Column::left("coder's range"),
    ]);
    for edit in edits {
        let [low, high] = edit.range;
        table.row([
            Cell::new(clean(&edit.input), Role::Plain),
            number::value(edit.from).into(),
            number::value(edit.to).into(),
            number::signed(edit.distance).into(),
            format!("{} to {}", number::value(low), number::value(high)).into(),
        ]);
    }
    table
}

fn draw(edits: &[&Edit], width: f64) -> Canvas {
    let mut canvas = Canvas::new(width);
    let distances = edits.iter().map(|it| it.distance);
    let scale = Scale::over(distances.chain([-2.0, 2.0]), [12.0, width - 12.0]).padded(0.03);
    let bottom = ROW * edits.len() as f64 + 6.0;
    canvas.axis(
        &scale,
        if canvas.is_narrow() { 5 } else { 9 },
        [0.0, bottom],
    );
    canvas.line("rule line", [scale.at(0.0), 0.0], [scale.at(0.0), bottom]);
    for (row, edit) in edits.iter().enumerate() {
        let y = ROW * row as f64;
        let values = format!(
            "  {} → {}",
            number::value(edit.from),
            number::value(edit.to)
        );
        let room = width - 24.0 - label::width(&values, 12.0);
        let text = format!("{}{values}", label::fit(&clean(&edit.input), room, 12.0));
        canvas.over([12.0, y + 14.0], "small", &text);
        let (from, to) = (scale.at(0.0), scale.at(edit.distance));
        canvas.line("a line", [from, y + 25.0], [to, y + 25.0]);
        canvas.mark(Shape::Ring, "a", [from, y + 25.0], "central value");
        let tip = format!("{} ({})", number::value(edit.to), distance(edit.distance));
        canvas.mark(Shape::Disc, "a", [to, y + 25.0], &tip);
    }
    let note = "standard deviations of the coder's uncertainty";
    canvas.note([12.0, bottom + 32.0], width - 24.0, note);
    canvas
}
