//! One draw of a case: what the parties face, what they believe, what they accept.

mod acceptance;
mod beliefs;
mod decision;
mod margins;
mod removal;
mod survey;
mod threshold;
mod world;

pub(crate) use acceptance::{Conduct, Rule, signed};
pub(crate) use beliefs::{Lens, ViewWorld, Watched, bias, unbelieved, watched};
pub(crate) use decision::Decision;
pub(crate) use margins::{Margins, Scratch, attaining, margins};
pub(crate) use removal::{MAX_PARTIES, MAX_PARTIES_BY_OBSTACLE, REMOVABLE, Removals, removals};
pub(crate) use survey::{Standing, Survey, survey};
pub(crate) use world::{LeaderWorld, MessagesWorld, PartyWorld, Sight, TypeWorld, World, resolve};
