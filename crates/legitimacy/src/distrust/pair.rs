use detente_quantity::Probability;

use super::{
    Bargain, Candour, Promoter,
    alarm::Reply,
    incentive::{Incentive, Occasion},
};
use crate::{
    LegitimacyError,
    error::{computed, require},
};

/// Something of the first side's and something of the second's.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Sides<T> {
    /// The first side's.
    pub first: T,
    /// The second side's.
    pub second: T,
}

/// Two leaders who may each raise the alarm about the other and then divide one good (claim D-44).
///
/// Each takes the other's alarms as given: with chance q_j the other is alarmed and asks D_j more
/// than its nation, otherwise not. A leader's gain from alarm is the mean over the two,
///
/// **G_i(b) = Ωℓb − α(q_j·min(A·(S − D_j)⁺, Ωμb) + (1 − q_j)·min(A·S⁺, Ωμb))**,
///
/// which reaches c at one belief at most, so each reply is a single number, found exactly. Unless an
/// audience is credulous to the last, replying to a reply is a continuous map of \[0, 1\] into
/// itself: an equilibrium exists, and there may be several.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(try_from = "Unchecked", into = "Unchecked"))]
pub struct PromotionPair {
    sides: Sides<Promoter>,
    first_share: Probability,
    surplus: f64,
}

/// One equilibrium between two leaders, with its certificate.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PairEquilibrium {
    /// Candid, mixed or saturated.
    pub candour: Sides<Candour>,
    /// q: how often each raises the alarm about a benign adversary.
    pub inflation: Sides<Probability>,
    /// b_A: each audience's belief in a hostile adversary after an alarm.
    pub alarm_belief: Sides<Probability>,
    /// D(b_A): what each leader asks beyond the nation's reservation after an untrue alarm.
    pub distortion: Sides<f64>,
    /// The chance that alarms close the zone of agreement between two benign nations; 0 where they
    /// had none.
    pub closed: Probability,
    /// How far apart the first side's inflation and its reply to the second's reply are.
    pub gap: f64,
    /// The certificate: the most that a leader of either side and type could gain by another
    /// message, the other side's messages given.
    pub regret: f64,
}

/// The equilibria a scan found.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PairScan {
    /// In rising order of the first side's inflation.
    pub found: Vec<PairEquilibrium>,
    /// Pairs of messages that would be equilibria but for a leader who, facing a hostile
    /// adversary, would rather stay calm.
    pub withheld: u32,
    /// The distance between neighbouring inflation rates that were tried. Two equilibria closer
    /// together than this, or one where the curve touches without crossing, can be missed.
    pub spacing: f64,
    /// How many replies were worked out.
    pub evaluations: u32,
}

/// The coarsest and the finest scan.
const POINTS: std::ops::RangeInclusive<u32> = 1..=1 << 20;

impl PromotionPair {
    /// Two leaders and the part `first_share` of the surplus that goes to the first.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if a leader's threat legitimation ℓ is negative or a prior is
    /// certain (an alarm that is never raised would leave the belief after it undefined) or a
    /// credulous share 1 (a reply would jump from no alarm to all, and none be best against itself);
    /// [`LegitimacyError::OffLinearCurve`] if support can leave `[0, 1]`;
    /// [`LegitimacyError::Overflow`].
    pub fn new(
        first: Promoter,
        second: Promoter,
        first_share: Probability,
    ) -> Result<Self, LegitimacyError> {
        let bargain = Bargain {
            other_reservation: second.params().nonagreement,
            other_distortion: 0.0,
            own_share: first_share,
        };
        let surplus = bargain.surplus(&first)?;
        computed("leader's surplus", second.weight() * surplus)?;
        for side in [&first, &second] {
            let threat = side.params().leader.params().threat;
            let expected = "0 or more in a leader who may raise the alarm";
            require(threat >= 0.0, "threat legitimation", threat, expected)?;
            let prior = side.params().prior_hostility;
            let credulous = side.params().credulous_share;
            let legal = credulous < Probability::ONE;
            let expected = "a number below 1 where two leaders send messages";
            require(legal, "credulous share", credulous.get(), expected)?;
            let expected = "a number strictly between 0 and 1";
            require(
                !prior.is_certain(),
                "prior hostility",
                prior.get(),
                expected,
            )?;
            side.check_support(surplus)?;
        }
        Ok(Self {
            sides: Sides { first, second },
            first_share,
            surplus,
        })
    }

    /// The two leaders.
    #[must_use]
    pub const fn sides(&self) -> &Sides<Promoter> {
        &self.sides
    }

