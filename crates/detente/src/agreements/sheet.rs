use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;
use thiserror::Error;

use crate::tabular::{TableFault, begins_with, decoded, reader};

/// Why a score sheet could not be read. Lines and columns are counted from 1.
#[derive(Debug, Clone, PartialEq, Error)]
#[non_exhaustive]
pub enum SheetError {
    /// There is no text.
    #[error("the sheet is empty; expected a header: issue,option, and one column for each party")]
    Empty,
    /// The text is not UTF-8.
    #[error("line {line}: the text is not UTF-8; save the sheet as CSV in UTF-8")]
    Encoding {
        /// The first line with a byte that is not UTF-8.
        line: usize,
    },
    /// The header does not name what it must.
    #[error("line 1, column {column}: found {given:?}; expected {expected}")]
    Header {
        /// The column.
        column: usize,
        /// What it is called.
        given: String,
        /// What it should be.
        expected: &'static str,
    },
    /// Fewer than two parties have a column.
    #[error("line 1: {given} {} in the header; expected at least two after issue and option", if *given == 1 { "party" } else { "parties" })]
    Parties {
        /// How many.
        given: usize,
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
    /// A cell holds no number.
    #[error("line {line}, column {column} ({party}): found {given:?}; expected a finite number")]
    Number {
        /// The line.
        line: u64,
        /// The column.
        column: usize,
        /// The party whose column it is.
        party: String,
        /// What the cell holds.
        given: String,
    },
    /// A row names no issue or no option.
    #[error("line {line}, column {column}: no {what}; expected a name")]
    Nameless {
        /// The line.
        line: u64,
        /// The column.
        column: usize,
        /// `issue` or `option`.
        what: &'static str,
    },
    /// An option is listed twice.
    #[error(
        "line {line}, column 2: option {option:?} of issue {issue:?} is on line {first} already"
    )]
    Twice {
        /// The line.
        line: u64,
        /// The line that listed it before.
        first: u64,
        /// The issue.
        issue: String,
        /// The option.
        option: String,
    },
    /// The row of nonagreement payoffs names an option, or there are two such rows.
    #[error(
        "line {line}: a second row for nonagreement, or one with an option; expected one row \
             `nonagreement,,` and a payoff for each party"
    )]
    NonagreementRow {
        /// The line.
        line: u64,
    },
    /// There is no row of nonagreement payoffs (A-06).
    #[error(
        "no row gives the nonagreement payoffs; expected `nonagreement,,` and a payoff for each \
         party: what each has if nothing is agreed is never taken to be 0"
    )]
    MissingNonagreement,
    /// There is nothing to agree on.
    #[error("the sheet has no options; expected one row for each option of each issue")]
    NoOptions,
    /// The sheet is too long.
    #[error("the sheet has more than {limit} options; expected fewer")]
    TooLong {
        /// How many options are read.
        limit: usize,
    },
    /// The text is no CSV.
    #[error("{0}")]
    Csv(String),
}

/// One issue of a score sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetIssue {
    /// Its name.
    pub name: String,
    /// The names of its options, in the order of the sheet.
    pub options: Vec<String>,
    /// What each party gets from each option: by party, then by option.
    pub payoffs: Vec<Vec<f64>>,
}

/// A score sheet as negotiation courses use them: points of each party for each option of each
/// issue, added up over issues, and what each party has without agreement.
///
/// A CSV text with the header `issue,option,<party>,<party>…`, one row for each option, and a row
/// whose issue is `nonagreement` and whose option is empty. Rows of an issue need not stand
/// together. Blanks around cells do not count.
///
/// ```
/// use detente::agreements::ScoreSheet;
///
/// let text = "issue,option,north,south\n\
///             border,line A,10,2\nborder,line B,4,9\n\
///             water,shared,3,3\nwater,divided,1,2\n\
///             nonagreement,,6,6\n";
/// let sheet = ScoreSheet::read(text.as_bytes())?;
/// assert_eq!(sheet.parties(), ["north", "south"]);
/// assert_eq!(sheet.issues()[0].payoffs, [[10.0, 4.0], [2.0, 9.0]]);
/// assert_eq!(sheet.nonagreement(), [6.0, 6.0]);
/// # Ok::<(), detente::agreements::SheetError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreSheet {
    parties: Vec<String>,
    issues: Vec<SheetIssue>,
    nonagreement: Vec<f64>,
}

/// What a sheet's first cell says.
const ISSUE: &str = "issue";

/// What stands for the issue where nothing is agreed.
const NONAGREEMENT: &str = "nonagreement";

impl ScoreSheet {
    /// The most options that are read.
    pub const MAX_OPTIONS: usize = 100_000;

    /// Whether a text begins as a score sheet does, with a cell that says `issue`. No case file does.
    #[must_use]
    pub fn is_like(text: &[u8]) -> bool {
        begins_with(text, ISSUE)
    }

