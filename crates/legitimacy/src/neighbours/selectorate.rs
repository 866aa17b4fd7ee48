use detente_quantity::DiscountFactor;

use crate::{
    Leader, LeaderParams, LegitimacyError,
    error::{finite, require},
};

/// Who chooses the leader, before it is checked by [`Selectorate::new`].
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SelectorateParams {
    /// W: the size of the winning coalition; above 0 and at most the selectorate.
    pub coalition: f64,
    /// S_e: the size of the selectorate, from which coalitions are drawn.
    pub selectorate: f64,
    /// T: the tax base; above W², beyond which public goods would take all of it.
    pub tax_base: f64,
    /// δ_s: how much a supporter weighs the next period against this one.
    pub patience: DiscountFactor,
}

/// What office is worth, and what support a good outcome brings, by who chooses the leader (claim
/// D-45; a variant derived after Bueno de Mesquita, Smith, Siverson and Morrow 2003).
///
/// A public good g is worth 2√g to everyone. With loyalty norm w = W/S_e:
///
/// | | |
/// |---|---|
/// | office rent | Ω = (T − W²)·δ_s(1 − w)/(1 − δ_s·w) |
/// | private spending | z = (T − W²)(1 − δ_s)/(1 − δ_s·w) |
/// | support per unit of the good | κ = κ₀·2W/(2W + z/W) |
///
/// The coalition's 2√g costs least at g = W². What is left, T − W², a challenger would give to a
/// coalition of its own at once; a supporter who expects to belong to it with chance w afterwards
/// is kept by z/W a period if z/W = (1 − δ_s)(T − W²)/W + δ_s·w·z/W. The rest is rent.
///
/// Small coalitions make office dear and the nation's payoff idle; as W → 0 and as W → S_e the
/// political weight goes to 0, so distortion peaks at coalitions between.
///
/// ```
/// use detente_legitimacy::{Selectorate, SelectorateParams};
/// use detente_quantity::DiscountFactor;
/// let junta = Selectorate::new(SelectorateParams {
///     coalition: 0.1, selectorate: 1.0, tax_base: 2.0,
///     patience: DiscountFactor::new(0.9).unwrap_or(DiscountFactor::MYOPIC),
/// })?;
/// assert!((junta.office_rent() - 1.771319).abs() < 5e-7);
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "SelectorateParams", into = "SelectorateParams")
)]
pub struct Selectorate(SelectorateParams);

impl Selectorate {
    /// Checks the numbers.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] naming the one that is out of range.
    pub fn new(params: SelectorateParams) -> Result<Self, LegitimacyError> {
        let (coalition, selectorate) = (params.coalition, params.selectorate);
        finite("selectorate", selectorate)?;
        require(
            coalition > 0.0 && coalition <= selectorate,
            "winning coalition",
            coalition,
            "a number above 0 and at most the selectorate",
        )?;
        let taxed = params.tax_base;
        require(
            taxed.is_finite() && taxed > coalition * coalition,
            "tax base",
            taxed,
            "a finite number above the square of the winning coalition",
        )?;
        Ok(Self(params))
    }

    /// What was checked.
    #[must_use]
    pub const fn params(&self) -> &SelectorateParams {
        &self.0
    }

    /// Ω: what office is worth. Rises in S_e, T and δ_s, falls in W.
    #[must_use]
    pub fn office_rent(&self) -> f64 {
        self.private_budget() * self.0.patience.get() * (1.0 - self.loyalty()) / self.per_period()
    }

    /// z: what is spent on the coalition's private ends.
    #[must_use]
    pub fn private_spending(&self) -> f64 {
        self.private_budget() * (1.0 - self.0.patience.get()) / self.per_period()
    }

    /// κ: support per unit of the good, where it would be κ₀ = `at_most` if all spending were
    /// public.
    ///
    /// # Errors
    /// [`LegitimacyError::OutOfRange`] unless `at_most` is finite and 0 or more.
    pub fn support(&self, at_most: f64) -> Result<f64, LegitimacyError> {
        let expected = "a finite number, 0 or more";
        let legal = at_most.is_finite() && at_most >= 0.0;
        require(
            legal,
            "support per unit of payoff at most",
            at_most,
            expected,
        )?;
        let coalition = self.0.coalition;
        // Divided through by 2W; a coalition that vanishes makes the quotient infinite, κ zero.
        let diluted = self.private_spending() / coalition / coalition / 2.0;
        Ok(at_most / (1.0 + diluted))
    }

