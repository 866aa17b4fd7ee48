use detente_quantity::Probability;

use crate::{
    LegitimacyError,
    error::{computed, finite, require},
};

/// A ratification floor that is not known for certain: a finite distribution.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "Vec<(f64, f64)>", into = "Vec<(f64, f64)>")
)]
pub struct UncertainFloor {
    /// Floors in rising order, each with its chance and the chance of one no higher.
    steps: Vec<Step>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Step {
    floor: f64,
    chance: f64,
    up_to: f64,
}

impl UncertainFloor {
    /// Floors with weights in proportion to their chances.
    ///
    /// # Errors
    /// [`LegitimacyError::Empty`] without a weight above 0, [`LegitimacyError::Entry`] with the
    /// first floor that is not finite or weight that is negative or not finite,
    /// [`LegitimacyError::Overflow`] if the weights add up to too much.
    pub fn new(weighted: &[(f64, f64)]) -> Result<Self, LegitimacyError> {
        for (index, &(floor, weight)) in weighted.iter().enumerate() {
            let legal = weight.is_finite() && weight >= 0.0;
            finite("ratification floor", floor)
                .and_then(|_| {
                    require(
                        legal,
                        "weight of a floor",
                        weight,
                        "a finite number, 0 or more",
                    )
                })
                .map_err(|error| error.at(index))?;
        }
        let largest = weighted.iter().map(|it| it.1).fold(0.0, f64::max);
        let total = weighted.iter().map(|it| it.1).sum();
        let total = computed("sum of weights", total, &[("largest weight", largest)])?;
        let mut kept: Vec<(f64, f64)> = weighted.iter().copied().filter(|it| it.1 > 0.0).collect();
        LegitimacyError::check_some("floors with a weight above 0", kept.len())?;
        kept.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut below = 0.0;
        let mut steps: Vec<Step> = kept
            .into_iter()
            .map(|(floor, weight)| {
                below += weight;
                Step {
                    floor,
                    chance: weight / total,
                    up_to: below / total,
                }
            })
            .collect();
        if let Some(last) = steps.last_mut() {
            last.up_to = 1.0;
        }
        Ok(Self { steps })
    }

    /// The chance that `share` is ratified: that the floor is no higher. O(ln floors).
    #[must_use]
    pub fn chance(&self, share: f64) -> Probability {
        let met = self.steps.partition_point(|step| step.floor <= share);
        let last = met.checked_sub(1).and_then(|last| self.steps.get(last));
        Probability::saturating(last.map_or(0.0, |step| step.up_to))
    }

    /// The floors in rising order, each with its chance.
    pub fn floors(&self) -> impl Iterator<Item = (f64, Probability)> {
        let steps = self.steps.iter();
        steps.map(|step| (step.floor, Probability::saturating(step.chance)))
    }
}

impl TryFrom<Vec<(f64, f64)>> for UncertainFloor {
    type Error = LegitimacyError;

    fn try_from(weighted: Vec<(f64, f64)>) -> Result<Self, LegitimacyError> {
        Self::new(&weighted)
    }
}

impl From<UncertainFloor> for Vec<(f64, f64)> {
    fn from(floor: UncertainFloor) -> Self {
        floor
            .steps
            .iter()
            .map(|step| (step.floor, step.chance))
            .collect()
    }
}

/// Who knows the floor before anything is signed (Iida 1993).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum FloorKnowledge {
    /// Both leaders.
    Both,
    /// The leader whose legislature it is, but not the other: asymmetric information between
    /// nations.
    OwnLeader,
    /// Nobody: incomplete information at home.
    Nobody,
}

/// A negotiation under an uncertain floor. In shares of a good whose whole is 1, each side's own.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct UncertainRatification {
    /// r: the constrained side's value without agreement.
    pub reservation: f64,
    /// r_j: the other side's, which makes one offer to be taken or left.
    pub other_reservation: f64,
    /// The least share that the constrained side's legislature ratifies.
    pub floor: UncertainFloor,
    /// What the constrained side loses, beside the agreement, if what it signed is not ratified;
    /// 0 or more.
    pub defection_cost: f64,
    /// What the other side loses then; 0 or more.
    pub other_defection_cost: f64,
}

/// What comes of a negotiation under an uncertain floor.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RatificationOdds {
    /// The share offered; `None` if none is, or if it depends on a floor known to both.
    pub offer: Option<f64>,
    /// The chance that nothing is signed.
    pub unsigned: Probability,
    /// The chance of *involuntary defection*: signed, and not ratified.
    pub involuntary_defection: Probability,
    /// What the constrained side expects to gain over its reservation.
    pub own_gain: f64,
    /// What the other side expects to gain over its own.
    pub other_gain: f64,
}

