//! What a player prefers to what.

use std::cmp::Ordering;

use crate::{
    StabilityError, Statement,
    bits::{self, Relation},
    error::known,
};

/// Two states compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Comparison {
    /// The first is preferred to the second.
    Better(usize, usize),
    /// Both are as good.
    Equal(usize, usize),
}

/// What is known of a player's ranking of the states, counted from 0: all of it, ties included, or a
/// part.
///
/// What is known is a preorder: with *a* better than *b* and *b* as good as *c*, *a* is better than
/// *c* without being said to be. States that it does not compare may stand in any order: the player
/// has a full ranking, which is not known (preference uncertainty; Li, Hipel, Kilgour & Fang 2004).
///
/// ```
/// use detente_stability::{Comparison, Preference};
/// use std::cmp::Ordering;
///
/// let full = Preference::ranking(4, &[[2].as_slice(), &[0, 3], &[1]])?;
/// assert_eq!(full.compare(0, 3), Some(Ordering::Equal));
/// assert!(full.prefers(2, 1) && full.is_complete());
///
/// let partly = Preference::partial(4, &[Comparison::Better(2, 0), Comparison::Better(0, 1)])?;
/// assert!(partly.prefers(2, 1));
/// assert_eq!(partly.compare(2, 3), None);
/// # Ok::<(), detente_stability::StabilityError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preference {
    /// For each state those that it is known to be at least as good as, itself among them.
    at_least: Relation,
    /// Where everything is known: the place of each state's tier, the best being 0.
    tiers: Option<Vec<usize>>,
}

/// The most statements of one preference, each of which sorts the states anew.
const MOST_STATEMENTS: usize = 1_024;

/// The most options and connectives in all of them, each of which is gone through for every state.
const MOST_WORDS: usize = 1 << 14;

impl Preference {
    /// A full ranking: tiers from the best to the worst, the states of a tier being as good as one
    /// another. Empty tiers are passed over. O(n_states²).
    ///
    /// # Errors
    /// [`StabilityError::Unknown`], [`StabilityError::Twice`] or [`StabilityError::Unranked`], naming
    /// the state; [`StabilityError::TooManyStates`].
    pub fn ranking<T: AsRef<[usize]>>(
        n_states: usize,
        tiers: &[T],
    ) -> Result<Self, StabilityError> {
        check_size(n_states)?;
        let mut places = vec![None; n_states];
        for (place, state) in { tiers.iter().enumerate() }
            .flat_map(|(place, tier)| tier.as_ref().iter().map(move |state| (place, *state)))
        {
            let given = &mut places[known("state of the ranking", state, n_states)?];
            if given.replace(place).is_some() {
                let what = "the ranking";
                return Err(StabilityError::Twice { state, what });
            }
        }
        let places: Result<Vec<usize>, StabilityError> = { places.into_iter().enumerate() }
            .map(|(state, place)| place.ok_or(StabilityError::Unranked { state, n_states }))
            .collect();
        Ok(Self::of_places(&places?))
    }

    /// The ranking by a score for each state, the higher the better and equal ones tied: payoffs, say,
    /// or weighted options. O(n_states²).
    ///
    /// # Errors
    /// [`StabilityError::NotFinite`] naming the state; [`StabilityError::TooManyStates`].
    pub fn scores(scores: &[f64]) -> Result<Self, StabilityError> {
        check_size(scores.len())?;
        if let Some((place, &given)) = { scores.iter().enumerate() }.find(|(_, it)| !it.is_finite())
        {
            let what = "score of state";
            return Err(StabilityError::NotFinite { what, place, given });
        }
        let mut order: Vec<usize> = (0..scores.len()).collect();
        order.sort_by(|one, other| scores[*other].total_cmp(&scores[*one]));
        let mut places = vec![0; scores.len()];
        for pair in order.windows(2) {
            places[pair[1]] = places[pair[0]] + usize::from(scores[pair[1]] < scores[pair[0]]);
        }
        Ok(Self::of_places(&places))
    }

    /// The ranking by statements about options from the most important to the least (option
    /// prioritising; Fang, Hipel, Kilgour & Peng 2003): of two states that is better which the first
    /// statement that tells them apart is true of. `codes` holds each state's options, the k-th of them
    /// as bit k. O(n_states · (n_states + length of the statements)).
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for an option beyond the 64th; [`StabilityError::TooManyStates`];
    /// [`StabilityError::TooMany`] beyond 1,024 statements, or 16,384 options and connectives in them.
    pub fn prioritised(codes: &[u64], statements: &[Statement]) -> Result<Self, StabilityError> {
        check_size(codes.len())?;
        let words = statements.iter().map(Statement::length).sum();
        for (what, given, limit) in [
            (
                "statements of a preference",
                statements.len(),
                MOST_STATEMENTS,
            ),
            (
                "options and connectives in the statements of a preference",
                words,
                MOST_WORDS,
            ),
        ] {
            if given > limit {
                return Err(StabilityError::TooMany { what, given, limit });
            }
        }
        let mut places = vec![0; codes.len()];
        for statement in statements {
            for option in statement.options() {
                known("option of a statement", option, 64)?;
            }
            for (place, code) in places.iter_mut().zip(codes) {
                let holds = statement.holds(|option| code >> option & 1 == 1);
                *place = 2 * *place + usize::from(!holds);
            }
            places = packed(&places);
        }
        Ok(Self::of_places(&places))
    }

