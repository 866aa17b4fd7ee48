use detente_quantity::DiscountFactor;

use super::{
    certificate::Sustained,
    inner::{MAX_WORK, inner, statics},
    plane::{Convex, Point},
    reading::patience,
    rounds::{MAX_ROUNDS, REACH, Rate, Stop, outer},
    stage::{ExactPoint, Stage},
};
use crate::{Bimatrix, Fraction, ReciprocityError};

/// The most cells of a game whose equilibrium payoffs are looked for.
const MAX_CELLS: usize = 40_000;
/// What makes no difference, in parts of a player's range of payoffs.
const TOLERANCE: f64 = 1e-9;
/// What rounding does to a payoff, in parts of it.
const ROUNDING: f64 = 16.0 * f64::EPSILON;

/// What a set of equilibrium payoffs looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum SetKind {
    /// No equilibrium in pure strategies.
    Empty,
    /// One pair of payoffs.
    Point,
    /// All between two pairs of payoffs.
    Segment,
    /// A convex polygon with an inside.
    Polygon,
}

impl SetKind {
    /// The shape of a convex set by how many corners it has.
    pub(super) const fn of(corners: usize) -> Self {
        match corners {
            0 => Self::Empty,
            1 => Self::Point,
            2 => Self::Segment,
            _ => Self::Polygon,
        }
    }
}

/// Every pair of payoffs per period that two equally patient players can sustain when each sees
/// what the other does: those of pure strategies that are subgame-perfect, with a public coin.
///
/// The set V* is the largest bounded one with V = B(V): each of its corners is
/// **v = (1 − δ)g(a) + δw**, a pair of actions and a promise w in V that leaves no player better off
/// cheating once and being punished by the worst in V (Abreu, Pearce and Stacchetti 1990).
///
/// It is held between two sets. [`inner`](Self::inner) sustains itself, checked in rational
/// arithmetic, so all of it is in V*. [`outer`](Self::outer) contains V*. No payoff of V* is
/// further than [`gap`](Self::gap) from the inner set.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PayoffSet {
    /// δ as it was read.
    pub delta: Fraction,
    /// The shape of the inner set.
    pub kind: SetKind,
    /// The corners of the inner set, (row's, column's payoff), counter-clockwise from the leftmost
    /// and of these the lowest; each the nearest `f64` to the exact one.
    pub vertices: Vec<[f64; 2]>,
    /// The same corners exactly.
    pub inner: Vec<[Fraction; 2]>,
    /// Whether the inner set is a fixed point of its defining equations, V = B(V), checked in rational
    /// arithmetic both ways. If not, its corners are a little inside, irrational numbers among them
    /// perhaps. That no larger set is one too is what the [`gap`](Self::gap) bounds.
    pub solved: bool,
    /// The corners of a set that holds every equilibrium payoff, once it is widened by 10⁻¹⁴ of each
    /// player's range of payoffs.
    pub outer: Vec<[f64; 2]>,
    /// How far a payoff of the outer set, widened, may be from the inner set, in payoff units;
    /// infinite where the inner set is empty and the outer is not.
    pub gap: f64,
    /// How often the outer set was made smaller.
    pub rounds: usize,
    /// Why no more often.
    pub stop: Stop,
    #[cfg_attr(feature = "serde", serde(skip))]
    pub(super) plays: Vec<Play>,
    /// Each player's range of payoffs in the game.
    #[cfg_attr(feature = "serde", serde(skip))]
    ranges: [f64; 2],
}

/// How a corner of the inner set sustains itself, in payoffs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Play {
    pub(super) actions: (usize, usize),
    pub(super) payoffs: ExactPoint,
    pub(super) promise: ExactPoint,
}

