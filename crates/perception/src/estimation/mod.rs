//! How biased somebody was, from what they saw and what they chose.

mod estimate;
mod estimator;
mod grid;
mod record;
mod simplex;

pub use estimate::{End, Estimate, ParameterEstimate};
pub use estimator::{EstimationParams, Estimator, Free};
pub use grid::{GridPosterior, Marginal};
pub use record::{Decision, Observation, Record, Response};

#[cfg(test)]
mod tests;
