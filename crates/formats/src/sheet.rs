//! Score sheets, as negotiation courses use them: CSV with the header `issue,option,<party>…`, a row
//! for each option and a row `nonagreement,,<payoff>…`. Payoffs add up over issues.
//!
//! A payoff that is not known exactly is a range, `3..5`, or one with its central value, `3..3.5..5`. Who can only be said to rank agreements has a
//! column `rank: <party>` of places, 1 the best, which may be tied or ranges too; the sheet then has one
//! issue, whose options are whole agreements, and nonagreement has its place among them.

use std::collections::{BTreeMap, BTreeSet};

use csv::{ErrorKind, ReaderBuilder, StringRecord, Trim, WriterBuilder};

use detente_quantity::Interval;

use crate::{
    Format, FormatError, Issue, Limits, Negotiation, Party, Place, ScoreRanges, Scores,
    error::{at_most, missing, quoted, unexpected, unsupported, unwritable},
    faults::Faults,
    number, text,
};

const ISSUE: &str = "issue";
const OPTION: &str = "option";
const NONAGREEMENT: &str = "nonagreement";

/// Before the name of a party that only ranks agreements.
const RANK: &str = "rank:";

/// Reads a sheet whose cells are parted by commas, semicolons or tabs. A sheet may leave out the row
/// of nonagreement payoffs. O(cells · log options).
pub(crate) fn read(name: &str, text: &str, limits: &Limits) -> Result<Negotiation, FormatError> {
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter(text))
        .trim(Trim::All)
        .flexible(false)
        .from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| fault(&error))?.clone();
    let mut reading = Reading::new(&header, limits)?;
    for record in reader.records() {
        match record {
            Ok(record) => {
                let line = record.position().map_or(0, csv::Position::line);
                reading.row(&record, usize::try_from(line).unwrap_or(usize::MAX))?;
            }
            // The rows after one of another length are read all the same.
            Err(error) => reading.faults.note(fault(&error)),
        }
    }
    reading.finish(name)
}

/// What parts the cells of the header.
fn delimiter(text: &str) -> u8 {
    let line = text.trim_start().lines().next().unwrap_or_default();
    let found = line.bytes().find(|byte| b",;\t".contains(byte));
    found.unwrap_or(b',')
}

fn fault(error: &csv::Error) -> FormatError {
    let (line, given, expected) = match error.kind() {
        ErrorKind::UnequalLengths {
            pos,
            expected_len,
            len,
        } => (
            pos.as_ref().map_or(1, csv::Position::line),
            format!("{len} cells"),
            format!("{expected_len} as in the header"),
        ),
        _ => (1, error.to_string(), "rows of cells".to_owned()),
    };
    unexpected(
        at(usize::try_from(line).unwrap_or(usize::MAX), 0),
        given,
        expected,
    )
}

/// The cell of a line; columns of a sheet are its cells.
const fn at(line: usize, cell: usize) -> Place {
    Place {
        line,
        column: cell + 1,
    }
}

/// A sheet as far as it was read.
struct Reading<'l> {
    limits: &'l Limits,
    parties: Vec<Column>,
    issues: Vec<Issue>,
    /// By party and issue, what options are worth.
    tables: Vec<Vec<Vec<Ranged>>>,
    nonagreement: Option<Vec<Ranged>>,
    places: BTreeMap<String, usize>,
    seen: BTreeSet<(usize, String)>,
    /// What is wrong with the rows so far.
    faults: Faults,
}

/// The column of a party.
#[derive(Debug, Clone, PartialEq)]
struct Column {
    party: String,
    /// Whether it holds places in a ranking.
    ranked: bool,
}

impl Column {
    fn of(header: &str) -> Self {
        let name = text::name(header);
        let start = name.get(..RANK.len());
        match start.is_some_and(|it| it.eq_ignore_ascii_case(RANK)) {
            true => Self {
                party: name[RANK.len()..].trim().to_owned(),
                ranked: true,
            },
            false => Self {
                party: name,
                ranked: false,
            },
        }
    }