/// The equilibrium payoffs of a two-player game repeated for ever (Abreu and Sannikov 2014), with a
/// certificate.
///
/// A player's payoffs are read as the decimals they are written as; where some have more than 12 digits, and
/// all are roundings of fractions of a common denominator up to 10⁹, as those fractions: 1.0 / 7.0 is 1/7. One
/// that is not leaves all of that player's decimals, and thirds that were rounded may then no longer tie.
/// Patience is read likewise, by itself; [`PayoffSet::delta`] and [`PayoffSet::inner`] tell what was read.
///
/// O(cells · log corners) a round; rounds grow with 1/(1 − δ) at worst and are limited, which
/// [`PayoffSet::stop`] then says.
///
/// # Errors
/// [`TooMany`](ReciprocityError::TooMany) beyond 40,000 cells.
///
/// ```
/// use detente_quantity::DiscountFactor;
/// use detente_reciprocity::{Bimatrix, payoff_set::{SetKind, equilibrium_payoffs}};
/// // Too impatient to honour together for good, they can still take turns.
/// let dilemma = Bimatrix::new(&[[3.0, 0.0], [5.0, 1.0]], &[[3.0, 5.0], [0.0, 1.0]])?;
/// let found = equilibrium_payoffs(&dilemma, DiscountFactor::new(0.3)?)?;
/// assert_eq!(found.kind, SetKind::Polygon);
/// assert_eq!(found.vertices, [[1.0, 1.0], [4.0, 1.0], [1.0, 4.0]]);
/// assert!(found.solved && found.gap < 1e-12);
/// assert!(!found.contains([3.0, 3.0]) && found.contains([2.5, 2.5]));
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
pub fn equilibrium_payoffs(
    game: &Bimatrix,
    delta: DiscountFactor,
) -> Result<PayoffSet, ReciprocityError> {
    equilibrium_payoffs_at(game, &patience(delta))
}

/// The same at an exact discount factor.
///
/// # Errors
/// [`OutOfRange`](detente_quantity::QuantityError::OutOfRange) unless 0 ≤ δ < 1, and as
/// [`equilibrium_payoffs`].
pub fn equilibrium_payoffs_at(
    game: &Bimatrix,
    delta: &Fraction,
) -> Result<PayoffSet, ReciprocityError> {
    let given = game.row_payoffs().len();
    if given > MAX_CELLS {
        return Err(ReciprocityError::TooMany {
            what: "cells of the game",
            given,
            limit: MAX_CELLS,
        });
    }
    if delta.is_negative() || *delta >= Fraction::whole(1.into()) {
        return Err(crate::error::out_of_range(
            "discount factor",
            delta.to_f64(),
            "a number from 0 up to, but not including, 1",
        ));
    }
    Ok(found(&Stage::of(game), delta))
}

fn found(stage: &Stage, delta: &Fraction) -> PayoffSet {
    let Some(rate) = Rate::of(delta) else {
        // Who lives for today plays an equilibrium of the stage game every day.
        let plays = statics(stage, delta);
        let set = near(stage, &plays);
        return record(stage, delta, &plays, (&set, 0.0)).solved(true);
    };
    let outer = outer(stage, rate, MAX_ROUNDS);
    let mut work = MAX_WORK;
    let inner = match outer.stop {
        Stop::Empty => return record(stage, delta, &[], (&outer.set, 0.0)).stopped(&outer),
        _ => inner(stage, delta, rate, &outer, &mut work),
    };
    record(stage, delta, &inner.corners, (&outer.set, REACH))
        .solved(inner.solved)
        .stopped(&outer)
}

/// The corners of the inner set on the unit square.
fn near(stage: &Stage, plays: &[Sustained]) -> Convex {
    let points: Vec<Point> = plays.iter().map(|it| stage.scaled(&it.at)).collect();
    Convex::hull(&points).0
}

fn record(
    stage: &Stage,
    delta: &Fraction,
    plays: &[Sustained],
    (outer, reach): (&Convex, f64),
) -> PayoffSet {
    let inner: Vec<ExactPoint> = plays.iter().map(|it| stage.payoff(&it.at)).collect();
    let float = |point: &ExactPoint| [point[0].to_f64(), point[1].to_f64()];
    let payoff = |point: &Point| float(&stage.payoff(&stage.exact(*point)));
    PayoffSet {
        delta: delta.clone(),
        kind: SetKind::of(inner.len()),
        vertices: inner.iter().map(float).collect(),
        gap: gap(stage, &near(stage, plays), outer, reach),
        inner,
        solved: plays.is_empty(),
        outer: outer.corners.iter().map(payoff).collect(),
        rounds: 0,
        stop: Stop::Still,
        ranges: stage.sides(),
        plays: plays
            .iter()
            .map(|it| Play {
                actions: (it.cell / stage.n_columns, it.cell % stage.n_columns),
                payoffs: stage.payoff(&it.at),
                promise: stage.payoff(&it.promise),
            })
            .collect(),
    }
}

