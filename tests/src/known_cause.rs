//! Worlds whose cause is known because they were built to have it, what a coder makes of them, and
//! what an assessment of that says.
//!
//! A world is built from the model's formulas (§1–§6): roles are given out first, then each number is
//! solved for the side of its threshold that the role asks for, with slack. No assessment is asked
//! while building, and no world is left out for what one says of it. Exact at first, its numbers are
//! then coded as ranges that miss the truth by a stated error.

mod coding;
mod dice;
mod evidence;
mod exposure;
mod front;
mod kind;
mod methods;
mod plan;
pub mod print;
mod stakes;
pub mod tally;
mod world;
mod written;

use std::error::Error;

use detente::{case::Number, uncertainty::Uncertain};

pub use coding::coded;
pub use kind::{Attributed, Kind, short};
pub use methods::{Method, attributed_by};
pub use world::World;

/// What is built, unless the construction or its assessment goes wrong.
pub type Built<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn number(value: f64) -> Built<Number> {
    Ok(Uncertain::point(value)?.into())
}
