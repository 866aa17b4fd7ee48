use detente_quantity::QuantityError;
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
