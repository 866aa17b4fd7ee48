//! A conflict as a table of its states, a row each.

use csv::StringRecord;
use detente_stability::{
    Choice, Comparison, Conflict, OptionForm, Preference, Reversal, StabilityError,
};
use thiserror::Error;

use super::{
    NamedConflict, NamedOption, NamedState,
    named::{Names, named_state},
};
use crate::tabular::{TableFault, decoded, reader};

/// Why a table of states could not be read. Lines and columns are counted from 1.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum StateTableError {
    /// There is no text.
    #[error("the table is empty; expected a header: state, <player>: <option> …, rank: <player> …")]
    Empty,
    /// The text is not UTF-8.
    #[error("line {line}: the text is not UTF-8; save the table as CSV in UTF-8")]
    Encoding {
        /// The first line with a byte that is not UTF-8.
        line: usize,
    },
    /// The header names a column otherwise than it may.
    #[error("line 1, column {column}: found {given:?}; expected {expected}")]
    Header {
        /// The column.
        column: usize,
        /// What it is called.
        given: String,
        /// What it could be.
        expected: &'static str,
    },
    /// A player has options and no ranking.
    #[error(
        "line 1: no column `rank: {player}`; expected one for each player, its cells empty where the ranking is not known"
    )]
    Unranked {
        /// The player.
        player: String,
    },
    /// A row is longer or shorter than the header.
    #[error("line {line}: {given} columns; expected {expected} as in the header")]
    Ragged {
        /// The line.
        line: u64,
        /// How many columns it has.
        given: u64,
        /// How many the header has.
        expected: u64,
    },
    /// A cell holds what it cannot.
    #[error("line {line}, column {column}: found {given:?}; expected {expected}")]
    Cell {
        /// The line.
        line: u64,
        /// The column.
        column: usize,
        /// What the cell holds.
        given: String,
        /// What it could hold.
        expected: &'static str,
    },
    /// Two rows have the same options taken.
    #[error("line {line}: the same options are taken as on line {first}; expected each state once")]
    Twice {
        /// The line.
        line: u64,
        /// The line before.
        first: u64,
    },
    /// What is written makes no conflict.
    #[error(transparent)]
    Stability(#[from] StabilityError),
    /// The text is no CSV.
    #[error("{0}")]
    Csv(String),
}

impl From<TableFault> for StateTableError {
    fn from(fault: TableFault) -> Self {
        match fault {
            TableFault::Empty => Self::Empty,
            TableFault::Encoding { line } => Self::Encoding { line },
            TableFault::Ragged {
                line,
                given,
                expected,
            } => Self::Ragged {
                line,
                given,
                expected,
            },
            TableFault::Other(text) => Self::Csv(text),
        }
    }
}

/// What a column of the table is.
enum Column {
    Option(usize),
    Rank(usize),
}

/// The columns, and whom and what they are of.
#[derive(Default)]
struct Header {
    columns: Vec<Column>,
    players: Vec<String>,
    options: Vec<NamedOption>,
    choices: Vec<Choice>,
}

/// What a row says: the options that are taken, and the place in each ranking.
struct Row {
    line: u64,
    name: String,
    code: u64,
    ranks: Vec<Option<u64>>,
}

pub(super) fn read(title: &str, text: &[u8]) -> Result<NamedConflict, StateTableError> {
    let text = decoded(text)?;
    let mut reader = reader(&text);
    let header = Header::read(reader.headers().map_err(TableFault::from)?)?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| StateTableError::from(TableFault::from(error)))?;
        rows.push(header.row(&record)?);
        check_rows(rows.len())?;
    }
    rows.sort_by_key(|row| row.code);
    if let Some(pair) = rows.windows(2).find(|pair| pair[0].code == pair[1].code) {
        let lines = [pair[0].line, pair[1].line];
        return Err(StateTableError::Twice {
            line: lines[0].max(lines[1]),
            first: lines[0].min(lines[1]),
        });
    }
    header.conflict(title, &rows)
}

/// Refuses more rows than there can be states.
fn check_rows(given: usize) -> Result<(), StabilityError> {
    let limit = detente_stability::MAX_STATES;
    match given > limit {
        true => Err(StabilityError::TooManyStates {
            given,
            at_least: true,
            limit,
        }),
        false => Ok(()),
    }
}

