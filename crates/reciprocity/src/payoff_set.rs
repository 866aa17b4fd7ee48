//! What patience can sustain: the payoffs of all equilibria of a repeated game, with certificates.
//!
//! - [`equilibrium_payoffs`] finds them for two players who see what each other does.
//! - [`PayoffSet::support`] says how: path and punishments, which [`Support::least_loss`] checks.
//! - [`payoff_bounds`] brackets them for any number of players.
//! - [`public_payoffs`] finds or brackets them for two players who see only signals.

mod better;
mod certificate;
mod fixed;
mod inner;
mod many;
mod plane;
mod public;
mod reading;
mod rounds;
mod set;
mod stage;
mod structure;
mod support;
mod target;
#[cfg(test)]
mod tests;

use set::Play;

pub(crate) use reading::{exactly, patience, simple};
pub(crate) use target::{Question, Target};

pub use many::{HalfSpace, PayoffBounds, payoff_bounds};
pub use public::{PublicPayoffSet, public_payoffs};
pub use reading::exact_payoffs;
pub use rounds::Stop;
pub use set::{PayoffSet, SetKind, equilibrium_payoffs, equilibrium_payoffs_at};
pub use support::{Chance, PathState, Support};
