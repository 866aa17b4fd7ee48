//! From which cells the corners of a set come, and what they are exactly.
//!
//! A corner at which a promise just keeps player s in a cell is worth (1 − δ)d + δP to s, with d the
//! best deviation and P the worst punishment. Where it is P itself, P = d. The other coordinate is
//! found on the line of the edge on which the promise lies; a corner whose promise lies on an edge at
//! which it ends itself puts its cell's payoffs on that line. What is then still unknown depends on
//! itself through products of unknowns, and may be irrational.

use super::{
    plane::{Convex, Point, to_edge},
    rounds::{Outer, Rate},
    stage::{ExactPoint, Stage},
};
use crate::Fraction;

/// A corner and where it may come from.
#[derive(Debug, Clone)]
pub(super) struct Corner {
    pub(super) near: Point,
    pub(super) origins: Vec<Origin>,
    pub(super) exact: Option<ExactPoint>,
}

/// A way to get a corner.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub(super) cell: usize,
    promise: Promise,
}

#[derive(Debug, Clone, Copy)]
enum Promise {
    /// The cell's own payoffs.
    Itself,
    /// What just keeps both players in the cell.
    Both,
    /// A corner of the set that just keeps a player in the cell.
    Corner(usize),
    /// A point of the edge after a corner that just keeps this player in the cell.
    Edge(usize, usize),
}

/// The corners of a set with their origins, as far as they can be told to within `near`.
#[derive(Debug, Clone)]
pub(super) struct Structure {
    pub(super) corners: Vec<Corner>,
    /// The worst punishment of each player, where known exactly.
    pub(super) threat: [Option<Fraction>; 2],
}

impl Structure {
    /// Reads the corners of what the rounds left, points closer than `near` as one.
    /// O(corners · (cells + corners)).
    pub(super) fn of(stage: &Stage, rate: Rate, outer: &Outer, near: f64) -> Self {
        let points = distinct(&outer.set.corners, near);
        let (set, _) = Convex::hull(&points);
        let corners = set
            .corners
            .iter()
            .map(|&point| Corner {
                near: point,
                origins: origins(stage, rate, outer, &set, point, near),
                exact: None,
            })
            .collect();
        Self {
            corners,
            threat: [None, None],
        }
    }

    /// Solves for what is known exactly, round by round until nothing new comes to light.
    pub(super) fn solve(&mut self, stage: &Stage, delta: &Fraction, near: f64) {
        loop {
            let before = self.n_known();
            for side in 0..2 {
                if self.threat[side].is_none() {
                    self.threat[side] = self.worst(stage, side, near);
                }
            }
            for at in 0..self.corners.len() {
                if self.corners[at].exact.is_none() {
                    let origins = &self.corners[at].origins;
                    let found = origins
                        .iter()
                        .find_map(|&origin| self.located(stage, delta, origin));
                    self.corners[at].exact = found;
                }
            }
            if self.n_known() == before {
                return;
            }
        }
    }

    /// Takes one unknown for the simplest number within `near` of it, a threat before a corner;
    /// whether there was one. What comes of it is to be [checked](Self::is_solved).
    pub(super) fn guess(&mut self, stage: &Stage, near: f64) -> bool {
        if self.is_known() {
            return false;
        }
        for side in 0..2 {
            if self.threat[side].is_none() {
                let lowest = self.corners.iter().map(|it| it.near[side]);
                let least = lowest.fold(f64::INFINITY, f64::min);
                self.threat[side] = stage.simplest(side, least, near);
                return self.threat[side].is_some();
            }
        }
        let Some(corner) = self.corners.iter_mut().find(|it| it.exact.is_none()) else {
            return false;
        };
        let [x, y] = [0, 1].map(|side: usize| stage.simplest(side, corner.near[side], near));
        corner.exact = x.zip(y).map(|(x, y)| [x, y]);
        corner.exact.is_some()
    }

