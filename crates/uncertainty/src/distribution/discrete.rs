use super::Distribution;
use crate::{
    UncertaintyError,
    error::{all_moderate, moderate},
};

/// A number with finitely many values, each with a weight.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Discrete {
    /// Distinct values in rising order with their positive weights; never empty.
    outcomes: Vec<(f64, f64)>,
    /// `cumulative[k]` is the probability of `outcomes[..=k]`; the last is exactly 1.
    cumulative: Vec<f64>,
}

impl Discrete {
    /// Sorts the values, adds the weights of equal ones and drops those of weight 0.
    /// `O(n log n)`.
    pub(crate) fn new(given: &[(f64, f64)]) -> Result<Self, UncertaintyError> {
        let outcomes = merged(checked(given)?);
        let total: f64 = outcomes.iter().map(|&(_, weight)| weight).sum();
        let mut sum = 0.0;
        let mut cumulative: Vec<f64> = outcomes
            .iter()
            .map(|&(_, weight)| {
                sum += weight;
                sum / total
            })
            .collect();
        match cumulative.last_mut() {
            Some(last) => *last = 1.0,
            None => {
                return Err(UncertaintyError::NoWeight {
                    n_values: given.len(),
                });
            }
        }
        Ok(Self {
            outcomes,
            cumulative,
        })
    }

    pub(crate) fn outcomes(&self) -> &[(f64, f64)] {
        &self.outcomes
    }

    /// Each value with its probability.
    fn probabilities(&self) -> impl Iterator<Item = (f64, f64)> {
        let before = std::iter::once(0.0).chain(self.cumulative.iter().copied());
        self.outcomes
            .iter()
            .zip(&self.cumulative)
            .zip(before)
            .map(|((&(value, _), after), before)| (value, after - before))
    }

    /// The value at `position`, or the largest beyond the end.
    fn value(&self, position: usize) -> f64 {
        self.outcomes[position.min(self.outcomes.len() - 1)].0
    }
}

/// The outcomes of positive weight, every number checked.
fn checked(given: &[(f64, f64)]) -> Result<Vec<(f64, f64)>, UncertaintyError> {
    let values: Vec<f64> = given.iter().map(|&(value, _)| value).collect();
    let weights: Vec<f64> = given.iter().map(|&(_, weight)| weight).collect();
    all_moderate("values of a discrete number", &values)?;
    all_moderate("weights of a discrete number", &weights)?;
    if let Some(position) = weights.iter().position(|&weight| weight < 0.0) {
        return Err(UncertaintyError::BadElement {
            list: "weights of a discrete number",
            position,
            given: weights[position],
            expected: "a weight of 0 or more",
        });
    }
    given
        .iter()
        .filter(|&&(_, weight)| weight > 0.0)
        .map(|&(value, weight)| Ok((moderate("value", value)?, weight)))
        .collect()
}

/// The outcomes in rising order, equal values added up.
fn merged(mut outcomes: Vec<(f64, f64)>) -> Vec<(f64, f64)> {
    outcomes.sort_by(|x, y| x.0.total_cmp(&y.0));
    outcomes.dedup_by(|next, kept| {
        let equal = next.0.total_cmp(&kept.0).is_eq();
        if equal {
            kept.1 += next.1;
        }
        equal
    });
    outcomes
}

impl Distribution for Discrete {
    fn central(&self) -> f64 {
        // Strictly heavier replaces, so the smallest value wins a tie.
        let heaviest =
            self.outcomes.iter().fold(
                (0.0, 0.0),
                |best, &next| if next.1 > best.1 { next } else { best },
            );
        heaviest.0
    }

    fn support(&self) -> (f64, f64) {
        (self.value(0), self.value(usize::MAX))
    }

    fn quantile(&self, u: f64) -> f64 {
        self.value(self.cumulative.partition_point(|&below| below < u))
    }

    fn cdf(&self, x: f64) -> f64 {
        match self.outcomes.partition_point(|&(value, _)| value <= x) {
            0 => 0.0,
            n => self.cumulative[n - 1],
        }
    }

    fn mean(&self) -> f64 {
        self.probabilities().map(|(value, p)| value * p).sum()
    }

    fn variance(&self) -> f64 {
        let mean = self.mean();
        self.probabilities()
            .map(|(value, p)| (value - mean).powi(2) * p)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_sorted_and_equal_ones_added_up() {
        let die = Discrete::new(&[(3.0, 1.0), (-1.0, 2.0), (3.0, 1.0), (7.0, 0.0)]).unwrap();
        assert_eq!(die.outcomes(), [(-1.0, 2.0), (3.0, 2.0)]);
        assert_eq!(
            (die.central(), die.mean(), die.variance()),
            (-1.0, 1.0, 4.0)
        );
        assert_eq!(die.support(), (-1.0, 3.0));
    }

    #[test]
    fn negative_zero_is_zero() {
        let coin = Discrete::new(&[(0.0, 1.0), (-0.0, 1.0)]).unwrap();
        assert_eq!(coin.outcomes(), [(0.0, 2.0)]);
    }

    #[test]
    fn the_quantile_is_the_smallest_value_reached() {
        let die = Discrete::new(&[(1.0, 0.25), (2.0, 0.25), (4.0, 0.5)]).unwrap();
        let table = [
            (0.1, 1.0),
            (0.25, 1.0),
            (0.26, 2.0),
            (0.5, 2.0),
            (0.51, 4.0),
            (0.99, 4.0),
        ];
        for (u, value) in table {
            assert_eq!(die.quantile(u), value, "{u}");
        }
        let steps = [(0.9, 0.0), (1.0, 0.25), (3.9, 0.5), (4.0, 1.0), (9.0, 1.0)];
        for (x, probability) in steps {
            assert_eq!(die.cdf(x), probability, "{x}");
        }
    }

    #[test]
    fn thirds_add_up_to_one() {
        let many: Vec<(f64, f64)> = (0..997).map(|k| (f64::from(k), 0.1)).collect();
        let shape = Discrete::new(&many).unwrap();
        assert_eq!(shape.cdf(996.0), 1.0);
        assert_eq!(shape.quantile(1.0 - f64::EPSILON / 2.0), 996.0);
    }

    #[test]
    fn impossible_weights_are_refused() {
        for weights in [
            [0.0, 0.0],
            [-1.0, 2.0],
            [f64::NAN, 1.0],
            [f64::INFINITY, 1.0],
        ] {
            assert!(Discrete::new(&[(1.0, weights[0]), (2.0, weights[1])]).is_err());
        }
        assert_eq!(
            Discrete::new(&[]),
            Err(UncertaintyError::NoWeight { n_values: 0 })
        );
        assert_eq!(
            Discrete::new(&[(1.0, 1.0), (f64::NAN, 1.0)])
                .unwrap_err()
                .to_string(),
            "values of a discrete number: position 1 holds NaN; expected a number between -1e100 and 1e100"
        );
    }
}
