//! What each act weighed, how sure of it one can be, and what it would take to think otherwise:
//! process tracing as a ledger of evidence.

mod bands;
mod decibels;
mod dependence;
mod entry;
mod reversal;

pub use bands::{BeliefBand, EvidenceBand, PriorBand, belief_bands};
pub use decibels::Decibels;
pub use dependence::{Dependence, OverCounted, dependence};
pub use entry::LedgerEntry;
pub use reversal::{ActsNeeded, acts_to_reverse};
