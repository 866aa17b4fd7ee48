//! Agreements whose keeping is seen only through noise: public signals that every party sees and that
//! depend on what was done by chance (Green and Porter 1984; Abreu, Milgrom and Pearce 1991; Fudenberg,
//! Levine and Maskin 1994).
//!
//! - [`Alarm`] is one signal, an alarm that may be false or missing: the best that alike parties can
//!   do, and what answering alarms by breaking off for ever gives.
//! - [`Signals`] are any finite number; [`Signals::pairwise_full_rank`] is the condition under which
//!   enough patience sustains everything.

mod alarm;
mod signals;

pub use alarm::{Alarm, SymmetricOptimum};
pub use signals::Signals;
