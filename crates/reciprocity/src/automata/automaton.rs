use detente_quantity::Probability;

use crate::{Conduct, ReciprocityError};

/// The most states an automaton may have.
pub const MAX_STATES: usize = 1024;

/// One state of an [`Automaton`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AutomatonState {
    /// The chance that it means to honour in this state.
    pub honours: Probability,
    /// The next state, by what it did and what it saw the other do, in the order of
    /// [`Profile::ALL`](crate::Profile::ALL): both honoured, only it honoured, only it cheated,
    /// both cheated.
    pub next: [usize; 4],
}

/// A strategy with finitely many states: a Moore machine whose output may be mixed (Rubinstein
/// 1986; Abreu and Rubinstein 1988). In each state it means to honour with a given probability;
/// what it then did and what it saw the other do decide the next state.
///
/// States are numbered from 0. The strategies of the literature are in [`named`](super::named).
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reciprocity::automata::{Automaton, AutomatonState};
/// // Honour until cheated twice; then cheat for ever.
/// let honouring = |next| AutomatonState { honours: Probability::ONE, next };
/// let patient = Automaton::new("patient grim", 0, vec![
///     honouring([0, 1, 0, 1]),
///     honouring([1, 2, 1, 2]),
///     AutomatonState { honours: Probability::ZERO, next: [2; 4] },
/// ])?;
/// assert_eq!(patient.states().len(), 3);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Unchecked"))]
pub struct Automaton {
    name: String,
    start: usize,
    states: Vec<AutomatonState>,
}

impl Automaton {
    /// Checks that there are between 1 and [`MAX_STATES`] states and that the start and every
    /// next state are among them. States that cannot be reached are allowed.
    ///
    /// # Errors
    /// [`Empty`](ReciprocityError::Empty), [`TooMany`](ReciprocityError::TooMany) or
    /// [`Unknown`](ReciprocityError::Unknown).
    pub fn new(
        name: impl Into<String>,
        start: usize,
        states: Vec<AutomatonState>,
    ) -> Result<Self, ReciprocityError> {
        let found = Self {
            name: name.into(),
            start,
            states,
        };
        let n = found.states.len();
        if n == 0 {
            return Err(ReciprocityError::Empty {
                what: format!("automaton {:?}", found.name),
                member: "state",
            });
        }
        if n > MAX_STATES {
            return Err(ReciprocityError::TooMany {
                what: "states of an automaton",
                given: n,
                limit: MAX_STATES,
            });
        }
        let mut named = found.states.iter().flat_map(|it| it.next).chain([start]);
        if let Some(state) = named.find(|&state| state >= n) {
            return Err(ReciprocityError::Unknown {
                what: "state",
                given: state,
                limit: n,
            });
        }
        Ok(found)
    }

    /// An automaton of this crate, whose states lead to each other by construction.
    pub(crate) fn built(name: impl Into<String>, states: Vec<AutomatonState>) -> Self {
        Self {
            name: name.into(),
            start: 0,
            states,
        }
    }