    /// The leader `like`, with the office rent and support that this selectorate gives; κ₀ is the
    /// support of `like`.
    ///
    /// # Errors
    /// As [`Leader::new`].
    pub fn leader(&self, like: LeaderParams) -> Result<Leader, LegitimacyError> {
        Leader::new(LeaderParams {
            office_stake: self.office_rent(),
            support: self.support(like.support)?,
            ..like
        })
    }

    /// w = W/S_e.
    fn loyalty(&self) -> f64 {
        self.0.coalition / self.0.selectorate
    }

    /// T − W².
    fn private_budget(&self) -> f64 {
        self.0.tax_base - self.0.coalition * self.0.coalition
    }

    /// 1 − δ_s·w, above 0.
    fn per_period(&self) -> f64 {
        1.0 - self.0.patience.get() * self.loyalty()
    }
}

impl TryFrom<SelectorateParams> for Selectorate {
    type Error = LegitimacyError;

    fn try_from(params: SelectorateParams) -> Result<Self, LegitimacyError> {
        Self::new(params)
    }
}

impl From<Selectorate> for SelectorateParams {
    fn from(selectorate: Selectorate) -> SelectorateParams {
        selectorate.0
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use detente_quantity::strategies::discount_factor;
    use proptest::prelude::*;

    use super::*;
    use crate::SurvivalCurve;

    fn who(coalition: f64, selectorate: f64, patience: DiscountFactor) -> Selectorate {
        Selectorate::new(SelectorateParams {
            coalition,
            selectorate,
            tax_base: 2.0,
            patience,
        })
        .unwrap()
    }

    #[test]
    fn what_is_out_of_range_is_named() {
        let patience = DiscountFactor::MYOPIC;
        let params = SelectorateParams {
            coalition: 1.5,
            selectorate: 2.0,
            tax_base: 2.0,
            patience,
        };
        assert_eq!(
            Selectorate::new(params).unwrap_err().to_string(),
            "tax base is 2; expected a finite number above the square of the winning coalition"
        );
        let params = SelectorateParams {
            selectorate: 1.0,
            ..params
        };
        assert!(
            Selectorate::new(params)
                .unwrap_err()
                .to_string()
                .starts_with("winning coalition")
        );
        assert!(who(0.5, 1.0, patience).support(-1.0).is_err());
    }

    #[test]
    fn at_either_end_a_leader_is_the_nation() {
        let patience = DiscountFactor::new(0.9).unwrap();
        let like = LeaderParams {
            national_weight: 1.0,
            office_stake: 0.0,
            support: 0.5,
            threat: 0.3,
            baseline: 0.3,
            curve: SurvivalCurve::Linear,
        };
        let weight = |coalition| {
            let leader = who(coalition, 1.0, patience).leader(like).unwrap();
            leader.political_weight().get()
        };
        assert!(weight(1e-9) < 1e-6);
        assert_relative_eq!(weight(1.0), 0.0);
        assert!(weight(0.3) > 0.1);
        assert!(who(f64::MIN_POSITIVE, 1.0, patience).support(0.5).unwrap() == 0.0);
    }

    proptest! {
        /// The supporter's comparison, period by period.
        #[test]
        fn supporters_are_just_kept(
            coalition in 0.01..1.0_f64, more in 0.0..1.0_f64, patience in discount_factor(),
        ) {
            prop_assume!(patience.get() < 0.99);
            let model = who(coalition, coalition + more, patience);
            let (delta, private) = (patience.get(), model.private_spending() / coalition);
            let challenger = (2.0 - coalition * coalition) / coalition;
            let loyalty = coalition / (coalition + more);
            let (mut stay, mut go, mut weight) = (0.0, challenger, 1.0);
            for period in 0..4000 {
                stay += weight * private;
                if period > 0 {
                    go += weight * loyalty * private;
                }
                weight *= delta;
            }
            prop_assert!((stay - go).abs() <= 1e-9 * stay, "{} {}", stay, go);
            let rest = 2.0 - coalition * coalition - model.private_spending();
            prop_assert!((model.office_rent() - rest).abs() <= 1e-12);
        }
    }
}
