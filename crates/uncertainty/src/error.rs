use detente_quantity::QuantityError;
use thiserror::Error;

use crate::MAGNITUDE_LIMIT;

/// Why a number, a sample or a set function was refused. Every message names what was given and
/// what was expected.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum UncertaintyError {
    /// A parameter lies outside the range that its distribution allows, or is NaN or infinite.
    #[error("{parameter} is {}; expected {expected}", written(*.given))]
    OutOfRange {
        /// The name of the parameter, in words.
        parameter: &'static str,
        /// The number that was given.
        given: f64,
        /// The allowed range, in words.
        expected: &'static str,
    },
    /// The low, most likely and high values of a triangular number are not in that order.
    #[error(
        "triangular number has low {low}, mode {mode}, high {high}; expected low <= mode <= high"
    )]
    OutOfOrder {
        /// The low value that was given.
        low: f64,
        /// The most likely value that was given.
        mode: f64,
        /// The high value that was given.
        high: f64,
    },
    /// All weights of a discrete number are 0, or it has no values at all.
    #[error(
        "discrete number has {n_values} values of total weight 0; expected a value of positive weight"
    )]
    NoWeight {
        /// How many values were given.
        n_values: usize,
    },
    /// The words name none of the seven verbal bands.
    #[error("unknown verbal probability \"{given}\"; expected one of {expected}")]
    UnknownPhrase {
        /// The words that were given.
        given: String,
        /// The words that are known, in rising order.
        expected: String,
    },
    /// A summary was asked of no numbers.
    #[error("{statistic} of an empty sample; expected at least one number")]
    EmptySample {
        /// What was to be computed.
        statistic: &'static str,
    },
    /// A number in a list is NaN, infinite or too large.
    #[error("{list}: position {position} holds {}; expected {expected}", written(*.given))]
    BadElement {
        /// The name of the list, in words.
        list: &'static str,
        /// Where the number stands, counted from 0.
        position: usize,
        /// The number that was given.
        given: f64,
        /// What is allowed, in words.
        expected: &'static str,
    },
    /// More events were counted than trials.
    #[error("{successes} successes in {trials} trials; expected successes <= trials")]
    TooManySuccesses {
        /// The successes that were given.
        successes: u64,
        /// The trials that were given.
        trials: u64,
    },
    /// A set function over too many causes.
    #[error("set function over {given} causes; expected at most {limit}")]
    TooManyCauses {
        /// The number of causes that was given.
        given: usize,
        /// The largest number allowed.
        limit: usize,
    },
    /// A set function needs one value for every set of causes.
    #[error("set function over {n_causes} causes has {given} values; expected {expected}")]
    WrongLength {
        /// The number of causes.
        n_causes: usize,
        /// The number of values that was given.
        given: usize,
        /// The number of sets, 2 to the power of the number of causes.
        expected: usize,
    },
    /// Set functions over different numbers of causes cannot be averaged.
    #[error("set functions over {first} and {other} causes; expected the same number of causes")]
    UnequalCauses {
        /// The number of causes of the first function.
        first: usize,
        /// The number of causes of one that differs.
        other: usize,
    },
    /// An order of causes leaves one out, names one twice or names one that does not exist.
    #[error("order of causes is {given:?}; expected each of 0 to {n_causes} (exclusive) once")]
    NotAnOrder {
        /// The order that was given.
        given: Vec<usize>,
        /// The number of causes.
        n_causes: usize,
    },
    /// The shares of a population contradict each other.
    #[error("{quantity} is {given}; the other shares leave {low} to {high}")]
    Inconsistent {
        /// What contradicts the rest, in words.
        quantity: &'static str,
        /// The number that was given.
        given: f64,
        /// The smallest number that fits the rest.
        low: f64,
        /// The largest number that fits the rest.
        high: f64,
    },
    /// A number that stands for one of several things stands for none of them.
    #[error("{list} names number {given}; there are {n}, counted from 0")]
    NoSuchNumber {
        /// Where the number stands, in words.
        list: &'static str,
        /// The number that was given.
        given: usize,
        /// How many there are to choose from.
        n: usize,
    },
    /// Too many or too few of something.
    #[error("{list}: {given} given; expected {low} to {high}")]
    BadCount {
        /// What was counted, in words.
        list: &'static str,
        /// How many were given.
        given: usize,
        /// The smallest number allowed.
        low: usize,
        /// The largest number allowed.
        high: usize,
    },
    /// An output of a model is NaN.
    #[error(
        "output {output} of the model is NaN at a point of {n_inputs} coordinates; expected a number"
    )]
    OutputIsNan {
        /// The number of the output.
        output: usize,
        /// The number of coordinates of the point.
        n_inputs: usize,
    },
    /// More inputs than a low-discrepancy sequence has dimensions.
    #[error("{given} dimensions of a Sobol sequence; expected at most {limit}")]
    TooManyDimensions {
        /// The number of dimensions that was asked for.
        given: usize,
        /// The number of dimensions that are tabulated.
        limit: usize,
    },
    /// The word names no way of sampling.
    #[error("unknown sampling \"{given}\"; expected plain, latin or sobol")]
    UnknownSampling {
        /// The word that was given.
        given: String,
    },
    /// Two inputs of a design have the same name, and would have the same draws.
    #[error("input \"{name}\" comes twice in a design; expected a name of its own for each")]
    RepeatedName {
        /// The name that comes twice.
        name: String,
    },
    /// A design of no draws or of too many.
    #[error("{n_draws} draws in {replicates} replicates; expected 1 to {limit} draws in 1 or more")]
    DesignSize {
        /// The draws that were asked for.
        n_draws: usize,
        /// The replicates that were asked for.
        replicates: usize,
        /// The largest number of draws.
        limit: u64,
    },
    /// The draws of a design do not divide into replicates of equal size.
    #[error(
        "{n_draws} draws in {replicates} replicates leave a rest; expected a multiple, the nearest {}",
        nearest(*fewer, *more)
    )]
    UnequalReplicates {
        /// The draws that were asked for.
        n_draws: usize,
        /// The replicates that were asked for.
        replicates: usize,
        /// The next smaller number of draws that divides, 0 if there is none.
        fewer: usize,
        /// The next larger one.
        more: usize,
    },
    /// A design was asked for inputs or draws that it does not have.
    #[error(
        "draws {first} to {end} of input {column}, counted from 0; the design has {n_draws} draws of {n_columns} inputs"
    )]
    OutsideDesign {
        /// The input that was asked for.
        column: usize,
        /// The number of inputs.
        n_columns: usize,
        /// The first draw that was asked for.
        first: usize,
        /// The draw after the last that was asked for.
        end: usize,
        /// The number of draws.
        n_draws: usize,
    },
    /// Two lists that belong together, or a point and its space, differ in length.
    #[error("{list} has {given} numbers; expected {expected}")]
    UnequalLengths {
        /// The name of the list, in words.
        list: &'static str,
        /// Its length.
        given: usize,
        /// The length that the other asks for.
        expected: usize,
    },
    /// Too few numbers for what was to be computed.
    #[error("{statistic} of {given} numbers; expected at least {expected}")]
    SampleTooSmall {
        /// What was to be computed.
        statistic: &'static str,
        /// How many numbers were given.
        given: usize,
        /// How many are needed.
        expected: usize,
    },
    /// All numbers of a list are the same, so that they can go with nothing.
    #[error("{list}: all {n} numbers are {value}; expected at least two different ones")]
    NoVariation {
        /// The name of the list, in words.
        list: &'static str,
        /// Their number.
        n: usize,
        /// Their value.
        value: f64,
    },
    /// The bounds for the number of replicates are not in order, or too low for an error estimate.
    #[error("from {at_least} to {at_most} replicates; expected 2 <= least <= most")]
    ReplicateBounds {
        /// The least number that was given.
        at_least: usize,
        /// The largest number that was given.
        at_most: usize,
    },
    /// A rank correlation between an input and itself, or one that does not exist.
    #[error(
        "rank correlation of inputs {first} and {second}; expected two of 0 to {n_inputs}, the latter excluded"
    )]
    BadPair {
        /// The one input.
        first: usize,
        /// The other.
        second: usize,
        /// The number of inputs.
        n_inputs: usize,
    },
    /// A rank correlation that is given twice.
    #[error("rank correlation of inputs {first} and {second} is given twice; expected once")]
    RepeatedPair {
        /// The one input.
        first: usize,
        /// The other.
        second: usize,
    },
    /// More inputs hang together by rank correlations than are worked out jointly.
    #[error("{given} inputs hang together by rank correlations; expected at most {limit}")]
    TooManyCorrelated {
        /// The number of inputs in the largest group.
        given: usize,
        /// The largest number allowed.
        limit: usize,
    },
    /// Rank correlations that no joint distribution of the copula's family has.
    #[error(
        "rank correlations {} cannot hold together: smallest eigenvalue {smallest_eigenvalue:.2e}, expected at least {least:.0e}",
        listed(pairs)
    )]
    NotPositiveDefinite {
        /// The pairs of the group of inputs concerned, and their rank correlations.
        pairs: Vec<(usize, usize, f64)>,
        /// The smallest eigenvalue of the matrix of normal correlations.
        smallest_eigenvalue: f64,
        /// The smallest that is allowed.
        least: f64,
    },
    /// Factors that do not divide up the inputs.
    #[error("factors of {n_inputs} inputs: {fault}; expected every input in exactly one factor")]
    NotAPartition {
        /// The number of inputs.
        n_inputs: usize,
        /// What is wrong, in words.
        fault: String,
    },
    /// There are more or fewer of something than another argument calls for.
    #[error("{given} {what}; expected {expected}")]
    WrongCount {
        /// What was counted, in words.
        what: &'static str,
        /// The number there was.
        given: usize,
        /// The number there should be.
        expected: usize,
    },
    /// A model gave an output that is NaN, infinite or too large.
    #[error("output {output} of the model is {}; expected a number between -1e100 and 1e100", written(*.given))]
    BadOutput {
        /// The number of the output, counted from 0.
        output: usize,
        /// What the model gave.
        given: f64,
    },
    /// A quantity of the house was refused.
    #[error(transparent)]
    Quantity(#[from] QuantityError),
}

