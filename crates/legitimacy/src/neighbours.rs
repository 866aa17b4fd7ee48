//! Small models next door: why leaders fight on, divert, log-roll and make peace.
//!
//! Each stands on its own, has its source, and gives an exact answer with the threshold at which it
//! turns.

mod diversion;
mod gamble;
mod log_roll;
mod peace_maker;
mod regimes;
mod selectorate;

pub use diversion::{Diversion, DiversionParams};
pub use gamble::{Gamble, GambleParams};
pub use log_roll::{LogRoll, Passage};
pub use peace_maker::{PeaceMaker, PeaceMakerParams, PeaceMove};
pub use regimes::{HawkChances, Regime, RegimeEquilibria, RegimeGame, RegimeParams};
pub use selectorate::{Selectorate, SelectorateParams};
