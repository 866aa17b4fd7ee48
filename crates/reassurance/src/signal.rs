//! Costly signals: which gestures tell a trustworthy party from one that would exploit trust.

mod commitment;
mod equilibrium;
mod game;
mod screening;

pub use commitment::{TiedHands, sunk_cost};
pub use equilibrium::{Equilibrium, Pattern, Values};
pub use game::{FirstStep, ReassuranceGame};
pub use screening::{Prize, Screening, Signal};
