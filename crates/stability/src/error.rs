use thiserror::Error;

/// Why a conflict, an option form or a preference was refused. Players, options and states are
/// counted from 0.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum StabilityError {
    /// There is nobody in the conflict.
    #[error("conflict has no players; expected at least one")]
    NoPlayers,
    /// There are more players than can be told apart.
    #[error("conflict has {given} players; expected at most {limit}{purpose}")]
    TooManyPlayers {
        /// How many players were given.
        given: usize,
        /// How many are allowed.
        limit: usize,
        /// What for, in words that follow the limit; empty for any purpose.
        purpose: &'static str,
    },
    /// There is no state.
    #[error("conflict has no states; expected at least one that is feasible")]
    NoStates,
    /// There are more states than relations between them can be held of.
    #[error("conflict has {}{given} states; expected at most {limit}", if *.at_least { "more than " } else { "" })]
    TooManyStates {
        /// How many states there are, or how many were counted before counting was given up.
        given: usize,
        /// Whether there may be more.
        at_least: bool,
        /// How many are allowed.
        limit: usize,
    },
    /// So few of the combinations of options are feasible that finding them takes too long.
    #[error(
        "{n_options} options have too many combinations to search for feasible ones; expected \
         patterns that rule out more of them, or the feasible states one by one"
    )]
    TooManyCombinations {
        /// How many options there are.
        n_options: usize,
    },
    /// There are more moves than are allowed.
    #[error("conflict has {given} moves; expected at most {limit}")]
    TooManyMoves {
        /// How many moves there are.
        given: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// There are more options than a state's code can hold.
    #[error("option form has {given} options; expected at most {limit}")]
    TooManyOptions {
        /// How many options were given.
        given: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// A player, an option or a state was named that there is not.
    #[error("{what} {given} does not exist; expected one of {count} from 0")]
    Unknown {
        /// Player, option or state, and where it was named.
        what: &'static str,
        /// The number that was named.
        given: usize,
        /// How many there are.
        count: usize,
    },
    /// A code is not that of a feasible state.
    #[error("{code} is the code of no feasible state; expected one of {} feasible states", .n_states)]
    UnknownCode {
        /// The code.
        code: u64,
        /// How many states are feasible.
        n_states: usize,
    },
    /// A state was named twice where once is enough.
    #[error("state {state} stands twice in {what}; expected it once")]
    Twice {
        /// The state.
        state: usize,
        /// The list, in words.
        what: &'static str,
    },
    /// A code was named twice where once is enough.
    #[error("code {code} stands twice in {what}; expected it once")]
    CodeTwice {
        /// The code.
        code: u64,
        /// The list, in words.
        what: &'static str,
    },
    /// A ranking leaves a state out.
    #[error("state {state} has no place in the ranking; expected each of {n_states} states once")]
    Unranked {
        /// The first state that was left out.
        state: usize,
        /// How many states there are.
        n_states: usize,
    },
    /// A move leads nowhere.
    #[error("player {player} moves from state {state} to itself; expected another state")]
    NoMove {
        /// Whose move.
        player: usize,
        /// The state.
        state: usize,
    },
    /// Preferences contradict one another.
    #[error(
        "state {better} is to be better than {worse}, but what else is given makes {worse} at least \
         as good; expected preferences without a circle"
    )]
    Circle {
        /// The state that is said to be better.
        better: usize,
        /// The state that is said to be worse.
        worse: usize,
    },
    /// Two lists that go together differ in length.
    #[error("{what} has {given} entries; expected {expected}")]
    Mismatch {
        /// The list, in words.
        what: &'static str,
        /// Its length.
        given: usize,
        /// The length that was needed.
        expected: usize,
    },
    /// A number is NaN or infinite.
    #[error("{what} {place} is {given}; expected a finite number")]
    NotFinite {
        /// The number's meaning, in words.
        what: &'static str,
        /// Its place in its list.
        place: usize,
        /// The number.
        given: f64,
    },
    /// A pattern asks an option to be taken and not to be.
    #[error("pattern asks option {option} both to be taken and not to be; expected one of them")]
    Contradiction {
        /// The option.
        option: usize,
    },
    /// A pattern fits every state.
    #[error("pattern names no option; expected at least one")]
    EmptyPattern,
    /// There are more rules that bar moves than can be told apart.
    #[error("option form bars moves by more than {limit} rules; expected fewer")]
    TooManyRules {
        /// How many are allowed.
        limit: usize,
    },
    /// There is more of something than is gone through for every state.
    #[error("there are {given} {what}; expected at most {limit}")]
    TooMany {
        /// Of what, in words.
        what: &'static str,
        /// How many there are.
        given: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// A coalition has no members.
    #[error("coalition has no members; expected at least one player")]
    EmptyCoalition,
    /// No stability concept has such letters.
    #[error("{given:?} is no stability concept; expected r, gmr, smr, seq or sseq")]
    UnknownConcept {
        /// What was given, its beginning if it is long.
        given: String,
    },
    /// A statement about options cannot be read.
    #[error("statement cannot be read at byte {at}: {found}; expected {expected}")]
    Statement {
        /// Where, in bytes from the beginning of the text.
        at: usize,
        /// What was found there.
        found: String,
        /// What could have stood there.
        expected: &'static str,
    },
    /// A statement is longer than is allowed.
    #[error("statement has {given} words; expected at most {limit}")]
    StatementTooLong {
        /// How many options and connectives it has.
        given: usize,
        /// How many are allowed.
        limit: usize,
    },
}

/// Refuses a number beyond `count`, by name.
pub(crate) const fn known(
    what: &'static str,
    given: usize,
    count: usize,
) -> Result<usize, StabilityError> {
    if given < count {
        Ok(given)
    } else {
        Err(StabilityError::Unknown { what, given, count })
    }
}
