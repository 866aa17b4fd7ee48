//! A set that sustains itself, as near as can be to what the rounds left.

use super::{
    certificate::{Candidate, Sustained, certify},
    fixed::is_fixed,
    plane::{Convex, Point},
    rounds::{Outer, Rate},
    stage::{ExactPoint, Stage},
    structure::{Structure, distinct, mixed},
};
use crate::Fraction;

/// How near points may be for one to be taken for another, tried in turn: a set that has converged
/// slowly needs more.
const NEAR: [f64; 3] = [1e-9, 1e-11, 1e-6];
/// How near a simple number must be to be tried for one that is not known.
const GUESS: f64 = 1e-10;
/// By how much promises are drawn in, tried in turn, where corners are not known exactly.
const MARGINS: [f64; 5] = [1e-13, 1e-12, 1e-11, 1e-10, 1e-9];
/// Rounds after which drawing in is given up.
const MAX_ROUNDS: usize = 20_000;
/// Cells that are looked at while drawing in, over all rounds and margins.
pub(super) const MAX_WORK: usize = 20_000_000;

/// A set that sustains itself.
#[derive(Debug, Clone)]
pub(super) struct Inner {
    pub(super) corners: Vec<Sustained>,
    /// Whether it generates itself and nothing else, and is not only near a set that does.
    pub(super) solved: bool,
}

/// The equilibria of the stage game, whichever is played chosen by a public coin.
pub(super) fn statics(stage: &Stage, delta: &Fraction) -> Vec<Sustained> {
    let cells = (0..stage.cells.len()).filter(|&cell| stage.is_static(cell));
    let candidates = cells.map(|cell| (stage.paid(cell), vec![cell])).collect();
    certify(stage, delta, candidates).unwrap_or_default()
}

/// The set that the rounds' corners solve for exactly, if that can be done; a set drawn in from
/// them, looking at so many cells; or what static equilibria give.
pub(super) fn inner(
    stage: &Stage,
    delta: &Fraction,
    rate: Rate,
    outer: &Outer,
    work: &mut usize,
) -> Inner {
    let mut partly = None;
    let mut sustained = None;
    for near in NEAR {
        let mut structure = Structure::of(stage, rate, outer, near);
        structure.solve(stage, delta, near);
        let whole = structure.clone();
        while structure.guess(stage, GUESS) {
            structure.solve(stage, delta, near);
        }
        if structure.is_solved(stage, delta) {
            let exact = |corner: super::structure::Corner| {
                let cells = corner.origins.iter().map(|it| it.cell).collect();
                Some((corner.exact?, cells))
            };
            let candidates: Option<Vec<Candidate>> =
                structure.corners.iter().cloned().map(exact).collect();
            if let Some(corners) = candidates.and_then(|it| certify(stage, delta, it)) {
                if is_fixed(stage, delta, &corners, &outer.alive) {
                    return Inner {
                        corners,
                        solved: true,
                    };
                }
                sustained.get_or_insert(corners);
            }
        }
        partly.get_or_insert(whole);
    }
    let draws = partly
        .map(|it| Draw::of(stage, &it))
        .into_iter()
        .chain([Draw::free(stage, outer)]);
    let mut drawn = draws.flat_map(|draw| {
        MARGINS
            .iter()
            .find_map(|&margin| draw.drawn(stage, delta, rate, outer, (margin, &mut *work)))
    });
    let corners = sustained.or_else(|| drawn.next());
    Inner {
        solved: false,
        corners: corners.unwrap_or_else(|| statics(stage, delta)),
    }
}

/// What is known exactly and what is to be drawn in.
struct Draw {
    known: Vec<(Candidate, Point)>,
    /// Cells that offer the rest.
    cells: Vec<usize>,
    threat: [Option<Fraction>; 2],
}

/// A corner of a set that is being drawn in.
#[derive(Debug, Clone, Copy)]
enum Drawn {
    Known(usize),
    Stay(usize),
    Cut(usize, usize),
}

impl Draw {
    fn of(stage: &Stage, structure: &Structure) -> Self {
        let known = structure.corners.iter().filter_map(|corner| {
            let exact = corner.exact.clone()?;
            let cells = corner.origins.iter().map(|it| it.cell).collect();
            let near = stage.scaled(&exact);
            Some(((exact, cells), near))
        });
        let rest = structure.corners.iter().filter(|it| it.exact.is_none());
        let mut cells: Vec<usize> = rest
            .flat_map(|it| it.origins.iter().map(|it| it.cell))
            .collect();
        cells.sort_unstable();
        cells.dedup();
        Self {
            known: known.collect(),
            cells,
            threat: structure.threat.clone(),
        }
    }

    /// With nothing known but the static equilibria.
    fn free(stage: &Stage, outer: &Outer) -> Self {
        let statics = outer.alive.iter().filter(|&&cell| stage.is_static(cell));
        Self {
            known: statics
                .map(|&cell| {
                    let exact = stage.paid(cell);
                    let near = stage.scaled(&exact);
                    ((exact, vec![cell]), near)
                })
                .collect(),
            cells: outer.alive.clone(),
            threat: [None, None],
        }
    }

