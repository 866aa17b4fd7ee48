use detente_quantity::Probability;

use crate::{
    ReciprocityError,
    automata::{Automaton, AutomatonState},
};

/// The longest series of [`gradual`] punishment.
pub const MAX_SERIES: usize = 40;

/// Gradual (Beaufils, Delahaye and Mathieu 1996): honours; the nth time that it is cheated while
/// at peace it cheats n times and then honours twice to calm down, whatever the other does
/// meanwhile. Its memory is truncated: from the `longest`-th time on, every series has `longest`
/// acts. `longest` = 0 always honours.
///
/// Cheating seen during a series starts no new one; cheating seen in its last calming period
/// does. With N = `longest` it has 1 + 2N + N(N + 1)/2 states.
///
/// # Errors
/// [`TooMany`](ReciprocityError::TooMany) if `longest` exceeds [`MAX_SERIES`].
pub fn gradual(longest: usize) -> Result<Automaton, ReciprocityError> {
    if longest > MAX_SERIES {
        return Err(ReciprocityError::TooMany {
            what: "acts of the longest series",
            given: longest,
            limit: MAX_SERIES,
        });
    }
    let state = |honours, next| AutomatonState { honours, next };
    let honour = Probability::ONE;
    // The series of length n takes n + 2 places: its n acts, the calming and the peace after it.
    let begins = |n: usize| 1 + (1..n).map(|shorter| shorter + 2).sum::<usize>();
    let at_peace = |place: usize, n: usize| {
        let answer = if longest == 0 {
            0
        } else {
            begins((n + 1).min(longest))
        };
        state(honour, [place, answer, place, answer])
    };
    let mut states = vec![at_peace(0, 0)];
    for n in 1..=longest {
        let first = begins(n);
        states.extend((first..first + n).map(|place| state(Probability::ZERO, [place + 1; 4])));
        states.push(state(honour, [first + n + 1; 4]));
        states.push(at_peace(first + n + 1, n));
    }
    Ok(Automaton::built(format!("gradual {longest}"), states))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Conduct::{self, Cheat, Honour};

    /// What gradual does against one who cheats in these periods.
    fn against(longest: usize, seen: &[Conduct]) -> Vec<Conduct> {
        let it = gradual(longest).unwrap();
        let mut state = it.start();
        let mut done = Vec::new();
        for &other in seen {
            let own = if it.states()[state].honours > Probability::ZERO {
                Honour
            } else {
                Cheat
            };
            done.push(own);
            state = it.next(state, own, other).unwrap();
        }
        done
    }

    #[test]
    fn the_answer_grows_with_the_offences() {
        let seen = [
            Cheat, Honour, Honour, Honour, Cheat, Honour, Honour, Honour, Honour, Honour,
        ];
        let done = [
            Honour, Cheat, Honour, Honour, Honour, Cheat, Cheat, Honour, Honour, Honour,
        ];
        assert_eq!(against(5, &seen), done);
    }

    #[test]
    fn memory_ends_at_the_longest_series() {
        let done = against(2, &[Cheat; 14]);
        // One, then twice two, each followed by two periods of calm.
        let cheats = done
            .iter()
            .map(|&it| u8::from(it == Cheat))
            .collect::<Vec<_>>();
        assert_eq!(cheats, [0, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1]);
        assert!(against(0, &[Cheat; 5]).iter().all(|&it| it == Honour));
    }

    #[test]
    fn states_are_as_many_as_stated() {
        for n in [0, 1, 5, MAX_SERIES] {
            let states = gradual(n).unwrap().states().len();
            assert_eq!(states, 1 + 2 * n + n * (n + 1) / 2);
            assert!(Automaton::new("", 0, gradual(n).unwrap().states().to_vec()).is_ok());
        }
        assert!(gradual(MAX_SERIES + 1).is_err());
    }
}
