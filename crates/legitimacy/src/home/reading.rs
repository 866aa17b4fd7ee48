use detente_quantity::Probability;

use crate::{
    Leader, LeaderStakes, LegitimacyError, MarginTerms, Root, SurvivalCurve, claimant::on_line,
    curve::rise_on, leader::checked, root::between,
};

/// What a leader thinks of one agreement, and what would change that.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct HomeReading {
    /// E = hÃ + (1 − h)B̃ − d̃: what the nation gains, on the leader's trust.
    pub national: f64,
    /// F(agree) − F(refuse): how much likelier agreement makes survival in office.
    pub survival: f64,
    /// ω·E + Ω·(F(agree) − F(refuse)): the leader's margin.
    pub margin: f64,
    /// The office stakes at which a leader with this home front would accept.
    pub stakes: StakeRange,
}

/// The office stakes Ω at which an agreement is acceptable to a leader, all else equal. Ends are
/// stakes of indifference, at which it is not; an end too large for a number counts as none.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum StakeRange {
    /// Every one: nation and office both gain, or the one gains and the other does not lose.
    Any,
    /// Those below R*: the nation gains, office loses. *Closes once office rents exceed R\*.*
    Below(f64),
    /// Those above: office gains, the nation does not.
    Above(f64),
    /// Those below one end or above the other, of several agreements together.
    Outside {
        /// The end below which the nation's gain is enough.
        below: f64,
        /// The end above which the office's is; no less.
        above: f64,
    },
    /// None: neither gains.
    Never,
}

impl StakeRange {
    /// Whether a leader with this office stake accepts.
    #[must_use]
    pub fn contains(self, office_stake: f64) -> bool {
        match self {
            Self::Any => true,
            Self::Below(end) => office_stake < end,
            Self::Above(end) => office_stake > end,
            Self::Outside { below, above } => office_stake < below || office_stake > above,
            Self::Never => false,
        }
    }

    /// The same among stakes from 0 to `largest`: an end beyond them is none.
    ///
    /// ```
    /// use detente_legitimacy::StakeRange;
    ///
    /// assert_eq!(StakeRange::Below(1e130).among(1e100), StakeRange::Any);
    /// assert_eq!(StakeRange::Above(1e130).among(1e100), StakeRange::Never);
    /// assert_eq!(StakeRange::Below(3.0).among(1e100), StakeRange::Below(3.0));
    /// ```
    #[must_use]
    pub fn among(self, largest: f64) -> Self {
        match self {
            Self::Below(end) if end > largest => Self::Any,
            Self::Above(end) if end >= largest => Self::Never,
            Self::Outside { below, above } if above >= largest => Self::Below(below).among(largest),
            range => range,
        }
    }
}

/// The audience's beliefs b in a hostile adversary at which a leader accepts an agreement, all else
/// equal.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum BeliefRange {
    /// Every belief.
    Any,
    /// Beliefs below b_c. *Closes once the audience's belief exceeds b_c.*
    Below(Root),
    /// Beliefs above: fear of the adversary helps the agreement.
    Above(Root),
    /// No belief.
    Never,
}

impl HomeReading {
    /// Whether the leader accepts: whether the margin is above 0.
    #[must_use]
    pub fn accepts(&self) -> bool {
        self.margin > 0.0
    }

    /// Whether the nation gains.
    #[must_use]
    pub fn nation_gains(&self) -> bool {
        self.national > 0.0
    }
}

