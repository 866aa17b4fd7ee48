use thiserror::Error;

/// Why a home front could not be modelled or a leader's margin not be computed.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum LegitimacyError {
    /// A parameter lies outside the range the model allows, or is NaN or infinite.
    #[error("{parameter} is {given}; expected {expected}")]
    OutOfRange {
        /// The name of the parameter, in words.
        parameter: &'static str,
        /// The number that was given.
        given: f64,
        /// The allowed range, in words.
        expected: &'static str,
    },
    /// The linear survival curve is only a probability on `[0, 1]`, and support fell outside it.
    #[error("support index is {given}; expected 0 to 1 on the linear survival curve")]
    OffLinearCurve {
        /// The support index that fell outside.
        given: f64,
    },
    /// Numbers that are each legal give a result too large for an `f64`.
    #[error("{quantity} overflows; expected parameters of ordinary size")]
    Overflow {
        /// The result that overflows.
        quantity: &'static str,
    },
    /// One entry of a slice was refused.
    #[error("entry {index}: {source}")]
    Entry {
        /// The place of the entry, from 0.
        index: usize,
        /// Why it was refused.
        source: Box<LegitimacyError>,
    },
}

/// Passes a finite number on and refuses NaN and infinities by name.
pub(crate) fn finite(parameter: &'static str, given: f64) -> Result<f64, LegitimacyError> {
    require(given.is_finite(), parameter, given, "a finite number")
}

/// Passes a number on if it is `legal` and refuses it by name if not.
pub(crate) fn require(
    legal: bool,
    parameter: &'static str,
    given: f64,
    expected: &'static str,
) -> Result<f64, LegitimacyError> {
    if legal {
        Ok(given)
    } else {
        Err(LegitimacyError::OutOfRange {
            parameter,
            given,
            expected,
        })
    }
}

/// Passes a computed number on unless it overflowed.
pub(crate) fn computed(quantity: &'static str, value: f64) -> Result<f64, LegitimacyError> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(LegitimacyError::Overflow { quantity })
    }
}
