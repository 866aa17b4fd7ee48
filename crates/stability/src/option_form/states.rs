use super::{Barred, OptionForm, Pattern, feasible::combinations};
use crate::{
    MAX_STATES, MoveGraph, Preference, StabilityError, Statement, bits::Relation, error::known,
};

/// The feasible states of an option form: state k is the one with the k-th code, in rising order.
///
/// ```
/// use detente_stability::{Choice, OptionForm, Pattern, Statement};
///
/// let form = OptionForm::new(2, &[Choice::for_good(0), Choice::free(1)])?;
/// let states = form.without(Pattern::new(&[0, 1], &[])?)?.states()?;
/// assert_eq!(states.codes(), [0b00, 0b01, 0b10]);
/// assert_eq!(states.position(0b10), Some(2));
/// assert_eq!(states.graph()?.reachable(0, 1), [0; 0], "what is for good stays");
///
/// let ranked = states.ranking(&[vec![0b01], vec![0b10, 0b00]])?;
/// assert_eq!(states.prioritised(&[Statement::taken(0)])?, ranked);
/// assert_eq!(states.weighted(&[0.3, 0.0])?, ranked);
/// # Ok::<(), detente_stability::StabilityError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeasibleStates {
    form: OptionForm,
    codes: Vec<u64>,
    /// Every feasible combination with the state that it is, by code.
    combinations: Vec<(u64, usize)>,
}

impl FeasibleStates {
    pub(super) fn of(form: &OptionForm) -> Result<Self, StabilityError> {
        let feasible = combinations(form)?;
        let mut lowest = vec![None; form.merged().len()];
        let merged: Vec<(u64, u64)> = { feasible.into_iter() }
            .map(
                |code| match form.merged().iter().position(|it| it.fits(code)) {
                    Some(pattern) => (code, *lowest[pattern].get_or_insert(code)),
                    None => (code, code),
                },
            )
            .collect();
        let mut codes: Vec<u64> = merged.iter().map(|(_, state)| *state).collect();
        codes.sort_unstable();
        codes.dedup();
        match codes.len() {
            0 => return Err(StabilityError::NoStates),
            1..=MAX_STATES => {}
            given => {
                return Err(StabilityError::TooManyStates {
                    given,
                    at_least: false,
                    limit: MAX_STATES,
                });
            }
        }
        let place = |state: u64| codes.partition_point(|code| *code < state);
        Ok(Self {
            form: form.clone(),
            combinations: { merged.iter() }
                .map(|(code, state)| (*code, place(*state)))
                .collect(),
            codes,
        })
    }

    /// The codes of the states, in rising order.
    #[must_use]
    pub fn codes(&self) -> &[u64] {
        &self.codes
    }

