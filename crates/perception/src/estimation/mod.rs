//! How biased somebody was, from what they saw and what they chose.

mod average;
mod choices;
#[cfg(test)]
mod coverage;
mod estimate;
mod estimator;
mod grid;
mod record;
mod simplex;
#[cfg(test)]
mod simulate;

pub use choices::Precision;
pub use estimate::{End, Estimate, ParameterEstimate, Stopped};
pub use estimator::{EstimationParams, Estimator, Free};
pub use grid::{GridPosterior, Marginal};
pub use record::{Decision, Observation, Record, Response};

#[cfg(test)]
use crate::{BiasParameter, BiasProfile, PerceptionError};

#[cfg(test)]
mod tests;
