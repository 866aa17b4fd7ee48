use detente_quantity::Probability;

use crate::{
    Leader, LegitimacyError,
    error::{computed, finite},
};

/// The most support that a leader can spend on private ends and still keep office where whoever
/// keeps support at 0 or more stays: **max(0, m₀ + κr + ℓb)**, at value `nonagreement` without
/// agreement and the audience's belief `hostility` in a hostile adversary (claim D-46; after
/// Padró i Miquel 2007). Fear pays: the slope in b is ℓ.
///
/// ```
/// use detente_legitimacy::{Leader, LeaderParams, SurvivalCurve, fear_rent};
/// use detente_quantity::Probability;
/// let leader = Leader::new(LeaderParams {
///     national_weight: 1.0, office_stake: 2.0, support: 0.5, threat: 0.3, baseline: 0.1,
///     curve: SurvivalCurve::Linear,
/// })?;
/// let calm = fear_rent(&leader, 0.4, Probability::ZERO)?;
/// let afraid = fear_rent(&leader, 0.4, Probability::ONE)?;
/// assert!((calm - 0.3).abs() < 1e-12 && (afraid - 0.6).abs() < 1e-12);
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
///
/// # Errors
/// [`LegitimacyError::OutOfRange`] if `nonagreement` is not finite; [`LegitimacyError::Overflow`].
pub fn fear_rent(
    leader: &Leader,
    nonagreement: f64,
    hostility: Probability,
) -> Result<f64, LegitimacyError> {
    finite("nonagreement value", nonagreement)?;
    let params = leader.params();
    let made_of = [
        ("baseline support", params.baseline),
        ("support per unit of payoff", params.support),
        ("nonagreement value", nonagreement),
        ("threat legitimation", params.threat),
    ];
    let rent = leader.support_if_refused(nonagreement, hostility).max(0.0);
    computed("fear rent", rent, &made_of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{LeaderParams, SurvivalCurve};

    #[test]
    fn there_is_no_negative_rent_and_no_infinite_one() {
        let leader = |baseline| {
            Leader::new(LeaderParams {
                national_weight: 1.0,
                office_stake: 1.0,
                support: 2.0,
                threat: 0.3,
                baseline,
                curve: SurvivalCurve::Linear,
            })
            .unwrap()
        };
        assert_eq!(fear_rent(&leader(-9.0), 0.5, Probability::ONE), Ok(0.0));
        assert!(fear_rent(&leader(0.0), f64::NAN, Probability::ONE).is_err());
        assert!(fear_rent(&leader(0.0), f64::MAX, Probability::ONE).is_err());
    }
}
