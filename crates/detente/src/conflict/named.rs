use detente_stability::{Conflict, FeasibleStates};

use super::{file::StateRef, table};
use crate::{
    DetenteError,
    decode::{CaseFaults, Ids, Source, nearest, read},
};

/// An option of a player, by name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct NamedOption {
    /// Its id.
    pub id: String,
    /// What the player does.
    pub name: String,
    /// The player, counted from 0.
    pub player: usize,
}

/// A state, by name.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct NamedState {
    /// What it is called: the ids of the options that are taken, joined by ` + `, or `nothing`; the id of a
    /// state that is listed; or what a table of states calls it.
    pub label: String,
    /// What it is in full: the names of the options that are taken, or its own.
    pub name: String,
    /// The sum of `2^k` over the options k that are taken, counted from 0; absent without options.
    pub code: Option<u64>,
}

/// A conflict whose players rank what may come of it, with the names of things.
///
/// Read from TOML or JSON, in option form or by its moves, or from a CSV table of its states; the
/// [example](super::EXAMPLE) says how.
///
/// ```
/// use detente::conflict::{self, NamedConflict};
/// use detente::decode::Source;
///
/// let crisis = NamedConflict::read(&Source::new("cuba-1962.toml", conflict::EXAMPLE))?;
/// assert_eq!(crisis.states().len(), 12);
/// assert_eq!(crisis.states()[6].label, "blockade + withdraw");
/// assert_eq!(crisis.state_called("withdraw + blockade")?, 6);
/// # Ok::<(), detente::DetenteError>(())
/// ```
#[derive(Debug, Clone)]
pub struct NamedConflict {
    pub(super) title: String,
    pub(super) source: Option<String>,
    pub(super) players: Vec<String>,
    pub(super) options: Vec<NamedOption>,
    pub(super) states: Vec<NamedState>,
    pub(super) names: Names,
    pub(super) conflict: Conflict,
    pub(super) status_quo: Option<usize>,
    pub(super) nonagreement: Option<usize>,
}

impl NamedConflict {
    /// Reads a conflict from TOML or JSON.
    ///
    /// # Errors
    /// [`DetenteError::Case`] with every fault of the file.
    pub fn read(source: &Source) -> Result<Self, DetenteError> {
        let read = read(source).map_err(|faults| CaseFaults {
            faults,
            source: source.clone(),
        });
        Ok(read?)
    }

    /// Reads a conflict from a CSV table: a header `state,<player>: <option>…,rank: <player>…`, and a row
    /// for each state with its name, by which it is called, or none, `Y` or `N` for each option, and its place in each player's ranking,
    /// 1 being the best and empty where it is not known. An option whose header ends in `!` cannot be
    /// undone.
    ///
    /// # Errors
    /// [`DetenteError::StateTable`] with the line and column.
    pub fn read_table(title: &str, text: &[u8]) -> Result<Self, DetenteError> {
        Ok(table::read(title, text)?)
    }

    /// Whether a text is such a table rather than TOML or JSON.
    #[must_use]
    pub fn is_table(text: &[u8]) -> bool {
        crate::tabular::begins_with(text, "state")
    }

    /// What the conflict is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The players' names, in order.
    #[must_use]
    pub fn players(&self) -> &[String] {
        &self.players
    }

    /// The states, in order.
    #[must_use]
    pub fn states(&self) -> &[NamedState] {
        &self.states
    }

    /// The conflict by numbers.
    #[must_use]
    pub const fn conflict(&self) -> &Conflict {
        &self.conflict
    }

    /// The state that a text means: options that are taken, in any order, such as `blockade + withdraw`,
    /// or `nothing`; its code; or its id.
    ///
    /// # Errors
    /// [`DetenteError::UnknownName`] with the nearest name.
    pub fn state_called(&self, text: &str) -> Result<usize, DetenteError> {
        self.names
            .state(&StateRef::of_text(text))
            .map_err(|unknown| DetenteError::UnknownName {
                what: unknown.what.to_owned(),
                given: unknown.given,
                known: unknown.known,
                nearest: unknown.nearest,
            })
    }
}

