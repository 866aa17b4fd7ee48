//! What one observer believed of one other party over time: trust as the evidence warranted it and as it
//! was held, and what acceptance asked for. The gap between the two is the misperception.

use detente::{
    assessment::{Band, BeliefPoint, BeliefSeries, TypeBelief},
    quantity::Date,
};

use super::{
    Figure,
    canvas::{Anchor, Canvas, Key, Point, SMALL, Sign},
    label,
    scale::Scale,
};
use crate::{names::Names, number};

/// The height of the plot.
const PLOT: f64 = 250.0;

/// Days of the first point: so long before the first act is the prior drawn.
const BEFORE: f64 = 0.06;

/// From the number of one act to that of the next: room for two digits.
const APART: f64 = 19.0;

/// More acts than this are ticks without a number.
const NUMBERED: usize = 60;

/// A belief as it is drawn.
struct Moment {
    /// Days since the year 0; none for the prior.
    day: Option<f64>,
    warranted: f64,
    held: f64,
    /// What hindsight makes of that day.
    smoothed: Option<f64>,
    /// What holds 90% of the draws of the first two.
    bands: Option<[Band; 2]>,
    tip: String,
}

/// The trust at which an observer turns.
struct Needed {
    trust: f64,
    who: &'static str,
    class: &'static str,
}

pub(crate) fn beliefs(nth: usize, series: &BeliefSeries, names: &Names<'_>) -> Option<Figure> {
    let mut moments: Vec<Moment> = series.points.iter().map(moment).collect::<Option<_>>()?;
    if let Some(smoothed) = hindsight(series) {
        for (moment, trust) in moments.iter_mut().zip(smoothed) {
            moment.smoothed = trust;
        }
    }
    let last = moments.last().filter(|_| moments.len() > 1)?;
    let (observer, about) = (names.party(&series.observer), names.party(&series.about));
    let acts = number::count_of(moments.len() as u64 - 1, "act");
    let gap = match last.warranted - last.held {
        gap if gap.abs() < 0.005 => "what was held is what the evidence warranted".to_owned(),
        gap if gap > 0.0 => format!("{} less was held than warranted", number::signed(gap)),
        gap => format!("{} more was held than warranted", number::signed(-gap)),
    };
    let finding = format!(
        "After {acts} {observer} had reason to trust {about} with probability {} and did with {}: {gap}.{}",
        number::probability(last.warranted),
        number::probability(last.held),
        last.bands.map(spread).unwrap_or_default(),
    );
    let thresholds = thresholds(series);
    let title = format!("Trust of {observer} in {about}");
    let days = days(series);
    Some(Figure::new(
        format!("beliefs-{}", nth + 1),
        title,
        finding,
        |width| draw(&moments, &thresholds, &days, width),
    ))
}

/// How far the two are known.
fn spread([warranted, held]: [Band; 2]) -> String {
    let overlap = match warranted.low <= held.high && held.low <= warranted.high {
        true => ", which overlap",
        false => ", which lie apart",
    };
    let [warranted, held] = [&warranted, &held].map(number::band);
    match (warranted == held, held.split_once('–')) {
        (true, Some((low, high))) if low == high => format!(" 90% of draws have both at {low}."),
        (true, _) => format!(" 90% of draws have both in {held}."),
        _ => format!(" 90% of draws have {warranted} warranted and {held} held{overlap}."),
    }
}

/// What acceptance asks for, of the nation and of the leader.
fn thresholds(series: &BeliefSeries) -> Vec<Needed> {
    let Some(threshold) = &series.threshold else {
        return Vec::new();
    };
    let needed = |it: Option<f64>| it.filter(|needed| *needed > 0.0 && *needed <= 1.0);
    let mut lines = Vec::new();
    if let Some(trust) = needed(threshold.nation) {
        lines.push(Needed {
            trust,
            who: "nation",
            class: "ink thin chain",
        });
    }
    if let Some(trust) = needed(threshold.leader) {
        lines.push(Needed {
            trust,
            who: "leader",
            class: "d line chain",
        });
    }
    lines
}

fn moment(point: &BeliefPoint) -> Option<Moment> {
    let trust = |belief: &TypeBelief| belief.trust.filter(|it| it.is_finite());
    let when = point
        .date
        .map_or_else(|| "before the first act".to_owned(), number::day);
    let what = point.event.as_deref().map(crate::layout::clean);
    Some(Moment {
        day: point.date.map(serial),
        warranted: trust(&point.warranted)?,
        held: trust(&point.held)?,
        smoothed: None,
        bands: point
            .warranted
            .band
            .zip(point.held.band)
            .map(|(one, other)| [one, other]),
        tip: match what {
            Some(what) => format!("{when}: {what}"),
            None => when,
        },
    })
}

