use detente_quantity::QuantityError;
use detente_reciprocity::ReciprocityError;
use detente_reputation::ReputationError;
use thiserror::Error;

/// Why a game of reassurance, a ladder, a series or a path was refused.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ReassuranceError {
    /// A number is out of range.
    #[error("{quantity} is {given}; expected {expected}")]
    OutOfRange {
        /// The name of the quantity, in words.
        quantity: &'static str,
        /// The number that was given.
        given: f64,
        /// The allowed range, in words.
        expected: &'static str,
    },
    /// Two numbers of one party stand in the wrong order for the model.
    #[error("{lower} is {low} and {upper} {high}; expected the first below the second")]
    Order {
        /// What must be the lower of the two, in words.
        lower: &'static str,
        /// The number given for it.
        low: f64,
        /// What must be the higher of the two, in words.
        upper: &'static str,
        /// The number given for it.
        high: f64,
    },
    /// Something that needs members has none.
    #[error("{what} is empty; expected at least one {member}")]
    Empty {
        /// What is empty, in words.
        what: &'static str,
        /// What it needs one of.
        member: &'static str,
    },
    /// A number of one rung, counted from 1, is out of range.
    #[error("{quantity} of rung {rung} is {given}; expected {expected}")]
    Rung {
        /// The place of the rung, from 1.
        rung: usize,
        /// The name of the quantity, in words.
        quantity: &'static str,
        /// The number that was given.
        given: f64,
        /// The allowed range, in words.
        expected: &'static str,
    },
    /// The answer would take more memory or time than was granted.
    #[error("{what} number {given} or more; expected at most {limit}")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// How many there are, or how many had been met when the computation was stopped.
        given: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// A number was refused by its type.
    #[error(transparent)]
    Quantity(#[from] QuantityError),
    /// A strategy or an encounter was refused.
    #[error(transparent)]
    Reciprocity(#[from] ReciprocityError),
    /// A belief or an act was refused.
    #[error(transparent)]
    Reputation(#[from] ReputationError),
}

/// Passes a finite number above 0 on and refuses others by name.
pub(crate) fn positive(quantity: &'static str, given: f64) -> Result<f64, ReassuranceError> {
    if given > 0.0 && given.is_finite() {
        Ok(given)
    } else {
        Err(ReassuranceError::OutOfRange {
            quantity,
            given,
            expected: "a finite number above 0",
        })
    }
}

/// Passes a finite number from 0 up on, without the sign of zero, and refuses others by name.
pub(crate) fn not_negative(quantity: &'static str, given: f64) -> Result<f64, ReassuranceError> {
    if given >= 0.0 && given.is_finite() {
        Ok(given + 0.0)
    } else {
        Err(ReassuranceError::OutOfRange {
            quantity,
            given,
            expected: "a finite number, 0 or more",
        })
    }
}

/// Says that the full agreement is none of the rungs.
pub(crate) fn no_such_target(given: usize) -> ReassuranceError {
    ReassuranceError::OutOfRange {
        quantity: "place of the full agreement",
        given: given as f64,
        expected: "a place in the list of rungs, from 0",
    }
}

/// Refuses two numbers that are not in strict order.
pub(crate) fn ordered(
    (lower, low): (&'static str, f64),
    (upper, high): (&'static str, f64),
) -> Result<(), ReassuranceError> {
    if low < high {
        Ok(())
    } else {
        Err(ReassuranceError::Order {
            lower,
            low,
            upper,
            high,
        })
    }
}

/// Passes a share above 0 and up to 1 on and refuses others by name.
pub(crate) fn share(quantity: &'static str, given: f64) -> Result<f64, ReassuranceError> {
    if 0.0 < given && given <= 1.0 {
        Ok(given)
    } else {
        Err(ReassuranceError::OutOfRange {
            quantity,
            given,
            expected: "a number above 0 and up to 1",
        })
    }
}
