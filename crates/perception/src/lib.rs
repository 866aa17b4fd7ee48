//! What a biased observer does believe: readings of acts under correspondence bias, discounting, Grether weights and inherent bad faith.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]