    /// Reads a sheet. O(cells · log options).
    ///
    /// # Errors
    /// [`SheetError`] with the line and the column of the first fault.
    pub fn read(text: &[u8]) -> Result<Self, SheetError> {
        let text = decoded(text, "issue,option, and one column for each party")?;
        let mut reader = reader(&text);
        let header = reader.headers().map_err(TableFault::from)?.clone();
        let parties = parties(&header)?;
        let mut reading = Reading::new(parties);
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).map_err(TableFault::from)? {
            let line = record.position().map_or(0, csv::Position::line);
            reading.row(&record, line)?;
        }
        reading.finish()
    }

    /// The parties' names, in the order of their columns; at least two.
    #[must_use]
    pub fn parties(&self) -> &[String] {
        &self.parties
    }

    /// The issues, in the order in which they first come; at least one, each with an option.
    #[must_use]
    pub fn issues(&self) -> &[SheetIssue] {
        &self.issues
    }

    /// What each party has without agreement.
    #[must_use]
    pub fn nonagreement(&self) -> &[f64] {
        &self.nonagreement
    }
}

impl From<TableFault> for SheetError {
    fn from(fault: TableFault) -> Self {
        match fault {
            TableFault::Empty { .. } => Self::Empty,
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
            other => Self::Csv(other.to_string()),
        }
    }
}

/// The parties that the header names.
fn parties(header: &StringRecord) -> Result<Vec<String>, SheetError> {
    let refused = |column: usize, expected| SheetError::Header {
        column: column + 1,
        given: header.get(column).unwrap_or_default().to_owned(),
        expected,
    };
    let is = |column: usize, name: &str| {
        header
            .get(column)
            .is_some_and(|it| it.eq_ignore_ascii_case(name))
    };
    if !is(0, ISSUE) {
        return Err(refused(0, "issue, and commas between the columns"));
    }
    if !is(1, "option") {
        return Err(refused(1, "option"));
    }
    let parties: Vec<String> = header.iter().skip(2).map(str::to_owned).collect();
    let mut seen = BTreeSet::new();
    for (place, party) in parties.iter().enumerate() {
        if party.is_empty() {
            return Err(refused(place + 2, "the name of a party"));
        }
        if !seen.insert(party) {
            return Err(refused(place + 2, "a party that has no column yet"));
        }
    }
    match parties.len() {
        given @ 0..2 => Err(SheetError::Parties { given }),
        _ => Ok(parties),
    }
}

/// A sheet as far as it was read.
struct Reading {
    parties: Vec<String>,
    issues: Vec<SheetIssue>,
    nonagreement: Option<Vec<f64>>,
    places: BTreeMap<String, usize>,
    /// The line of each option, by issue and name.
    lines: BTreeMap<(usize, String), u64>,
}

impl Reading {
    fn new(parties: Vec<String>) -> Self {
        Self {
            parties,
            issues: Vec::new(),
            nonagreement: None,
            places: BTreeMap::new(),
            lines: BTreeMap::new(),
        }
    }

    fn row(&mut self, record: &StringRecord, line: u64) -> Result<(), SheetError> {
        let (issue, option) = (&record[0], &record[1]);
        let numbers = self.numbers(record, line)?;
        if issue.eq_ignore_ascii_case(NONAGREEMENT) {
            if !option.is_empty() || self.nonagreement.is_some() {
                return Err(SheetError::NonagreementRow { line });
            }
            self.nonagreement = Some(numbers);
            return Ok(());
        }
        for (column, what, name) in [(1, "issue", issue), (2, "option", option)] {
            if name.is_empty() {
                return Err(SheetError::Nameless { line, column, what });
            }
        }
        if self.lines.len() == ScoreSheet::MAX_OPTIONS {
            return Err(SheetError::TooLong {
                limit: ScoreSheet::MAX_OPTIONS,
            });
        }
        let place = self.place(issue);
        if let Some(first) = self.lines.insert((place, option.to_owned()), line) {
            return Err(SheetError::Twice {
                line,
                first,
                issue: issue.to_owned(),
                option: option.to_owned(),
            });
        }
        let issue = &mut self.issues[place];
        issue.options.push(option.to_owned());
        for (payoffs, number) in issue.payoffs.iter_mut().zip(numbers) {
            payoffs.push(number);
        }
        Ok(())
    }

    /// The place of an issue; a new one goes last.
    fn place(&mut self, name: &str) -> usize {
        if let Some(&place) = self.places.get(name) {
            return place;
        }
        self.places.insert(name.to_owned(), self.issues.len());
        self.issues.push(SheetIssue {
            name: name.to_owned(),
            options: Vec::new(),
            payoffs: vec![Vec::new(); self.parties.len()],
        });
        self.issues.len() - 1
    }

