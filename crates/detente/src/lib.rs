//! Was there an agreement every party preferred to none, and if it was missed, why? A case in, an assessment out.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]
