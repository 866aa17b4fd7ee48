//! A conflict as a table of its states, a row each.

use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;
use detente_stability::{
    Choice, Comparison, Conflict, OptionForm, Preference, Reversal, StabilityError,
};
use thiserror::Error;

use super::{
    NamedConflict, NamedOption, NamedState,
    named::{Names, named_state},
    size::{check_options, check_players},
};
use crate::tabular::{self, Gathered, TableFault, TableFaults, decoded, misnamed, reader};

/// Why a table of states could not be read. Lines and columns are counted from 1.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum StateTableError {
    /// The text is no such table.
    #[error(transparent)]
    Table(#[from] TableFault),
    /// A player has options and no ranking.
    #[error(
        "line 1: no column `rank: {player}`; expected one for each player, its cells empty where the ranking is not known"
    )]
    Unranked {
        /// The player.
        player: String,
    },
    /// Two rows have the same options taken.
    #[error("line {line}: the same options are taken as on line {first}; expected each state once")]
    Twice {
        /// The line.
        line: u64,
        /// The line before.
        first: u64,
    },
    /// Two rows call their states alike.
    #[error("line {line}: state {name:?} is on line {first} already; expected different names")]
    CalledTwice {
        /// The line.
        line: u64,
        /// The line before.
        first: u64,
        /// The name.
        name: String,
    },
    /// What is written makes no conflict.
    #[error(transparent)]
    Stability(#[from] StabilityError),
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

/// The header of such a table, in words.
const HEADER: &str = "state, <player>: <option> …, rank: <player> …";

/// The conflict, or every row that has a fault; one fault alone for the header.
pub(super) fn read(
    title: &str,
    text: &[u8],
) -> Result<NamedConflict, TableFaults<StateTableError>> {
    let text = decoded(text, HEADER).map_err(StateTableError::from)?;
    let mut reader = reader(&text);
    let titles = reader.headers().map_err(refused)?.clone();
    let header = Header::read(&titles)?;
    let (mut rows, mut faults) = (Vec::new(), Gathered::default());
    for record in reader.records() {
        let row = record.map_err(refused).and_then(|record| {
            header.row(tabular::Row {
                header: &titles,
                record: &record,
            })
        });
        rows.extend(faults.keep::<_, StateTableError>(row));
        check_rows(rows.len()).map_err(StateTableError::from)?;
    }
    faults.none()?;
    rows.sort_by_key(|row| row.code);
    if let Some(pair) = rows.windows(2).find(|pair| pair[0].code == pair[1].code) {
        let lines = [pair[0].line, pair[1].line];
        return Err(TableFaults::from(StateTableError::Twice {
            line: lines[0].max(lines[1]),
            first: lines[0].min(lines[1]),
        }));
    }
    check_called(&rows)?;
    Ok(header.conflict(title, &rows)?)
}

fn refused(error: csv::Error) -> StateTableError {
    TableFault::from(error).into()
}

/// Refuses states that are called alike; those without a name go by their options.
fn check_called(rows: &[Row]) -> Result<(), StateTableError> {
    let mut lines: BTreeMap<&str, u64> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.name.is_empty()) {
        if let Some(first) = lines.insert(&row.name, row.line) {
            return Err(StateTableError::CalledTwice {
                line: first.max(row.line),
                first: first.min(row.line),
                name: row.name.clone(),
            });
        }
    }
    Ok(())
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

/// Refuses more players or options than there can be, before each column is compared with those before.
fn check_counts(record: &StringRecord) -> Result<(), StabilityError> {
    let columns = record.iter().skip(1).filter_map(|it| it.split_once(':'));
    let mut players = BTreeSet::new();
    let mut n_options = 0;
    for (before, after) in columns {
        let ranks = before.trim().eq_ignore_ascii_case("rank");
        players.insert(if ranks { after.trim() } else { before.trim() });
        n_options += usize::from(!ranks);
    }
    check_players(players.len())?;
    check_options(n_options)
}

impl Header {
    fn read(record: &StringRecord) -> Result<Self, StateTableError> {
        check_counts(record)?;
        let mut header = Self::default();
        let mut ranked = Vec::new();
        for (place, title) in record.iter().enumerate().skip(1) {
            let refuse = |expected| StateTableError::from(misnamed(record, place, expected));
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

    fn row(&self, read: tabular::Row<'_>) -> Result<Row, StateTableError> {
        let mut row = Row {
            line: read.line(),
            name: read.cell(0).to_owned(),
            code: 0,
            ranks: vec![None; self.players.len()],
        };
        for (place, column) in (1..).zip(&self.columns) {
            let cell = read.cell(place);
            let refuse = |expected| StateTableError::from(read.refused(place, expected));
            match column {
                Column::Option(option) => match cell.to_ascii_lowercase().as_str() {
                    "y" | "yes" | "1" => {
                        row.code |= 1_u64
                            .checked_shl(u32::try_from(*option).unwrap_or(64))
                            .unwrap_or(0);
                    }
                    "n" | "no" | "0" => {}
                    _ => return Err(refuse("Y or N (or 1 or 0)")),
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
        let named = rows.iter().map(|row| {
            let by_options = named_state(row.code, &self.options);
            match row.name.is_empty() {
                true => by_options,
                false => NamedState {
                    label: row.name.clone(),
                    name: row.name.clone(),
                    ..by_options
                },
            }
        });
        Ok(NamedConflict {
            title: title.to_owned(),
            source: None,
            players: self.players,
            states: named.collect(),
            names: Names::Options {
                ids: self.options.iter().map(|it| it.id.clone()).collect(),
                states: states.clone(),
                called: rows.iter().map(|row| row.name.clone()).collect(),
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
