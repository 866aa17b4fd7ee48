//! Which causes brought an outcome about, and how much of it each: what is known of a cause that
//! can be taken away.
//!
//! - **In one case, by counterfactual**: [`SetFunction`] with its Shapley shares, waterfall,
//!   actual causes and responsibilities.
//! - **Over draws, on common random numbers**: [`Necessity`], the chance that the cause was
//!   necessary, sufficient or both.

mod minimal_sets;
mod necessity;
mod responsibility;
mod set_function;
mod waterfall;

pub use necessity::{Necessity, Pairs};
pub use set_function::{MAX_CAUSES, SetFunction, Share};
pub use waterfall::Step;