    fn numbers(&self, record: &StringRecord, line: u64) -> Result<Vec<f64>, SheetError> {
        let cells = record.iter().enumerate().skip(2);
        cells
            .zip(&self.parties)
            .map(|((column, cell), party)| {
                let number = cell.parse::<f64>().ok().filter(|it| it.is_finite());
                number.ok_or_else(|| SheetError::Number {
                    line,
                    column: column + 1,
                    party: party.clone(),
                    given: cell.to_owned(),
                })
            })
            .collect()
    }

    fn finish(self) -> Result<ScoreSheet, SheetError> {
        if self.issues.is_empty() {
            return Err(SheetError::NoOptions);
        }
        Ok(ScoreSheet {
            parties: self.parties,
            issues: self.issues,
            nonagreement: self.nonagreement.ok_or(SheetError::MissingNonagreement)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "issue,option,a,b\nx,p,1,2\ny,q,3,4\nx,r,5,6\nnonagreement,,0,0\n";

    #[track_caller]
    fn refused(text: &str, words: &str) {
        let error = ScoreSheet::read(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }

    #[test]
    fn rows_of_an_issue_need_not_stand_together() {
        let sheet = ScoreSheet::read(GOOD.as_bytes()).unwrap();
        assert_eq!(sheet.issues().len(), 2);
        assert_eq!(sheet.issues()[0].options, ["p", "r"]);
        assert_eq!(sheet.issues()[0].payoffs, [[1.0, 5.0], [2.0, 6.0]]);
        let marked = format!("\u{feff}{}", GOOD.replace(',', " , ").replace('\n', "\r\n"));
        assert_eq!(ScoreSheet::read(marked.as_bytes()), Ok(sheet));
    }

    #[test]
    fn a_sheet_is_told_by_its_first_cell() {
        for text in [
            GOOD,
            "\u{feff}Issue;Option;a;b",
            " \n\"issue\",option,a,b",
            "issue\toption",
        ] {
            assert!(ScoreSheet::is_like(text.as_bytes()), "{text}");
        }
        for text in [
            "",
            "issue",
            "[issue.arms]\nname = \"a, b\"",
            "format = 1",
            "{\"issue\": 1}",
        ] {
            assert!(!ScoreSheet::is_like(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn faults_are_placed() {
        refused("", "is empty");
        refused(" \n", "is empty");
        refused("issue;option;a;b\n", "commas between");
        refused(
            "issue,opt,a,b\n",
            "line 1, column 2: found \"opt\"; expected option",
        );
        refused(
            "issue,option,a,b\r\nx,p,1,2\r\nx,q,1,two\r\n",
            "line 3, column 4 (b)",
        );
        refused("issue,option\nx,p\n", "0 parties in");
        refused("issue,option,a\nx,p,1\n", "1 party");
        refused("issue,option,a,a\n", "column 4: found \"a\"");
        refused("issue,option,a,\n", "column 4: found \"\"");
        refused(
            "issue,option,a,b\nx,p,1,2\nx,q,1\n",
            "line 3: 3 columns; expected 4",
        );
        refused(
            "issue,option,a,b\nx,p,1,2,3\n",
            "line 2: 5 columns; expected 4",
        );
        refused(
            "issue,option,a,b\nx,p,1,two\n",
            "line 2, column 4 (b): found \"two\"",
        );
        for number in ["NaN", "inf", "-inf", "1e999", "", "1.000.000"] {
            let words = format!("line 2, column 3 (a): found {number:?}");
            refused(&format!("issue,option,a,b\nx,p,{number},2\n"), &words);
        }
        refused("issue,option,a,b\n,p,1,2\n", "line 2, column 1: no issue");
        refused("issue,option,a,b\nx,,1,2\n", "line 2, column 2: no option");
        refused(
            "issue,option,a,b\nx,p,1,2\nx,p,1,2\n",
            "is on line 2 already",
        );
        refused(
            "issue,option,a,b\nx,p,1,2\n",
            "no row gives the nonagreement payoffs",
        );
        refused(
            "issue,option,a,b\nnonagreement,war,1,2\n",
            "line 2: a second row",
        );
        refused(
            &format!("{GOOD}nonagreement,,1,1\n"),
            "line 6: a second row",
        );
        refused("issue,option,a,b\nnonagreement,,1,2\n", "no options");
        let error = ScoreSheet::read(b"issue,option,a,b\nx,\xff,1,2\n").unwrap_err();
        assert_eq!(error, SheetError::Encoding { line: 2 });
    }

    #[test]
    fn a_million_options_are_too_many() {
        use std::fmt::Write as _;
        let mut text = "issue,option,a,b\n".to_owned();
        for option in 0..1_000_000 {
            let _ = writeln!(text, "x,{option},1,2");
        }
        refused(&text, "more than 100000 options");
    }
}
