use std::cmp::Ordering;

use num_bigint::BigInt;

use super::limits::Limits;
use crate::{
    Fraction, MixedStrategy, NormalForm, ReciprocityError,
    exact::{Entry, Stopped, Tableau, Whole, exactly, shifted},
};

/// What a player can be held to by others who do not mix.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PureMinmax {
    /// The player's payoff.
    pub value: f64,
    /// The first profile at which the others hold it to this and it replies best.
    pub profile: Vec<usize>,
}

/// What a player can be held to by others who mix, from both sides.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MixedMinmax {
    /// The most that the player can get against `punishment`.
    pub value: Fraction,
    /// `value` less the least that the player gets from `security`, worked out from the two
    /// strategies: nothing, or the program would not be solved.
    pub gap: Fraction,
    /// The others' joint strategy that holds the player down: one probability for each profile of
    /// theirs, in the order of profiles without the player. With three players or more they need a
    /// common signal to play it.
    pub punishment: MixedStrategy,
    /// The player's strategy that gets it the value whatever the others do.
    pub security: MixedStrategy,
    /// How many pivots it took.
    pub n_pivots: usize,
}

/// The least payoff to which others who do not mix can hold a player: the minimum over their
/// profiles of the maximum over its actions. O(profiles).
///
/// ```
/// use detente_reciprocity::{Bimatrix, NormalForm, pure_minmax};
/// let pennies = Bimatrix::zero_sum(&[[1.0, -1.0], [-1.0, 1.0]])?;
/// assert_eq!(pure_minmax(&NormalForm::from(&pennies), 0)?.value, 1.0);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
///
/// # Errors
/// [`ReciprocityError::Unknown`] for a player the game does not have.
pub fn pure_minmax(game: &NormalForm, player: usize) -> Result<PureMinmax, ReciprocityError> {
    let matrix = OwnByOthers::of(game, player)?;
    let best_replies = (0..matrix.n_others).filter_map(|others| {
        let own = 0..matrix.n_own;
        own.map(|own| (matrix.places[own * matrix.n_others + others], own))
            .map(|(place, own)| (matrix.payoffs[place], own, place))
            .reduce(|best, reply| if reply.0 > best.0 { reply } else { best })
    });
    let least = best_replies.reduce(|least, reply| if reply.0 < least.0 { reply } else { least });
    let (value, _, place) = least.ok_or(Stopped::Overflow.error("profiles", 0))?;
    Ok(PureMinmax {
        value,
        profile: game.profile(place).unwrap_or_default(),
    })
}

/// The least payoff to which others who mix can hold a player (von Neumann 1928), exactly: the
/// linear program of the zero-sum game between the player and all others, of which both sides are
/// solved. With two players this is their minmax in mixed strategies; with three or more, that
/// against others who correlate, which is at most that against others who mix independently.
///
/// Where what the player can be sure of in pure strategies is what the others can hold it to in such, that
/// is the answer, and no program is solved. In one the pivot that gains most enters, and ties leave
/// lexicographically, so that no program cycles. O(pivots · profiles).
///
/// ```
/// use detente_reciprocity::{Bimatrix, Limits, NormalForm, mixed_minmax};
/// let game = Bimatrix::zero_sum(&[[3.0, -1.0], [-2.0, 1.0]])?;
/// let found = mixed_minmax(&NormalForm::from(&game), 0, Limits::default())?;
/// assert_eq!(found.value.to_string(), "1/7");
/// assert_eq!(found.security.to_string(), "(3/7, 4/7)");
/// assert_eq!(found.punishment.to_string(), "(2/7, 5/7)");
/// assert!(found.gap.is_zero());
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
///
/// # Errors
/// [`ReciprocityError::Unknown`] for a player the game does not have,
/// [`ReciprocityError::TooMany`] after `limits.pivots` pivots.
pub fn mixed_minmax(
    game: &NormalForm,
    player: usize,
    limits: Limits,
) -> Result<MixedMinmax, ReciprocityError> {
    let matrix = OwnByOthers::of(game, player)?;
    let payoffs: Vec<f64> = matrix
        .places
        .iter()
        .map(|&place| matrix.payoffs[place])
        .collect();
    let whole = Whole::of(&payoffs);
    let solution = match matrix.saddle() {
        Some((own, others)) => Solution {
            security: MixedStrategy::pure(own, matrix.n_own)?,
            punishment: MixedStrategy::pure(others, matrix.n_others)?,
            n_pivots: 0,
        },
        None => exactly(
            || solve::<i64>(&whole, matrix.n_own, matrix.n_others, limits.pivots),
            || solve::<BigInt>(&whole, matrix.n_own, matrix.n_others, limits.pivots),
        )
        .map_err(|stopped| stopped.error("pivots", limits.pivots))?,
    };
    let (security, punishment) = (solution.security, solution.punishment);
    let against = |others: usize| {
        let column: Vec<usize> = (0..matrix.n_own)
            .map(|own| own * matrix.n_others + others)
            .collect();
        average(&whole, &security, &column)
    };
    let from = |own: usize| {
        let line: Vec<usize> = (0..matrix.n_others)
            .map(|others| own * matrix.n_others + others)
            .collect();
        average(&whole, &punishment, &line)
    };
    let value = (0..matrix.n_own)
        .map(from)
        .max()
        .unwrap_or_else(Fraction::zero);
    let least = (0..matrix.n_others)
        .map(against)
        .min()
        .unwrap_or_else(Fraction::zero);
    Ok(MixedMinmax {
        gap: value.minus(&least),
        value,
        punishment,
        security,
        n_pivots: solution.n_pivots,
    })
}

