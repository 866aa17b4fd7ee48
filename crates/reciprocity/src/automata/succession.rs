use detente_quantity::{Probability, Stakes};

use super::{Population, Tournament, chain::Chain};
use crate::{ReciprocityError, error::out_of_range};

/// Which strategies hold a small population when newcomers are rare.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Succession {
    /// By resident and by newcomer: the chance that a single newcomer takes over; of a strategy
    /// among its own kind, 1/N.
    pub takeovers: Vec<Vec<Probability>>,
    /// The share of time in which each strategy holds the whole population; they sum to 1.
    pub shares: Vec<Probability>,
}

impl Tournament {
    /// Who holds a [`Population`] in which a newcomer of another strategy, each as likely as the
    /// others, appears so seldom that it has taken over or died out before the next one: the
    /// stationary shares of the chain on the strategies whose moves are the chances of taking over,
    /// divided by n − 1 (Fudenberg and Imhof 2006). Solved without subtraction, so that shares are
    /// accurate however small. O(n²N + n³) for n entries and N individuals.
    ///
    /// # Errors
    /// As [`Population::fixation`];
    /// [`Underflow`](ReciprocityError::Underflow) where a chance of taking over is too small for a
    /// number, so that who follows whom is lost;
    /// [`Quantity`](ReciprocityError::Quantity) where n²N exceeds 10⁹.
    ///
    /// ```
    /// use detente_quantity::{Probability, Stakes};
    /// use detente_reciprocity::automata::{Horizon, Noise, Population, Tournament, named};
    /// // Imhof, Fudenberg and Nowak 2005: cheating is never stable against tit for tat in a small
    /// // population, though cheats do better against those who always honour.
    /// let entries = [named::always_honour(), named::always_cheat(), named::tit_for_tat()];
    /// let played = Tournament::play(&entries, Noise::NONE, Horizon::Periods(50))?;
    /// let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0)?;
    /// let population = Population { size: 50, selection: 0.1 };
    /// let found = played.succession(&stakes, population)?;
    /// assert!(found.shares[2] > found.shares[1]);
    /// # Ok::<(), detente_reciprocity::ReciprocityError>(())
    /// ```
    pub fn succession(
        &self,
        stakes: &Stakes,
        population: Population,
    ) -> Result<Succession, ReciprocityError> {
        const MOST: f64 = 1e9;
        let n = self.names().len();
        let work = n as f64 * n as f64 * f64::from(population.size);
        if work > MOST {
            return Err(out_of_range(
                "the size of a population times its strategies squared",
                work,
                "at most 1e9",
            ));
        }
        let mut takeovers = Vec::with_capacity(n);
        for resident in 0..n {
            let by_newcomer =
                (0..n).filter_map(|newcomer| self.contest(resident, newcomer, stakes));
            let chances: Result<Vec<Probability>, ReciprocityError> = by_newcomer
                .map(|contest| Ok(population.fixation(&contest)?.probability))
                .collect();
            takeovers.push(chances?);
        }
        let shares = shares(&takeovers)?;
        Ok(Succession { takeovers, shares })
    }
}

/// The stationary shares of the chain from holder to holder.
fn shares(takeovers: &[Vec<Probability>]) -> Result<Vec<Probability>, ReciprocityError> {
    let others = takeovers.len().saturating_sub(1).max(1) as f64;
    let mut chain = Chain::default();
    for (resident, chances) in takeovers.iter().enumerate() {
        let moves = chances.iter().enumerate();
        let moves: Vec<(usize, f64)> = moves
            .filter(|(newcomer, _)| *newcomer != resident)
            .map(|(newcomer, chance)| (newcomer, chance.get() / others))
            .collect();
        if moves.iter().any(|(_, chance)| *chance <= 0.0) {
            return Err(ReciprocityError::Underflow {
                what: "the chance of taking over",
            });
        }
        let stays = (1.0 - moves.iter().map(|(_, chance)| chance).sum::<f64>()).max(0.0);
        chain.push_row(moves.into_iter().chain([(resident, stays)]));
    }
    let mut shares = vec![Probability::ZERO; takeovers.len()];
    for class in chain.closed()? {
        for (holder, share) in class.shares {
            shares[holder] = Probability::saturating(share);
        }
    }
    Ok(shares)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::automata::{Horizon, Noise, named};

    fn dilemma() -> Stakes {
        Stakes::new(5.0, 3.0, 1.0, 0.0).unwrap()
    }

    fn played(periods: u32) -> Tournament {
        let entries = [
            named::always_honour(),
            named::always_cheat(),
            named::tit_for_tat(),
        ];
        Tournament::play(&entries, Noise::NONE, Horizon::Periods(periods)).unwrap()
    }

    fn population(size: u32, selection: f64) -> Population {
        Population { size, selection }
    }

    #[test]
    fn without_selection_all_hold_it_as_long() {
        let found = played(20)
            .succession(&dilemma(), population(30, 0.0))
            .unwrap();
        for share in found.shares {
            assert!((share.get() - 1.0 / 3.0).abs() < 1e-14);
        }
        for chance in found.takeovers.iter().flatten() {
            assert!((chance.get() - 1.0 / 30.0).abs() < 1e-15);
        }
    }

    #[test]
    fn two_strategies_share_time_as_their_chances() {
        // Detailed balance of two: shares in proportion to the chances of taking over the other.
        let entries = [named::always_cheat(), named::tit_for_tat()];
        let met = Tournament::play(&entries, Noise::NONE, Horizon::Periods(10)).unwrap();
        let found = met.succession(&dilemma(), population(20, 0.2)).unwrap();
        let odds = found.takeovers[0][1].get() / found.takeovers[1][0].get();
        let held = found.shares[1].get() / found.shares[0].get();
        approx::assert_relative_eq!(odds, held, max_relative = 1e-14);
        assert!(odds > 1.0);
    }

    #[test]
    fn what_cannot_be_followed_is_refused() {
        let met = played(1000);
        let lost = met.succession(&dilemma(), population(3000, 100.0));
        assert!(matches!(lost, Err(ReciprocityError::Underflow { .. })));
        assert!(met.succession(&dilemma(), population(1, 0.1)).is_err());
        assert!(
            met.succession(&dilemma(), population(u32::MAX, 0.1))
                .is_err()
        );
        let alone = Tournament::play(&[named::grim()], Noise::NONE, Horizon::LongRun).unwrap();
        let found = alone.succession(&dilemma(), population(5, 1.0)).unwrap();
        assert_eq!(found.shares, [Probability::ONE]);
    }
}
