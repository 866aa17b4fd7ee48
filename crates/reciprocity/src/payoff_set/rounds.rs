//! The operator of Abreu and Sannikov (2014), iterated from the feasible and individually rational
//! payoffs inwards with every rounding made up for: a set that holds every equilibrium payoff.
//!
//! Why the rounding does no harm. Let W be the polygon of a round and S ⊆ W ⊕ \[−e, e\]² the set it
//! stands for. Cells offer what they would offer on the wider set, computed to well within e, so that
//! the next polygon widened by e holds R(S, u), where u never falls from one round to the next and
//! never exceeds what players can be held to. As long as cells that once were played for ever and still
//! seem to be offer their own payoffs, B(S, u) ⊆ S and V* ⊆ S carry over to the part of S that the
//! next round leaves.

use super::{
    plane::{Convex, Point, cut},
    stage::Stage,
};
use crate::Fraction;

/// How far a set is widened each round: far above what rounding does on the unit square.
pub(super) const REACH: f64 = 1e-14;
/// By how much less a player may be promised than is computed.
const SLACK: f64 = 1e-15;
/// A set whose corners move less stands still.
const STILL: f64 = 4e-15;
/// Rounds after which a set that still shrinks is taken as it is.
pub(super) const MAX_ROUNDS: usize = 200_000;
/// Cells that are looked at, over all rounds.
const MAX_WORK: usize = 60_000_000;
/// Below so many cells, a hull of all points is the fastest.
const FEW: usize = 12;

/// Where a point came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Source {
    /// A cell played for ever.
    Stay(usize),
    /// A cell once, then a promise that just keeps a player in it.
    Cut(usize),
}

impl Source {
    pub(super) const fn cell(self) -> usize {
        match self {
            Self::Stay(cell) | Self::Cut(cell) => cell,
        }
    }
}

/// How a set came to rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Stop {
    /// Another round would change nothing that numbers can tell.
    Still,
    /// Nothing was left.
    Empty,
    /// After as many rounds as are allowed it was still shrinking: the outer bound is loose.
    Limit,
}

/// δ and (1 − δ)/δ.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rate {
    pub(super) delta: f64,
    pub(super) rate: f64,
}

impl Rate {
    /// `None` for parties that live for today.
    pub(super) fn of(delta: &Fraction) -> Option<Self> {
        let one = Fraction::whole(1.into());
        let rate = one.minus(delta).per(delta)?.to_f64();
        Some(Self {
            delta: delta.to_f64(),
            rate,
        })
    }

    /// For parties whose patience is smaller by a part.
    pub(super) fn less_patient(self, part: f64) -> Self {
        let delta = self.delta * (1.0 - part);
        Self {
            delta,
            rate: (1.0 - delta) / delta,
        }
    }

    /// What a cell once and then a promise is worth.
    pub(super) fn mixed(self, paid: Point, promise: Point) -> Point {
        [0, 1].map(|side: usize| (1.0 - self.delta) * paid[side] + self.delta * promise[side])
    }

    /// The promise that makes a cell worth this much.
    pub(super) fn promise(self, paid: Point, worth: Point) -> Point {
        [0, 1].map(|side: usize| worth[side] + self.rate * (worth[side] - paid[side]))
    }
}

/// What the rounds left.
#[derive(Debug, Clone)]
pub(super) struct Outer {
    /// Widened by [`REACH`] all round it holds every equilibrium payoff.
    pub(super) set: Convex,
    /// The cells that can still be enforced.
    pub(super) alive: Vec<usize>,
    /// What players can be threatened with, at most.
    pub(super) threat: Point,
    pub(super) rounds: usize,
    pub(super) stop: Stop,
}

/// The game as the rounds need it.
struct Board<'s> {
    stage: &'s Stage,
    rate: Rate,
    /// By how much a promise must exceed the threat, cell by cell.
    extra: Vec<Point>,
}

/// Shrinks the feasible and individually rational set until it stands still, or for so many rounds.
/// O(cells log corners) a round.
pub(super) fn outer(stage: &Stage, rate: Rate, max_rounds: usize) -> Outer {
    let board = Board::of(stage, rate);
    let mut threat = stage.minmax().map(|it| it - SLACK);
    let mut alive: Vec<usize> = (0..stage.cells.len()).collect();
    let paid: Vec<Point> = stage.cells.iter().map(|it| it.paid).collect();
    let mut set = rational(&Convex::hull(&paid).0, threat);
    let mut leaders: Vec<usize> = Vec::new();
    let mut work = 0;
    for rounds in 0..max_rounds {
        if set.corners.is_empty() || alive.is_empty() {
            return Outer::empty(rounds, threat);
        }
        for (side, threat) in threat.iter_mut().enumerate() {
            *threat = threat.max(set.range(side).0 - REACH);
        }
        work += alive.len();
        let next = board.round(&set, threat, &mut alive, &mut leaders);
        let still = is_still(&set, &next, rounds);
        set = next;
        if still || work > MAX_WORK {
            let stop = if still { Stop::Still } else { Stop::Limit };
            return Outer {
                set,
                alive,
                threat,
                rounds: rounds + 1,
                stop,
            };
        }
    }
    Outer {
        set,
        alive,
        threat,
        rounds: max_rounds,
        stop: Stop::Limit,
    }
}

