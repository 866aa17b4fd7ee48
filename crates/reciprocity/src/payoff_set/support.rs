use super::{PayoffSet, reading::Reading, stage::ExactPoint};
use crate::{Bimatrix, Fraction};

/// A pure strategy of each player with a public coin, as one automaton: a state says what is played
/// and what the coin decides between afterwards. If one player alone does something else, the state
/// that punishes it follows; what both do at once goes unanswered.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Support {
    /// δ.
    pub delta: Fraction,
    /// Where the coin may let play begin.
    pub start: Vec<Chance>,
    /// The states.
    pub states: Vec<PathState>,
    /// The states that punish the row and the column.
    pub punishment: [usize; 2],
}

/// A state that the coin may choose.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Chance {
    /// With which probability.
    pub probability: Fraction,
    /// Which state.
    pub state: usize,
}

/// A state of a supporting automaton.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PathState {
    /// What row and column play.
    pub actions: (usize, usize),
    /// What each gets per period from here on.
    pub payoffs: [Fraction; 2],
    /// What follows if both keep to it.
    pub next: Vec<Chance>,
}

impl PayoffSet {
    /// Strategies that give a pair of payoffs: path and punishments. `None` if it is not in the inner
    /// set. O(corners²).
    ///
    /// ```
    /// use detente_quantity::DiscountFactor;
    /// use detente_reciprocity::{Bimatrix, Fraction, payoff_set::equilibrium_payoffs};
    /// let dilemma = Bimatrix::new(&[[3.0, 0.0], [5.0, 1.0]], &[[3.0, 5.0], [0.0, 1.0]])?;
    /// let found = equilibrium_payoffs(&dilemma, DiscountFactor::new(0.25)?)?;
    /// let each: Fraction = "5/2".parse()?;
    /// // A coin says who cheats whom today; who would not be cheated is punished for ever.
    /// let Some(turns) = found.support(&[each.clone(), each]) else { unreachable!() };
    /// let first = &turns.states[turns.start[0].state];
    /// assert_eq!(first.actions, (1, 0));
    /// assert_eq!(turns.states[turns.punishment[1]].actions, (1, 1));
    /// // Nobody gains by a single deviation anywhere, and at the critical patience somebody loses nothing.
    /// assert_eq!(turns.least_loss(&dilemma), Some(Fraction::zero()));
    /// # Ok::<(), detente_reciprocity::ReciprocityError>(())
    /// ```
    #[must_use]
    pub fn support(&self, payoffs: &[Fraction; 2]) -> Option<Support> {
        let start = lottery(&self.inner, payoffs)?;
        let state = |play: &super::Play| {
            Some(PathState {
                actions: play.actions,
                payoffs: play.payoffs.clone(),
                next: lottery(&self.inner, &play.promise)?,
            })
        };
        let worst = |side: usize| {
            let by_payoff = |&at: &usize| self.inner[at][side].clone();
            (0..self.inner.len()).min_by_key(by_payoff)
        };
        Some(Support {
            delta: self.delta.clone(),
            start,
            states: self.plays.iter().map(state).collect::<Option<_>>()?,
            punishment: [worst(0)?, worst(1)?],
        })
    }
}

