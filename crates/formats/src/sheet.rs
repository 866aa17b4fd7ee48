//! Score sheets, as negotiation courses use them: CSV with the header `issue,option,<party>…`, a row
//! for each option and a row `nonagreement,,<payoff>…`. Payoffs add up over issues.

use std::collections::{BTreeMap, BTreeSet};

use csv::{ErrorKind, ReaderBuilder, StringRecord, Trim, WriterBuilder};

use crate::{
    Format, FormatError, Issue, Limits, Negotiation, Party, Place, Scores,
    error::{at_most, missing, quoted, unexpected},
    number, text,
};

const ISSUE: &str = "issue";
const OPTION: &str = "option";
const NONAGREEMENT: &str = "nonagreement";

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
    let mut record = StringRecord::new();
    while reader
        .read_record(&mut record)
        .map_err(|error| fault(&error))?
    {
        let line = record.position().map_or(0, csv::Position::line);
        reading.row(&record, usize::try_from(line).unwrap_or(usize::MAX))?;
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
    parties: Vec<String>,
    issues: Vec<Issue>,
    /// By party and issue, what options are worth.
    tables: Vec<Vec<Vec<f64>>>,
    nonagreement: Option<Vec<f64>>,
    places: BTreeMap<String, usize>,
    seen: BTreeSet<(usize, String)>,
}

impl<'l> Reading<'l> {
    fn new(header: &StringRecord, limits: &'l Limits) -> Result<Self, FormatError> {
        for (cell, name) in [ISSUE, OPTION].into_iter().enumerate() {
            let given = header.get(cell).unwrap_or_default();
            if !given.eq_ignore_ascii_case(name) {
                return Err(unexpected(at(1, cell), quoted(given), name));
            }
        }
        let parties: Vec<String> = header.iter().skip(2).map(text::name).collect();
        if parties.is_empty() {
            return Err(missing(at(1, 2), "a party", "a column for each party"));
        }
        let mut named = BTreeSet::new();
        for (place, party) in parties.iter().enumerate() {
            if party.is_empty() || !named.insert(party) {
                let expected = "the name of a party that has no column yet";
                return Err(unexpected(at(1, place + 2), quoted(party), expected));
            }
        }
        Ok(Self {
            limits,
            tables: vec![Vec::new(); parties.len()],
            parties,
            issues: Vec::new(),
            nonagreement: None,
            places: BTreeMap::new(),
            seen: BTreeSet::new(),
        })
    }

    fn row(&mut self, record: &StringRecord, line: usize) -> Result<(), FormatError> {
        let numbers = record.iter().enumerate().skip(2);
        let numbers = numbers.map(|(cell, text)| number::double(text, at(line, cell)));
        let numbers: Vec<f64> = numbers.collect::<Result<_, _>>()?;
        let [issue, option] = [0, 1].map(|cell| text::name(record.get(cell).unwrap_or_default()));
        if issue.eq_ignore_ascii_case(NONAGREEMENT) && option.is_empty() {
            return self.without(numbers, line);
        }
        for (cell, name, what) in [(0, &issue, "an issue"), (1, &option, "an option")] {
            if name.is_empty() {
                return Err(missing(at(line, cell), what, "a name"));
            }
        }
        let count = self.seen.len() + 1;
        at_most("options", count, self.limits.options)?;
        at_most(
            "payoffs",
            count.saturating_mul(self.parties.len()),
            self.limits.payoffs,
        )?;
        let place = self.place(issue);
        if !self.seen.insert((place, option.clone())) {
            let what = format!(
                "option {} of issue {}",
                quoted(&option),
                quoted(&self.issues[place].name)
            );
            return Err(FormatError::Twice {
                place: at(line, 1),
                what,
            });
        }
        self.issues[place].options.push(option);
        for (tables, number) in self.tables.iter_mut().zip(numbers) {
            tables[place].push(number);
        }
        Ok(())
    }

