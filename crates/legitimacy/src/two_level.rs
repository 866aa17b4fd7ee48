//! Games at two tables (Putnam 1988): agreements over a list, and who at home lets them pass.

mod chamber;
mod floor;
mod leverage;
mod power;
mod win_set;

pub use chamber::{Chamber, Pivot, Seat, VotingRule};
pub use floor::{FloorKnowledge, RatificationOdds, UncertainFloor, UncertainRatification};
pub use leverage::{ListLeverage, leverage};
pub use power::Power;
pub use win_set::WinSet;