impl Leader {
    /// What the leader thinks of every agreement of a list, and the office stakes at which that
    /// would change: the leader's acceptable set over agreements with any number of issues.
    /// O(agreements), one allocation.
    ///
    /// ```
    /// use detente_legitimacy::{Leader, LeaderParams, LeaderStakes, StakeRange, SurvivalCurve};
    /// use detente_quantity::Probability;
    /// let leader = Leader::new(LeaderParams {
    ///     national_weight: 1.0, office_stake: 1.0, support: 0.5, threat: 0.25, baseline: 0.25,
    ///     curve: SurvivalCurve::Linear,
    /// })?;
    /// let agreement = |if_honoured| LeaderStakes {
    ///     if_honoured, if_cheated: 0.0, nonagreement: 0.25,
    ///     trust: Probability::ONE, audience_hostility: Probability::HALF,
    /// };
    /// let readings = leader.readings(&[agreement(0.5), agreement(1.0)])?;
    /// // Both pay the nation; the first costs ⅛ of the chance of survival.
    /// assert_eq!(readings[0].stakes, StakeRange::Below(2.0));
    /// assert_eq!(readings[1].stakes, StakeRange::Any);
    /// # Ok::<(), detente_legitimacy::LegitimacyError>(())
    /// ```
    ///
    /// # Errors
    /// [`LegitimacyError::Entry`] with the place of the first entry refused and why, as
    /// [`margin`](Self::margin).
    pub fn readings(&self, stakes: &[LeaderStakes]) -> Result<Vec<HomeReading>, LegitimacyError> {
        let curve = self.params().curve;
        self.read_all(stakes, |from, to| curve.rise(from, to))
    }

    /// The same on any survival curve that is continuous and never falls, in place of the leader's
    /// own.
    ///
    /// # Errors
    /// As [`readings`](Self::readings), and [`LegitimacyError::OutOfRange`] if `survival` gives
    /// anything but a probability.
    pub fn readings_on(
        &self,
        stakes: &[LeaderStakes],
        survival: impl Fn(f64) -> f64,
    ) -> Result<Vec<HomeReading>, LegitimacyError> {
        self.read_all(stakes, rise_on(survival))
    }

    /// What the leader thinks of one agreement. O(1).
    ///
    /// # Errors
    /// As [`readings`](Self::readings), without a place.
    pub fn reading(&self, stakes: LeaderStakes) -> Result<HomeReading, LegitimacyError> {
        let curve = self.params().curve;
        self.read(stakes, |from, to| curve.rise(from, to))
    }

    fn read_all(
        &self,
        stakes: &[LeaderStakes],
        rise: impl Fn(f64, f64) -> Result<f64, LegitimacyError>,
    ) -> Result<Vec<HomeReading>, LegitimacyError> {
        let read = |(index, stakes): (usize, &LeaderStakes)| {
            self.read(*stakes, &rise).map_err(|error| error.at(index))
        };
        stakes.iter().enumerate().map(read).collect()
    }

    fn read(
        &self,
        stakes: LeaderStakes,
        rise: impl Fn(f64, f64) -> Result<f64, LegitimacyError>,
    ) -> Result<HomeReading, LegitimacyError> {
        let (params, national) = (self.params(), stakes.national_gain());
        let (refused, agreed) = self.supports(&stakes);
        let changed = rise(refused, agreed);
        let survival = changed.clone().unwrap_or_default();
        let terms = changed.map(|survival| MarginTerms {
            national: params.national_weight * national,
            office: params.office_stake * survival,
        });
        let terms = checked(params, &stakes, terms)?;
        // Adding 0 turns −0 into 0.
        let indifferent = terms.national / -survival + 0.0;
        let stakes = match (national > 0.0, survival) {
            (true, fall) if fall < 0.0 && indifferent.is_finite() => StakeRange::Below(indifferent),
            (true, _) => StakeRange::Any,
            (false, rise) if rise > 0.0 && indifferent.is_finite() => {
                StakeRange::Above(indifferent)
            }
            (false, _) => StakeRange::Never,
        };
        Ok(HomeReading {
            national,
            survival,
            margin: terms.total(),
            stakes,
        })
    }

