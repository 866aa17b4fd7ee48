use detente_quantity::{DiscountFactor, Probability, Stakes};

/// Whether a party with these stakes, whose cheating is detected with probability `detection` a
/// period, is patient enough to honour the agreement (claim M-02):
///
/// **(1 − δ)(T − R) ≤ δ m (R − P)**
///
/// with δ = `patience`, m = `detection`. The left side is what cheating gains until it is answered,
/// the right side what nonagreement for ever then loses. It is the condition that R/(1 − δ), the
/// value of honouring, is at least the value V of cheating until caught, which solves
/// V = T + δ[(1 − m)V + mP/(1 − δ)]. At equality the party honours.
///
/// At the limits:
///
/// | stakes | honours |
/// |---|---|
/// | T ≤ R and R ≥ P | always |
/// | T > R and R ≤ P | never |
/// | T > R, m = 0 or δ = 0 | never |
/// | T ≤ R and R < P | iff impatient or unseen enough: cheating would be the way out of a bad agreement |
///
/// `S` plays no part: it is the concern of those who trust, not of the one who might cheat. The
/// answer is taken at its word; where some party has S > P, as in chicken, it would not be carried
/// out ([`Signatory::carries_out_the_answer`](crate::repeated::Signatory::carries_out_the_answer)).
/// O(1), no allocation.
///
/// Source: grim trigger with imperfect detection, after Friedman (1971); Axelrod (1984).
///
/// ```
/// use detente_quantity::{DiscountFactor, Probability, Stakes};
/// use detente_reciprocity::honours;
/// let stakes = Stakes::new(3.0, 2.0, 0.0, -1.0)?; // δ* = 1/3 when every violation is seen
/// assert!(honours(&stakes, Probability::ONE, DiscountFactor::new(0.34)?));
/// assert!(!honours(&stakes, Probability::ONE, DiscountFactor::new(0.33)?));
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[inline]
#[must_use]
pub fn honours(stakes: &Stakes, detection: Probability, patience: DiscountFactor) -> bool {
    Motives::of(stakes).sustain(detection.get(), patience.get())
}

/// By how much honouring beats cheating for such a party: **δ m (R − P) − (1 − δ)(T − R)**, in its own
/// payoff units, the difference of the two sides of M-02. [`honours`] is its sign, but for rounding
/// at equality; where the two must agree to the last bit, ask [`honours`].
///
/// O(1), no allocation.
///
/// ```
/// use detente_quantity::{DiscountFactor, Probability, Stakes};
/// use detente_reciprocity::honour_margin;
/// let stakes = Stakes::new(3.0, 2.0, 0.0, -1.0)?;
/// let patience = DiscountFactor::new(0.5)?;
/// assert_eq!(honour_margin(&stakes, Probability::ONE, patience), 0.5);
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[inline]
#[must_use]
pub fn honour_margin(stakes: &Stakes, detection: Probability, patience: DiscountFactor) -> f64 {
    let (seen, patience) = (detection.get(), patience.get());
    patience * seen * stakes.gain() - (1.0 - patience) * stakes.temptation()
}

/// The two differences on which honouring turns, up to a common positive factor.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Motives {
    /// T − R.
    pub(crate) temptation: f64,
    /// R − P.
    pub(crate) gain: f64,
}

impl Motives {
    pub(crate) fn of(stakes: &Stakes) -> Self {
        let plain = Self {
            temptation: stakes.temptation(),
            gain: stakes.gain(),
        };
        if plain.temptation.is_finite() && plain.gain.is_finite() {
            return plain;
        }
        // Only payoffs some 10³⁰⁸ apart overflow; quartering them is exact and changes no sign.
        let (t, r, p) = (stakes.t() / 4.0, stakes.r() / 4.0, stakes.p() / 4.0);
        Self {
            temptation: t - r,
            gain: r - p,
        }
    }

