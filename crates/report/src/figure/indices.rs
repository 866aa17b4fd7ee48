//! The uncertain numbers by their part in the variance of the answer: alone, at most, and their share.

use detente::{
    assessment::{Driver, Sensitivity},
    quantity::Interval,
    uncertainty::sensitivity::Estimate,
};

use super::{
    Figure,
    canvas::{Anchor, Canvas, Key, Shape, Sign},
    rows::{Label, Rows},
    scale::Scale,
    tornado::number_cell,
};
use crate::{
    coded::Coded,
    layout::{Cell, Column, Table},
    number,
    palette::Role,
};

/// The height of three estimates below their label.
const ESTIMATES: f64 = 36.0;

/// Drivers drawn; the table has more.
const DRAWN: usize = 10;

/// Rows of the table.
const LISTED: usize = 200;

/// The share of the variance below which a number that takes it is counted and not listed.
const LEAST: f64 = 0.005;

/// `None` where nothing moves the margin.
pub(crate) fn indices(
    sensitivity: &Sensitivity,
    coded: &Coded<'_>,
    finding: &str,
) -> Option<Figure> {
    let drivers = &sensitivity.margins.last()?.drivers;
    drivers.first()?;
    let shown = &drivers[..drivers.len().min(DRAWN)];
    let figure = Figure::new(
        "indices",
        "Shares in the uncertainty of the answer",
        finding,
        |width| draw(shown, coded, width),
    );
    Some(figure.with(table(drivers, coded)))
}

fn table(drivers: &[Driver], coded: &Coded<'_>) -> Table {
    let mut table = Table::new([
        Column::left("number"),
        Column::right("share"),
        Column::left("95% interval"),
        Column::right("alone"),
        Column::left("95% interval"),
        Column::right("at most"),
        Column::left("95% interval"),
    ]);
    let moves = |driver: &&Driver| {
        let estimates = [&driver.shapley, &driver.first, &driver.total];
        estimates.iter().any(|it| it.estimate.abs() >= LEAST)
    };
    let listed: Vec<&Driver> = drivers.iter().filter(moves).take(LISTED).collect();
    for driver in &listed {
        let mut row = vec![number_cell(&driver.name, coded)];
        for estimate in [&driver.shapley, &driver.first, &driver.total] {
            row.extend([
                Cell::from(number::estimate(estimate)).worth(estimate.estimate),
                Cell::from(number::span(estimate))
                    .between(estimate.interval.map(|it| [it.low(), it.high()])),
            ]);
        }
        table.row(row);
    }
    let rest = drivers.len() - listed.len();
    if rest > 0 {
        let mut row = vec![Cell::new(
            format!("and {} more", number::count(rest as u64)),
            Role::Quiet,
        )];
        row.resize(table.columns().len(), Cell::default());
        table.row(row);
    }
    table
}

fn draw(drivers: &[Driver], coded: &Coded<'_>, width: f64) -> Canvas {
    let mut canvas = Canvas::new(width);
    let top = canvas.key(
        0.0,
        &[
            Key::new(Sign::Mark(Shape::Diamond, "a"), "share (Shapley effect)"),
            Key::new(Sign::Mark(Shape::Ring, "b"), "alone (first order)"),
            Key::new(Sign::Mark(Shape::Square, "c"), "at most (total)"),
        ],
    ) + 6.0;
    let all = drivers
        .iter()
        .flat_map(|it| [&it.shapley, &it.first, &it.total]);
    let ends = all.flat_map(|it| {
        let interval = it.interval;
        [
            Some(it.estimate),
            interval.map(Interval::low),
            interval.map(Interval::high),
        ]
    });
    let scale = Scale::over(ends.flatten().chain([0.0]), [8.0, width - 60.0]);
    let labels = drivers.iter().map(|it| Label::from(coded.phrase(&it.name)));
    let rows = Rows::new(&labels.collect::<Vec<_>>(), [top, ESTIMATES], width - 76.0);
    let bottom = rows.bottom();
    canvas.axis(&scale, 5, [top, bottom]);
    rows.rule(&mut canvas, "rule line", scale.at(0.0));
    for (row, driver) in rows.iter().zip(drivers) {
        canvas.lines_over([8.0, row.top + 14.0], "small", &row.lines);
        let series = [
            (&driver.shapley, Shape::Diamond, "a"),
            (&driver.first, Shape::Ring, "b"),
            (&driver.total, Shape::Square, "c"),
        ];
        for (nth, (estimate, shape, class)) in series.into_iter().enumerate() {
            one(
                &mut canvas,
                estimate,
                (shape, class),
                &scale,
                row.below + 6.0 + 11.0 * nth as f64,
            );
        }
        let share = number::estimate(&driver.shapley);
        canvas.text([width - 50.0, row.below + 10.0], Anchor::Start, "", &share);
    }
    let note = "share of the variance of the margin, each with its 95% interval";
    canvas.note([8.0, bottom + 32.0], width - 16.0, note);
    canvas
}

fn one(
    canvas: &mut Canvas,
    estimate: &Estimate,
    (shape, class): (Shape, &str),
    scale: &Scale,
    y: f64,
) {
    if let Some(interval) = estimate.interval {
        let line = format!("{class} line");
        canvas.line(
            &line,
            [scale.at(interval.low()), y],
            [scale.at(interval.high()), y],
        );
    }
    canvas.mark(
        shape,
        class,
        [scale.at(estimate.estimate), y],
        &number::estimate(estimate),
    );
}
