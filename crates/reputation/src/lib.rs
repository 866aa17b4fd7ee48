//! What a prudent observer would believe: types, Bayesian updating from dated acts, trust thresholds and reputations.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]