    /// The rule of M-02, with the signs decided first so that no product that underflows to zero
    /// can pass for an equality.
    pub(crate) fn sustain(self, detection: f64, patience: f64) -> bool {
        let cost_now = (1.0 - patience) * self.temptation;
        let loss_later = patience * detection * self.gain;
        let answered = detection > 0.0 && patience > 0.0;
        match (self.temptation > 0.0, self.gain < 0.0) {
            (false, false) => true,
            (true, false) => answered && self.gain > 0.0 && cost_now <= loss_later,
            (true, true) => false,
            (false, true) => !answered || (self.temptation < 0.0 && cost_now <= loss_later),
        }
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies;
    use proptest::prelude::*;

    use super::*;

    fn stakes(t: f64, r: f64, p: f64) -> Stakes {
        Stakes::new(t, r, p, 0.0).unwrap()
    }

    #[track_caller]
    fn check(stakes: Stakes, m: f64, delta: f64, expected: bool) {
        let (m, delta) = (
            Probability::new(m).unwrap(),
            DiscountFactor::new(delta).unwrap(),
        );
        assert_eq!(
            honours(&stakes, m, delta),
            expected,
            "{stakes:?} {m} {delta}"
        );
    }

    /// The value of cheating until caught, by counting periods instead of solving for it: the
    /// tally of T while undetected and of P from the period after detection.
    fn simulated_value_of_cheating(stakes: &Stakes, m: f64, delta: f64) -> f64 {
        let (mut value, mut weight, mut undetected) = (0.0, 1.0, 1.0);
        for _ in 0..4000 {
            value += weight * (undetected * stakes.t() + (1.0 - undetected) * stakes.p());
            undetected *= 1.0 - m;
            weight *= delta;
        }
        value
    }

    #[test]
    fn the_limits_are_as_documented() {
        for (m, delta) in [(0.0, 0.0), (0.0, 0.9), (1.0, 0.0), (1.0, 0.999), (0.5, 0.5)] {
            check(stakes(1.0, 2.0, 0.0), m, delta, true); // assurance
            check(stakes(2.0, 2.0, 2.0), m, delta, true); // nothing at stake
            check(stakes(3.0, 1.0, 1.0), m, delta, false); // nothing to lose
            check(stakes(3.0, 1.0, 2.0), m, delta, false); // tempted, and better off without
        }
        check(stakes(3.0, 2.0, 0.0), 0.0, 0.999, false); // never seen
        check(stakes(3.0, 2.0, 0.0), 1.0, 0.0, false); // lives for today
    }

    #[test]
    fn equality_honours() {
        // (1 − ½)(T − R) = ½·½(R − P) exactly.
        check(stakes(3.0, 2.0, 0.0), 0.5, 0.5, true);
        check(stakes(3.0, 2.0, 0.0), 0.5, 0.5 - f64::EPSILON, false);
    }

    #[test]
    fn a_bad_agreement_is_honoured_only_by_the_impatient_or_the_unseen() {
        check(stakes(0.0, 1.0, 2.0), 1.0, 0.5, true);
        check(stakes(0.0, 1.0, 2.0), 1.0, 0.5 + f64::EPSILON, false);
        check(stakes(0.0, 1.0, 2.0), 0.0, 0.999, true);
        check(stakes(1.0, 1.0, 2.0), 1.0, 0.0, true);
        check(stakes(1.0, 1.0, 2.0), 1.0, f64::MIN_POSITIVE, false);
    }

    #[test]
    fn payoffs_at_the_ends_of_the_number_line_are_compared_not_overflowed() {
        check(stakes(f64::MAX, -f64::MAX, -f64::MAX), 1.0, 0.9, false);
        check(stakes(f64::MAX, f64::MAX, -f64::MAX), 1.0, 0.0, true);
        check(stakes(f64::MAX, 0.0, -f64::MAX), 1.0, 0.5, true);
        check(stakes(f64::MAX, 0.0, -f64::MAX), 1.0, 0.25, false);
        // The smallest temptation is a temptation still.
        check(stakes(f64::from_bits(1), 0.0, -1.0), 0.0, 0.999, false);
    }

    proptest! {
        #[test]
        fn an_indifferent_party_honours_and_any_less_of_it_cheats(
            (stakes, m, delta) in crate::strategies::indifferent(),
        ) {
            prop_assert!(honours(&stakes, m, delta));
            let less = DiscountFactor::new(delta.get().next_down()).unwrap();
            prop_assert!(!honours(&stakes, m, less));
        }

        #[test]
        fn the_rule_agrees_with_counting_periods(
            stakes in strategies::stakes(), m in 0.0..=1.0_f64, delta in 0.0..0.99_f64,
        ) {
            let cheating = simulated_value_of_cheating(&stakes, m, delta);
            let honouring = stakes.r() / (1.0 - delta);
            prop_assume!((cheating - honouring).abs() > 1e-9);
            let (m, delta) = (Probability::new(m).unwrap(), DiscountFactor::new(delta).unwrap());
            prop_assert_eq!(honours(&stakes, m, delta), honouring > cheating);
        }

        #[test]
        fn the_tally_solves_the_recursion(
            stakes in strategies::stakes(), m in 0.0..=1.0_f64, delta in 0.0..0.99_f64,
        ) {
            let v = simulated_value_of_cheating(&stakes, m, delta);
            let again = stakes.t() + delta * ((1.0 - m) * v + m * stakes.p() / (1.0 - delta));
            prop_assert!((v - again).abs() <= 1e-9 * (1.0 + v.abs()), "{} against {}", v, again);
        }

        #[test]
        fn a_positive_affine_map_of_payoffs_changes_nothing(
            stakes in strategies::stakes(), m in strategies::probability(),
            delta in strategies::discount_factor(), power in -8..8_i32, shift in -64..64_i32,
        ) {
            // Powers of two and small integers keep the arithmetic exact.
            let map = |value: f64| value * 2.0_f64.powi(power) + f64::from(shift);
            let mapped = Stakes::new(
                map(stakes.t()), map(stakes.r()), map(stakes.p()), map(stakes.s()),
            ).unwrap();
            prop_assert_eq!(honours(&mapped, m, delta), honours(&stakes, m, delta));
        }
    }
}
