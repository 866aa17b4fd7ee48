//! Equilibrium payoffs of any number of players, from outside and from inside by linear programs in
//! fixed directions (Judd, Yeltekin and Conklin 2003).

mod board;
mod inside;
mod outside;
mod points;
#[cfg(test)]
mod tests;

use detente_quantity::DiscountFactor;

use super::rounds::Stop;
use crate::{NormalForm, ReciprocityError, program::dot};
use board::Board;

/// The most profiles of actions times directions that a round looks at.
const MAX_PROGRAMS: usize = 200_000;
/// How far promises are drawn towards the middle of the set.
const DRAWN: f64 = 1e-7;
/// How far outside a set a point is taken for inside.
const INSIDE: f64 = 1e-12;

/// The pure-strategy subgame-perfect payoffs, with a public coin, of equally patient players who see
/// what each other does, between a polytope that holds them all and points whose hull sustains itself.
///
/// Outside, every direction's bound is proved by weak duality. Inside, each point is worth a profile of
/// actions once and then a promise that lies in the hull of the points, to within 10⁻¹¹ of each player's
/// range of payoffs, and keeps everyone to the profile with more to spare than that can come to. δ is the
/// `f64` itself.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PayoffBounds {
    /// Half-spaces whose intersection holds every equilibrium payoff; none if there is no equilibrium.
    pub outer: Vec<HalfSpace>,
    /// Whether the half-spaces leave nothing: there is no equilibrium in pure strategies.
    pub empty: bool,
    /// Points, one payoff a player. Within n · 10⁻¹¹ / (1 − δ) of each player's range of payoffs from them,
    /// for n players, there are points whose convex hull consists of equilibrium payoffs.
    pub inner: Vec<Vec<f64>>,
    /// How much farther than the points the half-spaces reach at most, along any of their normals of
    /// length 1 in parts of each player's range of payoffs; infinite where there are half-spaces and no
    /// points. It compares the sets in the directions looked at and bounds nothing between them: sets
    /// with a gap of 0 may differ there, and the fewer the directions the more.
    pub gap: f64,
    /// How often the half-spaces were drawn in.
    pub rounds: usize,
    /// Why no more often.
    pub stop: Stop,
}

/// The payoffs x with normal · x ≤ bound.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct HalfSpace {
    /// One number a player.
    pub normal: Vec<f64>,
    /// The bound.
    pub bound: f64,
}

/// Bounds on the equilibrium payoffs of a game of any number of players, in all directions whose
/// entries are −2, −1, 0, 1 or 2 up to length (98 for three players), or −1, 0 and 1 beyond three.
///
/// O(profiles · directions²) a round; the number of rounds grows with 1/(1 − δ) and is limited, which
/// [`PayoffBounds::stop`] then says.
///
/// # Errors
/// [`TooMany`](ReciprocityError::TooMany) where profiles times directions exceed 200,000.
///
/// ```
/// use detente_quantity::DiscountFactor;
/// use detente_reciprocity::{NormalForm, payoff_set::payoff_bounds};
/// // Three states may each keep a treaty, worth 2 to every one, at a cost of 3.
/// let payoffs: Vec<Vec<f64>> = (0..3_u32)
///     .map(|player| {
///         let pays = |profile: u32| {
///             let keeps = |who: u32| f64::from(1 - (profile >> (2 - who) & 1));
///             2.0 * (keeps(0) + keeps(1) + keeps(2)) - 3.0 * keeps(player)
///         };
///         (0..8).map(pays).collect()
///     })
///     .collect();
/// let game = NormalForm::new(&[2, 2, 2], &payoffs)?;
/// // Keeping it costs 1 a period more than it gives; breaking it costs the 3 that it gives together.
/// let best = |delta| {
///     let found = payoff_bounds(&game, DiscountFactor::new(delta)?)?;
///     let least = |point: &Vec<f64>| point.iter().copied().fold(f64::INFINITY, f64::min);
///     Ok::<_, detente_reciprocity::ReciprocityError>(found.inner.iter().map(least).fold(0.0, f64::max))
/// };
/// assert!((best(0.3)? - 3.0).abs() < 1e-6);
/// assert!(best(0.1)?.abs() < 1e-6);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
pub fn payoff_bounds(
    game: &NormalForm,
    delta: DiscountFactor,
) -> Result<PayoffBounds, ReciprocityError> {
    let n = game.n_players();
    let directions = directions(n)?;
    let given = game.n_profiles().saturating_mul(directions.len());
    if given > MAX_PROGRAMS {
        return Err(too_many(given));
    }
    let board = Board::of(game, delta.get());
    let (supports, rounds, stop) = board.outside(&directions);
    if stop == Stop::Empty {
        return Ok(PayoffBounds {
            outer: Vec::new(),
            empty: true,
            inner: Vec::new(),
            gap: 0.0,
            rounds,
            stop,
        });
    }
    let inner = board.inside(&directions, &supports);
    let reach = |direction: &Vec<f64>| {
        let worth = inner.iter().map(|point| dot(direction, point));
        worth.fold(f64::NEG_INFINITY, f64::max)
    };
    let gaps = directions.iter().zip(&supports);
    let gap = gaps
        .map(|(direction, bound)| (bound - reach(direction)) / dot(direction, direction).sqrt())
        .fold(0.0, f64::max);
    Ok(PayoffBounds {
        outer: board.half_spaces(&directions, &supports),
        empty: false,
        inner: inner.iter().map(|point| board.payoffs(point)).collect(),
        gap,
        rounds,
        stop,
    })
}

const fn too_many(given: usize) -> ReciprocityError {
    ReciprocityError::TooMany {
        what: "profiles of actions times directions",
        given,
        limit: MAX_PROGRAMS,
    }
}

/// All vectors of small whole numbers without a common divisor but 0.
fn directions(n: usize) -> Result<Vec<Vec<f64>>, ReciprocityError> {
    let most: i8 = if n <= 3 { 2 } else { 1 };
    let mut all = vec![Vec::new()];
    for _ in 0..n {
        let longer = all.iter().flat_map(|start: &Vec<i8>| {
            (-most..=most).map(move |entry| start.iter().copied().chain([entry]).collect())
        });
        all = longer.collect();
        if all.len() > MAX_PROGRAMS {
            return Err(too_many(all.len()));
        }
    }
    all.retain(|it| it.iter().any(|entry| entry.abs() == 1));
    Ok(all
        .iter()
        .map(|it| it.iter().copied().map(f64::from).collect())
        .collect())
}