impl Outer {
    fn empty(rounds: usize, threat: Point) -> Self {
        Self {
            set: Convex::default(),
            alive: Vec::new(),
            threat,
            rounds,
            stop: Stop::Empty,
        }
    }
}

/// The part of a set in which neither gets less than it can be held to.
fn rational(set: &Convex, threat: Point) -> Convex {
    let points = cut(&set.corners, |it| it[0] - threat[0]);
    let points = cut(&points, |it| it[1] - threat[1]);
    Convex::hull(&points).0
}

fn is_still(last: &Convex, next: &Convex, rounds: usize) -> bool {
    let near = |a: &Point, b: &Point| (a[0] - b[0]).abs().max((a[1] - b[1]).abs()) <= STILL;
    let same = last.corners.len() == next.corners.len();
    if same
        && last
            .corners
            .iter()
            .zip(&next.corners)
            .all(|(a, b)| near(a, b))
    {
        return true;
    }
    // Corners that rounding splits and joins may hide that nothing moves.
    rounds % 32 == 31 && last.corners.iter().all(|it| next.distance(*it) <= STILL)
}

impl<'s> Board<'s> {
    fn of(stage: &'s Stage, rate: Rate) -> Self {
        let extra = |cell: &super::stage::Cell| {
            [0, 1].map(|side: usize| {
                let tempted = rate.rate * (cell.best[side] - cell.paid[side]);
                tempted - SLACK * (1.0 + tempted)
            })
        };
        Self {
            stage,
            rate,
            extra: stage.cells.iter().map(extra).collect(),
        }
    }

    /// One round; cells that cannot be enforced any more leave for good.
    fn round(
        &self,
        set: &Convex,
        threat: Point,
        alive: &mut Vec<usize>,
        leaders: &mut Vec<usize>,
    ) -> Convex {
        let mut found: Vec<(Point, Source)> = Vec::with_capacity(64);
        let filter = if alive.len() > FEW {
            for &cell in leaders.iter() {
                self.offer(cell, set, threat, &mut found);
            }
            hull_of(&found).0
        } else {
            Convex::default()
        };
        let mut offered = Vec::with_capacity(4);
        alive.retain(|&cell| {
            offered.clear();
            let stays = self.offer(cell, set, threat, &mut offered);
            let outside = |it: &&(Point, Source)| {
                let section = filter.section(0, it.0[0], 0.0);
                section.is_none_or(|(low, high)| it.0[1] < low || it.0[1] > high)
            };
            found.extend(offered.iter().filter(outside));
            stays
        });
        let (next, corners) = hull_of(&found);
        leaders.clear();
        leaders.extend(corners.iter().map(|&it| found[it].1.cell()));
        leaders.dedup();
        next
    }

    /// What a cell offers, and whether it can still be enforced.
    fn offer(
        &self,
        cell: usize,
        set: &Convex,
        threat: Point,
        found: &mut Vec<(Point, Source)>,
    ) -> bool {
        let (paid, extra) = (self.stage.cells[cell].paid, self.extra[cell]);
        let least = [threat[0] + extra[0], threat[1] + extra[1]];
        if paid[0] >= least[0] && paid[1] >= least[1] {
            found.push((paid, Source::Stay(cell)));
            return true;
        }
        if (0..2).any(|side: usize| least[side] > set.range(side).1 + REACH) {
            return false;
        }
        for side in 0..2 {
            let (lowest, highest) = set.range(side);
            // A bound that the whole set meets is never what keeps a player from leaving.
            if least[side] <= lowest - REACH && paid[side] >= least[side] {
                continue;
            }
            let at = least[side].clamp(lowest - REACH, highest + REACH);
            let Some((low, high)) = set.section(side, at, REACH) else {
                continue;
            };
            let low = low.max(least[1 - side]);
            if low > high {
                continue;
            }
            for other in [low, high] {
                let mut promise = [at; 2];
                promise[1 - side] = other;
                found.push((self.rate.mixed(paid, promise), Source::Cut(cell)));
            }
        }
        true
    }
}

fn hull_of(found: &[(Point, Source)]) -> (Convex, Vec<usize>) {
    let points: Vec<Point> = found.iter().map(|it| it.0).collect();
    Convex::hull(&points)
}
