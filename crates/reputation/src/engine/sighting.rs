use detente_quantity::Date;

use crate::{Act, Channel};

/// What an observer saw.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Seen {
    /// An act that carries its own evidence, for conduct that is known.
    Act(Act),
    /// A kind of act, numbered from 0, for conduct that is learnt.
    Symbol(usize),
}

/// Something an observer came to know on a day: an act, and how it learnt of it.
///
/// The date is that on which it became known, which decides what it could be believed on.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Sighting {
    /// The day on which it became known.
    pub date: Date,
    /// What was seen.
    pub seen: Seen,
    /// How the observer knows: a witness's channel, or `None` for its own eyes, which err as the
    /// engine's [`Settings`](crate::Settings) say.
    #[cfg_attr(feature = "serde", serde(default))]
    pub channel: Option<Channel>,
}

impl Sighting {
    /// An act seen with the observer's own eyes.
    #[must_use]
    pub const fn act(date: Date, act: Act) -> Self {
        Self {
            date,
            seen: Seen::Act(act),
            channel: None,
        }
    }

    /// An act of kind `symbol`, from 0, by a party whose conduct is learnt.
    #[must_use]
    pub const fn symbol(date: Date, symbol: usize) -> Self {
        Self {
            date,
            seen: Seen::Symbol(symbol),
            channel: None,
        }
    }

    /// The same, known only from a witness who reports through `channel`.
    #[must_use]
    pub fn reported_through(self, channel: Channel) -> Self {
        Self {
            channel: Some(channel),
            ..self
        }
    }
}
