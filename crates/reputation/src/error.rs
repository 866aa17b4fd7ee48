use detente_quantity::Date;
use thiserror::Error;

/// Why a belief, an act or a reputation was refused. Positions of acts count from 1, types from 0.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ReputationError {
    /// A belief or an act's evidence speaks of no type at all.
    #[error("{what} names no types; expected at least one")]
    NoTypes {
        /// What was being built, in words.
        what: &'static str,
    },
    /// The probabilities of a belief do not add up to 1.
    #[error("probabilities of the types add up to {sum}; expected 1 to within 1e-9")]
    Unnormalised {
        /// The sum that was given.
        sum: f64,
    },
    /// A belief over two or more types holds one of them certain or impossible.
    #[error(
        "type {position} has probability {given}, which no evidence can move; expected a value \
         strictly between 0 and 1, or a belief declared dogmatic"
    )]
    Certainty {
        /// The place of the type, from 0.
        position: usize,
        /// The probability that was given: 0 or 1.
        given: f64,
    },
    /// A log-weight of a belief is NaN or positively infinite, or every type is ruled out.
    #[error(
        "log-weight of type {position} is {given}; expected a finite number for some type and \
             negative infinity for types ruled out"
    )]
    LogWeight {
        /// The place of the type, from 0.
        position: usize,
        /// The log-weight that was given.
        given: f64,
    },
    /// A relative likelihood is not positive and finite.
    #[error(
        "relative likelihood of type {position} is {given}; expected a positive, finite number"
    )]
    Ratio {
        /// The place of the type, from 0.
        position: usize,
        /// The relative likelihood that was given.
        given: f64,
    },
    /// Evidence that proved something was to be taken back.
    #[error(
        "type {position} could not have done the act, and a certainty cannot be retracted; expected \
         evidence with a likelihood above 0 for every type"
    )]
    Irrevocable {
        /// The place of the type that the evidence rules out, from 0.
        position: usize,
    },
    /// An act speaks of another number of types than the belief it should move.
    #[error("act {act} speaks of {given} types; expected {expected}, as in the belief")]
    TypeCount {
        /// The place of the act in its stream, from 1.
        act: usize,
        /// How many types the act's evidence speaks of.
        given: usize,
        /// How many types the belief ranges over.
        expected: usize,
    },
    /// An act is impossible under every type the observer still holds possible.
    #[error(
        "act {act} is impossible under every type still held possible; expected at least one \
             type that could have done it"
    )]
    Impossible {
        /// The place of the act in its stream, from 1.
        act: usize,
    },
    /// A reader supplied a number that no belief can be updated with.
    #[error("the reading of act {act} gives {given} as its {quantity}; expected {expected}")]
    Reading {
        /// The place of the act in its stream, from 1.
        act: usize,
        /// Which number of the reading, in words.
        quantity: &'static str,
        /// The number that was given.
        given: f64,
        /// The allowed range, in words.
        expected: &'static str,
    },
    /// A count of acts or a prior weight of a reputation is out of range.
    #[error("{quantity} is {given}; expected {expected}")]
    Count {
        /// The name of the count, in words.
        quantity: &'static str,
        /// The number that was given.
        given: f64,
        /// The allowed range, in words.
        expected: &'static str,
    },
    /// A parameter lies outside its range.
    #[error("{quantity} is {given}; expected {expected}")]
    OutOfRange {
        /// The name of the parameter, in words.
        quantity: &'static str,
        /// The number that was given.
        given: f64,
        /// The allowed range, in words.
        expected: &'static str,
    },
    /// An array is longer or shorter than another says it should be.
    #[error("{array} holds {given} entries; expected {expected}")]
    Length {
        /// The name of the array, in words.
        array: &'static str,
        /// How many entries were given.
        given: usize,
        /// How many were expected.
        expected: usize,
    },
    /// An entry of an array names a dyad, a symbol or a place that does not exist.
    #[error("entry {position} of {array} is {given}; expected a number from {least} to {most}")]
    Entry {
        /// The name of the array, in words.
        array: &'static str,
        /// The place of the entry, from 0.
        position: usize,
        /// The entry that was given.
        given: usize,
        /// The least that is allowed.
        least: usize,
        /// The most that is allowed.
        most: usize,
    },
    /// Days of an array go back in time.
    #[error("entry {position} of {array} is day {given}; expected day {earliest} or later")]
    DayOrder {
        /// The name of the array, in words.
        array: &'static str,
        /// The place of the entry, from 0.
        position: usize,
        /// The day that was given.
        given: i32,
        /// The day it may not lie before.
        earliest: i32,
    },
    /// A day lies before one that was already read.
    #[error("day {given} lies before the last one read; expected {earliest} or later")]
    DateOrder {
        /// The day that was given.
        given: Date,
        /// The day it may not lie before.
        earliest: Date,
    },
    /// The chances of a row of a matrix do not add up to 1.
    #[error("row {row} of {matrix} adds up to {sum}; expected 1 to within 1e-9")]
    RowSum {
        /// The name of the matrix, in words.
        matrix: &'static str,
        /// The place of the row, from 0.
        row: usize,
        /// The sum that was given.
        sum: f64,
    },
    /// An act is dated before the act in front of it.
    #[error(
        "act {act} is dated {date}, before the act in front of it ({after}); expected acts in order of date"
    )]
    Order {
        /// The place of the act in its stream, from 1.
        act: usize,
        /// Its date.
        date: Date,
        /// The date of the act in front of it.
        after: Date,
    },
    /// Acts to be read together are of different days.
    #[error("act {act} is dated {date}; expected {expected}, the day of the acts read with it")]
    Day {
        /// The place of the act in its stream, from 1.
        act: usize,
        /// Its date.
        date: Date,
        /// The day of the first act read with it.
        expected: Date,
    },
    /// An act or a shock is dated before the prior that it should move.
    #[error("{what} {place} is dated {date}; expected {since} or later, the day of the prior")]
    BeforePrior {
        /// An act or a shock.
        what: &'static str,
        /// Its place, from 1.
        place: usize,
        /// Its date.
        date: Date,
        /// The day on which the prior was held.
        since: Date,
    },
    /// Two settings that no exact engine can combine.
    #[error("{first} cannot be combined exactly with {second}; expected at most one of the two")]
    Inexact {
        /// One setting, in words.
        first: &'static str,
        /// The other, in words.
        second: &'static str,
    },
    /// A symbol that learnt conduct does not know.
    #[error(
        "act {act} is symbol {given}; expected one of the {expected} symbols of learnt conduct, from 0"
    )]
    Symbol {
        /// The place of the act in its stream, from 1.
        act: usize,
        /// The symbol that was given.
        given: usize,
        /// How many symbols conduct is learnt over; 0 if none is learnt.
        expected: usize,
    },
    /// Evidence without absolute likelihoods, asked for the chance of its contrary.
    #[error(
        "act {act} gives relative likelihoods only; expected absolute ones, as it was seen through a channel with errors"
    )]
    Relative {
        /// The place of the act in its stream, from 1.
        act: usize,
    },
    /// More work or memory than the engine grants.
    #[error("{what} needs {needed}; expected at most {limit}")]
    TooLarge {
        /// What would have been built, in words.
        what: &'static str,
        /// How much it needs.
        needed: usize,
        /// How much is granted.
        limit: usize,
    },
    /// Hindsight asked of beliefs that are not the posterior of any model.
    #[error("there is no smoothed belief under {because}; expected readings by Bayes' rule")]
    NoHindsight {
        /// What stands in the way, in words.
        because: &'static str,
    },
}
