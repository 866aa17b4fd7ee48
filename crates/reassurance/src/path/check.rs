use thiserror::Error;

use super::{Judge, Path};

/// What is wrong with a path. Rungs count from 1.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum PathFault {
    /// It has no rungs.
    #[error("path is empty; expected at least the full agreement")]
    Empty,
    /// It names a rung that the judge does not know.
    #[error("rung {place} of the path is number {given}; expected one of the {limit} from 0")]
    Unknown {
        /// The place in the path, from 1.
        place: usize,
        /// The number that was given.
        given: usize,
        /// How many there are.
        limit: usize,
    },
    /// A side refuses a rung where the path has it.
    #[error("rung {place} of the path is refused by side {side} by {margin}; expected above 0")]
    Refused {
        /// The place in the path, from 1.
        place: usize,
        /// Who refuses, from 0.
        side: usize,
        /// Its margin: 0 or less, or NaN.
        margin: f64,
    },
    /// It ends elsewhere than at the full agreement.
    #[error("path ends at rung {given}; expected the full agreement, {expected}")]
    WrongEnd {
        /// Where it ends.
        given: usize,
        /// Where it should.
        expected: usize,
    },
    /// A number in its record is not what replaying it gives.
    #[error("{quantity} of the path is {given}; replayed it is {expected}")]
    Record {
        /// Which number, in words.
        quantity: &'static str,
        /// What the record says.
        given: f64,
        /// What replaying gives.
        expected: f64,
    },
}

/// Replays a path from `start` by asking the judge alone, and says what is wrong with it: that every rung
/// is accepted by both sides where they then stand, that it ends at `target`, and that its totals are
/// those of its rungs. Shares no code with the search. O(rungs).
///
/// # Errors
/// The first [`PathFault`].
pub fn check_path<J: Judge>(
    judge: &J,
    start: &J::State,
    target: usize,
    path: &Path<J::State>,
) -> Result<(), PathFault> {
    let last = path.rungs.last().ok_or(PathFault::Empty)?;
    let mut state = start.clone();
    let (mut largest, mut loss, mut time) = (0.0_f64, 0.0, 0.0);
    for (place, step) in (1..).zip(&path.rungs) {
        if judge.rungs() <= step.rung {
            return Err(PathFault::Unknown {
                place,
                given: step.rung,
                limit: judge.rungs(),
            });
        }
        let ruling = judge.ruling(&state, step.rung);
        if !ruling.accepts() {
            return Err(PathFault::Refused {
                place,
                side: ruling.side,
                margin: ruling.margin,
            });
        }
        let risk = judge.risk(&state, step.rung);
        largest = largest.max(risk.exposure);
        loss += risk.expected_loss;
        time += risk.time;
        state = judge.honoured(&state, step.rung);
    }
    if last.rung != target {
        return Err(PathFault::WrongEnd {
            given: last.rung,
            expected: target,
        });
    }
    for (quantity, given, expected) in [
        ("exposure", path.totals.exposure, largest),
        ("expected loss", path.totals.expected_loss, loss),
        ("time", path.totals.time, time),
        (
            "number of rungs",
            path.totals.rungs as f64,
            path.rungs.len() as f64,
        ),
    ] {
        if given.to_bits() != expected.to_bits() {
            return Err(PathFault::Record {
                quantity,
                given,
                expected,
            });
        }
    }
    Ok(())
}
