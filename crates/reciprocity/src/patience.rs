use std::fmt;

use detente_quantity::{DiscountFactor, Probability, Stakes};

use crate::{honour::Motives, search::first_pass};

/// How patient a party must be to honour: what [`critical_patience`] finds.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum CriticalPatience {
    /// Every discount factor honours.
    Always,
    /// Discount factors from this one upwards honour; it lies strictly between 0 and 1.
    AtLeast(DiscountFactor),
    /// Discount factors up to this one honour and more patient ones cheat. Only in agreements
    /// worse than none (R < P) that it pays to keep today (T ≤ R): whoever looks far enough ahead
    /// cheats in order to be rid of them.
    AtMost(DiscountFactor),
    /// No discount factor below 1 honours.
    Never,
}

impl CriticalPatience {
    /// Whether a party of this patience honours: the same answer as [`honours`](crate::honours)
    /// for the stakes and detection from which this was computed.
    #[must_use]
    pub fn admits(self, patience: DiscountFactor) -> bool {
        match self {
            Self::Always => true,
            Self::AtLeast(least) => patience >= least,
            Self::AtMost(most) => patience <= most,
            Self::Never => false,
        }
    }
}

impl fmt::Display for CriticalPatience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Always => f.write_str("at any patience"),
            Self::AtLeast(least) => write!(f, "from a discount factor of {least}"),
            Self::AtMost(most) => write!(f, "up to a discount factor of {most}"),
            Self::Never => f.write_str("at no patience"),
        }
    }
}

