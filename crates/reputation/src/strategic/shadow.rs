use detente_quantity::{DiscountFactor, Probability};

use crate::threshold;

/// The trust above which trusting pays when what is at stake is a relationship: trust honoured wins
/// `gain` every period, trust betrayed costs `loss` once and ends it (claim C-31).
///
/// The untrustworthy betray at once, so trust pays iff `p·G/(1 − δ) > (1 − p)·L`: iff the odds exceed
/// `(1 − δ) L/G`. At δ = 0 this is [`threshold`]; as δ → 1 it tends to 0. `None` as there.
///
/// ```
/// use detente_quantity::DiscountFactor;
/// use detente_reputation::strategic::shadow_threshold;
/// let enough = shadow_threshold(1.0, 2.0, DiscountFactor::new(0.9)?).unwrap();
/// assert!((enough.get() - 1.0 / 6.0).abs() < 1e-12);
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[must_use]
pub fn shadow_threshold(gain: f64, loss: f64, patience: DiscountFactor) -> Option<Probability> {
    threshold(gain, loss * (1.0 - patience.get()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patience_lowers_what_is_enough() {
        let at = |delta| {
            let patience = DiscountFactor::new(delta).unwrap();
            shadow_threshold(1.0, 2.0, patience).unwrap().get()
        };
        for (delta, enough) in [(0.0, 2.0 / 3.0), (0.5, 0.5), (0.9, 1.0 / 6.0)] {
            approx::assert_relative_eq!(at(delta), enough, epsilon = 1e-15);
        }
        let myopic = DiscountFactor::MYOPIC;
        assert_eq!(shadow_threshold(0.0, 1.0, myopic), Some(Probability::ONE));
        assert_eq!(shadow_threshold(1.0, -1.0, myopic), None);
        assert_eq!(shadow_threshold(f64::NAN, 1.0, myopic), None);
    }
}