    /// What a cell says of an agreement: a payoff, or minus a place, or a range of these.
    fn payoff(&self, cell: &str, place: Place) -> Result<Ranged, FormatError> {
        let ends: Vec<&str> = cell.split("..").map(str::trim).collect();
        let refused = |expected| unexpected(place, quoted(cell), expected);
        let number = |text: &str| match ends.len() {
            1 => number::double(text, place),
            _ => number::double(text, place).map_err(|_| refused(RANGE)),
        };
        let (low, central, high) = match ends.as_slice() {
            [one] => (number(one)?, number(one)?, number(one)?),
            [low, high] => {
                let (low, high) = (number(low)?, number(high)?);
                (low, f64::midpoint(low, high), high)
            }
            [low, central, high] => (number(low)?, number(central)?, number(high)?),
            _ => return Err(refused(RANGE)),
        };
        let ranged = match self.ranked {
            true => {
                let is_place = |it: f64| it >= 1.0 && it.fract() == 0.0;
                if !is_place(low) || !is_place(high) {
                    let expected = "a place in the ranking: 1 for the best, 2 for the next, …";
                    return Err(refused(expected));
                }
                Ranged::new(-high, -central, -low)
            }
            false => Ranged::new(low, central, high),
        };
        ranged.ok_or_else(|| refused("a range from its lower end to its higher"))
    }
}

const RANGE: &str = "a number, or a range such as 3..5 or 3..3.5..5";

/// A payoff and the range in which it lies.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ranged {
    central: f64,
    range: Interval,
}

impl Ranged {
    fn new(low: f64, central: f64, high: f64) -> Option<Self> {
        let range = Interval::new(low, high).ok()?;
        range.contains(central).then_some(Self { central, range })
    }

    fn is_wide(&self) -> bool {
        self.range.low() < self.range.high()
    }

    /// The payoff as a cell says it.
    fn cell(self) -> String {
        let [low, central, high] =
            [self.range.low(), self.central, self.range.high()].map(number::shown);
        if !self.is_wide() {
            central
        } else if self.range.midpoint().total_cmp(&self.central).is_eq() {
            format!("{low}..{high}")
        } else {
            format!("{low}..{central}..{high}")
        }
    }

    /// The place of which the payoff is minus as much, as a cell says it.
    fn place(self) -> String {
        let turned = Self::new(-self.range.high(), -self.central, -self.range.low());
        turned.unwrap_or(self).cell()
    }
}

impl<'l> Reading<'l> {
    fn new(header: &StringRecord, limits: &'l Limits) -> Result<Self, FormatError> {
        let mut faults = Faults::default();
        for (cell, name) in [ISSUE, OPTION].into_iter().enumerate() {
            let given = header.get(cell).unwrap_or_default();
            if !given.eq_ignore_ascii_case(name) {
                faults.note(unexpected(at(1, cell), quoted(given), name));
            }
        }
        let parties: Vec<Column> = header.iter().skip(2).map(Column::of).collect();
        if parties.is_empty() {
            faults.note(missing(at(1, 2), "a party", "a column for each party"));
        }
        let mut named = BTreeSet::new();
        for (place, Column { party, .. }) in parties.iter().enumerate() {
            if party.is_empty() || !named.insert(party) {
                let expected = "the name of a party that has no column yet";
                faults.note(unexpected(at(1, place + 2), quoted(party), expected));
            }
        }
        // Where columns are in doubt, what rows say is too.
        faults.none()?;
        Ok(Self {
            limits,
            tables: vec![Vec::new(); parties.len()],
            parties,
            issues: Vec::new(),
            nonagreement: None,
            places: BTreeMap::new(),
            seen: BTreeSet::new(),
            faults: Faults::default(),
        })
    }

