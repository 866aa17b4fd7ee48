//! Figures say and draw the numbers of the analysis, which the JSON of a report holds, and no others.

use detente::assessment::{BeliefPoint, BeliefSeries};
use detente_report::{Figure, figures, figures_csv};

use super::{
    Found,
    markup::{Element, parse},
};

/// Half of the last digit that places on a page have, twice.
const PIXEL: f64 = 0.11;

fn drawn(found: &Found, name: &str) -> Vec<Element> {
    let figures = figures(&found.findings());
    let figure: &Figure = figures.iter().find(|it| it.name() == name).unwrap();
    parse(&figure.svg())
}

/// An attribute of every element of a kind and class, in order.
fn places(elements: &[Element], tag: &str, class: &str, name: &str) -> Vec<f64> {
    let alike = |it: &&Element| it.tag == tag && it.get("class") == Some(class);
    let alike = elements.iter().filter(alike);
    alike
        .map(|it| it.get(name).unwrap().parse().unwrap())
        .collect()
}

/// The column of a figure's table, without cells that are empty.
fn column(found: &Found, figure: &str, title: &str) -> Vec<String> {
    let text = figures_csv(&found.findings());
    let rows = text.lines().filter_map(|line| {
        let fields: Vec<&str> = line.splitn(9, ',').collect();
        let named = fields[0] == figure && fields[3] == title;
        named.then(|| fields[8].to_owned())
    });
    rows.collect()
}

/// Numbers as every figure writes them.
fn two_digits(x: f64) -> String {
    match x {
        x if x > 0.0 && x < 0.005 => "<0.01".to_owned(),
        x if x < 1.0 && x > 0.995 => ">0.99".to_owned(),
        x => format!("{x:.2}").replace('-', "−"),
    }
}

/// Places are numbers on some scale: the same for all.
#[track_caller]
fn on_one_scale(places: &[f64], numbers: &[f64]) {
    assert_eq!(places.len(), numbers.len());
    let low = (0..numbers.len())
        .min_by(|&a, &b| numbers[a].total_cmp(&numbers[b]))
        .unwrap();
    let high = (0..numbers.len())
        .max_by(|&a, &b| numbers[a].total_cmp(&numbers[b]))
        .unwrap();
    let span = numbers[high] - numbers[low];
    for (place, number) in places.iter().zip(numbers) {
        let share = if span > 0.0 {
            (number - numbers[low]) / span
        } else {
            0.0
        };
        let due = places[low] + share * (places[high] - places[low]);
        assert!(
            (place - due).abs() <= PIXEL,
            "{number} at {place}, not {due}"
        );
    }
}

#[test]
fn the_funnel_is_that_of_the_assessment() {
    for id in ["reykjavik-1986", "inf-1987", "open-skies-1955"] {
        let found = Found::shipped(id);
        let stages = &found.assessment.funnel;
        let chances: Vec<f64> = stages
            .iter()
            .map(|it| it.nonempty.unwrap().estimate)
            .collect();
        let elements = drawn(&found, "funnel");
        // The first disc and the first patch are those of the key.
        let discs = places(&elements, "circle", "b-full halo", "cx");
        on_one_scale(&discs[1..], &chances);
        let left: Vec<f64> = stages.iter().map(|it| it.share).collect();
        let bars = places(&elements, "rect", "a-full half", "width");
        on_one_scale(&bars[1..], &left);
        let counts: Vec<String> = stages.iter().map(|it| it.survivors.to_string()).collect();
        assert_eq!(column(&found, "funnel", "left"), counts);
        for chance in &chances {
            let said = two_digits(*chance);
            assert!(
                elements
                    .iter()
                    .any(|it| it.tag == "text" && it.text == said),
                "{said}"
            );
        }
    }
}

/// Every second point of the steps: their number is even, so that the one that ends them is not among these.
fn steps(elements: &[Element], class: &str) -> Vec<f64> {
    let line = |it: &&Element| it.tag == "path" && it.get("class") == Some(class);
    let line = elements.iter().find(line).unwrap().get("d").unwrap();
    let points = line.trim_start_matches('M').split('L');
    let heights = points.map(|it| it.split_once(' ').unwrap().1.parse::<f64>().unwrap());
    heights.step_by(2).collect()
}

