use super::Replicates;
use crate::UncertaintyError;

/// How precise estimates have to be, and how many replicates may be spent on it.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Precision {
    /// The largest standard error of an estimate that will do; positive.
    pub standard_error: f64,
    /// Replicates before the first look at the error, at least 2. Below some 8 the error is often
    /// underrated by chance, and the search stops because of it.
    pub at_least: usize,
    /// The number of replicates at which to give up.
    pub at_most: usize,
}

/// Why no more replicates were added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Stop {
    /// Every estimate is as precise as requested.
    Precise,
    /// The largest number of replicates is reached, and some estimate is not.
    Exhausted,
}

/// Estimates over as many replicates as their precision took.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Estimates {
    /// Each estimate over all replicates, in the order of the replicates' lists.
    pub estimates: Vec<Replicates>,
    /// The number of replicates.
    pub replicates: usize,
    /// Why there are no more.
    pub stop: Stop,
}

/// Adds replicates, numbered from 0, one after another until every estimate is precise enough or
/// the number allowed is reached. `replicate` gives the estimates of one replicate, always as many.
///
/// The result depends on the estimates alone. The standard error is looked at after every
/// replicate, and the search stops where it happens to be small: intervals then hold the truth a
/// little less often than they say. Measured for normal estimates and nominally 95%: COVERAGE.
///
/// # Errors
/// Those of `replicate`; [`UncertaintyError::OutOfRange`] unless the requested standard error is
/// positive, [`UncertaintyError::ReplicateBounds`] unless `2 ≤ at_least ≤ at_most`,
/// [`UncertaintyError::UnequalLengths`] if replicates differ in their number of estimates,
/// [`UncertaintyError::BadElement`] for an estimate that is NaN, infinite or too large.
pub fn until_precise<E: From<UncertaintyError>>(
    precision: Precision,
    mut replicate: impl FnMut(usize) -> Result<Vec<f64>, E>,
) -> Result<Estimates, E> {
    check(precision)?;
    let mut columns: Vec<Vec<f64>> = Vec::new();
    let mut done = 0;
    loop {
        add(&mut columns, replicate(done)?, done)?;
        done += 1;
        if done < precision.at_least {
            continue;
        }
        let estimates = columns.iter().map(|column| Replicates::of(column));
        let estimates = estimates.collect::<Result<Vec<_>, _>>()?;
        let precise = |one: &Replicates| one.standard_error <= precision.standard_error;
        let stop = if estimates.iter().all(precise) {
            Stop::Precise
        } else if done == precision.at_most {
            Stop::Exhausted
        } else {
            continue;
        };
        return Ok(Estimates {
            estimates,
            replicates: done,
            stop,
        });
    }
}

fn check(precision: Precision) -> Result<(), UncertaintyError> {
    // NaN fails as well.
    let positive = precision.standard_error > 0.0;
    if !positive {
        return Err(UncertaintyError::OutOfRange {
            parameter: "requested standard error",
            given: precision.standard_error,
            expected: "a positive number",
        });
    }
    if precision.at_least < 2 || precision.at_least > precision.at_most {
        return Err(UncertaintyError::ReplicateBounds {
            at_least: precision.at_least,
            at_most: precision.at_most,
        });
    }
    Ok(())
}

fn add(
    columns: &mut Vec<Vec<f64>>,
    estimates: Vec<f64>,
    done: usize,
) -> Result<(), UncertaintyError> {
    if done == 0 {
        columns.resize(estimates.len(), Vec::new());
    }
    if estimates.len() != columns.len() {
        return Err(UncertaintyError::UnequalLengths {
            list: "list of a replicate's estimates",
            given: estimates.len(),
            expected: columns.len(),
        });
    }
    for (column, estimate) in columns.iter_mut().zip(estimates) {
        column.push(estimate);
    }
    Ok(())
}
