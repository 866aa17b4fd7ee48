mod cells;
mod columns;
mod error;

use std::collections::BTreeMap;

use csv::StringRecord;
use detente_quantity::Date;
use detente_reputation::Tone;

pub use error::ActSheetError;

use crate::tabular::{Gathered, Row, TableFault, TableFaults, begins_with, decoded, reader};
use cells::Cells;
use columns::Columns;

/// A number that may be known only as a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ranged {
    /// The least it can be.
    pub low: f64,
    /// Its central value: as written, otherwise the middle of the range.
    pub central: f64,
    /// The most it can be.
    pub high: f64,
}

impl Ranged {
    /// A number that is known.
    #[must_use]
    pub const fn exact(value: f64) -> Self {
        Self {
            low: value,
            central: value,
            high: value,
        }
    }

    /// The end of the range that is high, or the one that is low.
    pub(super) const fn end(self, high: bool) -> f64 {
        if high { self.high } else { self.low }
    }

    /// Whether there is no range.
    #[must_use]
    pub fn is_exact(self) -> bool {
        self.low >= self.high
    }
}

/// One act as one observer came to know it.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetAct {
    /// The line of the sheet, from 1.
    pub line: u64,
    /// Who came to know of it.
    pub observer: String,
    /// Who did it.
    pub actor: String,
    /// The day it was done.
    pub date: Date,
    /// The day the observer came to know of it.
    pub known: Date,
    /// What was done, in words; may be empty.
    pub event: String,
    /// Whether it was cooperative or hostile, if the sheet says so.
    pub tone: Option<Tone>,
    /// The chance that the situation alone would have produced it.
    pub forced: Ranged,
    /// By how much its cost lowered the log-odds of the act, alike for every type, if the sheet says so. Only
    /// observers that misjudge costs read it, and a sheet codes no bias.
    pub cost: Option<f64>,
    /// The likelihood of the act from each type, in the order of the sheet's types.
    pub likelihoods: Vec<Ranged>,
    /// The name of the clues that it depends on, if the sheet declares it dependent.
    pub clue: Option<String>,
}

/// What an observer believed of an actor before the acts.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetPrior {
    /// Who believed.
    pub observer: String,
    /// About whom.
    pub actor: String,
    /// The probability of each type, in the order of the sheet's types.
    pub chances: Vec<Ranged>,
}

/// Acts as a process tracer or an event coder writes them down: one row for each act that an observer
/// came to know, with the likelihood of the act from each type of actor.
///
/// A CSV text with the header `date,observer,actor,…`; further columns, in any order, are `act` or `event` (what
/// was done, in words), `known` (the day the observer came to know of it, if later), `tone`
/// (`cooperative` or `hostile`), `forced` (the chance that the situation alone would have produced it),
/// `cost` (by how much what it cost lowered its log-odds, whatever the type)
/// and `clue` (acts with the same word are declared to depend on one another). **Every other column is
/// a type**, of which there are two or more. A likelihood is a number from 0 to 1, a range `0.3..0.5`, or a range with its central
/// value, `0.3..0.35..0.5`. A row whose date is `prior` holds what its observer believed of its actor
/// before the acts; without one, all types are equally probable. Rows need not be in order of time.
///
/// ```
/// use detente::beliefs::ActSheet;
///
/// let text = "date,observer,actor,act,honest,opportunist\n\
///             prior,west,east,,0.4,0.6\n\
///             1985-07-29,west,east,stops testing,0.7,0.2..0.4\n";
/// let sheet = ActSheet::read(text.as_bytes())?;
/// assert_eq!(sheet.types(), ["honest", "opportunist"]);
/// assert_eq!(sheet.acts()[0].likelihoods[1].central, 0.30000000000000004);
/// assert_eq!(sheet.priors()[0].chances[0].central, 0.4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ActSheet {
    types: Vec<String>,
    acts: Vec<SheetAct>,
    priors: Vec<SheetPrior>,
}

/// What a sheet's first cell says.
const DATE: &str = "date";

