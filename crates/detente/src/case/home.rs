//! Whom a leader answers to, and what it can tell them.

use detente_legitimacy::{Signature, SurvivalCurve};
use serde::Serialize;

use super::{
    coded::{Coded, Provenance},
    number::Number,
};
use crate::decode::{Choice, Fields, Record};

/// A leader's home front (model §4), on the party's payoff normalised to 0–1.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Home {
    /// ω > 0: weight of the national payoff.
    pub national_weight: Option<Number>,
    /// Ω ≥ 0: what holding office is worth.
    pub office_stake: Option<Number>,
    /// κ ≥ 0: support per unit of payoff.
    pub support: Option<Number>,
    /// ℓ: support that a hostile adversary brings; either sign.
    pub threat: Option<Number>,
    /// m₀: support before anything else.
    pub baseline: Option<Number>,
    /// F: how support becomes survival in office.
    pub curve: Option<Coded<SurvivalCurve>>,
    /// b: the audience's belief that the adversary is hostile; absent, the leader's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience_hostility: Option<Number>,
    /// What the leader can say of the adversary, and what it costs; absent, messages are not coded.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub messages: Option<Messages>,
    /// Where the home front came from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Record for Home {
    const NAME: &'static str = "home";
    const ABOUT: &'static str = "A leader's home front, on the payoff normalised to 0–1.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            national_weight: fields.required("national_weight", "weight of the nation, above 0"),
            office_stake: fields
                .required("office_stake", "what holding office is worth, 0 or more"),
            support: fields.required("support", "support per unit of payoff, 0 or more"),
            threat: fields.required("threat", "support that a hostile adversary brings"),
            baseline: fields.required("baseline", "support before anything else"),
            curve: fields.required("curve", "how support becomes survival in office"),
            audience_hostility: fields
                .optional("audience_hostility", "the audience's belief in hostility")
                .flatten(),
            messages: fields
                .optional("messages", "what the leader says of the adversary at home")
                .flatten(),
            provenance: Provenance::fields(fields),
        })
    }
}

/// What a leader who knows the adversary can make its audience believe of it, and at what cost: the
/// promotion of distrust (claims D-38 to D-43). It changes no verdict: `detente domestic` tells how
/// often the leader would cry wolf, or say all is calm, and what is missed by it. On the linear
/// survival curve only.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Messages {
    /// c > 0: what an untrue message costs the leader, in the units of the office stake. High where
    /// a free press or an opposition can expose it.
    pub cost: Option<Number>,
    /// η: the share of the audience that believes whatever its leader says.
    pub credulous_share: Option<Number>,
    /// α: the part of the surplus that this side gets in a bargain; ½ between equals.
    pub bargaining_share: Option<Number>,
    /// π: the audience's belief, before its leader speaks, that the adversary is hostile; absent,
    /// what the audience believes, or else what the leader does.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prior_hostility: Option<Number>,
    /// What the signature of an agreement tells the audience; absent, nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signature: Option<Coded<Signature>>,
    /// Where the numbers came from.
    #[serde(flatten)]
    pub provenance: Provenance,
}

impl Record for Messages {
    const NAME: &'static str = "messages";
    const ABOUT: &'static str = "What a leader can make its audience believe of the adversary.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        Some(Self {
            cost: fields.required("cost", "cost of an untrue message, above 0"),
            credulous_share: fields.required(
                "credulous_share",
                "share of the audience that believes whatever it is told",
            ),
            bargaining_share: fields.required(
                "bargaining_share",
                "part of the surplus this side gets; 0.5 between equals",
            ),
            prior_hostility: fields
                .optional(
                    "prior_hostility",
                    "the audience's belief in hostility before its leader speaks",
                )
                .flatten(),
            signature: fields
                .optional("signature", "what signing tells the audience")
                .flatten(),
            provenance: Provenance::fields(fields),
        })
    }
}

impl Choice for Signature {
    const NAME: &'static str = "signature";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("uninformative", Self::Uninformative),
        ("reveals_benign", Self::RevealsBenign),
    ];
}

crate::decode_choice!(Signature);

impl Choice for SurvivalCurve {
    const NAME: &'static str = "survival_curve";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("logit", Self::Logit),
        ("probit", Self::Probit),
        ("cauchy", Self::Cauchy),
        ("linear", Self::Linear),
    ];
}

crate::decode_choice!(SurvivalCurve);
