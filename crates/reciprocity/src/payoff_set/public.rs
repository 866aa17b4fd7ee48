//! Payoffs of perfect public equilibria of two players who see only signals, from outside and from
//! inside by linear programs (Abreu, Pearce and Stacchetti 1990; Judd, Yeltekin and Conklin 2003).

use detente_quantity::DiscountFactor;

use super::{
    SetKind, Stop,
    certificate::{Placed, contains, hull, side_of},
    plane::{Convex, Point, edges, turn},
    reading::patience,
    rounds::Rate,
    stage::{ExactPoint, Stage},
};
use crate::{
    Bimatrix, Fraction, ReciprocityError,
    monitoring::Signals,
    program::{Answer, Program},
};

/// Directions in which a set is bounded at most.
const MAX_DIRECTIONS: usize = 64;
/// By how much a corner must stand out to be one.
const NEW: f64 = 1e-11;
/// By how much promises may overstep a bound that is computed.
const REACH: f64 = 1e-13;
/// Signals times actions of both players that are taken on.
const MAX_SIZE: usize = 400;
/// Programs over all rounds.
const MAX_PROGRAMS: usize = 60_000;
/// A bound that falls by less stands still.
const STILL: f64 = 1e-11;
/// By how much promises are drawn in, tried in turn.
const MARGINS: [f64; 4] = [1e-9, 1e-8, 1e-7, 1e-6];
/// Rounds after which drawing in is given up.
const MAX_ROUNDS: usize = 1_000;

/// The payoffs that two equally patient players can sustain in pure strategies that answer to public
/// signals only, with a public coin, held between two sets.
///
/// [`inner`](Self::inner) sustains itself, checked in rational arithmetic: each corner is a pair of
/// actions and a promise in the set for every signal, from which neither gains by another action.
/// [`outer`](Self::outer) has bounds that are proved by weak duality.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PublicPayoffSet {
    /// δ as it was read.
    pub delta: Fraction,
    /// The shape of the inner set.
    pub kind: SetKind,
    /// The corners of the inner set, (row's, column's payoff), counter-clockwise; each the nearest
    /// `f64` to the exact one.
    pub vertices: Vec<[f64; 2]>,
    /// The same corners exactly.
    pub inner: Vec<[Fraction; 2]>,
    /// The corners of a set that holds every equilibrium payoff, once it is widened by 10⁻¹² of each
    /// player's range of payoffs.
    pub outer: Vec<[f64; 2]>,
    /// How far a payoff of the outer set may be from the inner set, in payoff units; infinite where
    /// the inner set is empty and the outer is not.
    pub gap: f64,
    /// How often the outer set was made smaller.
    pub rounds: usize,
    /// Why no more often.
    pub stop: Stop,
}

/// The payoffs of perfect public equilibria in pure strategies at one discount factor. Payoffs,
/// chances and patience are read as in [`equilibrium_payoffs`](super::equilibrium_payoffs).
///
/// Of what the folk theorem for signals (Fudenberg, Levine and Maskin 1994) says of the limit, this
/// says how much is there at a given patience. Karabegovic (2024) finds the corners themselves; here
/// they are bracketed.
///
/// O(cells · signals² · corners²) a round; rounds grow with 1/(1 − δ) and are limited, which
/// [`PublicPayoffSet::stop`] then says.
///
/// # Errors
/// [`Mismatch`](ReciprocityError::Mismatch) unless game and signals have the same actions,
/// [`TooMany`](ReciprocityError::TooMany) where signals times actions of both exceed 400.
///
/// ```
/// use detente_quantity::DiscountFactor;
/// use detente_reciprocity::{Bimatrix, monitoring::Signals, payoff_set::public_payoffs};
/// let dilemma = Bimatrix::new(&[[3.0, 0.0], [5.0, 1.0]], &[[3.0, 5.0], [0.0, 1.0]])?;
/// // Both see whether there is an alarm, which one violation makes much more likely.
/// let alarm = Signals::new(2, 2, &[[0.95, 0.05], [0.1, 0.9], [0.1, 0.9], [0.05, 0.95]])?;
/// let found = public_payoffs(&dilemma, &alarm, DiscountFactor::new(0.7)?)?;
/// // Strategies that treat both alike get 3 − 2/17 at best.
/// let symmetric = found.vertices.iter().map(|it| it[0].min(it[1])).fold(0.0, f64::max);
/// assert!((symmetric - (3.0 - 2.0 / 17.0)).abs() < 1e-3);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
pub fn public_payoffs(
    game: &Bimatrix,
    signals: &Signals,
    delta: DiscountFactor,
) -> Result<PublicPayoffSet, ReciprocityError> {
    for (what, given, expected) in [
        (
            "list of the row player's actions with signals",
            signals.n_actions().0,
            game.n_rows(),
        ),
        (
            "list of the column player's actions with signals",
            signals.n_actions().1,
            game.n_columns(),
        ),
    ] {
        crate::error::matching(|| what.to_owned(), given, expected)?;
    }
    let given = signals
        .n_signals()
        .saturating_mul(game.n_rows() + game.n_columns());
    if given > MAX_SIZE {
        return Err(ReciprocityError::TooMany {
            what: "signals times actions of both players",
            given,
            limit: MAX_SIZE,
        });
    }
    let delta = patience(delta);
    let stage = Stage::of(game);
    let board = Board {
        game,
        signals,
        stage: &stage,
        delta: &delta,
        rate: Rate::of(&delta),
    };
    Ok(board.found())
}

