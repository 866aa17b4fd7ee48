//! How the chance of agreement rises as the barriers fall one after another, with what each adds in any
//! other order.

use detente::assessment::{Attribution, WaterfallStep};

use super::{
    Figure,
    canvas::{Anchor, Canvas, Key, Shape, Sign},
    scale::Scale,
};
use crate::{number, words};

const ROW: f64 = 46.0;

/// A step as it is drawn.
struct Bar {
    name: String,
    from: f64,
    to: f64,
    /// Least and most that the step adds in any order.
    range: Option<[f64; 2]>,
}

pub(crate) fn waterfall(attribution: &Attribution) -> Option<Figure> {
    let drawn = attribution.waterfall.iter().all(|step| step.mean.is_some());
    let bars: Vec<Bar> = attribution
        .waterfall
        .iter()
        .filter_map(|step| bar(step, drawn, attribution))
        .collect();
    let (first, last) = (bars.first()?, bars.last()?);
    let most = bars
        .iter()
        .max_by(|one, other| (one.to - one.from).total_cmp(&(other.to - other.from)))?;
    let finding = format!(
        "As the barriers fall in order the chance of agreement goes from {} to {}; most is added by the \
         fall of {} ({}).",
        number::probability(first.from),
        number::probability(last.to),
        most.name,
        signed(most.to - most.from),
    );
    Some(Figure::new(
        "waterfall",
        "What the fall of each barrier adds",
        finding,
        |width| draw(&bars, width),
    ))
}

/// The step over draws where there are any, else at central values, for which alone other orders are
/// known.
fn bar(step: &WaterfallStep, drawn: bool, attribution: &Attribution) -> Option<Bar> {
    let [from, to] = if drawn { step.mean } else { step.central }?;
    let share = attribution
        .shares
        .iter()
        .find(|it| it.barrier == step.barrier);
    let range = share.and_then(|it| if drawn { it.mean_range } else { it.range });
    let finite = from.is_finite() && to.is_finite();
    finite.then(|| Bar {
        name: words::barrier(step.barrier).to_owned(),
        from,
        to,
        range,
    })
}

fn draw(bars: &[Bar], width: f64) -> Canvas {
    let mut canvas = Canvas::new(width);
    let ranged = bars.iter().any(|bar| bar.range.is_some());
    let mut key = vec![Key::new(Sign::Patch("a-full half"), "added in this order")];
    if ranged {
        key.push(Key::new(
            Sign::Whisker("b"),
            "least and most it adds in any order",
        ));
    }
    let top = canvas.key(0.0, &key) + 6.0;
    let split = if ranged { width * 0.62 } else { width };
    let chances = Scale::over([0.0, 1.0], [6.0, split - 52.0]);
    let ends = bars.iter().flat_map(|bar| bar.range.unwrap_or_default());
    let added = Scale::over(ends.chain([0.0, 1.0]), [split + 16.0, width - 12.0]);
    let bottom = top + ROW * bars.len() as f64 + 8.0;
    canvas.axis(&chances, 5, [top, bottom]);
    if ranged {
        canvas.axis(&added, 3, [top, bottom]);
        canvas.line("rule line", [added.at(0.0), top], [added.at(0.0), bottom]);
    }
    for (row, bar) in bars.iter().enumerate() {
        let y = top + ROW * row as f64;
        step(&mut canvas, bar, [&chances, &added], y);
        if row + 1 < bars.len() {
            let x = chances.at(bar.to);
            canvas.line("rule thin dots", [x, y + 38.0], [x, y + ROW + 20.0]);
        }
    }
    let [under, beside] = match canvas.is_narrow() {
        true => ["chance of agreement", "added"],
        false => [
            "chance of agreement, this barrier and all before it gone",
            "what its fall adds",
        ],
    };
    canvas.note([6.0, bottom + 32.0], split - 20.0, under);
    if ranged {
        canvas.note([split + 16.0, bottom + 32.0], width - split - 16.0, beside);
    }
    canvas
}

fn step(canvas: &mut Canvas, bar: &Bar, [chances, added]: [&Scale; 2], y: f64) {
    let (from, to) = (chances.at(bar.from), chances.at(bar.to));
    let label = format!("without {}", bar.name);
    canvas.over([6.0, y + 13.0], "bold", &label);
    let (left, wide) = (from.min(to), (to - from).abs());
    let tip = format!(
        "{label}: {} to {}",
        number::probability(bar.from),
        number::probability(bar.to)
    );
    canvas.rect("a-full half", [left, y + 20.0], [wide, 16.0], &tip);
    canvas.line("a line", [to, y + 18.0], [to, y + 38.0]);
    let said = signed(bar.to - bar.from);
    canvas.text([chances.at(1.0) + 10.0, y + 33.0], Anchor::Start, "", &said);
    if let Some(range) = bar.range {
        canvas.whisker("b", added, range, y + 28.0);
        canvas.mark(
            Shape::Disc,
            "a",
            [added.at(bar.to - bar.from), y + 28.0],
            &said,
        );
    }
}

fn signed(x: f64) -> String {
    match number::signed(x) {
        text if text.starts_with('−') || text == "0.00" => text,
        text => format!("+{text}"),
    }
}