/// The header of a sheet, in words.
const HEADER: &str = "date,observer,actor, and one column for each type";

/// What stands for the date of what was believed before the acts.
const PRIOR: &str = "prior";

impl ActSheet {
    /// The most rows that are read.
    pub const MAX_ROWS: usize = 1_000_000;

    /// Whether a text begins as a sheet of acts does, with a cell that says `date`. No case file and
    /// no score sheet does.
    #[must_use]
    pub fn is_like(text: &[u8]) -> bool {
        begins_with(text, DATE)
    }

    /// Reads a sheet. O(cells · log pairs of parties).
    ///
    /// # Errors
    /// [`ActSheetError`] with the line and the column, for every cell that has a fault; for the header alone
    /// where that has one.
    pub fn read(text: &[u8]) -> Result<Self, TableFaults<ActSheetError>> {
        let refused = |error: csv::Error| ActSheetError::from(TableFault::from(error));
        let text = decoded(text, HEADER).map_err(ActSheetError::from)?;
        let mut reader = reader(&text);
        let header = reader.headers().map_err(refused)?.clone();
        let mut reading = Reading::new(Columns::of(&header)?);
        for record in reader.records() {
            match record.map_err(refused) {
                Ok(record) => reading.row(Row {
                    header: &header,
                    record: &record,
                })?,
                Err(fault) => reading.faults.note(fault),
            }
        }
        reading.finish(&header)
    }

    /// The types an actor might be, in the order of their columns; at least two.
    #[must_use]
    pub fn types(&self) -> &[String] {
        &self.types
    }

    /// The acts, in the order of the sheet; at least one.
    #[must_use]
    pub fn acts(&self) -> &[SheetAct] {
        &self.acts
    }

    /// What was believed before the acts, as far as the sheet says it.
    #[must_use]
    pub fn priors(&self) -> &[SheetPrior] {
        &self.priors
    }
}

/// A sheet as far as it was read.
struct Reading {
    columns: Columns,
    acts: Vec<SheetAct>,
    priors: Vec<SheetPrior>,
    /// The line of each prior, by observer and actor.
    lines: BTreeMap<(String, String), u64>,
    rows: usize,
    faults: Gathered<ActSheetError>,
}

impl Reading {
    fn new(columns: Columns) -> Self {
        Self {
            columns,
            acts: Vec::new(),
            priors: Vec::new(),
            lines: BTreeMap::new(),
            rows: 0,
            faults: Gathered::default(),
        }
    }

    /// Reads a row and notes its faults.
    fn row(&mut self, row: Row<'_>) -> Result<(), ActSheetError> {
        self.rows += 1;
        if self.rows > ActSheet::MAX_ROWS {
            return Err(ActSheetError::TooLong {
                limit: ActSheet::MAX_ROWS,
            });
        }
        let mut cells = Cells {
            row,
            faults: &mut self.faults,
        };
        if row.cell(0).eq_ignore_ascii_case(PRIOR) {
            if let Some(prior) = prior(&mut cells, &self.columns) {
                self.keep_prior(row.line(), prior);
            }
        } else if let Some(act) = act(&mut cells, &self.columns) {
            self.acts.push(act);
        }
        Ok(())
    }

    fn keep_prior(&mut self, line: u64, prior: SheetPrior) {
        let pair = (prior.observer.clone(), prior.actor.clone());
        match self.lines.get(&pair) {
            Some(&first) => self.faults.note(ActSheetError::SecondPrior {
                line,
                first,
                observer: pair.0,
                actor: pair.1,
            }),
            None => {
                self.lines.insert(pair, line);
                self.priors.push(prior);
            }
        }
    }

    fn finish(self, header: &StringRecord) -> Result<ActSheet, TableFaults<ActSheetError>> {
        self.faults.none()?;
        if self.acts.is_empty() {
            return Err(ActSheetError::NoActs.into());
        }
        let name = |&column: &usize| header.get(column).unwrap_or_default().to_owned();
        Ok(ActSheet {
            types: self.columns.types.iter().map(name).collect(),
            acts: self.acts,
            priors: self.priors,
        })
    }
}

