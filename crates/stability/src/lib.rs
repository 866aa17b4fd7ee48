#![doc = include_str!("../README.md")]
//!
//! # Conventions
//!
//! - Players, options and states are counted from 0. A state of an option form has a code, the sum of
//!   `2^k` over the options k that are taken in it; states stand in the order of their codes.
//! - Preference is strict; states may tie. What is not known of a ranking is unknown, not a tie.
//! - No player moves twice in a row in a legal sequence of moves (Fang, Hipel & Kilgour 1993).
//! - At most 4,096 states and 16 players, refused before relations between them are held, and 2²⁴ moves, refused once
//!   they are counted.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]

mod bits;
mod coalition;
mod coalition_moves;
mod concept;
mod conflict;
mod error;
mod graph;
mod inverse;
mod judge;
mod option_form;
mod preference;
mod reach;
#[cfg(feature = "serde")]
mod serialise;
mod settle;
mod stability;
mod statement;
mod status_quo;
#[cfg(any(test, feature = "proptest"))]
pub mod strategies;
mod view;
mod zone;

pub use coalition::Coalition;
pub use concept::Concept;
pub use conflict::Conflict;
pub use error::StabilityError;
pub use graph::{MAX_MOVES, MAX_PLAYERS, MAX_STATES, Move, MoveGraph};
pub use inverse::{Condition, LeastChange, Requirement, ToEquilibrium};
pub use option_form::{Choice, FeasibleStates, MAX_OPTIONS, OptionForm, Pattern, Reversal};
pub use preference::{Comparison, Preference};
pub use stability::{Stability, Standing};
pub use statement::Statement;
pub use status_quo::{Follow, StatusQuo};
pub use zone::RankedZone;