    /// The part of the surplus that goes to the first side.
    #[must_use]
    pub const fn first_share(&self) -> Probability {
        self.first_share
    }

    /// The first side's equilibrium rate of untrue alarms if the second's is `other`.
    #[must_use]
    pub fn first_reply(&self, other: Probability) -> Probability {
        self.first_answer(other.get()).0.inflation
    }

    /// The second side's equilibrium rate of untrue alarms if the first's is `other`.
    #[must_use]
    pub fn second_reply(&self, other: Probability) -> Probability {
        self.second_answer(other.get()).0.inflation
    }

    /// The equilibria, by a scan of 4,096 steps in the first side's inflation; see
    /// [`scan`](Self::scan).
    #[must_use]
    pub fn equilibria(&self) -> PairScan {
        self.scanned(4096)
    }

    /// All equilibria that a scan of `steps` equal steps in the first side's inflation tells apart,
    /// each refined by bisection to neighbouring floating-point numbers. There is always one, or a
    /// pair [withheld](PairScan::withheld). A run of equilibria without gaps, which only
    /// coincidence brings about, is reported by its two ends. O(steps).
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] unless `steps` is from 1 to 2²⁰.
    pub fn scan(&self, steps: u32) -> Result<PairScan, LegitimacyError> {
        let expected = "a whole number from 1 to 1048576";
        let legal = POINTS.contains(&steps);
        require(legal, "steps of the scan", f64::from(steps), expected)?;
        Ok(self.scanned(steps))
    }

    fn scanned(&self, steps: u32) -> PairScan {
        let (roots, evaluations) = self.roots(steps);
        let all = roots.iter().map(|&q| self.at(q));
        let (found, withheld): (Vec<_>, Vec<_>) = all.partition(|(_, withheld)| !withheld);
        PairScan {
            found: found
                .into_iter()
                .map(|(equilibrium, _)| equilibrium)
                .collect(),
            withheld: u32::try_from(withheld.len()).unwrap_or(u32::MAX),
            spacing: 1.0 / f64::from(steps),
            evaluations,
        }
    }

    /// The rates at which the first side's inflation is its reply to the second's reply, and how
    /// many were tried.
    fn roots(&self, steps: u32) -> (Vec<f64>, u32) {
        let spacing = 1.0 / f64::from(steps);
        let mut roots = Roots::default();
        let mut evaluations = steps + 1;
        let mut before = (0.0, self.excess(0.0));
        roots.meet(before);
        for step in 1..=steps {
            let here = (f64::from(step) * spacing).min(1.0);
            let after = (here, self.excess(here));
            if (before.1 > 0.0 && after.1 < 0.0) || (before.1 < 0.0 && after.1 > 0.0) {
                let (root, tried) = self.between(before, after);
                roots.cross(root);
                evaluations += tried;
            }
            roots.meet(after);
            before = after;
        }
        (roots.finish(), evaluations)
    }

    /// Reply to the reply, less the rate itself: 0 in equilibrium.
    fn excess(&self, q: f64) -> f64 {
        let second = self.second_answer(q).0.inflation.get();
        self.first_answer(second).0.inflation.get() - q
    }

    /// Bisection between two rates at which the excess differs in sign.
    fn between(&self, low: (f64, f64), high: (f64, f64)) -> (f64, u32) {
        let ((mut low, sign), mut high) = (low, high.0);
        let mut tried = 0;
        loop {
            let middle = f64::midpoint(low, high);
            if middle <= low || middle >= high {
                return (middle, tried);
            }
            tried += 1;
            let excess = self.excess(middle);
            if (excess > 0.0) == (sign > 0.0) {
                low = middle;
            } else {
                high = middle;
            }
        }
    }

    /// The pair of messages at which the first side inflates at rate `q`, and whether a true alarm
    /// would be withheld there.
    fn at(&self, q: f64) -> (PairEquilibrium, bool) {
        let (second, met_by_second) = self.second_answer(q);
        let (first, met_by_first) = self.first_answer(second.inflation.get());
        let sides = &self.sides;
        let distortion = Sides {
            first: sides.first.distortion_at(first.alarm_belief),
            second: sides.second.distortion_at(second.alarm_belief),
        };
        let rates = Sides {
            first: first.inflation,
            second: second.inflation,
        };
        let regrets = [
            first.regret(&met_by_first, sides.first.params().message_cost),
            second.regret(&met_by_second, sides.second.params().message_cost),
        ];
        let equilibrium = PairEquilibrium {
            candour: Sides {
                first: first.candour,
                second: second.candour,
            },
            inflation: rates,
            alarm_belief: Sides {
                first: first.alarm_belief,
                second: second.alarm_belief,
            },
            distortion,
            closed: self.closed(rates, distortion),
            gap: (rates.first.get() - q).abs(),
            regret: regrets[0].max(regrets[1]),
        };
        let withheld = first.withheld(&met_by_first) || second.withheld(&met_by_second);
        (equilibrium, withheld)
    }

    /// The chance that the distortions after two independent alarms exceed the nations' surplus.
    fn closed(&self, rates: Sides<Probability>, asks: Sides<f64>) -> Probability {
        let (first, second) = (rates.first.get(), rates.second.get());
        let cases = [
            (first * second, asks.first + asks.second),
            (first * (1.0 - second), asks.first),
            ((1.0 - first) * second, asks.second),
        ];
        let closing = cases.iter().filter(|(_, asked)| *asked > self.surplus);
        let chance = closing.map(|(chance, _)| chance).sum();
        Probability::saturating(if self.surplus > 0.0 { chance } else { 0.0 })
    }

    fn first_answer(&self, other: f64) -> (Reply, Incentive) {
        let Sides { first, second } = &self.sides;
        self.answer(first, second, self.first_share, other)
    }

    fn second_answer(&self, other: f64) -> (Reply, Incentive) {
        let Sides { first, second } = &self.sides;
        self.answer(second, first, self.first_share.complement(), other)
    }

    /// The reply of `side` to alarms that `other` raises at the rate `rate` about a benign one.
    fn answer(
        &self,
        side: &Promoter,
        other: &Promoter,
        share: Probability,
        rate: f64,
    ) -> (Reply, Incentive) {
        let params = other.params();
        let (prior, credulous) = (params.prior_hostility.get(), params.credulous_share.get());
        let reasoned = prior / (prior + (1.0 - prior) * rate);
        let belief = Probability::saturating(credulous + (1.0 - credulous) * reasoned);
        let alarmed = Occasion {
            chance: rate,
            surplus: self.surplus - other.distortion_at(belief),
        };
        let calm = Occasion {
            chance: 1.0 - rate,
            surplus: self.surplus,
        };
        let incentive = Incentive::new(side, share.get(), [alarmed, calm]);
        let paying = incentive.threshold(side.params().message_cost);
        (Reply::new(side, paying), incentive)
    }
}