    /// Takes a row, or notes its faults; only what goes beyond a limit ends reading.
    fn row(&mut self, record: &StringRecord, line: usize) -> Result<(), FormatError> {
        let cells = record.iter().enumerate().skip(2).zip(&self.parties);
        let numbers: Vec<Option<Ranged>> = cells
            .map(|((cell, text), column)| self.faults.keep(column.payoff(text, at(line, cell))))
            .collect();
        let numbers: Option<Vec<Ranged>> = numbers.into_iter().collect();
        let [issue, option] = [0, 1].map(|cell| text::name(record.get(cell).unwrap_or_default()));
        if issue.eq_ignore_ascii_case(NONAGREEMENT) && option.is_empty() {
            self.without(numbers, line);
            return Ok(());
        }
        for (cell, name, what) in [(0, &issue, "an issue"), (1, &option, "an option")] {
            if name.is_empty() {
                self.faults.note(missing(at(line, cell), what, "a name"));
            }
        }
        if issue.is_empty() || option.is_empty() {
            return Ok(());
        }
        let count = self.seen.len() + 1;
        at_most("options", count, self.limits.options)?;
        at_most(
            "payoffs",
            count.saturating_mul(self.parties.len()),
            self.limits.payoffs,
        )?;
        self.option(issue, option, numbers, line);
        Ok(())
    }

    /// Takes an option and what it is worth, which may be in doubt.
    fn option(&mut self, issue: String, option: String, numbers: Option<Vec<Ranged>>, line: usize) {
        let place = self.place(issue);
        if !self.seen.insert((place, option.clone())) {
            let what = format!(
                "option {} of issue {}",
                quoted(&option),
                quoted(&self.issues[place].name)
            );
            self.faults.note(twice(at(line, 1), what));
            return;
        }
        self.issues[place].options.push(option);
        for (tables, number) in self.tables.iter_mut().zip(numbers.unwrap_or_default()) {
            tables[place].push(number);
        }
    }

    /// Takes the row of nonagreement payoffs, which may be in doubt.
    fn without(&mut self, numbers: Option<Vec<Ranged>>, line: usize) {
        let given = numbers.unwrap_or_default();
        if self.nonagreement.replace(given).is_some() {
            let what = "the row of nonagreement payoffs".to_owned();
            self.faults.note(twice(at(line, 0), what));
        }
    }

    /// The place of an issue; a new one goes last.
    fn place(&mut self, name: String) -> usize {
        if let Some(&place) = self.places.get(&name) {
            return place;
        }
        self.places.insert(name.clone(), self.issues.len());
        self.issues.push(Issue {
            name,
            options: Vec::new(),
        });
        for tables in &mut self.tables {
            tables.push(Vec::new());
        }
        self.issues.len() - 1
    }

    fn finish(mut self, name: &str) -> Result<Negotiation, FormatError> {
        if self.issues.is_empty() && self.faults.is_empty() {
            let expected = "a row for each option of each issue";
            self.faults.note(missing(at(2, 0), "a row", expected));
        }
        let several = self.issues.len() > 1;
        let ranked = self
            .parties
            .iter()
            .enumerate()
            .filter(|(_, it)| it.ranked && several);
        for (place, _) in ranked {
            self.faults.note(unsupported(
                at(1, place + 2),
                "a ranking of the options of several issues",
                "one issue whose options are whole agreements, as places do not add up over issues",
            ));
        }
        self.faults.none()?;
        let nonagreement = self.nonagreement;
        let party = |(place, (column, tables)): (usize, (Column, Vec<_>))| {
            column.party(&tables, nonagreement.as_ref().map(|it| it[place]))
        };
        let parties = self.parties.into_iter().zip(self.tables).enumerate();
        Negotiation::new(name, self.issues, parties.map(party).collect())
    }
}

impl Column {
    /// The party.
    fn party(self, tables: &[Vec<Ranged>], nonagreement: Option<Ranged>) -> Party {
        let wide = tables
            .iter()
            .flatten()
            .chain(&nonagreement)
            .any(Ranged::is_wide);
        let wide_without = nonagreement.filter(Ranged::is_wide);
        let ranges = ScoreRanges {
            tables: each(tables, |it| it.range),
            nonagreement: wide_without.map(|it| it.range),
        };
        let scores = Scores::Additive {
            constant: 0.0,
            tables: each(tables, |it| it.central),
        };
        Party {
            nonagreement: nonagreement.map(|it| it.central),
            ranges: wide.then_some(ranges),
            ranked: self.ranked,
            ..Party::new(self.party, scores)
        }
    }
}

fn twice(place: Place, what: String) -> FormatError {
    FormatError::Twice { place, what }
}

