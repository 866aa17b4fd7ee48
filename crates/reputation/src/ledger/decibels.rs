use std::fmt;

use crate::ReputationError;

/// A weight of evidence, `10·log₁₀` of a likelihood ratio (Good 1950; Fairfield & Charman 2017;
/// claim R-09). Weights of independent evidence add up. Infinite where the evidence is proof.
///
/// ```
/// use detente_reputation::Decibels;
/// assert!((Decibels::of_ratio(2.0)?.get() - 3.010).abs() < 5e-4);
/// assert!((Decibels::of_ratio(0.1 / 0.6)?.get() + 7.78151).abs() < 5e-6);
/// # Ok::<(), detente_reputation::ReputationError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Shape", into = "Shape"))]
pub struct Decibels(f64);

impl Decibels {
    /// The weight of a likelihood ratio: 0 is proof against, infinity proof for.
    ///
    /// # Errors
    /// [`ReputationError::OutOfRange`] for NaN and negative numbers.
    pub fn of_ratio(ratio: f64) -> Result<Self, ReputationError> {
        if ratio >= 0.0 {
            Ok(Self(10.0 * ratio.log10()))
        } else {
            Err(ReputationError::OutOfRange {
                quantity: "likelihood ratio",
                given: ratio,
                expected: "a number of 0 or more",
            })
        }
    }

    /// The weight that moves natural log-odds by `nats`; `None` for NaN.
    pub(crate) fn of_nats(nats: f64) -> Option<Self> {
        let weight = 10.0 * nats / std::f64::consts::LN_10;
        (!nats.is_nan()).then_some(Self(weight + 0.0))
    }

    /// The weight itself, in decibels: any number, infinities included, but NaN.
    #[must_use]
    pub const fn get(self) -> f64 {
        self.0
    }

    /// The likelihood ratio of this weight.
    #[must_use]
    pub fn ratio(self) -> f64 {
        10.0_f64.powf(self.0 / 10.0)
    }

    /// Whether it settles the matter, one way or the other.
    #[must_use]
    pub const fn is_proof(self) -> bool {
        self.0.is_infinite()
    }
}

impl fmt::Display for Decibels {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)?;
        f.write_str(" dB")
    }
}

/// Decibels in a file: a number, or a word where it is infinite.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
enum Shape {
    Number(f64),
    Proof(Proof),
}

#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Proof {
    ProofFor,
    ProofAgainst,
}

#[cfg(feature = "serde")]
impl From<Decibels> for Shape {
    fn from(weight: Decibels) -> Self {
        if weight.0 == f64::INFINITY {
            Self::Proof(Proof::ProofFor)
        } else if weight.0 == f64::NEG_INFINITY {
            Self::Proof(Proof::ProofAgainst)
        } else {
            Self::Number(weight.0)
        }
    }
}

#[cfg(feature = "serde")]
impl TryFrom<Shape> for Decibels {
    type Error = ReputationError;

    fn try_from(shape: Shape) -> Result<Self, ReputationError> {
        match shape {
            Shape::Proof(Proof::ProofFor) => Ok(Self(f64::INFINITY)),
            Shape::Proof(Proof::ProofAgainst) => Ok(Self(f64::NEG_INFINITY)),
            Shape::Number(number) if !number.is_nan() => Ok(Self(number)),
            Shape::Number(given) => Err(ReputationError::OutOfRange {
                quantity: "weight of evidence",
                given,
                expected: "a number",
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proof_is_infinite_and_nonsense_is_refused() {
        assert!(Decibels::of_ratio(0.0).unwrap().is_proof());
        assert!(Decibels::of_ratio(f64::INFINITY).unwrap().is_proof());
        assert_eq!(Decibels::of_ratio(10.0).unwrap().to_string(), "10 dB");
        assert!(Decibels::of_ratio(-1.0).is_err() && Decibels::of_ratio(f64::NAN).is_err());
        assert_eq!(Decibels::of_nats(f64::NAN), None);
    }

    #[cfg(feature = "serde")]
    #[test]
    fn weights_survive_the_round_trip() {
        for weight in [f64::INFINITY, f64::NEG_INFINITY, 0.0, -3.5] {
            let text = serde_json::to_string(&Decibels(weight)).unwrap();
            assert_eq!(
                serde_json::from_str::<Decibels>(&text).unwrap(),
                Decibels(weight)
            );
        }
    }
}
