//! Strategies with finitely many states, and what they do to each other under noise.
//!
//! An [`Automaton`] is a Moore machine: in each state it means to honour with some probability,
//! and what it did and what it saw take it to the next state. Acts may slip and may be misread
//! ([`Noise`]). An [`Encounter`] of two automata is a finite Markov chain on pairs of states, so
//! all its payoffs are solved, none simulated. Every elimination is free of subtraction
//! (Grassmann, Taksar and Heyman 1985), so shares are accurate in every digit however rare the
//! errors and however patient the parties.

mod automaton;
mod best_response;
mod chain;
mod classes;
mod elimination;
mod encounter;
mod equilibrium;
mod evolution;
mod generosity;
mod memory_one;
pub mod named;
mod noise;
mod outcomes;
mod repeated_game;
mod succession;
mod tournament;

pub use automaton::{Automaton, AutomatonState, MAX_STATES};
pub use best_response::BestResponse;
pub use encounter::{Encounter, LongRun, RecurrentClass};
pub use equilibrium::{NashTest, OneShotDeviation, PerfectionTest};
pub use evolution::{Contest, Fixation, Invasion, Population};
pub use generosity::{most_generous, most_generous_in_the_long_run};
pub use memory_one::MemoryOne;
pub use noise::Noise;
pub use outcomes::OutcomeShares;
pub use repeated_game::RepeatedGame;
pub use succession::Succession;
pub use tournament::{Horizon, MAX_ENTRIES, Standing, Tournament};