/// What a strategy makes of the payoffs at these places.
fn average(whole: &Whole, strategy: &MixedStrategy, places: &[usize]) -> Fraction {
    let terms = strategy.weights().iter().zip(places);
    let sum: BigInt = terms
        .map(|(weight, &place)| whole.number(place) * weight)
        .sum();
    whole.fraction(sum).divided_by(strategy.total())
}

/// A player's payoffs with its own actions as lines and the others' profiles as columns.
struct OwnByOthers<'g> {
    n_own: usize,
    n_others: usize,
    payoffs: &'g [f64],
    /// Where each cell stands in `payoffs`, line by line.
    places: Vec<usize>,
}

impl<'g> OwnByOthers<'g> {
    fn of(game: &'g NormalForm, player: usize) -> Result<Self, ReciprocityError> {
        let unknown = || ReciprocityError::Unknown {
            what: "player",
            given: player,
            limit: game.n_players(),
        };
        let payoffs = game.payoffs(player).ok_or_else(unknown)?;
        let n_own = *game.n_actions().get(player).ok_or_else(unknown)?;
        let stride = game.stride(player);
        let starts = (0..payoffs.len()).step_by(n_own * stride);
        let others: Vec<usize> = starts.flat_map(|start| start..start + stride).collect();
        let lines = (0..n_own).flat_map(|own| others.iter().map(move |other| other + own * stride));
        Ok(Self {
            n_own,
            n_others: others.len(),
            payoffs,
            places: lines.collect(),
        })
    }

    fn payoff(&self, own: usize, others: usize) -> f64 {
        self.payoffs[self.places[own * self.n_others + others]]
    }

    /// An own action and a profile of the others of which each is the answer to the other, where the
    /// others take what they can: the first, if there is one. O(profiles).
    fn saddle(&self) -> Option<(usize, usize)> {
        let ends = |payoffs: &mut dyn Iterator<Item = f64>| {
            payoffs.fold((f64::INFINITY, f64::NEG_INFINITY), |(least, most), it| {
                (it.min(least), it.max(most))
            })
        };
        let sure: Vec<f64> = (0..self.n_own)
            .map(|own| ends(&mut (0..self.n_others).map(|others| self.payoff(own, others))).0)
            .collect();
        let held: Vec<f64> = (0..self.n_others)
            .map(|others| ends(&mut (0..self.n_own).map(|own| self.payoff(own, others))).1)
            .collect();
        let most = ends(&mut sure.iter().copied()).1;
        let least = ends(&mut held.iter().copied()).0;
        // What is sure never exceeds what others can hold one to.
        let own = sure.iter().position(|it| *it >= least)?;
        let others = held.iter().position(|it| *it <= most)?;
        Some((own, others))
    }
}

struct Solution {
    security: MixedStrategy,
    punishment: MixedStrategy,
    n_pivots: usize,
}