    /// How many states there are; at least one.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.codes.len()
    }

    /// Whether there are none, which there never are.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    /// The form that they are the states of.
    #[must_use]
    pub const fn form(&self) -> &OptionForm {
        &self.form
    }

    /// The state that a combination of options is; that of a combination that was merged is the one it
    /// was merged into. `None` where it is not feasible.
    #[must_use]
    pub fn position(&self, code: u64) -> Option<usize> {
        let place = self
            .combinations
            .binary_search_by_key(&code, |it| it.0)
            .ok()?;
        Some(self.combinations[place].1)
    }

    /// The moves of every player: from each combination to each other that differs in its own options
    /// only, that is feasible and that no rule bars. O(players · combinations²) at most.
    ///
    /// # Errors
    /// [`StabilityError::TooManyMoves`].
    pub fn graph(&self) -> Result<MoveGraph, StabilityError> {
        let rules: Vec<Rules> = { self.combinations.iter() }
            .map(|(code, _)| Rules::of(&self.form, *code))
            .collect();
        let moves = (0..self.form.n_players()).map(|player| self.moves_of(player, &rules));
        MoveGraph::of_relations(moves.collect())
    }

    fn moves_of(&self, player: usize, rules: &[Rules]) -> Relation {
        let own = self.form.options_of(player);
        let [stays, stays_left] = self.form.one_way();
        let mut relation = Relation::empty(self.len());
        // Combinations that differ in the player's options only stand together.
        let mut grouped: Vec<_> = self.combinations.iter().zip(rules).collect();
        grouped.sort_unstable_by_key(|((code, _), _)| (code & !own, *code));
        for group in grouped.chunk_by(|one, other| one.0.0 & !own == other.0.0 & !own) {
            for ((from, left), leaving) in group {
                for ((to, reached), reaching) in group {
                    let undoes = from & !to & stays != 0 || to & !from & stays_left != 0;
                    let barred = leaving.from & reaching.to != 0;
                    if left != reached && !undoes && !barred {
                        relation.insert(*left, *reached);
                    }
                }
            }
        }
        relation
    }

    /// A full ranking by codes: tiers from the best to the worst.
    ///
    /// # Errors
    /// [`StabilityError::UnknownCode`] for one that is not feasible; [`StabilityError::CodeTwice`],
    /// [`StabilityError::Unranked`].
    pub fn ranking<T: AsRef<[u64]>>(&self, tiers: &[T]) -> Result<Preference, StabilityError> {
        let mut named = vec![false; self.len()];
        let mut place = |code: &u64| {
            let (code, n_states) = (*code, self.len());
            let state =
                { self.position(code) }.ok_or(StabilityError::UnknownCode { code, n_states })?;
            match std::mem::replace(&mut named[state], true) {
                true => Err(StabilityError::CodeTwice {
                    code,
                    what: "the ranking",
                }),
                false => Ok(state),
            }
        };
        let tiers: Vec<Vec<usize>> = { tiers.iter() }
            .map(|tier| tier.as_ref().iter().map(&mut place).collect())
            .collect::<Result<_, _>>()?;
        Preference::ranking(self.len(), &tiers)
    }

    /// The ranking by statements from the most important to the least (option prioritising; see
    /// [`Preference::prioritised`]).
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for an option that there is not.
    pub fn prioritised(&self, statements: &[Statement]) -> Result<Preference, StabilityError> {
        for option in statements.iter().flat_map(Statement::options) {
            known("option of a statement", option, self.form.choices().len())?;
        }
        Preference::prioritised(&self.codes, statements)
    }

    /// The ranking by the sum of the weights of the options that are taken, one weight for each option
    /// (option weighting; Hipel, Fang & Kilgour 1997). Weights with few decimals add up as on paper, so that ties are
    /// ties.
    ///
    /// # Errors
    /// [`StabilityError::Mismatch`]; [`StabilityError::NotFinite`] for a weight or a sum of them.
    pub fn weighted(&self, weights: &[f64]) -> Result<Preference, StabilityError> {
        let (given, expected) = (weights.len(), self.form.choices().len());
        if given != expected {
            return Err(StabilityError::Mismatch {
                what: "list of weights",
                given,
                expected,
            });
        }
        let odd = weights.iter().position(|it| !it.is_finite());
        if let Some(place) = odd {
            return Err(StabilityError::NotFinite {
                what: "weight of option",
                place,
                given: weights[place],
            });
        }
        let scale = detente_payoff::DecimalScale::of(weights.iter().copied());
        let whole = |weight: &f64| scale.map_or(*weight, |scale| scale.whole(*weight));
        let weights: Vec<f64> = weights.iter().map(whole).collect();
        let score = |code: &u64| -> f64 {
            let taken = weights
                .iter()
                .enumerate()
                .filter(|(option, _)| code >> option & 1 == 1);
            taken.map(|(_, weight)| weight).sum()
        };
        Preference::scores(&self.codes.iter().map(score).collect::<Vec<f64>>())
    }
}

/// Which of the rules that bar moves fit a combination, as bits: to leave it, and to reach it.
struct Rules {
    from: u64,
    to: u64,
}

