//! Published indicators, as ranges for the numbers of a home front.

mod error;
mod header;
mod row;

use detente_legitimacy::CodedRange;
use serde::Serialize;

pub use error::IndicatorError;

use crate::{
    assessment::SCHEMA,
    tabular::{self, TableFaults},
};
use header::Header;

/// The ranges that published indicators suggest for home fronts, with the rules they came by.
///
/// No accepted measure of these numbers exists: the rules are hypotheses, and their constants
/// conventions ([`threat_range`](detente_legitimacy::threat_range) and its neighbours).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Indicators {
    /// Version of this shape: [`SCHEMA`].
    pub schema: u32,
    /// The rows, in the order of the file.
    pub rows: Vec<IndicatorRow>,
    /// Columns that were not read, and the known one that each may have been meant for.
    pub passed_over: Vec<PassedOver>,
}

/// What one row suggests.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorRow {
    /// What the row is about: its leader, country and year, or else its first cell that is not read.
    pub label: String,
    /// Its line, from 1.
    pub line: u64,
    /// The ranges, of the numbers for which no cell is blank.
    pub ranges: Vec<HomeRange>,
}

/// A range and where in a case it belongs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeRange {
    /// The key within a party's `home` table, such as `threat` or `messages.cost`.
    pub key: &'static str,
    /// The range, what was observed, the rule and what speaks for it.
    #[serde(flatten)]
    pub coded: CodedRange,
}

/// A column that was not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PassedOver {
    /// Its name.
    pub column: String,
    /// The known column it may have been meant for.
    pub nearest: Option<&'static str>,
}

impl Indicators {
    /// Whether the first line of a text has cells, and one that names an indicator. No case file does.
    /// O(first line).
    #[must_use]
    pub fn is_like(text: &[u8]) -> bool {
        let line = text.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let line = String::from_utf8_lossy(line);
        let mut cells = line.split(',').map(|cell| cell.trim().trim_matches('"'));
        line.contains(',') && cells.any(header::is_known)
    }

    /// Reads a CSV file whose header names indicators as published, in any order:
    ///
    /// | columns | key of `home` |
    /// |---|---|
    /// | V-Dem `v2exl_legitideol`, `v2exl_legitideolcr_0`, `v2exl_legitperf`, `v2exl_legitratio` | `threat` ℓ |
    /// | Archigos `posttenurefate`, `exit` and your `mean_tenure` in years | `office_stake` Ω |
    /// | `winning_coalition`, 0–1 | `support` κ |
    /// | `media_freedom`, 0–1 | `messages.cost` c |
    /// | V-Dem `v2smgovdom` | `messages.credulous_share` η |
    ///
    /// Other columns are passed over. Where a cell is blank or `NA`, the row has no such range; a
    /// fate or exit that is not known widens it instead. O(cells).
    ///
    /// ```
    /// use detente::indicators::Indicators;
    /// let found = Indicators::read(b"country,media_freedom\nEast,0.5\n")?;
    /// let range = &found.rows[0].ranges[0];
    /// assert_eq!((found.rows[0].label.as_str(), range.key), ("East", "messages.cost"));
    /// assert!((range.coded.range.high() - 0.55).abs() < 1e-12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// [`IndicatorError`] with its place, for every cell that has a fault; one alone for the header.
    pub fn read(text: &[u8]) -> Result<Self, TableFaults<IndicatorError>> {
        let text =
            tabular::decoded(text, "indicators as published").map_err(IndicatorError::from)?;
        let mut reader = tabular::reader(&text);
        let names = reader.headers().map_err(refused)?.clone();
        let header = Header::read(&names)?;
        let passed_over = header.passed_over(&names);
        let (mut rows, mut faults) = (Vec::new(), tabular::Gathered::default());
        for record in reader.records() {
            match record.map_err(refused) {
                Ok(record) => {
                    let row = tabular::Row {
                        header: &names,
                        record: &record,
                    };
                    rows.push(header.row(row, &mut faults));
                }
                Err(fault) => faults.note(fault),
            }
        }
        faults.none()?;
        if rows.is_empty() {
            return Err(IndicatorError::NoRows.into());
        }
        Ok(Self {
            schema: SCHEMA,
            rows,
            passed_over,
        })
    }
}

fn refused(error: csv::Error) -> IndicatorError {
    tabular::TableFault::from(error).into()
}

#[cfg(test)]
mod tests;