/// Maximises the sum of y over {y ≥ 0 : Ay ≤ 1}: the optimum is the punishment divided by the
/// value, and the slacks' reduced costs are the security strategy divided by it.
fn solve<E: Entry>(
    whole: &Whole,
    n_own: usize,
    n_others: usize,
    most: usize,
) -> Result<Solution, Stopped> {
    let payoffs: Vec<E> = shifted(whole).ok_or(Stopped::Overflow)?;
    let own_labels: Vec<usize> = (0..n_own).collect();
    let other_labels: Vec<usize> = (n_own..n_own + n_others).collect();
    let mut tableau = Tableau::new(&payoffs, own_labels, other_labels.clone())
        .and_then(Tableau::maximising_the_sum)
        .ok_or(Stopped::Overflow)?;
    for n_pivots in 0..=most {
        let costs = tableau.objective().iter().enumerate();
        let gaining = costs.filter(|(_, cost)| cost.sign() == Ordering::Less);
        let Some((column, _)) = gaining.min_by(|a, b| a.1.cmp(b.1)) else {
            let strategy =
                |entries: &[E]| MixedStrategy::of_entries(entries).map_err(|_| Stopped::Overflow);
            return Ok(Solution {
                security: strategy(&tableau.duals(n_own).ok_or(Stopped::Overflow)?)?,
                punishment: strategy(&tableau.vertex(&other_labels).ok_or(Stopped::Overflow)?)?,
                n_pivots,
            });
        };
        let row = tableau.leaving(column).ok_or(Stopped::Overflow)?;
        tableau.pivot(row, column).ok_or(Stopped::Overflow)?;
    }
    Err(Stopped::TooMany)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Bimatrix, all_equilibria, strategies};

    fn fraction(text: &str) -> Fraction {
        text.parse().unwrap()
    }

    fn solved(game: &NormalForm, player: usize) -> MixedMinmax {
        mixed_minmax(game, player, Limits::default()).unwrap()
    }

    #[test]
    fn three_players_are_held_down_together() {
        // Either action of the first fails against one agreed profile of the others only, so that a
        // common coin holds it to 1/2.
        let first: Vec<f64> = [1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0].to_vec();
        let nothing = vec![0.0; 8];
        let game = NormalForm::new(&[2, 2, 2], &[&first, &nothing, &nothing]).unwrap();
        let found = solved(&game, 0);
        assert_eq!(found.value, fraction("1/2"));
        assert_eq!(found.punishment.to_string(), "(1/2, 0, 0, 1/2)");
        let pure = pure_minmax(&game, 0).unwrap();
        assert_eq!((pure.value, pure.profile), (1.0, vec![0, 0, 0]));
        assert!(pure_minmax(&game, 3).is_err());
    }

    #[test]
    fn limits_are_kept_and_extremes_answered() {
        let pennies = NormalForm::from(&Bimatrix::zero_sum(&[[1.0, -1.0], [-1.0, 1.0]]).unwrap());
        let none = Limits {
            pivots: 0,
            ..Limits::default()
        };
        let error = mixed_minmax(&pennies, 0, none).unwrap_err();
        assert_eq!(
            error.to_string(),
            "pivots number 1 or more; expected at most 0"
        );
        for huge in [1e300, f64::MAX, 5e-324] {
            let game = Bimatrix::zero_sum(&[[huge, -huge], [-huge, huge]]).unwrap();
            assert!(solved(&NormalForm::from(&game), 0).value.is_zero());
        }
        let one = NormalForm::new(&[1], &[[7.5]]).unwrap();
        assert_eq!(solved(&one, 0).value, fraction("7.5"));
        assert_eq!(pure_minmax(&one, 0).unwrap().value, 7.5);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn both_sides_meet(game in strategies::normal_form(), player in 0..4_usize) {
            prop_assume!(player < game.n_players());
            let found = solved(&game, player);
            prop_assert!(found.gap.is_zero());
            let pure = pure_minmax(&game, player).unwrap();
            prop_assert!(found.value.to_f64() <= pure.value);
            prop_assert_eq!(game.payoff(player, &pure.profile), Some(pure.value));
        }

        #[test]
        fn an_equilibrium_of_a_zero_sum_game_pays_the_minmax(game in strategies::bimatrix()) {
            let lines: Vec<_> = game.row_payoffs().chunks(game.n_columns()).collect();
            let game = Bimatrix::zero_sum(&lines).unwrap();
            let value = solved(&NormalForm::from(&game), 0).value;
            for equilibrium in all_equilibria(&game, Limits::default()).unwrap().extreme {
                prop_assert_eq!(&equilibrium.payoffs[0], &value);
            }
        }

        #[test]
        fn no_equilibrium_pays_less_than_the_minmax(game in strategies::bimatrix()) {
            let form = NormalForm::from(&game);
            for equilibrium in all_equilibria(&game, Limits::default()).unwrap().extreme {
                for player in 0..2 {
                    prop_assert!(equilibrium.payoffs[player] >= solved(&form, player).value);
                }
            }
        }
    }
}