    /// What follows from some comparisons; the rest is unknown. O(n_states³ / 64 + comparisons).
    ///
    /// # Errors
    /// [`StabilityError::Circle`] where comparisons contradict one another;
    /// [`StabilityError::Unknown`]; [`StabilityError::TooManyStates`].
    pub fn partial(n_states: usize, comparisons: &[Comparison]) -> Result<Self, StabilityError> {
        check_size(n_states)?;
        let mut partly = Self::unknown(n_states);
        let mut strict = Vec::new();
        for comparison in comparisons {
            let (Comparison::Better(better, worse) | Comparison::Equal(better, worse)) =
                *comparison;
            known("state of a comparison", better.max(worse), n_states)?;
            partly.at_least.insert(better, worse);
            match comparison {
                Comparison::Better(..) => strict.push((better, worse)),
                Comparison::Equal(..) => partly.at_least.insert(worse, better),
            }
        }
        partly.at_least.close();
        let circle = { strict.iter() }.find(|(better, worse)| partly.at_least(*worse, *better));
        match circle {
            Some(&(better, worse)) => Err(StabilityError::Circle { better, worse }),
            None => Ok(partly.completed()),
        }
    }

    /// Every state is as good as any.
    ///
    /// # Errors
    /// [`StabilityError::TooManyStates`].
    pub fn indifferent(n_states: usize) -> Result<Self, StabilityError> {
        check_size(n_states)?;
        Ok(Self::of_places(&vec![0; n_states]))
    }

    /// How many states are ranked.
    #[must_use]
    pub const fn n_states(&self) -> usize {
        self.at_least.len()
    }

    /// How the first state compares with the second: greater if it is preferred; `None` where that is
    /// unknown or a state is not ranked.
    #[must_use]
    pub fn compare(&self, one: usize, other: usize) -> Option<Ordering> {
        if one.max(other) >= self.n_states() {
            return None;
        }
        match (self.at_least(one, other), self.at_least(other, one)) {
            (true, true) => Some(Ordering::Equal),
            (true, false) => Some(Ordering::Greater),
            (false, true) => Some(Ordering::Less),
            (false, false) => None,
        }
    }

    /// Whether the first state is known to be preferred to the second.
    #[must_use]
    pub fn prefers(&self, one: usize, other: usize) -> bool {
        self.compare(one, other) == Some(Ordering::Greater)
    }

    /// Whether every two states are compared.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.tiers.is_some()
    }

    /// The tiers of a full ranking from the best to the worst; `None` of one that is known in part.
    #[must_use]
    pub fn tiers(&self) -> Option<Vec<Vec<usize>>> {
        let places = self.tiers.as_ref()?;
        let n_tiers = places.iter().max().map_or(0, |last| last + 1);
        let mut tiers = vec![Vec::new(); n_tiers];
        for (state, place) in places.iter().enumerate() {
            tiers[*place].push(state);
        }
        Some(tiers)
    }

    /// The place of each state's tier in a full ranking, the best being 0.
    pub(crate) fn places(&self) -> Option<&[usize]> {
        self.tiers.as_deref()
    }

    /// A full ranking by places, the lower the better; they need not follow one another.
    pub(crate) fn of_places(places: &[usize]) -> Self {
        let places = packed(places);
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by_key(|state| std::cmp::Reverse(places[*state]));
        let mut at_least = Relation::empty(places.len());
        let mut below = at_least.empty_row();
        for tier in order.chunk_by(|one, other| places[*one] == places[*other]) {
            for state in tier {
                bits::insert(&mut below, *state);
            }
            for state in tier {
                at_least.row_mut(*state).copy_from_slice(&below);
            }
        }
        Self {
            at_least,
            tiers: Some(places),
        }
    }

    /// Nothing is known.
    fn unknown(n_states: usize) -> Self {
        let mut at_least = Relation::empty(n_states);
        for state in 0..n_states {
            at_least.insert(state, state);
        }
        Self {
            at_least,
            tiers: None,
        }
    }

    /// What is known and that the first state is at least as good as the second, with what follows.
    pub(crate) fn suppose(&mut self, better: usize, worse: usize) {
        if self.at_least(better, worse) {
            return;
        }
        let below = self.at_least.row(worse).to_vec();
        for state in 0..self.n_states() {
            if self.at_least(state, better) {
                bits::unite(self.at_least.row_mut(state), &below);
            }
        }
    }

    /// Notes the tiers where by now everything is known.
    fn completed(mut self) -> Self {
        let n_states = self.n_states();
        let is_known = |one, other| self.at_least(one, other) || self.at_least(other, one);
        let complete = (0..n_states).all(|one| (0..one).all(|other| is_known(one, other)));
        if complete {
            let above = self.at_least.transposed();
            let places: Vec<usize> = (0..n_states)
                .map(|state| bits::ones(above.row(state)).count())
                .collect();
            self.tiers = Some(packed(&places));
        }
        self
    }

    /// Whether the first state is known to be at least as good as the second.
    pub(crate) fn at_least(&self, one: usize, other: usize) -> bool {
        self.at_least.contains(one, other)
    }

    /// For each state those that it is known to be at least as good as.
    pub(crate) const fn known_lower(&self) -> &Relation {
        &self.at_least
    }

    /// For each state those that may for all that is known be no better than it.
    pub(crate) fn possible_lower(&self) -> Relation {
        let (lower, upper) = (&self.at_least, self.at_least.transposed());
        Relation::by_words(self.n_states(), |state, word| {
            !upper.row(state)[word] | lower.row(state)[word]
        })
    }
}

