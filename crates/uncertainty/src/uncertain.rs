use detente_quantity::Probability;

use crate::{
    Kind, UncertaintyError, VerbalProbability,
    distribution::{Beta, Discrete, Distribution, Normal, Point, Triangular, Uniform},
    error::moderate,
};

/// A number that is known only as a distribution, or exactly.
///
/// Every number a coder gives has a magnitude of at most [`MAGNITUDE_LIMIT`](crate::MAGNITUDE_LIMIT).
/// Drawing is by quantile of one uniform number, so any source of uniforms serves.
///
/// ```
/// use detente_uncertainty::Uncertain;
///
/// let detection = Uncertain::triangular(0.2, 0.5, 0.8)?;
/// assert_eq!((detection.central(), detection.quantile(0.125)), (0.5, 0.35));
/// assert_eq!(Uncertain::triangular(0.5, 0.5, 0.5)?, Uncertain::point(0.5)?);
/// assert!(Uncertain::triangular(0.2, 0.9, 0.8).is_err());
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertain(Shape);

#[derive(Debug, Clone, PartialEq)]
enum Shape {
    Point(Point),
    Triangular(Triangular),
    Normal(Normal),
    Beta(Beta),
    Uniform(Uniform),
    Discrete(Discrete),
    Verbal(VerbalProbability),
}

/// Evaluates `$answer` with `$shape` bound to the distribution inside, whichever it is.
macro_rules! inside {
    ($number:expr, $shape:ident => $answer:expr) => {
        match &$number.0 {
            Shape::Point($shape) => $answer,
            Shape::Triangular($shape) => $answer,
            Shape::Normal($shape) => $answer,
            Shape::Beta($shape) => $answer,
            Shape::Uniform($shape) => $answer,
            Shape::Discrete($shape) => $answer,
            Shape::Verbal($shape) => $answer,
        }
    };
}

impl Uncertain {
    /// A number known exactly.
    ///
    /// # Errors
    /// [`UncertaintyError::OutOfRange`] for NaN and magnitudes beyond the limit.
    pub fn point(value: f64) -> Result<Self, UncertaintyError> {
        Ok(Self(Shape::Point(Point(moderate("value", value)?))))
    }

