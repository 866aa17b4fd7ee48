//! Exact arithmetic: payoffs as whole numbers, tableaux pivoted without fractions, and answers as
//! fractions.

mod arithmetic;
mod entry;
mod fraction;
mod mask;
mod stopped;
mod tableau;
mod vertices;
mod whole;

pub use fraction::Fraction;

pub(crate) use entry::Entry;
pub(crate) use fraction::greatest_common_divisor;
pub(crate) use stopped::{Stopped, exactly};
pub(crate) use tableau::Tableau;
pub(crate) use vertices::{Vertices, enumerate};
pub(crate) use whole::{Whole, shifted};