/// The same order in places that follow one another from 0.
fn packed(places: &[usize]) -> Vec<usize> {
    let mut used = places.to_vec();
    used.sort_unstable();
    used.dedup();
    let place = |it: &usize| used.partition_point(|used| used < it);
    places.iter().map(place).collect()
}

/// Refuses more states than a relation can be held of.
pub(crate) const fn check_size(n_states: usize) -> Result<(), StabilityError> {
    if n_states <= crate::MAX_STATES {
        Ok(())
    } else {
        Err(StabilityError::TooManyStates {
            given: n_states,
            at_least: false,
            limit: crate::MAX_STATES,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    #[test]
    fn a_ranking_names_each_state_once() {
        let error = |tiers: &[&[usize]]| Preference::ranking(3, tiers).unwrap_err().to_string();
        assert_eq!(
            error(&[&[0], &[0, 1]]),
            "state 0 stands twice in the ranking; expected it once"
        );
        assert_eq!(
            error(&[&[0], &[1]]),
            "state 2 has no place in the ranking; expected each of 3 states once"
        );
        assert_eq!(
            error(&[&[0, 1, 2, 3]]),
            "state of the ranking 3 does not exist; expected one of 3 from 0"
        );
    }

    #[test]
    fn scores_are_ranked_with_their_ties() {
        let ranked = Preference::scores(&[1.0, 3.0, -0.0, 0.0, 3.0]).unwrap();
        assert_eq!(ranked.tiers().unwrap(), [vec![1, 4], vec![0], vec![2, 3]]);
        assert!(Preference::scores(&[1.0, f64::NAN]).is_err());
    }

    #[test]
    fn the_first_statement_that_tells_states_apart_decides() {
        let statements = [
            Statement::taken(1),
            Statement::taken(0).iff(Statement::taken(1)).unwrap(),
        ];
        let ranked = Preference::prioritised(&[0, 1, 2, 3], &statements).unwrap();
        assert_eq!(ranked.tiers().unwrap(), [[3], [2], [0], [1]]);
        let far = Preference::prioritised(&[0], &[Statement::taken(64)]);
        assert!(matches!(far, Err(StabilityError::Unknown { .. })));
    }

    #[test]
    fn preferences_in_a_circle_are_refused() {
        use Comparison::{Better, Equal};
        let circle = Preference::partial(3, &[Better(0, 1), Better(1, 2), Equal(2, 0)]);
        assert_eq!(
            circle,
            Err(StabilityError::Circle {
                better: 0,
                worse: 1
            })
        );
        assert!(Preference::partial(2, &[Better(1, 1)]).is_err());
        assert!(Preference::partial(2, &[Equal(1, 1)]).is_ok());
    }

    #[test]
    fn too_many_states_are_refused_before_they_are_held() {
        let error = Preference::indifferent(1_000_000).unwrap_err();
        assert_eq!(
            error.to_string(),
            "conflict has 1000000 states; expected at most 4096"
        );
    }

    proptest! {
        #[test]
        fn a_preference_is_a_preorder(preference in strategies::preference(6)) {
            for one in 0..6 {
                prop_assert!(preference.at_least(one, one));
                for (other, third) in (0..6).flat_map(|k| (0..6).map(move |l| (k, l))) {
                    let chained = preference.at_least(one, other) && preference.at_least(other, third);
                    prop_assert!(!chained || preference.at_least(one, third));
                }
            }
        }

        #[test]
        fn what_is_compared_in_full_is_a_ranking(places in prop::collection::vec(0..5_usize, 1..8)) {
            let pairs = (0..places.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
            let compared: Vec<Comparison> = pairs
                .map(|(one, other)| match places[one].cmp(&places[other]) {
                    Ordering::Less => Comparison::Better(one, other),
                    Ordering::Equal => Comparison::Equal(one, other),
                    Ordering::Greater => Comparison::Better(other, one),
                })
                .collect();
            let partial = Preference::partial(places.len(), &compared)?;
            prop_assert_eq!(&partial, &Preference::of_places(&places));
            let tiers = partial.tiers().unwrap_or_default();
            prop_assert_eq!(Preference::ranking(places.len(), &tiers)?, partial);
        }
    }
}
