//! What each barrier had to do with the failure, by four ways of judging.

use detente::assessment::{Attribution, BarrierCause, BarrierShare, Chance};

use super::{
    Figure,
    canvas::{Anchor, Canvas, Key, Shape, Sign},
    label,
    scale::Scale,
};
use crate::{number, words};

const ROW: f64 = 52.0;

/// One way of judging: its name, and what it says of a barrier with how far it is known.
struct Way {
    name: &'static str,
    value: fn(&BarrierShare, Option<&BarrierCause>) -> Option<Judged>,
}

struct Judged {
    value: f64,
    /// What is covered by two standard errors, or by the least and most over orders.
    range: Option<[f64; 2]>,
}

const WAYS: [Way; 4] = [
    Way {
        name: "share",
        value: |share, _| {
            let mean = share.mean.map(|value| {
                let error = share.standard_error.unwrap_or_default();
                Judged {
                    value,
                    range: Some([value - 2.0 * error, value + 2.0 * error]),
                }
            });
            mean.or(share.central.map(|value| Judged {
                value,
                range: share.range,
            }))
        },
    },
    Way {
        name: "needed",
        value: |_, cause| cause?.necessary.map(judged),
    },
    Way {
        name: "enough",
        value: |_, cause| cause?.sufficient.map(judged),
    },
    Way {
        name: "responsible",
        value: |_, cause| {
            cause?
                .responsibility
                .map(|value| Judged { value, range: None })
        },
    },
];

impl Judged {
    /// All that has to fit on its scale.
    fn ends(&self) -> impl Iterator<Item = f64> {
        let range = self.range.into_iter().flatten();
        range.chain([self.value]).filter(|it| it.is_finite())
    }
}

fn judged(chance: Chance) -> Judged {
    Judged {
        value: chance.estimate,
        range: Some(chance.interval),
    }
}

pub(crate) fn causes(attribution: &Attribution) -> Option<Figure> {
    let weight = |it: &BarrierShare| it.mean.or(it.central);
    let shares = attribution
        .shares
        .iter()
        .filter_map(|it| Some((it.barrier, weight(it)?)));
    let (barrier, share) = shares.max_by(|one, other| one.1.total_cmp(&other.1))?;
    let finding = format!(
        "The largest share of the failure is that of {}: {}.",
        words::barrier(barrier),
        number::signed(share)
    );
    let title = "What each barrier had to do with it";
    Some(Figure::new("causes", title, finding, |width| {
        draw(attribution, width)
    }))
}

fn draw(attribution: &Attribution, width: f64) -> Canvas {
    let mut canvas = Canvas::new(width);
    let of = |way: &Way, share: &BarrierShare| {
        let cause = attribution
            .causes
            .iter()
            .find(|it| it.barrier == share.barrier);
        (way.value)(share, cause)
    };
    let told = |way: &&Way| {
        attribution
            .shares
            .iter()
            .any(|share| of(way, share).is_some())
    };
    let ways: Vec<&Way> = WAYS.iter().filter(told).collect();
    let column = |nth: usize| {
        let room = width / ways.len() as f64;
        [room * nth as f64, room * (nth + 1) as f64 - 22.0]
    };
    let judged = attribution.shares.iter();
    let judged: Vec<Judged> = judged
        .flat_map(|share| ways.iter().filter_map(|way| of(way, share)))
        .collect();
    let ends = || judged.iter().flat_map(Judged::ends);
    let (low, high) = (ends().fold(0.0, f64::min), ends().fold(1.0, f64::max));
    let top = canvas.key(0.0, &key(attribution)) + 4.0;
    for (nth, way) in ways.iter().enumerate() {
        let [left, _] = column(nth);
        canvas.text([left, top + 14.0], Anchor::Start, "quiet small", way.name);
    }
    for (row, share) in attribution.shares.iter().enumerate() {
        let y = top + 26.0 + ROW * row as f64;
        let name = words::capitalised(words::barrier(share.barrier));
        canvas.text([0.0, y + 14.0], Anchor::Start, "bold", &name);
        for (nth, way) in ways.iter().enumerate() {
            let scale = Scale::over([low, high], column(nth));
            match of(way, share) {
                Some(judged) => cell(&mut canvas, &scale, &judged, y + 20.0),
                None => canvas.text(
                    [column(nth)[0], y + 36.0],
                    Anchor::Start,
                    "quiet small",
                    "–",
                ),
            }
        }
    }
    canvas
}

/// What marks a value, and what the line across it covers.
fn key(attribution: &Attribution) -> [Key; 2] {
    let drawn = attribution.shares.iter().any(|it| it.mean.is_some());
    let covered = match drawn {
        true => "what two standard errors cover (share), or 95% (the others)",
        false => "least and most over every order",
    };
    [
        Key::new(Sign::Mark(Shape::Disc, "b"), "its value, from 0 to 1"),
        Key::new(Sign::Line("ink line"), covered),
    ]
}

/// A bar on a track from 0 to 1, with its number at the end.
fn cell(canvas: &mut Canvas, scale: &Scale, judged: &Judged, y: f64) {
    let (zero, end) = (scale.at(0.0), scale.at(1.0));
    let at = scale.at(judged.value);
    canvas.rect("fainted", [zero, y + 16.0], [end - zero, 7.0], "");
    canvas.rect(
        "a-full",
        [zero.min(at), y + 16.0],
        [(at - zero).abs(), 7.0],
        "",
    );
    if let Some([low, high]) = judged.range {
        canvas.line(
            "ink line",
            [scale.at(low), y + 19.5],
            [scale.at(high), y + 19.5],
        );
        canvas.mark(Shape::Disc, "b", [at, y + 19.5], "");
    }
    let text = number::signed(judged.value);
    let wide = label::width(&text, 13.0);
    let x = at.clamp(zero, (end - wide).max(zero));
    canvas.text([x, y + 11.0], Anchor::Start, "", &text);
}