/// The observer and the actor of a row, which are not one.
fn parties(cells: &mut Cells<'_, '_>) -> Option<(String, String)> {
    let (observer, actor) = (cells.name(1), cells.name(2));
    let (observer, actor) = (observer?, actor?);
    if observer == actor {
        cells.faults.note(ActSheetError::Itself {
            line: cells.row.line(),
            party: actor,
        });
        return None;
    }
    Some((observer, actor))
}

/// What a row says was believed before the acts.
fn prior(cells: &mut Cells<'_, '_>, columns: &Columns) -> Option<SheetPrior> {
    let (parties, chances) = (parties(cells), cells.chances(columns)?);
    cells.not_certain(columns, &chances)?;
    let sum: f64 = chances.iter().map(|it| it.central).sum();
    if (sum - 1.0).abs() > 1e-9 {
        let line = cells.row.line();
        cells.faults.note(ActSheetError::Prior { line, sum });
        return None;
    }
    let (observer, actor) = parties?;
    Some(SheetPrior {
        observer,
        actor,
        chances,
    })
}

/// What a row says was done.
fn act(cells: &mut Cells<'_, '_>, columns: &Columns) -> Option<SheetAct> {
    let line = cells.row.line();
    let (parties, likelihoods) = (parties(cells), cells.chances(columns));
    let date = cells.date(0);
    let known = cells.optional(columns.known, Cells::date);
    let tone = cells.optional(columns.tone, Cells::tone);
    let forced = cells.optional(columns.forced, Cells::chance);
    let cost = cells.optional(columns.cost, Cells::cost);
    let words = |cells: &mut Cells<'_, '_>, column| cells.optional(column, Cells::text).flatten();
    let (event, clue) = (words(cells, columns.act), words(cells, columns.clue));
    let (date, known, (observer, actor)) = (date?, known?, parties?);
    let known = known.unwrap_or(date);
    if known < date {
        let fault = ActSheetError::TooSoon { line, known, date };
        cells.faults.note(fault);
    }
    let (likelihoods, forced) = (likelihoods?, forced?.unwrap_or(Ranged::exact(0.0)));
    if forced.central <= 0.0 && likelihoods.iter().all(|it| it.central <= 0.0) {
        cells.faults.note(ActSheetError::Impossible { line });
    }
    Some(SheetAct {
        line,
        observer,
        actor,
        date,
        known,
        event: event.unwrap_or_default(),
        tone: tone?,
        forced,
        cost: cost?,
        likelihoods,
        clue,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "date,observer,actor,act,known,tone,forced,cost,clue,good,bad\n\
                        prior,a,b,,,,,,,0.4,0.6\n\
                        1990-01-02,a,b,signs,1990-02-01,cooperative,0.1,1.5,x,0.7,0.2..0.4\n\
                        1990-01-01,b,a,,,,,,,1,0.1..0.2..0.4\n";

    #[track_caller]
    fn refused(text: &str, words: &str) {
        let error = ActSheet::read(text.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(words), "{error}");
    }

    #[test]
    fn a_whole_sheet_is_read() {
        let sheet = ActSheet::read(GOOD.as_bytes()).unwrap();
        assert_eq!(sheet.types(), ["good", "bad"]);
        assert_eq!(sheet.priors().len(), 1);
        let [first, second] = sheet.acts() else {
            panic!("{sheet:?}")
        };
        assert_eq!(first.tone, Some(Tone::Cooperative));
        assert_eq!((first.line, first.clue.as_deref()), (3, Some("x")));
        assert_eq!(first.known.to_string(), "1990-02-01");
        assert_eq!(first.forced, Ranged::exact(0.1));
        assert_eq!((first.cost, second.cost), (Some(1.5), None));
        assert_eq!((second.known, second.tone), (second.date, None));
        assert_eq!(second.likelihoods[1].central, 0.2);
        assert!(!second.likelihoods[1].is_exact() && second.likelihoods[0].is_exact());
        let marked = format!("\u{feff}{}", GOOD.replace(',', " , ").replace('\n', "\r\n"));
        assert_eq!(ActSheet::read(marked.as_bytes()), Ok(sheet));
        assert!(ActSheet::is_like(marked.as_bytes()));
        assert!(!ActSheet::is_like(b"issue,option,a,b"));
    }

    #[test]
    fn faults_of_the_header_are_placed() {
        refused(
            "",
            "no text; expected a header: date,observer,actor, and one",
        );
        refused("date;observer;actor\n", "column 1");
        let parted = ActSheet::read(b"dates;observer;actor\n").unwrap_err();
        assert_eq!(parted.listed().len(), 1);
        refused("date,who,actor,x\n", "column 2: found \"who\"");
        refused("date,observer,actor\n", "names no type");
        refused("date,observer,actor,tone,cost\n", "names no type");
        refused("date,observer,actor,x\n", "only the type \"x\"; expected");
        refused("date,observer,actor,x,\n", "column 5: found \"\"");
        refused("date,observer,actor,x,X\n", "no other column");
        refused("date,who,whom,x,y\n", "2 faults\n  line 1, column 2: ");
        refused("date,observer,actor,x,y\n", "has no acts");
    }

    #[test]
    fn faults_of_a_row_are_placed() {
        let row = |cells: &str| format!("date,observer,actor,known,tone,x,y\n{cells}\n");
        refused(&row("1990-01-01,a,b,,"), "line 2: 5 columns; expected 7");
        refused(&row("1990-13-01,a,b,,,1,1"), "line 2, column 1 (date)");
        refused(&row("1990-01-01,,b,,,1,1"), "column 2 (observer)");
        refused(&row("1990-01-01,a,a,,,1,1"), "watches itself");
        refused(&row("1990-01-01,a,b,1989-12-31,,1,1"), "before it was done");
        refused(&row("1990-01-01,a,b,soon,,1,1"), "column 4 (known)");
        refused(&row("1990-01-01,a,b,,kind,1,1"), "cooperative or hostile");
        refused(&row("1990-01-01,a,b,,,0,0"), "no type could have done it");
        refused(&row("prior,a,b,,,0.5,0.6"), "adds up to 1.1");
        refused(&row("prior,a,b,,,0,1"), "strictly between 0 and 1");
        refused(
            &row("prior,a,b,,,0.5,0.5\nprior,a,b,,,0.5,0.5"),
            "in line 2 already",
        );
        refused(
            "date,observer,actor,cost,x,y\n1990-01-01,a,b,dear,1,1\n",
            "column 4 (cost): found \"dear\"; expected a finite number",
        );
        for cell in [
            "",
            "2",
            "-1",
            "NaN",
            "inf",
            "0.5..0.3",
            "0.1..",
            "0..1..0.5",
            "0..0..0..0",
        ] {
            refused(
                &row(&format!("1990-01-01,a,b,,,{cell},1")),
                &format!("column 6 (x): found {cell:?}"),
            );
        }
        refused(
            &row("1990-01-01,a,b,,,0.5..0.3,1"),
            "column 6 (x): found \"0.5..0.3\"; expected low before high",
        );
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let rows = "1990-13-01,a,b,2,1\n1990-01-01,a,b,1\nprior,a,b,0.5,0.6\n1990-01-01,a,a,1,x\n";
        let text = format!("date,observer,actor,x,y\n{rows}");
        let faults = ActSheet::read(text.as_bytes()).unwrap_err();
        let told: Vec<String> = faults.listed().iter().map(ToString::to_string).collect();
        let expected = [
            "line 2, column 4 (x)",
            "line 2, column 1 (date)",
            "line 3: 4 columns",
            "line 4: the prior adds up",
            "line 5: \"a\" watches itself",
            "line 5, column 5 (y)",
        ];
        assert_eq!(told.len(), expected.len(), "{told:?}");
        for (told, expected) in told.iter().zip(expected) {
            assert!(told.starts_with(expected), "{told}");
        }
    }
}