impl Header {
    fn read(record: &StringRecord) -> Result<Self, StateTableError> {
        let mut header = Self::default();
        let mut ranked = Vec::new();
        for (place, title) in record.iter().enumerate().skip(1) {
            let refuse = |expected| StateTableError::Header {
                column: place + 1,
                given: title.chars().take(60).collect(),
                expected,
            };
            let (before, after) = { title.split_once(':') }
                .ok_or_else(|| refuse("`<player>: <option>` or `rank: <player>`"))?;
            let (before, after) = (before.trim(), after.trim());
            if before.is_empty() || after.is_empty() {
                return Err(refuse("a name on either side of the colon"));
            }
            if before.eq_ignore_ascii_case("rank") {
                let player = header.player(after);
                if ranked.contains(&player) {
                    return Err(refuse("one ranking for each player"));
                }
                ranked.push(player);
                header.columns.push(Column::Rank(player));
                continue;
            }
            let player = header.player(before);
            let name = after.trim_end_matches('!').trim();
            if name.is_empty() || name.contains('+') {
                return Err(refuse("an option with a name, and without + in it"));
            }
            if header.options.iter().any(|it| it.name == name) {
                return Err(refuse("an option that has no column yet"));
            }
            header.columns.push(Column::Option(header.options.len()));
            header.choices.push(Choice {
                player,
                reversal: match after.ends_with('!') {
                    true => Reversal::CannotUndo,
                    false => Reversal::Free,
                },
            });
            header.options.push(NamedOption {
                id: name.to_owned(),
                name: name.to_owned(),
                player,
            });
        }
        let unranked = (0..header.players.len()).find(|player| !ranked.contains(player));
        if let Some(player) = unranked {
            let player = header.players[player].clone();
            return Err(StateTableError::Unranked { player });
        }
        Ok(header)
    }

    /// The number of a player, who may be new.
    fn player(&mut self, name: &str) -> usize {
        let known = self.players.iter().position(|it| it == name);
        known.unwrap_or_else(|| {
            self.players.push(name.to_owned());
            self.players.len() - 1
        })
    }

    fn row(&self, record: &StringRecord) -> Result<Row, StateTableError> {
        let line = record.position().map_or(0, csv::Position::line);
        let mut row = Row {
            line,
            name: record.get(0).unwrap_or_default().to_owned(),
            code: 0,
            ranks: vec![None; self.players.len()],
        };
        for (place, (column, cell)) in self.columns.iter().zip(record.iter().skip(1)).enumerate() {
            let refuse = |expected| StateTableError::Cell {
                line,
                column: place + 2,
                given: cell.chars().take(60).collect(),
                expected,
            };
            match column {
                Column::Option(option) => match cell.to_ascii_lowercase().as_str() {
                    "y" | "yes" | "1" => {
                        row.code |= 1_u64
                            .checked_shl(u32::try_from(*option).unwrap_or(64))
                            .unwrap_or(0);
                    }
                    "n" | "no" | "0" => {}
                    _ => return Err(refuse("Y or N")),
                },
                Column::Rank(_) if cell.is_empty() => {}
                Column::Rank(player) => {
                    let rank = cell.parse().ok().filter(|rank| *rank > 0);
                    let rank = rank.ok_or_else(|| refuse("a place from 1, or nothing"))?;
                    row.ranks[*player] = Some(rank);
                }
            }
        }
        Ok(row)
    }

    fn conflict(self, title: &str, rows: &[Row]) -> Result<NamedConflict, StateTableError> {
        let codes: Vec<u64> = rows.iter().map(|row| row.code).collect();
        let form = OptionForm::new(self.players.len(), &self.choices)?.only(&codes)?;
        let states = form.states()?;
        let preferences: Vec<Preference> = (0..self.players.len())
            .map(|player| known_of(rows, player))
            .collect::<Result<_, _>>()?;
        let named = rows.iter().map(|row| NamedState {
            name: row.name.clone(),
            ..named_state(row.code, &self.options)
        });
        Ok(NamedConflict {
            title: title.to_owned(),
            source: None,
            players: self.players,
            states: named.collect(),
            names: Names::Options {
                ids: self.options.iter().map(|it| it.id.clone()).collect(),
                states: states.clone(),
            },
            options: self.options,
            conflict: Conflict::new(states.graph()?, preferences)?,
            status_quo: None,
            nonagreement: None,
        })
    }
}

/// A ranking of the states that have a place in it; the others are not compared.
fn known_of(rows: &[Row], player: usize) -> Result<Preference, StabilityError> {
    let places = rows.iter().enumerate();
    let mut ranked: Vec<(u64, usize)> = places
        .filter_map(|(state, row)| Some((row.ranks[player]?, state)))
        .collect();
    ranked.sort_unstable();
    let comparisons: Vec<Comparison> = { ranked.windows(2) }
        .map(|pair| match pair[0].0 < pair[1].0 {
            true => Comparison::Better(pair[0].1, pair[1].1),
            false => Comparison::Equal(pair[0].1, pair[1].1),
        })
        .collect();
    Preference::partial(rows.len(), &comparisons)
}
