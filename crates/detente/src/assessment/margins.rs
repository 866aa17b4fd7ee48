use serde::Serialize;

use super::{Band, Barrier, Chance};
use crate::case::Terms;

/// By how much the agreement that gets furthest passes or fails a barrier and every barrier before
/// it: the greatest over agreements of the least margin so far over parties.
///
/// Units are shares of each party's span of payoffs over agreements and nonagreement; a leader's
/// margin is divided by its national weight. Margins so compare across parties and barriers, and no
/// affine map of a party's payoffs moves them (M-01). A margin is above 0 exactly where some
/// agreement survives the barrier; a tie that passes counts as the least positive number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BarrierMargin {
    /// The barrier.
    pub barrier: Barrier,
    /// At central values; it never rises from barrier to barrier.
    pub central: f64,
    /// An agreement that attains it.
    pub terms: Terms,
    /// The share of draws in which it is above 0; absent without draws.
    pub passes: Option<Chance>,
    /// The share of draws in which it is above each of some clearances; empty without draws.
    pub clears: Vec<Clearance>,
    /// The margin over draws; absent without draws.
    pub over_draws: Option<Band>,
}

/// The chance that a margin is above a clearance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Clearance {
    /// δ, in the units of the margin.
    pub clearance: f64,
    /// P(margin > δ).
    pub chance: Chance,
}
