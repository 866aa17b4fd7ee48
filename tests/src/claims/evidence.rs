//! Trust and its biases (C-…): belief, reputation, perception.

use detente::{
    perception::{BiasParams, BiasProfile},
    quantity::{LogOdds, Probability},
    reputation::{Act, Belief, Evidence, Reader, Tone, posterior},
};
use proptest::prelude::*;

use crate::{
    Claim,
    Kind::{Definition, Hypothesis, Regularity, Theorem},
};

mod attribution;
mod bias;
mod expectation;
mod fear;
mod reading;
mod resistance;
mod trust;

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "C-05",
        kind: Hypothesis,
        source: "Larson 1997, psychology",
        statement: "Distrust leads to dismissal: where need or agreement weighs on the \
                    reading, the same concession moves an observer the less, the less it \
                    trusted.",
        check: expectation::dismissal,
    },
    Claim {
        id: "C-20",
        kind: Theorem,
        source: "Coleman 1990, Foundations of Social Theory, ch. 5",
        statement: "A prudent party trusts exactly when the odds of being honoured exceed loss over \
                    gain, which no common scaling of the two changes.",
        check: trust::coleman,
    },
    Claim {
        id: "C-21",
        kind: Theorem,
        source: "assurance game; Acharya & Ramsay 2013",
        statement: "In the assurance game cooperation pays exactly above a trust of \
                    (DD−CD)/[(CC−DC)+(DD−CD)], so that partners thought wary must be trusted more.",
        check: trust::assurance,
    },
    Claim {
        id: "C-27",
        kind: Theorem,
        source: "Kydd 1997, World Politics 49(3)",
        statement: "Escalation raises fear by Bayes' rule where expansionists escalate more \
                    often, without any bias; where both kinds do so alike it teaches nothing.",
        check: fear::spiral,
    },
    Claim {
        id: "C-28",
        kind: Hypothesis,
        source: "Jervis 1976; Jervis 1978",
        statement: "The less one can tell the two kinds by their builds, the less a build-up \
                    says, so that the deterrer and the conciliator both find it fits.",
        check: fear::indistinguishable,
    },
    Claim {
        id: "C-40",
        kind: Theorem,
        source: "Bayes benchmark; derived",
        statement: "A Bayesian's belief in the true type never falls in expectation.",
        check: trust::bayes_benchmark,
    },
    Claim {
        id: "C-41",
        kind: Regularity,
        source: "Grether 1980; Benjamin 2019",
        statement: "Reported odds follow prior odds and likelihood ratio with exponents d and c; \
                    both 1 is Bayes, and exponents below 1 neglect base rates and underinfer.",
        check: bias::grether,
    },
    Claim {
        id: "C-42",
        kind: Theorem,
        source: "trust ceiling; derived from Grether 1980",
        statement: "With d < 1 a repeated signal carries log-odds to c·ln LR/(1−d) and no further, \
                    and idle periods erode trust above one half.",
        check: bias::trust_ceiling,
    },
    Claim {
        id: "C-43",
        kind: Regularity,
        source: "Augenblick, Lazarus & Thaler 2025",
        statement: "Perceived strength goes as k·S^β with β below 1: weak signals are over- \
                    read and strong ones under-read, about a switch at k^(1/(1−β)).",
        check: expectation::perceived_strength,
    },
    Claim {
        id: "C-44",
        kind: Theorem,
        source: "Rabin & Schrag 1999, QJE 114(1)",
        statement: "Who takes signals against what it favours for signals in favour with \
                    chance q is overconfident, and ends certain of what is false with positive \
                    probability exactly if q > 1 − 1/(2θ).",
        check: expectation::confirmation,
    },
    Claim {
        id: "C-45",
        kind: Theorem,
        source: "Fryer, Harms & Jackson 2019, JEEA 17(5)",
        statement: "Ambiguous signals read in the light of belief are misreadings away from \
                    ties, and let the same evidence drive observers apart.",
        check: expectation::ambiguity,
    },
    Claim {
        id: "C-46",
        kind: Regularity,
        source: "Benjamin 2019 on Charness & Dave",
        statement: "Evidence that agrees with the favoured hypothesis is given more weight, \
                    and evidence that disagrees less.",
        check: expectation::prior_bias,
    },
    Claim {
        id: "C-47",
        kind: Theorem,
        source: "Kelley 1973, discounting, as noisy-or",
        statement: "Learning that another sufficient cause was at work lowers the belief in a benign \
                    one; learning that it was not raises it.",
        check: attribution::discounting,
    },
    Claim {
        id: "C-48",
        kind: Theorem,
        source: "Kelley 1973, augmentation, as a costly signal",
        statement: "The likelihood ratio of good intentions rises with what an act costs, \
                    towards e^β, and falls with the pressure behind it.",
        check: attribution::augmentation,
    },
    Claim {
        id: "C-49",
        kind: Regularity,
        source: "Jones & Harris 1967; logit model",
        statement: "Seeing less of the situation behind a hostile act means reading more hostility \
                    into its author.",
        check: attribution::correspondence,
    },
    Claim {
        id: "C-50",
        kind: Regularity,
        source: "Malle 2006, Psychological Bulletin 132(6)",
        statement: "An actor–observer asymmetry is off by default, holds for negative acts \
                    where it is asked for, and then touches no other.",
        check: attribution::actor_observer,
    },
    Claim {
        id: "C-51",
        kind: Hypothesis,
        source: "Holsti 1962 on Dulles, inherent bad faith",
        statement: "An observer who reads concessions as ploys and hostile acts for what they are \
                    never trusts more than it did at first.",
        check: bias::bad_faith,
    },
    Claim {
        id: "C-52",
        kind: Regularity,
        source: "Rothbart & Park 1986; Tausch et al. 2007",
        statement: "Trust is hard to gain and easy to lose: with weight on bad news it takes \
                    more honours to offset a betrayal than the three that Bayes asks for.",
        check: resistance::negativity,
    },
    Claim {
        id: "C-53",
        kind: Regularity,
        source: "Kertzer, Rathbun & Rathbun 2020; Critcher & Dunning",
        statement: "Those who need reassurance least are moved by it most, so that costly \
                    signals polarise; hostile acts are read as they are.",
        check: resistance::motivated,
    },
    Claim {
        id: "C-54",
        kind: Regularity,
        source: "Herrmann et al. 1997; perseverance, derived",
        statement: "A share ρ of evidence outlives its discrediting, logit p = logit p₀ + ρ·ln \
                    LR, of which a Bayesian keeps nothing.",
        check: resistance::perseverance,
    },
    Claim {
        id: "C-60",
        kind: Theorem,
        source: "Gambetta 1988, ch. 13",
        statement: "Where only trusting yields a signal, trust below the threshold never changes.",
        check: trust::absorption,
    },
    Claim {
        id: "C-65",
        kind: Regularity,
        source: "Fetchenhauer & Dunning 2010",
        statement: "Telling everybody how they would have been treated reduces cynicism; \
                    telling only those who trusted leaves the wary as they were.",
        check: fear::asymmetric_feedback,
    },
    Claim {
        id: "C-66",
        kind: Theorem,
        source: "escape from distrust; derived",
        statement: "Concessions that do not wait on being trusted lift trust above its threshold \
                    after ⌈(logit p̄ − logit p₀)/(w·ln LR)⌉ of them, and never if evidence has no \
                    weight.",
        check: bias::escape,
    },
    Claim {
        id: "M-05",
        kind: Definition,
        source: "the model, §3",
        statement: "The held belief reads the situation first, then bad faith, then Grether's \
                    weights; at λ = 1, no bad faith and c = d = 1 it is Bayes exactly.",
        check: reading::held_reading,
    },
    Claim {
        id: "R-01",
        kind: Definition,
        source: "Jøsang & Ismail 2002, the beta reputation system",
        statement: "Good and bad acts make a beta distribution with mean (r+1)/(r+s+2); forgetting \
                    multiplies both counts and bounds them.",
        check: trust::beta_reputation,
    },
];