    /// Low–mode–high: a triangular density on `[low, high]` with its peak at `mode`. With
    /// `low = high` it is a point.
    ///
    /// # Errors
    /// [`UncertaintyError::OutOfRange`] for NaN and magnitudes beyond the limit,
    /// [`UncertaintyError::OutOfOrder`] unless `low ≤ mode ≤ high`.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Self, UncertaintyError> {
        let low = moderate("triangular number's low", low)?;
        let mode = moderate("triangular number's mode", mode)?;
        let high = moderate("triangular number's high", high)?;
        if !(low <= mode && mode <= high) {
            return Err(UncertaintyError::OutOfOrder { low, mode, high });
        }
        if low >= high {
            return Self::point(mode);
        }
        Ok(Self(Shape::Triangular(Triangular { low, mode, high })))
    }

    /// The normal distribution with the given mean and standard deviation.
    ///
    /// # Errors
    /// [`UncertaintyError::OutOfRange`] for NaN, magnitudes beyond the limit and `sd ≤ 0`.
    pub fn normal(mean: f64, sd: f64) -> Result<Self, UncertaintyError> {
        let mean = moderate("normal's mean", mean)?;
        let sd = moderate("normal's standard deviation", sd)?;
        if sd <= 0.0 {
            return Err(UncertaintyError::OutOfRange {
                parameter: "normal's standard deviation",
                given: sd,
                expected: "a positive number",
            });
        }
        Ok(Self(Shape::Normal(Normal { mean, sd })))
    }

    /// The beta distribution on 0–1, density proportional to `x^(a−1) (1−x)^(b−1)`.
    ///
    /// # Errors
    /// [`UncertaintyError::OutOfRange`] unless both shapes lie between 0.001 and 10 000, the range
    /// in which quantiles keep some ten digits. Beyond it the number is as good as a point, or as
    /// good as a choice between 0 and 1.
    pub fn beta(a: f64, b: f64) -> Result<Self, UncertaintyError> {
        Ok(Self(Shape::Beta(Beta::new(a, b)?)))
    }

    /// Equally likely anywhere in `[low, high]`. With `low = high` it is a point.
    ///
    /// # Errors
    /// [`UncertaintyError::OutOfRange`] for NaN and magnitudes beyond the limit,
    /// [`UncertaintyError::Quantity`] if `low > high`.
    pub fn uniform(low: f64, high: f64) -> Result<Self, UncertaintyError> {
        let low = moderate("uniform number's low", low)?;
        let high = moderate("uniform number's high", high)?;
        if low > high {
            return Err(detente_quantity::QuantityError::Reversed { low, high }.into());
        }
        if low >= high {
            return Self::point(low);
        }
        Ok(Self(Shape::Uniform(Uniform { low, high })))
    }

    /// Finitely many `(value, weight)`, in any order; weights need not add up to 1. Equal values
    /// are added up, values of weight 0 dropped; a single value left is a point. `O(n log n)`.
    ///
    /// # Errors
    /// [`UncertaintyError::BadElement`] naming the position of a value or weight that is NaN,
    /// beyond the limit or (a weight) negative; [`UncertaintyError::NoWeight`] if no weight is
    /// positive.
    pub fn discrete(outcomes: &[(f64, f64)]) -> Result<Self, UncertaintyError> {
        let discrete = Discrete::new(outcomes)?;
        match discrete.outcomes() {
            &[(value, _)] => Self::point(value),
            _ => Ok(Self(Shape::Discrete(discrete))),
        }
    }

    /// A probability given in words: equally likely anywhere in the band.
    #[must_use]
    pub const fn verbal(band: VerbalProbability) -> Self {
        Self(Shape::Verbal(band))
    }

    /// The single number for a run without draws: a point itself; a triangular number's mode; a
    /// normal's mean; the midpoint of a uniform number or a verbal band; a beta's mode
    /// `(a−1)/(a+b−2)` if `a, b > 1` and its mean otherwise; the heaviest of discrete values, the
    /// smallest of them on a tie.
    #[must_use]
    pub fn central(&self) -> f64 {
        inside!(self, shape => shape.central())
    }

    /// The smallest and the largest value it can take; infinite for a normal number.
    #[must_use]
    pub fn support(&self) -> (f64, f64) {
        inside!(self, shape => shape.support())
    }

    /// The value exceeded with probability `1 − u`, for `u` strictly between 0 and 1. It rises
    /// with `u` (for a beta number up to rounding, some 10⁻¹⁰ of the value) and is finite and
    /// inside [`support`](Self::support). A `u` outside is brought to the nearest `f64` inside,
    /// and NaN to the smallest.
    ///
    /// Some 10–30 ns, but about 1 µs for a beta number, whose quantile has no closed form.
    #[must_use]
    pub fn quantile(&self, u: f64) -> f64 {
        let largest = 1.0 - f64::EPSILON / 2.0;
        let u = if u > 0.0 {
            u.min(largest)
        } else {
            f64::MIN_POSITIVE
        };
        inside!(self, shape => shape.quantile(u))
    }

    /// The probability of a value of at most `x`; 0 for NaN.
    #[must_use]
    pub fn cdf(&self, x: f64) -> Probability {
        Probability::saturating(inside!(self, shape => shape.cdf(x)))
    }

    /// The expected value.
    #[must_use]
    pub fn mean(&self) -> f64 {
        inside!(self, shape => shape.mean())
    }

    /// The variance, in squared units of the number; 0 for a point.
    #[must_use]
    pub fn variance(&self) -> f64 {
        inside!(self, shape => shape.variance())
    }

    /// Whether there is nothing uncertain about it: a point.
    #[must_use]
    pub const fn is_exact(&self) -> bool {
        matches!(self.0, Shape::Point(_))
    }

    /// Its shape and parameters.
    #[must_use]
    pub fn kind(&self) -> Kind<'_> {
        match &self.0 {
            &Shape::Point(Point(value)) => Kind::Point { value },
            &Shape::Triangular(Triangular { low, mode, high }) => {
                Kind::Triangular { low, mode, high }
            }
            &Shape::Normal(Normal { mean, sd }) => Kind::Normal { mean, sd },
            Shape::Beta(beta) => {
                let (a, b) = beta.shapes();
                Kind::Beta { a, b }
            }
            &Shape::Uniform(Uniform { low, high }) => Kind::Uniform { low, high },
            Shape::Discrete(discrete) => Kind::Discrete {
                outcomes: discrete.outcomes(),
            },
            &Shape::Verbal(band) => Kind::Verbal { band },
        }
    }
}

impl From<Probability> for Uncertain {
    fn from(value: Probability) -> Self {
        Self(Shape::Point(Point(value.get())))
    }
}

