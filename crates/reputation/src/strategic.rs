//! Reputation as a strategy: what it pays to be taken for, and what distrust costs those who would
//! have been trustworthy.
//!
//! - [`ChainStore`]: resisting so as to be thought tough (Kreps & Wilson 1982).
//! - [`cash_in`]: when an enemy that has built up trust betrays it (Sobel 1985).
//! - [`shadow_threshold`]: how patience lowers the trust that is enough.
//! - [`lock_out`], [`lock_out_bound`], [`symmetric_lock_out`]: how likely a trustworthy party is to be
//!   distrusted for good.
//! - [`stopping_belief`]: below which belief even an optimal experimenter stops trusting.

mod bracket;
mod cash_in;
mod chain_store;
mod experiment;
mod honour;
mod lock_out;
mod shadow;

pub use bracket::{Bracket, Stopped};
pub use cash_in::{CashIn, CashInPeriod, cash_in};
pub use chain_store::{ChainStore, ChainStoreParams, MOST_PROBES, Probe, Response};
pub use experiment::{ExperimentParams, stopping_belief};
pub use honour::HonourRates;
pub use lock_out::{LockOutParams, SymmetricLockOut, lock_out, lock_out_bound, symmetric_lock_out};
pub use shadow::shadow_threshold;
