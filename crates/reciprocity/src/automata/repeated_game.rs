use detente_quantity::{DiscountFactor, Stakes};

use super::{Automaton, Encounter, Noise};
use crate::{ImplementationGame, ReciprocityError, Side};

/// The game of carrying out an agreement played for ever by parties that may differ in patience
/// and in how they err: what automata are judged in.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RepeatedGame {
    /// What each period pays.
    pub game: ImplementationGame,
    /// The patience of the row and of the column.
    pub patience: [DiscountFactor; 2],
    /// How the row and the column err.
    pub noise: [Noise; 2],
}

impl RepeatedGame {
    /// Parties of the same patience that never err.
    #[must_use]
    pub const fn new(game: ImplementationGame, patience: DiscountFactor) -> Self {
        Self {
            game,
            patience: [patience; 2],
            noise: [Noise::NONE; 2],
        }
    }

    /// The same game between parties that both err like this.
    #[must_use]
    pub const fn with_noise(self, noise: Noise) -> Self {
        Self {
            noise: [noise; 2],
            ..self
        }
    }

    /// What each side expects of the whole game per period, each by its own patience:
    /// (1 − δ) Σ δᵗ uₜ. Cost as [`Encounter::discounted`].
    ///
    /// # Errors
    /// As [`Encounter::with_noises`] and [`Encounter::discounted`].
    pub fn values(
        &self,
        row: &Automaton,
        column: &Automaton,
    ) -> Result<[f64; 2], ReciprocityError> {
        let encounter = Encounter::with_noises(row, column, self.noise)?;
        let [rows, columns] = self.patience;
        Ok([
            encounter
                .discounted(rows)?
                .payoff(Side::Row, &self.game.row),
            encounter
                .discounted(columns)?
                .payoff(Side::Column, &self.game.column),
        ])
    }

    /// Refuses a question that only parties who see what is done can be asked.
    pub(super) fn seen_as_it_is(&self, question: &'static str) -> Result<(), ReciprocityError> {
        if self.noise.iter().any(Noise::misreads) {
            Err(ReciprocityError::Misread { question })
        } else {
            Ok(())
        }
    }

    /// What `side` brings to the game: stakes, patience, and how it and the other err.
    pub(super) const fn seat(&self, side: Side) -> Seat {
        let [row, column] = self.noise;
        match side {
            Side::Row => Seat::new(&self.game.row, self.patience[0], row, column),
            Side::Column => Seat::new(&self.game.column, self.patience[1], column, row),
        }
    }
}

/// One side of a repeated game, as that side sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seat {
    /// Its payoffs by own and other's act, in the order of [`Profile::ALL`](crate::Profile::ALL),
    /// times `1 / unit`.
    pub(super) payoffs: [f64; 4],
    /// A power of two that keeps differences of payoffs finite and far from underflow.
    pub(super) unit: f64,
    pub(super) patience: DiscountFactor,
    pub(super) own: Noise,
    pub(super) other: Noise,
}

impl Seat {
    const fn new(stakes: &Stakes, patience: DiscountFactor, own: Noise, other: Noise) -> Self {
        let payoffs = [stakes.r(), stakes.s(), stakes.t(), stakes.p()];
        let largest = payoffs[0]
            .abs()
            .max(payoffs[1].abs())
            .max(payoffs[2].abs().max(payoffs[3].abs()));
        let unit = if largest > HUGE {
            HUGE
        } else if largest < TINY {
            TINY
        } else {
            1.0
        };
        let [r, s, t, p] = payoffs;
        Self {
            payoffs: [r / unit, s / unit, t / unit, p / unit],
            unit,
            patience,
            own,
            other,
        }
    }

    /// Below what a gain is taken for rounding: 10⁻¹² of the spread of payoffs, in units of
    /// `unit`.
    pub(super) fn rounding(&self) -> f64 {
        let least = self.payoffs.iter().copied().fold(f64::INFINITY, f64::min);
        let most = self.payoffs.iter().copied().fold(least, f64::max);
        1e-12 * (most - least)
    }
}

/// 2⁵⁰⁰.
const HUGE: f64 = f64::from_bits((1023 + 500) << 52);
/// 2⁻⁵⁰⁰.
const TINY: f64 = f64::from_bits((1023 - 500) << 52);
