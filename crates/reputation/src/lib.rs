#![doc = include_str!("../README.md")]
//!
//! # Conventions
//!
//! - A party is one of finitely many *types*, numbered from 0; a [`Belief`] is a distribution over
//!   them and an [`Act`]'s [`Evidence`] speaks of the same types in the same order.
//! - Acts are read in the order they became known, by a [`Reader`]. [`Warranted`] is Bayes' rule on
//!   the likelihood `s + (1 − s) q_θ`: `q_θ` the chance that type θ does the act of its own accord,
//!   `s` the chance that the situation alone produces it (model §3).
//! - Beliefs are log-weights inside. A type is *ruled out* (log-weight −∞) only by a likelihood of 0
//!   or a dogmatic prior, and nothing brings it back.
//! - Trust `h` is the probability that the other honours; a threshold `p̄` is exceeded, not met:
//!   `h = p̄` is not enough.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]

mod act;
mod belief;
mod beta;
pub mod bulk;
mod dirichlet;
mod engine;
mod error;
mod evidence;
mod filter;
pub mod forecast;
mod half_life;
mod incomplete_beta;
mod ledger;
mod lock_in;
pub mod network;
mod reader;
#[cfg(feature = "serde")]
mod serialise;
pub mod strategic;
#[cfg(any(test, feature = "proptest"))]
pub mod strategies;
mod threshold;
mod witness;

pub use act::{Act, Tone};
pub use belief::Belief;
pub use beta::{BetaReputation, CredibleInterval};
pub use dirichlet::Dirichlet;
pub use engine::{
    Channel, Drift, Effect, Engine, Expected, Filtered, Forgetting, HindsightGap, Pace, Predicted,
    Reading, RunStart, SameDay, Seen, Settings, Shock, Sighting, Smoothed, Timeline, Tracker,
    Transition,
};
pub use error::ReputationError;
pub use evidence::Evidence;
pub use filter::{Filter, posterior, trajectory};
pub use half_life::HalfLife;
pub use ledger::{
    ActsNeeded, BeliefBand, Decibels, Dependence, EvidenceBand, LedgerEntry, OverCounted,
    PriorBand, acts_to_reverse, belief_bands, dependence,
};
pub use lock_in::{Relationship, engage};
pub use reader::{Reader, Warranted};
pub use threshold::{assurance_margin, assurance_threshold, threshold, trust_margin};
pub use witness::{Discounting, Opinion, Travos, TravosAdvice};