    fn without(&mut self, numbers: Vec<f64>, line: usize) -> Result<(), FormatError> {
        match self.nonagreement.replace(numbers) {
            None => Ok(()),
            Some(_) => Err(FormatError::Twice {
                place: at(line, 0),
                what: "the row of nonagreement payoffs".to_owned(),
            }),
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

    fn finish(self, name: &str) -> Result<Negotiation, FormatError> {
        if self.issues.is_empty() {
            return Err(missing(
                at(2, 0),
                "a row",
                "a row for each option of each issue",
            ));
        }
        let nonagreement = self.nonagreement;
        let party = |(place, (name, tables)): (usize, (String, _))| Party {
            name,
            scores: Scores::Additive {
                constant: 0.0,
                tables,
            },
            nonagreement: nonagreement.as_ref().map(|it| it[place]),
            discount: None,
        };
        let parties = self.parties.into_iter().zip(self.tables).enumerate();
        Negotiation::new(name, self.issues, parties.map(party).collect())
    }
}

/// Writes a sheet. A constant goes to every option of the first issue, so that each agreement is worth
/// what it was.
pub(crate) fn write(negotiation: &Negotiation) -> Result<String, FormatError> {
    let refused = |what: String, expected| FormatError::Unwritable {
        format: Format::Sheet,
        what,
        expected,
    };
    if negotiation.parties().is_empty() {
        return Err(refused(
            "a domain without parties".to_owned(),
            "a party or more",
        ));
    }
    let nonagreement = negotiation.nonagreement()?;
    let tables = negotiation.parties().iter().map(|party| {
        by_issue(party).ok_or_else(|| {
            let what = format!(
                "a table over agreements, as party {} has,",
                quoted(&party.name)
            );
            refused(what, "payoffs that add up by issue")
        })
    });
    let tables: Vec<Vec<Vec<f64>>> = tables.collect::<Result<_, _>>()?;
    let mut rows = vec![vec![ISSUE.to_owned(), OPTION.to_owned()]];
    rows[0].extend(negotiation.parties().iter().map(|it| it.name.clone()));
    for (place, issue) in negotiation.issues().iter().enumerate() {
        for (option, name) in issue.options.iter().enumerate() {
            let mut row = vec![issue.name.clone(), name.clone()];
            row.extend(tables.iter().map(|it| it[place][option].to_string()));
            rows.push(row);
        }
    }
    let mut last = vec![NONAGREEMENT.to_owned(), String::new()];
    last.extend(nonagreement.iter().map(f64::to_string));
    rows.push(last);
    written(&rows).ok_or_else(|| refused("a text".to_owned(), "text in UTF-8"))
}

fn written(rows: &[Vec<String>]) -> Option<String> {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).ok()?;
    }
    String::from_utf8(writer.into_inner().ok()?).ok()
}

