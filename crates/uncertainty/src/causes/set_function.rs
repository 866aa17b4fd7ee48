use crate::{UncertaintyError, error::all_moderate};

/// The largest number of causes an outcome can be divided among; 2¹⁶ sets are tabulated.
pub const MAX_CAUSES: usize = 16;

/// What an outcome is worth for every set of causes: `v(S)` for all `2ⁿ` subsets of `n` causes.
/// Cause `i` is in the set with number `mask` if bit `i` of `mask` is 1, so `values[0]` is the
/// outcome with none of the causes and the last one the outcome with all of them.
///
/// It need not be monotone: a cause may hinder, and its share is then negative.
#[derive(Debug, Clone, PartialEq)]
pub struct SetFunction {
    n_causes: usize,
    values: Vec<f64>,
}

/// What one cause contributes.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Share {
    /// The Shapley value: the marginal contribution `v(S ∪ i) − v(S)` averaged over all orders in
    /// which the causes can be added one by one.
    pub share: f64,
    /// The smallest marginal contribution in any order.
    pub min: f64,
    /// The largest marginal contribution in any order.
    pub max: f64,
}

impl SetFunction {
    /// A set function over `n_causes` causes from its `2^n_causes` values, by set number.
    ///
    /// # Errors
    /// [`UncertaintyError::TooManyCauses`] beyond [`MAX_CAUSES`], [`UncertaintyError::WrongLength`]
    /// unless there is a value for every set, [`UncertaintyError::BadElement`] naming the first set
    /// whose value is NaN, infinite or beyond [`MAGNITUDE_LIMIT`](crate::MAGNITUDE_LIMIT).
    pub fn new(n_causes: usize, values: Vec<f64>) -> Result<Self, UncertaintyError> {
        let expected = n_sets(n_causes)?;
        if values.len() != expected {
            return Err(UncertaintyError::WrongLength {
                n_causes,
                given: values.len(),
                expected,
            });
        }
        all_moderate("values of a set function", &values)?;
        Ok(Self { n_causes, values })
    }

    /// Tabulates `value` over all sets, in the order of their numbers. `2^n_causes` calls.
    ///
    /// # Errors
    /// As [`SetFunction::new`].
    pub fn from_fn(
        n_causes: usize,
        value: impl FnMut(u32) -> f64,
    ) -> Result<Self, UncertaintyError> {
        let sets = 0..n_sets(n_causes)? as u32;
        Self::new(n_causes, sets.map(value).collect())
    }

