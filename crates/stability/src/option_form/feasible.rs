//! Finding the feasible combinations.

use super::{OptionForm, Pattern};
use crate::{MAX_STATES, StabilityError};

/// Combinations that may be looked at, parts of them and patterns tried on them included.
const MOST_LOOKED_AT: usize = 10_000_000;

/// Combinations that may be feasible before those that are the same are made one.
const MOST_FOUND: usize = 4 * MAX_STATES;

/// The feasible combinations in order. Options are settled one by one from the last, so that
/// combinations come in order, and a part that fits an infeasible pattern is followed no further.
pub(super) fn combinations(form: &OptionForm) -> Result<Vec<u64>, StabilityError> {
    if let Some(listed) = form.listed() {
        let feasible = |code: &u64| !form.infeasible().iter().any(|it| it.fits(*code));
        return Ok(listed.iter().copied().filter(feasible).collect());
    }
    let n_options = form.choices().len();
    let by_first = by_first_named(form);
    let mut found = Vec::new();
    let mut looked_at = 0;
    // A part: the options from so many on are settled.
    let mut open = vec![(n_options, 0_u64)];
    while let Some((left, code)) = open.pop() {
        looked_at += 1 + by_first[left].len();
        if looked_at > MOST_LOOKED_AT {
            return Err(StabilityError::TooManyCombinations { n_options });
        }
        if by_first[left].iter().any(|it| it.fits(code)) {
            continue;
        }
        match left.checked_sub(1) {
            Some(next) => open.extend([(next, code | 1 << next), (next, code)]),
            None => found.push(code),
        }
        if found.len() > MOST_FOUND {
            return Err(StabilityError::TooManyStates {
                given: MOST_FOUND,
                at_least: true,
                limit: MAX_STATES,
            });
        }
    }
    Ok(found)
}

/// Infeasible patterns by the first option that they name: they can be told once it is settled.
fn by_first_named(form: &OptionForm) -> Vec<Vec<Pattern>> {
    let mut by_first = vec![Vec::new(); form.choices().len() + 1];
    for pattern in form.infeasible() {
        if let Some(first) = pattern.first() {
            by_first[first].push(*pattern);
        }
    }
    by_first
}
