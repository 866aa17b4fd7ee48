use detente_quantity::Date;
use serde::Serialize;

use super::{Barrier, Chance};
use crate::case::Terms;

/// An offer that was really made, and the barriers it passes at central values.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProposalReport {
    /// Its id in the case.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The day it was made.
    pub date: Option<Date>,
    /// The party that made it, by id.
    pub by: Option<String>,
    /// Its terms.
    pub terms: Terms,
    /// Whether its terms were ever possible; where not, no barrier is judged.
    pub possible: bool,
    /// The five barriers, each judged on its own.
    pub barriers: Vec<BarrierCheck>,
    /// The first barrier that stops it in turn; absent where it passes them all.
    pub stopped_by: Option<Barrier>,
}

/// Whether an offer passes one barrier.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BarrierCheck {
    /// The barrier.
    pub barrier: Barrier,
    /// Whether it passes at central values.
    pub passes: bool,
    /// The parties at which it fails, by id.
    pub blocked_by: Vec<String>,
    /// The share of draws in which it passes; absent without draws.
    pub chance: Option<Chance>,
}
