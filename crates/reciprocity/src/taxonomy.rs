//! 2 × 2 games by the order of their payoffs: classes, what is near them and what they are taken
//! for.

mod border;
mod class;
mod interval;
mod order;
mod outcome;
mod perceived;

pub use border::{ClassMove, Direction, class_moves};
pub use class::{Dominance, GameClass};
pub use interval::possible_classes;
pub use outcome::OutcomeFamily;
pub use perceived::{Expectation, PerceivedGame, Reading, readings_with_temptation_first};
