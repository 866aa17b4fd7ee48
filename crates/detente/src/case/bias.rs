//! How an observer reads acts: the numbers of its biases.

use detente_perception::Mechanism;
use serde::Serialize;

use super::{
    coded::{Coded, Provenance},
    number::Number,
};
use crate::decode::{Fields, Record};

/// How an observer reads acts: its biases, each of which is neutral where it is left out. They act in
/// the order of [`Mechanism::ALL`].
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Bias {
    /// λ: weight on the situation, by the act's tone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub situational: Option<Situational>,
    /// w: the chance, in its mind, that a cause not on record would have produced an act, by the act's tone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discounting: Option<Discounting>,
    /// α: weight on what acts cost.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub augmentation: Option<Number>,
    /// Whether a cooperative act is read with equal likelihood under every type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bad_faith: Option<Coded<bool>>,
    /// Grether's d: weight on the earlier belief.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prior_weight: Option<Number>,
    /// Grether's c: weight on the evidence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub evidence_weight: Option<Number>,
    /// How strong a signal seems, by how strong it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub strength: Option<Strength>,
    /// Seeing in an act what one expects to see.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expectation: Option<Expectation>,
    /// ρ: the share of discredited evidence that is kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub perseverance: Option<Number>,
    /// What the weight on the evidence gains where an act agrees with what is believed, and loses where
    /// it does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prior_bias: Option<PriorBias>,
    /// Weights on the evidence by the act's tone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valence: Option<Valence>,
    /// m: how much the weight on a cooperative act falls with the need of reassurance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<Number>,
    /// Where the profile came from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Bias {
    /// Whether some number of a mechanism is coded, at its neutral value or off it.
    pub(crate) const fn codes(&self, mechanism: Mechanism) -> bool {
        match mechanism {
            Mechanism::Situation => self.situational.is_some(),
            Mechanism::Discounting => self.discounting.is_some(),
            Mechanism::Augmentation => self.augmentation.is_some(),
            Mechanism::BadFaith => self.bad_faith.is_some(),
            Mechanism::Strength => self.strength.is_some(),
            Mechanism::Expectation => self.expectation.is_some(),
            Mechanism::Perseverance => self.perseverance.is_some(),
            Mechanism::EvidenceWeight => self.evidence_weight.is_some(),
            Mechanism::PriorBias => self.prior_bias.is_some(),
            Mechanism::Valence => self.valence.is_some(),
            Mechanism::Need => self.need.is_some(),
            Mechanism::BaseRate => self.prior_weight.is_some(),
        }
    }
}

impl Record for Bias {
    const NAME: &'static str = "bias";
    const ABOUT: &'static str = "How an observer reads acts; what is left out is neutral.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            situational: fields
                .optional(
                    "situational",
                    "weight on the situation, by tone; 1 is neutral",
                )
                .flatten(),
            discounting: fields
                .optional(
                    "discounting",
                    "chance of a supposed cause such as weakness, by tone; 0 is neutral",
                )
                .flatten(),
            augmentation: fields
                .optional(
                    "augmentation",
                    "weight on what acts cost (`cost` of an act); 1 is neutral",
                )
                .flatten(),
            bad_faith: fields
                .optional("bad_faith", "true: a cooperative act tells it nothing")
                .flatten(),
            strength: fields
                .optional(
                    "strength",
                    "how strong a signal seems: scale × strength^exponent",
                )
                .flatten(),
            expectation: fields
                .optional("expectation", "seeing in an act what one expects to see")
                .flatten(),
            perseverance: fields
                .optional(
                    "perseverance",
                    "share of discredited evidence kept; 0 is neutral",
                )
                .flatten(),
            evidence_weight: fields
                .optional("evidence_weight", "Grether's c; 1 is neutral")
                .flatten(),
            prior_bias: fields
                .optional(
                    "prior_bias",
                    "added to the weight on the evidence by agreement",
                )
                .flatten(),
            valence: fields
                .optional("valence", "weight on the evidence, by tone; 1 is neutral")
                .flatten(),
            need: fields
                .optional("need", "deafness to reassurance, by distrust; 0 is neutral")
                .flatten(),
            prior_weight: fields
                .optional("prior_weight", "Grether's d; 1 is neutral")
                .flatten(),
            provenance: Provenance::fields(fields),
        })
    }
}