fn each<T, U>(tables: &[Vec<T>], of: impl Fn(&T) -> U) -> Vec<Vec<U>> {
    { tables.iter() }
        .map(|table| table.iter().map(&of).collect())
        .collect()
}

/// Writes a sheet. A constant goes to every option of the first issue, so that each agreement is worth
/// what it was.
pub(crate) fn write(negotiation: &Negotiation) -> Result<String, FormatError> {
    if negotiation.parties().is_empty() {
        return Err(refused("a domain without parties", "a party or more"));
    }
    let nonagreement = negotiation.nonagreement()?;
    let columns: Vec<Written> = { negotiation.parties().iter().zip(nonagreement) }
        .map(|(party, without)| Written::of(party, without))
        .collect::<Result<_, _>>()?;
    let mut rows = vec![vec![ISSUE.to_owned(), OPTION.to_owned()]];
    rows[0].extend(columns.iter().map(|it| it.header.clone()));
    for (place, issue) in negotiation.issues().iter().enumerate() {
        for (option, name) in issue.options.iter().enumerate() {
            let mut row = vec![issue.name.clone(), name.clone()];
            row.extend(columns.iter().map(|it| it.cells[place][option].clone()));
            rows.push(row);
        }
    }
    let mut last = vec![NONAGREEMENT.to_owned(), String::new()];
    last.extend(columns.into_iter().map(|it| it.nonagreement));
    rows.push(last);
    written(&rows).ok_or_else(|| refused("a text", "text in UTF-8"))
}

fn refused(what: impl Into<String>, expected: &'static str) -> FormatError {
    unwritable(Format::Sheet, what, expected)
}

/// A party's column as it is written.
struct Written {
    header: String,
    /// By issue and option.
    cells: Vec<Vec<String>>,
    nonagreement: String,
}

impl Written {
    fn of(party: &Party, without: f64) -> Result<Self, FormatError> {
        let name = quoted(&party.name);
        let tables = by_issue(party).ok_or_else(|| {
            let what = format!("a table over agreements, as party {name} has,");
            refused(what, "payoffs that add up by issue")
        })?;
        if party.discount.is_some_and(|it| it < 1.0) {
            return Err(refused(
                format!("the discount of party {name}"),
                "no discount",
            ));
        }
        if !party.ranked && Column::of(&party.name).ranked {
            let what = format!("a party of the name {name}");
            return Err(refused(what, "a name that does not begin with \"rank:\""));
        }
        let cell = |payoff: &Ranged| match party.ranked {
            true => payoff.place(),
            false => payoff.cell(),
        };
        let range = party.ranges.as_ref().and_then(|it| it.nonagreement);
        let (low, high) = range.map_or((without, without), |it| (it.low(), it.high()));
        let without = Ranged::new(low, without, high);
        let without = without.ok_or_else(|| refused("a payoff that is not finite", "numbers"))?;
        Ok(Self {
            header: match party.ranked {
                true => format!("{RANK} {}", party.name),
                false => party.name.clone(),
            },
            nonagreement: cell(&without),
            cells: each(&tables, cell),
        })
    }
}

fn written(rows: &[Vec<String>]) -> Option<String> {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}

/// A party's payoffs by issue, the constant among those of the first; `None` for a table.
fn by_issue(party: &Party) -> Option<Vec<Vec<Ranged>>> {
    let Scores::Additive { constant, tables } = &party.scores else {
        return None;
    };
    let constant = number::of_double(*constant)?;
    let mut ranged = Vec::with_capacity(tables.len());
    for (issue, table) in tables.iter().enumerate() {
        // Nothing is added to the payoffs of other issues, which so stay as they are.
        let more = |payoff: f64| match issue == 0 {
            true => Some((&number::of_double(payoff)? + &constant).to_f64()),
            false => Some(payoff),
        };
        let row = table.iter().enumerate().map(|(option, &payoff)| {
            let range = party.ranges.as_ref().map(|it| it.tables[issue][option]);
            let (low, high) = range.map_or((payoff, payoff), |it| (it.low(), it.high()));
            Ranged::new(more(low)?, more(payoff)?, more(high)?)
        });
        ranged.push(row.collect::<Option<_>>()?);
    }
    Some(ranged)
}

#[cfg(test)]
mod tests;
