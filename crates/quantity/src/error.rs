use thiserror::Error;

/// Why a number was refused. Every message names the quantity, what was given and what is allowed.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// The number lies outside the range the quantity allows, or is NaN or infinite.
    #[error("{quantity} is {given}; expected {expected}")]
    OutOfRange {
        /// The name of the quantity, in words.
        quantity: &'static str,
        /// The number that was given.
        given: f64,
        /// The allowed range, in words.
        expected: &'static str,
    },
    /// The lower end of an interval exceeds its upper end.
    #[error("interval runs from {low} to {high}; expected low <= high")]
    Reversed {
        /// The lower end that was given.
        low: f64,
        /// The upper end that was given.
        high: f64,
    },
    /// A probability of 0 or 1 has no finite log-odds: certainty cannot be updated.
    #[error("probability {given} is certainty; expected a value strictly between 0 and 1")]
    Certainty {
        /// The probability that was given: 0 or 1.
        given: f64,
    },
}

/// Passes a finite number on and refuses NaN and infinities by name.
pub(crate) fn finite(quantity: &'static str, given: f64) -> Result<f64, QuantityError> {
    if given.is_finite() {
        Ok(given)
    } else {
        Err(QuantityError::OutOfRange {
            quantity,
            given,
            expected: "a finite number",
        })
    }
}
