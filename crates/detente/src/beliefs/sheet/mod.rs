mod error;

use std::collections::{BTreeMap, BTreeSet};

use csv::StringRecord;
use detente_quantity::Date;
use detente_reputation::Tone;

pub use error::ActSheetError;

use crate::tabular::{TableFault, begins_with, decoded, reader};

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
/// (`cooperative` or `hostile`), `forced` (the chance that the situation alone would have produced it)
/// and `clue` (acts with the same word are declared to depend on one another). **Every other column is
/// a type.** A likelihood is a number from 0 to 1, a range `0.3..0.5`, or a range with its central
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
/// # Ok::<(), detente::beliefs::ActSheetError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ActSheet {
    types: Vec<String>,
    acts: Vec<SheetAct>,
    priors: Vec<SheetPrior>,
}

/// What a sheet's first cell says.
const DATE: &str = "date";

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
    /// [`ActSheetError`] with the line and the column of the first fault.
    pub fn read(text: &[u8]) -> Result<Self, ActSheetError> {
        let text = decoded(text)?;
        let mut reader = reader(&text);
        let header = reader.headers().map_err(TableFault::from)?.clone();
        let mut reading = Reading::new(Columns::of(&header)?);
        let mut record = StringRecord::new();
        while reader.read_record(&mut record).map_err(TableFault::from)? {
            reading.row(&Row {
                line: record.position().map_or(0, csv::Position::line),
                header: &header,
                record: &record,
            })?;
        }
        reading.finish(&header)
    }

    /// The types an actor might be, in the order of their columns; at least one.
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

/// Which column holds what.
#[derive(Debug, Default)]
struct Columns {
    act: Option<usize>,
    known: Option<usize>,
    tone: Option<usize>,
    forced: Option<usize>,
    clue: Option<usize>,
    types: Vec<usize>,
}

impl Columns {
    fn of(header: &StringRecord) -> Result<Self, ActSheetError> {
        let refused = |column: usize, expected| ActSheetError::Header {
            column: column + 1,
            given: header.get(column).unwrap_or_default().to_owned(),
            expected,
        };
        let first = [
            (DATE, "date, and commas between the columns"),
            ("observer", "observer"),
            ("actor", "actor"),
        ];
        for (column, (name, expected)) in first.into_iter().enumerate() {
            let given = header.get(column);
            if !given.is_some_and(|it| it.eq_ignore_ascii_case(name)) {
                return Err(refused(column, expected));
            }
        }
        let mut columns = Self::default();
        let mut seen = BTreeSet::new();
        for (column, name) in header.iter().enumerate().skip(3) {
            if name.is_empty() {
                return Err(refused(column, "the name of a type"));
            }
            if !seen.insert(name.to_ascii_lowercase()) {
                return Err(refused(column, "a name that no other column has"));
            }
            columns.place(column, name);
        }
        match columns.types.is_empty() {
            true => Err(ActSheetError::NoTypes),
            false => Ok(columns),
        }
    }

    fn place(&mut self, column: usize, name: &str) {
        let place = match name.to_ascii_lowercase().as_str() {
            "act" | "event" if self.act.is_none() => &mut self.act,
            "known" => &mut self.known,
            "tone" => &mut self.tone,
            "forced" => &mut self.forced,
            "clue" => &mut self.clue,
            _ => return self.types.push(column),
        };
        *place = Some(column);
    }
}

/// One row, and what its columns are called.
struct Row<'r> {
    line: u64,
    header: &'r StringRecord,
    record: &'r StringRecord,
}

impl<'r> Row<'r> {
    fn cell(&self, column: usize) -> &'r str {
        self.record.get(column).unwrap_or_default()
    }

    /// A cell that may be left empty.
    fn filled(&self, column: Option<usize>) -> Option<(usize, &'r str)> {
        let column = column?;
        Some((column, self.cell(column))).filter(|(_, cell)| !cell.is_empty())
    }

    fn refused(&self, column: usize, expected: &'static str) -> ActSheetError {
        ActSheetError::Cell {
            line: self.line,
            column: column + 1,
            name: self.header.get(column).unwrap_or_default().to_owned(),
            given: self.cell(column).to_owned(),
            expected,
        }
    }

    fn name(&self, column: usize) -> Result<String, ActSheetError> {
        match self.cell(column) {
            "" => Err(self.refused(column, "the name of a party")),
            name => Ok(name.to_owned()),
        }
    }

    fn date(&self, column: usize, expected: &'static str) -> Result<Date, ActSheetError> {
        let parsed = self.cell(column).parse();
        parsed.map_err(|_| self.refused(column, expected))
    }

    fn tone(&self, column: usize) -> Result<Tone, ActSheetError> {
        match self.cell(column).to_ascii_lowercase().as_str() {
            "cooperative" => Ok(Tone::Cooperative),
            "hostile" => Ok(Tone::Hostile),
            _ => Err(self.refused(column, "cooperative or hostile")),
        }
    }

    /// A number from 0 to 1, or a range of such numbers.
    fn chance(&self, column: usize) -> Result<Ranged, ActSheetError> {
        ranged(self.cell(column)).ok_or_else(|| {
            let expected = "a number from 0 to 1, or a range such as 0.3..0.5 or 0.3..0.35..0.5";
            self.refused(column, expected)
        })
    }
}

