//! How large a conflict may be, asked before anything is looked up in it.

use detente_stability::{MAX_OPTIONS, MAX_PLAYERS, MAX_STATES, StabilityError};

pub(super) const fn check_players(given: usize) -> Result<(), StabilityError> {
    let (limit, purpose) = (MAX_PLAYERS, "");
    match given > limit {
        true => Err(StabilityError::TooManyPlayers {
            given,
            limit,
            purpose,
        }),
        false => Ok(()),
    }
}

pub(super) const fn check_options(given: usize) -> Result<(), StabilityError> {
    let limit = MAX_OPTIONS;
    match given > limit {
        true => Err(StabilityError::TooManyOptions { given, limit }),
        false => Ok(()),
    }
}

pub(super) const fn check_states(given: usize) -> Result<(), StabilityError> {
    let (limit, at_least) = (MAX_STATES, false);
    match given > limit {
        true => Err(StabilityError::TooManyStates {
            given,
            at_least,
            limit,
        }),
        false => Ok(()),
    }
}