    /// Whether everything that was found, guesses included, is what its equations say.
    pub(super) fn is_solved(&self, stage: &Stage, delta: &Fraction) -> bool {
        let agrees = |corner: &Corner| {
            let mut origins = corner.origins.iter();
            corner.exact.is_some()
                && origins.any(|&origin| self.located(stage, delta, origin) == corner.exact)
        };
        let worst = |side: usize| {
            let exact = self.corners.iter().filter_map(|it| it.exact.as_ref());
            exact.map(|it| &it[side]).min()
        };
        self.corners.iter().all(agrees)
            && (0..2).all(|side: usize| worst(side) == self.threat[side].as_ref())
    }

    fn n_known(&self) -> usize {
        let corners = self.corners.iter().filter(|it| it.exact.is_some()).count();
        corners + self.threat.iter().flatten().count()
    }

    fn is_known(&self) -> bool {
        self.corners.iter().all(|it| it.exact.is_some())
    }

    /// What a player gets at the corner that is worst for it, if that is known.
    fn worst(&self, stage: &Stage, side: usize, near: f64) -> Option<Fraction> {
        let least = self
            .corners
            .iter()
            .map(|it| it.near[side])
            .fold(f64::INFINITY, f64::min);
        let lowest = || {
            self.corners
                .iter()
                .filter(|it| it.near[side] <= least + near)
        };
        let known = lowest()
            .filter_map(|it| it.exact.as_ref())
            .map(|it| it[side].clone());
        known.min().or_else(|| {
            let of_origin = |origin: &Origin| match origin.promise {
                Promise::Itself => Some(stage.paid(origin.cell)[side].clone()),
                Promise::Both => Some(stage.best(origin.cell, side)),
                Promise::Edge(bound, _) if bound == side => Some(stage.best(origin.cell, side)),
                Promise::Corner(_) | Promise::Edge(..) => None,
            };
            lowest().flat_map(|it| &it.origins).find_map(of_origin)
        })
    }

    /// Where a corner of this origin lies.
    fn located(&self, stage: &Stage, delta: &Fraction, origin: Origin) -> Option<ExactPoint> {
        let paid = stage.paid(origin.cell);
        let promise = match origin.promise {
            Promise::Itself => return Some(paid),
            Promise::Both => [
                self.least_promise(stage, delta, origin.cell, 0)?,
                self.least_promise(stage, delta, origin.cell, 1)?,
            ],
            Promise::Corner(other) => self.corners.get(other)?.exact.clone()?,
            Promise::Edge(side, edge) => {
                let at = self.least_promise(stage, delta, origin.cell, side)?;
                let [from, to] = self.on_edge(stage, edge, side)?;
                let run = to[side].minus(&from[side]);
                let way = at.minus(&from[side]).per(&run)?;
                let rise = to[1 - side].minus(&from[1 - side]);
                let other = from[1 - side].plus(&way.times(&rise));
                if side == 0 { [at, other] } else { [other, at] }
            }
        };
        Some(mixed(delta, &paid, &promise))
    }

    /// What keeps a player in a cell: P + (1 − δ)/δ · (d − g).
    fn least_promise(
        &self,
        stage: &Stage,
        delta: &Fraction,
        cell: usize,
        side: usize,
    ) -> Option<Fraction> {
        let threat = self.threat[side].as_ref()?;
        least_promise(stage, delta, cell, side, threat)
    }

    /// Two known points of the line of an edge that differ in a coordinate.
    fn on_edge(&self, stage: &Stage, edge: usize, side: usize) -> Option<[ExactPoint; 2]> {
        let ends = [edge, (edge + 1) % self.corners.len().max(1)];
        let mut known: Vec<ExactPoint> = Vec::new();
        for end in ends {
            let corner = self.corners.get(end)?;
            known.extend(corner.exact.clone());
            let own = corner
                .origins
                .iter()
                .filter(|it| matches!(it.promise, Promise::Edge(_, other) if other == edge));
            known.extend(own.map(|it| stage.paid(it.cell)));
        }
        let first = known.first()?.clone();
        let second = known.into_iter().find(|it| it[side] != first[side])?;
        Some([first, second])
    }
}

