use detente_quantity::Probability;

use crate::{
    LegitimacyError, SurvivalCurve,
    error::{finite, overflow, require},
};

/// What is known of a leader and the home front, before it is checked by [`Leader::new`].
/// Coded on the party's payoffs normalised to 0–1 (model §4).
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LeaderParams {
    /// ω: what the nation's payoff is worth to the leader; above 0.
    pub national_weight: f64,
    /// Ω: what staying in office is worth; 0 or more (*R* in the notes on domestic politics).
    pub office_stake: f64,
    /// κ: support gained per unit of the nation's payoff; 0 or more.
    pub support: f64,
    /// ℓ: support that a hostile adversary brings; of either sign (*h* there). Positive for those
    /// who live off an enemy, negative for those elected to make peace.
    pub threat: f64,
    /// m₀: the support index when nothing is gained (*m* there).
    pub baseline: f64,
    /// F: how support turns into survival.
    pub curve: SurvivalCurve,
}

/// What a leader compares at one agreement, on payoffs normalised to 0–1 (written Ã, B̃, d̃).
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LeaderStakes {
    /// Ã: the nation's payoff if all others honour.
    pub if_honoured: f64,
    /// B̃: the nation's payoff if they do not.
    pub if_cheated: f64,
    /// d̃: the nation's payoff without the agreement.
    pub nonagreement: f64,
    /// h: the leader's trust, the chance that all others honour.
    pub trust: Probability,
    /// b: the audience's belief that the adversary is hostile.
    pub audience_hostility: Probability,
}

/// A leader's margin in its two parts.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MarginTerms {
    /// ω[hÃ + (1 − h)B̃ − d̃]: what the leader gains on the nation's account.
    pub national: f64,
    /// Ω[F(agree) − F(refuse)]: what the leader gains in office.
    pub office: f64,
}

impl MarginTerms {
    /// The margin itself: accept if it is positive.
    #[must_use]
    pub fn total(self) -> f64 {
        self.national + self.office
    }
}

/// A leader who weighs what the nation gains and what office is worth (model §4).
///
/// ```
/// use detente_legitimacy::{Leader, LeaderParams, LeaderStakes, SurvivalCurve};
/// use detente_quantity::Probability;
///
/// // Good for the nation, but the audience thinks the adversary hostile and an enemy is useful.
/// let leader = Leader::new(LeaderParams {
///     national_weight: 1.0, office_stake: 2.0, support: 0.5, threat: 0.3, baseline: 0.3,
///     curve: SurvivalCurve::Linear,
/// })?;
/// let margin = leader.margin(LeaderStakes {
///     if_honoured: 0.6, if_cheated: 0.0, nonagreement: 0.35,
///     trust: Probability::ONE, audience_hostility: Probability::saturating(0.75),
/// })?;
/// assert!((margin - (0.25 + 2.0 * (0.375 - 0.7))).abs() < 1e-12);
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "LeaderParams", into = "LeaderParams")
)]
pub struct Leader(LeaderParams);

impl Leader {
    /// Checks the home front.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] naming the parameter: the national weight must be above 0,
    /// the office stake and support 0 or more, and all of them finite.
    pub fn new(params: LeaderParams) -> Result<Self, LegitimacyError> {
        let at_least_zero = |parameter, given: f64| {
            let legal = given.is_finite() && given >= 0.0;
            require(legal, parameter, given, "a finite number, 0 or more")
        };
        let weight = params.national_weight;
        require(
            weight.is_finite() && weight > 0.0,
            "national weight",
            weight,
            "a finite number above 0",
        )?;
        at_least_zero("office stake", params.office_stake)?;
        at_least_zero("support per unit of payoff", params.support)?;
        finite("threat legitimation", params.threat)?;
        finite("baseline support", params.baseline)?;
        Ok(Self(params))
    }

    /// What was checked.
    #[must_use]
    pub const fn params(&self) -> &LeaderParams {
        &self.0
    }