/// The game as programs see it, on the unit square.
struct Board<'g> {
    game: &'g Bimatrix,
    signals: &'g Signals,
    stage: &'g Stage,
    delta: &'g Fraction,
    /// `None` for players who live for today.
    rate: Option<Rate>,
}

/// A pair of actions and a promise for every signal; none if it is played for ever.
#[derive(Debug, Clone)]
struct Plan {
    cell: usize,
    promises: Vec<Point>,
}

/// The same without rounding.
#[derive(Debug)]
struct ExactPlan {
    cell: usize,
    promises: Vec<ExactPoint>,
}

impl Board<'_> {
    fn found(&self) -> PublicPayoffSet {
        let statics = || {
            let plans = self.statics().map(|cell| ExactPlan {
                cell,
                promises: Vec::new(),
            });
            self.certified(&plans.collect::<Vec<_>>())
                .unwrap_or_default()
        };
        let Some(rate) = self.rate else {
            let inner = statics();
            let (outer, _) = Convex::hull(&self.scaled(&inner));
            return self.record(inner, &outer, 0.0, (0, Stop::Still));
        };
        let (outer, rounds, stop) = self.outside(rate);
        if stop == Stop::Empty {
            return self.record(Vec::new(), &Convex::default(), 0.0, (rounds, stop));
        }
        let line = Line::of(self.stage, &outer);
        let drawn = MARGINS.iter().find_map(|&margin| match &line {
            Some(line) => self.drawn_along(rate, line, margin),
            None => self.drawn(rate, &outer, margin),
        });
        self.record(drawn.unwrap_or_else(statics), &outer, 1e-12, (rounds, stop))
    }

    fn statics(&self) -> impl Iterator<Item = usize> {
        (0..self.stage.cells.len()).filter(|&cell| self.stage.is_static(cell))
    }

    fn scaled(&self, points: &[ExactPoint]) -> Vec<Point> {
        points.iter().map(|it| self.stage.scaled(it)).collect()
    }

    /// The chances of signals at a cell.
    fn chances(&self, cell: usize) -> &[f64] {
        let n = self.stage.n_columns;
        self.signals.at(cell / n, cell % n).unwrap_or_default()
    }

    /// The cells to which a player can turn a cell.
    fn deviations(&self, cell: usize, side: usize) -> Vec<usize> {
        let (i, j) = (cell / self.stage.n_columns, cell % self.stage.n_columns);
        let all: Vec<usize> = if side == 0 {
            (0..self.game.n_rows())
                .map(|it| it * self.stage.n_columns + j)
                .collect()
        } else {
            (0..self.game.n_columns())
                .map(|it| i * self.stage.n_columns + it)
                .collect()
        };
        all.into_iter().filter(|&it| it != cell).collect()
    }

    /// What promises must do to keep both players in a cell, each by a margin where signals can tell;
    /// `None` where a player gains by what no signal tells. Variables are the promises, signal by
    /// signal, row's and column's.
    fn incentives(&self, rate: Rate, cell: usize, margin: f64) -> Option<Program> {
        let n = 2 * self.signals.n_signals();
        let mut program = Program::new(n, 2.0);
        let kept = self.chances(cell);
        for side in 0..2 {
            for other in self.deviations(cell, side) {
                let gain = self.stage.cells[other].paid[side] - self.stage.cells[cell].paid[side];
                let shifts = self.chances(other).iter().zip(kept);
                let line: Vec<f64> = shifts
                    .flat_map(|(other, kept)| {
                        let shift = other - kept;
                        if side == 0 {
                            [shift, 0.0]
                        } else {
                            [0.0, shift]
                        }
                    })
                    .collect();
                if line.iter().all(|it| it.abs() <= 0.0) {
                    if gain > 0.0 {
                        return None;
                    }
                    continue;
                }
                program.at_most(line, -rate.rate * gain - margin);
            }
        }
        Some(program)
    }

    /// Lets every promise meet a · w ≤ b.
    fn everywhere(&self, program: &mut Program, a: Point, b: f64) {
        let n = self.signals.n_signals();
        for signal in 0..n {
            let line = (0..2 * n).map(|at| if at / 2 == signal { a[at % 2] } else { 0.0 });
            program.at_most(line, b);
        }
    }

    /// What a direction makes of the promises at a cell.
    fn objective(&self, cell: usize, direction: Point) -> Vec<f64> {
        let chances = self.chances(cell).iter();
        chances
            .flat_map(|chance| [chance * direction[0], chance * direction[1]])
            .collect()
    }

    /// What the cells can be worth with promises that meet their programs, direction by direction: the
    /// axes first, then across every edge that is found, until no corner is missing. Cells whose
    /// programs contradict themselves are struck out.
    fn image(&self, rate: Rate, cells: &mut Vec<(usize, Program)>) -> Image {
        let mut image = Image::default();
        let mut queue = vec![[1.0, 0.0], [0.0, 1.0], [-1.0, 0.0], [0.0, -1.0]];
        while let Some(direction) = queue.pop() {
            if image.planes.len() >= MAX_DIRECTIONS {
                break;
            }
            self.ask(rate, cells, direction, &mut image);
            if queue.is_empty() {
                let points: Vec<Point> = image.plans.iter().map(|it| it.0).collect();
                let (set, _) = Convex::hull(&points);
                let outwards = edges(&set.corners).filter_map(|(here, there)| outward(here, there));
                // An edge whose own direction was asked is one of the set.
                let asked = |(out, _): &(Point, f64)| {
                    let mut known = image.planes.iter();
                    known.any(|(it, _)| (it[0] - out[0]).abs().max((it[1] - out[1]).abs()) < 1e-9)
                };
                queue.extend(outwards.filter(|it| !asked(it)).map(|it| it.0));
            }
        }
        image
    }

    /// How far the cells reach in a direction.
    fn ask(
        &self,
        rate: Rate,
        cells: &mut Vec<(usize, Program)>,
        direction: Point,
        image: &mut Image,
    ) {
        let mut most = f64::NEG_INFINITY;
        let mut farthest: Option<(Point, Plan)> = None;
        cells.retain(|(cell, program)| {
            let Answer::Best(best) = program.maximum(&self.objective(*cell, direction)) else {
                return false;
            };
            let paid = self.stage.cells[*cell].paid;
            let reach = |at: Point| direction[0] * at[0] + direction[1] * at[1];
            most = most.max((1.0 - rate.delta) * reach(paid) + rate.delta * best.bound + 1e-15);
            let plan = Plan {
                cell: *cell,
                promises: best.x.chunks_exact(2).map(|it| [it[0], it[1]]).collect(),
            };
            let worth = self.worth(rate, &plan);
            if farthest
                .as_ref()
                .is_none_or(|(at, _)| reach(*at) < reach(worth))
            {
                farthest = Some((worth, plan));
            }
            true
        });
        image.planes.push((direction, most));
        let reach = |at: Point| direction[0] * at[0] + direction[1] * at[1];
        let known = image.plans.iter().map(|it| reach(it.0));
        let known = known.fold(f64::NEG_INFINITY, f64::max);
        image
            .plans
            .extend(farthest.filter(|it| reach(it.0) > known + NEW));
    }

    /// The bounds in all directions, shrunk until they stand still.
    fn outside(&self, rate: Rate) -> (Convex, usize, Stop) {
        let paid: Vec<Point> = self.stage.cells.iter().map(|it| it.paid).collect();
        let (mut set, _) = Convex::hull(&paid);
        let mut alive: Vec<(usize, Program)> = (0..self.stage.cells.len())
            .filter_map(|cell| Some((cell, self.incentives(rate, cell, -1e-13)?)))
            .collect();
        let mut work = 0;
        for rounds in 1..=MAX_ROUNDS {
            let mut cells = self.promised(&alive, &set, -REACH);
            let image = self.image(rate, &mut cells);
            if cells.is_empty() {
                return (Convex::default(), rounds, Stop::Empty);
            }
            alive.retain(|it| cells.iter().any(|other| other.0 == it.0));
            // What was left out before stays out.
            let next = within(&set, &image.planes);
            let still = set.corners.iter().all(|it| next.distance(*it) <= STILL);
            set = next;
            work += cells.len() * image.planes.len();
            if still || work > MAX_PROGRAMS {
                let stop = if still { Stop::Still } else { Stop::Limit };
                return (set, rounds, stop);
            }
        }
        (set, MAX_ROUNDS, Stop::Limit)
    }

    /// The cells' programs with all promises in a set, inside by a margin.
    fn promised(
        &self,
        cells: &[(usize, Program)],
        set: &Convex,
        margin: f64,
    ) -> Vec<(usize, Program)> {
        let mut planes: Vec<(Point, f64)> = edges(&set.corners)
            .filter_map(|(here, there)| outward(here, there))
            .collect();
        for axis in 0..2 {
            // Ends that a segment or a point has no edge for.
            let (least, most) = set.range(axis);
            let mut along = [0.0; 2];
            along[axis] = 1.0;
            planes.push((along, most));
            planes.push((along.map(|it| -it), -least));
        }
        let one = |(cell, incentives): &(usize, Program)| {
            let mut program = incentives.clone();
            for (out, bound) in &planes {
                self.everywhere(&mut program, *out, bound - margin);
            }
            (*cell, program)
        };
        cells.iter().map(one).collect()
    }

    /// A set that sustains itself with promises inside by a margin, if that can be had.
    fn drawn(&self, rate: Rate, outer: &Convex, margin: f64) -> Option<Vec<ExactPoint>> {
        let cells: Vec<(usize, Program)> = (0..self.stage.cells.len())
            .filter_map(|cell| Some((cell, self.incentives(rate, cell, margin)?)))
            .collect();
        let mut set = outer.clone();
        let mut work = 0;
        while work < MAX_PROGRAMS / 4 {
            if set.corners.len() < 3 {
                return None;
            }
            let mut tight = self.promised(&cells, &set, margin);
            let image = self.image(rate, &mut tight);
            work += image.planes.len() * cells.len().max(1);
            let found = image.plans.into_iter().map(|it| it.1);
            let played = |cell| Plan {
                cell,
                promises: Vec::new(),
            };
            let plans: Vec<Plan> = self.statics().map(played).chain(found).collect();
            let points: Vec<Point> = plans.iter().map(|it| self.worth(rate, it)).collect();
            let (next, corners) = Convex::hull(&points);
            let last = std::mem::replace(&mut set, next);
            if last
                .corners
                .iter()
                .all(|it| set.distance(*it) <= margin / 4.0)
            {
                let exact = |at: usize| ExactPlan {
                    cell: plans[at].cell,
                    promises: plans[at]
                        .promises
                        .iter()
                        .map(|it| self.stage.exact(*it))
                        .collect(),
                };
                return self.certified(&corners.into_iter().map(exact).collect::<Vec<_>>());
            }
        }
        None
    }

    /// The same along a line, for a set without an inside.
    fn drawn_along(&self, rate: Rate, line: &Line, margin: f64) -> Option<Vec<ExactPoint>> {
        let cells: Vec<(usize, Program)> = { line.cells.iter() }
            .filter_map(|&cell| {
                let incentives = self.incentives(rate, cell, margin)?;
                Some((cell, incentives.folded(line.along())))
            })
            .collect();
        let statics = || {
            line.cells
                .iter()
                .filter(|&&cell| self.stage.is_static(cell))
        };
        let (mut low, mut high) = line.ends;
        for _ in 0..MAX_ROUNDS {
            let mut found: Vec<(f64, usize, Vec<f64>)> = statics()
                .map(|&cell| (line.place(self.stage.cells[cell].paid), cell, Vec::new()))
                .collect();
            for (cell, incentives) in &cells {
                let mut program = incentives.clone();
                let n = self.signals.n_signals();
                for signal in 0..n {
                    let one =
                        |sign: f64| (0..n).map(move |it| if it == signal { sign } else { 0.0 });
                    program.at_most(one(1.0), high - margin);
                    program.at_most(one(-1.0), -low - margin);
                }
                for sign in [-1.0, 1.0] {
                    let chances = self.chances(*cell);
                    let objective: Vec<f64> = chances.iter().map(|it| sign * it).collect();
                    if let Answer::Best(best) = program.maximum(&objective) {
                        let mean: f64 = best.x.iter().zip(chances).map(|(x, it)| x * it).sum();
                        let today = line.place(self.stage.cells[*cell].paid);
                        let worth = (1.0 - rate.delta) * today + rate.delta * mean;
                        found.push((worth, *cell, best.x));
                    }
                }
            }
            found.sort_by(|a, b| a.0.total_cmp(&b.0));
            let (first, last) = (found.first()?, found.last()?);
            if first.0 <= low + margin / 4.0 && last.0 >= high - margin / 4.0 {
                let exact = |(_, cell, places): &(f64, usize, Vec<f64>)| ExactPlan {
                    cell: *cell,
                    promises: places.iter().map(|it| line.exact(*it)).collect(),
                };
                return self.certified(&[exact(first), exact(last)]);
            }
            (low, high) = (first.0, last.0);
        }
        None
    }

    /// What a plan is worth.
    fn worth(&self, rate: Rate, plan: &Plan) -> Point {
        let paid = self.stage.cells[plan.cell].paid;
        if plan.promises.is_empty() {
            return paid;
        }
        let mean = [0, 1].map(|side: usize| {
            let terms = plan.promises.iter().zip(self.chances(plan.cell));
            terms.map(|(promise, chance)| promise[side] * chance).sum()
        });
        rate.mixed(paid, mean)
    }

    /// The corners of the hull of what plans are worth, if without rounding all their promises lie in
    /// it and keep both players to them.
    fn certified(&self, plans: &[ExactPlan]) -> Option<Vec<ExactPoint>> {
        let worths: Option<Vec<(ExactPoint, Vec<usize>)>> = { plans.iter().enumerate() }
            .map(|(at, plan)| Some((self.exact_worth(plan)?, vec![at])))
            .collect();
        let corners = hull(self.stage, worths?);
        let placed: Vec<Placed> = corners
            .iter()
            .map(|it| Placed::of(self.stage, &it.0))
            .collect();
        let holds = corners.iter().all(|(_, from)| {
            from.iter().any(|&at| {
                let inside =
                    |promise: &ExactPoint| contains(&placed, &Placed::of(self.stage, promise));
                plans[at].promises.iter().all(inside)
            })
        });
        holds.then(|| corners.into_iter().map(|it| it.0).collect())
    }

    /// What a plan is worth exactly, if no player gains by leaving it.
    fn exact_worth(&self, plan: &ExactPlan) -> Option<ExactPoint> {
        let paid = self.stage.paid(plan.cell);
        if plan.promises.is_empty() {
            return self.stage.is_static(plan.cell).then_some(paid);
        }
        let promises = &plan.promises;
        let worth = |cell: usize, side: usize| {
            let chances: Vec<Fraction> = self
                .chances(cell)
                .iter()
                .map(|&it| Fraction::of_payoff(it))
                .collect();
            let total = chances
                .iter()
                .fold(Fraction::zero(), |sum, it| sum.plus(it));
            let terms = chances.iter().zip(promises);
            let sum = terms.fold(Fraction::zero(), |sum, (chance, promise)| {
                sum.plus(&chance.times(&promise[side]))
            });
            let today = self.stage.paid(cell)[side].clone();
            let onward = sum.per(&total)?.minus(&today).times(self.delta);
            Some(today.plus(&onward))
        };
        for side in 0..2 {
            let kept = worth(plan.cell, side)?;
            for other in self.deviations(plan.cell, side) {
                if worth(other, side)? > kept {
                    return None;
                }
            }
        }
        Some([worth(plan.cell, 0)?, worth(plan.cell, 1)?])
    }

    fn record(
        &self,
        inner: Vec<ExactPoint>,
        outer: &Convex,
        reach: f64,
        (rounds, stop): (usize, Stop),
    ) -> PublicPayoffSet {
        let (near, _) = Convex::hull(&self.scaled(&inner));
        let inner: Vec<ExactPoint> = inner.iter().map(|it| self.stage.payoff(it)).collect();
        let float = |point: &ExactPoint| [point[0].to_f64(), point[1].to_f64()];
        let payoff = |point: &Point| float(&self.stage.payoff(&self.stage.exact(*point)));
        PublicPayoffSet {
            delta: self.delta.clone(),
            kind: SetKind::of(inner.len()),
            vertices: inner.iter().map(float).collect(),
            gap: super::set::gap(self.stage, &near, outer, reach),
            inner,
            outer: outer.corners.iter().map(payoff).collect(),
            rounds,
            stop,
        }
    }
}

