//! A change that turns the answer: how far each of its numbers moves, in standard deviations of the
//! coder's own uncertainty.

use detente::assessment::{Edit, Rewrite};

use super::{
    Figure,
    canvas::{Canvas, Shape},
    rows::{Label, Rows},
    scale::Scale,
    tornado::number_cell,
};
use crate::{
    coded::Coded,
    layout::{Cell, Column, Table},
    number,
};

/// The height of a move below its label.
const MOVE: f64 = 20.0;

/// Numbers drawn; the table has all.
const DRAWN: usize = 6;

pub(crate) fn rewrite(nth: usize, rewrite: &Rewrite, sentence: &str, coded: &Coded<'_>) -> Figure {
    let name = format!("rewrite-{}", nth + 1);
    let title = format!(
        "{} of the coder's uncertainty, {}",
        distance(rewrite.length),
        number::count_of(rewrite.moved() as u64, "number")
    );
    let edits: Vec<&Edit> = rewrite.edits.iter().take(DRAWN).collect();
    let figure = Figure::new(name, title, sentence, |width| draw(&edits, coded, width));
    figure.with(table(&rewrite.edits, coded))
}

fn distance(length: f64) -> String {
    format!("{} SD", number::signed(length))
}

fn table(edits: &[Edit], coded: &Coded<'_>) -> Table {
    let mut table = Table::new([
        Column::left("number"),
        Column::right("from"),
        Column::right("to"),
        Column::right("SD"),
        Column::left("coder's range"),
    ]);
    for edit in edits {
        let [low, high] = edit.range.map(number::value);
        let range = format!("{low} to {high}");
        table.row([
            number_cell(&edit.input, coded),
            Cell::from(number::value(edit.from)).worth(edit.from),
            Cell::from(number::value(edit.to)).worth(edit.to),
            Cell::from(number::signed(edit.distance))
                .worth(edit.distance)
                .in_unit("SD"),
            Cell::from(range).between(edit.range),
        ]);
    }
    table
}

fn draw(edits: &[&Edit], coded: &Coded<'_>, width: f64) -> Canvas {
    let mut canvas = Canvas::new(width);
    let distances = edits.iter().map(|it| it.distance);
    let scale = Scale::over(distances.chain([-2.0, 2.0]), [12.0, width - 12.0]).padded(0.03);
    let labels = edits.iter().map(|edit| label(edit, coded));
    let rows = Rows::new(&labels.collect::<Vec<_>>(), [0.0, MOVE], width - 24.0);
    let bottom = rows.bottom() + 4.0;
    canvas.axis(
        &scale,
        if canvas.is_narrow() { 5 } else { 9 },
        [0.0, bottom],
    );
    rows.rule(&mut canvas, "rule line", scale.at(0.0));
    for (row, edit) in rows.iter().zip(edits) {
        canvas.lines_over([12.0, row.top + 14.0], "small", &row.lines);
        let y = row.below + 6.0;
        let (from, to) = (scale.at(0.0), scale.at(edit.distance));
        canvas.line("a line", [from, y], [to, y]);
        canvas.mark(Shape::Ring, "a", [from, y], "central value");
        let tip = format!("{} ({})", number::value(edit.to), distance(edit.distance));
        canvas.mark(Shape::Disc, "a", [to, y], &tip);
    }
    let note = "standard deviations of the coder's uncertainty";
    canvas.note([12.0, bottom + 32.0], width - 24.0, note);
    canvas
}

fn label(edit: &Edit, coded: &Coded<'_>) -> Label {
    let [from, to] = [edit.from, edit.to].map(number::value);
    let ends = format!(": {from}\u{a0}→\u{a0}{to}");
    Label::ending(coded.phrase(&edit.input), ends)
}
