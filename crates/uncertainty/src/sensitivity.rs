//! Sensitivity: which uncertain inputs the uncertainty of an output comes from.
//!
//! Every method asks a [`Response`](crate::Response) at points of the unit cube and answers for all
//! of its outputs from the same evaluations. What is varied are [`Factors`]: groups of coordinates
//! that move together, by default one coordinate each. The factors must be **independent** of one
//! another; dependent inputs belong into one factor.
//!
//! | Question | Function | Evaluations for `N` rows, `k` factors |
//! |---|---|---|
//! | share of the variance explained alone, and with all interactions | [`sobol_indices`] | `N(k+2)`, with pairs `N(2k+2)` |
//! | one fair share each, adding up to 1 | [`shapley_effects`] | `N(k+1)` |
//! | which of many matter at all, cheaply | [`elementary_effects`] | `N(k+1)`, with few rows |
//! | whose values move the whole distribution, from draws that are there | [`pawn`] | none |
//! | which way the output goes with each | [`tornado`] | `2k+1` |
//!
//! Where a method needs two independent points a row it takes them from one source of
//! [`Points`] with `2d` columns for `d` inputs: columns `0..d` are the first point, `d..2d` the
//! second. [`point_pairs`] makes one; scrambled Sobol points give the smallest errors.
//!
//! ```
//! use detente_uncertainty::{Sampler, Sampling, problems::Ishigami, sensitivity::*};
//!
//! let sampler = Sampler::new(1997);
//! let points = point_pairs(Sampling::Sobol, sampler, &["x1", "x2", "x3"], 4096)?;
//! let plan = SobolPlan::new(4096, sampler);
//! let model = Ishigami::usual();
//! let indices = sobol_indices(&model, &Factors::single(3)?, &points, &plan)?;
//!
//! // One output, and it does vary.
//! let output = indices.outputs[0].as_ref().ok_or("it varies")?;
//! let (first, total) = (output.first[0], output.total[0]);
//! assert!((first.estimate - 0.3139).abs() < 3.0 * first.standard_error);
//! assert!((total.estimate - 0.5576).abs() < 3.0 * total.standard_error);
//! // The third input does nothing alone.
//! assert!((output.first[2].estimate).abs() < 0.05);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bootstrap;
mod distance;
mod estimate;
mod evaluation;
mod factors;
mod method;
mod morris;
mod order;
mod pawn;
mod points;
mod ratio;
mod row_table;
mod shapley_effects;
mod sobol_indices;
mod sobol_plan;
mod sobol_rows;
mod standard;
#[cfg(test)]
mod tests;
mod tornado;

pub use bootstrap::Bootstrap;
pub use estimate::Estimate;
pub use factors::Factors;
pub use method::Method;
pub use morris::{ElementaryEffects, Morris, MorrisPlan, SignedEffects, elementary_effects};
pub use pawn::{PawnIndex, PawnIndices, PawnPlan, pawn};
pub use points::{Points, point_pairs};
pub use shapley_effects::{OutputEffects, ShapleyEffects, ShapleyPlan, shapley_effects};
pub use sobol_indices::{OutputIndices, PairIndex, SobolIndices, indices_from, sobol_indices};
pub use sobol_plan::{Orders, SobolPlan, SobolShape};
pub use tornado::{Bar, OutputBars, Tornado, TornadoPlan, tornado};
