//! How much trust is enough.

use detente_quantity::{Probability, Stakes};

/// What trusting is worth over not trusting: `h·G − (1 − h)·L`, in the units of the payoffs
/// (Coleman 1990; claim C-20, model M-03). `h` is the chance that trust is honoured, `G` (`gain`)
/// what is won if it is, `L` (`exposure`) what is lost if it is not; both are signed. A prudent
/// party trusts iff the margin is above 0.
///
/// With `gain` and `exposure` finite the margin is finite. An infinite one may give NaN, which is
/// above nothing, so that nothing is accepted on it.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::trust_margin;
/// assert!(trust_margin(Probability::new(0.67)?, 1.0, 2.0) > 0.0);
/// assert!(trust_margin(Probability::new(0.66)?, 1.0, 2.0) < 0.0);
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[must_use]
pub fn trust_margin(trust: Probability, gain: f64, exposure: f64) -> f64 {
    trust.get() * gain - trust.complement().get() * exposure
}

/// The trust above which trusting pays: the `p̄` for which [`trust_margin`] is above 0 exactly when
/// `h > p̄` (Coleman 1990; claim C-20). `p̄ = L / (G + L)` for `G > 0`, `L ≥ 0`.
///
/// Limits: `L = 0` gives 0 (any trust will do), `G ≤ 0 ≤ L` gives 1 (none will), and as `L → ∞` it
/// tends to 1. With `L < 0` being cheated beats nonagreement: more trust is then not what tips the
/// scales and there is no such `p̄`, so `None`; so too if a number is not finite.
///
/// ```
/// use detente_reputation::threshold;
/// assert!((threshold(1.0, 2.0).unwrap().get() - 2.0 / 3.0).abs() < 1e-15);
/// assert_eq!(threshold(1.0, -2.0), None);
/// ```
#[must_use]
pub fn threshold(gain: f64, loss: f64) -> Option<Probability> {
    if !gain.is_finite() || !loss.is_finite() || loss < 0.0 {
        None
    } else if gain <= 0.0 {
        Some(Probability::ONE)
    } else {
        // The quotient cannot overflow into NaN as the sum of two large payoffs could.
        Some(Probability::saturating(1.0 / (1.0 + gain / loss)))
    }
}

/// What cooperating is worth over defecting in a simultaneous game against a partner who cooperates
/// with chance `trust`: `h·(R − T) − (1 − h)·(P − S)` (claim C-21). In payoff units, finite up to
/// payoffs some 10³⁰⁷ apart.
#[must_use]
pub fn assurance_margin(trust: Probability, stakes: &Stakes) -> f64 {
    trust_margin(trust, -stakes.temptation(), stakes.exposure())
}

/// The trust above which cooperating pays in the assurance game,
/// `p̄ = (P − S) / [(R − T) + (P − S)]` (claim C-21; the order there is `R > T > P > S`).
///
/// Limits are those of [`threshold`]: with `T ≥ R` and `P ≥ S` defection dominates and `p̄` is 1;
/// with `P < S` there is no threshold. Where even trustworthy partners cooperate only with chance
/// `q`, compare `p·q` with it: distrust is contagious.
///
/// ```
/// use detente_quantity::Stakes;
/// use detente_reputation::assurance_threshold;
/// let stag_hunt = Stakes::new(3.0, 4.0, 2.0, 1.0)?;
/// assert_eq!(assurance_threshold(&stag_hunt).unwrap().get(), 0.5);
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[must_use]
pub fn assurance_threshold(stakes: &Stakes) -> Option<Probability> {
    threshold(-stakes.temptation(), stakes.exposure())
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies as quantity;
    use proptest::prelude::*;

    use super::*;

    fn chance(value: f64) -> Probability {
        Probability::new(value).unwrap()
    }

    #[test]
    fn the_limits_are_those_documented() {
        assert_eq!(threshold(1.0, 0.0), Some(Probability::ZERO));
        assert_eq!(threshold(0.0, 0.0), Some(Probability::ONE));
        assert_eq!(threshold(0.0, 1.0), Some(Probability::ONE));
        assert_eq!(threshold(-1.0, 0.0), Some(Probability::ONE));
        assert_eq!(threshold(1.0, f64::MAX), Some(Probability::ONE));
        assert_eq!(threshold(f64::MAX, f64::MAX), Some(Probability::HALF));
        assert_eq!(
            threshold(f64::MAX, f64::MIN_POSITIVE),
            Some(Probability::ZERO)
        );
        for (gain, loss) in [
            (f64::NAN, 1.0),
            (1.0, f64::NAN),
            (f64::INFINITY, 1.0),
            (1.0, -1.0),
        ] {
            assert_eq!(threshold(gain, loss), None, "{gain} {loss}");
        }
    }

    #[test]
    fn nothing_is_accepted_on_infinite_stakes() {
        let margin = trust_margin(Probability::ONE, 1.0, f64::INFINITY);
        assert!(margin.is_nan());
    }

    #[test]
    fn exposure_lowered_lowers_the_threshold() {
        // The assurance game (4, 3, 2, 1) with the sucker's payoff raised to 1.9.
        let safer = Stakes::new(3.0, 4.0, 2.0, 1.9).unwrap();
        approx::assert_relative_eq!(
            assurance_threshold(&safer).unwrap().get(),
            1.0 / 11.0,
            epsilon = 1e-12
        );
    }

    proptest! {
        #[test]
        fn the_threshold_is_where_the_margin_turns(
            trust in quantity::probability(), gain in -3..=3_i8, loss in -3..=3_i8,
        ) {
            let (gain, loss) = (f64::from(gain), f64::from(loss));
            let margin = trust_margin(trust, gain, loss);
            if let Some(threshold) = threshold(gain, loss) {
                let distance = trust.get() - threshold.get();
                prop_assume!(distance == 0.0 || distance.abs() > 1e-12);
                prop_assert!(
                    (margin > 1e-15) == (distance > 0.0) || gain + loss == 0.0 && margin == 0.0,
                    "{margin} at {trust} against {threshold}"
                );
            } else {
                prop_assert!(loss < 0.0);
            }
        }

        #[test]
        fn the_margin_is_finite_for_finite_stakes(
            trust in quantity::probability(), gain in any::<f64>(), loss in any::<f64>(),
        ) {
            prop_assume!(gain.is_finite() && loss.is_finite());
            prop_assert!(trust_margin(trust, gain, loss).is_finite());
            prop_assert!(trust_margin(chance(0.5), gain, -gain).is_finite());
        }
    }
}