/// Collects roots in order, and of a run of them only the ends.
#[derive(Debug, Default)]
struct Roots {
    roots: Vec<f64>,
    /// The start and the latest of a run of grid points that are roots.
    run: Option<(f64, f64)>,
}

impl Roots {
    fn cross(&mut self, root: f64) {
        self.roots.push(root);
    }

    fn meet(&mut self, (at, excess): (f64, f64)) {
        if excess == 0.0 {
            let start = self.run.map_or(at, |(start, _)| start);
            self.run = Some((start, at));
        } else {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some((start, end)) = self.run.take() {
            self.roots.push(start);
            if end > start {
                self.roots.push(end);
            }
        }
    }

    fn finish(mut self) -> Vec<f64> {
        self.close();
        self.roots
    }
}

/// A pair in a file.
#[cfg(feature = "serde")]
#[derive(serde::Serialize, serde::Deserialize)]
struct Unchecked {
    sides: Sides<Promoter>,
    first_share: Probability,
}

#[cfg(feature = "serde")]
impl TryFrom<Unchecked> for PromotionPair {
    type Error = LegitimacyError;

    fn try_from(unchecked: Unchecked) -> Result<Self, LegitimacyError> {
        let Sides { first, second } = unchecked.sides;
        Self::new(first, second, unchecked.first_share)
    }
}

#[cfg(feature = "serde")]
impl From<PromotionPair> for Unchecked {
    fn from(pair: PromotionPair) -> Self {
        Self {
            sides: pair.sides,
            first_share: pair.first_share,
        }
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use detente_quantity::strategies::probability;
    use proptest::prelude::*;

    use super::*;
    use crate::{Leader, LeaderParams, PromoterParams, Signature, SurvivalCurve, strategies};

    fn promoter(office_stake: f64, prior: f64) -> Promoter {
        let leader = Leader::new(LeaderParams {
            national_weight: 1.0,
            office_stake,
            support: 0.5,
            threat: 0.3,
            baseline: 0.3,
            curve: SurvivalCurve::Linear,
        });
        Promoter::new(PromoterParams {
            leader: leader.unwrap(),
            nonagreement: 0.35,
            exploitation_loss: 0.6,
            prior_hostility: Probability::saturating(prior),
            credulous_share: Probability::ZERO,
            message_cost: 0.15,
            signature: Signature::Uninformative,
        })
        .unwrap()
    }

    #[test]
    fn equal_sides_alarm_equally_often() {
        let side = promoter(2.0, 0.3);
        let found = PromotionPair::new(side, side, Probability::HALF)
            .unwrap()
            .equilibria();
        let [only] = found.found.as_slice() else {
            panic!("{found:?}");
        };
        let expected = (15.0 - 57.0_f64.sqrt()) / 28.0;
        assert_relative_eq!(only.inflation.first.get(), expected, epsilon = 1e-12);
        assert_relative_eq!(only.inflation.second.get(), expected, epsilon = 1e-12);
        // Either alarm closes the zone.
        assert_relative_eq!(
            only.closed.get(),
            1.0 - (1.0 - expected).powi(2),
            epsilon = 1e-12
        );
    }

    #[test]
    fn leaders_without_office_are_candid_and_a_certain_audience_is_refused() {
        let side = promoter(0.0, 0.3);
        let pair = PromotionPair::new(side, side, Probability::HALF).unwrap();
        let found = pair.scan(1).unwrap().found;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].inflation.first, Probability::ZERO);
        for steps in [0, u32::MAX] {
            assert!(
                pair.scan(steps)
                    .unwrap_err()
                    .to_string()
                    .starts_with("steps of the scan is")
            );
        }
        let certain = promoter(2.0, 1.0);
        let error = PromotionPair::new(side, certain, Probability::HALF).unwrap_err();
        assert!(
            error.to_string().starts_with("prior hostility is 1"),
            "{error}"
        );
        let params = PromoterParams {
            credulous_share: Probability::ONE,
            ..*side.params()
        };
        let believed = Promoter::new(params).unwrap();
        let error = PromotionPair::new(believed, side, Probability::HALF).unwrap_err();
        assert!(
            error.to_string().starts_with("credulous share is 1"),
            "{error}"
        );
    }

