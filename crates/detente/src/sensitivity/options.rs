use std::{fmt, str::FromStr};

use serde::Serialize;

use crate::DetenteError;

/// What is judged as one factor. Numbers that are correlated are one whatever is asked, together
/// with all that is one with any of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// Each uncertain number, and each party's true type where it is open.
    #[default]
    Number,
    /// All numbers of a party, and what acts say of the party that did them.
    Party,
    /// All numbers about one thing (see [`Aspect`](crate::Aspect)).
    Aspect,
}

/// How it is judged what drives a margin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SensitivityMethod {
    /// Shares of variance: first-order and total Sobol' indices and Shapley effects.
    #[default]
    Sobol,
    /// Elementary effects (Morris 1991): the cheap screening of many factors.
    Morris,
    /// Distances between distributions (Pianosi and Wagener 2018): whose values move the whole
    /// distribution of the margin and not only its variance.
    Pawn,
}

/// What is asked of a sensitivity analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SensitivityOptions {
    /// What is judged as one factor; distances are of single numbers.
    pub by: Grouping,
    /// How it is judged.
    pub method: SensitivityMethod,
    /// Whether pairs are judged too: what two factors do to the variance only together. Asks nearly
    /// twice as many evaluations a row.
    pub second_order: bool,
}

impl SensitivityOptions {
    pub(super) fn check(self) -> Result<(), DetenteError> {
        let refuse = |option, given: &str, expected: &str| {
            Err(DetenteError::Option {
                option,
                given: given.to_owned(),
                expected: expected.to_owned(),
            })
        };
        if self.method == SensitivityMethod::Pawn && self.by != Grouping::Number {
            return refuse("by", self.by.word(), "number, where the method is pawn");
        }
        if self.second_order && self.method != SensitivityMethod::Sobol {
            return refuse(
                "method",
                self.method.word(),
                "sobol, where pairs are asked for",
            );
        }
        Ok(())
    }
}

impl Grouping {
    /// All of them, the finest first.
    pub const ALL: [Self; 3] = [Self::Number, Self::Party, Self::Aspect];

    /// The word for it: `number`, `party` or `aspect`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Party => "party",
            Self::Aspect => "aspect",
        }
    }
}

impl SensitivityMethod {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Sobol, Self::Morris, Self::Pawn];

    /// The word for it: `sobol`, `morris` or `pawn`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sobol => "sobol",
            Self::Morris => "morris",
            Self::Pawn => "pawn",
        }
    }
}

impl fmt::Display for Grouping {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl fmt::Display for SensitivityMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Grouping {
    type Err = DetenteError;

    fn from_str(text: &str) -> Result<Self, DetenteError> {
        let found = Self::ALL.into_iter().find(|it| it.word() == text);
        found.ok_or_else(|| DetenteError::Option {
            option: "by",
            given: text.to_owned(),
            expected: "number, party or aspect".to_owned(),
        })
    }
}

impl FromStr for SensitivityMethod {
    type Err = DetenteError;

    fn from_str(text: &str) -> Result<Self, DetenteError> {
        let found = Self::ALL.into_iter().find(|it| it.word() == text);
        found.ok_or_else(|| DetenteError::Option {
            option: "method",
            given: text.to_owned(),
            expected: "sobol, morris or pawn".to_owned(),
        })
    }
}
