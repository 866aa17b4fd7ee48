use detente_uncertainty::sensitivity::Estimate;
use serde::Serialize;

use super::{Barrier, Reproducibility};
use crate::Aspect;

/// What drives the margins of a case: shares of their variance by uncertain number.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sensitivity {
    /// Version of this shape: [`SCHEMA`](super::SCHEMA).
    pub schema: u32,
    /// The case's id.
    pub case: String,
    /// By barrier, the margin by which the best agreement passes it and those before it; the last
    /// one decides whether an agreement is within reach.
    pub margins: Vec<MarginDrivers>,
    /// Evaluations of the case for the first-order and total indices.
    pub evaluations: u64,
    /// Evaluations of the case for the Shapley effects.
    pub shapley_evaluations: u64,
    /// What is needed to repeat the run.
    pub reproducibility: Reproducibility,
}

/// The drivers of one barrier's margin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MarginDrivers {
    /// The barrier.
    pub barrier: Barrier,
    /// The variance of the margin; absent where it does not vary.
    pub variance: Option<f64>,
    /// Every uncertain number, the largest Shapley effect first and by name where two are alike;
    /// empty where the margin does not vary.
    pub drivers: Vec<Driver>,
}

/// One uncertain number's part in the variance of a margin.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Driver {
    /// The number, by the name that keys its random stream, or the table of a party's true type.
    pub name: String,
    /// What it is about.
    pub aspect: Aspect,
    /// The share of variance that would go if it alone were known (Sobol' 1993; Saltelli 2010).
    pub first: Estimate,
    /// The share that would be left if everything else were known (Jansen 1999).
    pub total: Estimate,
    /// Its Shapley effect (Owen 2014; Goda 2021): a share between the two; they sum to 1.
    pub shapley: Estimate,
}
