use thiserror::Error;

use super::{Judge, Path, PathGoal, PathRung, Risk, Ruling};

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
    /// It has more rungs than are allowed.
    #[error("path has {given} rungs; expected {limit} at most")]
    TooLong {
        /// How many it has.
        given: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// Where both sides stand at a rung, the ruling on it or its risk is not what replaying it gives.
    #[error("{what} at rung {place} of the path is not what replaying it gives")]
    Rung {
        /// The place in the path, from 1.
        place: usize,
        /// What of it, in words.
        what: &'static str,
    },
    /// A total in its record is not what replaying it gives.
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
/// is accepted by both sides where they then stand, that it ends at the goal's target in no more rungs than the
/// goal allows, and that all that is recorded of its rungs, and their totals, is so to the bit. Shares no code
/// with the search. O(rungs).
///
/// # Errors
/// The first [`PathFault`].
pub fn check_path<J>(
    judge: &J,
    start: &J::State,
    goal: &PathGoal,
    path: &Path<J::State>,
) -> Result<(), PathFault>
where
    J: Judge,
    J::State: PartialEq,
{
    let target = goal.target;
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
        check_record(place, step, &state, (ruling, risk))?;
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
    if goal.most_rungs < path.rungs.len() {
        return Err(PathFault::TooLong {
            given: path.rungs.len(),
            limit: goal.most_rungs,
        });
    }
    check_totals(path, (largest, loss, time))
}

/// Whether what is recorded of a rung is what replaying the path up to it gives.
fn check_record<S: PartialEq>(
    place: usize,
    step: &PathRung<S>,
    state: &S,
    (ruling, risk): (Ruling, Risk),
) -> Result<(), PathFault> {
    for (what, same) in [
        ("standpoint", step.state == *state),
        ("ruling", step.ruling == ruling),
        ("risk", step.risk == risk),
    ] {
        if !same {
            return Err(PathFault::Rung { place, what });
        }
    }
    Ok(())
}

fn check_totals<S>(
    path: &Path<S>,
    (largest, loss, time): (f64, f64, f64),
) -> Result<(), PathFault> {
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
