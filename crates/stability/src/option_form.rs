//! Conflicts written by their options.

mod feasible;
mod pattern;
mod states;

pub use pattern::Pattern;
pub use states::FeasibleStates;

use crate::{StabilityError, error::known, graph::check_players};

/// The most options; a state's code holds a bit for each.
pub const MAX_OPTIONS: usize = 63;

/// The most patterns of infeasible states, and of states that are merged: each is tried on every state.
const MAX_PATTERNS: usize = 1 << 16;

/// The most rules that bar moves; a combination holds a bit for each.
const MAX_BARRED: usize = 64;

/// Whether what a player did about an option can be undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Reversal {
    /// It can be taken and taken back.
    #[default]
    Free,
    /// Once taken it stays: a strike, a war declared.
    CannotUndo,
    /// Once given up it cannot be taken again: a base that is dismantled.
    CannotRedo,
}

/// Something that one player may do or leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Choice {
    /// The player who decides, counted from 0.
    pub player: usize,
    /// Whether that can be undone.
    #[cfg_attr(feature = "serde", serde(default))]
    pub reversal: Reversal,
}

impl Choice {
    /// A player's choice that can be undone.
    #[must_use]
    pub const fn free(player: usize) -> Self {
        let reversal = Reversal::Free;
        Self { player, reversal }
    }

    /// A player's choice that stays once it is made.
    #[must_use]
    pub const fn for_good(player: usize) -> Self {
        let reversal = Reversal::CannotUndo;
        Self { player, reversal }
    }
}

/// A transition that nobody can make, or one player cannot.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub(crate) struct Barred {
    /// From states that fit this.
    pub(crate) from: Pattern,
    /// To states that fit this.
    pub(crate) to: Pattern,
}

/// A conflict written by its options (option form; Howard 1971, Fraser & Hipel 1984): each player has
/// options, a state says which of them are taken, and some combinations are not feasible. A player
/// moves by changing any of its own options at one go.
///
/// A state's *code* is the sum of `2^k` over the options k that are taken in it, counted from 0.
///
/// ```
/// use detente_stability::{Choice, OptionForm, Pattern};
///
/// // The Euphrates, 1975: Syria releases water (0) or escalates (1), not both; Iraq attacks (2).
/// let form = OptionForm::new(2, &[Choice::free(0), Choice::free(0), Choice::free(1)])?;
/// let states = form.at_most_one(&[0, 1])?.states()?;
/// assert_eq!(states.codes(), [0, 1, 2, 4, 5, 6]);
/// let graph = states.graph()?;
/// assert_eq!(graph.moves().count(), 6 * 2 + 6);
/// # Ok::<(), detente_stability::StabilityError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionForm {
    n_players: usize,
    choices: Vec<Choice>,
    infeasible: Vec<Pattern>,
    merged: Vec<Pattern>,
    barred: Vec<Barred>,
    listed: Option<Vec<u64>>,
}

impl OptionForm {
    /// All combinations of these options, option k being the k-th choice. Players without options are
    /// allowed: they prefer, and do not move.
    ///
    /// # Errors
    /// [`StabilityError::NoPlayers`], [`StabilityError::TooManyPlayers`];
    /// [`StabilityError::TooManyOptions`] beyond 63; [`StabilityError::Unknown`] for a player.
    pub fn new(n_players: usize, choices: &[Choice]) -> Result<Self, StabilityError> {
        check_players(n_players)?;
        if choices.len() > MAX_OPTIONS {
            return Err(StabilityError::TooManyOptions {
                given: choices.len(),
                limit: MAX_OPTIONS,
            });
        }
        for choice in choices {
            known("player of an option", choice.player, n_players)?;
        }
        Ok(Self {
            n_players,
            choices: choices.to_vec(),
            infeasible: Vec::new(),
            merged: Vec::new(),
            barred: Vec::new(),
            listed: None,
        })
    }

    /// The same without the states that fit a pattern.
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for an option; [`StabilityError::EmptyPattern`];
    /// [`StabilityError::TooMany`] beyond 65,536 patterns.
    pub fn without(mut self, pattern: Pattern) -> Result<Self, StabilityError> {
        self.check_pattern(&pattern)?;
        check_patterns("patterns of infeasible states", self.infeasible.len())?;
        self.infeasible.push(pattern);
        Ok(self)
    }

    /// The same without the states in which two of these options are taken.
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for an option; [`StabilityError::Contradiction`] for one that is
    /// named twice; [`StabilityError::TooMany`] beyond 65,536 patterns, of which each two options are one.
    pub fn at_most_one(self, options: &[usize]) -> Result<Self, StabilityError> {
        let mut form = self;
        for (place, one) in options.iter().enumerate() {
            for other in &options[place + 1..] {
                if one == other {
                    return Err(StabilityError::Contradiction { option: *one });
                }
                form = form.without(Pattern::new(&[*one, *other], &[])?)?;
            }
        }
        Ok(form)
    }