    /// What the leader gains by agreeing (claim M-04):
    ///
    /// **ω[hÃ + (1 − h)B̃ − d̃] + Ω[F(m₀ + κ((1 − b)Ã + bB̃)) − F(m₀ + κd̃ + ℓb)]**
    ///
    /// Positive: the leader accepts. With no office stake (Ω = 0) it is the nation's margin times
    /// ω, whatever the curve. O(1): two evaluations of the curve, no allocation.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] if a payoff is not finite,
    /// [`LegitimacyError::Overflow`] if the margin is too large for an `f64`.
    #[inline]
    pub fn margin(&self, stakes: LeaderStakes) -> Result<f64, LegitimacyError> {
        self.terms(stakes).map(MarginTerms::total)
    }

    /// The margin's two parts, for telling what the nation gains from what office costs.
    ///
    /// # Errors
    /// As [`margin`](Self::margin).
    #[inline]
    pub fn terms(&self, stakes: LeaderStakes) -> Result<MarginTerms, LegitimacyError> {
        checked(&self.0, &stakes, self.unchecked_terms(&stakes))
    }

    /// The margins at many agreements, in their order. O(n), one allocation.
    ///
    /// # Errors
    /// [`LegitimacyError::Entry`] with the place of the first entry refused and why.
    pub fn margins(&self, stakes: &[LeaderStakes]) -> Result<Vec<f64>, LegitimacyError> {
        stakes
            .iter()
            .enumerate()
            .map(|(index, &stakes)| {
                self.margin(stakes)
                    .map_err(|source| LegitimacyError::Entry {
                        index,
                        source: Box::new(source),
                    })
            })
            .collect()
    }

    /// The political weight ρ = Ωκ / (ω + Ωκ): the share of a marginal unit of the nation's payoff
    /// that the leader feels through office, on the linear curve. 0 for a leader indifferent to
    /// office, towards 1 for one indifferent to the nation.
    #[must_use]
    pub fn political_weight(&self) -> Probability {
        // This way up, an office stake of 0 and a product that overflows both come out right.
        let through_office = self.0.office_stake * self.0.support;
        Probability::saturating(1.0 / (1.0 + self.0.national_weight / through_office))
    }

    /// The support index with an agreement the audience expects to be worth `expected`.
    pub(crate) fn support_if_agreed(&self, expected: f64) -> f64 {
        self.0.baseline + self.0.support * expected
    }

    /// The support index without agreement: `m₀ + κd̃ + ℓb`.
    pub(crate) fn support_if_refused(&self, nonagreement: f64, hostility: Probability) -> f64 {
        self.0.baseline + self.0.support * nonagreement + self.0.threat * hostility.get()
    }

    /// The support indices without an agreement and with it.
    #[inline]
    pub(crate) fn supports(&self, stakes: &LeaderStakes) -> (f64, f64) {
        let hostile = stakes.audience_hostility.get();
        let expected = (1.0 - hostile) * stakes.if_honoured + hostile * stakes.if_cheated;
        (
            self.support_if_refused(stakes.nonagreement, stakes.audience_hostility),
            self.support_if_agreed(expected),
        )
    }

    #[inline]
    fn unchecked_terms(&self, stakes: &LeaderStakes) -> Result<MarginTerms, LegitimacyError> {
        // Without a stake in office the curve is not asked.
        let office = if self.0.office_stake > 0.0 {
            let (refused, agreed) = self.supports(stakes);
            self.0.office_stake * self.0.curve.rise(refused, agreed)?
        } else {
            0.0
        };
        Ok(MarginTerms {
            national: self.0.national_weight * stakes.national_gain(),
            office,
        })
    }
}

impl LeaderStakes {
    /// E = hÃ + (1 − h)B̃ − d̃: what the nation gains, on the leader's trust.
    #[inline]
    pub(crate) fn national_gain(&self) -> f64 {
        let trust = self.trust.get();
        trust * self.if_honoured + (1.0 - trust) * self.if_cheated - self.nonagreement
    }
}

