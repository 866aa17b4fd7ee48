use crate::{SetFunction, UncertaintyError};

/// One step of a waterfall: a cause is added, and the outcome moves.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Step {
    /// The cause that is added.
    pub cause: usize,
    /// The outcome with the causes before it.
    pub from: f64,
    /// The outcome with it as well.
    pub to: f64,
}

impl SetFunction {
    /// The outcome as the causes are added one by one in `order`: from the value of none to the
    /// value of all, each step starting where the one before ended. `O(n)`.
    ///
    /// The height of a step depends on the order; averaged over all orders it is the Shapley
    /// [`share`](crate::Share::share) of its cause, and [`Share`](crate::Share) gives its range.
    ///
    /// # Errors
    /// [`UncertaintyError::NotAnOrder`] unless `order` names every cause exactly once.
    ///
    /// ```
    /// use detente_uncertainty::{SetFunction, causes::Step};
    /// let together = SetFunction::new(2, vec![0.0, 0.1, 0.0, 0.9])?;
    /// let steps = together.waterfall(&[1, 0])?;
    /// assert_eq!(steps[1], Step { cause: 0, from: 0.0, to: 0.9 });
    /// # Ok::<(), detente_uncertainty::UncertaintyError>(())
    /// ```
    pub fn waterfall(&self, order: &[usize]) -> Result<Vec<Step>, UncertaintyError> {
        let n_causes = self.n_causes();
        let not_an_order = || UncertaintyError::NotAnOrder {
            given: order.to_vec(),
            n_causes,
        };
        if order.len() != n_causes {
            return Err(not_an_order());
        }
        let mut set = 0_usize;
        order
            .iter()
            .map(|&cause| {
                if cause >= n_causes || set & (1 << cause) != 0 {
                    return Err(not_an_order());
                }
                let from = self.values()[set];
                set |= 1 << cause;
                let to = self.values()[set];
                Ok(Step { cause, from, to })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_order_is_refused() {
        let function = SetFunction::from_fn(3, f64::from).unwrap();
        for order in [&[0, 1][..], &[0, 1, 1], &[0, 1, 3], &[0, 1, 2, 0]] {
            assert!(function.waterfall(order).is_err(), "{order:?}");
        }
        assert_eq!(
            function.waterfall(&[2, 2, 0]).unwrap_err().to_string(),
            "order of causes is [2, 2, 0]; expected each of 0 to 3 (exclusive) once"
        );
        let constant = SetFunction::new(0, vec![3.0]).unwrap();
        assert_eq!(constant.waterfall(&[]), Ok(vec![]));
    }

    proptest! {
        #[test]
        fn steps_join_and_lead_from_none_to_all(
            values in prop::collection::vec(-5.0..5.0_f64, 16),
            order in Just(vec![0_usize, 1, 2, 3]).prop_shuffle(),
        ) {
            let function = SetFunction::new(4, values.clone()).unwrap();
            let steps = function.waterfall(&order).unwrap();
            prop_assert_eq!((steps[0].from, steps[3].to), (values[0], values[15]));
            prop_assert!(steps.windows(2).all(|pair| pair[0].to == pair[1].from));
            prop_assert!(steps.iter().map(|step| step.cause).eq(order));
            for (step, share) in steps.iter().map(|step| (step, function.shapley()[step.cause])) {
                prop_assert!(share.min <= step.to - step.from && step.to - step.from <= share.max);
            }
        }
    }
}
