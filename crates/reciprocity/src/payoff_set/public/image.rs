use super::{board::Board, cell::Cell};
use crate::payoff_set::{
    plane::{Convex, Point, edges},
    rounds::Rate,
};

/// Directions in which a set is bounded at most.
const MAX_DIRECTIONS: usize = 64;
/// By how much a corner must stand out to be one.
const NEW: f64 = 1e-11;
/// Directions closer than this are one.
const SAME: f64 = 1e-9;

/// How far cells reach with promises in a set.
#[derive(Debug, Default)]
pub(super) struct Image {
    /// Directions of length 1, each with a bound that nothing exceeds.
    pub(super) planes: Vec<(Point, f64)>,
    /// What reaches farthest.
    pub(super) offers: Vec<Offer>,
}

/// A cell once, and then a promise after each signal.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    pub(super) cell: usize,
    pub(super) worth: Point,
    pub(super) promises: Vec<Point>,
}

impl Image {
    /// What cells can be worth with promises in the hull of corners, direction by direction: the axes
    /// first, then across every edge that is found, until no corner is missing. `None` if the work left
    /// does not suffice.
    pub(super) fn of(
        board: &Board<'_>,
        rate: Rate,
        cells: &[Cell],
        corners: &[Point],
        work: &mut usize,
    ) -> Option<Self> {
        let round: usize = cells.iter().map(|it| it.work(corners.len())).sum();
        let mut image = Self::default();
        let mut queue = vec![[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]];
        while let Some(direction) = queue.pop() {
            if image.planes.len() >= MAX_DIRECTIONS {
                break;
            }
            *work = work.checked_sub(round)?;
            image.ask(board, rate, cells, corners, direction);
            if queue.is_empty() {
                queue = image.unasked();
            }
        }
        Some(image)
    }

    /// How far the cells reach in a direction.
    fn ask(
        &mut self,
        board: &Board<'_>,
        rate: Rate,
        cells: &[Cell],
        corners: &[Point],
        direction: Point,
    ) {
        let along = |at: Point| direction[0] * at[0] + direction[1] * at[1];
        let mut most = f64::NEG_INFINITY;
        let mut farthest: Option<Offer> = None;
        for cell in cells {
            let paid = board.stage.cells[cell.number].paid;
            let reach = cell.reach(corners, direction);
            most = most.max((1.0 - rate.delta) * along(paid) + rate.delta * reach.bound + 1e-15);
            if reach.ways.is_empty() {
                continue;
            }
            let promises = cell.promises(corners, &reach.ways);
            let worth = cell.worth(rate, &promises);
            if farthest
                .as_ref()
                .is_none_or(|it| along(it.worth) < along(worth))
            {
                farthest = Some(Offer {
                    cell: cell.number,
                    worth,
                    promises,
                });
            }
        }
        self.planes.push((direction, most));
        let known = self.offers.iter().map(|it| along(it.worth));
        let known = known.fold(f64::NEG_INFINITY, f64::max);
        self.offers
            .extend(farthest.filter(|it| along(it.worth) > known + NEW));
    }

    /// The directions across the edges of what is known that have not been asked; an edge whose own
    /// direction was asked is one of the whole.
    fn unasked(&self) -> Vec<Point> {
        let points: Vec<Point> = self.offers.iter().map(|it| it.worth).collect();
        let (set, _) = Convex::hull(&points);
        let across = edges(&set.corners).filter_map(|(here, there)| outward(here, there));
        let asked = |out: &Point| {
            let near = |it: &Point| (it[0] - out[0]).abs().max((it[1] - out[1]).abs()) < SAME;
            self.planes.iter().any(|(it, _)| near(it))
        };
        across.filter(|it| !asked(it)).collect()
    }
}

/// The direction of length 1 across an edge of a set, outwards.
pub(super) fn outward(here: Point, there: Point) -> Option<Point> {
    let out = [there[1] - here[1], here[0] - there[0]];
    let length = out[0].hypot(out[1]);
    (length > 0.0).then(|| out.map(|it| it / length))
}