impl Support {
    /// By how much, at least, a player loses who deviates once, in any state and to its best other
    /// action, per period; `None` if the strategies are no subgame-perfect equilibrium of the game or
    /// do not give what they say, or if δ is not from 0 up to, but not including, 1. By the principle of one-shot deviations (Blackwell 1965) that is
    /// enough. Without rounding; payoffs are read as in
    /// [`equilibrium_payoffs`](super::equilibrium_payoffs). O(states · (actions + states)).
    #[must_use]
    pub fn least_loss(&self, game: &Bimatrix) -> Option<Fraction> {
        let readings = [game.row_payoffs(), game.column_payoffs()].map(Reading::of);
        let pays = |i: usize, j: usize, side: usize| {
            (i < game.n_rows() && j < game.n_columns()).then(|| {
                let number = readings[side].numbers[i * game.n_columns() + j].clone();
                Fraction::whole(number).times(&readings[side].unit)
            })
        };
        let one = Fraction::whole(1.into());
        if self.delta.is_negative() || self.delta >= one {
            return None;
        }
        let today = one.minus(&self.delta);
        let mut least: Option<Fraction> = None;
        for state in &self.states {
            let promise = self.expected(&state.next)?;
            let (i, j) = state.actions;
            for side in 0..2 {
                let worth = |paid: &Fraction, after: &Fraction| {
                    today.times(paid).plus(&self.delta.times(after))
                };
                let kept = worth(&pays(i, j, side)?, &promise[side]);
                if kept != state.payoffs[side] {
                    return None;
                }
                let punished = &self.states.get(self.punishment[side])?.payoffs[side];
                let others = if side == 0 {
                    game.n_rows()
                } else {
                    game.n_columns()
                };
                for other in (0..others).filter(|&it| it != [i, j][side]) {
                    let cell = if side == 0 { (other, j) } else { (i, other) };
                    let cheated = worth(&pays(cell.0, cell.1, side)?, punished);
                    let loss = kept.minus(&cheated);
                    if least.as_ref().is_none_or(|least| loss < *least) {
                        least = Some(loss);
                    }
                }
            }
        }
        self.expected(&self.start)?;
        // Players without another action cannot deviate.
        Some(least.unwrap_or_else(Fraction::zero)).filter(|loss| !loss.is_negative())
    }

    /// What each gets on average; `None` if the chances are no probabilities.
    #[must_use]
    pub fn expected(&self, chances: &[Chance]) -> Option<[Fraction; 2]> {
        let mut total = Fraction::zero();
        let mut payoffs = [Fraction::zero(), Fraction::zero()];
        for chance in chances {
            if chance.probability.is_negative() {
                return None;
            }
            total = total.plus(&chance.probability);
            let state = self.states.get(chance.state)?;
            for (sum, payoff) in payoffs.iter_mut().zip(&state.payoffs) {
                *sum = sum.plus(&chance.probability.times(payoff));
            }
        }
        total.is_one().then_some(payoffs)
    }
}

/// The chances of at most three corners of a convex set that average to a point of it.
pub(super) fn lottery(corners: &[ExactPoint], point: &ExactPoint) -> Option<Vec<Chance>> {
    let one = || Fraction::whole(1.into());
    let chances = |weights: Vec<(usize, Fraction)>| {
        let present = weights.into_iter().filter(|it| !it.1.is_zero());
        present
            .map(|(state, probability)| Chance { probability, state })
            .collect()
    };
    match corners {
        [] => None,
        [only] => (only == point).then(|| chances(vec![(0, one())])),
        [here, there] => {
            let axis = usize::from(here[0] == there[0]);
            let way = point[axis]
                .minus(&here[axis])
                .per(&there[axis].minus(&here[axis]))?;
            let other = there[1 - axis].minus(&here[1 - axis]);
            let on_line = here[1 - axis].plus(&way.times(&other)) == point[1 - axis];
            let rest = one().minus(&way);
            let inside = on_line && !way.is_negative() && !rest.is_negative();
            inside.then(|| chances(vec![(0, rest), (1, way)]))
        }
        [first, rest @ ..] => rest.windows(2).enumerate().find_map(|(at, pair)| {
            let whole = area(first, &pair[0], &pair[1]);
            let weights = [
                area(&pair[0], &pair[1], point).per(&whole)?,
                area(&pair[1], first, point).per(&whole)?,
                area(first, &pair[0], point).per(&whole)?,
            ];
            let inside = !weights.iter().any(Fraction::is_negative);
            inside.then(|| chances([0, at + 1, at + 2].into_iter().zip(weights).collect()))
        }),
    }
}