    /// The average of set functions, value by value: over draws, the chance of an outcome for each
    /// set of causes. Since Shapley shares are linear, its shares are the average shares.
    /// `O(k 2ⁿ)` for `k` functions.
    ///
    /// # Errors
    /// [`UncertaintyError::EmptySample`] of none, [`UncertaintyError::UnequalCauses`] if they
    /// differ in their number of causes.
    pub fn mean<'a>(
        functions: impl IntoIterator<Item = &'a Self>,
    ) -> Result<Self, UncertaintyError> {
        let mut functions = functions.into_iter();
        let Some(first) = functions.next() else {
            return Err(UncertaintyError::EmptySample {
                statistic: "mean of set functions",
            });
        };
        let (mut sums, mut n) = (first.values.clone(), 1.0);
        for other in functions {
            if other.n_causes != first.n_causes {
                return Err(UncertaintyError::UnequalCauses {
                    first: first.n_causes,
                    other: other.n_causes,
                });
            }
            for (sum, value) in sums.iter_mut().zip(&other.values) {
                *sum += value;
            }
            n += 1.0;
        }
        Self::new(
            first.n_causes,
            sums.into_iter().map(|sum| sum / n).collect(),
        )
    }

    /// The number of causes, at most [`MAX_CAUSES`].
    #[must_use]
    pub const fn n_causes(&self) -> usize {
        self.n_causes
    }

    /// The values by set number.
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The value of one set, `None` if the number names a cause that does not exist.
    #[must_use]
    pub fn value(&self, set: u32) -> Option<f64> {
        self.values.get(usize::try_from(set).ok()?).copied()
    }

    /// What there is to divide: the value of all causes less that of none.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.values[self.values.len() - 1] - self.values[0]
    }

    /// The Shapley share of every cause (Shapley 1953), exact but for rounding: the weight of the
    /// sets of size `s` without the cause is `s!(n−s−1)!/n!`. `O(n 2ⁿ)`.
    ///
    /// # Claim
    /// M-08: the shares sum to [`total`](Self::total); a cause that never matters gets 0; causes
    /// that matter alike get alike; two causes that only work together get ½ each.
    ///
    /// ```
    /// use detente_uncertainty::SetFunction;
    /// // Either cause alone would do.
    /// let either = SetFunction::from_fn(2, |set| if set == 0 { 0.0 } else { 1.0 })?;
    /// let shares = either.shapley();
    /// assert_eq!((shares[0].share, shares[0].min, shares[0].max), (0.5, 0.0, 1.0));
    /// # Ok::<(), detente_uncertainty::UncertaintyError>(())
    /// ```
    #[must_use]
    pub fn shapley(&self) -> Vec<Share> {
        (0..self.n_causes).map(|cause| self.share(cause)).collect()
    }

    fn share(&self, cause: usize) -> Share {
        // Summed by size first: for 0/1 values these sums are whole numbers, and only the weights
        // round.
        let mut by_size = [0.0; MAX_CAUSES];
        let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
        for without in (0..self.values.len()).filter(|set| set & (1 << cause) == 0) {
            let marginal = self.values[without | (1 << cause)] - self.values[without];
            by_size[without.count_ones() as usize] += marginal;
            min = min.min(marginal);
            max = max.max(marginal);
        }
        let mut share = 0.0;
        // n times the binomial coefficient (n−1 over s): the inverse of the weight.
        let mut orders = self.n_causes as f64;
        for (size, sum) in by_size.iter().take(self.n_causes).enumerate() {
            share += sum / orders;
            orders *= (self.n_causes - 1 - size) as f64 / (size + 1) as f64;
        }
        Share { share, min, max }
    }
}

