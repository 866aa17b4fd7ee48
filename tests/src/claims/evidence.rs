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
mod reading;
mod trust;

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[
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
        id: "C-47",
        kind: Theorem,
        source: "Kelley 1973, discounting, as noisy-or",
        statement: "Learning that another sufficient cause was at work lowers the belief in a benign \
                    one; learning that it was not raises it.",
        check: attribution::discounting,
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
        id: "C-51",
        kind: Hypothesis,
        source: "Holsti 1962 on Dulles, inherent bad faith",
        statement: "An observer who reads concessions as ploys and hostile acts for what they are \
                    never trusts more than it did at first.",
        check: bias::bad_faith,
    },
    Claim {
        id: "C-60",
        kind: Theorem,
        source: "Gambetta 1988, ch. 13",
        statement: "Where only trusting yields a signal, trust below the threshold never changes.",
        check: trust::absorption,
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
