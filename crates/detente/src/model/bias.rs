//! How an observer reads acts.

use detente_perception::{
    BiasParams, Discounting, Expectation, PriorBias, Situational, Strength, Valence,
};

use super::{
    Compiler,
    inputs::{Bounds, Slot},
};
use crate::{
    case::{Bias, Number, Provenance},
    decode::Path,
};

/// A bias profile, every number a slot.
#[derive(Debug, Clone)]
pub(crate) struct BiasModel {
    situational: [Slot; 2],
    discounting: [Slot; 2],
    augmentation: Slot,
    bad_faith: bool,
    prior_weight: Slot,
    evidence_weight: Slot,
    strength: [Slot; 2],
    expectation: [Slot; 2],
    prior_bias: [Slot; 2],
    valence: [Slot; 2],
    need: Slot,
    perseverance: Slot,
}

impl BiasModel {
    /// The numbers of one draw.
    pub(crate) fn params(&self, values: &[f64]) -> BiasParams {
        let of = |slot: Slot| slot.of(values);
        let [cooperative, hostile] = self.situational.map(of);
        let discounting = self.discounting.map(of);
        let [scale, exponent] = self.strength.map(of);
        let [misreading, ambiguity] = self.expectation.map(of);
        let [confirming, disconfirming] = self.prior_bias.map(of);
        let valence = self.valence.map(of);
        BiasParams {
            situational: Situational {
                cooperative,
                hostile,
            },
            discounting: Discounting {
                cooperative: discounting[0],
                hostile: discounting[1],
            },
            augmentation: of(self.augmentation),
            bad_faith: self.bad_faith,
            prior_weight: of(self.prior_weight),
            evidence_weight: of(self.evidence_weight),
            strength: Strength { scale, exponent },
            expectation: Expectation {
                misreading,
                ambiguity,
            },
            prior_bias: PriorBias {
                confirming,
                disconfirming,
            },
            valence: Valence {
                cooperative: valence[0],
                hostile: valence[1],
            },
            need: of(self.need),
            perseverance: of(self.perseverance),
        }
    }
}

/// A number of a profile, as it is written, its key, the range it must lie in and its neutral value.
type Written<'c> = (Option<&'c Number>, &'static str, Bounds, f64);

impl Compiler<'_> {
    pub(super) fn bias(&mut self, bias: &Bias, path: &Path) -> BiasModel {
        use Bounds::{NonNegative, NonPositive, Positive, Probability};
        let around = &bias.provenance;
        let situational = bias.situational.clone().unwrap_or_default();
        let discounting = bias.discounting.clone().unwrap_or_default();
        let strength = bias.strength.clone().unwrap_or_default();
        let expectation = bias.expectation.clone().unwrap_or_default();
        let prior_bias = bias.prior_bias.clone().unwrap_or_default();
        let valence = bias.valence.clone().unwrap_or_default();
        let mut one = |written| self.weight(written, path, around);
        let prior_weight = one((bias.prior_weight.as_ref(), "prior_weight", NonNegative, 1.0));
        let evidence = bias.evidence_weight.as_ref();
        let evidence_weight = one((evidence, "evidence_weight", NonNegative, 1.0));
        let augmentation = bias.augmentation.as_ref();
        let augmentation = one((augmentation, "augmentation", NonNegative, 1.0));
        let need = one((bias.need.as_ref(), "need", NonNegative, 0.0));
        let perseverance = bias.perseverance.as_ref();
        let perseverance = one((perseverance, "perseverance", Probability, 0.0));
        let mut two = |key, provenance: &Provenance, written: [Written<'_>; 2]| {
            let (path, within) = (path.key(key), provenance.within(around));
            written.map(|it| self.weight(it, &path, &within))
        };
        BiasModel {
            situational: two(
                "situational",
                &situational.provenance,
                [
                    (
                        situational.cooperative.as_ref(),
                        "cooperative",
                        NonNegative,
                        1.0,
                    ),
                    (situational.hostile.as_ref(), "hostile", NonNegative, 1.0),
                ],
            ),
            discounting: two(
                "discounting",
                &discounting.provenance,
                [
                    (
                        discounting.cooperative.as_ref(),
                        "cooperative",
                        Probability,
                        0.0,
                    ),
                    (discounting.hostile.as_ref(), "hostile", Probability, 0.0),
                ],
            ),
            augmentation,
            bad_faith: bias.bad_faith.as_ref().is_some_and(|it| it.value),
            prior_weight,
            evidence_weight,
            strength: two(
                "strength",
                &strength.provenance,
                [
                    (strength.scale.as_ref(), "scale", NonNegative, 1.0),
                    (strength.exponent.as_ref(), "exponent", Positive, 1.0),
                ],
            ),
            expectation: two(
                "expectation",
                &expectation.provenance,
                [
                    (
                        expectation.misreading.as_ref(),
                        "misreading",
                        Probability,
                        0.0,
                    ),
                    (
                        expectation.ambiguity.as_ref(),
                        "ambiguity",
                        Probability,
                        0.0,
                    ),
                ],
            ),
            prior_bias: two(
                "prior_bias",
                &prior_bias.provenance,
                [
                    (
                        prior_bias.confirming.as_ref(),
                        "confirming",
                        NonNegative,
                        0.0,
                    ),
                    (
                        prior_bias.disconfirming.as_ref(),
                        "disconfirming",
                        NonPositive,
                        0.0,
                    ),
                ],
            ),
            valence: two(
                "valence",
                &valence.provenance,
                [
                    (
                        valence.cooperative.as_ref(),
                        "cooperative",
                        NonNegative,
                        1.0,
                    ),
                    (valence.hostile.as_ref(), "hostile", NonNegative, 1.0),
                ],
            ),
            need,
            perseverance,
        }
    }

    fn weight(
        &mut self,
        (number, key, bounds, neutral): Written<'_>,
        path: &Path,
        around: &Provenance,
    ) -> Slot {
        self.or_default(number, &path.key(key), around, bounds, neutral)
    }
}