/// What hindsight makes of each moment, as the section on beliefs words it: `None` where the trust that
/// acts are weighed for is not the one that is drawn, as where every type would keep the agreement.
pub(crate) fn hindsight(series: &BeliefSeries) -> Option<Vec<Option<f64>>> {
    let last = series.points.last()?;
    let (known, warranted) = (
        last.smoothed.as_ref()?.trust.filtered,
        last.warranted.trust?,
    );
    let days = series.points.iter().map(|it| it.smoothed.as_ref());
    let smoothed = days.map(|day| day?.trust.smoothed.filter(|it| it.is_finite()));
    number::is_close(known, warranted).then(|| smoothed.collect())
}

/// Days since 1 January of the year 0.
fn serial(date: Date) -> f64 {
    const DAY: f64 = 86_400.0;
    date.duration_since(Date::ZERO).as_secs_f64() / DAY
}

/// Days that the axis is marked with: the first and the last, and years between where there are some.
fn days(series: &BeliefSeries) -> Vec<(f64, String)> {
    let dates: Vec<Date> = series
        .points
        .iter()
        .filter_map(|point| point.date)
        .collect();
    let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) else {
        return Vec::new();
    };
    let years = i32::from(last.year()) - i32::from(first.year());
    if years < 2 {
        let mut ends = vec![(serial(*first), first.to_string())];
        if last > first {
            ends.push((serial(*last), last.to_string()));
        }
        return ends;
    }
    let scale = Scale::over(
        [f64::from(first.year()), f64::from(last.year())],
        [0.0, 1.0],
    );
    let whole = scale
        .ticks(5)
        .into_iter()
        .filter(|year| year.fract().abs() < 1e-9);
    // Ticks lie between two years that dates can have.
    let begun = |year: f64| Date::new(year as i16, 1, 1).ok();
    whole
        .filter_map(|year| Some((serial(begun(year)?), number::exact(year))))
        .collect()
}

fn draw(moments: &[Moment], thresholds: &[Needed], days: &[(f64, String)], width: f64) -> Canvas {
    let mut canvas = Canvas::new(width);
    let mut key = vec![
        Key::new(Sign::Line("a line"), "warranted"),
        Key::new(Sign::Line("b line dash"), "held"),
        Key::new(Sign::Patch("b-full between"), "the gap"),
    ];
    if banded(moments) {
        key.extend([
            Key::new(Sign::Patch("a-full band"), "warranted, 90% of draws"),
            Key::new(Sign::Patch("b thin dash"), "held, 90% of draws"),
        ]);
    }
    if moments.iter().any(|it| it.smoothed.is_some()) {
        key.push(Key::new(Sign::Line("c line dots"), "in hindsight"));
    }
    if !thresholds.is_empty() {
        key.push(Key::new(
            Sign::Line("ink thin chain"),
            "what acceptance needs",
        ));
    }
    let top = canvas.key(0.0, &key) + 10.0;
    let narrow = canvas.is_narrow();
    let (left, right) = (34.0, width - if narrow { 104.0 } else { 134.0 });
    let up = Scale::over([0.0, 1.0], [top + PLOT, top]);
    let dated = moments.iter().filter_map(|it| it.day);
    let across = Scale::over(dated, [left + (right - left) * BEFORE, right - 8.0]);
    for tick in up.ticks(5) {
        let y = up.at(tick);
        canvas.line("faint thin", [left, y], [right, y]);
        canvas.text(
            [left - 8.0, y + 4.0],
            Anchor::End,
            "quiet small",
            &number::value(tick),
        );
    }
    let xs: Vec<f64> = moments
        .iter()
        .map(|it| it.day.map_or(left, |day| across.at(day)))
        .collect();
    curves(&mut canvas, moments, &xs, right, &up);
    let mut ends = thresholds_at(&mut canvas, thresholds, [left, right], &up);
    ends.extend(moments.last().map(ends_of).into_iter().flatten());
    let wanted: Vec<f64> = ends.iter().map(|(trust, _)| up.at(*trust) + 4.0).collect();
    let places = label::spread(&wanted, 15.0, [top + 6.0, top + PLOT + 4.0]);
    for ((_, text), y) in ends.iter().zip(places) {
        let text = label::fit(text, width - right - 8.0, 12.0);
        canvas.text([right + 8.0, y], Anchor::Start, "small", &text);
    }
    ticks(&mut canvas, moments, &xs, [left, right], top + PLOT);
    let mut taken = f64::NEG_INFINITY;
    for (day, text) in days {
        let x = across.at(*day).min(right - 8.0);
        let half = label::width(text, SMALL) / 2.0;
        // A year that began before the plot does, or too near the one before, goes without.
        if x < left || x - half < taken {
            continue;
        }
        taken = x + half + 6.0;
        canvas.text([x, top + PLOT + 46.0], Anchor::Middle, "quiet small", text);
    }
    canvas
}

