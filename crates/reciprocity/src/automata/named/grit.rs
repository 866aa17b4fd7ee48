use detente_quantity::Probability;

use crate::{
    ReciprocityError,
    automata::{Automaton, AutomatonState, MAX_STATES},
    error::out_of_range,
};

/// Graduated reciprocation in tension-reduction (Osgood 1962) as an automaton: a series of
/// unilateral concessions, carried out as announced whatever the other does; then reciprocity;
/// punishment in kind when exploited; and, where the other goes on cheating, patience behind an
/// intact guard until the next series.
///
/// Osgood's ten points (claim C-38), and what becomes of each here:
///
/// | point | in the automaton |
/// |---|---|
/// | 1 state the conciliatory intent | starts with a concession, never with cheating |
/// | 2 announce each concession | the series has a fixed length that the other can know |
/// | 3 execute as announced | states of the series honour with certainty |
/// | 4 invite reciprocity without demanding it | no state of the series depends on what it sees |
/// | 5 persist | the series lasts `concessions` periods, and is begun anew after `rest` periods |
/// | 6 verifiable acts | acts are seen as they are but for [`Noise`](crate::automata::Noise) |
/// | 7 retain the capacity to retaliate | outside the series, cheating is answered |
/// | 8 precise punishment in kind | one act of cheating for one, no escalation |
/// | 9 diversify concessions | outside the model: there is one kind of act |
/// | 10 match reciprocation | honouring is answered by honouring, from the guard too |
///
/// ```
/// use detente_quantity::{Probability, Stakes};
/// use detente_reciprocity::{Side, automata::{Encounter, Noise, named}};
/// // Suspicious tit for tat never finds out of mutual cheating by itself; GRIT leads it out.
/// let grit = named::Grit { concessions: 2, rest: 8 }.automaton()?;
/// let other = named::suspicious_tit_for_tat();
/// let cooperation = |row| {
///     let end = Encounter::new(row, &other, Noise::NONE)?.long_run()?;
///     Ok::<_, detente_reciprocity::ReciprocityError>(end.outcomes.honouring(Side::Column).get())
/// };
/// assert_eq!(cooperation(&grit)?, 1.0);
/// assert_eq!(cooperation(&other)?, 0.0);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Grit {
    /// How many periods a series of unilateral concessions lasts; at least 1.
    pub concessions: usize,
    /// How many periods of the other's cheating it answers in kind before the next series; at
    /// least 1.
    pub rest: usize,
}

impl Grit {
    /// The automaton, of `concessions` + `rest` + 1 states: the series, reciprocity, the guard.
    ///
    /// # Errors
    /// [`Quantity`](ReciprocityError::Quantity) if either is 0,
    /// [`TooMany`](ReciprocityError::TooMany) if there would be more than 1,024 states.
    pub fn automaton(self) -> Result<Automaton, ReciprocityError> {
        for (parameter, given) in [
            ("the number of concessions", self.concessions),
            ("the rest between series", self.rest),
        ] {
            if given == 0 {
                return Err(out_of_range(parameter, 0.0, "at least 1"));
            }
        }
        let n_states = self.concessions.saturating_add(self.rest).saturating_add(1);
        if n_states > MAX_STATES {
            return Err(ReciprocityError::TooMany {
                what: "states of the automaton",
                given: n_states,
                limit: MAX_STATES,
            });
        }
        let name = format!("GRIT {}/{}", self.concessions, self.rest);
        Ok(Automaton::built(name, self.states()))
    }

    fn states(self) -> Vec<AutomatonState> {
        let (matching, guard) = (self.concessions, self.concessions + 1);
        let state = |honours, next| AutomatonState { honours, next };
        let mut states: Vec<AutomatonState> = (1..matching)
            .map(|step| state(Probability::ONE, [step; 4]))
            .collect();
        // What the other does in answer to the series decides what follows it.
        states.push(state(Probability::ONE, [matching, guard, matching, guard]));
        states.push(state(Probability::ONE, [matching, guard, matching, guard]));
        for waited in 1..=self.rest {
            let on = if waited == self.rest {
                0
            } else {
                guard + waited
            };
            states.push(state(Probability::ZERO, [matching, on, matching, on]));
        }
        states
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Profile, Side,
        automata::{Encounter, Noise, named},
    };

    fn grit(concessions: usize, rest: usize) -> Automaton {
        Grit { concessions, rest }.automaton().unwrap()
    }

    #[test]
    fn an_incurable_cheat_is_fed_no_more_than_the_series() {
        let encounter = Encounter::new(&grit(3, 7), &named::always_cheat(), Noise::NONE).unwrap();
        let end = encounter.long_run().unwrap().outcomes;
        // Three concessions in every ten periods, punishment in the rest.
        assert!((end.honouring(Side::Row).get() - 0.3).abs() < 1e-15);
    }

    #[test]
    fn exploitation_is_answered_once_for_once() {
        let it = grit(2, 4);
        let (mut state, mut cheats) = (it.start(), Vec::new());
        for seen in
            [[0, 0, 0, 1, 0, 0, 1, 1, 0, 0].map(|cheat| Profile::ALL[cheat].column)].concat()
        {
            let own = if it.states()[state].honours > Probability::ZERO {
                crate::Conduct::Honour
            } else {
                crate::Conduct::Cheat
            };
            cheats.push(u8::from(own == crate::Conduct::Cheat));
            state = it.next(state, own, seen).unwrap();
        }
        assert_eq!(cheats, [0, 0, 0, 0, 1, 0, 0, 1, 1, 0]);
    }

    #[test]
    fn sizes_that_cannot_be_are_refused() {
        assert!(
            Grit {
                concessions: 0,
                rest: 3
            }
            .automaton()
            .is_err()
        );
        assert!(
            Grit {
                concessions: 3,
                rest: 0
            }
            .automaton()
            .is_err()
        );
        assert!(
            Grit {
                concessions: usize::MAX,
                rest: 1
            }
            .automaton()
            .is_err()
        );
        let largest = grit(1000, 23);
        assert_eq!(largest.states().len(), MAX_STATES);
        assert!(Automaton::new("", 0, largest.states().to_vec()).is_ok());
    }
}