#[test]
fn beliefs_are_those_of_the_assessment() {
    let found = Found::shipped("reykjavik-1986");
    let series: &BeliefSeries = &found.assessment.beliefs[0];
    let trust =
        |of: fn(&BeliefPoint) -> f64| -> Vec<f64> { series.points.iter().map(of).collect() };
    let elements = drawn(&found, "beliefs-1");
    for (class, numbers) in [
        ("a line", trust(|it| it.warranted.trust.unwrap())),
        ("b line dash", trust(|it| it.held.trust.unwrap())),
    ] {
        on_one_scale(&steps(&elements, class), &numbers);
    }
    let said: Vec<String> = trust(|it| it.warranted.trust.unwrap())
        .into_iter()
        .map(two_digits)
        .collect();
    assert_eq!(column(&found, "beliefs-1", "warranted"), said);
    // Of the prior there is no hindsight.
    let later = series.points.iter().filter_map(|it| it.smoothed.as_ref());
    let later: Vec<f64> = later.map(|it| it.trust.smoothed.unwrap()).collect();
    let said: Vec<String> = later.iter().copied().map(two_digits).collect();
    assert_eq!(column(&found, "beliefs-1", "in hindsight"), said);
    let heights = steps(&elements, "c line dots");
    let both: Vec<f64> = later
        .iter()
        .copied()
        .chain(trust(|it| it.warranted.trust.unwrap()))
        .collect();
    let drawn: Vec<f64> = heights
        .into_iter()
        .chain(steps(&elements, "a line"))
        .collect();
    on_one_scale(&drawn, &both);
}

#[test]
fn acts_weigh_what_their_evidence_weighs() {
    for (id, nth) in [
        ("reykjavik-1986", 0),
        ("reykjavik-1986", 1),
        ("inf-1987", 0),
    ] {
        let found = Found::shipped(id);
        let points = &found.assessment.beliefs[nth].points;
        let rows: Vec<_> = points.iter().filter_map(|it| it.weight.as_ref()).collect();
        let weights: Vec<f64> = rows.iter().map(|it| it.decibels.unwrap()).collect();
        let name = format!("ledger-{}", nth + 1);
        let elements = drawn(&found, &name);
        let bars = places(&elements, "rect", "a-full half", "width");
        let lengths: Vec<f64> = weights.iter().map(|it| it.abs()).collect();
        // All are drawn where they are few.
        assert!(weights.len() <= 14, "{id}");
        on_one_scale(&bars[1..], &lengths);
        let said: Vec<String> = weights
            .iter()
            .map(|it| format!("{it:+.1} dB").replace('-', "−"))
            .collect();
        assert_eq!(column(&found, &name, "as it was"), said);
        let ranges = rows.iter().filter(|it| it.decibels_range.is_some());
        assert_eq!(column(&found, &name, "range").len(), ranges.count());
    }
}

#[test]
fn the_tornado_is_that_of_the_sensitivity() {
    let found = Found::shipped("reykjavik-1986");
    let bars = &found.sensitivity.as_ref().unwrap().tornado.bars;
    let margins = bars
        .iter()
        .take(12)
        .map(|it| [it.low.margins[4], it.high.margins[4]]);
    let (low, high): (Vec<f64>, Vec<f64>) = margins.map(|[low, high]| (low, high)).unzip();
    let elements = drawn(&found, "tornado");
    let rings = places(&elements, "circle", "a ground line", "cx");
    let discs = places(&elements, "circle", "a-full halo", "cx");
    let ends: Vec<f64> = rings[1..].iter().chain(&discs[1..]).copied().collect();
    let numbers: Vec<f64> = low.iter().chain(&high).copied().collect();
    on_one_scale(&ends, &numbers);
    let said: Vec<String> = low.iter().map(|it| two_signed(*it)).collect();
    assert_eq!(
        column(&found, "tornado", "margin at low")[..said.len()],
        said
    );
}

/// Where only a lesser agreement can be reached, trust is set against what that one asks for.
#[test]
fn the_ladder_asks_what_its_last_step_asks() {
    let found = Found::shipped("reykjavik-1986");
    let way = found.path.as_ref().unwrap();
    assert!(way.path.is_none());
    let short = way.short_of.as_ref().unwrap();
    let last = short.rungs.last().unwrap();
    let needed: Vec<String> = { last.sides.iter() }
        .filter_map(|it| it.trust_needed)
        .map(two_digits)
        .collect();
    assert!(!needed.is_empty());
    let told = column(&found, "ladder", "last step asks");
    for rung in told.chunks(needed.len()) {
        assert_eq!(rung, needed);
    }
    assert_eq!(told.len(), needed.len() * short.rungs.len());
}

fn two_signed(x: f64) -> String {
    let text = format!("{x:.2}").replace('-', "−");
    if text == "−0.00" {
        "0.00".to_owned()
    } else {
        text
    }
}

#[test]
#[should_panic(expected = "not 5")]
fn a_number_out_of_place_is_caught() {
    on_one_scale(&[0.0, 4.0, 10.0], &[0.0, 1.0, 2.0]);
}
