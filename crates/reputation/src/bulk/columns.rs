//! What arrays must agree on before a loop runs over them.

use crate::ReputationError;

/// Refuses an array that is longer or shorter than it should be.
pub(super) fn length(
    array: &'static str,
    given: usize,
    expected: usize,
) -> Result<(), ReputationError> {
    if given == expected {
        Ok(())
    } else {
        Err(ReputationError::Length {
            array,
            given,
            expected,
        })
    }
}

/// Refuses an array with an entry of `limit` or more, naming the first. A pass over the maximum
/// first, which the processor takes in great strides. O(entries).
pub(super) fn below<T: Copy + Ord + TryInto<usize>>(
    array: &'static str,
    entries: &[T],
    limit: usize,
) -> Result<(), ReputationError> {
    let number = |entry: T| entry.try_into().unwrap_or(usize::MAX);
    match entries.iter().copied().max() {
        Some(largest) if number(largest) >= limit => {
            let position = entries.iter().position(|&entry| number(entry) >= limit);
            let position = position.unwrap_or_default();
            Err(ReputationError::Entry {
                array,
                position,
                given: number(entries[position]),
                least: 0,
                most: limit.saturating_sub(1),
            })
        }
        _ => Ok(()),
    }
}

/// Refuses ends of series that go backwards or do not end where the acts do.
pub(super) fn series_ends(ends: &[usize], n_acts: usize) -> Result<(), ReputationError> {
    let mut start = 0;
    for (position, &end) in ends.iter().enumerate() {
        if end < start || end > n_acts {
            return Err(ReputationError::Entry {
                array: "ends of series",
                position,
                given: end,
                least: start,
                most: n_acts,
            });
        }
        start = end;
    }
    length("array of acts", n_acts, start)
}
