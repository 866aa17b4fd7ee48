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
    /// Necessity, sufficiency and responsibility, one entry a barrier.
    pub causes: Vec<BarrierCause>,
    /// How v rises as the barriers fall one after another, in the order in which an agreement meets
    /// them.
    pub waterfall: Vec<WaterfallStep>,
    /// Shares by party: what freeing a party of all four barriers adds; empty with more than six
    /// parties.
    pub parties: Vec<PartyShare>,
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
    /// Least and most that its removal adds to the mean of v, over all orders; absent as `mean` is.
    pub mean_range: Option<[f64; 2]>,
    /// Standard error of the mean share, over replicates where a [`Chance`]'s is.
    pub standard_error: Option<f64>,
}

/// What a barrier had to do with the failure, by counterfactual.
///
/// The effect is failure: no mutually preferred agreement accepted, v = 0. Draws where nothing was
/// mutually preferred are left out, and so are those where an agreement is expected only because
/// somebody signs what it means to break. Of the draws that are judged so, those that fail are the
/// ones that [`Attribution::counted`] counts and over which shares are taken.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BarrierCause {
    /// The barrier.
    pub barrier: Barrier,
    /// Probability of necessity (Pearl 2009; Tian & Pearl 2000): of the draws that fail, the share
    /// in which they would not have failed without this barrier, the others in place. Absent
    /// where no draw fails.
    pub necessary: Option<Chance>,
    /// Probability of sufficiency: of the draws that do not fail once this barrier is gone, the
    /// share in which its presence makes them fail. Absent where every draw fails without it too.
    pub sufficient: Option<Chance>,
    /// Probability of necessity and sufficiency: of all draws that are judged, the share in which it
    /// makes the difference.
    pub both: Option<Chance>,
    /// Of all draws that are judged, the share in which this barrier alone, all others gone, would be
    /// enough for failure.
    pub alone: Option<Chance>,
    /// Degree of responsibility at central values (Chockler & Halpern 2004): 1/(k+1), k the least
    /// number of other barriers that must fall before this one decides; absent as the central
    /// shares are.
    pub responsibility: Option<f64>,
}

/// One step of the waterfall: a barrier falls, those before it being gone.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct WaterfallStep {
    /// The barrier that falls.
    pub barrier: Barrier,
    /// v before and after at central values; absent as the central shares are.
    pub central: Option<[f64; 2]>,
    /// Mean v before and after over the draws that count; absent without any.
    pub mean: Option<[f64; 2]>,
}

/// One party's Shapley share of v(all freed) − v(none freed).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartyShare {
    /// The party, by id.
    pub party: String,
    /// The share at central values; absent as the central shares of barriers are.
    pub central: Option<f64>,
    /// Least and most that freeing it adds, over all orders, at central values.
    pub range: Option<[f64; 2]>,
    /// The mean share over the draws that count.
    pub mean: Option<f64>,
    /// Shares by single obstacle, a barrier at this party, of all that can be removed one by one;
    /// empty with more than three parties.
    pub obstacles: Vec<ObstacleShare>,
}

/// One obstacle's Shapley share: a barrier at a party.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ObstacleShare {
    /// The barrier.
    pub barrier: Barrier,
    /// The share at central values; absent as the central shares of barriers are.
    pub central: Option<f64>,
    /// The mean share over the draws that count.
    pub mean: Option<f64>,
}
