use detente_quantity::{DiscountFactor, Stakes};

use crate::ReputationError;

/// One period of a schedule of stakes, as an enemy sees it. Payoffs are over nonagreement, in units
/// of that period.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CashInPeriod {
    /// The stake α of the period.
    pub stake: f64,
    /// What betraying wins over honouring now, `α(T − R)`.
    pub temptation: f64,
    /// What the reputation is worth if it is kept: the discounted value of the best use of it from
    /// the next period on. 0 in the last period.
    pub continuation: f64,
    /// Whether the enemy betrays here, if it was trusted so far.
    pub betrays: bool,
}

/// What an enemy makes of a schedule of stakes: see [`cash_in`].
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct CashIn {
    /// Period by period, in order.
    pub periods: Vec<CashInPeriod>,
    /// The period in which the enemy betrays, from 0; `None` if it never does.
    pub first_betrayal: Option<usize>,
    /// What the whole schedule is worth to the enemy over nonagreement.
    pub value: f64,
}

/// When an enemy that is trusted until it betrays cashes in its reputation (after Sobel 1985; claim
/// C-35): it betrays in the first period with `α_t (T − R) > δ V_{t+1}`, where `V_t = max{α_t (T − P),
/// α_t (R − P) + δ V_{t+1}}` is what the rest of the schedule is worth to it. Indifferent, it
/// honours. After a betrayal there is nonagreement for ever.
///
/// `unit` holds the payoffs at a stake of 1, `stakes` the stake of each period, 0 or more. O(periods).
///
/// ```
/// use detente_quantity::{DiscountFactor, Stakes};
/// use detente_reputation::strategic::cash_in;
///
/// // A small stake builds the reputation that a large one is worth cashing in.
/// let unit = Stakes::new(3.0, 1.0, 0.0, -2.0)?;
/// let plan = cash_in(&unit, &[1.0, 1.0, 10.0, 1.0], DiscountFactor::new(0.9)?)?;
/// assert_eq!(plan.first_betrayal, Some(2));
/// assert!((plan.value - (1.0 + 0.9 + 0.81 * 30.0)).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ReputationError::OutOfRange`] unless every stake is finite and 0 or more, and the value of the
/// schedule finite.
pub fn cash_in(
    unit: &Stakes,
    stakes: &[f64],
    patience: DiscountFactor,
) -> Result<CashIn, ReputationError> {
    let (betrayal, honour) = (unit.t() - unit.p(), unit.r() - unit.p());
    let mut value = 0.0;
    let mut periods = Vec::with_capacity(stakes.len());
    for &stake in stakes.iter().rev() {
        let continuation = patience.get() * value;
        let temptation = stake * unit.temptation();
        let betrays = temptation > continuation;
        value = if betrays {
            stake * betrayal
        } else {
            stake * honour + continuation
        };
        let sound = stake >= 0.0 && stake.is_finite() && value.is_finite();
        if !(sound && temptation.is_finite()) {
            return Err(ReputationError::OutOfRange {
                quantity: "stake of a period",
                given: stake,
                expected: "a number, 0 or more, at which payoffs are finite",
            });
        }
        periods.push(CashInPeriod {
            stake,
            temptation,
            continuation,
            betrays,
        });
    }
    periods.reverse();
    let first_betrayal = periods.iter().position(|period| period.betrays);
    Ok(CashIn {
        periods,
        first_betrayal,
        value,
    })
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn unit(t: f64, r: f64) -> Stakes {
        Stakes::new(t, r, 0.0, -1.0).unwrap()
    }

    fn patience(delta: f64) -> DiscountFactor {
        DiscountFactor::new(delta).unwrap()
    }

    #[test]
    fn constant_stakes_are_betrayed_at_once_or_at_the_end() {
        // δ ≥ 1 − R/T = 2/3 keeps faith until the last period.
        let first = |delta| cash_in(&unit(3.0, 1.0), &[1.0; 9], patience(delta)).unwrap();
        assert_eq!(first(0.67).first_betrayal, Some(8));
        assert_eq!(first(0.66).first_betrayal, Some(0));
    }

    #[test]
    fn who_gains_nothing_by_betraying_never_does() {
        let plan = cash_in(&unit(1.0, 2.0), &[1.0, 0.0, 5.0], patience(0.5)).unwrap();
        assert_eq!((plan.first_betrayal, plan.value), (None, 4.5));
        let none = cash_in(&unit(3.0, 1.0), &[], patience(0.5)).unwrap();
        assert_eq!((none.first_betrayal, none.value), (None, 0.0));
    }

    #[test]
    fn impossible_stakes_are_refused() {
        for stake in [-1.0, f64::NAN, f64::INFINITY, f64::MAX] {
            assert!(
                cash_in(&unit(3.0, 1.0), &[1.0, stake], patience(0.5)).is_err(),
                "{stake}"
            );
        }
    }

    proptest! {
        #[test]
        fn no_other_time_of_betrayal_is_better(
            (t, r) in (0.0..5.0_f64, 0.0..5.0_f64), stakes in vec(0.0..10.0_f64, 0..12),
            delta in 0.0..1.0_f64,
        ) {
            let plan = cash_in(&unit(t, r), &stakes, patience(delta)).unwrap();
            let worth = |when: usize| {
                let mut weight = 1.0;
                let mut sum = 0.0;
                for (period, stake) in stakes.iter().enumerate().take(when + 1) {
                    sum += weight * stake * if period == when { t } else { r };
                    weight *= delta;
                }
                sum
            };
            let best = (0..=stakes.len()).map(worth).fold(f64::NEG_INFINITY, f64::max);
            let chosen = worth(plan.first_betrayal.unwrap_or(stakes.len()));
            prop_assert!((plan.value - best).abs() < 1e-9 && (chosen - best).abs() < 1e-9);
        }
    }
}
