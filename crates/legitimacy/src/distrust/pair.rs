mod scan;
#[cfg(test)]
mod tests;

use detente_quantity::Probability;

use super::{
    Bargain, Candour, Promoter,
    alarm::{Reply, reasoned_belief},
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
/// which reaches c at one belief at most, so each reply is a single number, found exactly, and moves
/// continuously with the other's rate: an equilibrium exists (Brouwer), and there may be several.
///
/// In the limits where an audience is credulous to the last (η = 1) or sure beforehand (π = 0 or 1),
/// messages cannot move it by degrees. A reply then jumps from no untrue alarm to all, and where it
/// jumps every rate is a reply: an equilibrium still exists (Kakutani).
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
    /// How far a rate lies from the replies to the other's, the worse of the two: at a jump of the
    /// reply all rates between its ends are replies.
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
    /// The distance between neighbouring inflation rates that were tried. Three equilibria closer
    /// together than this can show as one, and two as none unless the reply's distance from the rate
    /// has its one minimum between them: then they, or the one where it only touches, are found.
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
    /// [`LegitimacyError::OutOfRange`] if a leader's threat legitimation ℓ is negative;
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
        computed(
            "leader's surplus",
            second.weight() * surplus,
            &second.named(),
        )?;
        for side in [&first, &second] {
            let threat = side.params().leader.params().threat;
            let expected = "0 or more in a leader who may raise the alarm";
            require(threat >= 0.0, "threat legitimation", threat, expected)?;
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
    /// each refined by bisection to neighbouring floating-point numbers; where the reply only touches
    /// the rate, by golden section. There is always one, or a pair [withheld](PairScan::withheld). A
    /// run of equilibria without gaps, which only coincidence brings about, is reported by its two
    /// ends. O(steps).
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
        let (rates, evaluations) = scan::rates(self, steps);
        let all = rates.iter().map(|&rates| self.at(rates));
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

    /// The pair of messages at these rates of inflation, and whether a true alarm would be withheld
    /// there.
    fn at(&self, rates: Sides<f64>) -> (PairEquilibrium, bool) {
        let sides = &self.sides;
        let (reply, met_by_first) = self.first_answer(rates.second);
        let first = reply.or_indifferent(&sides.first, rates.first);
        let (reply, met_by_second) = self.second_answer(rates.first);
        let second = reply.or_indifferent(&sides.second, rates.second);
        let distortion = Sides {
            first: sides.first.distortion_at(first.alarm_belief),
            second: sides.second.distortion_at(second.alarm_belief),
        };
        let inflation = Sides {
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
            inflation,
            alarm_belief: Sides {
                first: first.alarm_belief,
                second: second.alarm_belief,
            },
            distortion,
            closed: self.closed(inflation, distortion),
            gap: self.gap(rates),
            regret: regrets[0].max(regrets[1]),
        };
        let withheld = first.withheld(&met_by_first) || second.withheld(&met_by_second);
        (equilibrium, withheld)
    }

    /// How far either rate lies from the replies to the other, and to its neighbours among numbers.
    fn gap(&self, rates: Sides<f64>) -> f64 {
        let first = around(rates.second, |q| self.first_answer(q).0.inflation.get());
        let second = around(rates.first, |q| self.second_answer(q).0.inflation.get());
        let beyond =
            |rate: f64, (least, most): (f64, f64)| (least - rate).max(rate - most).max(0.0);
        beyond(rates.first, first).max(beyond(rates.second, second))
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

    pub(super) fn first_answer(&self, other: f64) -> (Reply, Incentive) {
        let Sides { first, second } = &self.sides;
        self.answer(first, second, self.first_share, other)
    }

    pub(super) fn second_answer(&self, other: f64) -> (Reply, Incentive) {
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
        let reasoned = reasoned_belief(prior, rate);
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

/// The least and the most of the replies to a rate and to the numbers next to it.
fn around(rate: f64, reply: impl Fn(f64) -> f64) -> (f64, f64) {
    let rates = [rate.next_down().max(0.0), rate, rate.next_up().min(1.0)];
    let ends = (f64::INFINITY, f64::NEG_INFINITY);
    rates
        .into_iter()
        .map(reply)
        .fold(ends, |(least, most), reply| {
            (least.min(reply), most.max(reply))
        })
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
