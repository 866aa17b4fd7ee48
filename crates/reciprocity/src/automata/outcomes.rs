use detente_quantity::{Probability, Stakes};

use crate::{ImplementationGame, Profile, Side};

/// How often each of the four outcomes of a period happens, as shares that sum to 1: over time in
/// the long run, by weight where the future is discounted. Payoffs at any stakes follow from them.
///
/// ```
/// use detente_quantity::Stakes;
/// use detente_reciprocity::{Profile, Side, automata::{Encounter, Noise, named}};
/// let encounter = Encounter::new(&named::always_honour(), &named::always_cheat(), Noise::NONE)?;
/// let shares = encounter.long_run()?.outcomes;
/// let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0)?;
/// assert_eq!(shares.payoff(Side::Row, &stakes), 0.0);
/// assert_eq!(shares.payoff(Side::Column, &stakes), 5.0);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct OutcomeShares {
    shares: [f64; 4],
}

impl OutcomeShares {
    /// Non-negative weights of the outcomes in the order of [`Profile::ALL`], not all zero, brought
    /// to sum to 1.
    pub(crate) fn normalised(weights: [f64; 4]) -> Self {
        let total: f64 = weights.iter().sum();
        Self {
            shares: weights.map(|weight| weight / total),
        }
    }

    /// The share of one outcome.
    #[must_use]
    pub fn share(&self, outcome: Profile) -> Probability {
        let position = Profile::ALL.iter().position(|&it| it == outcome);
        Probability::saturating(position.map_or(0.0, |position| self.shares[position]))
    }

    /// How often a side honours.
    #[must_use]
    pub fn honouring(&self, side: Side) -> Probability {
        let [both, row, column, _] = self.shares;
        Probability::saturating(match side {
            Side::Row => both + row,
            Side::Column => both + column,
        })
    }

    /// What the outcomes pay a side with these stakes, per period: a number between the least and
    /// the greatest of its four payoffs.
    #[must_use]
    pub fn payoff(&self, side: Side, stakes: &Stakes) -> f64 {
        let (alone, cheated) = match side {
            Side::Row => (stakes.t(), stakes.s()),
            Side::Column => (stakes.s(), stakes.t()),
        };
        // The order of `Profile::ALL`: both, only the row, only the column, neither honours.
        let paid = [stakes.r(), cheated, alone, stakes.p()];
        let mean: f64 = self.shares.iter().zip(paid).map(|(w, u)| w * u).sum();
        // A mean cannot leave the range; its rounding can.
        let least = paid.iter().copied().fold(f64::INFINITY, f64::min);
        mean.clamp(least, paid.iter().copied().fold(least, f64::max))
    }

    /// What the outcomes pay the row and the column of a game, per period.
    #[must_use]
    pub fn payoffs(&self, game: &ImplementationGame) -> (f64, f64) {
        (
            self.payoff(Side::Row, &game.row),
            self.payoff(Side::Column, &game.column),
        )
    }

    /// The same outcomes with the sides exchanged.
    #[must_use]
    pub fn mirrored(&self) -> Self {
        let [both, row, column, neither] = self.shares;
        Self {
            shares: [both, column, row, neither],
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Conduct::{Cheat, Honour};

    #[test]
    fn payoffs_at_the_ends_of_the_number_line_stay_on_it() {
        let stakes = Stakes::new(f64::MAX, f64::MAX, f64::MAX, -f64::MAX).unwrap();
        let shares = OutcomeShares::normalised([0.1, 0.2, 0.3, 0.4]);
        assert!(shares.payoff(Side::Row, &stakes).is_finite());
        let even = Stakes::new(f64::MAX, f64::MAX, f64::MAX, f64::MAX).unwrap();
        assert_eq!(shares.payoff(Side::Row, &even), f64::MAX);
    }

    #[test]
    fn shares_are_found_by_outcome() {
        let shares = OutcomeShares::normalised([4.0, 1.0, 2.0, 1.0]);
        assert_eq!(shares.share(Profile::new(Honour, Cheat)).get(), 0.125);
        assert_eq!(shares.share(Profile::new(Cheat, Honour)).get(), 0.25);
        assert_eq!(shares.honouring(Side::Row).get(), 0.625);
        assert_eq!(shares.honouring(Side::Column).get(), 0.75);
        assert_eq!(
            shares.mirrored().share(Profile::new(Honour, Cheat)).get(),
            0.25
        );
    }

    proptest! {
        #[test]
        fn the_mirror_pays_the_other_side(
            weights in prop::array::uniform4(1e-3..1.0_f64),
            stakes in detente_quantity::strategies::stakes(),
        ) {
            let shares = OutcomeShares::normalised(weights);
            let (row, column) = shares.payoffs(&ImplementationGame::new(stakes, stakes));
            let (mirrored_row, mirrored_column) =
                shares.mirrored().payoffs(&ImplementationGame::new(stakes, stakes));
            prop_assert!((row - mirrored_column).abs() < 1e-14);
            prop_assert!((column - mirrored_row).abs() < 1e-14);
        }
    }
}
