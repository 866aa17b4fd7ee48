//! Payoffs of perfect public equilibria of two players who see only signals, from outside and from
//! inside (Abreu, Pearce and Stacchetti 1990).

mod board;
mod cell;
mod drawn;
mod image;
mod line;
mod outside;
mod plan;
mod solved;

use detente_quantity::DiscountFactor;

use super::{
    SetKind, Stop,
    plane::Convex,
    reading::patience,
    rounds::Rate,
    stage::{ExactPoint, Stage},
};
use crate::{Bimatrix, Fraction, ReciprocityError, error::matching, monitoring::Signals};
use board::Board;

/// Signals times actions of both players that are taken on.
const MAX_SIZE: usize = 400;
/// Cells times actions times signals that are taken on: what is read before any work is counted.
const MAX_TERMS: usize = 200_000;
/// Work from outside: small programs, or as much of larger ones.
const OUTSIDE: usize = 120_000;
/// Work on solving for the corners.
const SOLVING: usize = 60_000;
/// How far the bounds of the outer set may be off by rounding, on the unit square.
const WIDENED: f64 = 1e-12;

/// The payoffs that two equally patient players can sustain in pure strategies that answer to public
/// signals only, with a public coin, held between two sets.
///
/// [`inner`](Self::inner) sustains itself, checked in rational arithmetic: each corner is a pair of
/// actions and a promise in the set for every signal, from which neither gains by another action.
/// [`outer`](Self::outer) has bounds that are proved by weak duality. It is shrunk from above, so at a
/// discount factor at which something can only just be sustained it may still hold what cannot, and
/// some sets have no end of corners, of which few are drawn: the [`gap`](Self::gap) says how much is left
/// open at most.
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
    /// Whether the inner corners are simple numbers near those of the outer set that were found to
    /// sustain each other without rounding. If not, they are a little inside. That nothing else can be
    /// sustained is not checked exactly: the [`gap`](Self::gap) bounds it.
    pub solved: bool,
    /// The corners of a set that holds every equilibrium payoff, once it is widened by 10⁻¹² of each
    /// player's range of payoffs. It passes incentives that are missed by less than a millionth of the
    /// set's width, so that it may be larger than the least such set by what these allow.
    pub outer: Vec<[f64; 2]>,
    /// How far a payoff of the outer set may be from the inner set, in payoff units; infinite where
    /// the inner set is empty and the outer is not.
    pub gap: f64,
    /// How often the outer set was made smaller.
    pub rounds: usize,
    /// Why no more often.
    pub stop: Stop,
}

/// The payoffs of perfect public equilibria in pure strategies at one discount factor. Payoffs and
/// patience are read as in [`equilibrium_payoffs`](super::equilibrium_payoffs), and so are the chances of
/// signals, in parts of their sum.
///
/// Of what the folk theorem for signals (Fudenberg, Levine and Maskin 1994) says of the limit, this
/// says how much is there at a given patience, in pure strategies: where that limit needs mixed ones,
/// these sets stay smaller however patient the players are. Karabegovic (2024) finds the corners themselves; here
/// they are bracketed, and found where they are simple numbers.
///
/// O(cells · signals · corners²) a round; rounds grow with 1/(1 − δ). Linear programs are counted by
/// their size and limited, which [`PublicPayoffSet::stop`] then says; the inner set may then be that of
/// static equilibria.
///
/// # Errors
/// [`Mismatch`](ReciprocityError::Mismatch) unless game and signals have the same actions,
/// [`TooMany`](ReciprocityError::TooMany) where signals times actions of both exceed 400, or these times
/// cells 200,000.
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
/// assert!((symmetric - (3.0 - 2.0 / 17.0)).abs() < 1e-6);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
pub fn public_payoffs(
    game: &Bimatrix,
    signals: &Signals,
    delta: DiscountFactor,
) -> Result<PublicPayoffSet, ReciprocityError> {
    let (n_rows, n_columns) = signals.n_actions();
    let list = |of: &str| format!("list of the {of} player's actions with signals");
    matching(|| list("row"), n_rows, game.n_rows())?;
    matching(|| list("column"), n_columns, game.n_columns())?;
    let actions = game.n_rows().saturating_add(game.n_columns());
    let given = signals.n_signals().saturating_mul(actions);
    if given > MAX_SIZE {
        return Err(ReciprocityError::TooMany {
            what: "signals times actions of both players",
            given,
            limit: MAX_SIZE,
        });
    }
    let terms = given.saturating_mul(game.row_payoffs().len());
    if terms > MAX_TERMS {
        return Err(ReciprocityError::TooMany {
            what: "signals times actions of both players times cells of the game",
            given: terms,
            limit: MAX_TERMS,
        });
    }
    let delta = patience(delta);
    let stage = Stage::of(game);
    let board = Board::of(&stage, signals, &delta);
    Ok(match Rate::of(&delta) {
        Some(rate) => found(&board, rate),
        None => {
            let inner = board.statics();
            let (outer, _) = Convex::hull(&board.scaled(&inner));
            let set = PublicPayoffSet::empty(&delta).between(&stage, &inner, (&outer, 0.0));
            PublicPayoffSet {
                solved: true,
                ..set
            }
        }
    })
}

fn found(board: &Board<'_>, rate: Rate) -> PublicPayoffSet {
    let (outer, rounds, stop) = outside::outside(board, rate, OUTSIDE);
    let nothing = PublicPayoffSet {
        rounds,
        stop,
        solved: stop == Stop::Empty,
        ..PublicPayoffSet::empty(board.delta)
    };
    if stop == Stop::Empty {
        return nothing;
    }
    if let Some(inner) = solved::solved(board, rate, &outer, SOLVING) {
        let set = nothing.between(board.stage, &inner, (&outer, WIDENED));
        return PublicPayoffSet {
            solved: true,
            ..set
        };
    }
    let inner = drawn::drawn(board, rate, &outer).unwrap_or_else(|| board.statics());
    nothing.between(board.stage, &inner, (&outer, WIDENED))
}

impl PublicPayoffSet {
    fn empty(delta: &Fraction) -> Self {
        Self {
            delta: delta.clone(),
            kind: SetKind::Empty,
            vertices: Vec::new(),
            inner: Vec::new(),
            solved: false,
            outer: Vec::new(),
            gap: 0.0,
            rounds: 0,
            stop: Stop::Still,
        }
    }

    /// With these corners, in units, and an outer set widened by `reach`.
    fn between(self, stage: &Stage, inner: &[ExactPoint], outer: (&Convex, f64)) -> Self {
        let scaled: Vec<_> = inner.iter().map(|it| stage.scaled(it)).collect();
        let (near, _) = Convex::hull(&scaled);
        let inner: Vec<ExactPoint> = inner.iter().map(|it| stage.payoff(it)).collect();
        let float = |point: &ExactPoint| [point[0].to_f64(), point[1].to_f64()];
        let payoff = |point: &[f64; 2]| float(&stage.payoff(&stage.exact(*point)));
        Self {
            kind: SetKind::of(inner.len()),
            vertices: inner.iter().map(float).collect(),
            gap: super::set::gap(stage, &near, outer.0, outer.1),
            outer: outer.0.corners.iter().map(payoff).collect(),
            inner,
            ..self
        }
    }
}