/// A party's payoffs by issue, the constant among those of the first; `None` for a table.
fn by_issue(party: &Party) -> Option<Vec<Vec<f64>>> {
    let Scores::Additive { constant, tables } = &party.scores else {
        return None;
    };
    let mut tables = tables.clone();
    if *constant != 0.0 {
        let constant = number::of_double(*constant)?;
        for payoff in tables.first_mut()? {
            *payoff = (&number::of_double(*payoff)? + &constant).to_f64();
        }
    }
    Some(tables)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Document, ReadOptions, strategies, write_negotiation};

    const GOOD: &str = "issue,option,a,b\nx,p,1,2\ny,q,3,4\nx,r,5,6\nnonagreement,,0,0.5\n";

    #[track_caller]
    fn refused(text: &str, message: &str) {
        let error = read("sheet", text, &Limits::default())
            .unwrap_err()
            .to_string();
        assert!(error.contains(message), "{error}");
    }

    #[test]
    fn rows_of_an_issue_need_not_stand_together() {
        let sheet = read("s", GOOD, &Limits::default()).unwrap();
        assert_eq!(sheet.issues()[0].options, ["p", "r"]);
        assert_eq!(sheet.nonagreement(), Ok(vec![0.0, 0.5]));
        let Scores::Additive { tables, .. } = &sheet.parties()[1].scores else {
            panic!("payoffs by issue");
        };
        assert_eq!(*tables, [vec![2.0, 6.0], vec![4.0]]);
        for parted in [GOOD.replace(',', ";"), GOOD.replace(',', " \t ")] {
            assert_eq!(read("s", &parted, &Limits::default()), Ok(sheet.clone()));
        }
    }

    #[test]
    fn faults_are_placed() {
        refused(
            "issue,opt,a\n",
            "line 1, column 2: found \"opt\"; expected option",
        );
        refused(
            "issue,option\nx,p\n",
            "line 1, column 3: a party is missing",
        );
        refused("issue,option,a,a\n", "line 1, column 4: found \"a\"");
        refused(
            "issue,option,a\nx,p,1\nx,q\n",
            "line 3, column 1: found 2 cells; expected 3 as in the header",
        );
        refused(
            "issue,option,a\nx,p,one\n",
            "line 2, column 3: found \"one\"",
        );
        refused(
            "issue,option,a\nx,p,1e999\n",
            "line 2, column 3: found \"1e999\"",
        );
        refused(
            "issue,option,a\n,p,1\n",
            "line 2, column 1: an issue is missing",
        );
        refused(
            "issue,option,a\nx,,1\n",
            "line 2, column 2: an option is missing",
        );
        refused(
            "issue,option,a\nx,p,1\nx,p,1\n",
            "line 3, column 2: option \"p\" of issue \"x\" is there twice",
        );
        refused(
            &format!("{GOOD}nonagreement,,1,1\n"),
            "line 6, column 1: the row of nonagreement payoffs is there twice",
        );
        refused("issue,option,a\nnonagreement,,1\n", "a row is missing");
        let few = Limits {
            options: 2,
            ..Limits::default()
        };
        assert!(matches!(
            read("s", GOOD, &few),
            Err(FormatError::TooMany { .. })
        ));
    }

    #[test]
    fn a_sheet_without_nonagreement_is_read_and_not_written() {
        let text = "issue,option,a\nx,p,1\n";
        let sheet = read("s", text, &Limits::default()).unwrap();
        assert!(matches!(
            write(&sheet),
            Err(FormatError::MissingNonagreement { .. })
        ));
    }

    proptest! {
        #[test]
        fn sheets_come_back(negotiation in strategies::negotiation()) {
            let negotiation = negotiation.with_parties(|party| Party {
                nonagreement: party.nonagreement.or(Some(0.25)),
                discount: None,
                ..party
            }).unwrap();
            let Ok(text) = write_negotiation(&negotiation, Format::Sheet) else {
                let tables = |it: &Party| matches!(it.scores, Scores::Table(_));
                prop_assert!(negotiation.parties().is_empty() || negotiation.parties().iter().any(tables));
                return Ok(());
            };
            let back = crate::read(negotiation.title(), text.as_bytes(), &ReadOptions::default());
            let Ok(Document::Negotiation(back)) = back else {
                return Err(TestCaseError::fail(format!("{back:?}")));
            };
            prop_assert_eq!(back.issues(), negotiation.issues());
            prop_assert_eq!(back.nonagreement(), negotiation.nonagreement());
            let agreements = negotiation.space().unwrap().enumerate().unwrap();
            let (old, new) = (negotiation.utilities().unwrap(), back.utilities().unwrap());
            for agreement in agreements.iter() {
                for (old, new) in old.iter().zip(&new) {
                    let (old, new) = (old.at(agreement).unwrap(), new.at(agreement).unwrap());
                    prop_assert!((old - new).abs() <= 1e-12 * old.abs().max(1e3));
                }
            }
        }
    }
}
