use std::collections::BTreeMap;

use serde::Serialize;

use super::{Barrier, Chance};

/// Shares of the four removable barriers in a missed opportunity (model §6).
///
/// v(B) says whether some mutually preferred agreement would be accepted with the barriers in B
/// removed. Keys of `central` and `mean` are the barriers of B joined by `+`, `none` for none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Attribution {
    /// v at central values; absent where the central run expects agreement or has no mutually
    /// preferred agreement.
    pub central: Option<BTreeMap<String, f64>>,
    /// Mean of v over the draws that count; absent without any.
    pub mean: Option<BTreeMap<String, f64>>,
    /// Shares of v(all) − v(none), at central values and over draws, one entry a barrier.
    pub shares: Vec<BarrierShare>,
    /// Inclusion-minimal sets of barriers that must fall together, at central values.
    pub minimal_sets: Vec<Vec<Barrier>>,
    /// The share of draws in which no agreement is mutually preferred: the gate.
    pub conflict_of_interest: Option<Chance>,
    /// The share of draws that count: a mutually preferred agreement exists and nonagreement is
    /// expected.
    pub counted: Option<Chance>,
}

/// One barrier's Shapley share, with the least and the most it adds over all orders of removal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BarrierShare {
    /// The barrier.
    pub barrier: Barrier,
    /// The share at central values; absent as `central` is.
    pub central: Option<f64>,
    /// Least and most that its removal adds, over all orders, at central values.
    pub range: Option<[f64; 2]>,
    /// The mean share over the draws that count; absent as `mean` is.
    pub mean: Option<f64>,
    /// Standard error of the mean share.
    pub standard_error: Option<f64>,
}