/// Passes a margin's terms on unless they were refused or are too large.
#[inline]
pub(crate) fn checked(
    params: &LeaderParams,
    stakes: &LeaderStakes,
    terms: Result<MarginTerms, LegitimacyError>,
) -> Result<MarginTerms, LegitimacyError> {
    match terms {
        Ok(terms) if terms.total().is_finite() => Ok(terms),
        refused => Err(explain(params, stakes, refused)),
    }
}

/// Why there is no margin: a payoff that is not finite, what the curve refused, or overflow.
#[cold]
fn explain(
    params: &LeaderParams,
    stakes: &LeaderStakes,
    terms: Result<MarginTerms, LegitimacyError>,
) -> LegitimacyError {
    let made_of = [
        ("payoff if honoured", stakes.if_honoured),
        ("payoff if cheated", stakes.if_cheated),
        ("nonagreement payoff", stakes.nonagreement),
        ("national weight", params.national_weight),
        ("office stake", params.office_stake),
    ];
    let mut payoffs = made_of.iter().take(3);
    let payoffs = payoffs.try_for_each(|&(name, given)| finite(name, given).map(|_| ()));
    match (payoffs, terms) {
        (Err(error), _) | (Ok(()), Err(error)) => error,
        (Ok(()), Ok(_)) => overflow("leader's margin", &made_of),
    }
}

impl TryFrom<LeaderParams> for Leader {
    type Error = LegitimacyError;

    fn try_from(params: LeaderParams) -> Result<Self, LegitimacyError> {
        Self::new(params)
    }
}

