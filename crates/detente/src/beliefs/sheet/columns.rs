//! Which column of a sheet of acts holds what.

use std::collections::BTreeSet;

use csv::StringRecord;

use super::{ActSheetError, DATE};
use crate::tabular::{Gathered, TableFaults, misnamed};

/// Where the columns are that have a meaning of their own, and those of the types.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) act: Option<usize>,
    pub(super) known: Option<usize>,
    pub(super) tone: Option<usize>,
    pub(super) forced: Option<usize>,
    pub(super) cost: Option<usize>,
    pub(super) clue: Option<usize>,
    pub(super) types: Vec<usize>,
}

impl Columns {
    pub(super) fn of(header: &StringRecord) -> Result<Self, TableFaults<ActSheetError>> {
        let mut faults = Gathered::default();
        let first = [
            (DATE, "date, and commas between the columns"),
            ("observer", "observer"),
            ("actor", "actor"),
        ];
        for (column, (name, expected)) in first.into_iter().enumerate() {
            let given = header.get(column);
            if !given.is_some_and(|it| it.eq_ignore_ascii_case(name)) {
                faults.note(misnamed(header, column, expected));
            }
            // Where other signs part the cells all else is wrong too.
            if column == 0 {
                std::mem::take(&mut faults).none()?;
            }
        }
        let mut columns = Self::default();
        let mut seen = BTreeSet::new();
        for (column, name) in header.iter().enumerate().skip(first.len()) {
            if name.is_empty() {
                faults.note(misnamed(header, column, "the name of a type"));
            } else if !seen.insert(name.to_ascii_lowercase()) {
                faults.note(misnamed(header, column, "a name that no other column has"));
            }
            columns.place(column, name);
        }
        faults.none()?;
        match *columns.types {
            [] => Err(ActSheetError::Types { only: None }.into()),
            [only] => Err(ActSheetError::Types {
                only: header.get(only).map(str::to_owned),
            }
            .into()),
            _ => Ok(columns),
        }
    }

    fn place(&mut self, column: usize, name: &str) {
        let place = match name.to_ascii_lowercase().as_str() {
            "act" | "event" if self.act.is_none() => &mut self.act,
            "known" => &mut self.known,
            "tone" => &mut self.tone,
            "forced" => &mut self.forced,
            "cost" => &mut self.cost,
            "clue" => &mut self.clue,
            _ => return self.types.push(column),
        };
        *place = Some(column);
    }
}
