use detente_quantity::{DiscountFactor, Probability, Stakes};

/// A partner that honours a rung for what it may win by it later, and would break it for its own sake:
/// when does a rung show such a partner for what it is, *whatever rungs follow*? (Claims C-30, C-32,
/// for rungs of any stakes and breaches that may go unseen; derived.)
///
/// Breaking a rung gains `T − R` at once. It loses, if it is seen, all that lies ahead. Whatever rungs
/// follow, in whatever order and for how long, that is worth at most the *prospect*
///
/// `W = max(0, (R − P)/(1 − δ), (T − P)/(1 − δ(1 − m)))` over all rungs on offer,
///
/// the best of them honoured for ever, or broken until that is seen. So a partner surely breaks a rung iff
/// `T − R > δ m W`. With the rung itself for all that lies ahead this is the rule by which agreements
/// are kept (claim M-02), and with `m = 1` it is the test that is telling from `α = δT/(T − R)` on (claim
/// C-32). In between, where it depends on what follows, a rung is to be read as showing nothing.
///
/// ```
/// use detente_quantity::{DiscountFactor, Probability, Stakes};
/// use detente_reassurance::Mimic;
///
/// let partner = Mimic { detection: Probability::ONE, patience: DiscountFactor::new(0.5)? };
/// let agreement = Stakes::new(3.0, 1.0, 0.0, -2.0)?;
/// let share = |of: f64| Stakes::new(3.0 * of, of, 0.0, -2.0 * of);
/// let prospect = partner.prospect([agreement]);
/// // Half the stakes are too cheap a test; from three quarters on it tells.
/// assert!(!partner.surely_breaks(&share(0.5)?, prospect));
/// assert!(!partner.surely_breaks(&share(0.75)?, prospect));
/// assert!(partner.surely_breaks(&share(0.76)?, prospect));
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Mimic {
    /// `m`, the chance that a breach of it is seen in the period in which it happens.
    pub detection: Probability,
    /// `δ`, the weight of the next period against this one.
    pub patience: DiscountFactor,
}

impl Mimic {
    /// The most that any sequence of these rungs is worth to it, over nonagreement and in its payoff
    /// units: 0 or more, 0 without rungs, infinite where payoffs are too large to add up. O(rungs).
    #[must_use]
    pub fn prospect(&self, rungs: impl IntoIterator<Item = Stakes>) -> f64 {
        let delta = self.patience.get();
        let unseen = self.detection.complement().get();
        let worth = |stakes: Stakes| {
            let honoured = (stakes.r() - stakes.p()) / (1.0 - delta);
            let broken = (stakes.t() - stakes.p()) / (1.0 - delta * unseen);
            honoured.max(broken)
        };
        rungs.into_iter().map(worth).fold(0.0, f64::max)
    }

    /// Whether it breaks a rung at once however much of the prospect lies ahead; where it is in two
    /// minds, not.
    #[must_use]
    pub fn surely_breaks(&self, rung: &Stakes, prospect: f64) -> bool {
        let weight = self.patience.get() * self.detection.get();
        // Nothing weighed by 0 is nothing, however much.
        let at_risk = if weight > 0.0 { weight * prospect } else { 0.0 };
        rung.temptation() > at_risk
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::{LimitedTest, Patience, Rung, strategies::mimic};

    fn stakes() -> impl Strategy<Value = Stakes> {
        (-2.0..4.0_f64, -1.0..6.0_f64, -3.0..3.0_f64).prop_map(|(reward, more, sucker)| {
            Stakes::new(reward + more, reward, 0.0, sucker).unwrap()
        })
    }

    /// What one who begins by honouring, or by breaking, the first of these rungs gets at most, by
    /// trying every way to go on: a rung a period, the last for ever after, and leaving at any time.
    fn best(partner: &Mimic, rungs: &[Stakes], breaks: bool) -> f64 {
        let (first, rest) = rungs.split_first().unwrap();
        let delta = partner.patience.get();
        let goes_on = if breaks {
            partner.detection.complement().get()
        } else {
            1.0
        };
        let now = if breaks { first.t() } else { first.r() };
        let ahead = match rest {
            // For ever after: one who does this now does it ever after, or leaves.
            [] => (now / (1.0 - delta * goes_on)).max(0.0),
            _ => best(partner, rest, true)
                .max(best(partner, rest, false))
                .max(0.0),
        };
        now + delta * goes_on * ahead
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4000))]

        #[test]
        fn one_who_surely_breaks_does_so_whatever_follows(
            partner in mimic(), rungs in vec(stakes(), 1..5),
        ) {
            let prospect = partner.prospect(rungs.iter().copied());
            // The prospect is a bound: every sequence there is.
            for start in 0..rungs.len() {
                let whole = best(&partner, &rungs[start..], true)
                    .max(best(&partner, &rungs[start..], false));
                prop_assert!(whole <= prospect + 1e-9 * (1.0 + prospect));
            }
            if partner.surely_breaks(&rungs[0], prospect) {
                let (breaks, honours) = (best(&partner, &rungs, true), best(&partner, &rungs, false));
                // With rungs after the first: the first alone is for ever, and judged by M-02.
                if rungs.len() > 1 {
                    prop_assert!(breaks > honours - 1e-12, "{breaks} {honours}");
                }
            }
        }

        #[test]
        fn seen_for_sure_it_is_the_limited_test(
            reward in 0.1..5.0_f64, more in 0.1..5.0_f64, delta in 0.0..0.95_f64, size in 0.01..1.0_f64,
        ) {
            let patience = DiscountFactor::new(delta).unwrap();
            let partner = Mimic { detection: Probability::ONE, patience };
            // The best on offer is to betray the agreement, as the limited test supposes.
            let temptation = reward / (1.0 - delta) + more;
            let full = Stakes::new(temptation, reward, 0.0, -1.0).unwrap();
            let rung = Rung { gain: 1.0, loss: 1.0, reward, temptation };
            let test = LimitedTest::new(rung, Patience { truster: patience, untrustworthy: patience });
            let revealing = test.unwrap().revealing().unwrap();
            prop_assume!((size / revealing - 1.0).abs() > 1e-9);
            let part = Stakes::new(size * full.t(), size * full.r(), 0.0, -size).unwrap();
            prop_assert_eq!(partner.surely_breaks(&part, partner.prospect([full])), size > revealing);
        }
    }

    #[test]
    fn limits_are_limits() {
        let blind = Mimic {
            detection: Probability::ZERO,
            patience: DiscountFactor::new(0.9).unwrap(),
        };
        let tempting = Stakes::new(2.0, 1.0, 0.0, -1.0).unwrap();
        // Never seen, it has nothing to lose.
        assert!(blind.surely_breaks(&tempting, f64::INFINITY));
        let watched = Mimic {
            detection: Probability::ONE,
            ..blind
        };
        assert!(!watched.surely_breaks(&tempting, f64::INFINITY));
        assert_eq!(watched.prospect([]), 0.0);
        let huge = Stakes::new(1e308, 1e308, -1e308, 0.0).unwrap();
        assert_eq!(watched.prospect([huge]), f64::INFINITY);
    }
}