    /// The audience's beliefs in a hostile adversary at which the leader would accept, whatever
    /// `stakes` says of it: the threshold b_c of "closes once the audience's belief exceeds b_c".
    /// Exact on the linear curve where support stays on it, else by bisection, some 60 margins.
    ///
    /// # Errors
    /// [`LegitimacyError::NotMonotone`] on a curved survival curve, and on the linear one where support
    /// leaves it, if fear of exploitation
    /// κ(Ã − B̃) and the worth of an enemy ℓ have opposite signs, for then acceptance may come and
    /// go as the belief rises (claim D-34); otherwise as [`margin`](Self::margin) at any belief.
    pub fn accepting_beliefs(&self, stakes: LeaderStakes) -> Result<BeliefRange, LegitimacyError> {
        let (params, at) = (self.params(), |belief: f64| {
            self.margin(LeaderStakes {
                audience_hostility: Probability::saturating(belief),
                ..stakes
            })
        });
        let (calm, afraid) = (at(0.0)?, at(1.0)?);
        let feared = params.support * (stakes.if_honoured - stakes.if_cheated);
        // Only the sign matters; beyond all numbers it is the largest.
        let (feared, threat) = (feared.clamp(f64::MIN, f64::MAX), params.threat);
        let linear = params.office_stake <= 0.0 || self.is_straight(&stakes);
        if !linear && feared * threat < 0.0 {
            return Err(LegitimacyError::NotMonotone { feared, threat });
        }
        if (calm > 0.0) == (afraid > 0.0) {
            return Ok(if calm > 0.0 {
                BeliefRange::Any
            } else {
                BeliefRange::Never
            });
        }
        let root = if linear {
            // Halved, for the difference of two numbers near the largest is none.
            let (calm, afraid) = (calm / 2.0, afraid / 2.0);
            Root::exact(calm / (calm - afraid))
        } else if calm > 0.0 {
            between(0.0, 1.0, |belief| Ok(-at(belief)?))?
        } else {
            between(0.0, 1.0, at)?
        };
        Ok(if calm > 0.0 {
            BeliefRange::Below(root)
        } else {
            BeliefRange::Above(root)
        })
    }

    /// Whether support stays where the survival curve is a straight line, whatever the audience
    /// believes. Support is linear in the belief, so its ends suffice.
    fn is_straight(&self, stakes: &LeaderStakes) -> bool {
        let at = |audience_hostility| {
            let (refused, agreed) = self.supports(&LeaderStakes {
                audience_hostility,
                ..*stakes
            });
            on_line(refused) && on_line(agreed)
        };
        self.params().curve == SurvivalCurve::Linear
            && at(Probability::ZERO)
            && at(Probability::ONE)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{LeaderParams, strategies};

    #[test]
    fn thresholds_of_either_kind() {
        let leader = |threat, curve| {
            Leader::new(LeaderParams {
                national_weight: 1.0,
                office_stake: 2.0,
                support: 0.5,
                threat,
                baseline: 0.3,
                curve,
            })
            .unwrap()
        };
        let stakes = LeaderStakes {
            if_honoured: 0.6,
            if_cheated: 0.0,
            nonagreement: 0.35,
            trust: Probability::ONE,
            audience_hostility: Probability::ZERO,
        };
        // 0.25 + 2·(½·0.25 − ½·0.6b − 0.3b) = 0.5 − 1.2b.
        let found = leader(0.3, SurvivalCurve::Linear)
            .accepting_beliefs(stakes)
            .unwrap();
        assert!(
            matches!(found, BeliefRange::Below(root) if (root.value - 5.0 / 12.0).abs() < 1e-12)
        );
        let dove = leader(-0.4, SurvivalCurve::Linear);
        assert_eq!(dove.accepting_beliefs(stakes), Ok(BeliefRange::Any));
        let poor = LeaderStakes {
            if_honoured: 0.1,
            ..stakes
        };
        // −0.25 + 2·(−½·0.25 − ½·0.1b + 0.4b) = −0.5 + 0.7b.
        let found = dove.accepting_beliefs(poor).unwrap();
        assert!(
            matches!(found, BeliefRange::Above(root) if (root.value - 5.0 / 7.0).abs() < 1e-12)
        );
        let error = leader(-0.4, SurvivalCurve::Logit)
            .accepting_beliefs(stakes)
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "fear of exploitation moves support by 0.3 and the enemy's worth by -0.4; expected no \
             opposite signs on a curved survival curve, or a linear one that support leaves"
        );
    }

