use detente_uncertainty::sensitivity::{Estimate, PawnIndex};
use serde::Serialize;

use super::{Barrier, Reproducibility};
use crate::{Aspect, Grouping, SensitivityMethod};

/// What drives the margins of a case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sensitivity {
    /// Version of this shape: [`SCHEMA`](super::SCHEMA).
    pub schema: u32,
    /// The case's id.
    pub case: String,
    /// What is judged as one factor.
    pub by: Grouping,
    /// How it is judged.
    pub method: SensitivityMethod,
    /// By barrier, the margin by which the best agreement passes it and those before it; the last
    /// one decides whether an agreement is within reach.
    pub margins: Vec<MarginDrivers>,
    /// What each number does alone.
    pub tornado: Tornado,
    /// Evaluations of the case for the first-order and total indices, or for the other methods.
    pub evaluations: u64,
    /// Evaluations of the case for the Shapley effects.
    pub shapley_evaluations: u64,
    /// How many evaluations were asked for, where memory allowed only fewer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cut_from: Option<usize>,
    /// What is needed to repeat the run. Its draws are the evaluations to ask for: of distances those
    /// that were made, otherwise those that were asked for, of which as many were made as is said
    /// above.
    pub reproducibility: Reproducibility,
}

/// The drivers of one barrier's margin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarginDrivers {
    /// The barrier.
    pub barrier: Barrier,
    /// The variance of the margin; absent where it does not vary, or no shares of it were asked for.
    pub variance: Option<f64>,
    /// Every factor, the largest Shapley effect first and by name where two are alike; empty where
    /// the margin does not vary, or by another method.
    pub drivers: Vec<Driver>,
    /// What two factors do only together, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pairs: Option<Pairs>,
    /// Elementary effects, where those were asked for: every factor, the largest magnitude first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub screened: Vec<Screened>,
    /// Distances between distributions, where those were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distances: Option<Distances>,
}

impl MarginDrivers {
    /// Of a margin that does not vary.
    pub(crate) const fn unmoved(barrier: Barrier) -> Self {
        Self {
            barrier,
            variance: None,
            drivers: Vec::new(),
            pairs: None,
            screened: Vec::new(),
            distances: None,
        }
    }
}

/// One factor's part in the variance of a margin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Driver {
    /// A number, by the name that keys its random stream, or the table of a party's true type; a
    /// party's id or an aspect's word; joined by `+` where several are one, being correlated.
    pub name: String,
    /// What all its numbers are about; absent where they are about several things.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aspect: Option<Aspect>,
    /// The names of its numbers, where it is more than the one that names it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    /// The share of variance that would go if it alone were known (Sobol' 1993; Saltelli 2010).
    pub first: Estimate,
    /// The share that would be left if everything else were known (Jansen 1999).
    pub total: Estimate,
    /// Its Shapley effect (Owen 2014; Goda 2021): a share between the two; they sum to 1.
    pub shapley: Estimate,
}

/// What two factors do only together.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pairs {
    /// How many pairs were judged: of those that do nothing together, one in forty is found all the
    /// same.
    pub judged: usize,
    /// Those whose 95% interval lies above 0, the largest first.
    pub found: Vec<DriverPair>,
}

/// The interaction of two factors.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DriverPair {
    /// The two, by name.
    pub between: [String; 2],
    /// The share of variance that neither has alone and both have together (Saltelli 2002).
    pub index: Estimate,
}

/// The elementary effects of one factor, in units of the margin for a move across the whole range of
/// quantiles.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Screened {
    /// As [`Driver::name`].
    pub name: String,
    /// As [`Driver::aspect`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aspect: Option<Aspect>,
    /// As [`Driver::members`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    /// μ*: the mean of the effects' magnitudes (Campolongo, Cariboni and Saltelli 2007).
    pub magnitude: Estimate,
    /// μ: the mean effect of a rise; absent for several numbers, which may move either way at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    /// σ: the standard deviation of the effects, large where the number interacts or bends.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deviation: Option<f64>,
}

/// How far the distribution of a margin moves with each number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Distances {
    /// The largest distance, over numbers that do nothing by construction: what lies below it is as
    /// large as chance makes it.
    pub noise: PawnIndex,
    /// Every number, the largest median first.
    pub of: Vec<Distance>,
}

/// How far the distribution of a margin moves with one number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Distance {
    /// The number, as [`Driver::name`].
    pub name: String,
    /// What it is about.
    pub aspect: Aspect,
    /// Kolmogorov–Smirnov distances, 0–1, with the number held in each tenth of its
    /// distribution: of its draws, in order of size.
    pub index: PawnIndex,
}

/// What each number does alone, all others at their central values: directions and not shares.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tornado {
    /// The margins of the five barriers at central values.
    pub central: [f64; 5],
    /// Every number but those omitted, the one that moves the last margin most first. What goes
    /// together elsewhere moves alone here.
    pub bars: Vec<TornadoBar>,
    /// Numbers of which one end at least is no case while all others stay, by name: such as beliefs
    /// that would sum to more than 1.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub omitted: Vec<String>,
}

/// A number at the ends of its range.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TornadoBar {
    /// The number, as [`Driver::name`].
    pub name: String,
    /// The lower end.
    pub low: End,
    /// The upper end.
    pub high: End,
}

/// One end of a number's range, and the margins there.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct End {
    /// The value: the end of the coder's range, or the 2.5% or 97.5% quantile where it has none.
    /// Absent for a true type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// The true type there, first and last by name of those that are possible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub true_type: Option<String>,
    /// The margins of the five barriers.
    pub margins: [f64; 5],
}
