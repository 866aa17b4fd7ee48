//! Which agreements enforce themselves: the implementation game, its kind, critical discount factors and who would honour.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]