/// `2^n_causes`, if the causes are not too many.
fn n_sets(n_causes: usize) -> Result<usize, UncertaintyError> {
    if n_causes <= MAX_CAUSES {
        Ok(1 << n_causes)
    } else {
        Err(UncertaintyError::TooManyCauses {
            given: n_causes,
            limit: MAX_CAUSES,
        })
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;

    /// Four barriers, of which {2, 3} or {2, 4, 5} must fall (a case worked by hand; bits 0–3).
    fn worked() -> SetFunction {
        SetFunction::from_fn(4, |set| f64::from(u8::from(set & 3 == 3 || set & 13 == 13))).unwrap()
    }

    /// Contributions of `cause` over all `n!` orders, straight from the definition.
    fn by_orders(function: &SetFunction, cause: usize) -> Share {
        let mut orders = vec![vec![]];
        for next in 0..function.n_causes() {
            let insert = |order: Vec<usize>| {
                (0..=order.len()).map(move |place| {
                    let mut longer = order.clone();
                    longer.insert(place, next);
                    longer
                })
            };
            orders = orders.into_iter().flat_map(insert).collect();
        }
        let marginal = |order: &Vec<usize>| {
            let before = order.iter().take_while(|&&other| other != cause);
            let set: u32 = before.map(|other| 1 << other).sum();
            function.value(set | 1 << cause).unwrap() - function.value(set).unwrap()
        };
        let marginals: Vec<f64> = orders.iter().map(marginal).collect();
        Share {
            share: marginals.iter().sum::<f64>() / marginals.len() as f64,
            min: marginals.iter().copied().fold(f64::INFINITY, f64::min),
            max: marginals.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        }
    }

    fn any_function() -> impl Strategy<Value = SetFunction> {
        (0..=6_usize).prop_flat_map(|n| {
            let values = prop::collection::vec(-5.0..5.0_f64, 1 << n);
            values.prop_map(move |values| SetFunction::new(n, values).unwrap())
        })
    }

    #[test]
    fn the_worked_case() {
        let shares = worked().shapley();
        for (share, expected) in shares
            .iter()
            .zip([7.0 / 12.0, 0.25, 1.0 / 12.0, 1.0 / 12.0])
        {
            assert_relative_eq!(share.share, expected, epsilon = 1e-15);
            assert_eq!((share.min, share.max), (0.0, 1.0));
        }
    }

    #[test]
    fn shares_of_a_hindrance_are_negative() {
        // The outcome comes about unless cause 1 is present: Shapley share −1.
        let hindered = SetFunction::new(2, vec![1.0, 1.0, 0.0, 0.0]).unwrap();
        let shares = hindered.shapley();
        assert_eq!((shares[0].share, shares[1].share), (0.0, -1.0));
        assert_eq!(hindered.total(), -1.0);
    }

    #[test]
    fn no_cause_and_too_many() {
        let constant = SetFunction::new(0, vec![3.0]).unwrap();
        assert_eq!((constant.shapley(), constant.total()), (vec![], 0.0));
        assert!(matches!(
            SetFunction::from_fn(usize::MAX, |_| 0.0),
            Err(UncertaintyError::TooManyCauses { .. })
        ));
        assert_eq!(
            SetFunction::new(2, vec![0.0; 3]).unwrap_err().to_string(),
            "set function over 2 causes has 3 values; expected 4"
        );
        assert!(SetFunction::new(1, vec![0.0, f64::NAN]).is_err());
        assert_eq!(worked().value(16), None);
    }

    #[test]
    fn sixteen_symmetric_causes_share_alike() {
        let unanimous = SetFunction::from_fn(MAX_CAUSES, |set| f64::from(set / 0xffff)).unwrap();
        for share in unanimous.shapley() {
            assert_relative_eq!(share.share, 1.0 / 16.0, epsilon = 1e-15);
        }
    }

    #[test]
    fn unequal_functions_have_no_mean() {
        let two = SetFunction::new(1, vec![0.0, 1.0]).unwrap();
        assert!(SetFunction::mean([&worked(), &two]).is_err());
        assert!(SetFunction::mean([]).is_err());
        assert_eq!(SetFunction::mean([&worked(), &worked()]), Ok(worked()));
    }

    proptest! {
        #[test]
        fn agrees_with_every_order(function in any_function()) {
            for (cause, share) in function.shapley().into_iter().enumerate() {
                let brute = by_orders(&function, cause);
                prop_assert!((share.share - brute.share).abs() < 1e-12, "{share:?} {brute:?}");
                prop_assert_eq!((share.min, share.max), (brute.min, brute.max));
                prop_assert!(share.min - 1e-12 <= share.share && share.share <= share.max + 1e-12);
            }
        }

        #[test]
        fn shares_sum_to_the_total(function in any_function()) {
            let sum: f64 = function.shapley().iter().map(|share| share.share).sum();
            prop_assert!((sum - function.total()).abs() < 1e-12);
        }

        #[test]
        fn an_idle_cause_gets_nothing_and_twins_get_alike(function in any_function()) {
            let n = function.n_causes();
            let below = |set: u32| set & ((1 << n) - 1);
            let idle = SetFunction::from_fn(n + 1, |set| function.value(below(set)).unwrap()).unwrap();
            let share = idle.shapley()[n];
            prop_assert_eq!((share.share, share.min, share.max), (0.0, 0.0, 0.0));
            for (with, without) in idle.shapley().iter().zip(function.shapley()) {
                prop_assert!((with.share - without.share).abs() < 1e-12);
            }
            // Twins: the outcome depends on how many of the two are present, and on the rest.
            let twins = SetFunction::from_fn(n + 2, |set| {
                f64::from((set >> n).count_ones().pow(2)) * function.value(below(set)).unwrap()
            }).unwrap().shapley();
            prop_assert!((twins[n].share - twins[n + 1].share).abs() < 1e-12);
        }

        #[test]
        fn shares_of_the_mean_are_the_mean_of_the_shares(values in prop::collection::vec(prop::collection::vec(-5.0..5.0_f64, 8), 1..6)) {
            let functions: Vec<SetFunction> = values.into_iter().map(|values| SetFunction::new(3, values).unwrap()).collect();
            let together = SetFunction::mean(&functions).unwrap().shapley();
            for (cause, share) in together.iter().enumerate() {
                let apart: f64 = functions.iter().map(|function| function.shapley()[cause].share).sum();
                prop_assert!((share.share - apart / functions.len() as f64).abs() < 1e-12);
            }
        }
    }
}