    /// A stake of indifference beyond all numbers is no end: the limits of ever surer survival.
    #[test]
    fn a_change_of_survival_too_small_to_matter_sets_no_end() {
        for (curve, baseline) in [
            (SurvivalCurve::Probit, -38.4),
            (SurvivalCurve::Logit, -744.0),
        ] {
            let read = |if_honoured, threat| {
                let leader = Leader::new(LeaderParams {
                    national_weight: 1.0,
                    office_stake: f64::MAX,
                    support: 0.5,
                    threat,
                    baseline,
                    curve,
                });
                let stakes = LeaderStakes {
                    if_honoured,
                    if_cheated: 0.0,
                    nonagreement: 0.35,
                    trust: Probability::ONE,
                    audience_hostility: Probability::ONE,
                };
                leader.unwrap().reading(stakes).unwrap()
            };
            let costly = read(0.6, 0.5);
            assert!(
                costly.survival < 0.0 && costly.survival > -1e-310,
                "{costly:?}"
            );
            assert_eq!(costly.stakes, StakeRange::Any, "{curve}");
            let useful = read(0.1, -2.0);
            assert!(
                useful.survival > 0.0 && useful.survival < 1e-310,
                "{useful:?}"
            );
            assert_eq!(useful.stakes, StakeRange::Never, "{curve}");
        }
    }

    /// Support leaves the linear curve as the audience grows afraid: fear of exploitation and the
    /// enemy's cost part there, and the closed form would be wrong.
    #[test]
    fn beliefs_on_a_linear_curve_that_support_leaves() {
        let leader = |threat, baseline| {
            Leader::new(LeaderParams {
                national_weight: 1.0,
                office_stake: 2.0,
                support: 0.5,
                threat,
                baseline,
                curve: SurvivalCurve::Linear,
            })
            .unwrap()
        };
        let stakes = LeaderStakes {
            if_honoured: 0.6,
            if_cheated: 0.0,
            nonagreement: 0.35,
            trust: Probability::ONE,
            audience_hostility: Probability::ZERO,
        };
        // A refusal keeps office for certain from b = 0.125/0.9 on, and 0.25 + 2·(0.7 + 0.3·(1 − b) − 1)
        // falls through 0 at b = 5/12.
        let found = leader(0.9, 0.7).accepting_beliefs(stakes).unwrap();
        assert!(matches!(found, BeliefRange::Below(root)
            if (root.value - 5.0 / 12.0).abs() < 1e-12 && root.error > 0.0));
        let error = leader(-0.9, 0.2).accepting_beliefs(stakes).unwrap_err();
        assert!(
            matches!(error, LegitimacyError::NotMonotone { .. }),
            "{error}"
        );
    }

    proptest! {
        #[test]
        fn stakes_in_the_range_and_only_those_accept(
            leader in strategies::leader(), stakes in strategies::leader_stakes(),
            other in prop_oneof![4 => 0.0..20.0_f64, 1 => Just(0.0)],
        ) {
            let reading = leader.reading(stakes).unwrap();
            let own = leader.params().office_stake;
            prop_assert_eq!(reading.margin, leader.margin(stakes).unwrap());
            for stake in [own, other] {
                let params = LeaderParams { office_stake: stake, ..*leader.params() };
                let margin = Leader::new(params).unwrap().margin(stakes).unwrap();
                // At the very threshold rounding decides.
                if margin.abs() > 1e-12 {
                    prop_assert_eq!(reading.stakes.contains(stake), margin > 0.0);
                }
            }
        }

        #[test]
        fn beliefs_in_the_range_and_only_those_accept(
            leader in prop_oneof![strategies::leader(), strategies::linear_leader()],
            stakes in strategies::leader_stakes(),
        ) {
            let Ok(range) = leader.accepting_beliefs(stakes) else { return Ok(()); };
            for step in 0..=50 {
                let belief = f64::from(step) / 50.0;
                let margin = leader.margin(LeaderStakes {
                    audience_hostility: Probability::saturating(belief), ..stakes
                }).unwrap();
                let accepts = match range {
                    BeliefRange::Any => true,
                    BeliefRange::Below(root) => belief < root.value,
                    BeliefRange::Above(root) => belief > root.value,
                    BeliefRange::Never => false,
                };
                if margin.abs() > 1e-9 {
                    prop_assert_eq!(accepts, margin > 0.0, "{} {:?}", belief, range);
                }
            }
        }
    }
}
