//! A set that holds every equilibrium payoff, shrunk until it stands still.
//!
//! Why the rounding does no harm. Let V be the polygon of a round and S ⊆ V ⊕ \[−e, e\]² the set it
//! stands for, e = [`REACH`]. A cell's bound is proved for promises in S and rounded up; the next
//! polygon keeps what exceeds no bound by more than 2e. A point of S within all bounds is at most e each
//! way from one of V, which therefore is kept.

use super::{
    board::Board,
    cell::{Cell, REACH},
    image::Image,
};
use crate::payoff_set::{
    Stop,
    plane::{Convex, Point, edges},
    rounds::Rate,
};

/// A set whose corners move less stands still.
const STILL: f64 = 1e-12;
/// Rounds after which a set that still shrinks is taken as it is.
const MAX_ROUNDS: usize = 20_000;

/// The set, how often it was made smaller and why no more often, by up to so many programs.
pub(super) fn outside(board: &Board<'_>, rate: Rate, programs: usize) -> (Convex, usize, Stop) {
    let paid: Vec<Point> = board.stage.cells.iter().map(|it| it.paid).collect();
    let (mut set, _) = Convex::hull(&paid);
    let mut cells: Vec<Cell> = board.cells(rate, 0.0);
    let mut work = 0;
    for rounds in 1..=MAX_ROUNDS {
        cells.retain(|it| it.is_enforceable(&set.corners));
        let image = Image::of(board, rate, &cells, &set.corners);
        // What was left out before stays out.
        let next = within(&set, &image.planes);
        if cells.is_empty() || next.corners.is_empty() {
            return (Convex::default(), rounds, Stop::Empty);
        }
        let still = set.corners.iter().all(|it| next.distance(*it) <= STILL);
        set = next;
        work += cells.len() * image.planes.len();
        if still || work > programs {
            let stop = if still { Stop::Still } else { Stop::Limit };
            return (set, rounds, stop);
        }
    }
    (set, MAX_ROUNDS, Stop::Limit)
}

/// The part of a set that exceeds no bound by more than twice [`REACH`].
fn within(set: &Convex, planes: &[(Point, f64)]) -> Convex {
    let mut corners = set.corners.clone();
    for (out, bound) in planes {
        let room = |it: Point| bound + 2.0 * REACH - out[0] * it[0] - out[1] * it[1];
        let mut kept = Vec::new();
        for (here, there) in edges(&corners) {
            let (inside, onward) = (room(here), room(there));
            if inside >= 0.0 {
                kept.push(here);
            }
            if (inside >= 0.0) != (onward >= 0.0) {
                let way = inside / (inside - onward);
                kept.push([0, 1].map(|it: usize| here[it] + way * (there[it] - here[it])));
            }
        }
        corners = kept;
    }
    Convex::hull(&corners).0
}
