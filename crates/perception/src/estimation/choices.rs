//! What choices and reports say, once beliefs are known.

use crate::{PerceptionError, correspondence::log_sigmoid, error::positive};

/// How close the likeliest precision is found, as a share of it.
const CLOSE: f64 = 1e-10;
/// The most steps towards it; halving alone would take a hundred from one end of `f64` to the other.
const MOST_STEPS: usize = 200;
/// How many precisions stand for the range of one that is averaged over.
const AVERAGED: u32 = 33;

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

    /// The logarithm of the mean likelihood over the precision, uniform in its logarithm: the trapezoid rule.
    pub(super) fn averaged(&self, precision: Precision) -> f64 {
        let (low, high) = match precision {
            Precision::Known(precision) => return self.at(precision),
            Precision::Fitted { low, high } => (low.ln(), high.ln()),
        };
        let heights = (0..AVERAGED).map(|step| {
            let place = f64::from(step) / f64::from(AVERAGED - 1);
            let half = step == 0 || step == AVERAGED - 1;
            let height = self.at((low + place * (high - low)).exp());
            height - if half { 2.0_f64.ln() } else { 0.0 }
        });
        let heights: Vec<f64> = heights.collect();
        let top = heights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if top == f64::NEG_INFINITY {
            return top;
        }
        let sum: f64 = heights.iter().map(|height| (height - top).exp()).sum();
        top + (sum / f64::from(AVERAGED - 1)).ln()
    }

    /// Where the log-likelihood, concave in the precision, is largest between `low` and `high`: Newton's
    /// steps, kept between the ends that its slope allows.
    fn search(&self, mut low: f64, mut high: f64) -> f64 {
        if self.slope(high).0 >= 0.0 {
            return high;
        }
        if self.slope(low).0 <= 0.0 {
            return low;
        }
        let mut at = (low * high).sqrt().clamp(low, high);
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
                false => f64::midpoint(low, high),
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

    #[test]
    fn an_average_over_precision_is_the_integral() {
        // One choice at margin 1: the mean of σ(κ) over ln κ from −1 to 1, by many rectangles.
        let range = Precision::Fitted {
            low: (-1.0_f64).exp(),
            high: 1.0_f64.exp(),
        };
        let steps = 100_000_u32;
        let middle = |step: u32| 2.0 * (f64::from(step) + 0.5) / f64::from(steps) - 1.0;
        let mean: f64 = (0..steps)
            .map(|step| log_sigmoid(middle(step).exp()).exp())
            .sum();
        let mean = mean / f64::from(steps);
        assert!((heard(vec![1.0]).averaged(range) - mean.ln()).abs() < 1e-4);
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