/// The discount factors at which a party with these stakes honours (claim M-02). With T > R,
/// R > P and m > 0 they are those from
///
/// **δ\* = (T − R) / (T − R + m(R − P))**
///
/// upwards, and `m = 1` is the grim trigger's bound (T − R)/(T − P) (claim S-01). At the limits:
///
/// | stakes | answer |
/// |---|---|
/// | T ≤ R and R ≥ P | [`Always`](CriticalPatience::Always) |
/// | T > R, and R ≤ P or m = 0 | [`Never`](CriticalPatience::Never) |
/// | T ≤ R and R < P, m = 0 | [`Always`](CriticalPatience::Always) |
/// | T ≤ R and R < P, m > 0 | [`AtMost`](CriticalPatience::AtMost) (R − T)/(R − T + m(P − R)) |
///
/// The bound is the first (or last) `f64` at which [`honours`](crate::honours) holds, not a
/// rounding of the quotient, so the two never disagree; a bound beyond the largest `f64` below 1
/// is `Never` (or `Always`). A handful of evaluations of the rule, no allocation.
///
/// ```
/// use detente_quantity::{DiscountFactor, Probability, Stakes};
/// use detente_reciprocity::{CriticalPatience, critical_patience};
/// let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0)?;
/// assert_eq!(
///     critical_patience(&stakes, Probability::ONE),
///     CriticalPatience::AtLeast(DiscountFactor::new(0.5)?),
/// );
/// assert_eq!(critical_patience(&stakes, Probability::ZERO), CriticalPatience::Never);
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[must_use]
pub fn critical_patience(stakes: &Stakes, detection: Probability) -> CriticalPatience {
    let (motives, m) = (Motives::of(stakes), detection.get());
    let quotient = motives.temptation / (motives.temptation + m * motives.gain);
    let honours = |delta: f64| motives.sustain(m, delta);
    match (motives.temptation > 0.0, motives.gain < 0.0) {
        (false, false) => CriticalPatience::Always,
        (true, true) => CriticalPatience::Never,
        (true, false) => first_pass(quotient, honours)
            .and_then(|least| DiscountFactor::new(least).ok())
            .map_or(CriticalPatience::Never, CriticalPatience::AtLeast),
        (false, true) => first_pass(quotient, |delta| !honours(delta))
            .and_then(|first_cheat| DiscountFactor::new(first_cheat.next_down()).ok())
            .map_or(CriticalPatience::Always, CriticalPatience::AtMost),
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use detente_quantity::strategies;
    use proptest::prelude::*;

    use super::*;
    use crate::honours;

    fn patience(value: f64) -> DiscountFactor {
        DiscountFactor::new(value).unwrap()
    }

    fn critical(t: f64, r: f64, p: f64, m: f64) -> CriticalPatience {
        let stakes = Stakes::new(t, r, p, 0.0).unwrap();
        critical_patience(&stakes, Probability::new(m).unwrap())
    }

    #[track_caller]
    fn check_least(found: CriticalPatience, expected: f64) {
        let CriticalPatience::AtLeast(least) = found else {
            panic!("{found:?} is not a least patience");
        };
        assert_relative_eq!(least.get(), expected, max_relative = 1e-15);
    }

    #[test]
    fn published_games_have_their_published_bounds() {
        check_least(critical(10.0, 9.0, 3.0, 1.0), 1.0 / 7.0);
        check_least(critical(5.0, 3.0, 1.0, 1.0), 0.5);
        check_least(critical(3.0, 2.0, 0.0, 0.25), 2.0 / 3.0);
    }

    #[test]
    fn the_limits_are_as_documented() {
        for m in [0.0, 0.5, 1.0] {
            assert_eq!(critical(2.0, 2.0, 2.0, m), CriticalPatience::Always);
            assert_eq!(critical(1.0, 2.0, 0.0, m), CriticalPatience::Always);
            assert_eq!(critical(3.0, 2.0, 2.0, m), CriticalPatience::Never);
            assert_eq!(critical(3.0, 2.0, 2.5, m), CriticalPatience::Never);
        }
        assert_eq!(critical(3.0, 2.0, 0.0, 0.0), CriticalPatience::Never);
        assert_eq!(critical(0.0, 1.0, 2.0, 0.0), CriticalPatience::Always);
        assert_eq!(
            critical(0.0, 1.0, 2.0, 1.0),
            CriticalPatience::AtMost(patience(0.5))
        );
        assert_eq!(
            critical(1.0, 1.0, 2.0, 1.0),
            CriticalPatience::AtMost(DiscountFactor::MYOPIC)
        );
    }

    #[test]
    fn a_bound_that_no_number_below_one_reaches_is_never() {
        assert_eq!(critical(1e300, 0.0, -1.0, 1.0), CriticalPatience::Never);
        assert_eq!(critical(-1e300, 0.0, 1.0, 1.0), CriticalPatience::Always);
        check_least(critical(f64::MAX, 0.0, -f64::MAX, 1.0), 0.5);
        check_least(critical(1e-300, 0.0, -1.0, 1.0), 1e-300);
    }

    proptest! {
        #[test]
        fn the_bound_parts_those_who_honour_from_those_who_cheat(
            stakes in strategies::stakes(), m in strategies::probability(),
            delta in strategies::discount_factor(),
        ) {
            let critical = critical_patience(&stakes, m);
            prop_assert_eq!(critical.admits(delta), honours(&stakes, m, delta));
            if let CriticalPatience::AtLeast(least) = critical {
                prop_assert!(least.get() > 0.0 && honours(&stakes, m, least));
                prop_assert!(!honours(&stakes, m, patience(least.get().next_down())));
            }
            if let CriticalPatience::AtMost(most) = critical {
                prop_assert!(honours(&stakes, m, most));
                prop_assert!(!honours(&stakes, m, patience(most.get().next_up())));
            }
        }

        #[test]
        fn the_bound_is_the_quotient(
            stakes in strategies::prisoners_dilemma(), m in 1e-3..=1.0_f64,
        ) {
            let (a, g) = (stakes.temptation(), stakes.gain());
            let CriticalPatience::AtLeast(least) =
                critical_patience(&stakes, Probability::new(m).unwrap())
            else {
                return Err(TestCaseError::fail("no least patience in a dilemma"));
            };
            prop_assert!((least.get() - a / (a + m * g)).abs() <= 1e-15);
        }

        #[test]
        fn exact_quotients_are_found_exactly(shift in -1000..1000_i32, power in 0..20_i32) {
            // T − R = 1 and R − P = 2ⁿ − 1 put the bound on the power of two 2⁻ⁿ.
            let gain = 2.0_f64.powi(power + 1) - 1.0;
            let r = f64::from(shift);
            let stakes = Stakes::new(r + 1.0, r, r - gain, r).unwrap();
            prop_assert_eq!(
                critical_patience(&stakes, Probability::ONE),
                CriticalPatience::AtLeast(patience(2.0_f64.powi(-power - 1)))
            );
        }
    }
}