impl UncertainRatification {
    /// The best offer of the other side and what comes of it (claim D-04; after Iida 1993). Whoever
    /// is indifferent agrees. Exact: the best offer is one of finitely many. O(n ln n) in
    /// the number n of floors.
    ///
    /// - Both know the floor: the offer is max(r, t), or none if that leaves too little.
    /// - Only its own leader knows: one offer for all floors; the leader turns down what would not
    ///   be ratified.
    /// - Nobody knows: the leader signs what pays on average, and it may fail at home.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if a reservation is not finite or a cost is negative or not
    /// finite; [`LegitimacyError::Overflow`].
    ///
    /// # Example
    /// ```
    /// use detente_legitimacy::{FloorKnowledge, UncertainFloor, UncertainRatification};
    /// let treaty = UncertainRatification {
    ///     reservation: 0.25, other_reservation: 0.25,
    ///     floor: UncertainFloor::new(&[(0.375, 3.0), (0.6875, 1.0)])?,
    ///     defection_cost: 0.0, other_defection_cost: 0.0,
    /// };
    /// let known = treaty.odds(FloorKnowledge::Both)?;
    /// assert_eq!(known.involuntary_defection.get(), 0.0);
    /// let unknown = treaty.odds(FloorKnowledge::Nobody)?;
    /// assert_eq!((unknown.offer, unknown.involuntary_defection.get()), (Some(0.375), 0.25));
    /// # Ok::<(), detente_legitimacy::LegitimacyError>(())
    /// ```
    pub fn odds(&self, known_to: FloorKnowledge) -> Result<RatificationOdds, LegitimacyError> {
        self.check()?;
        let odds = match known_to {
            FloorKnowledge::Both => self.tailored(),
            FloorKnowledge::OwnLeader => self.told_in_time(self.best_offer(0.0, 0.0)),
            FloorKnowledge::Nobody => {
                let costs = (self.defection_cost, self.other_defection_cost);
                self.found_out(self.best_offer(costs.0, costs.1))
            }
        };
        let gains = odds.own_gain.abs() + odds.other_gain.abs();
        let floors = self.floor.steps.iter().map(|step| step.floor);
        let floor = floors.fold(
            0.0,
            |most: f64, it| if it.abs() > most.abs() { it } else { most },
        );
        let made_of = [
            ("reservation", self.reservation),
            ("other side's reservation", self.other_reservation),
            ("ratification floor", floor),
            ("cost of involuntary defection", self.defection_cost),
            (
                "other side's cost of involuntary defection",
                self.other_defection_cost,
            ),
        ];
        computed("expected gains", gains, &made_of)?;
        Ok(odds)
    }

    fn check(&self) -> Result<(), LegitimacyError> {
        finite("reservation", self.reservation)?;
        finite("other side's reservation", self.other_reservation)?;
        for (name, cost) in [
            ("cost of involuntary defection", self.defection_cost),
            (
                "other side's cost of involuntary defection",
                self.other_defection_cost,
            ),
        ] {
            let legal = cost.is_finite() && cost >= 0.0;
            require(legal, name, cost, "a finite number, 0 or more")?;
        }
        Ok(())
    }

    /// An offer for each floor.
    fn tailored(&self) -> RatificationOdds {
        let (mut signed, mut own_gain, mut other_gain) = (0.0, 0.0, 0.0);
        for step in &self.floor.steps {
            let offer = self.reservation.max(step.floor);
            let left = 1.0 - offer - self.other_reservation;
            if left >= 0.0 {
                signed += step.chance;
                own_gain += step.chance * (offer - self.reservation);
                other_gain += step.chance * left;
            }
        }
        RatificationOdds {
            offer: None,
            unsigned: Probability::saturating(1.0 - signed),
            involuntary_defection: Probability::ZERO,
            own_gain,
            other_gain,
        }
    }

    /// The offer that is best for the other side among those that the constrained side signs, and
    /// the chance that it is ratified, if a failure costs the two sides this much. Between two
    /// floors the chance is constant and the least share best, so the candidates are, from each
    /// floor, the least share that is signed there.
    fn best_offer(&self, cost: f64, other_cost: f64) -> Option<(f64, f64)> {
        let mut best: Option<(f64, f64, f64)> = None;
        for step in &self.floor.steps {
            let risk = (1.0 - step.up_to) * cost / step.up_to;
            let offer = step.floor.max(self.reservation + risk);
            let chance = self.floor.chance(offer).get();
            let left = 1.0 - offer - self.other_reservation;
            let gain = chance * left - (1.0 - chance) * other_cost;
            if gain >= 0.0 && best.is_none_or(|(_, _, most)| gain > most) {
                best = Some((offer, chance, gain));
            }
        }
        best.map(|(offer, chance, _)| (offer, chance))
    }

    /// The leader who knows the floor does not sign what would fail.
    fn told_in_time(&self, best: Option<(f64, f64)>) -> RatificationOdds {
        let (offer, signed) = best.unwrap_or((self.reservation, 0.0));
        RatificationOdds {
            offer: best.map(|_| offer),
            unsigned: Probability::saturating(1.0 - signed),
            involuntary_defection: Probability::ZERO,
            own_gain: signed * (offer - self.reservation),
            other_gain: signed * (1.0 - offer - self.other_reservation),
        }
    }

