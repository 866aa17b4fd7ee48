use std::{f64::consts::PI, fmt};

use crate::{LegitimacyError, error::require, normal};

/// The survival curve F: the chance that a leader stays in office, given a support index z. Each
/// is continuous and never falls, which is all that claim D-33 asks of a leader who also weighs the
/// nation's payoff; all but the linear one rise throughout.
///
/// | curve | F(z) |
/// |---|---|
/// | logit | 1 / (1 + e^−z) |
/// | probit | Φ(z), the standard normal distribution |
/// | cauchy | ½ + arctan(z) / π: heavy tails, so that no seat is ever quite safe |
/// | linear | z from 0 to 1, held at 0 below and at 1 above: the uniform distribution |
///
/// ```
/// use detente_legitimacy::SurvivalCurve;
/// assert_eq!(SurvivalCurve::Logit.survival(0.0)?, 0.5);
/// assert_eq!(SurvivalCurve::Linear.survival(1.25)?, 1.0);
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum SurvivalCurve {
    /// The logistic curve.
    Logit,
    /// The normal curve.
    Probit,
    /// The Cauchy curve.
    Cauchy,
    /// The identity from 0 to 1, and certainty beyond either.
    Linear,
}

impl SurvivalCurve {
    /// Every curve, in the order of the declaration.
    pub const ALL: [Self; 4] = [Self::Logit, Self::Probit, Self::Cauchy, Self::Linear];

    /// The chance of staying in office at support index `z`, in `[0, 1]`. Infinite support is
    /// certain survival or certain removal.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if `z` is NaN.
    #[inline]
    pub fn survival(self, z: f64) -> Result<f64, LegitimacyError> {
        match self {
            Self::Logit => not_nan(z).map(logistic),
            Self::Probit => not_nan(z).map(normal::distribution),
            // The two-argument arctangent keeps the lower tail to full relative accuracy.
            Self::Cauchy => not_nan(z).map(|z| 1.0_f64.atan2(-z) / PI),
            Self::Linear => not_nan(z).map(|z| z.clamp(0.0, 1.0)),
        }
    }

    /// How much likelier survival is at support `to` than at support `from`, F(to) − F(from),
    /// without loss of accuracy where both are near 1: a safe leader's small risks are
    /// differences of small numbers.
    ///
    /// # Errors
    /// As [`survival`](Self::survival), for either index.
    #[inline]
    pub fn rise(self, from: f64, to: f64) -> Result<f64, LegitimacyError> {
        if self != Self::Linear && from > 0.0 && to > 0.0 {
            // All three are symmetric: 1 − F(z) = F(−z).
            Ok(self.survival(-from)? - self.survival(-to)?)
        } else {
            Ok(self.survival(to)? - self.survival(from)?)
        }
    }

    /// The name in words, as it stands in a sentence and in a case file.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Logit => "logit",
            Self::Probit => "probit",
            Self::Cauchy => "cauchy",
            Self::Linear => "linear",
        }
    }
}

