use detente_payoff::PayoffError;
use detente_reciprocity::ReciprocityError;
use thiserror::Error;

use crate::{Format, Place};

/// Why a text was not read, or a value not written.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum FormatError {
    /// There is no text.
    #[error("the text is empty; expected {}", Format::names())]
    Empty,
    /// The text begins like no format that is read.
    #[error(
        "{place}: found {given}; expected the beginning of {}",
        Format::names()
    )]
    Unrecognised {
        /// Where the first word stands.
        place: Place,
        /// How the text begins.
        given: String,
    },
    /// The format is known and was left out of this build.
    #[error("the text is {format}; expected a build with the feature `{}`", format.feature())]
    NotBuilt {
        /// The format.
        format: Format,
    },
    /// The text is not UTF-8.
    #[error("{place}: found {given}; expected text in UTF-8")]
    Encoding {
        /// Where the first byte stands that is not.
        place: Place,
        /// The byte, or the encoding if it says which.
        given: String,
    },
    /// Something other than what the format asks for.
    #[error("{place}: found {given}; expected {expected}")]
    Unexpected {
        /// Where it stands.
        place: Place,
        /// What stands there.
        given: String,
        /// What should.
        expected: String,
    },
    /// Something that the format asks for is not there.
    #[error("{place}: {what} is missing; expected {expected}")]
    Missing {
        /// Where it should stand, or where what lacks it begins.
        place: Place,
        /// What is missing.
        what: String,
        /// What it should be.
        expected: String,
    },
    /// A name of something that there is not.
    #[error("{place}: {what} {given:?} does not exist; expected one of {expected}")]
    Unknown {
        /// Where it is named.
        place: Place,
        /// What kind of thing it is.
        what: &'static str,
        /// The name.
        given: String,
        /// The names that there are, or the first of them.
        expected: String,
    },
    /// Something is there twice.
    #[error("{place}: {what} is there twice; expected it once")]
    Twice {
        /// Where it is for the second time.
        place: Place,
        /// What it is.
        what: String,
    },
    /// Something that the format can say and the models here cannot hold.
    #[error("{place}: {what} cannot be represented; expected {expected}")]
    Unsupported {
        /// Where it is said.
        place: Place,
        /// What is said.
        what: String,
        /// What could be said instead.
        expected: String,
    },
    /// The text, or what comes of it, is larger than was granted.
    #[error("{what} number more than {limit}; expected at most so many")]
    TooMany {
        /// What there is too much of.
        what: &'static str,
        /// How much is allowed.
        limit: usize,
    },
    /// Several faults of one text, in the order in which they were met.
    #[error("{}", several(listed, *others))]
    Several {
        /// The faults, the first twenty where there are more.
        listed: Vec<FormatError>,
        /// How many there are beyond those listed.
        others: usize,
    },
    /// Texts that are to be about one negotiation are not.
    #[error("{what}: {first:?} in one text and {second:?} in another; expected one negotiation")]
    Disagree {
        /// In what they differ.
        what: String,
        /// What the first says.
        first: String,
        /// What the other says.
        second: String,
    },
    /// No text says what is negotiated, or for whom.
    #[error("{what} in none of the texts; expected {expected}")]
    Incomplete {
        /// What is missing.
        what: &'static str,
        /// What would give it.
        expected: &'static str,
    },
    /// A party has no nonagreement payoff.
    #[error(
        "party {party:?} has no nonagreement payoff; expected one: what a party has if nothing is \
         agreed is never taken to be 0"
    )]
    MissingNonagreement {
        /// The party.
        party: String,
    },
    /// A value does not hold together.
    #[error("{what}; expected {expected}")]
    Inconsistent {
        /// What is wrong.
        what: String,
        /// What would be right.
        expected: String,
    },
    /// The format cannot say what the value holds.
    #[error("{what} cannot be written as {format}; expected {expected}")]
    Unwritable {
        /// The format.
        format: Format,
        /// What cannot be said.
        what: String,
        /// What can.
        expected: &'static str,
    },
    /// A negotiation of several parties for a format that has a file for each.
    #[error(
        "a negotiation of {parties} parties cannot be written as {format}; expected one profile for each party"
    )]
    SeveralParties {
        /// The format.
        format: Format,
        /// How many parties there are.
        parties: usize,
    },
    /// A negotiation that the payoff crate refused.
    #[error(transparent)]
    Payoff(#[from] PayoffError),
    /// A game that the reciprocity crate refused.
    #[error(transparent)]
    Game(#[from] ReciprocityError),
}

/// A line for each of several faults.
fn several(listed: &[FormatError], others: usize) -> String {
    let lines = listed.iter().map(|fault| format!("\n  {fault}"));
    let more = (others > 0).then(|| format!("\n  and {others} more"));
    let all: String = lines.chain(more).collect();
    format!("{} faults{all}", listed.len() + others)
}

/// What a message shows of a text: its beginning, in quotes.
pub(crate) fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    if text.chars().nth(SHOWN).is_none() {
        return format!("{text:?}");
    }
    let start: String = text.chars().take(SHOWN).collect();
    format!("{:?}", format!("{start}…"))
}

/// The first few names of a list.
pub(crate) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    const SHOWN: usize = 8;
    let mut names = names.into_iter();
    let mut shown: Vec<String> = names.by_ref().take(SHOWN).map(quoted).collect();
    if names.next().is_some() {
        shown.push("…".to_owned());
    }
    shown.join(", ")
}

pub(crate) fn unexpected(
    place: Place,
    given: impl Into<String>,
    expected: impl Into<String>,
) -> FormatError {
    FormatError::Unexpected {
        place,
        given: given.into(),
        expected: expected.into(),
    }
}

pub(crate) fn missing(
    place: Place,
    what: impl Into<String>,
    expected: impl Into<String>,
) -> FormatError {
    FormatError::Missing {
        place,
        what: what.into(),
        expected: expected.into(),
    }
}

pub(crate) fn unsupported(
    place: Place,
    what: impl Into<String>,
    expected: impl Into<String>,
) -> FormatError {
    FormatError::Unsupported {
        place,
        what: what.into(),
        expected: expected.into(),
    }
}

pub(crate) fn inconsistent(what: impl Into<String>, expected: impl Into<String>) -> FormatError {
    FormatError::Inconsistent {
        what: what.into(),
        expected: expected.into(),
    }
}

pub(crate) fn unwritable(
    format: Format,
    what: impl Into<String>,
    expected: &'static str,
) -> FormatError {
    FormatError::Unwritable {
        format,
        what: what.into(),
        expected,
    }
}

/// Refuses more than a limit.
pub(crate) fn at_most(what: &'static str, given: usize, limit: usize) -> Result<(), FormatError> {
    match given <= limit {
        true => Ok(()),
        false => Err(FormatError::TooMany { what, limit }),
    }
}
