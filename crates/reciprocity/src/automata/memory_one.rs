use detente_quantity::Probability;

use super::{Automaton, AutomatonState};

/// A strategy that remembers one period: what it means to do depends on the last outcome alone
/// (Nowak and Sigmund 1993). Convert it [into an automaton](Automaton::from) to play.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reciprocity::automata::{Automaton, MemoryOne, named};
/// let [never, always] = [Probability::ZERO, Probability::ONE];
/// let tit_for_tat = MemoryOne { first: always, after: [always, never, always, never] };
/// assert_eq!(Automaton::from(tit_for_tat).states(), named::tit_for_tat().states());
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MemoryOne {
    /// The chance that it means to honour in the first period.
    pub first: Probability,
    /// The chance after each outcome, own act first, in the order of
    /// [`Profile::ALL`](crate::Profile::ALL): both honoured (CC), it was cheated (CD), it cheated
    /// (DC), both cheated (DD).
    pub after: [Probability; 4],
}

impl From<MemoryOne> for Automaton {
    /// The smallest automaton that plays the strategy: one to five states.
    fn from(strategy: MemoryOne) -> Self {
        let state = |honours| AutomatonState {
            honours,
            next: [1, 2, 3, 4],
        };
        let mut states = vec![state(strategy.first)];
        states.extend(strategy.after.map(state));
        let [cc, cd, dc, dd] = strategy.after;
        let name = format!("memory one {}/{cc},{cd},{dc},{dd}", strategy.first);
        Self::built(name, states).minimal()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn states(first: f64, after: [f64; 4]) -> usize {
        let chance = |value| Probability::new(value).unwrap();
        let after = after.map(chance);
        let first = chance(first);
        Automaton::from(MemoryOne { first, after }).states().len()
    }

    #[test]
    fn states_are_no_more_than_needed() {
        assert_eq!(states(1.0, [1.0; 4]), 1);
        assert_eq!(states(0.0, [1.0; 4]), 2);
        assert_eq!(states(1.0, [1.0, 0.0, 1.0, 0.0]), 2);
        assert_eq!(states(1.0, [1.0, 0.0, 0.0, 1.0]), 2);
        assert_eq!(states(0.5, [0.9, 0.7, 0.2, 0.1]), 5);
    }
}