/// How far a corner of the outer set, widened, is from the inner one, in payoffs.
pub(super) fn gap(stage: &Stage, inner: &Convex, outer: &Convex, reach: f64) -> f64 {
    let sides = stage.sides();
    let longest = sides[0].max(sides[1]);
    if outer.corners.is_empty() || longest <= 0.0 {
        return if inner.corners.is_empty() && !outer.corners.is_empty() {
            f64::INFINITY
        } else {
            0.0
        };
    }
    let units = sides.map(|side| side / longest);
    let far = outer
        .corners
        .iter()
        .map(|it| inner.farthest_edge(*it, units))
        .fold(0.0, f64::max);
    if far.is_infinite() {
        return far;
    }
    ((far + reach * units[0].hypot(units[1])) * longest).min(f64::MAX)
}

impl PayoffSet {
    fn solved(self, solved: bool) -> Self {
        Self { solved, ..self }
    }

    fn stopped(self, outer: &super::rounds::Outer) -> Self {
        Self {
            rounds: outer.rounds,
            stop: outer.stop,
            ..self
        }
    }

    /// Whether a pair of payoffs lies in the inner set, to within a billionth of each player's range
    /// of payoffs and what rounding does to numbers of their size: whether it is, but for so much, an
    /// equilibrium payoff. O(corners).
    #[must_use]
    pub fn contains(&self, payoff: [f64; 2]) -> bool {
        self.apart(&self.vertices, payoff) <= 1.0
    }

    /// Whether a pair of payoffs lies outside the outer set by more than a billionth of each player's
    /// range of payoffs and what rounding does to numbers of their size: whether it is certainly not
    /// an equilibrium payoff. O(corners).
    #[must_use]
    pub fn excludes(&self, payoff: [f64; 2]) -> bool {
        let far = self.apart(&self.outer, payoff);
        far.is_nan() || far > 1.0
    }

    /// Whether the inner set leaves out no more than a billionth of the longer range of payoffs:
    /// whether what is not in it can be had by no equilibrium, but for so much.
    #[must_use]
    pub fn is_tight(&self) -> bool {
        self.gap <= TOLERANCE * self.ranges[0].max(self.ranges[1])
    }

    /// How far a pair of payoffs lies outside a set, in tolerances. Sets far from zero are as small as
    /// others: only rounding grows with their distance from it.
    fn apart(&self, corners: &[[f64; 2]], payoff: [f64; 2]) -> f64 {
        let Some(&from) = corners.first() else {
            return f64::INFINITY;
        };
        let tolerance = [0, 1].map(|side: usize| {
            let sizes = corners.iter().map(|it| it[side].abs());
            let largest = sizes.fold(0.0, f64::max);
            (TOLERANCE * self.ranges[side] + ROUNDING * largest).max(f64::MIN_POSITIVE)
        });
        // Halves, so that numbers of opposite signs do not overflow.
        let placed = |point: &[f64; 2]| {
            [0, 1]
                .map(|side: usize| (point[side] / 2.0 - from[side] / 2.0) / (tolerance[side] / 2.0))
        };
        let placed_corners: Vec<Point> = corners.iter().map(placed).collect();
        Convex::hull(&placed_corners).0.distance(placed(&payoff))
    }

    /// The pairs of actions that are played for ever at corners of the inner set.
    pub(crate) fn stays(&self) -> Vec<(usize, usize)> {
        let stays = self.plays.iter().filter(|it| it.promise == it.payoffs);
        stays.map(|it| it.actions).collect()
    }

    /// The least that a player gets in the inner set, 0 for the row and 1 for the column: the worst
    /// punishment that is certainly credible. `None` for other players and an empty set.
    #[must_use]
    pub fn worst(&self, player: usize) -> Option<f64> {
        let payoffs = self.vertices.iter().map(|it| it.get(player).copied());
        payoffs
            .collect::<Option<Vec<f64>>>()?
            .into_iter()
            .reduce(f64::min)
    }
}
