use detente_quantity::Probability;
use detente_reputation::{Act, Evidence, ReputationError, Tone};

/// A build-up of arms as evidence (Kydd 1997; claim C-27): expansionists build with one chance, those who
/// seek security with another, and each side fears the first.
///
/// By Bayes' rule the fear `e` becomes `e·b_E / (e·b_E + (1 − e)·b_S)`: escalation raises fear *without any
/// bias* as long as expansionists build more often, and leaves it alone where both build alike. This
/// is the benchmark to be computed before anything is put down to misperception.
///
/// ```
/// use detente_perception::SecurityDilemma;
/// use detente_quantity::Probability;
///
/// let chance = Probability::new;
/// let fear = |seeker| {
///     let dilemma = SecurityDilemma { expansionist: chance(0.9)?, security_seeker: chance(seeker)? };
///     Ok::<_, Box<dyn std::error::Error>>(dilemma.fear_after_building(chance(0.3)?).map_or(f64::NAN, Probability::get))
/// };
/// assert!((fear(0.5)? - 0.4355).abs() < 1e-4);
/// assert!((fear(0.9)? - 0.3).abs() < 1e-12); // both build: nothing to learn, no spiral
/// assert!((fear(0.1)? - 0.7941).abs() < 1e-4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct SecurityDilemma {
    /// `b_E`, the chance that an expansionist builds.
    pub expansionist: Probability,
    /// `b_S`, the chance that a state that seeks security builds.
    pub security_seeker: Probability,
}

impl SecurityDilemma {
    /// The probability that the other is an expansionist once it has built, from the fear `e` of it.
    /// `None` if building was impossible on that belief.
    #[must_use]
    pub fn fear_after_building(&self, fear: Probability) -> Option<Probability> {
        posterior(fear, self.expansionist, self.security_seeker)
    }

    /// The same once it has refrained from building: restraint reassures, and the more the more an
    /// expansionist would have built. `None` if restraint was impossible on that belief.
    #[must_use]
    pub fn fear_after_restraint(&self, fear: Probability) -> Option<Probability> {
        posterior(
            fear,
            self.expansionist.complement(),
            self.security_seeker.complement(),
        )
    }

    /// The build-up as a hostile act about the types (security seeker, expansionist), in that order, so
    /// that it can be read by any profile and diagnosed.
    ///
    /// # Errors
    /// None in fact; the type is that of [`Evidence::likelihoods`].
    pub fn building(&self) -> Result<Act, ReputationError> {
        let chances = vec![self.security_seeker, self.expansionist];
        Ok(Act::new(
            Tone::Hostile,
            Evidence::likelihoods(chances, Probability::ZERO)?,
        ))
    }
}

/// Bayes' rule with two likelihoods, taken relative to the larger so that no product is lost to
/// underflow.
fn posterior(
    prior: Probability,
    likelihood: Probability,
    otherwise: Probability,
) -> Option<Probability> {
    let larger = likelihood.get().max(otherwise.get());
    let with = prior.get() * (likelihood.get() / larger);
    let without = prior.complement().get() * (otherwise.get() / larger);
    (with + without > 0.0).then(|| Probability::saturating(with / (with + without)))
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies::{open_probability, probability};
    use detente_reputation::{Belief, Warranted, posterior as filtered};
    use proptest::prelude::*;

    use super::*;
    use crate::{BiasProfile, Contrast, diagnose};

    fn dilemma(expansionist: f64, security_seeker: f64) -> SecurityDilemma {
        SecurityDilemma {
            expansionist: Probability::new(expansionist).unwrap(),
            security_seeker: Probability::new(security_seeker).unwrap(),
        }
    }

    #[test]
    fn limits_are_limits() {
        let tiny = Probability::new(1e-300).unwrap();
        assert_eq!(
            dilemma(1e-300, 0.0).fear_after_building(tiny),
            Some(Probability::ONE)
        );
        assert_eq!(dilemma(0.0, 0.0).fear_after_building(tiny), None);
        assert_eq!(dilemma(1.0, 1.0).fear_after_restraint(tiny), None);
        assert_eq!(
            dilemma(0.0, 0.5).fear_after_building(Probability::ONE),
            None
        );
        assert_eq!(
            dilemma(1.0, 0.5).fear_after_restraint(tiny),
            Some(Probability::ZERO)
        );
    }

    proptest! {
        #[test]
        fn it_is_bayes_and_no_bias(
            fear in open_probability(), builders in (open_probability(), open_probability()),
        ) {
            let dilemma = SecurityDilemma { expansionist: builders.0, security_seeker: builders.1 };
            let act = dilemma.building().unwrap();
            let prior = Belief::binary(fear.complement()).unwrap();
            let after = filtered(&prior, [&act], &Warranted).unwrap().probability(1);
            let closed = dilemma.fear_after_building(fear).unwrap();
            prop_assert!((after.get() - closed.get()).abs() < 1e-10);
            let found = diagnose(&prior, [&act], &BiasProfile::neutral(), Contrast::AgainstRest(1));
            prop_assert_eq!(found.unwrap().gap(), 0.0);
        }

        #[test]
        fn restraint_reassures_where_building_alarms(
            fear in open_probability(), builders in (probability(), probability()),
        ) {
            let dilemma = SecurityDilemma { expansionist: builders.0, security_seeker: builders.1 };
            let (Some(built), Some(refrained)) =
                (dilemma.fear_after_building(fear), dilemma.fear_after_restraint(fear)) else {
                return Ok(());
            };
            let alarming = builders.0 > builders.1;
            prop_assert_eq!(built > fear, alarming && built != fear, "{} {}", built, fear);
            let expected = fear.get()
                * (builders.0.get() * built.get() + builders.0.complement().get() * refrained.get())
                + fear.complement().get()
                * (builders.1.get() * built.get() + builders.1.complement().get() * refrained.get());
            prop_assert!((expected - fear.get()).abs() < 1e-12);
        }
    }
}
