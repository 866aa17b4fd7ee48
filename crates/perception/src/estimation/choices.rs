//! What choices and reports say, once beliefs are known.

use super::average;
use crate::{PerceptionError, correspondence::log_sigmoid, error::positive};

/// How close the likeliest precision is found, as a share of it.
const CLOSE: f64 = 1e-10;
/// The most steps towards it: halving the logarithms from one end of `f64` to the other takes 44.
const MOST_STEPS: usize = 100;

/// `κ`, how sharply choices follow beliefs: acceptance has chance `σ(κ·(logit h − logit p̄))`, the logit choice
/// rule. The larger, the nearer to a threshold.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Precision {
    /// It is known: a finite number above 0.
    Known(f64),
    /// It is a nuisance, of which nothing is asked but that it lie in this range: the likelihood is the largest
    /// over it, and a posterior is averaged over it, uniform in its logarithm.
    Fitted {
        /// The lowest value it may have, above 0.
        low: f64,
        /// The highest, above `low` and finite.
        high: f64,
    },
}

impl Precision {
    pub(super) fn check(self) -> Result<(), PerceptionError> {
        match self {
            Self::Known(precision) => positive("precision of choices", precision).map(drop),
            Self::Fitted { low, high } => {
                positive("lowest precision of choices", low)?;
                positive("highest precision of choices", high)?;
                positive("width of the range of the precision of choices", high - low).map(drop)
            }
        }
    }
}

/// The responses to known beliefs.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    /// The log-likelihood of the reports.
    pub(super) reports: f64,
    /// By choice, how far the log-odds held lay on the side that was chosen; negative for a choice against
    /// the belief.
    pub(super) margins: Vec<f64>,
}

impl Heard {
    /// The log-likelihood at a precision. O(choices).
    fn at(&self, precision: f64) -> f64 {
        let choices = self.margins.iter();
        self.reports
            + choices
                .map(|margin| log_sigmoid(precision * margin))
                .sum::<f64>()
    }

    /// The precision that makes the responses likeliest, and their log-likelihood there. O(choices), some
    /// ten times where it is fitted.
    pub(super) fn likeliest(&self, precision: Precision) -> (f64, f64) {
        let likeliest = match precision {
            Precision::Known(precision) => precision,
            Precision::Fitted { low, high } => self.search(low, high),
        };
        (likeliest, self.at(likeliest))
    }

    /// The logarithm of the mean likelihood over the precision, uniform in its logarithm. O(choices), some
    /// hundred times where it is fitted.
    pub(super) fn averaged(&self, precision: Precision) -> f64 {
        let (low, high) = match precision {
            Precision::Known(precision) => return self.at(precision),
            Precision::Fitted { low, high } => (low, high),
        };
        average::log_mean(&average::Peaked {
            range: (low.ln(), high.ln()),
            peak: self.search(low, high).ln(),
            height: |at: f64| self.at(at.exp()),
            scale: |at: f64| self.scale(at.exp()),
        })
    }

    /// How far the logarithm of the precision moves before the likelihood is another: at its peak the standard
    /// error, on a slope what divides it by e.
    fn scale(&self, precision: f64) -> f64 {
        let (slope, curvature) = self.slope(precision);
        let (slope, curvature) = (precision * slope, precision * precision * curvature);
        slope.mul_add(slope, -curvature).sqrt().recip()
    }

    /// Where the log-likelihood, concave in the precision, is largest between `low` and `high`: Newton's
    /// steps, kept between the ends that its slope allows; otherwise halving, in the logarithm.
    fn search(&self, mut low: f64, mut high: f64) -> f64 {
        if self.slope(high).0 >= 0.0 {
            return high;
        }
        if self.slope(low).0 <= 0.0 {
            return low;
        }
        let middle = |low: f64, high: f64| (low.sqrt() * high.sqrt()).clamp(low, high);
        let mut at = middle(low, high);
        for _ in 0..MOST_STEPS {
            let (slope, curvature) = self.slope(at);
            if slope > 0.0 {
                low = at;
            } else {
                high = at;
            }
            let newton = at - slope / curvature;
            let next = match newton > low && newton < high {
                true => newton,
                false => middle(low, high),
            };
            let moved = (next - at).abs();
            at = next;
            if moved <= CLOSE * at {
                break;
            }
        }
        at
    }