/// A line through what some cells pay, on which a set without an inside lies: all its payoffs are
/// averages of what cells on the line pay.
#[derive(Debug)]
struct Line {
    from: ExactPoint,
    to: ExactPoint,
    near: [Point; 2],
    /// The cells whose payoffs are on it.
    cells: Vec<usize>,
    /// Where the set begins and ends, as parts of the way.
    ends: (f64, f64),
}

impl Line {
    /// The line of a set that is nowhere wider than a millionth.
    fn of(stage: &Stage, set: &Convex) -> Option<Self> {
        let length = |(a, b): &(Point, Point)| (a[0] - b[0]).hypot(a[1] - b[1]);
        let farthest = |pairs: &mut dyn Iterator<Item = (Point, Point)>| {
            pairs.max_by(|a, b| length(a).total_cmp(&length(b)))
        };
        let corners = &set.corners;
        let mut pairs = corners
            .iter()
            .flat_map(|a| corners.iter().map(move |b| (*a, *b)));
        let (start, end) = farthest(&mut pairs).filter(|it| length(it) > 1e-6)?;
        let off = |it: Point| turn(start, end, it).abs() / length(&(start, end));
        if corners.iter().any(|it| off(*it) > 1e-6) {
            return None;
        }
        let cells: Vec<usize> = (0..stage.cells.len())
            .filter(|&cell| off(stage.cells[cell].paid) <= 1e-6)
            .collect();
        let ends = [0, 1].map(|last: usize| {
            let way = |&cell: &usize| {
                let paid = stage.cells[cell].paid;
                let onward = (paid[0] - start[0]) * (end[0] - start[0])
                    + (paid[1] - start[1]) * (end[1] - start[1]);
                if last == 1 { onward } else { -onward }
            };
            cells
                .iter()
                .copied()
                .max_by(|a, b| way(a).total_cmp(&way(b)))
        });
        let [from, to] = [stage.paid(ends[0]?), stage.paid(ends[1]?)];
        let placed = [&from, &to].map(|it| Placed::of(stage, it));
        let on_it = |&cell: &usize| {
            side_of(
                &placed[0],
                &placed[1],
                &Placed::of(stage, &stage.paid(cell)),
            ) == 0
        };
        let near = [stage.scaled(&from), stage.scaled(&to)];
        let mut line = Self {
            from,
            to,
            near,
            cells: cells.into_iter().filter(on_it).collect(),
            ends: (0.0, 0.0),
        };
        let (start, end) = (line.place(start), line.place(end));
        line.ends = (start.min(end), start.max(end));
        (line.from != line.to).then_some(line)
    }

