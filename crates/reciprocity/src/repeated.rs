//! Agreements that live on: how patient parties must be, how likely cheating must be to be seen,
//! and how soon it must be answered.
//!
//! - [`Signatory`] and [`Agreement`] judge an agreement by the stakes, patience and detection of
//!   each party and type.
//! - [`alternation`], [`tit_for_tat`], [`limited_punishment`] and [`win_stay_lose_shift`] are the
//!   bounds of well-known strategies in closed form.
//! - [`critical_deltas`] finds, for any two-player game, from which patience on first cooperation,
//!   mutual cooperation and everything rational can be sustained.
//! - [`TransferEquilibria`] lets parties pay each other; [`Instalments`] splits an exchange.

mod agreement;
mod critical;
mod exact_set;
mod instalments;
mod polygon;
mod proof;
mod signatory;
mod strategy_bounds;
mod sustainable;
mod transfers;

pub use agreement::{Agreement, AgreementReport, Defector};
pub use critical::{
    CriticalDelta, CriticalDeltas, DeltaBracket, critical_delta_of_actions,
    critical_delta_of_payoff, critical_deltas,
};
pub use instalments::Instalments;
pub use signatory::{Judgement, Signatory};
pub use strategy_bounds::{
    alternation, limited_punishment, tit_for_tat, tit_for_tat_perfect, win_stay_lose_shift,
};
pub use transfers::{TransferEquilibria, critical_patience_with_transfers};