impl fmt::Display for SurvivalCurve {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The rise of a curve given as a function, which must yield probabilities.
pub(crate) fn rise_on(
    survival: impl Fn(f64) -> f64,
) -> impl Fn(f64, f64) -> Result<f64, LegitimacyError> {
    let chance = move |support: f64| {
        // A curve need not know infinities: support beyond all numbers is the largest.
        let given = survival(support.clamp(f64::MIN, f64::MAX));
        let legal = (0.0..=1.0).contains(&given);
        let expected = "a number from 0 to 1";
        require(legal, "survival chance on the given curve", given, expected)
    };
    move |from, to| Ok(chance(to)? - chance(from)?)
}

/// 1 / (1 + e^−z), written so that the lower tail keeps its full relative accuracy.
#[inline]
fn logistic(z: f64) -> f64 {
    let small = (-z.abs()).exp();
    let upper = 1.0 / (1.0 + small);
    if z < 0.0 { small * upper } else { upper }
}

#[inline]
fn not_nan(z: f64) -> Result<f64, LegitimacyError> {
    if z.is_nan() {
        return Err(LegitimacyError::OutOfRange {
            parameter: "support index",
            given: z,
            expected: "a number",
        });
    }
    Ok(z)
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(curve: SurvivalCurve, z: f64, expected: f64) {
        assert_relative_eq!(curve.survival(z).unwrap(), expected, max_relative = 1e-13);
    }

    #[test]
    fn textbook_values() {
        check(SurvivalCurve::Logit, 0.0, 0.5);
        check(SurvivalCurve::Logit, 3.0_f64.ln(), 0.75);
        check(SurvivalCurve::Logit, -720.0, (-720.0_f64).exp());
        check(SurvivalCurve::Probit, 0.0, 0.5);
        check(SurvivalCurve::Probit, 1.0, 0.841_344_746_068_542_9);
        check(SurvivalCurve::Probit, -3.0, 0.001_349_898_031_630_095_7);
        check(SurvivalCurve::Cauchy, 1.0, 0.75);
        check(SurvivalCurve::Cauchy, 0.0, 0.5);
        check(SurvivalCurve::Cauchy, -1e9, 1.0 / (PI * 1e9));
        check(SurvivalCurve::Linear, 0.3, 0.3);
    }

    #[test]
    fn the_ends_of_the_number_line_are_certainty() {
        for curve in SurvivalCurve::ALL {
            assert_eq!(curve.survival(f64::INFINITY), Ok(1.0), "{curve}");
            assert_eq!(curve.survival(f64::NEG_INFINITY), Ok(0.0), "{curve}");
            assert_eq!(
                curve.survival(-f64::MAX).unwrap().max(1e-300),
                1e-300,
                "{curve}"
            );
        }
    }

    #[test]
    fn what_is_no_support_index_is_refused() {
        for curve in SurvivalCurve::ALL {
            assert!(matches!(
                curve.survival(f64::NAN),
                Err(LegitimacyError::OutOfRange { .. })
            ));
            assert!(curve.rise(f64::NAN, 0.5).is_err() && curve.rise(0.5, f64::NAN).is_err());
        }
        let error = SurvivalCurve::Linear.survival(f64::NAN).unwrap_err();
        assert_eq!(error.to_string(), "support index is NaN; expected a number");
    }

    #[test]
    fn the_linear_curve_is_held_at_certainty() {
        check(SurvivalCurve::Linear, -0.25, 0.0);
        check(SurvivalCurve::Linear, 1.25, 1.0);
        let rise = |from, to| SurvivalCurve::Linear.rise(from, to);
        assert_eq!(rise(-0.5, 0.25), Ok(0.25));
        assert_eq!(rise(1.5, 1.25), Ok(0.0));
    }

    #[test]
    fn a_safe_seat_keeps_its_small_risks() {
        // Both survival chances round to 1; their difference is e^−40 − e^−41 all the same.
        let rise = SurvivalCurve::Logit.rise(40.0, 41.0).unwrap();
        assert_relative_eq!(
            rise,
            (-40.0_f64).exp() - (-41.0_f64).exp(),
            max_relative = 1e-12
        );
    }

    proptest! {
        #[test]
        fn curves_are_probabilities_that_increase_and_are_symmetric(z in -30.0..30.0_f64) {
            for curve in [SurvivalCurve::Logit, SurvivalCurve::Probit, SurvivalCurve::Cauchy] {
                let here = curve.survival(z).unwrap();
                prop_assert!((0.0..=1.0).contains(&here));
                prop_assert!(curve.rise(z, z + 0.01).unwrap() > 0.0, "{} at {}", curve, z);
                prop_assert!((curve.survival(-z).unwrap() - (1.0 - here)).abs() < 1e-15);
            }
        }

        #[test]
        fn the_rise_is_the_difference(a in 0.0..=1.0_f64, b in 0.0..=1.0_f64) {
            for curve in SurvivalCurve::ALL {
                let difference = curve.survival(b).unwrap() - curve.survival(a).unwrap();
                prop_assert!((curve.rise(a, b).unwrap() - difference).abs() < 1e-15);
            }
        }
    }
}