/// Twice the area of a triangle.
fn area(a: &ExactPoint, b: &ExactPoint, c: &ExactPoint) -> Fraction {
    let [ab, ac] = [b, c].map(|it| [0, 1].map(|axis: usize| it[axis].minus(&a[axis])));
    ab[0].times(&ac[1]).minus(&ab[1].times(&ac[0]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{payoff_set::equilibrium_payoffs_at, strategies};

    fn one_hundredth(n: u32) -> Fraction {
        Fraction::new(n.into(), 100.into())
    }

    proptest! {
        #[test]
        fn every_mixture_of_corners_is_supported(
            game in strategies::bimatrix(), delta in 0..100_u32, weights in any::<[u8; 4]>(),
        ) {
            let set = equilibrium_payoffs_at(&game, &one_hundredth(delta)).unwrap();
            let total: u32 = set.inner.iter().zip(weights).map(|(_, it)| u32::from(it)).sum();
            prop_assume!(total > 0);
            let payoffs = [0, 1].map(|side: usize| {
                set.inner.iter().zip(weights).fold(Fraction::zero(), |sum, (corner, weight)| {
                    sum.plus(&corner[side].times(&Fraction::new(weight.into(), total.into())))
                })
            });
            let found = set.support(&payoffs).unwrap();
            prop_assert!(found.least_loss(&game).is_some());
            prop_assert_eq!(found.expected(&found.start), Some(payoffs.clone()));
            // Whoever is not punished gains.
            let mut lax = found;
            for side in 0..2 {
                for state in &mut lax.states {
                    state.payoffs[side] = state.payoffs[side].plus(&one_hundredth(1));
                }
            }
            prop_assert_eq!(lax.least_loss(&game), None);
        }
    }

    #[test]
    fn what_is_outside_has_no_support() {
        let dilemma = Bimatrix::new(&[[3.0, 0.0], [5.0, 1.0]], &[[3.0, 5.0], [0.0, 1.0]]).unwrap();
        let set = equilibrium_payoffs_at(&dilemma, &one_hundredth(30)).unwrap();
        let three = Fraction::whole(3.into());
        assert_eq!(set.support(&[three.clone(), three.clone()]), None);
        let set = equilibrium_payoffs_at(&dilemma, &one_hundredth(50)).unwrap();
        let support = set.support(&[three.clone(), three]).unwrap();
        assert_eq!(support.states[support.start[0].state].actions, (0, 0));
        // Less patient parties would not keep to it.
        let impatient = Support {
            delta: one_hundredth(49),
            ..support
        };
        assert_eq!(impatient.least_loss(&dilemma), None);
    }

    /// Where today counts for nothing, or for more than nothing and less, a state that promises itself
    /// could claim any payoffs.
    #[test]
    fn patience_that_is_none_supports_nothing() {
        let dilemma = Bimatrix::new(&[[3.0, 0.0], [5.0, 1.0]], &[[3.0, 5.0], [0.0, 1.0]]).unwrap();
        let stays = |payoff: u32, delta: Fraction| {
            let chance = Chance {
                probability: Fraction::whole(1.into()),
                state: 0,
            };
            let payoffs = [payoff, payoff].map(|it| Fraction::whole(it.into()));
            let state = PathState {
                actions: (1, 1),
                payoffs,
                next: vec![chance.clone()],
            };
            let support = Support {
                delta,
                start: vec![chance],
                states: vec![state],
                punishment: [0, 0],
            };
            support.least_loss(&dilemma)
        };
        assert!(stays(1, one_hundredth(99)).is_some());
        let minus = Fraction::zero().minus(&one_hundredth(1));
        for (payoff, delta) in [(7, 100), (1, 100), (1, 101)] {
            assert_eq!(stays(payoff, one_hundredth(delta)), None, "{delta}");
        }
        assert_eq!(stays(1, minus), None);
    }
}