    /// The first two derivatives of the log-likelihood in the precision.
    fn slope(&self, precision: f64) -> (f64, f64) {
        let finite = self.margins.iter().filter(|margin| margin.is_finite());
        finite.fold((0.0, 0.0), |(slope, curvature), margin| {
            let against = log_sigmoid(-precision * margin).exp();
            let gain = margin * against;
            (slope + gain, curvature - gain * margin * (1.0 - against))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn heard(margins: Vec<f64>) -> Heard {
        Heard {
            reports: 0.0,
            margins,
        }
    }

    #[test]
    fn choices_that_never_err_leave_precision_open() {
        let range = Precision::Fitted {
            low: 0.1,
            high: 50.0,
        };
        assert_eq!(heard(vec![1.0, 2.0]).likeliest(range).0, 50.0);
        assert_eq!(heard(vec![-1.0, -2.0]).likeliest(range).0, 0.1);
        assert_eq!(
            heard(vec![f64::NEG_INFINITY]).likeliest(range).1,
            f64::NEG_INFINITY
        );
    }

    /// Margins of so many choices of precision about 2, one in twenty against the belief.
    fn choices(count: u32) -> Vec<f64> {
        let margin = |n: u32| f64::from(n * 37 % 100) / 40.0 + 0.01;
        let signed = |n: u32| if n % 20 == 7 { -0.5 } else { 1.0 } * margin(n);
        (0..count).map(signed).collect()
    }

    #[track_caller]
    fn check_average(margins: Vec<f64>, (low, high): (f64, f64)) {
        let heard = heard(margins);
        let found = heard.averaged(Precision::Fitted { low, high });
        // Simpson's rule on a net far finer than any likelihood here.
        let steps = 20_000_u32;
        let ratio = (high / low).ln();
        let heights = (0..=steps).map(|step| {
            let weight = match step {
                0 => 1.0,
                _ if step == steps => 1.0,
                _ => f64::from(2 + step % 2 * 2),
            };
            let place = f64::from(step) / f64::from(steps);
            (weight, heard.at(low * (place * ratio).exp()))
        });
        let heights: Vec<(f64, f64)> = heights.collect();
        let top = heights
            .iter()
            .map(|it| it.1)
            .fold(f64::NEG_INFINITY, f64::max);
        let shares = heights
            .iter()
            .map(|(weight, height)| weight * (height - top).exp());
        let fine = top + (shares.sum::<f64>() / 3.0 / f64::from(steps)).ln();
        assert!((found - fine).abs() < 1e-5, "{found} {fine}");
    }

    #[test]
    fn an_average_over_precision_is_the_integral() {
        for range in [(0.05, 50.0), (0.5, 3.0), (1e-6, 1e6)] {
            for count in [1, 10, 300, 3000] {
                check_average(choices(count), range);
                // Those that never err leave it open upwards, those that always err downwards.
                let right: Vec<f64> = choices(count).iter().map(|it| it.abs()).collect();
                check_average(right.iter().map(|it| -it).collect(), range);
                check_average(right, range);
            }
            check_average(vec![0.0; 10], range);
        }
    }

    #[test]
    fn the_likeliest_precision_is_found_far_from_one() {
        // Of four choices at one margin, three with it: σ(κ·margin) = ¾.
        for size in [1e-200, 1e-9, 1.0, 1e9, 1e200] {
            let heard = heard(vec![size, size, size, -size]);
            let range = Precision::Fitted {
                low: f64::MIN_POSITIVE,
                high: f64::MAX,
            };
            let found = heard.likeliest(range).0 * size;
            assert!((found - 3.0_f64.ln()).abs() < 1e-8, "{found}");
        }
    }

    proptest! {
        #[test]
        fn no_precision_makes_the_choices_likelier(
            margins in vec(-4.0..4.0_f64, 1..30), other in 0.01..100.0_f64,
        ) {
            let heard = heard(margins);
            let found = heard.likeliest(Precision::Fitted { low: 0.01, high: 100.0 });
            prop_assert!(found.1 >= heard.at(other) - 1e-9, "{found:?} {other}");
        }
    }
}