/// Where the beliefs end, in words.
fn ends_of(last: &Moment) -> Vec<(f64, String)> {
    let mut ends = vec![(last.warranted, "warranted"), (last.held, "held")];
    let apart = |it: &f64| (it - last.warranted).abs() >= 0.005;
    ends.extend(last.smoothed.filter(apart).map(|it| (it, "in hindsight")));
    let said = |(trust, word)| (trust, format!("{word} {}", number::probability(trust)));
    ends.into_iter().map(said).collect()
}

/// Whether it is known at every moment how far draws spread.
fn banded(moments: &[Moment]) -> bool {
    moments.iter().all(|it| it.bands.is_some())
}

/// The beliefs as steps, the gap between them, and how far both spread.
fn curves(canvas: &mut Canvas, moments: &[Moment], xs: &[f64], right: f64, up: &Scale) {
    let steps = |value: &dyn Fn(&Moment) -> f64| -> Vec<Point> {
        let mut points: Vec<Point> = Vec::new();
        for (moment, &x) in moments.iter().zip(xs) {
            let y = up.at(value(moment));
            points.extend(points.last().map(|before| [x, before[1]]));
            points.push([x, y]);
        }
        points.extend(points.last().map(|last| [right, last[1]]));
        points
    };
    let between = |one: Vec<Point>, other: Vec<Point>| -> Vec<Point> {
        one.into_iter().chain(other.into_iter().rev()).collect()
    };
    if banded(moments) {
        // Two fills would be one colour where they overlap.
        for (nth, class) in ["a-full band", "b thin dash"].into_iter().enumerate() {
            let low = steps(&|it| it.bands.map_or(0.0, |bands| bands[nth].low));
            let high = steps(&|it| it.bands.map_or(1.0, |bands| bands[nth].high));
            canvas.area(class, &between(low, high));
        }
    }
    // Of the prior there is no hindsight.
    let known = moments.iter().position(|it| it.smoothed.is_some());
    let smoothed = steps(&|it| it.smoothed.unwrap_or_default());
    let (warranted, held) = (steps(&|it| it.warranted), steps(&|it| it.held));
    canvas.area("b-full between", &between(warranted.clone(), held.clone()));
    if let Some(first) = known {
        // Every moment but the first is a corner and a point of the steps.
        canvas.path("c line dots", smoothed.get(2 * first..).unwrap_or_default());
    }
    canvas.path("a line", &warranted);
    canvas.path("b line dash", &held);
}

/// Lines at what acceptance asks for; returns their labels.
fn thresholds_at(
    canvas: &mut Canvas,
    thresholds: &[Needed],
    [left, right]: [f64; 2],
    up: &Scale,
) -> Vec<(f64, String)> {
    let mut ends = Vec::new();
    for Needed { trust, who, class } in thresholds {
        let y = up.at(*trust);
        canvas.line(class, [left, y], [right, y]);
        let needs = if canvas.is_narrow() { "" } else { " needs" };
        let said = format!("{who}{needs} {}", number::probability(*trust));
        ends.push((*trust, said));
    }
    ends
}

/// A tick for each act, numbered as the table is, with numbers kept apart.
fn ticks(canvas: &mut Canvas, moments: &[Moment], xs: &[f64], ends: [f64; 2], bottom: f64) {
    let acts: Vec<(usize, f64, &Moment)> = { moments.iter().zip(xs).enumerate().skip(1) }
        .map(|(nth, (it, &x))| (nth, x, it))
        .collect();
    for (_, x, moment) in &acts {
        canvas.rect("ink inked", [x - 0.75, bottom], [1.5, 7.0], &moment.tip);
    }
    if acts.len() > NUMBERED {
        return;
    }
    let wanted: Vec<f64> = acts.iter().map(|(_, x, _)| *x).collect();
    let places = label::spread(&wanted, APART, ends);
    let tight = places
        .windows(2)
        .any(|pair| pair[1] - pair[0] < APART - 1.0);
    for ((nth, x, _), place) in acts.iter().zip(places) {
        // Where they are many, only every fifth is numbered.
        if tight && nth % 5 != 0 {
            continue;
        }
        canvas.line("rule thin", [*x, bottom + 7.0], [place, bottom + 13.0]);
        canvas.text(
            [place, bottom + 25.0],
            Anchor::Middle,
            "small",
            &nth.to_string(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_is_as_long_as_the_next() {
        for year in [1899, 1900, 1904, 1999, 2000] {
            let mut day = Date::constant(year, 1, 1);
            for _ in 0..400 {
                let next = day.tomorrow().unwrap();
                assert_eq!(serial(next) - serial(day), 1.0, "{day}");
                day = next;
            }
        }
        assert_eq!(serial(Date::constant(0, 12, 31)), 365.0);
    }
}
