use thiserror::Error;

use crate::SurvivalCurve;

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
    /// Beliefs can be averaged over an audience only where the linear survival curve is straight.
    #[error(
        "support index reaches {given}; expected 0 to 1 where messages move beliefs: less support \
         from payoffs or from an enemy, or a baseline nearer the middle"
    )]
    OffLinearCurve {
        /// The support index that fell outside.
        given: f64,
    },
    /// Numbers that are each legal give a result too large for an `f64`.
    #[error("{quantity} is beyond all numbers: {parameter} is {given:e}; expected one nearer 1")]
    Overflow {
        /// The result.
        quantity: &'static str,
        /// Of the parameters that it is made of the most extreme, large or small.
        parameter: &'static str,
        /// The number that was given for it.
        given: f64,
    },
    /// Beliefs can be averaged over an audience only where support is survival.
    #[error("survival curve is {curve}; expected linear where messages move beliefs")]
    NotLinear {
        /// The curve that was given.
        curve: SurvivalCurve,
    },
    /// Fear and the worth of an enemy pull support in opposite directions along a curve.
    #[error(
        "fear of exploitation moves support by {feared} and the enemy's worth by {threat}; \
         expected no opposite signs on a curved survival curve, or a linear one that support leaves"
    )]
    NotMonotone {
        /// κ(Ã − B̃).
        feared: f64,
        /// ℓ.
        threat: f64,
    },
    /// A leader facing a hostile adversary would rather not say so.
    #[error(
        "a true alarm would cost the leader {loss}; expected no loss, or a leader who says all is \
         calm of every adversary"
    )]
    TrueAlarmWithheld {
        /// What the leader would lose by it, in the leader's own units.
        loss: f64,
    },
    /// Some agreement with a hostile adversary would pay, which the model rules out.
    #[error(
        "agreement with a hostile adversary leaves a surplus worth {surplus} to the leader; \
         expected none"
    )]
    HostileDeals {
        /// What it is worth, in the leader's own units.
        surplus: f64,
    },
    /// Lists that belong together differ in length.
    #[error("{what}: {given} given; expected {expected}")]
    Length {
        /// The list.
        what: &'static str,
        /// How many entries it has.
        given: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A list that must hold something is empty.
    #[error("no {what} given; expected at least one")]
    Empty {
        /// What was to be listed.
        what: &'static str,
    },
    /// More than can be gone through.
    #[error("{given} {what} given; expected at most {most}")]
    TooMany {
        /// What was given.
        what: &'static str,
        /// How many.
        given: usize,
        /// How many there may be.
        most: usize,
    },
    /// A number, counted from 0, that stands for nothing.
    #[error("there is no {what} {given}; expected a number below {count}")]
    NoSuch {
        /// What was looked for.
        what: &'static str,
        /// The number that was given.
        given: usize,
        /// How many there are.
        count: usize,
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

impl LegitimacyError {
    /// The error as that of the entry at `index`.
    pub(crate) fn at(self, index: usize) -> Self {
        Self::Entry {
            index,
            source: Box::new(self),
        }
    }

    /// Refuses a list of the wrong length.
    pub(crate) fn check_length(
        what: &'static str,
        given: usize,
        expected: usize,
    ) -> Result<(), Self> {
        if given == expected {
            Ok(())
        } else {
            Err(Self::Length {
                what,
                given,
                expected,
            })
        }
    }

    /// Refuses an empty list.
    pub(crate) fn check_some(what: &'static str, given: usize) -> Result<(), Self> {
        if given > 0 {
            Ok(())
        } else {
            Err(Self::Empty { what })
        }
    }
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

/// Passes a computed number on unless it overflowed, which is laid to the most extreme of the
/// parameters that it is `made_of`.
#[inline]
pub(crate) fn computed(
    quantity: &'static str,
    value: f64,
    made_of: &[(&'static str, f64)],
) -> Result<f64, LegitimacyError> {
    if value.is_finite() {
        Ok(value)
    } else {
        Err(overflow(quantity, made_of))
    }
}

/// The error of a result that overflows.
#[cold]
pub(crate) fn overflow(quantity: &'static str, made_of: &[(&'static str, f64)]) -> LegitimacyError {
    // As many orders of magnitude from 1, up or down; 0 is none.
    let orders = |given: f64| match given == 0.0 {
        true => 0.0,
        false => given.abs().ln().abs(),
    };
    let worst = made_of.iter().copied();
    let worst = worst.max_by(|one, other| orders(one.1).total_cmp(&orders(other.1)));
    let (parameter, given) = worst.unwrap_or((quantity, f64::INFINITY));
    LegitimacyError::Overflow {
        quantity,
        parameter,
        given,
    }
}
