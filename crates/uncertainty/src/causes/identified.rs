use detente_quantity::Probability;

use crate::{UncertaintyError, causes::evidence::consistent};

/// Probabilities of causation that are exactly identified. Named as at
/// [`Necessity`](crate::causes::Necessity).
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Identified {
    /// PN; `None` if the effect never occurs with the cause.
    pub necessity: Option<Probability>,
    /// PS; `None` if the effect always occurs without it.
    pub sufficiency: Option<Probability>,
    /// PNS.
    pub both: Probability,
}

impl Identified {
    /// From the chances of the effect with the cause and without it, if the cause was assigned
    /// independently of everything that matters to the effect (exogeneity) and never prevents it
    /// (monotonicity). Then (Tian & Pearl 2000)
    ///
    /// `PNS = P(y|x) − P(y|x′)`, `PN = PNS / P(y|x)`, `PS = PNS / P(y′|x′)`.
    ///
    /// # Errors
    /// [`UncertaintyError::Quantity`] for a chance outside 0–1, [`UncertaintyError::Inconsistent`]
    /// if the effect is rarer with the cause, which refutes the assumptions.
    ///
    /// ```
    /// use detente_uncertainty::causes::Identified;
    /// let identified = Identified::exogenous_and_monotone(0.8, 0.2)?;
    /// assert!((identified.necessity.unwrap().get() - 0.75).abs() < 1e-12);
    /// # Ok::<(), detente_uncertainty::UncertaintyError>(())
    /// ```
    pub fn exogenous_and_monotone(with: f64, without: f64) -> Result<Self, UncertaintyError> {
        Probability::new(without)?;
        consistent("chance of the effect with the cause", with, without, 1.0)?;
        let both = with - without;
        let of =
            |condition: f64| (condition > 0.0).then(|| Probability::saturating(both / condition));
        Ok(Self {
            necessity: of(with),
            sufficiency: of(1.0 - without),
            both: Probability::saturating(both),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::causes::{Evidence, Shares};

    #[test]
    fn limits() {
        let certain = Identified::exogenous_and_monotone(1.0, 0.0).unwrap();
        assert_eq!(certain.necessity.map(Probability::get), Some(1.0));
        assert_eq!(certain.sufficiency.map(Probability::get), Some(1.0));
        let never = Identified::exogenous_and_monotone(0.0, 0.0).unwrap();
        assert_eq!((never.necessity, never.both.get()), (None, 0.0));
        let always = Identified::exogenous_and_monotone(1.0, 1.0).unwrap();
        assert_eq!(always.sufficiency, None);
        for (with, without) in [(0.1, 0.2), (f64::NAN, 0.2), (0.5, -1.0), (1.5, 0.5)] {
            assert!(Identified::exogenous_and_monotone(with, without).is_err());
        }
    }

    proptest! {
        #[test]
        fn agrees_with_records_of_an_exogenous_cause(x in 0.01..0.99_f64, without in 0.0..0.99_f64, rise in 0.01..1.0_f64) {
            let with = without + rise * (1.0 - without);
            let shares = Shares {
                cause_and_effect: x * with,
                cause_only: x * (1.0 - with),
                effect_only: (1.0 - x) * without,
                neither: (1.0 - x) * (1.0 - without),
                effect_if_in_place: with,
                effect_if_absent: without,
            };
            let recorded = Evidence::new(shares).unwrap().if_monotone().unwrap();
            let identified = Identified::exogenous_and_monotone(with, without).unwrap();
            let get = |chance: Option<Probability>| chance.map_or(f64::NAN, Probability::get);
            prop_assert!((get(recorded.necessity) - get(identified.necessity)).abs() < 1e-8);
            prop_assert!((get(recorded.sufficiency) - get(identified.sufficiency)).abs() < 1e-8);
            prop_assert!((recorded.both.get() - identified.both.get()).abs() < 1e-12);
        }
    }
}
