//! How many agreements get past each barrier, and how likely any does.

use detente::{
    Assessment,
    assessment::{Chance, FunnelStage},
};

use super::{
    Figure,
    canvas::{Anchor, Canvas, Key, Shape, Sign},
    label,
    scale::Scale,
};
use crate::{estimate::Estimate, number, words};

/// The height of a stage.
const ROW: f64 = 50.0;

pub(crate) fn funnel(assessment: &Assessment) -> Option<Figure> {
    let stages = &assessment.funnel;
    let first = stages.first()?;
    Some(Figure::new(
        "funnel",
        "Agreements left after each barrier",
        finding(first.survivors, stages),
        |width| draw(stages, width),
    ))
}

fn finding(all: u64, stages: &[FunnelStage]) -> String {
    let empty = stages.iter().find(|stage| stage.survivors == 0);
    let all = number::count_of(all, "possible agreement");
    match (empty.and_then(|stage| stage.barrier), stages.last()) {
        (Some(barrier), _) => format!(
            "Of {all}, none is left after {}, barrier {}.",
            words::barrier(barrier),
            words::number(barrier)
        ),
        (None, Some(last)) => format!(
            "Of {all}, {} {} left after all five barriers.",
            number::count(last.survivors),
            if last.survivors == 1 { "is" } else { "are" }
        ),
        (None, None) => all,
    }
}

fn draw(stages: &[FunnelStage], width: f64) -> Canvas {
    let mut canvas = Canvas::new(width);
    let drawn = stages.iter().any(|stage| stage.nonempty.is_some());
    let (left, right) = match drawn {
        true => (width * 0.56, width * 0.62),
        false => (width - 60.0, width),
    };
    let mut entries = vec![Key::new(Sign::Patch("a-full half"), "agreements left")];
    if drawn {
        let disc = Sign::Mark(Shape::Disc, "b");
        entries.push(Key::new(disc, "chance that any is left"));
        let patch = Sign::Patch("b-full half");
        entries.push(Key::new(patch, "its 95% interval"));
    }
    let top = canvas.key(0.0, &entries) + 10.0;
    let beside = stages.iter().map(|it| label::width(&left_of(it), 13.0));
    let beside = beside.fold(0.0, f64::max) + 14.0;
    let shares = Scale::over([0.0, 1.0], [0.0, (left - beside).max(left / 3.0)]);
    let chances = Scale::over([0.0, 1.0], [right, width - 54.0]);
    for (row, stage) in stages.iter().enumerate() {
        let y = top + row as f64 * ROW;
        canvas.text([0.0, y + 12.0], Anchor::Start, "bold", &name(stage));
        bar(&mut canvas, stage, &shares, y + 19.0);
        if let Some(chance) = &stage.nonempty {
            likelihood(&mut canvas, chance, &chances, y + 28.0);
        }
    }
    let bottom = top + stages.len() as f64 * ROW;
    if drawn {
        for tick in [0.0, 0.5, 1.0] {
            let x = chances.at(tick);
            canvas.text(
                [x, bottom + 8.0],
                Anchor::Middle,
                "quiet small",
                &number::value(tick),
            );
        }
    }
    canvas.reach(bottom);
    canvas
}

fn name(stage: &FunnelStage) -> String {
    stage.barrier.map_or_else(
        || "All possible".to_owned(),
        |it| {
            format!(
                "{}  {}",
                words::number(it),
                words::capitalised(words::barrier(it))
            )
        },
    )
}

fn bar(canvas: &mut Canvas, stage: &FunnelStage, shares: &Scale, y: f64) {
    let (start, end) = (shares.at(0.0), shares.at(stage.share));
    canvas.rect("fainted", [start, y], [shares.at(1.0) - start, 18.0], "");
    let tip = format!(
        "{} left, {}",
        number::count(stage.survivors),
        number::percent(stage.share)
    );
    let wide = if stage.survivors > 0 {
        (end - start).max(2.0)
    } else {
        0.0
    };
    canvas.rect("a-full half", [start, y], [wide, 18.0], &tip);
    canvas.line("a line", [start + wide, y], [start + wide, y + 18.0]);
    let x = shares.at(1.0) + 8.0;
    canvas.text([x, y + 14.0], Anchor::Start, "", &left_of(stage));
}

/// How many are left, and which share of all that is.
fn left_of(stage: &FunnelStage) -> String {
    let (left, share) = (number::count(stage.survivors), number::percent(stage.share));
    match stage.barrier {
        Some(_) => format!("{left} · {share}"),
        None => left,
    }
}

fn likelihood(canvas: &mut Canvas, chance: &Chance, chances: &Scale, y: f64) {
    canvas.line("faint thin", [chances.at(0.0), y], [chances.at(1.0), y]);
    let [low, high] = chance.interval.map(|it| chances.at(it));
    canvas.rect("b-full half", [low, y - 8.0], [high - low, 16.0], "");
    canvas.mark(
        Shape::Disc,
        "b",
        [chances.at(chance.estimate), y],
        &number::interval(chance),
    );
    let text = number::probability(chance.estimate);
    canvas.text([chances.at(1.0) + 10.0, y + 4.5], Anchor::Start, "", &text);
    let words = Estimate::of(chance.estimate).words();
    let right = canvas.width();
    canvas.text([right, y - 16.0], Anchor::End, "quiet small", words);
}