/// What states go by.
#[derive(Debug, Clone)]
pub(super) enum Names {
    /// The options that are taken, by id, or what states are called where a table of them says so.
    Options {
        ids: Vec<String>,
        states: FeasibleStates,
        called: Vec<String>,
    },
    /// Their own ids.
    States(Ids<String>),
}

/// A name that nothing bears.
pub(super) struct Unknown {
    pub(super) what: &'static str,
    pub(super) given: String,
    /// The names that there are.
    pub(super) known: Vec<String>,
    pub(super) nearest: Option<String>,
}

impl Names {
    /// The state that is meant.
    pub(super) fn state(&self, named: &StateRef) -> Result<usize, Unknown> {
        let text = match named {
            StateRef::Code(code) => code.to_string(),
            StateRef::Text(text) => text.trim().to_owned(),
        };
        let (ids, states, called) = match self {
            Self::Options {
                ids,
                states,
                called,
            } => (ids, states, called),
            Self::States(known) => return place_of_state(known, &text),
        };
        // A table may call its states by numbers, which then are no codes.
        let is_called = |it: &String| !it.is_empty() && *it == text;
        if let Some(state) = called.iter().position(is_called) {
            return Ok(state);
        }
        let code = match named {
            StateRef::Code(code) => *code,
            StateRef::Text(text) => taken(ids, text).map_err(|unknown| Unknown {
                what: match called.is_empty() {
                    true => unknown.what,
                    false => "state or option",
                },
                nearest: nearest(text, called.iter().chain(ids).map(String::as_str))
                    .map(str::to_owned),
                ..unknown
            })?,
        };
        states.position(code).ok_or_else(|| infeasible(text))
    }

    /// What a state is called.
    pub(super) fn label(&self, state: usize) -> String {
        match self {
            Self::Options { ids, states, .. } => {
                let code = states.codes().get(state).copied().unwrap_or_default();
                label(code, ids.iter().map(String::as_str))
            }
            Self::States(known) => known
                .at(state)
                .map_or_else(String::new, |(id, _)| id.to_owned()),
        }
    }
}

/// The place of an option's id, of which there are few.
pub(super) fn place_of_option(ids: &[String], given: &str) -> Result<usize, Unknown> {
    ids.iter()
        .position(|id| id == given)
        .ok_or_else(|| unknown("option", given, ids.iter().map(String::as_str)))
}

/// The place of a listed state.
pub(super) fn place_of_state(known: &Ids<String>, given: &str) -> Result<usize, Unknown> {
    known
        .index_of(given)
        .ok_or_else(|| unknown("state", given, known.names()))
}

fn unknown<'n>(
    what: &'static str,
    given: &str,
    valid: impl IntoIterator<Item = &'n str>,
) -> Unknown {
    let known: Vec<&str> = valid.into_iter().collect();
    Unknown {
        what,
        given: given.to_owned(),
        nearest: nearest(given, known.iter().copied()).map(str::to_owned),
        known: known.into_iter().map(str::to_owned).collect(),
    }
}

const fn infeasible(given: String) -> Unknown {
    let what = "feasible state";
    Unknown {
        what,
        given,
        known: Vec::new(),
        nearest: None,
    }
}

/// The code of the options that a text lists.
fn taken(ids: &[String], text: &str) -> Result<u64, Unknown> {
    if text.trim() == NOTHING {
        return Ok(0);
    }
    text.split('+').try_fold(0, |code, id| {
        Ok(code | 1 << place_of_option(ids, id.trim())?)
    })
}

/// What the state is called in which no option is taken.
pub(super) const NOTHING: &str = "nothing";

/// The options that are taken, joined.
fn label<'n>(code: u64, names: impl Iterator<Item = &'n str>) -> String {
    let taken = names
        .enumerate()
        .filter(|(place, _)| code >> place & 1 == 1);
    let taken: Vec<&str> = taken.map(|(_, name)| name).collect();
    match taken.is_empty() {
        true => NOTHING.to_owned(),
        false => taken.join(" + "),
    }
}

/// A state with its names, by what its options are called.
pub(super) fn named_state(code: u64, options: &[NamedOption]) -> NamedState {
    NamedState {
        label: label(code, options.iter().map(|it| it.id.as_str())),
        name: label(code, options.iter().map(|it| it.name.as_str())),
        code: Some(code),
    }
}
