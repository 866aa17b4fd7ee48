use detente_quantity::{Probability, Stakes};

use super::{Population, Tournament};
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
    /// divided by n − 1 (Fudenberg and Imhof 2006). Solved without subtraction and on a scale of
    /// logarithms, so that chances and shares too small for a number still tell who follows whom;
    /// they come as 0. O(n²N + n³) for n entries and N individuals.
    ///
    /// # Errors
    /// As [`Population::fixation`];
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
            let chances: Result<Vec<f64>, ReciprocityError> = by_newcomer
                .map(|contest| population.ln_takeover(&contest))
                .collect();
            takeovers.push(chances?);
        }
        let chance = |ln: &f64| Probability::saturating(ln.exp());
        Ok(Succession {
            shares: shares(takeovers.clone()),
            takeovers: takeovers
                .iter()
                .map(|line| line.iter().map(chance).collect())
                .collect(),
        })
    }
}

/// The stationary shares of the chain from holder to holder, given the logarithm of the chance that
/// each newcomer takes over from each. Holders are struck out from the last, what passed through one
/// going straight on, and counted in again (Grassmann, Taksar and Heyman 1985): sums, products and
/// quotients of positive numbers only, here as logarithms. How seldom newcomers are does not matter.
fn shares(mut moves: Vec<Vec<f64>>) -> Vec<Probability> {
    let n = moves.len();
    for last in (1..n).rev() {
        let leaves = ln_sum(moves[last][..last].iter().copied());
        for from in 0..last {
            moves[from][last] -= leaves;
            for to in 0..last {
                let through = moves[from][last] + moves[last][to];
                moves[from][to] = ln_sum([moves[from][to], through].into_iter());
            }
        }
    }
    let mut shares = vec![0.0; n.min(1)];
    for holder in 1..n {
        let reached = shares.iter().zip(&moves);
        let share = ln_sum(reached.map(|(share, line)| share + line[holder]));
        shares.push(share);
    }
    let all = ln_sum(shares.iter().copied());
    let share = |ln: &f64| Probability::saturating((ln - all).exp());
    shares.iter().map(share).collect()
}

/// The logarithm of the sum of numbers given by theirs; −∞ of none.
fn ln_sum(numbers: impl Iterator<Item = f64> + Clone) -> f64 {
    let largest = numbers.clone().fold(f64::NEG_INFINITY, f64::max);
    if largest == f64::NEG_INFINITY {
        return largest;
    }
    largest + numbers.map(|it| (it - largest).exp()).sum::<f64>().ln()
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

    /// The chain worked out in numbers, by letting time pass: what is 1 in all stays 1.
    fn by_waiting(takeovers: &[Vec<Probability>]) -> Vec<f64> {
        let n = takeovers.len();
        let mut shares = vec![1.0 / n as f64; n];
        for _ in 0..200_000 {
            let mut next = shares.clone();
            for (from, line) in takeovers.iter().enumerate() {
                for (to, chance) in line.iter().enumerate().filter(|(to, _)| *to != from) {
                    let moved = shares[from] * chance.get() / n as f64;
                    next[from] -= moved;
                    next[to] += moved;
                }
            }
            shares = next;
        }
        shares
    }

    #[test]
    fn shares_are_those_that_stay() {
        let found = played(20)
            .succession(&dilemma(), population(10, 0.3))
            .unwrap();
        for (share, expected) in found.shares.iter().zip(by_waiting(&found.takeovers)) {
            assert!((share.get() - expected).abs() < 1e-12, "{share} {expected}");
        }
    }

    #[test]
    fn chances_too_small_for_a_number_still_tell_who_holds_it() {
        // Tit for tat is left by way of those who always honour, which it is hard to tell from;
        // cheats take over from it with a chance of some e^(−10⁵).
        let strong = played(1000)
            .succession(&dilemma(), population(3000, 100.0))
            .unwrap();
        assert_eq!(strong.takeovers[2][1], Probability::ZERO);
        let held: f64 = strong.shares.iter().map(|it| it.get()).sum();
        assert!((held - 1.0).abs() < 1e-9, "{:?}", strong.shares);
        assert!(strong.shares[2] > strong.shares[0] && strong.shares[2] > strong.shares[1]);
    }

    #[test]
    fn what_cannot_be_followed_is_refused() {
        let met = played(1000);
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
