//! Which agreements exist, and who prefers them to none: agreement spaces, the zone of agreement, the frontier and bargaining solutions.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]
