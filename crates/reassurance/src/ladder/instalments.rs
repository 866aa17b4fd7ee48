use super::{Ladder, Patience, Rung};
use crate::ReassuranceError;

/// More than a ladder may have, so that absurd numbers are refused before anything is made of them.
const MORE_THAN_ENOUGH: usize = 1 << 16;

/// An agreement paid in `n` equal instalments, which cuts the temptation at each to `(T − R)/n`
/// (Schelling 1960; claim C-37). Against a partner known to be untrustworthy it helps nothing: the last
/// instalment would be betrayed, so the last but one is, and the whole unravels. It helps
/// where there is some trust, for every instalment honoured is evidence; or something outside the agreement that
/// a break would cost, which reciprocity's `Instalments` computes.
///
/// ```
/// use detente_quantity::{DiscountFactor, Probability};
/// use detente_reassurance::{Patience, Rung, instalments};
/// let agreement = Rung { gain: 4.0, loss: 8.0, reward: 4.0, temptation: 12.0 };
/// let patience = Patience {
///     truster: DiscountFactor::new(0.9)?,
///     untrustworthy: DiscountFactor::new(0.9)?,
/// };
/// let quarters = instalments(agreement, 4, patience)?;
/// assert_eq!(quarters.rungs()[0].temptation, 3.0);
/// assert!((quarters.threshold().unwrap().get() - 0.1975).abs() < 1e-4);
/// assert!(quarters.climb(Probability::ZERO).refusal.is_some());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// As [`Ladder::new`]; `n = 0` is an empty ladder.
pub fn instalments(
    agreement: Rung,
    n: usize,
    patience: Patience,
) -> Result<Ladder, ReassuranceError> {
    let rungs = vec![agreement.scaled(1.0 / n as f64); n.min(MORE_THAN_ENOUGH)];
    Ladder::new(&rungs, patience)
}

#[cfg(test)]
mod tests {
    use detente_quantity::{DiscountFactor, Probability};
    use proptest::prelude::*;

    use super::*;

    const AGREEMENT: Rung = Rung {
        gain: 1.0,
        loss: 1.0,
        reward: 1.0,
        temptation: 2.0,
    };

    fn patience(delta: f64) -> Patience {
        let delta = DiscountFactor::new(delta).unwrap();
        Patience {
            truster: delta,
            untrustworthy: delta,
        }
    }

    #[test]
    fn absurd_numbers_are_refused() {
        assert!(instalments(AGREEMENT, 0, patience(0.5)).is_err());
        assert!(instalments(AGREEMENT, usize::MAX, patience(0.5)).is_err());
    }

    proptest! {
        #[test]
        fn without_trust_no_number_helps(n in 1..50_usize, delta in 0.0..0.99_f64) {
            let ladder = instalments(AGREEMENT, n, patience(delta)).unwrap();
            prop_assert!(ladder.climb(Probability::ZERO).rungs.is_empty());
        }
    }
}