    /// A set in which all promises but those known lie inside by a margin, if it sustains itself and
    /// the work left is enough to find it.
    fn drawn(
        &self,
        stage: &Stage,
        delta: &Fraction,
        rate: Rate,
        outer: &Outer,
        (margin, work): (f64, &mut usize),
    ) -> Option<Vec<Sustained>> {
        let mut set = outer.set.clone();
        let exact_threat = [0, 1].map(|side: usize| {
            let threat = self.threat[side].as_ref()?;
            let mut point = stage.exact([0.0; 2]);
            point[side] = threat.clone();
            Some(stage.scaled(&point)[side])
        });
        for _ in 0..MAX_ROUNDS {
            *work = work.checked_sub(self.cells.len() + self.known.len())?;
            let threat = [0, 1].map(|side: usize| {
                exact_threat[side].unwrap_or_else(|| set.range(side).0 + margin)
            });
            let found = self.offers(stage, rate, &set, threat, margin);
            let points: Vec<Point> = found.iter().map(|it| it.0).collect();
            let (next, corners) = Convex::hull(&points);
            let still = set
                .corners
                .iter()
                .all(|it| next.distance(*it) <= margin / 4.0);
            set = next;
            if set.corners.is_empty() {
                return None;
            }
            if still {
                let exact = |at: usize| self.exact(stage, delta, found[at]);
                // Corners that margins alone have left are better done without.
                let spare = distinct(&set.corners, NEAR[0]);
                let fewer = corners
                    .iter()
                    .copied()
                    .filter(|&at| spare.contains(&found[at].0));
                return certify(stage, delta, fewer.map(exact).collect())
                    .or_else(|| certify(stage, delta, corners.into_iter().map(exact).collect()));
            }
        }
        None
    }

    fn offers(
        &self,
        stage: &Stage,
        rate: Rate,
        set: &Convex,
        threat: Point,
        margin: f64,
    ) -> Vec<(Point, Drawn)> {
        let known = self.known.iter().enumerate();
        let mut found: Vec<(Point, Drawn)> =
            known.map(|(at, it)| (it.1, Drawn::Known(at))).collect();
        for &cell in &self.cells {
            let own = &stage.cells[cell];
            let least = [0, 1]
                .map(|side: usize| threat[side] + rate.rate * (own.best[side] - own.paid[side]));
            if (0..2).all(|side: usize| own.paid[side] >= least[side] + margin) {
                found.push((own.paid, Drawn::Stay(cell)));
                continue;
            }
            for side in 0..2 {
                let Some((low, high)) = set.section(side, least[side], 0.0) else {
                    continue;
                };
                let low = (low + margin).max(least[1 - side] + margin);
                let high = high - margin;
                if low > high {
                    continue;
                }
                for other in [low, high] {
                    let mut promise = [least[side]; 2];
                    promise[1 - side] = other;
                    found.push((rate.mixed(own.paid, promise), Drawn::Cut(cell, side)));
                }
            }
        }
        found
    }

    fn exact(&self, stage: &Stage, delta: &Fraction, (at, drawn): (Point, Drawn)) -> Candidate {
        match drawn {
            Drawn::Known(known) => self.known[known].0.clone(),
            Drawn::Stay(cell) => (stage.paid(cell), vec![cell]),
            Drawn::Cut(cell, side) => {
                let mut exact: ExactPoint = stage.exact(at);
                if let Some(threat) = &self.threat[side] {
                    let best = [0, 1].map(|it: usize| stage.best(cell, it));
                    let both = [threat.clone(), threat.clone()];
                    exact[side] = mixed(delta, &best, &both)[side].clone();
                }
                (exact, vec![cell])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

    use super::*;
    use crate::{payoff_set::rounds::outer, strategies};

    /// Of a game with a set that is not solved for.
    #[test]
    fn drawing_in_stops_at_static_equilibria_when_work_runs_out() {
        let mut runner = TestRunner::deterministic();
        let draws = (0..20_000_u32).filter_map(|number| {
            let game = strategies::bimatrix().new_tree(&mut runner).ok()?.current();
            let stage = Stage::of(&game);
            let delta = Fraction::new((number % 11 + 1).into(), 12.into());
            let rate = Rate::of(&delta)?;
            let bounds = outer(&stage, rate, 10_000);
            let mut work = MAX_WORK;
            let found = inner(&stage, &delta, rate, &bounds, &mut work);
            let by_statics = statics(&stage, &delta);
            if found.solved || found.corners == by_statics {
                return None;
            }
            let spent = MAX_WORK - work;
            let few = inner(&stage, &delta, rate, &bounds, &mut (spent - 1));
            let enough = inner(&stage, &delta, rate, &bounds, &mut spent.clone());
            Some((few.corners == by_statics, enough.corners == found.corners))
        });
        assert!(draws.take(1).eq([(true, true)]));
    }
}