/// Two numbers of a bias that go together.
macro_rules! pair {
    (
        $(#[$doc:meta])* $name:ident, $key:literal, $about:literal,
        $(#[$first_doc:meta])* $first:ident: $first_about:literal,
        $(#[$second_doc:meta])* $second:ident: $second_about:literal
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Default, PartialEq, Serialize)]
        pub struct $name {
            $(#[$first_doc])*
            #[serde(skip_serializing_if = "Option::is_none")]
            pub $first: Option<Number>,
            $(#[$second_doc])*
            #[serde(skip_serializing_if = "Option::is_none")]
            pub $second: Option<Number>,
            /// Where the numbers came from.
            #[serde(flatten)]
            pub provenance: Provenance,
        }

        impl Record for $name {
            const NAME: &'static str = $key;
            const ABOUT: &'static str = $about;

            fn record(fields: &mut Fields<'_>) -> Option<Self> {
                Some(Self {
                    $first: fields.optional(stringify!($first), $first_about).flatten(),
                    $second: fields.optional(stringify!($second), $second_about).flatten(),
                    provenance: Provenance::fields(fields),
                })
            }
        }
    };
}

pair! {
    /// λ by the tone of the act: below 1 the situation is under-discounted (correspondence bias).
    Situational, "situational", "Weight on the situation by the act's tone; 1 is neutral.",
    /// For cooperative acts; 1 if absent.
    cooperative: "for cooperative acts",
    /// For hostile acts; 1 if absent.
    hostile: "for hostile acts"
}

pair! {
    /// Kelley's discounting (claim C-47): the chance w that a cause not on record, such as weakness, would have
    /// produced an act by itself, as the observer sees it.
    Discounting, "discounting", "Chance of a supposed cause by the act's tone; 0 is neutral.",
    /// For cooperative acts; 0 if absent.
    cooperative: "for cooperative acts, such as weakness",
    /// For hostile acts; 0 if absent.
    hostile: "for hostile acts, such as a provocation"
}

pair! {
    /// Perceived strength of a signal as a power of its strength (claim C-43).
    Strength, "strength", "Perceived strength of a signal: scale × strength^exponent.",
    /// k ≥ 0; 1 if absent.
    scale: "k; 1 is neutral",
    /// β > 0; 1 if absent.
    exponent: "β; 1 is neutral, below 1 strong signals are under-read"
}

pair! {
    /// Seeing what one expects to see (claims C-44 and C-45).
    Expectation, "expectation", "What becomes of acts that speak against what is believed.",
    /// q: the chance that such an act is misread as its contrary; 0 if absent.
    misreading: "chance that an act against what is believed is misread; 0 is neutral",
    /// π: the share of acts that are ambiguous and read as expected; 0 if absent.
    ambiguity: "share of acts read as expected; 0 is neutral"
}

pair! {
    /// Prior-biased inference (claim C-46).
    PriorBias, "prior_bias", "Added to the weight on the evidence by whether it agrees.",
    /// Added where an act confirms what is believed, 0 or more; 0 if absent.
    confirming: "where an act confirms what is believed; 0 or more",
    /// Added where it disconfirms it, 0 or less; 0 if absent.
    disconfirming: "where it disconfirms it; 0 or less"
}

pair! {
    /// Negativity (claim C-52): weights on the evidence by the tone of the act.
    Valence, "valence", "Weight on the evidence by the act's tone; 1 is neutral.",
    /// For cooperative acts; 1 if absent.
    cooperative: "for cooperative acts",
    /// For hostile acts; 1 if absent.
    hostile: "for hostile acts"
}
