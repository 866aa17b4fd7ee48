//! Which causes brought an outcome about, and how much of it each: what is known of a cause that
//! can be taken away.
//!
//! - **In one case, by counterfactual**: [`SetFunction`] with its Shapley shares, waterfall,
//!   actual causes and responsibilities; [`CausalModel`] where causes act through each other.
//! - **Over draws, on common random numbers**: [`Necessity`], the chance that the cause was
//!   necessary, sufficient or both.
//! - **From data alone**: [`Evidence`], what experiments and records say of the same chances.
//! - **Of many causes**: [`shapley_sampled`].

mod actual;
mod evidence;
mod identified;
mod minimal_sets;
mod necessity;
mod responsibility;
mod sampled;
mod set_function;
mod structural;
mod waterfall;

pub use evidence::{Evidence, Shares};
pub use identified::Identified;
pub use necessity::{Necessity, Pairs};
pub use sampled::{SampledShapley, SampledShare, shapley_sampled};
pub use set_function::{MAX_CAUSES, SetFunction, Share};
pub use structural::{CausalModel, CausalModelBuilder, Intervention, MAX_VARIABLES};
pub use waterfall::Step;
