#![doc = include_str!("../README.md")]
//!
//! # Conventions
//!
//! - Belief lives in reputation, none of it here: a [`BiasProfile`] is the reading of an act that
//!   reputation's filter asks for, and the other modules are the small models behind its parts.
//! - Every mechanism has a neutral element under which the result equals Bayes exactly. Compute the
//!   Bayesian benchmark first: a rise in fear is no evidence of bias (claim C-27).
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]

pub mod bulk;
mod confirmation;
mod correspondence;
mod costly;
mod diagnosis;
mod error;
mod estimation;
mod kelley;
mod profile;
mod repetition;
mod spiral;
#[cfg(any(test, feature = "proptest"))]
pub mod strategies;

pub use confirmation::{ConfirmatoryObserver, Leads, Perceived, PossibleBelief, possible_beliefs};
pub use correspondence::ThreatAttribution;
pub use costly::CostlySignal;
pub use diagnosis::{
    ActDiagnosis, Contrast, Departure, Diagnosis, Flip, Turning, TypeSet, diagnose, flip,
};
pub use error::PerceptionError;
pub use estimation::{
    Decision, End, Estimate, EstimationParams, Estimator, Free, GridPosterior, Marginal,
    Observation, ParameterEstimate, Precision, Record, Response, Stopped,
};
pub use kelley::{Cause, NoisyOr};
pub use profile::{
    BiasParameter, BiasParams, BiasProfile, Discounting, Expectation, Mechanism, PriorBias,
    Situational, Strength, Valence,
};
pub use repetition::RepeatedSignal;
pub use spiral::SecurityDilemma;