    /// What it is called.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same automaton under another name.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..self
        }
    }

    /// The state in which it starts.
    #[must_use]
    pub const fn start(&self) -> usize {
        self.start
    }

    /// Its states, at least one.
    #[must_use]
    pub fn states(&self) -> &[AutomatonState] {
        &self.states
    }

    /// The state after `state` when it did `own` and saw the other do `seen`; `None` if there is
    /// no such state.
    #[must_use]
    pub fn next(&self, state: usize, own: Conduct, seen: Conduct) -> Option<usize> {
        Some(self.states.get(state)?.after(own, seen))
    }

    /// The automaton with the fewest states that behaves the same after every history: states that
    /// cannot be reached are left out and those that cannot be told apart are one (Moore 1956).
    /// O(n²) for n states.
    #[must_use]
    pub fn minimal(&self) -> Self {
        let reached = self.reachable();
        let class = self.indistinguishable(&reached);
        let mut first_of: Vec<usize> = Vec::new();
        for &state in &reached {
            if class[state] == first_of.len() {
                first_of.push(state);
            }
        }
        let merged = first_of.iter().map(|&state| {
            let AutomatonState { honours, next } = self.states[state];
            let next = next.map(|to| class[to]);
            AutomatonState { honours, next }
        });
        Self::built(self.name.clone(), merged.collect())
    }

    /// The states that some history reaches, in the order in which they are met, the start first.
    fn reachable(&self) -> Vec<usize> {
        let (mut order, mut met) = (vec![self.start], vec![false; self.states.len()]);
        met[self.start] = true;
        let mut done = 0;
        while let Some(&state) = order.get(done) {
            done += 1;
            for to in self.states[state].next {
                if !met[to] {
                    met[to] = true;
                    order.push(to);
                }
            }
        }
        order
    }

    /// The class of every reached state, numbered in the order of `reached`: refined from equal
    /// outputs until equal classes lead to equal classes.
    fn indistinguishable(&self, reached: &[usize]) -> Vec<usize> {
        let mut class = vec![0; self.states.len()];
        let mut n_classes = 0;
        loop {
            let mut seen = std::collections::BTreeMap::new();
            let mut refined = vec![0; class.len()];
            for &state in reached {
                let AutomatonState { honours, next } = self.states[state];
                let mark = (
                    class[state],
                    honours.get().to_bits(),
                    next.map(|to| class[to]),
                );
                let fresh = seen.len();
                refined[state] = *seen.entry(mark).or_insert(fresh);
            }
            class = refined;
            if seen.len() == n_classes {
                return class;
            }
            n_classes = seen.len();
        }
    }
}

impl AutomatonState {
    /// The next state after these acts.
    pub(crate) const fn after(&self, own: Conduct, seen: Conduct) -> usize {
        self.next[2 * own as usize + seen as usize]
    }
}

/// An automaton as it stands in a file.
#[cfg(feature = "serde")]
#[derive(serde::Deserialize)]
#[serde(rename = "Automaton")]
struct Unchecked {
    name: String,
    start: usize,
    states: Vec<AutomatonState>,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for Automaton {
    type Error = ReciprocityError;

    fn try_from(it: Unchecked) -> Result<Self, ReciprocityError> {
        Self::new(it.name, it.start, it.states)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Conduct::{Cheat, Honour};

    fn state(honours: f64, next: [usize; 4]) -> AutomatonState {
        let honours = Probability::new(honours).unwrap();
        AutomatonState { honours, next }
    }

    #[test]
    fn the_order_of_next_states_is_that_of_profiles() {
        let it = state(1.0, [5, 6, 7, 8]);
        let acts = [
            (Honour, Honour),
            (Honour, Cheat),
            (Cheat, Honour),
            (Cheat, Cheat),
        ];
        assert_eq!(acts.map(|(own, seen)| it.after(own, seen)), [5, 6, 7, 8]);
    }

    #[test]
    fn states_that_are_not_there_are_named() {
        let error = Automaton::new("lost", 0, vec![state(1.0, [0, 0, 3, 0])]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "state 3 does not exist; expected one of the 1 from 0"
        );
        assert!(Automaton::new("late", 1, vec![state(1.0, [0; 4])]).is_err());
        assert!(Automaton::new("empty", 0, vec![]).is_err());
        assert!(Automaton::new("vast", 0, vec![state(1.0, [0; 4]); MAX_STATES + 1]).is_err());
    }

    #[test]
    fn states_that_cannot_be_told_apart_become_one() {
        // Tit for tat with its cheating state doubled and one state that nothing leads to.
        let states = vec![
            state(0.0, [1, 2, 1, 0]),
            state(1.0, [1, 0, 1, 2]),
            state(0.0, [1, 0, 1, 2]),
            state(0.5, [3; 4]),
        ];
        let minimal = Automaton::new("doubled", 1, states).unwrap().minimal();
        assert_eq!(
            minimal.states(),
            [state(1.0, [0, 1, 0, 1]), state(0.0, [0, 1, 0, 1])]
        );
        assert_eq!(minimal.start(), 0);
        assert_eq!(minimal.minimal(), minimal);
    }
}