    /// Whatever is signed goes to the legislature.
    fn found_out(&self, best: Option<(f64, f64)>) -> RatificationOdds {
        let Some((offer, chance)) = best else {
            return self.told_in_time(None);
        };
        let fails = 1.0 - chance;
        RatificationOdds {
            offer: Some(offer),
            unsigned: Probability::ZERO,
            involuntary_defection: Probability::saturating(fails),
            own_gain: chance * (offer - self.reservation) - fails * self.defection_cost,
            other_gain: chance * (1.0 - offer - self.other_reservation)
                - fails * self.other_defection_cost,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    #[test]
    fn what_is_out_of_range_is_named() {
        let error =
            |weighted: &[(f64, f64)]| UncertainFloor::new(weighted).unwrap_err().to_string();
        assert_eq!(
            error(&[(0.5, 1.0), (0.6, -1.0)]),
            "entry 1: weight of a floor is -1; expected a finite number, 0 or more"
        );
        assert_eq!(
            error(&[(0.5, 0.0)]),
            "no floors with a weight above 0 given; expected at least one"
        );
        assert!(UncertainFloor::new(&[(0.5, f64::MAX), (0.6, f64::MAX)]).is_err());
        let treaty = UncertainRatification {
            reservation: 0.25,
            other_reservation: f64::NAN,
            floor: UncertainFloor::new(&[(0.5, 1.0)]).unwrap(),
            defection_cost: 0.0,
            other_defection_cost: 0.0,
        };
        let error = treaty.odds(FloorKnowledge::Both).unwrap_err().to_string();
        assert!(
            error.starts_with("other side's reservation is NaN"),
            "{error}"
        );
    }

    #[test]
    fn a_cost_of_failure_makes_leaders_cautious() {
        let treaty = |defection_cost| UncertainRatification {
            reservation: 0.25,
            other_reservation: 0.0,
            floor: UncertainFloor::new(&[(0.25, 1.0), (0.75, 1.0)]).unwrap(),
            defection_cost,
            other_defection_cost: 0.0,
        };
        let odds = |cost| treaty(cost).odds(FloorKnowledge::Nobody).unwrap();
        // Half of ¾ against all of ¼; with a cost, the leader wants ⅛ more, or certainty.
        assert_eq!((odds(0.0).offer, odds(0.0).other_gain), (Some(0.25), 0.375));
        assert_eq!(
            (odds(0.125).offer, odds(0.125).own_gain),
            (Some(0.375), 0.0)
        );
        assert_eq!(odds(0.5).offer, Some(0.75));
        let hopeless = UncertainRatification {
            other_reservation: 0.9,
            ..treaty(0.0)
        };
        let odds = hopeless.odds(FloorKnowledge::Nobody).unwrap();
        assert_eq!((odds.offer, odds.unsigned), (None, Probability::ONE));
    }

    proptest! {
        /// Every share in steps of 1/400.
        #[test]
        fn no_share_is_better_for_whoever_offers(treaty in strategies::uncertain_ratification()) {
            for (known_to, cost, other_cost) in [
                (FloorKnowledge::OwnLeader, 0.0, 0.0),
                (FloorKnowledge::Nobody, treaty.defection_cost, treaty.other_defection_cost),
            ] {
                let found = treaty.odds(known_to).unwrap();
                let best = (-100..=600)
                    .map(|step| f64::from(step) / 400.0)
                    .filter_map(|share| {
                        let chance = treaty.floor.chance(share).get();
                        let own = chance * (share - treaty.reservation) - (1.0 - chance) * cost;
                        let signs = own >= 0.0 && share >= treaty.reservation;
                        let gain = chance * (1.0 - share - treaty.other_reservation)
                            - (1.0 - chance) * other_cost;
                        signs.then_some(gain)
                    })
                    .fold(0.0, f64::max);
                prop_assert!(found.other_gain >= best - 1e-12, "{} {}", found.other_gain, best);
                prop_assert!(found.own_gain >= -1e-12);
            }
        }

        /// Averages over the floors, one by one.
        #[test]
        fn odds_are_averages_over_floors(treaty in strategies::uncertain_ratification()) {
            let signed_by_informed = treaty.odds(FloorKnowledge::OwnLeader).unwrap();
            if let Some(offer) = signed_by_informed.offer {
                let met: f64 = treaty.floor.floors()
                    .filter(|(floor, _)| *floor <= offer)
                    .map(|(_, chance)| chance.get())
                    .sum();
                prop_assert!((signed_by_informed.unsigned.get() - (1.0 - met)).abs() < 1e-12);
            }
            let both = treaty.odds(FloorKnowledge::Both).unwrap();
            let known: f64 = treaty.floor.floors()
                .map(|(floor, chance)| {
                    let certain = UncertainRatification {
                        floor: UncertainFloor::new(&[(floor, 1.0)]).unwrap(),
                        ..treaty.clone()
                    };
                    chance.get() * certain.odds(FloorKnowledge::Both).unwrap().other_gain
                })
                .sum();
            prop_assert!((both.other_gain - known).abs() < 1e-12);
            prop_assert!(both.other_gain >= signed_by_informed.other_gain - 1e-12);
        }
    }
}
