use thiserror::Error;

/// Why an agreement space, a utility or a payoff matrix was refused. Issues, options, parties and
/// agreements are counted from 0.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum PayoffError {
    /// A space was given without issues.
    #[error("agreement space has no issues; expected at least one")]
    NoIssues,
    /// An issue was given without options.
    #[error("issue {issue} has no options; expected at least one")]
    NoOptions {
        /// The issue.
        issue: usize,
    },
    /// An issue has more options than can be numbered.
    #[error("issue {issue} has {given} options; expected at most {limit}")]
    TooManyOptions {
        /// The issue.
        issue: usize,
        /// How many options were given.
        given: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// An issue was named that the space does not have.
    #[error("issue {issue} does not exist; expected one of the {n_issues} issues from 0")]
    UnknownIssue {
        /// The issue that was named.
        issue: usize,
        /// How many issues there are.
        n_issues: usize,
    },
    /// An option was named that its issue does not have.
    #[error(
        "option {option} of issue {issue} does not exist; expected one of its {n_options} options \
         from 0"
    )]
    UnknownOption {
        /// The issue.
        issue: usize,
        /// The option that was named.
        option: usize,
        /// How many options the issue has.
        n_options: usize,
    },
    /// A forbidden combination names nothing, and so would forbid every agreement.
    #[error("forbidden combination is empty; expected at least one issue and option")]
    EmptyCombination,
    /// A forbidden combination asks for two options of one issue at once.
    #[error(
        "forbidden combination asks for options {first} and {second} of issue {issue} at once; \
         expected one option an issue"
    )]
    Contradiction {
        /// The issue named twice.
        issue: usize,
        /// The lower of its two options.
        first: usize,
        /// The higher of its two options.
        second: usize,
    },
    /// Points on issues that cannot be compared.
    #[error(
        "points of party {party} include or sum to {given}; expected finite numbers, 0 or more, with the \
         same positive total for both parties"
    )]
    Points {
        /// The party.
        party: usize,
        /// The number that was refused.
        given: f64,
    },
    /// Central values lie outside the ranges that they are said to be in.
    #[error(
        "gain of party {party} from agreement {agreement} is not between its least and its greatest; \
         expected corners on either side of the central values"
    )]
    RangeOrder {
        /// The party.
        party: usize,
        /// The agreement.
        agreement: usize,
    },
    /// A party's weight is not a positive number.
    #[error("weight of party {party} is {given}; expected a finite number above 0")]
    Weight {
        /// The party.
        party: usize,
        /// The weight that was given.
        given: f64,
    },
    /// A reference point that no bargain could start from.
    #[error(
        "reference payoff of party {party} is {given}; expected at least its nonagreement payoff \
         {low} and less than its ideal payoff {high}"
    )]
    Reference {
        /// The party.
        party: usize,
        /// The reference payoff that was given.
        given: f64,
        /// The party's nonagreement payoff.
        low: f64,
        /// The party's ideal payoff over the agreements from which no party loses.
        high: f64,
    },
    /// Every combination of options is forbidden.
    #[error("no agreement is feasible; expected the forbidden combinations to leave at least one")]
    NothingFeasible,
    /// The space is too large to be listed.
    #[error(
        "agreement space has {} combinations of {n_issues} issues; expected at most \
         {limit} to list them",
        .combinations.map_or_else(|| "more than 2^128".to_owned(), |count| count.to_string())
    )]
    TooManyAgreements {
        /// The product of the issues' sizes; `None` beyond 128 bits.
        combinations: Option<u128>,
        /// How many issues there are.
        n_issues: usize,
        /// How many combinations can be listed with so many issues.
        limit: usize,
    },
    /// Issues that must be settled together have too many joint choices.
    #[error(
        "the {n_issues} issues coupled with issue {first} have more than {limit} joint choices; \
         expected fewer forbidden combinations and interactions that chain issues together"
    )]
    TooManyJoint {
        /// The first of the coupled issues.
        first: usize,
        /// How many issues are coupled.
        n_issues: usize,
        /// How many joint choices are allowed.
        limit: usize,
    },
    /// A search would have to hold more than it may.
    #[error(
        "{search} would hold more than {limit} {what} after {settled} of {n_blocks} issues; expected \
         fewer: raise the limit, or ask for the part above nonagreement"
    )]
    TooManyHeld {
        /// The search, in words.
        search: &'static str,
        /// What it holds, in words.
        what: &'static str,
        /// How many it may hold.
        limit: usize,
        /// How many issues, coupled ones counted as one, were settled by then.
        settled: usize,
        /// How many issues, coupled ones counted as one, there are.
        n_blocks: usize,
    },
    /// There are more parties than the search can tell apart.
    #[error("there are {given} parties; expected at most {limit} to count packages")]
    TooManyParties {
        /// How many parties there are.
        given: usize,
        /// How many are allowed.
        limit: usize,
    },
    /// A party was named that there is not.
    #[error("party {party} does not exist; expected one of the {n_parties} parties from 0")]
    UnknownParty {
        /// The party that was named.
        party: usize,
        /// How many parties there are.
        n_parties: usize,
    },
    /// The list would not fit in memory.
    #[error("no memory for {entries} entries")]
    OutOfMemory {
        /// How many numbers were to be stored.
        entries: usize,
    },
    /// A list does not have the length that its partner asks for.
    #[error("{what} has {given} entries; expected {expected}")]
    Mismatch {
        /// The list, in words, with its place.
        what: String,
        /// Its length.
        given: usize,
        /// The length that was needed.
        expected: usize,
    },
    /// A number is NaN or infinite.
    #[error("{quantity} is {given}; expected a finite number")]
    NotFinite {
        /// The number's meaning and place, in words.
        quantity: String,
        /// The number that was given.
        given: f64,
    },
    /// Numbers are finite one by one, but their sums or differences would not be.
    #[error(
        "the sizes of {quantity} could add up to more than 4e307, a quarter of the largest number; expected smaller units"
    )]
    Overflow {
        /// The numbers' meaning, in words.
        quantity: &'static str,
    },
    /// An interaction joins an issue with itself.
    #[error("interaction joins issue {issue} with itself; expected two different issues")]
    SelfInteraction {
        /// The issue.
        issue: usize,
    },
    /// A utility given as a table has no issues to be read by, or to interact.
    #[error("utility is a table over agreements; expected an additive utility for {purpose}")]
    NotAdditive {
        /// What was asked of it, in words.
        purpose: &'static str,
    },
    /// A payoff matrix was given without parties.
    #[error("payoff matrix has no parties; expected at least one")]
    NoParties,
    /// A party has no nonagreement payoff.
    #[error(
        "party {party} has no nonagreement payoff; expected one for each of the {n_parties} parties"
    )]
    MissingNonagreement {
        /// The first party without one.
        party: usize,
        /// How many parties there are.
        n_parties: usize,
    },
}

/// Passes on a finite number, with negative zero as zero, and refuses NaN and infinities by name.
pub(crate) fn finite(quantity: impl FnOnce() -> String, given: f64) -> Result<f64, PayoffError> {
    if given.is_finite() {
        Ok(given + 0.0)
    } else {
        Err(PayoffError::NotFinite {
            quantity: quantity(),
            given,
        })
    }
}

/// Refuses a length other than the expected one, by name.
pub(crate) fn matching(
    what: impl FnOnce() -> String,
    given: usize,
    expected: usize,
) -> Result<(), PayoffError> {
    if given == expected {
        Ok(())
    } else {
        Err(PayoffError::Mismatch {
            what: what(),
            given,
            expected,
        })
    }
}
