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
    plane::{Convex, Point, cut},
    rounds::Rate,
};

/// A set whose corners move less stands still.
const STILL: f64 = 1e-12;
/// Rounds after which a set that still shrinks is taken as it is.
const MAX_ROUNDS: usize = 20_000;

/// The set, how often it was made smaller and why no more often, with so much work.
pub(super) fn outside(board: &Board<'_>, rate: Rate, mut work: usize) -> (Convex, usize, Stop) {
    let paid: Vec<Point> = board.stage.cells.iter().map(|it| it.paid).collect();
    let (mut set, _) = Convex::hull(&paid);
    let mut cells: Vec<Cell> = board.cells(rate, 0.0);
    for rounds in 1..=MAX_ROUNDS {
        cells.retain(|it| {
            // What there is no time to rule out stays.
            let left = work.checked_sub(it.work(set.corners.len()));
            work = left.unwrap_or_default();
            left.is_none() || it.is_enforceable(&set.corners)
        });
        let Some(image) = Image::of(board, rate, &cells, &set.corners, &mut work) else {
            return (set, rounds - 1, Stop::Limit);
        };
        // What was left out before stays out.
        let next = within(&set, &image.planes);
        if cells.is_empty() || next.corners.is_empty() {
            return (Convex::default(), rounds, Stop::Empty);
        }
        let still = set.corners.iter().all(|it| next.distance(*it) <= STILL);
        set = next;
        if still {
            return (set, rounds, Stop::Still);
        }
    }
    (set, MAX_ROUNDS, Stop::Limit)
}

/// The part of a set that exceeds no bound by more than twice [`REACH`].
fn within(set: &Convex, planes: &[(Point, f64)]) -> Convex {
    let mut corners = set.corners.clone();
    for (out, bound) in planes {
        corners = cut(&corners, |it| {
            bound + 2.0 * REACH - out[0] * it[0] - out[1] * it[1]
        });
    }
    Convex::hull(&corners).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Bimatrix, Fraction,
        monitoring::Signals,
        payoff_set::{
            public::{drawn::drawn, solved::solved},
            stage::Stage,
        },
    };

    #[test]
    fn work_that_runs_out_leaves_a_larger_set() {
        let dilemma = Bimatrix::new(&[[3.0, 0.0], [5.0, 1.0]], &[[3.0, 5.0], [0.0, 1.0]]).unwrap();
        let alarm = [[0.95, 0.05], [0.1, 0.9], [0.1, 0.9], [0.05, 0.95]];
        let signals = Signals::new(2, 2, &alarm).unwrap();
        let delta = Fraction::new(3.into(), 5.into());
        let stage = Stage::of(&dilemma);
        let board = Board::of(&stage, &signals, &delta);
        let rate = Rate::of(&delta).unwrap();
        let (least, rounds, stop) = outside(&board, rate, 120_000);
        assert_eq!(stop, Stop::Still);
        let mut last = 0;
        for work in [0, 3, 10, 30, 100, 300] {
            let (set, done, stop) = outside(&board, rate, work);
            assert_eq!(stop, Stop::Limit);
            assert!(last <= done && done < rounds, "{work} {done}");
            last = done;
            assert!(least.corners.iter().all(|it| set.distance(*it) <= 1e-12));
        }
        assert!(last > 0);
        assert_eq!(solved(&board, rate, &least, 0), None);
        assert!(drawn(&board, rate, &least).is_some());
    }

    #[test]
    fn programs_count_by_their_size() {
        let signals = Signals::new(60, 2, &[[0.25; 4]; 120]).unwrap();
        let mut chances: Vec<[f64; 4]> = vec![[0.25; 4]; 120];
        chances[0] = [1.0, 0.0, 0.0, 0.0];
        let telling = Signals::new(60, 2, &chances).unwrap();
        let game = Bimatrix::from_flat(60, 2, vec![0.0; 120], vec![0.0; 120]).unwrap();
        let half = Fraction::new(1.into(), 2.into());
        let stage = Stage::of(&game);
        let rate = Rate::of(&half).unwrap();
        let work = |signals: &Signals| {
            let cell = Cell::of(&Board::of(&stage, signals, &half), rate, 0, 0.0).unwrap();
            cell.work(10)
        };
        // No deviation that any signal tells, and 60 of them.
        assert_eq!(
            (work(&signals), work(&telling)),
            (1, 1 + 60 * (3_600 + 40) / 1_000)
        );
    }
}
