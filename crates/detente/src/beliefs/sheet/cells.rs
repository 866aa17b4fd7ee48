//! What the cells of a row say.

use detente_quantity::Date;
use detente_reputation::Tone;

use super::{Ranged, columns::Columns};
use crate::tabular::{Gathered, Row, TableFault};

/// A row whose faults are noted one by one; each reading is `None` where there is a fault.
pub(super) struct Cells<'r, 'f> {
    pub(super) row: Row<'r>,
    pub(super) faults: &'f mut Gathered<super::ActSheetError>,
}

impl Cells<'_, '_> {
    fn refused<T>(&mut self, column: usize, expected: &'static str) -> Option<T> {
        let fault: Result<T, TableFault> = Err(self.row.refused(column, expected));
        self.faults.keep(fault)
    }

    /// What an optional column says: nothing where there is no such column or its cell is empty.
    pub(super) fn optional<T>(
        &mut self,
        column: Option<usize>,
        read: impl Fn(&mut Self, usize) -> Option<T>,
    ) -> Option<Option<T>> {
        match column.filter(|&column| !self.row.cell(column).is_empty()) {
            Some(column) => read(self, column).map(Some),
            None => Some(None),
        }
    }

    pub(super) fn name(&mut self, column: usize) -> Option<String> {
        match self.row.cell(column) {
            "" => self.refused(column, "the name of a party"),
            name => Some(name.to_owned()),
        }
    }

    pub(super) fn text(&mut self, column: usize) -> Option<String> {
        Some(self.row.cell(column).to_owned())
    }

    pub(super) fn date(&mut self, column: usize) -> Option<Date> {
        let expected = match column {
            0 => "a day such as 1986-10-11, or prior",
            _ => "a day such as 1986-10-11, or nothing",
        };
        let parsed = self.row.cell(column).parse().ok();
        parsed.or_else(|| self.refused(column, expected))
    }

    pub(super) fn tone(&mut self, column: usize) -> Option<Tone> {
        match self.row.cell(column).to_ascii_lowercase().as_str() {
            "cooperative" => Some(Tone::Cooperative),
            "hostile" => Some(Tone::Hostile),
            _ => self.refused(column, "cooperative or hostile"),
        }
    }

    pub(super) fn cost(&mut self, column: usize) -> Option<f64> {
        let parsed: Option<f64> = self.row.cell(column).parse().ok();
        let finite = parsed.filter(|cost| cost.is_finite());
        finite.or_else(|| self.refused(column, "a finite number of log-odds, or nothing"))
    }

    /// A number from 0 to 1, or a range of such numbers.
    pub(super) fn chance(&mut self, column: usize) -> Option<Ranged> {
        let expected = "a number from 0 to 1, or a range such as 0.3..0.5 or 0.3..0.35..0.5";
        self.ranged(column, expected)
    }

    /// The same in a column that is none of the known ones, and so names a type.
    fn chance_of_type(&mut self, column: usize) -> Option<Ranged> {
        let expected = "a number from 0 to 1, since the column is taken for a type, or a range such as \
                        0.3..0.5 or 0.3..0.35..0.5";
        self.ranged(column, expected)
    }

    fn ranged(&mut self, column: usize, expected: &'static str) -> Option<Ranged> {
        match ranged(self.row.cell(column)) {
            Some(range) if range.low <= range.central && range.central <= range.high => Some(range),
            Some(_) => self.refused(column, "low before high, as in 0.3..0.5 or 0.3..0.35..0.5"),
            None => self.refused(column, expected),
        }
    }

    /// The numbers of all types; every one that is none is noted.
    pub(super) fn chances(&mut self, columns: &Columns) -> Option<Vec<Ranged>> {
        let read: Vec<Option<Ranged>> = { columns.types.iter() }
            .map(|&column| self.chance_of_type(column))
            .collect();
        read.into_iter().collect()
    }

    /// Certainty about a type could not be updated.
    pub(super) fn not_certain(&mut self, columns: &Columns, chances: &[Ranged]) -> Option<()> {
        let certain = |it: &Ranged| it.low <= 0.0 || it.high >= 1.0;
        match chances.iter().position(certain) {
            Some(place) => self.refused(
                columns.types[place],
                "a probability strictly between 0 and 1, which evidence can move",
            ),
            None => Some(()),
        }
    }
}

/// One number, two or three, in whatever order.
fn ranged(cell: &str) -> Option<Ranged> {
    let chance = |text: &str| {
        let number: f64 = text.trim().parse().ok()?;
        (0.0..=1.0).contains(&number).then_some(number)
    };
    let parts: Vec<f64> = cell.split("..").map(chance).collect::<Option<_>>()?;
    match parts.as_slice() {
        [value] => Some(Ranged::exact(*value)),
        [low, high] => Some(Ranged {
            low: *low,
            central: f64::midpoint(*low, *high),
            high: *high,
        }),
        [low, central, high] => Some(Ranged {
            low: *low,
            central: *central,
            high: *high,
        }),
        _ => None,
    }
}
