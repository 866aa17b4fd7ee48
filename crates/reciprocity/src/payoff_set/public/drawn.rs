use super::{
    board::Board,
    cell::Cell,
    image::{Image, Offer},
    line::Line,
    outside::outside,
    plan::{Plan, certified},
};
use crate::payoff_set::{
    plane::{Convex, Point, edges, to_edge, turn},
    rounds::Rate,
    stage::ExactPoint,
};

/// By how much promises are drawn in, tried in turn.
const MARGINS: [f64; 4] = [1e-9, 1e-8, 1e-7, 1e-6];
/// By what part of their patience others are less patient, tried in turn.
const IMPATIENCE: [f64; 3] = [1e-3, 1e-2, 1e-1];
/// A set of more corners may have no end of them.
const MANY: usize = 64;
/// Corners that a set is thinned to.
const FEW: usize = 20;
/// Work that is done for each.
const MAX_WORK: usize = 20_000;

/// A set that sustains itself with all promises but those of static equilibria drawn in from its edge
/// and incentives to spare. It may have no end of corners; then one of few that less patient players
/// can nearly sustain, which leaves some to spare.
pub(super) fn drawn(board: &Board<'_>, rate: Rate, outer: &Convex) -> Option<Vec<ExactPoint>> {
    let line = Line::of(board.stage, outer);
    let few = outer.corners.len() <= MANY;
    let mut margins = MARGINS.iter().filter(|_| few);
    let close = margins.find_map(|&margin| drawn_by(board, rate, line.as_ref(), outer, margin));
    close.or_else(|| {
        IMPATIENCE.iter().find_map(|&part| {
            let less = rate.less_patient(part);
            let (start, ..) = outside(board, less, MAX_WORK);
            let start = Convex::hull(&thinned(start.corners)).0;
            drawn_by(board, rate, line.as_ref(), &start, part / 100.0)
        })
    })
}

/// The same by one margin.
fn drawn_by(
    board: &Board<'_>,
    rate: Rate,
    line: Option<&Line>,
    start: &Convex,
    margin: f64,
) -> Option<Vec<ExactPoint>> {
    let mut cells = board.cells(rate, margin);
    if let Some(line) = line {
        cells.retain(|it| line.holds(board.stage, it.number));
    }
    let offers = settled(board, rate, (&cells, line), start, margin)?;
    let exact = |point: &Point| match line {
        Some(line) => line.nearest(*point),
        None => board.stage.exact(*point),
    };
    let plan = |offer: &Offer| Plan {
        cell: offer.cell,
        promises: offer.promises.iter().map(exact).collect(),
    };
    let mut plans = board.static_plans();
    plans.extend(offers.iter().map(plan));
    certified(board, &plans)
}

/// A few corners of a polygon, without those that stand out least.
fn thinned(mut corners: Vec<Point>) -> Vec<Point> {
    while corners.len() > FEW {
        let n = corners.len();
        let stands_out = |at: &usize| {
            turn(
                corners[(at + n - 1) % n],
                corners[*at],
                corners[(at + 1) % n],
            )
        };
        let least = (0..n).min_by(|a, b| stands_out(a).total_cmp(&stands_out(b)));
        corners.remove(least.unwrap_or_default());
    }
    corners
}

/// What cells offer with promises a part `margin` of the way towards the middle, once it comes to as
/// much as what was promised from, but for a quarter of that part.
fn settled(
    board: &Board<'_>,
    rate: Rate,
    (cells, line): (&[Cell], Option<&Line>),
    outer: &Convex,
    margin: f64,
) -> Option<Vec<Offer>> {
    let shape = |points: Vec<Point>| {
        let points = line.map_or_else(|| points.clone(), |it| it.outermost(&points));
        Convex::hull(&points).0
    };
    let statics = { board.static_plans().into_iter() }.map(|it| board.stage.cells[it.cell].paid);
    let statics: Vec<Point> = statics
        .filter(|it| line.is_none_or(|line| line.is_near(*it)))
        .collect();
    let mut set = shape(outer.corners.clone());
    let mut work = MAX_WORK;
    while set.corners.len() > 1 {
        let middle = mean(&set.corners);
        let slack = margin / 4.0 * room(&set.corners, middle);
        let inwards = |it: &Point| [0, 1].map(|at: usize| it[at] + margin * (middle[at] - it[at]));
        let corners: Vec<Point> = set.corners.iter().map(inwards).collect();
        let image = Image::of(board, rate, cells, &corners, &mut work)?;
        let offered = image.offers.iter().map(|it| it.worth);
        let last = set;
        set = shape(statics.iter().copied().chain(offered).collect());
        if last.corners.iter().all(|it| set.distance(*it) <= slack) {
            return Some(image.offers);
        }
    }
    None
}

fn mean(corners: &[Point]) -> Point {
    let n = corners.len() as f64;
    [0, 1].map(|axis: usize| corners.iter().map(|it| it[axis] / n).sum())
}

/// How far the middle of a set is from its edges, or of a segment from its ends.
fn room(corners: &[Point], middle: Point) -> f64 {
    let edges = edges(corners).map(|(here, there)| match corners.len() {
        2 => (here[0] - middle[0]).hypot(here[1] - middle[1]),
        _ => to_edge(here, there, middle, [1.0; 2]),
    });
    edges.fold(f64::INFINITY, f64::min)
}