    /// The way from end to end.
    fn along(&self) -> Point {
        [0, 1].map(|axis: usize| self.near[1][axis] - self.near[0][axis])
    }

    /// Where on the way a point is.
    fn place(&self, point: Point) -> f64 {
        let along = self.along();
        let onward = [0, 1].map(|axis: usize| point[axis] - self.near[0][axis]);
        let square = along[0] * along[0] + along[1] * along[1];
        (onward[0] * along[0] + onward[1] * along[1]) / square
    }

    fn exact(&self, place: f64) -> ExactPoint {
        let way = Fraction::binary(place);
        [0, 1].map(|axis: usize| {
            let along = self.to[axis].minus(&self.from[axis]);
            self.from[axis].plus(&way.times(&along))
        })
    }
}

/// How far some plans reach.
#[derive(Debug, Default)]
struct Image {
    /// Directions of length 1, each with a bound.
    planes: Vec<(Point, f64)>,
    /// The plans that reach farthest, and what they are worth.
    plans: Vec<(Point, Plan)>,
}

/// The direction across an edge of a set, outwards, and how far the set reaches in it.
fn outward(here: Point, there: Point) -> Option<(Point, f64)> {
    let out = [there[1] - here[1], here[0] - there[0]];
    let length = out[0].hypot(out[1]);
    if length <= 0.0 {
        return None;
    }
    let out = out.map(|it| it / length);
    Some((out, out[0] * here[0] + out[1] * here[1]))
}

/// The part of a set that meets all bounds.
fn within(set: &Convex, planes: &[(Point, f64)]) -> Convex {
    let mut corners = set.corners.clone();
    for (out, bound) in planes {
        let room = |it: Point| bound + REACH - out[0] * it[0] - out[1] * it[1];
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
