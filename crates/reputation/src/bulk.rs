//! Acts by the million: flat arrays in, flat arrays out.
//!
//! The same models as in the rest of the crate, laid out for speed: one array a column, no allocation
//! from act to act, no hashing, work split across cores (feature `parallel`) with the same result to
//! the last bit on any number of threads.
//!
//! - [`TypeFilter`]: beliefs over a few types after every act of one series or of many.
//! - [`FadingBeta`]: beta reputations with a half-life over any number of dyads.
//! - [`ChangePoints`]: a rate that may change at any act, read as it streams in.

mod change_points;
mod columns;
mod fading_beta;
mod kernel;
mod parallel;
mod record;
mod scaled;
mod type_filter;

pub use change_points::{ChangePointParams, ChangePoints, change_points_of_many};
pub use fading_beta::{DyadActs, FadingBeta, FadingBetaParams, MOST_DYADS};
pub use record::DyadReputations;
pub use type_filter::{TypeFilter, TypeFilterParams};
