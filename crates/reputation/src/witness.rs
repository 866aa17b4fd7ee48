//! What a report is worth, given what is known of the witness: four answers under their names.

mod discounting;
mod informative;
mod opinion;
mod travos;

pub use discounting::Discounting;
pub use opinion::Opinion;
pub use travos::{Travos, TravosAdvice};