fn chance(value: f64) -> Probability {
    Probability::saturating(value)
}

/// The log-odds of a probability that the caller knows to be open.
fn odds(value: f64) -> Option<LogOdds> {
    chance(value).log_odds().ok()
}

fn binary(trust: Probability) -> Result<Belief, TestCaseError> {
    Belief::binary(trust).map_err(refused)
}

/// An act `ratio` times as likely from type 0 as from type 1.
fn signal(tone: Tone, ratio: f64) -> Result<Act, TestCaseError> {
    Evidence::ratios(vec![ratio, 1.0])
        .map(|evidence| Act::new(tone, evidence))
        .map_err(refused)
}

fn profile(change: impl FnOnce(&mut BiasParams)) -> Result<BiasProfile, TestCaseError> {
    let mut params = BiasParams::default();
    change(&mut params);
    BiasProfile::new(params).map_err(refused)
}

fn refused(error: impl std::error::Error) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

/// A reference number, or NaN (which is close to nothing) if it could not be computed.
fn number(computed: Result<f64, TestCaseError>) -> f64 {
    computed.unwrap_or(f64::NAN)
}

fn trust_after(prior: f64, acts: &[Act], reader: &impl Reader) -> Result<f64, TestCaseError> {
    let belief = posterior(&binary(chance(prior))?, acts, reader).map_err(refused)?;
    Ok(belief.probability(0).get())
}
