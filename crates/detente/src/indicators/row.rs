//! What the cells of a row suggest.

use detente_legitimacy::{
    CodedRange, LegitimacyError, LegitimationScores, OfficeExit, PostTenureFate, credulous_range,
    message_cost_range, office_stake_range, support_range, threat_range,
};
use detente_quantity::Probability;

use super::{HomeRange, IndicatorError, header::Header};
use crate::tabular::{self, Gathered};

/// A row whose faults are noted one by one. A cell that is blank and one at fault alike give nothing:
/// with a fault noted no row is kept.
pub(super) struct Row<'a, 'f> {
    pub(super) header: &'a Header,
    pub(super) row: tabular::Row<'a>,
    pub(super) faults: &'f mut Gathered<IndicatorError>,
}

impl<'a> Row<'a, '_> {
    /// The ranges for which no cell is blank, in the order of a home front's keys.
    pub(super) fn ranges(&mut self) -> Vec<HomeRange> {
        let found = [
            ("office_stake", self.office()),
            ("support", self.support()),
            ("threat", self.threat()),
            ("messages.cost", self.message()),
            ("messages.credulous_share", self.credulous()),
        ];
        let ranges = found.into_iter();
        ranges
            .filter_map(|(key, coded)| Some(HomeRange { key, coded: coded? }))
            .collect()
    }

    /// What a cell holds, if anything.
    fn cell(&self, column: &str) -> Option<&'a str> {
        let cell = self.row.cell(self.header.place(column)?);
        (!cell.is_empty() && !cell.eq_ignore_ascii_case("na")).then_some(cell)
    }

    /// Notes a fault of the cell of a column that is there, where nothing was read in it.
    fn expect<T>(&mut self, read: Option<T>, column: &str, expected: &'static str) -> Option<T> {
        if read.is_none() {
            let place = self.header.place(column).unwrap_or_default();
            self.faults.note(self.row.refused(place, expected));
        }
        read
    }

    fn number(&mut self, column: &'static str) -> Option<f64> {
        let number = self.cell(column)?.parse().ok();
        let finite = number.filter(|number: &f64| number.is_finite());
        self.expect(finite, column, "a finite number")
    }

    fn share(&mut self, column: &'static str) -> Option<Probability> {
        let share = Probability::new(self.number(column)?).ok();
        self.expect(share, column, "a number from 0 to 1")
    }

    /// A range, unless its rule refuses what the cells hold.
    fn kept(&mut self, coded: Result<CodedRange, LegitimacyError>) -> Option<CodedRange> {
        let line = self.row.line();
        self.faults
            .keep(coded.map_err(|source| IndicatorError::Row { line, source }))
    }

    fn threat(&mut self) -> Option<CodedRange> {
        let ideology = self.number("v2exl_legitideol");
        let nationalist = self.share("v2exl_legitideolcr_0");
        let performance = self.number("v2exl_legitperf");
        let procedure = self.number("v2exl_legitratio");
        self.kept(threat_range(LegitimationScores {
            ideology: ideology?,
            nationalist: nationalist?,
            performance: performance?,
            procedure: procedure?,
        }))
    }

    fn office(&mut self) -> Option<CodedRange> {
        let fate = self.fate().unwrap_or(PostTenureFate::Unknown);
        let exit = self.exit().unwrap_or(OfficeExit::Other);
        let tenure = self.number("mean_tenure")?;
        let coded = self.kept(office_stake_range(fate, exit, tenure))?;
        Some(self.as_observed(coded))
    }

    /// Says of a fate or exit without a cell that it is not given: nobody observed that it is unknown.
    fn as_observed(&self, mut coded: CodedRange) -> CodedRange {
        for (name, value) in &mut coded.observed {
            let is_cell = ["posttenurefate", "exit"].contains(&&**name);
            if is_cell && self.cell(name).is_none() {
                *value = "not given".into();
            }
        }
        coded
    }

    fn credulous(&mut self) -> Option<CodedRange> {
        let truthfulness = self.number("v2smgovdom")?;
        self.kept(credulous_range(truthfulness))
    }

    fn message(&mut self) -> Option<CodedRange> {
        let freedom = self.share("media_freedom")?;
        self.kept(message_cost_range(freedom))
    }

    fn support(&mut self) -> Option<CodedRange> {
        let coalition = self.share("winning_coalition")?;
        self.kept(support_range(coalition))
    }

    /// Archigos writes `OK`, `Exile`, `Imprisonment (…)`, `Death` or `Missing: …`; nothing at a fault.
    fn fate(&mut self) -> Option<PostTenureFate> {
        let column = "posttenurefate";
        let Some(cell) = self.cell(column) else {
            return Some(PostTenureFate::Unknown);
        };
        let begins = |word: &str| begins(cell, word);
        let fate = match () {
            () if begins("ok") || begins("unharmed") => Some(PostTenureFate::Unharmed),
            () if begins("exile") => Some(PostTenureFate::Exile),
            () if begins("imprison") || begins("prison") => Some(PostTenureFate::Prison),
            () if begins("death") => Some(PostTenureFate::Death),
            () if begins("missing") || begins("unknown") => Some(PostTenureFate::Unknown),
            () => None,
        };
        self.expect(fate, column, "OK, Exile, Imprisonment, Death or Missing")
    }

    /// Archigos has several words for an exit by death, illness or none yet; nothing at a fault.
    fn exit(&mut self) -> Option<OfficeExit> {
        let column = "exit";
        let Some(cell) = self.cell(column) else {
            return Some(OfficeExit::Other);
        };
        let begins = |word: &str| begins(cell, word);
        let others = ["natural", "retired", "suicide", "still", "unknown", "other"];
        let exit = match () {
            () if begins("regular") => Some(OfficeExit::Regular),
            () if begins("irregular") => Some(OfficeExit::Irregular),
            () if begins("foreign") => Some(OfficeExit::Foreign),
            () if others.iter().any(|word| begins(word)) => Some(OfficeExit::Other),
            () => None,
        };
        let expected = "Regular, Irregular, Foreign, Natural Death, Retired Due to Ill Health, \
                        Suicide, Still in Office or Unknown";
        self.expect(exit, column, expected)
    }
}

/// Whether a text begins with a word, in letters of any size.
fn begins(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(word))
}
