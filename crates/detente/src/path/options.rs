use std::{fmt, str::FromStr};

use detente_quantity::{Date, Probability};
use detente_reassurance::Criterion;
use serde::Serialize;

use crate::{DetenteError, case::Terms};

/// How a path is to be looked for.
///
/// ```
/// use detente::PathOptions;
/// let options = PathOptions { to: Some("inf-alone".parse()?), ..PathOptions::default() };
/// assert_eq!(options.most_rungs, 6);
/// # Ok::<(), detente::DetenteError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PathOptions {
    /// Excludes what became known after this day; beliefs never use what became known after the
    /// decision.
    pub until: Option<Date>,
    /// The full agreement; by default, of those that are better than none for every party and would be
    /// kept by all, the one with the greatest Nash product of gains.
    pub to: Option<Destination>,
    /// Whether acts, past ones and those on the path, are read as the parties read them.
    pub read: ReadAs,
    /// What those that would break an agreement do on the way to it.
    pub partners: Partners,
    /// The shares of their stakes at which partial agreements may be made, each above 0 and up to 1. Smaller
    /// stakes expose less and show less; alone they change no threshold (claim C-20).
    pub shares: Vec<f64>,
    /// The criteria in order of importance, each once.
    pub order: [Criterion; 4],
    /// The most rungs a path may have, the full agreement included; at least 1.
    pub most_rungs: usize,
    /// The most that each search may cost: one for each time that parties are asked about a rung, each 25
    /// comparisons of one way with another, and each rung of a path that is met; of series of concessions, each state of
    /// belief that they lead to. Time and memory grow with it, whatever else is asked for.
    pub effort: usize,
    /// The chance that a step which was kept is taken for broken, a rung and a party; below 1.
    pub misread: Probability,
}

impl Default for PathOptions {
    fn default() -> Self {
        Self {
            until: None,
            to: None,
            read: ReadAs::Held,
            partners: Partners::Strategic,
            shares: vec![1.0],
            order: [
                Criterion::Exposure,
                Criterion::ExpectedLoss,
                Criterion::Rungs,
                Criterion::Time,
            ],
            most_rungs: 6,
            effort: 1_000_000,
            misread: Probability::ZERO,
        }
    }
}

impl PathOptions {
    pub(super) fn check(&self) -> Result<(), DetenteError> {
        let refused = |option, given: String, expected: &str| DetenteError::Option {
            option,
            given,
            expected: expected.to_owned(),
        };
        if self.most_rungs == 0 {
            return Err(refused("most rungs", "0".into(), "1 or more"));
        }
        if self.misread == Probability::ONE {
            return Err(refused("misread", "1".into(), "a chance below 1"));
        }
        if self.shares.is_empty() {
            let expected = "at least one share of the stakes";
            return Err(refused("shares", "an empty list".into(), expected));
        }
        let sound = |share: f64| 0.0 < share && share <= 1.0;
        if let Some(share) = self.shares.iter().find(|&&share| !sound(share)) {
            let expected = "numbers above 0 and up to 1";
            return Err(refused("shares", share.to_string(), expected));
        }
        Ok(())
    }
}

/// Whether acts are read as the parties read them, or as they were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReadAs {
    /// Under each party's coded biases.
    #[default]
    Held,
    /// By Bayes' rule.
    Warranted,
}

impl ReadAs {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Held, Self::Warranted];

    /// The word for it: `held` or `warranted`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Warranted => "warranted",
        }
    }
}

impl fmt::Display for ReadAs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for ReadAs {
    type Err = DetenteError;

    fn from_str(text: &str) -> Result<Self, DetenteError> {
        let found = Self::ALL.into_iter().find(|it| it.word() == text);
        found.ok_or_else(|| DetenteError::Option {
            option: "read",
            given: text.to_owned(),
            expected: "held or warranted".to_owned(),
        })
    }
}

/// What a partner does on the way to an agreement that it would break.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Partners {
    /// It plays along where that may pay: a rung shows it for what it is only if breaking it pays at once
    /// whatever rungs may follow (claims C-30, C-32). What evidence there is, is sure; there may be
    /// more.
    #[default]
    Strategic,
    /// It breaks at once what it would break if nothing followed (M-02), as agreements are judged in an
    /// assessment.
    AtFaceValue,
}

impl Partners {
    /// Both of them.
    pub const ALL: [Self; 2] = [Self::Strategic, Self::AtFaceValue];

    /// The word for it: `strategic` or `face-value`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Strategic => "strategic",
            Self::AtFaceValue => "face-value",
        }
    }
}

impl fmt::Display for Partners {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.word())
    }
}

impl FromStr for Partners {
    type Err = DetenteError;

    fn from_str(text: &str) -> Result<Self, DetenteError> {
        let found = Self::ALL.into_iter().find(|it| it.word() == text);
        found.ok_or_else(|| DetenteError::Option {
            option: "partners",
            given: text.to_owned(),
            expected: "strategic or face-value".to_owned(),
        })
    }
}

/// An agreement of a case by name.
///
/// Written as the id of a proposal, or as `issue=option` for every issue, with commas between.
#[derive(Debug, Clone, PartialEq)]
pub enum Destination {
    /// A proposal, by id.
    Proposal(String),
    /// The terms themselves.
    Terms(Terms),
}

impl FromStr for Destination {
    type Err = DetenteError;

    fn from_str(text: &str) -> Result<Self, DetenteError> {
        if !text.contains('=') {
            return Ok(Self::Proposal(text.trim().to_owned()));
        }
        let refused = || DetenteError::Option {
            option: "to",
            given: text.to_owned(),
            expected: "a proposal's id, or issue=option for every issue, with commas between"
                .to_owned(),
        };
        let mut terms = Terms::new();
        for pair in text.split(',') {
            let (issue, option) = pair.split_once('=').ok_or_else(refused)?;
            let inserted = terms.insert(issue.trim(), option.trim().to_owned());
            inserted.map_err(|_| refused())?;
        }
        Ok(Self::Terms(terms))
    }
}
