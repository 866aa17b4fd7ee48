use detente_quantity::Probability;

use crate::{BetaReputation, ReputationError};

/// Trust and reputation with inaccurate witnesses, as in TRAVOS (Teacy, Patel, Jennings & Luck 2006;
/// claim R-03): how sure one is of one's own trust, and how far to follow a witness whose earlier
/// opinions were checked.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::{BetaReputation, Travos};
///
/// let travos = Travos::new(Probability::new(0.2)?, 5)?;
/// let record = BetaReputation::from_counts(17.0, 5.0)?;
/// assert_eq!(record.mean().get(), 0.75);
/// assert!((travos.confidence(&record).get() - 0.98060).abs() < 5e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Shape", into = "Shape"))]
pub struct Travos {
    within: Probability,
    bins: usize,
}

/// What a witness's opinion comes to once its accuracy is taken into account.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct TravosAdvice {
    /// The chance `ρ` that an opinion like this one is right.
    pub accuracy: Probability,
    /// The acts that the opinion counts for.
    pub counts: BetaReputation,
}

impl Travos {
    /// Confidence is the chance that the true rate lies within `within` (ε; 0.2 in the paper) of
    /// trust; opinions are alike if their means fall in the same of `bins` equal parts of 0 to 1 (5
    /// in the paper).
    ///
    /// # Errors
    /// [`ReputationError::OutOfRange`] unless there are 1 to 2²⁰ bins.
    pub fn new(within: Probability, bins: usize) -> Result<Self, ReputationError> {
        if (1..=1 << 20).contains(&bins) {
            Ok(Self { within, bins })
        } else {
            Err(ReputationError::OutOfRange {
                quantity: "number of bins of opinions",
                given: bins as f64,
                expected: "a number from 1 to 2^20",
            })
        }
    }

    /// The chance `γ` that the true rate lies within ε of the trust `τ`, the mean of the record.
    #[must_use]
    pub fn confidence(&self, record: &BetaReputation) -> Probability {
        let (trust, within) = (record.mean().get(), self.within.get());
        between(record, trust - within, trust + within)
    }

    /// Which part of 0 to 1, from 0, an opinion falls in; the checked opinions of the same part are
    /// the history that speaks for or against it.
    #[must_use]
    pub fn bin(&self, opinion: &BetaReputation) -> usize {
        let place = (opinion.mean().get() * self.bins as f64).floor();
        (place as usize).min(self.bins.saturating_sub(1))
    }

    /// What to make of a witness's `opinion` after a `history` of acts (good and bad) that followed
    /// its earlier opinions of the same [bin](Travos::bin).
    ///
    /// The accuracy `ρ` is the mass of the history's beta distribution in the bin. Mean and standard
    /// deviation of the opinion are drawn to those of the uniform distribution by it, `x̄ = u + ρ(x −
    /// u)`, and the beta distribution with the new ones tells how many acts the opinion counts for,
    /// never fewer than none.
    #[must_use]
    pub fn advice(&self, opinion: &BetaReputation, history: &BetaReputation) -> TravosAdvice {
        let (bin, width) = (self.bin(opinion) as f64, 1.0 / self.bins as f64);
        let accuracy = between(history, bin * width, (bin + 1.0) * width);
        let drawn = |uniform: f64, own: f64| uniform + accuracy.get() * (own - uniform);
        let mean = drawn(0.5, opinion.mean().get());
        let deviation = drawn((1.0_f64 / 12.0).sqrt(), opinion.standard_deviation());
        // Shapes add up to m(1 − m)/σ² − 1; less the two of the uniform prior they are acts.
        let shapes = mean * (1.0 - mean) / (deviation * deviation) - 1.0;
        let acts = |share: f64| (share * shapes - 1.0).clamp(0.0, 1e15);
        let counts = BetaReputation::from_counts(acts(mean), acts(1.0 - mean));
        TravosAdvice {
            accuracy,
            // Clamped into range, but for the NaN of a deviation of 0: then nothing is said.
            counts: counts.unwrap_or(BetaReputation::UNKNOWN),
        }
    }
}

/// The chance that the true rate of a record lies between two numbers.
fn between(record: &BetaReputation, low: f64, high: f64) -> Probability {
    let up_to = |end: f64| record.probability_up_to(Probability::saturating(end)).get();
    Probability::saturating(up_to(high) - up_to(low))
}

/// The shape of the parameters in a file.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Shape {
    within: Probability,
    bins: usize,
}

#[cfg(feature = "serde")]
impl TryFrom<Shape> for Travos {
    type Error = ReputationError;

    fn try_from(shape: Shape) -> Result<Self, ReputationError> {
        Self::new(shape.within, shape.bins)
    }
}

#[cfg(feature = "serde")]
impl From<Travos> for Shape {
    fn from(travos: Travos) -> Self {
        Self {
            within: travos.within,
            bins: travos.bins,
        }
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    fn travos() -> Travos {
        Travos::new(Probability::new(0.2).unwrap(), 5).unwrap()
    }

    fn counts(good: f64, bad: f64) -> BetaReputation {
        BetaReputation::from_counts(good, bad).unwrap()
    }

    #[test]
    fn trust_and_confidence_are_those_of_the_reference() {
        for (good, bad, trust, confidence) in [
            (17.0, 5.0, 0.75, 0.980_60),
            (2.0, 15.0, 0.157_89, 0.979_84),
            (18.0, 5.0, 0.76, 0.983_47),
        ] {
            let record = counts(good, bad);
            assert_relative_eq!(record.mean().get(), trust, epsilon = 5e-6);
            let computed = travos().confidence(&record).get();
            assert_relative_eq!(computed, confidence, epsilon = 5e-6);
        }
    }

    #[test]
    fn an_opinion_counts_as_its_kind_has_proved() {
        let opinion = counts(45.0, 5.0);
        let proved = travos().advice(&opinion, &counts(15.0, 3.0));
        assert_relative_eq!(proved.accuracy.get(), 0.544_91, epsilon = 5e-6);
        assert_relative_eq!(proved.counts.good(), 4.354_48, epsilon = 5e-6);
        assert_relative_eq!(proved.counts.bad(), 1.191_49, epsilon = 5e-6);
        let disproved = travos().advice(&opinion, &counts(3.0, 15.0)).counts;
        assert!(
            disproved.good() < 1e-4 && disproved.bad() < 1e-4,
            "{disproved:?}"
        );
    }

    #[test]
    fn a_table_without_bins_is_refused() {
        assert!(Travos::new(Probability::HALF, 0).is_err());
        let one = Travos::new(Probability::HALF, 1).unwrap();
        // With a single bin every opinion is of the kind that proves right.
        let advice = one.advice(&counts(7.0, 1.0), &BetaReputation::UNKNOWN);
        assert_eq!(advice.accuracy, Probability::ONE);
        assert_relative_eq!(advice.counts.good(), 7.0, epsilon = 1e-9);
    }

    proptest! {
        #[test]
        fn no_opinion_counts_for_more_than_it_claims(
            opinion in strategies::beta_reputation(), history in strategies::beta_reputation(),
        ) {
            let advice = travos().advice(&opinion, &history);
            let claimed = opinion.good() + opinion.bad();
            let counted = advice.counts.good() + advice.counts.bad();
            prop_assert!(counted <= claimed * (1.0 + 1e-9) + 1e-9, "{counted} of {claimed}");
        }
    }
}
