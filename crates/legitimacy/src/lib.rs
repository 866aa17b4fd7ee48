//! What a leader can afford at home: leader margins, indifference points, distortion and ratification floors.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]