/// A number for a message: with an exponent where its digits would fill the line.
fn written(x: f64) -> String {
    match x.abs() {
        0.0 | 1e-15..1e16 => x.to_string(),
        _ => format!("{x:e}"),
    }
}

/// The nearest positive multiples for a message.
fn nearest(fewer: usize, more: usize) -> String {
    if fewer == 0 {
        format!("is {more}")
    } else {
        format!("are {fewer} and {more}")
    }
}

/// The pairs of a message, at most ten of them.
fn listed(pairs: &[(usize, usize, f64)]) -> String {
    let shown = pairs.iter().take(10);
    let shown = shown.map(|(first, second, spearman)| format!("({first}, {second}) {spearman}"));
    let mut list = shown.collect::<Vec<_>>().join(", ");
    if pairs.len() > 10 {
        list.push_str(&format!(" and {} more", pairs.len() - 10));
    }
    list
}

const MAGNITUDE: &str = "a number between -1e100 and 1e100";

/// Passes on a number within [`MAGNITUDE_LIMIT`] and refuses others by name. Negative zero becomes
/// zero, so that equal numbers look alike.
pub(crate) fn moderate(parameter: &'static str, given: f64) -> Result<f64, UncertaintyError> {
    if given.abs() <= MAGNITUDE_LIMIT {
        Ok(given + 0.0)
    } else {
        Err(UncertaintyError::OutOfRange {
            parameter,
            given,
            expected: MAGNITUDE,
        })
    }
}

/// Checks that every number of a list is within [`MAGNITUDE_LIMIT`]. `O(n)`.
pub(crate) fn all_moderate(list: &'static str, values: &[f64]) -> Result<(), UncertaintyError> {
    let bad = |value: &f64| value.is_nan() || value.abs() > MAGNITUDE_LIMIT;
    match values.iter().position(bad) {
        None => Ok(()),
        Some(position) => Err(UncertaintyError::BadElement {
            list,
            position,
            given: values[position],
            expected: MAGNITUDE,
        }),
    }
}
