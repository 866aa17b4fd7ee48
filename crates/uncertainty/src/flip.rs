//! The nearest change of a verdict: how far the inputs of a model must move, each in units of its
//! own uncertainty, for one of its outputs to change sign.
//!
//! Everything happens in the *standard normal space*: the coordinate `u` of a
//! [`Response`](crate::Response) is `Φ(z)`, so that `z = 0` is the median of an input, `z = ±1` its
//! 16th and 84th percentiles, and moves of different inputs compare. The *margin*, one output of
//! the model, is positive on one side of the verdict and 0 or negative on the other.
//!
//! - [`nearest_flip`]: the smallest move that flips the verdict, by three norms.
//! - [`diverse_flips`]: flips that move different things.
//! - [`reliability`]: how likely the verdict of the medians is to be wrong, to first order.
//! - [`robustness_radius`]: by what share of their ranges all inputs may move at once.
//!
//! Margins of interest are maxima and minima of smooth pieces, with kinks and jumps. The searches
//! use slopes where there are any, but trust only points that they have evaluated: what they
//! return *does* flip, while a nearer flip may have been missed.

mod checks;
mod cuts;
mod diverse;
mod ends;
mod fewest;
mod nearest;
mod normal;
mod polish;
mod prober;
mod radius;
mod record;
mod reliability;
mod search;
mod segment;
mod slope;
mod space;
mod starts;
#[cfg(test)]
mod tests;

pub use diverse::{DiverseFlip, FlipGroup, diverse_flips};
pub use ends::Ends;
pub use nearest::nearest_flip;
pub use normal::normal_score;
pub use radius::{BoxFlip, RadiusSearch, Robustness, robustness_radius};
pub use record::{Distances, Flip, FlipMethod};
pub use reliability::{Reliability, reliability};
pub use search::{Effort, FlipSearch, Norm};
