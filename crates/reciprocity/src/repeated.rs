//! Agreements that live on: how patient parties must be, how likely cheating must be to be seen,
//! and how soon it must be answered.
//!
//! - [`Signatory`] and [`Agreement`] judge an agreement by the stakes, patience and detection of
//!   each party and type.
//! - [`alternation`], [`tit_for_tat`], [`limited_punishment`] and [`win_stay_lose_shift`] are the
//!   bounds of well-known strategies in closed form.
//! - [`critical_deltas`] finds, for any two-player game, from which patience on first cooperation,
//!   mutual cooperation and everything rational can be sustained, with a proof that can be checked;
//!   [`critical_deltas_by_player`] what patience each of two who differ in it must have.
//! - [`TransferEquilibria`] lets parties pay each other; [`Instalments`] splits an exchange.

mod agreement;
mod by_player;
mod critical;
mod exact_set;
mod instalments;
mod signatory;
mod strategy_bounds;
mod transfers;

pub use agreement::{Agreement, AgreementReport, Defector};
pub use by_player::critical_deltas_by_player;
pub use critical::{
    CriticalDelta, CriticalDeltas, DeltaBracket, SelfSustaining, critical_delta_of_actions,
    critical_delta_of_payoff, critical_deltas,
};
pub use instalments::Instalments;
pub use signatory::{Judgement, Signatory};
pub use strategy_bounds::{
    alternation, limited_punishment, tit_for_tat, tit_for_tat_perfect, win_stay_lose_shift,
};
pub use transfers::{TransferEquilibria, critical_patience_with_transfers};