    /// The same without the states in which none of these options is taken.
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for an option; [`StabilityError::EmptyPattern`] without options;
    /// [`StabilityError::TooMany`] beyond 65,536 patterns.
    pub fn at_least_one(self, options: &[usize]) -> Result<Self, StabilityError> {
        self.without(Pattern::new(&[], options)?)
    }

    /// The same with only the listed codes feasible, of those that are not ruled out otherwise.
    ///
    /// # Errors
    /// [`StabilityError::TooManyStates`]; [`StabilityError::Unknown`] for an option in a code that there
    /// is not; [`StabilityError::CodeTwice`].
    pub fn only(mut self, codes: &[u64]) -> Result<Self, StabilityError> {
        crate::preference::check_size(codes.len())?;
        let mut listed = codes.to_vec();
        listed.sort_unstable();
        if let Some(pair) = listed.windows(2).find(|pair| pair[0] == pair[1]) {
            let (code, what) = (pair[0], "the list of feasible states");
            return Err(StabilityError::CodeTwice { code, what });
        }
        for code in &listed {
            let options = (u64::BITS - code.leading_zeros()) as usize;
            if options > 0 {
                known("option of a code", options - 1, self.choices.len())?;
            }
        }
        self.listed = Some(listed);
        Ok(self)
    }

    /// The same with the states that fit a pattern taken to be one and the same: once a plant is
    /// abandoned it matters no more who insists on what. The code of the one state is the lowest of
    /// theirs, and a player can move from it as from any of them. Of several patterns the first that a
    /// state fits counts.
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for an option; [`StabilityError::EmptyPattern`];
    /// [`StabilityError::TooMany`] beyond 65,536 patterns.
    pub fn merging(mut self, pattern: Pattern) -> Result<Self, StabilityError> {
        self.check_pattern(&pattern)?;
        check_patterns("patterns of states that are merged", self.merged.len())?;
        self.merged.push(pattern);
        Ok(self)
    }

    /// The same without moves from states that fit one pattern to states that fit another, whoever
    /// makes them.
    ///
    /// # Errors
    /// [`StabilityError::Unknown`] for an option; [`StabilityError::EmptyPattern`];
    /// [`StabilityError::TooManyRules`] beyond 64 such rules.
    pub fn barring(mut self, from: Pattern, to: Pattern) -> Result<Self, StabilityError> {
        self.check_pattern(&from)?;
        self.check_pattern(&to)?;
        if self.barred.len() == MAX_BARRED {
            return Err(StabilityError::TooManyRules { limit: MAX_BARRED });
        }
        self.barred.push(Barred { from, to });
        Ok(self)
    }

    /// How many players there are.
    #[must_use]
    pub const fn n_players(&self) -> usize {
        self.n_players
    }

    /// The options' choices, in order.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    /// The feasible states, by code. O(combinations looked at and patterns tried on them), of which
    /// there are at most ten million, and O(states · patterns of those that are merged).
    ///
    /// # Errors
    /// [`StabilityError::NoStates`]; [`StabilityError::TooManyStates`];
    /// [`StabilityError::TooManyCombinations`].
    pub fn states(&self) -> Result<FeasibleStates, StabilityError> {
        FeasibleStates::of(self)
    }

    fn check_pattern(&self, pattern: &Pattern) -> Result<(), StabilityError> {
        match pattern.last() {
            Some(last) => known("option of a pattern", last, self.choices.len()).map(|_| ()),
            None => Err(StabilityError::EmptyPattern),
        }
    }

    /// The options of a player, as bits.
    pub(crate) fn options_of(&self, player: usize) -> u64 {
        let options = self.choices.iter().enumerate();
        options
            .filter(|(_, it)| it.player == player)
            .fold(0, |bits, (option, _)| bits | 1 << option)
    }

    /// The options that stay once they are taken, and those that stay once they are left, as bits.
    pub(crate) fn one_way(&self) -> [u64; 2] {
        [Reversal::CannotUndo, Reversal::CannotRedo].map(|reversal| {
            let options = self.choices.iter().enumerate();
            { options.filter(|(_, it)| it.reversal == reversal) }
                .fold(0, |bits, (option, _)| bits | 1 << option)
        })
    }

    pub(crate) fn barred(&self) -> &[Barred] {
        &self.barred
    }

    pub(crate) fn infeasible(&self) -> &[Pattern] {
        &self.infeasible
    }

    pub(crate) fn merged(&self) -> &[Pattern] {
        &self.merged
    }

    pub(crate) fn listed(&self) -> Option<&[u64]> {
        self.listed.as_deref()
    }
}

/// Whether one pattern more is allowed.
const fn check_patterns(what: &'static str, there: usize) -> Result<(), StabilityError> {
    let (given, limit) = (there + 1, MAX_PATTERNS);
    match given > limit {
        true => Err(StabilityError::TooMany { what, given, limit }),
        false => Ok(()),
    }
}