fn ranged(cell: &str) -> Option<Ranged> {
    let chance = |text: &str| {
        let number: f64 = text.trim().parse().ok()?;
        (0.0..=1.0).contains(&number).then_some(number)
    };
    let parts: Vec<f64> = cell.split("..").map(chance).collect::<Option<_>>()?;
    let range = match parts.as_slice() {
        [value] => Ranged::exact(*value),
        [low, high] => Ranged {
            low: *low,
            central: f64::midpoint(*low, *high),
            high: *high,
        },
        [low, central, high] => Ranged {
            low: *low,
            central: *central,
            high: *high,
        },
        _ => return None,
    };
    (range.low <= range.central && range.central <= range.high).then_some(range)
}

/// A sheet as far as it was read.
struct Reading {
    columns: Columns,
    acts: Vec<SheetAct>,
    priors: Vec<SheetPrior>,
    /// The line of each prior, by observer and actor.
    lines: BTreeMap<(String, String), u64>,
}

impl Reading {
    const fn new(columns: Columns) -> Self {
        Self {
            columns,
            acts: Vec::new(),
            priors: Vec::new(),
            lines: BTreeMap::new(),
        }
    }

    fn row(&mut self, row: &Row<'_>) -> Result<(), ActSheetError> {
        if self.acts.len() + self.priors.len() == ActSheet::MAX_ROWS {
            return Err(ActSheetError::TooLong {
                limit: ActSheet::MAX_ROWS,
            });
        }
        let (observer, actor) = (row.name(1)?, row.name(2)?);
        if observer == actor {
            return Err(ActSheetError::Itself {
                line: row.line,
                party: actor,
            });
        }
        let columns = self.columns.types.iter();
        let chances = columns.map(|&column| row.chance(column));
        let chances: Vec<Ranged> = chances.collect::<Result<_, _>>()?;
        if row.cell(0).eq_ignore_ascii_case(PRIOR) {
            self.not_certain(row, &chances)?;
            self.prior(row.line, observer, actor, chances)
        } else {
            self.act(row, observer, actor, chances)
        }
    }

    /// Certainty about a type could not be updated.
    fn not_certain(&self, row: &Row<'_>, chances: &[Ranged]) -> Result<(), ActSheetError> {
        let certain = |it: &Ranged| it.low <= 0.0 || it.high >= 1.0;
        match chances.iter().position(certain) {
            Some(place) if chances.len() > 1 => Err(row.refused(
                self.columns.types[place],
                "a probability strictly between 0 and 1, which evidence can move",
            )),
            _ => Ok(()),
        }
    }

    fn prior(
        &mut self,
        line: u64,
        observer: String,
        actor: String,
        chances: Vec<Ranged>,
    ) -> Result<(), ActSheetError> {
        let sum: f64 = chances.iter().map(|it| it.central).sum();
        if (sum - 1.0).abs() > 1e-9 {
            return Err(ActSheetError::Prior { line, sum });
        }
        let pair = (observer.clone(), actor.clone());
        if let Some(first) = self.lines.insert(pair, line) {
            return Err(ActSheetError::SecondPrior {
                line,
                first,
                observer,
                actor,
            });
        }
        self.priors.push(SheetPrior {
            observer,
            actor,
            chances,
        });
        Ok(())
    }

    fn act(
        &mut self,
        row: &Row<'_>,
        observer: String,
        actor: String,
        likelihoods: Vec<Ranged>,
    ) -> Result<(), ActSheetError> {
        let line = row.line;
        let date = row.date(0, "a day such as 1986-10-11, or prior")?;
        let known = match row.filled(self.columns.known) {
            Some((column, _)) => row.date(column, "a day such as 1986-10-11, or nothing")?,
            None => date,
        };
        if known < date {
            return Err(ActSheetError::TooSoon { line, known, date });
        }
        let tone = row.filled(self.columns.tone);
        let forced = row.filled(self.columns.forced);
        let forced = forced.map(|(column, _)| row.chance(column)).transpose()?;
        let forced = forced.unwrap_or(Ranged::exact(0.0));
        if forced.central <= 0.0 && likelihoods.iter().all(|it| it.central <= 0.0) {
            return Err(ActSheetError::Impossible { line });
        }
        let words = |column| row.filled(column).map(|(_, cell)| cell.to_owned());
        self.acts.push(SheetAct {
            line,
            observer,
            actor,
            date,
            known,
            event: words(self.columns.act).unwrap_or_default(),
            tone: tone.map(|(column, _)| row.tone(column)).transpose()?,
            forced,
            likelihoods,
            clue: words(self.columns.clue),
        });
        Ok(())
    }

    fn finish(self, header: &StringRecord) -> Result<ActSheet, ActSheetError> {
        if self.acts.is_empty() {
            return Err(ActSheetError::NoActs);
        }
        let name = |&column: &usize| header.get(column).unwrap_or_default().to_owned();
        Ok(ActSheet {
            types: self.columns.types.iter().map(name).collect(),
            acts: self.acts,
            priors: self.priors,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "date,observer,actor,act,known,tone,forced,clue,good,bad\n\
                        prior,a,b,,,,,,0.4,0.6\n\
                        1990-01-02,a,b,signs,1990-02-01,cooperative,0.1,x,0.7,0.2..0.4\n\
                        1990-01-01,b,a,,,,,,1,0.1..0.2..0.4\n";

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
        refused("", "is empty");
        refused("date;observer;actor\n", "column 1");
        refused("date,who,actor,x\n", "column 2: found \"who\"");
        refused("date,observer,actor\n", "names no type");
        refused("date,observer,actor,tone\n", "names no type");
        refused("date,observer,actor,x,\n", "column 5: found \"\"");
        refused("date,observer,actor,x,X\n", "no other column");
        refused("date,observer,actor,x\n", "has no acts");
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
    }
}
