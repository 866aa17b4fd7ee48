//! Acts by the million, as a biased observer reads them: the same beliefs as
//! [`posterior`](detente_reputation::posterior) under a [`BiasProfile`](crate::BiasProfile), from records in which an
//! act is one byte.
//!
//! What an act is taken to show depends on the belief only through who leads, and through the need of
//! reassurance. So each kind of act is read once for every way in which it may meet a belief, and an act
//! then costs a comparison, a look into a table and a sum, and a power where there is need.
//!
//! The kinds are read by the profile itself; who leads, how an act bears on it and what is already believed are
//! computed here a second time, in arrays of fixed length. A property over random profiles, priors and records
//! holds the two to 10⁻¹² of a log-weight. Whatever the tables cannot hold so closely is read act by act, through [`Filter`](detente_reputation::Filter), the one definition of a reading.

mod compiled;
mod filter;
mod kind;

pub use filter::{BiasedFilter, BiasedFilterParams};
