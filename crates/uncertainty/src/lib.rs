#![doc = include_str!("../README.md")]
//!
//! # Conventions
//!
//! - Everything is sampled **by quantile, from one uniform number per input and draw**: the value
//!   of draw `k` of an input is `quantile(u)`, where `u` is the `k`-th uniform of the stream of
//!   that name. Another source of uniforms (stratified, low-discrepancy, correlated) can take the
//!   place of the stream without touching a distribution.
//! - Draws are numbered from 0 by `u64`. A value depends on seed, name and number of the draw, and
//!   on nothing else: not on threads, chunks or the order of evaluation.
//! - Numbers that are coded (ends, means, values, weights) have a magnitude of at most
//!   [`MAGNITUDE_LIMIT`], so that no square or sum of them overflows.
//! - A set of causes is a bit mask: cause `i` belongs to the set if bit `i` is 1.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]

pub mod causes;
mod correlation;
mod design;
mod distribution;
mod draws;
mod error;
pub mod flip;
mod kind;
mod mixer;
mod name_key;
pub mod problems;
mod proportion;
mod quantiles;
mod response;
mod sampler;
pub mod sensitivity;
#[cfg(feature = "serde")]
mod serialise;
mod sobol;
#[cfg(feature = "proptest")]
pub mod strategies;
mod summary;
mod uncertain;
mod verbal;

pub use causes::{MAX_CAUSES, SetFunction, Share};
pub use correlation::{MAX_CORRELATED_INPUTS, RankCorrelations, spearman};
pub use design::{
    Design, Estimates, MAX_DESIGN_DRAWS, Precision, Replicates, Sampling, Stop, until_precise,
};
pub use draws::{map_draws, map_draws_reporting};
pub use error::UncertaintyError;
pub use kind::Kind;
pub use proportion::Proportion;
pub use quantiles::quantiles;
pub use response::Response;
pub use sampler::{Sampler, Stream};
pub use sobol::{MAX_SOBOL_DIMENSIONS, ScrambledSobol, Sobol};
pub use summary::Summary;
pub use uncertain::Uncertain;
pub use verbal::VerbalProbability;

/// The largest magnitude of a coded number, 10¹⁰⁰: far beyond any payoff, and small enough that
/// squares, differences and sums of such numbers stay finite.
pub const MAGNITUDE_LIMIT: f64 = 1e100;
