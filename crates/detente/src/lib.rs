#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![cfg_attr(test, allow(clippy::float_cmp, reason = "exact values are asserted exactly"))]

pub use detente_legitimacy as legitimacy;
pub use detente_payoff as payoff;
pub use detente_perception as perception;
pub use detente_quantity as quantity;
pub use detente_reciprocity as reciprocity;
pub use detente_reputation as reputation;
pub use detente_uncertainty as uncertainty;
