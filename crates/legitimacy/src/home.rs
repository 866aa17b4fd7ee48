//! What a leader can afford over a list of agreements, whatever they are about.

mod reading;
mod zones;

pub use reading::{BeliefRange, HomeReading, StakeRange};
pub use zones::HomeZones;
