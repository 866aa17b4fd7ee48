//! Uncertain numbers, reproducible draws and attribution of an outcome to its causes; knows no politics.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]
