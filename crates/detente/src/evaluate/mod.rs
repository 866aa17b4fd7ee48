//! One draw of a case: what the parties face, what they believe, what they accept.

mod acceptance;
mod beliefs;
mod margins;
mod removal;
mod survey;
mod world;

pub(crate) use acceptance::Rule;
pub(crate) use beliefs::{Lens, ViewWorld};
pub(crate) use margins::{Margins, Scratch, margins};
pub(crate) use removal::{REMOVABLE, Removals, removals};
pub(crate) use survey::{Standing, Survey, survey};
pub(crate) use world::{Sight, World};