impl From<VerbalProbability> for Uncertain {
    fn from(band: VerbalProbability) -> Self {
        Self::verbal(band)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::MAGNITUDE_LIMIT;

    #[test]
    fn a_range_without_width_is_a_point() {
        let point = Uncertain::point(0.5).unwrap();
        assert_eq!(Uncertain::triangular(0.5, 0.5, 0.5), Ok(point.clone()));
        assert_eq!(Uncertain::uniform(0.5, 0.5), Ok(point.clone()));
        assert_eq!(
            Uncertain::discrete(&[(0.5, 2.0), (9.0, 0.0)]),
            Ok(point.clone())
        );
        assert!(point.is_exact() && !Uncertain::beta(1.0, 1.0).unwrap().is_exact());
        assert_eq!((point.cdf(0.4).get(), point.cdf(0.5).get()), (0.0, 1.0));
    }

    #[test]
    fn central_values() {
        let bimodal = Uncertain::discrete(&[(3.0, 2.0), (1.0, 2.0), (2.0, 1.0)]).unwrap();
        for (number, central) in [
            (Uncertain::triangular(0.0, 0.25, 1.0).unwrap(), 0.25),
            (Uncertain::normal(-4.0, 2.0).unwrap(), -4.0),
            (Uncertain::uniform(1.0, 2.0).unwrap(), 1.5),
            (Uncertain::beta(3.0, 3.0).unwrap(), 0.5),
            (Uncertain::beta(0.25, 0.75).unwrap(), 0.25),
            (bimodal, 1.0),
            (VerbalProbability::Likely.into(), 0.675),
            (Probability::HALF.into(), 0.5),
        ] {
            approx::assert_relative_eq!(number.central(), central);
        }
    }

    #[test]
    fn invalid_parameters_are_named() {
        for bad in [
            f64::NAN,
            f64::INFINITY,
            f64::NEG_INFINITY,
            2.0 * MAGNITUDE_LIMIT,
        ] {
            assert!(Uncertain::point(bad).is_err());
            assert!(Uncertain::triangular(bad, 0.0, 1.0).is_err());
            assert!(Uncertain::triangular(0.0, bad, 1.0).is_err());
            assert!(Uncertain::triangular(0.0, 1.0, bad).is_err());
            assert!(Uncertain::normal(bad, 1.0).is_err() && Uncertain::normal(0.0, bad).is_err());
            assert!(Uncertain::uniform(bad, 0.0).is_err() && Uncertain::uniform(0.0, bad).is_err());
            assert!(Uncertain::discrete(&[(bad, 1.0)]).is_err());
            assert!(Uncertain::discrete(&[(1.0, bad)]).is_err());
        }
        assert_eq!(
            Uncertain::triangular(0.4, 0.3, 0.7)
                .unwrap_err()
                .to_string(),
            "triangular number has low 0.4, mode 0.3, high 0.7; expected low <= mode <= high"
        );
        assert_eq!(
            Uncertain::normal(0.0, 0.0).unwrap_err().to_string(),
            "normal's standard deviation is 0; expected a positive number"
        );
        assert!(Uncertain::uniform(1.0, 0.0).is_err());
    }

    #[test]
    fn a_uniform_outside_its_range_is_brought_inside() {
        let number = Uncertain::normal(0.0, MAGNITUDE_LIMIT).unwrap();
        for u in [
            f64::NAN,
            f64::NEG_INFINITY,
            -1.0,
            0.0,
            1.0,
            2.0,
            f64::INFINITY,
        ] {
            assert!(number.quantile(u).is_finite(), "{u}");
        }
        assert!(number.quantile(f64::NAN) < number.quantile(1e-9));
        assert_eq!(number.cdf(f64::NAN), Probability::ZERO);
    }

    #[cfg(feature = "proptest")]
    mod laws {
        use proptest::prelude::*;

        use crate::strategies;

        proptest! {
            #[test]
            fn quantiles_rise_inside_the_support(number in strategies::uncertain(), u in 0.0..1.0_f64, v in 0.0..1.0_f64) {
                let (low, high) = number.support();
                let (x, y) = (number.quantile(u.min(v)), number.quantile(u.max(v)));
                prop_assert!(low <= x && x <= y && y <= high, "{x} {y} in {low} {high}");
                prop_assert!(x.is_finite() && y.is_finite());
            }

            #[test]
            fn the_cdf_at_a_quantile_reaches_its_probability(number in strategies::uncertain(), u in 1e-9..1.0_f64) {
                let x = number.quantile(u);
                // A jump may carry it beyond; it falls short only by rounding, which next to 1 is
                // the spacing of f64.
                prop_assert!(number.cdf(x.next_up()).get() >= u - 1e-9, "cdf({x}) < {u}");
                prop_assert!(number.cdf(x - 1e-6 - x.abs() * 1e-6).get() <= u + 1e-9);
            }

            #[test]
            fn central_value_and_mean_lie_in_the_support(number in strategies::uncertain()) {
                let (low, high) = number.support();
                prop_assert!(low <= number.central() && number.central() <= high);
                let slack = 1e-12 * (low.abs() + high.abs());
                prop_assert!(low - slack <= number.mean() && number.mean() <= high + slack);
                // Bhatia and Davis (2000): the variance is at most (high − mean)(mean − low).
                if high.is_finite() {
                    let bound = (high - number.mean()) * (number.mean() - low);
                    prop_assert!(0.0 <= number.variance() && number.variance() <= bound + 1e-6);
                }
            }

            #[test]
            fn bounds_are_kept(
                (bounds, number) in detente_quantity::strategies::interval()
                    .prop_flat_map(|bounds| (Just(bounds), strategies::uncertain_within(bounds))),
                u in 0.0..1.0_f64,
            ) {
                prop_assert!(bounds.contains(number.quantile(u)));
                prop_assert!(bounds.contains(number.central()));
            }
        }
    }
}