    #[test]
    fn a_run_of_roots_is_reported_by_its_ends() {
        let mut roots = Roots::default();
        for excess in [
            (0.0, 0.0),
            (0.25, 0.0),
            (0.5, 0.0),
            (0.75, -1.0),
            (1.0, 0.0),
        ] {
            roots.meet(excess);
        }
        assert_eq!(roots.finish(), [0.0, 0.5, 1.0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(150))]

        #[test]
        fn every_equilibrium_has_its_certificate(pair in strategies::promotion_pair()) {
            let scan = pair.equilibria();
            prop_assert!(!scan.found.is_empty() || scan.withheld > 0);
            for found in &scan.found {
                let sizes = [pair.sides.first, pair.sides.second].map(|it| it.weight() + it.office());
                prop_assert!(found.gap <= 1e-6, "{:?}", found);
                prop_assert!(found.regret <= 1e-6 * (1.0 + sizes[0] + sizes[1]), "{:?}", found);
            }
            // Nothing that a coarse scan sees is lost on a finer one.
            let coarse = pair.scan(64).unwrap();
            for known in &coarse.found {
                let at = known.inflation.first.get();
                let near = |it: &PairEquilibrium| (it.inflation.first.get() - at).abs() < 1e-4;
                prop_assert!(scan.found.iter().any(near), "{:?}", known);
            }
        }

        /// Each reply is the rate at which an untrue alarm just pays, by a scan of rates.
        #[test]
        fn replies_are_best_replies(pair in strategies::promotion_pair(), other in probability()) {
            let (reply, incentive) = pair.first_answer(other.get());
            let params = *pair.sides.first.params();
            let (prior, eta) = (params.prior_hostility.get(), params.credulous_share.get());
            let net = |q: f64| {
                let reasoned = prior / (prior + (1.0 - prior) * q);
                incentive.benign_gain(eta + (1.0 - eta) * reasoned) - params.message_cost
            };
            let steps = 500;
            let best = (0..=steps)
                .map(|step| f64::from(step) / f64::from(steps))
                .take_while(|&q| net(q) > 0.0)
                .last();
            let found = reply.inflation.get();
            match best {
                None => prop_assert!(found <= 1e-9),
                Some(best) => prop_assert!(
                    (found - best).abs() <= 1.001 / f64::from(steps), "{} {}", found, best
                ),
            }
        }
    }
}