impl From<Leader> for LeaderParams {
    fn from(leader: Leader) -> LeaderParams {
        leader.0
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies::probability;
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    fn base() -> LeaderParams {
        LeaderParams {
            national_weight: 1.0,
            office_stake: 2.0,
            support: 0.5,
            threat: 0.3,
            baseline: 0.3,
            curve: SurvivalCurve::Logit,
        }
    }

    fn at(if_honoured: f64, if_cheated: f64) -> LeaderStakes {
        LeaderStakes {
            if_honoured,
            if_cheated,
            nonagreement: 0.35,
            trust: Probability::HALF,
            audience_hostility: Probability::saturating(0.25),
        }
    }

    #[track_caller]
    fn check_refused(params: LeaderParams, message: &str) {
        assert_eq!(Leader::new(params).unwrap_err().to_string(), message);
    }

    #[test]
    fn parameters_out_of_range_are_named() {
        check_refused(
            LeaderParams {
                national_weight: 0.0,
                ..base()
            },
            "national weight is 0; expected a finite number above 0",
        );
        check_refused(
            LeaderParams {
                office_stake: -1.0,
                ..base()
            },
            "office stake is -1; expected a finite number, 0 or more",
        );
        check_refused(
            LeaderParams {
                support: f64::INFINITY,
                ..base()
            },
            "support per unit of payoff is inf; expected a finite number, 0 or more",
        );
        check_refused(
            LeaderParams {
                threat: f64::NAN,
                ..base()
            },
            "threat legitimation is NaN; expected a finite number",
        );
    }

    #[test]
    fn payoffs_that_are_not_finite_are_named_even_where_they_have_no_weight() {
        let leader = Leader::new(base()).unwrap();
        for (stakes, name) in [
            (at(f64::NAN, 0.0), "payoff if honoured"),
            (at(0.6, f64::NEG_INFINITY), "payoff if cheated"),
            (
                LeaderStakes {
                    trust: Probability::ONE,
                    audience_hostility: Probability::ZERO,
                    ..at(0.6, f64::INFINITY)
                },
                "payoff if cheated",
            ),
            (
                LeaderStakes {
                    nonagreement: f64::INFINITY,
                    ..at(0.6, 0.1)
                },
                "nonagreement payoff",
            ),
        ] {
            let error = leader.margin(stakes).unwrap_err();
            assert!(error.to_string().starts_with(name), "{error}");
        }
        let huge = LeaderParams {
            national_weight: 1e300,
            ..base()
        };
        assert!(matches!(
            Leader::new(huge).unwrap().margin(at(1e300, 1e300)),
            Err(LegitimacyError::Overflow { .. })
        ));
    }

    #[test]
    fn a_worked_margin() {
        // National ½·0.6 + ½·0.1 − 0.35 = 0. Support: agree 0.3 + 0.5·0.475, refuse 0.3 + 0.175 + 0.075.
        let leader = Leader::new(base()).unwrap();
        let logit = |z: f64| 1.0 / (1.0 + (-z).exp());
        let terms = leader.terms(at(0.6, 0.1)).unwrap();
        assert!(terms.national.abs() < 1e-15);
        assert!((terms.office - 2.0 * (logit(0.5375) - logit(0.55))).abs() < 1e-15);
    }

    #[test]
    fn many_margins_are_refused_by_place() {
        let leader = Leader::new(base()).unwrap();
        let error = leader
            .margins(&[at(0.6, 0.1), at(f64::NAN, 0.1)])
            .unwrap_err();
        assert!(matches!(&error, LegitimacyError::Entry { index: 1, source }
            if matches!(**source, LegitimacyError::OutOfRange { .. })));
        assert_eq!(leader.margins(&[]), Ok(Vec::new()));
    }

    /// A payoff that would lift support beyond the linear curve makes survival certain and no more.
    #[test]
    fn survival_on_the_linear_curve_is_at_most_certain() {
        let leader = Leader::new(LeaderParams {
            curve: SurvivalCurve::Linear,
            ..base()
        })
        .unwrap();
        let office = |if_honoured| leader.terms(at(if_honoured, 0.1)).unwrap().office;
        assert!((office(9.0) - 2.0 * (1.0 - 0.55)).abs() < 1e-12);
        assert_eq!(office(9.0), office(90.0));
    }

    #[test]
    fn the_political_weight_has_its_limits() {
        let weight = |office_stake, support| {
            let params = LeaderParams {
                office_stake,
                support,
                ..base()
            };
            Leader::new(params).unwrap().political_weight().get()
        };
        assert_eq!(weight(2.0, 0.5), 0.5);
        assert_eq!(weight(0.0, 0.5), 0.0);
        assert_eq!(weight(2.0, 0.0), 0.0);
        assert_eq!(weight(f64::MAX, f64::MAX), 1.0);
    }

    proptest! {
        #[test]
        fn the_margin_is_the_formula(
            leader in strategies::leader(), stakes in strategies::leader_stakes(),
        ) {
            let LeaderParams { national_weight: w, office_stake: o, support: k, threat: l, baseline: m, curve } =
                *leader.params();
            let f = |z: f64| curve.survival(z).unwrap();
            let LeaderStakes { if_honoured: a, if_cheated: c, nonagreement: d, .. } = stakes;
            let (h, b) = (stakes.trust.get(), stakes.audience_hostility.get());
            let formula = w * (h * a + (1.0 - h) * c - d)
                + o * (f(m + k * ((1.0 - b) * a + b * c)) - f(m + k * d + l * b));
            prop_assert!((leader.margin(stakes).unwrap() - formula).abs() < 1e-12);
            prop_assert_eq!(leader.margins(&[stakes]).unwrap(), [leader.margin(stakes).unwrap()]);
        }

        #[test]
        fn without_a_stake_in_office_the_leader_is_the_nation(
            leader in strategies::leader(), stakes in strategies::leader_stakes(),
            hostility in probability(),
        ) {
            let leader = Leader::new(LeaderParams { office_stake: 0.0, ..*leader.params() }).unwrap();
            let nation = stakes.trust.get() * stakes.if_honoured
                + stakes.trust.complement().get() * stakes.if_cheated - stakes.nonagreement;
            let other_audience = LeaderStakes { audience_hostility: hostility, ..stakes };
            prop_assert_eq!(leader.margin(stakes).unwrap(), leader.params().national_weight * nation);
            prop_assert_eq!(leader.margin(stakes), leader.margin(other_audience));
        }

        #[test]
        fn a_linear_leader_stays_on_the_curve(
            leader in strategies::linear_leader(), stakes in strategies::leader_stakes(),
        ) {
            prop_assert!(leader.margin(stakes).is_ok());
        }
    }
}
