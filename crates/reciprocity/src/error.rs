use detente_quantity::QuantityError;
use thiserror::Error;

/// Why a game, a strategy or a computation on them was refused. Players and actions are counted
/// from 0.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum ReciprocityError {
    /// Something that needs members has none.
    #[error("{what} is empty; expected at least one {member}")]
    Empty {
        /// What is empty, in words.
        what: String,
        /// What it needs one of.
        member: &'static str,
    },
    /// A list is longer or shorter than what it belongs to.
    #[error("{what} has {given} entries; expected {expected}")]
    Mismatch {
        /// What the list holds, in words.
        what: String,
        /// How many entries were given.
        given: usize,
        /// How many were expected.
        expected: usize,
    },
    /// A payoff is NaN or infinite.
    #[error("{what} is {given}; expected a finite number")]
    NotFinite {
        /// Whose payoff, and where.
        what: String,
        /// The number that was given.
        given: f64,
    },
    /// A player or an action was named that the game does not have.
    #[error("{what} {given} does not exist; expected one of the {limit} from 0")]
    Unknown {
        /// What was named.
        what: &'static str,
        /// The number that was given.
        given: usize,
        /// How many there are.
        limit: usize,
    },
    /// The answer would take more memory or time than was granted.
    #[error("{what} number {given} or more; expected at most {limit}")]
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// How many there are, or how many had been met when the computation was stopped.
        given: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// Weights that are to be the probabilities of a mixed strategy are all zero.
    #[error("weights of a mixed strategy are all zero; expected at least one above zero")]
    NoWeight,
    /// The question supposes that acts are seen as they are, and they may be misread.
    #[error("acts may be misread; expected no errors of perception for {question}")]
    Misread {
        /// What was asked, in words.
        question: &'static str,
    },
    /// Chances so small that their products vanish leave the answer undetermined.
    #[error("{what} is lost to underflow; expected chances further from 0")]
    Underflow {
        /// What could not be computed, in words.
        what: &'static str,
    },
    /// A weight or a probability of a mixed strategy is negative.
    #[error("weight {place} of a mixed strategy is {given}; expected zero or more")]
    NegativeWeight {
        /// Where it stands.
        place: usize,
        /// The weight that was given.
        given: String,
    },
    /// Exact probabilities do not add up to one.
    #[error("probabilities add up to {given}; expected 1")]
    NotOne {
        /// Their sum.
        given: String,
    },
    /// A text does not name a fraction.
    #[error("{given:?} is not a fraction; expected one such as 1/3, -2 or 0.125")]
    NotAFraction {
        /// The text, or its start.
        given: String,
    },
    /// A text does not name a strategy.
    #[error("{given:?} names no strategy; expected {expected}")]
    NotAStrategy {
        /// The text, or its start.
        given: String,
        /// What would do.
        expected: &'static str,
    },
    /// A strategy whose chances depend on the stakes does not exist at these.
    #[error(
        "{strategy} does not exist at these stakes; expected a prisoner's dilemma in which it can be \
         afforded"
    )]
    NotForStakes {
        /// Its name.
        strategy: String,
    },
    /// A number was refused by its type, or by a stricter use of it.
    #[error(transparent)]
    Quantity(#[from] QuantityError),
}

/// Passes a finite number on, without the sign of zero, and refuses NaN and infinities by name.
pub(crate) fn finite(what: impl FnOnce() -> String, given: f64) -> Result<f64, ReciprocityError> {
    if given.is_finite() {
        Ok(given + 0.0)
    } else {
        Err(ReciprocityError::NotFinite {
            what: what(),
            given,
        })
    }
}

/// Refuses a list that does not have as many entries as expected.
pub(crate) fn matching(
    what: impl FnOnce() -> String,
    given: usize,
    expected: usize,
) -> Result<(), ReciprocityError> {
    if given == expected {
        Ok(())
    } else {
        Err(ReciprocityError::Mismatch {
            what: what(),
            given,
            expected,
        })
    }
}

/// Refuses the number of a thing that is not there.
pub(crate) const fn out_of_bounds(
    what: &'static str,
    given: usize,
    limit: usize,
) -> Result<(), ReciprocityError> {
    if given < limit {
        Ok(())
    } else {
        Err(ReciprocityError::Unknown { what, given, limit })
    }
}

/// A number outside the range that its use allows.
pub(crate) const fn out_of_range(
    quantity: &'static str,
    given: f64,
    expected: &'static str,
) -> ReciprocityError {
    ReciprocityError::Quantity(QuantityError::OutOfRange {
        quantity,
        given,
        expected,
    })
}