/// P + (1 − δ)/δ · (d − g); `None` at δ = 0.
pub(super) fn least_promise(
    stage: &Stage,
    delta: &Fraction,
    cell: usize,
    side: usize,
    threat: &Fraction,
) -> Option<Fraction> {
    let impatience = Fraction::whole(1.into()).minus(delta);
    let extra = stage.temptation(cell, side).times(&impatience).per(delta)?;
    Some(threat.plus(&extra))
}

/// (1 − δ)g + δw.
pub(super) fn mixed(delta: &Fraction, paid: &ExactPoint, promise: &ExactPoint) -> ExactPoint {
    [0, 1].map(|side: usize| {
        let onward = promise[side].minus(&paid[side]);
        paid[side].plus(&onward.times(delta))
    })
}

/// Corners with those left out that lie within `near` of another or of the line past them.
pub(super) fn distinct(corners: &[Point], near: f64) -> Vec<Point> {
    let close = |a: Point, b: Point| (a[0] - b[0]).abs().max((a[1] - b[1]).abs()) <= near;
    let mut kept: Vec<Point> = Vec::new();
    for &corner in corners {
        if !kept.iter().any(|&it| close(it, corner)) {
            kept.push(corner);
        }
    }
    // A corner that its neighbours' line passes by says nothing, unless it is an end.
    let mut at = 0;
    while kept.len() > 2 && at < kept.len() {
        let n = kept.len();
        let (last, here, next) = (kept[(at + n - 1) % n], kept[at], kept[(at + 1) % n]);
        if to_edge(last, next, here, [1.0; 2]) <= near {
            kept.remove(at);
            at = at.saturating_sub(1);
        } else {
            at += 1;
        }
    }
    kept
}

/// The cells from which a corner may come, those played for ever first.
fn origins(
    stage: &Stage,
    rate: Rate,
    outer: &Outer,
    set: &Convex,
    point: Point,
    near: f64,
) -> Vec<Origin> {
    let mut found = Vec::new();
    let reach = near / rate.delta;
    for &cell in &outer.alive {
        let own = &stage.cells[cell];
        let least = [0, 1]
            .map(|side: usize| outer.threat[side] + rate.rate * (own.best[side] - own.paid[side]));
        let at_least =
            |promise: Point, by: f64| (0..2).all(|it: usize| promise[it] >= least[it] - by);
        let same = (0..2).all(|it: usize| (own.paid[it] - point[it]).abs() <= near);
        if same && at_least(own.paid, reach) {
            found.push(Origin {
                cell,
                promise: Promise::Itself,
            });
            continue;
        }
        let promise = rate.promise(own.paid, point);
        if !(at_least(promise, reach) && set.distance(promise) <= reach) {
            continue;
        }
        let binding = [0, 1].map(|it: usize| (promise[it] - least[it]).abs() <= reach);
        found.extend(
            promises(set, promise, binding, reach)
                .into_iter()
                .map(|promise| Origin { cell, promise }),
        );
    }
    found.sort_by_key(|origin| match origin.promise {
        Promise::Itself => 0,
        Promise::Both => 1,
        Promise::Edge(..) => 2,
        Promise::Corner(_) => 3,
    });
    found
}

/// What a promise may be exactly, by the bounds that bind there.
fn promises(set: &Convex, promise: Point, binding: [bool; 2], reach: f64) -> Vec<Promise> {
    let mut found = Vec::new();
    if binding == [true, true] {
        found.push(Promise::Both);
    }
    for (at, corner) in set.corners.iter().enumerate() {
        if (0..2).all(|it: usize| (corner[it] - promise[it]).abs() <= reach) {
            found.push(Promise::Corner(at));
        }
    }
    for edge in 0..set.corners.len() {
        let (here, there) = (
            set.corners[edge],
            set.corners[(edge + 1) % set.corners.len()],
        );
        if to_edge(here, there, promise, [1.0; 2]) <= reach {
            let bound = (0..2).filter(|&side: &usize| binding[side]);
            found.extend(bound.map(|side| Promise::Edge(side, edge)));
        }
    }
    found
}
