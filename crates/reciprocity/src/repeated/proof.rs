//! Proofs from inside: a set that sustains itself consists of equilibrium payoffs (Abreu, Pearce and
//! Stacchetti 1990).

use super::{
    critical::SelfSustaining,
    polygon::{Point, distance, hull, same, well_inside},
    sustainable::{Outer, ScaledGame, Source, Target},
};

/// By how much a promise must beat every bound that it is held to: far above rounding.
const MARGIN: f64 = 1e-12;
/// How far from a line a point of the unit square may be by rounding.
const ON_A_LINE: f64 = 1e-14;

impl ScaledGame {
    /// A set a little inside what was left at a smaller discount factor that sustains itself at
    /// `delta` and holds the target: a proof that the target can be sustained. `inwards` says how far
    /// its promised corners are drawn in.
    pub(super) fn proof(
        &self,
        outer: &Outer,
        target: Target,
        delta: f64,
        inwards: f64,
    ) -> Option<SelfSustaining> {
        let stays: Vec<usize> = outer
            .sources
            .iter()
            .filter_map(|it| match *it {
                Source::Cell(cell) => Some(cell),
                Source::Promise(_) => None,
            })
            .collect();
        if outer.set.is_empty() {
            return None;
        }
        if let Some(set) = self.proved_with_an_inside(outer, &stays, target, (delta, inwards)) {
            return Some(self.certificate(delta, &set, &stays));
        }
        let (stay, set) = self.proved_on_a_line(outer, &stays, target, (delta, inwards))?;
        Some(self.certificate(delta, &set, &[stay]))
    }

    /// What was proved, in payoffs and actions of the game.
    fn certificate(&self, delta: f64, set: &[Point], stays: &[usize]) -> SelfSustaining {
        SelfSustaining {
            delta,
            corners: set.iter().map(|it| self.unscaled(*it)).collect(),
            stays: stays.iter().map(|&it| self.actions(it)).collect(),
        }
    }

    fn proved_with_an_inside(
        &self,
        outer: &Outer,
        stays: &[usize],
        target: Target,
        (delta, inwards): (f64, f64),
    ) -> Option<Vec<Point>> {
        let n_corners = outer.set.len() as f64;
        let mean = |axis: usize| outer.set.iter().map(|it| it[axis] / n_corners).sum::<f64>();
        let centre = [mean(0), mean(1)];
        let drawn = outer.sources.iter().filter_map(|it| match *it {
            Source::Promise(point) => {
                Some([0, 1].map(|axis| point[axis] + inwards * (centre[axis] - point[axis])))
            }
            Source::Cell(_) => None,
        });
        let stay = stays.iter().map(|&cell| self.payoffs[cell]);
        let set = hull(stay.chain(drawn).collect());
        let holds = match target {
            Target::BeyondStatic => {
                let all_static = stays.iter().all(|&cell| self.is_static(cell));
                let corner_stays =
                    |it: &Point| stays.iter().any(|&cell| same(self.payoffs[cell], *it));
                !all_static || !set.iter().all(corner_stays)
            }
            Target::Cell(cell) => stays.contains(&cell),
            Target::Payoff(payoff) => well_inside(&set, payoff, MARGIN) || set.contains(&payoff),
        };
        let kept = |corner: &Point| self.sustains(&set, stays, *corner, delta);
        (holds && set.iter().all(kept)).then_some(set)
    }

    /// Whether some cell and a promise in the set give a corner of it.
    fn sustains(&self, set: &[Point], stays: &[usize], corner: Point, delta: f64) -> bool {
        let threat = lowest(set);
        let stays_there = |&cell: &usize| {
            same(self.payoffs[cell], corner) && self.keeps(cell, corner, threat, delta)
        };
        let rate = (1.0 - delta) / delta;
        stays.iter().any(stays_there)
            || (0..self.payoffs.len()).any(|cell| {
                let paid = self.payoffs[cell];
                let promise = [0, 1].map(|it| corner[it] + rate * (corner[it] - paid[it]));
                well_inside(set, promise, MARGIN) && self.keeps(cell, promise, threat, delta)
            })
    }

    /// Whether a promise keeps both players in a cell, each tempted one by a margin.
    fn keeps(&self, cell: usize, promise: Point, threat: Point, delta: f64) -> bool {
        (0..2).all(|side| {
            let tempted = self.deviations[cell][side] - self.payoffs[cell][side];
            let margin = if tempted > 0.0 {
                MARGIN * (1.0 - delta)
            } else {
                0.0
            };
            (1.0 - delta) * tempted + margin <= delta * (promise[side] - threat[side])
        })
    }

    /// Sets without an inside: from a cell that is played for ever towards another one, of which
    /// the far end is the other cell once and then a promise on the way.
    fn proved_on_a_line(
        &self,
        outer: &Outer,
        stays: &[usize],
        target: Target,
        (delta, inwards): (f64, f64),
    ) -> Option<(usize, [Point; 2])> {
        let rate = (1.0 - delta) / delta;
        let reaches = |stay: usize, other: usize| {
            let (from, to) = (self.payoffs[stay], self.payoffs[other]);
            let at = |way: f64| [0, 1].map(|it| from[it] + way * (to[it] - from[it]));
            let length = (to[0] - from[0]).hypot(to[1] - from[1]);
            let on_it = |it: &&Point| distance(&[from, to], **it) < 1e-9;
            let ways = outer
                .set
                .iter()
                .filter(on_it)
                .map(|it| (it[0] - from[0]).hypot(it[1] - from[1]) / length);
            let end = ways.fold(0.0, f64::max) * (1.0 - inwards);
            let promise = end - rate * (1.0 - end);
            let threat = lowest(&[from, at(end)]);
            let holds = match target {
                Target::BeyondStatic => !self.is_static(other),
                Target::Cell(cell) => cell == stay,
                Target::Payoff(payoff) => distance(&[from, at(end)], payoff) <= ON_A_LINE,
            };
            let proved = holds
                && end < 1.0
                && promise >= MARGIN
                && self.keeps(stay, from, threat, delta)
                && self.keeps(other, at(promise), threat, delta);
            proved.then(|| (stay, [from, at(end)]))
        };
        let others = || 0..self.payoffs.len();
        let pairs = stays
            .iter()
            .flat_map(|&stay| others().map(move |other| (stay, other)));
        pairs
            .into_iter()
            .find_map(|(stay, other)| reaches(stay, other))
    }
}

/// The lowest of each coordinate.
fn lowest(set: &[Point]) -> Point {
    [0, 1].map(|side: usize| set.iter().map(|it| it[side]).fold(f64::INFINITY, f64::min))
}
