use detente_quantity::Probability;

use crate::{
    ReciprocityError,
    automata::{Automaton, AutomatonState, MAX_STATES},
};

/// The longest punishment that an automaton has states for.
pub const MAX_PUNISHMENT: usize = MAX_STATES - 1;

/// Honours until either side is seen to cheat; then cheats for ever (Friedman 1971).
#[must_use]
pub fn grim() -> Automaton {
    let state = |honours, next| AutomatonState { honours, next };
    Automaton::built(
        "grim",
        vec![
            state(Probability::ONE, [0, 1, 1, 1]),
            state(Probability::ZERO, [1; 4]),
        ],
    )
}

/// Honours until either side is seen to cheat; then cheats for `periods` periods, come what may,
/// and begins anew. Two of them punish together, one's own slips included (Green and Porter 1984
/// on reversion for a time; claim S-04). With no periods it always honours.
///
/// # Errors
/// [`TooMany`](ReciprocityError::TooMany) beyond [`MAX_PUNISHMENT`] periods.
pub fn limited_punishment(periods: usize) -> Result<Automaton, ReciprocityError> {
    if periods > MAX_PUNISHMENT {
        return Err(ReciprocityError::TooMany {
            what: "periods of punishment",
            given: periods,
            limit: MAX_PUNISHMENT,
        });
    }
    // State n of the punishment has n periods to come; state 0 is peace.
    let punishing = (1..=periods).map(|left| AutomatonState {
        honours: Probability::ZERO,
        next: [left - 1; 4],
    });
    let peace = AutomatonState {
        honours: Probability::ONE,
        next: [0, periods, periods, periods],
    };
    let states = std::iter::once(peace).chain(punishing).collect();
    Ok(Automaton::built(
        format!("{periods}-period punishment"),
        states,
    ))
}