impl Rules {
    fn of(form: &OptionForm, code: u64) -> Self {
        let fitting = |pattern: fn(&Barred) -> &Pattern| {
            let rules = form.barred().iter().enumerate();
            { rules.filter(|(_, rule)| pattern(rule).fits(code)) }
                .fold(0, |bits, (rule, _)| bits | 1 << rule)
        };
        Self {
            from: fitting(|rule| &rule.from),
            to: fitting(|rule| &rule.to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Choice;

    fn pattern(taken: &[usize], left: &[usize]) -> Pattern {
        Pattern::new(taken, left).unwrap()
    }

    #[test]
    fn infeasible_combinations_are_left_out_without_being_listed() {
        // Sixty exclusive options: 61 states of 2^60 combinations.
        let form = OptionForm::new(1, &[Choice::free(0); 60]).unwrap();
        let exclusive: Vec<usize> = (0..60).collect();
        let states = form
            .clone()
            .at_most_one(&exclusive)
            .unwrap()
            .states()
            .unwrap();
        assert_eq!((states.len(), states.codes()[60]), (61, 1 << 59));
        assert!(matches!(
            form.states(),
            Err(StabilityError::TooManyStates { .. })
        ));
        let none = form
            .without(pattern(&[0], &[]))
            .unwrap()
            .without(pattern(&[], &[0]))
            .unwrap();
        assert!(matches!(
            none.states(),
            Err(StabilityError::TooManyCombinations { n_options: 60 })
        ));
    }

    #[test]
    fn states_that_are_merged_are_one() {
        let form = OptionForm::new(2, &[Choice::free(0), Choice::for_good(1)]).unwrap();
        let states = form.merging(pattern(&[1], &[])).unwrap().states().unwrap();
        assert_eq!(states.codes(), [0b00, 0b01, 0b10]);
        assert_eq!(
            (states.position(0b11), states.position(0b100)),
            (Some(2), None)
        );
        let graph = states.graph().unwrap();
        assert_eq!(graph.reachable(1, 1), [2]);
        assert!(graph.reachable(0, 2).is_empty() && graph.reachable(1, 2).is_empty());
    }

    #[test]
    fn rules_bar_moves_whoever_makes_them() {
        let form = OptionForm::new(1, &[Choice::free(0), Choice::free(0)]).unwrap();
        let barred = form
            .clone()
            .barring(pattern(&[0], &[]), pattern(&[1], &[0]))
            .unwrap();
        let graph = barred.states().unwrap().graph().unwrap();
        assert_eq!(graph.reachable(0, 1), [0, 3]);
        let full = (0..64).try_fold(form, |form, _| {
            form.barring(pattern(&[0], &[]), pattern(&[1], &[]))
        });
        assert!(
            full.unwrap()
                .barring(pattern(&[0], &[]), pattern(&[1], &[]))
                .is_err()
        );
    }

    #[test]
    fn codes_that_are_not_feasible_are_refused() {
        let form = OptionForm::new(1, &[Choice::free(0), Choice::free(0)]).unwrap();
        let states = form.clone().at_most_one(&[0, 1]).unwrap().states().unwrap();
        assert_eq!(
            states.ranking(&[&[3]]).unwrap_err().to_string(),
            "3 is the code of no feasible state; expected one of 3 feasible states"
        );
        assert!(matches!(
            states.ranking(&[&[1, 1]]),
            Err(StabilityError::CodeTwice { .. })
        ));
        assert!(matches!(
            states.ranking(&[&[1]]),
            Err(StabilityError::Unranked { .. })
        ));
        assert!(form.clone().only(&[0, 4]).is_err());
        assert!(form.clone().only(&[1, 1]).is_err());
        assert_eq!(
            form.only(&[2, 0]).unwrap().states().unwrap().codes(),
            [0, 2]
        );
    }

    #[test]
    fn weights_add_up_as_on_paper() {
        let form = OptionForm::new(1, &[Choice::free(0); 3]).unwrap();
        let states = form.states().unwrap();
        let ranked = states.weighted(&[0.1, 0.2, 0.3]).unwrap();
        // 0.1 + 0.2 is 0.3.
        assert_eq!(
            ranked.compare(0b011, 0b100),
            Some(std::cmp::Ordering::Equal)
        );
        assert!(states.weighted(&[1.0, 2.0]).is_err());
        assert!(states.weighted(&[f64::MAX; 3]).is_err());
        assert!(states.prioritised(&[Statement::taken(3)]).is_err());
    }
}
