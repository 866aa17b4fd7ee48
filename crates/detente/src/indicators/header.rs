//! Which column holds what.

use csv::StringRecord;

use super::{IndicatorError, IndicatorRow, PassedOver, row::Row};
use crate::{
    decode::nearest,
    tabular::{self, Gathered},
};

/// Every column that is read, in small letters; any other is passed over.
const COLUMNS: [&str; 10] = [
    "v2exl_legitideol",
    "v2exl_legitideolcr_0",
    "v2exl_legitperf",
    "v2exl_legitratio",
    "posttenurefate",
    "exit",
    "mean_tenure",
    "v2smgovdom",
    "media_freedom",
    "winning_coalition",
];

/// Columns that say what a row is about, in the order in which they are told.
const LABELS: [&str; 5] = ["leader", "country_name", "country", "statename", "year"];

/// Where the columns are.
pub(super) struct Header {
    places: [Option<usize>; COLUMNS.len()],
    labels: Vec<usize>,
}

impl Header {
    pub(super) fn read(names: &StringRecord) -> Result<Self, IndicatorError> {
        let place = |column: &str| names.iter().position(|name| is(name, column));
        let unread = |name: &str| !is_known(name);
        let told = LABELS.iter().filter_map(|column| place(column));
        let mut labels: Vec<usize> = told.collect();
        if labels.is_empty() {
            labels.extend(names.iter().position(unread));
        }
        let places = COLUMNS.map(place);
        let header = Self { places, labels };
        if header.places.iter().all(Option::is_none) {
            return Err(IndicatorError::Column {
                missing: "that is known".to_owned(),
                expected: format!("one or more of {}", COLUMNS.join(", ")),
            });
        }
        for column in COLUMNS {
            if names.iter().filter(|name| is(name, column)).count() > 1 {
                return Err(IndicatorError::Twice { column });
            }
        }
        let [a, b, c, d, fate, exit, tenure, ..] = COLUMNS;
        header.together(&[a, b, c, d], &[a, b, c, d])?;
        header.together(&[fate, exit], &[tenure])?;
        Ok(header)
    }

    /// Where any of some columns is, the others must be.
    fn together(&self, any: &[&str], all: &[&str]) -> Result<(), IndicatorError> {
        let found = any.iter().find(|column| self.place(column).is_some());
        let missing = all.iter().find(|column| self.place(column).is_none());
        match (found, missing) {
            (Some(found), Some(missing)) => Err(IndicatorError::Column {
                missing: (*missing).to_owned(),
                expected: format!("it beside {found}"),
            }),
            _ => Ok(()),
        }
    }

    pub(super) fn place(&self, column: &str) -> Option<usize> {
        let known = COLUMNS.iter().zip(self.places);
        let mut known = known.filter(|(name, _)| **name == column);
        known.find_map(|(_, place)| place)
    }

    /// The columns that are not read and not labels.
    pub(super) fn passed_over(&self, names: &StringRecord) -> Vec<PassedOver> {
        let read = |place: &usize| self.places.contains(&Some(*place));
        let others = names.iter().enumerate();
        let others = others.filter(|(place, _)| !read(place) && !self.labels.contains(place));
        let passed = others.map(|(_, name)| PassedOver {
            column: name.to_owned(),
            nearest: nearest(&name.to_ascii_lowercase(), COLUMNS),
        });
        passed.collect()
    }

    /// What a row suggests; its faults are noted.
    pub(super) fn row(
        &self,
        row: tabular::Row<'_>,
        faults: &mut Gathered<IndicatorError>,
    ) -> IndicatorRow {
        let cells = self.labels.iter().map(|place| row.cell(*place));
        let label: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
        let mut cells = Row {
            header: self,
            row,
            faults,
        };
        IndicatorRow {
            label: label.join(" "),
            line: row.line(),
            ranges: cells.ranges(),
        }
    }
}

/// Whether a column of this name is read.
pub(super) fn is_known(name: &str) -> bool {
    COLUMNS.iter().any(|column| is(name, column))
}

fn is(name: &str, column: &str) -> bool {
    name.eq_ignore_ascii_case(column)
}
