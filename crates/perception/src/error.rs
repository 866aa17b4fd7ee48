use detente_quantity::QuantityError;
use detente_reputation::ReputationError;
use thiserror::Error;

/// Why a bias profile or a model of attribution was refused.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum PerceptionError {
    /// A weight or coefficient is out of range.
    #[error("{quantity} is {given}; expected {expected}")]
    OutOfRange {
        /// The name of the quantity, in words.
        quantity: &'static str,
        /// The number that was given.
        given: f64,
        /// The allowed range, in words.
        expected: &'static str,
    },
    /// A model of causes was asked about a cause it does not have.
    #[error("there is no cause {given}; expected a place from 0 to below {causes}")]
    NoSuchCause {
        /// The place that was asked for, from 0.
        given: usize,
        /// How many causes the model has.
        causes: usize,
    },
    /// The act to be explained cannot happen under the model, so nothing follows from it.
    #[error(
        "the act has probability 0 under the model; expected a cause or a leak that can produce it"
    )]
    Inexplicable,
    /// A question was asked about a type that the belief does not have, or about one type twice.
    #[error(
        "the contrast names type {given}; expected two types of {types}, from 0 and not the same"
    )]
    NoSuchContrast {
        /// The place of the type that was named, from 0.
        given: usize,
        /// How many types the belief has.
        types: usize,
    },
    /// The question is settled for good, warranted or as held, so that no finite amount of evidence
    /// lies between the two.
    #[error(
        "after {acts} acts one reading leaves nothing to ask, so there is no finite loss to divide; \
         expected a belief and acts that rule none of the contrasted types out"
    )]
    Settled {
        /// How many acts had been read.
        acts: usize,
    },
    /// More was asked for than is worth computing.
    #[error("there are {given} {what}; expected at most {limit}")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How many there are.
        given: usize,
        /// How many there may be.
        limit: usize,
    },
    /// An observation is said to follow more acts than were recorded.
    #[error("an observation follows {given} acts; expected at most the {acts} of its record")]
    NoSuchAct {
        /// How many acts it is said to follow.
        given: usize,
        /// How many there are.
        acts: usize,
    },
    /// There is nothing to fit, or one thing twice.
    #[error(
        "the free parameters are none or name one twice; expected one to four different numbers of a \
         profile (bad faith is on or off: compare the likelihoods with it fixed either way)"
    )]
    NothingToFit,
    /// No value that was tried could have produced the records.
    #[error(
        "the records have likelihood 0 at every value tried; expected a prior, acts and a range under \
         which they could have come about"
    )]
    Contradicted,
    /// The data say too little of a parameter for a number to mean anything.
    #[error(
        "the {parameter} is not identified: from {low} to {high} twice the log-likelihood falls by \
         {drop} at most; expected records in which it makes a difference of {needed}"
    )]
    Unidentified {
        /// The parameter, in words.
        parameter: &'static str,
        /// The lowest value that was searched.
        low: f64,
        /// The highest.
        high: f64,
        /// The largest fall found in twice the log-likelihood.
        drop: f64,
        /// The fall that would have excluded a value.
        needed: f64,
    },
    /// An act or a belief was refused by the filter.
    #[error(transparent)]
    Reputation(#[from] ReputationError),
    /// A number is not what its type allows.
    #[error(transparent)]
    Quantity(#[from] QuantityError),
}

/// Passes a finite, non-negative number on and refuses others by name. Negative zero becomes zero.
pub(crate) fn weight(quantity: &'static str, given: f64) -> Result<f64, PerceptionError> {
    if given >= 0.0 && given.is_finite() {
        Ok(given + 0.0)
    } else {
        Err(PerceptionError::OutOfRange {
            quantity,
            given,
            expected: "a finite number, 0 or more",
        })
    }
}

/// Passes a finite number above 0 on and refuses others by name.
pub(crate) fn positive(quantity: &'static str, given: f64) -> Result<f64, PerceptionError> {
    if given > 0.0 && given.is_finite() {
        Ok(given)
    } else {
        Err(PerceptionError::OutOfRange {
            quantity,
            given,
            expected: "a finite number above 0",
        })
    }
}

/// Passes a finite number that is not positive on and refuses others by name.
pub(crate) fn at_most_zero(quantity: &'static str, given: f64) -> Result<f64, PerceptionError> {
    if given <= 0.0 && given.is_finite() {
        Ok(given + 0.0)
    } else {
        Err(PerceptionError::OutOfRange {
            quantity,
            given,
            expected: "a finite number, 0 or less",
        })
    }
}

/// Passes a number from 0 to 1 on and refuses others by name. Negative zero becomes zero.
pub(crate) fn share(quantity: &'static str, given: f64) -> Result<f64, PerceptionError> {
    if (0.0..=1.0).contains(&given) {
        Ok(given + 0.0)
    } else {
        Err(PerceptionError::OutOfRange {
            quantity,
            given,
            expected: "a number from 0 to 1",
        })
    }
}
