//! What the cells of a row suggest.

use detente_legitimacy::{
    CodedRange, LegitimacyError, LegitimationScores, OfficeExit, PostTenureFate, credulous_range,
    message_cost_range, office_stake_range, support_range, threat_range,
};
use detente_quantity::Probability;

use super::{HomeRange, IndicatorError, header::Header};
use crate::tabular;

/// A range, or why there is none; nothing where a cell is blank.
type Found = Result<Option<Result<CodedRange, LegitimacyError>>, IndicatorError>;

pub(super) struct Row<'a> {
    pub(super) header: &'a Header,
    pub(super) row: tabular::Row<'a>,
}

impl<'a> Row<'a> {
    /// The ranges for which no cell is blank, in the order of a home front's keys.
    pub(super) fn ranges(&self) -> Result<Vec<HomeRange>, IndicatorError> {
        let found = [
            ("office_stake", self.office()?),
            ("support", self.support()?),
            ("threat", self.threat()?),
            ("messages.cost", self.message()?),
            ("messages.credulous_share", self.credulous()?),
        ];
        let found = found
            .into_iter()
            .filter_map(|(key, coded)| Some((key, coded?)));
        let ranges = found.map(|(key, coded)| coded.map(|coded| HomeRange { key, coded }));
        let ranges = ranges.collect::<Result<_, _>>();
        ranges.map_err(|source| IndicatorError::Row {
            line: self.row.line(),
            source,
        })
    }

    /// What a cell holds, if anything.
    fn cell(&self, column: &str) -> Option<&'a str> {
        let cell = self.row.cell(self.header.place(column)?);
        (!cell.is_empty() && !cell.eq_ignore_ascii_case("na")).then_some(cell)
    }

    /// The cell of a column that is there.
    fn refused(&self, column: &str, expected: &'static str) -> IndicatorError {
        let place = self.header.place(column).unwrap_or_default();
        self.row.refused(place, expected).into()
    }

    fn number(&self, column: &'static str) -> Result<Option<f64>, IndicatorError> {
        let Some(cell) = self.cell(column) else {
            return Ok(None);
        };
        let number = cell.parse().ok().filter(|number: &f64| number.is_finite());
        let refused = || self.refused(column, "a finite number");
        number.ok_or_else(refused).map(Some)
    }

    fn share(&self, column: &'static str) -> Result<Option<Probability>, IndicatorError> {
        let Some(number) = self.number(column)? else {
            return Ok(None);
        };
        let share = Probability::new(number);
        let refused = |_| self.refused(column, "a number from 0 to 1");
        share.map_err(refused).map(Some)
    }

    fn threat(&self) -> Found {
        let scores = (
            self.number("v2exl_legitideol")?,
            self.share("v2exl_legitideolcr_0")?,
            self.number("v2exl_legitperf")?,
            self.number("v2exl_legitratio")?,
        );
        let (Some(ideology), Some(nationalist), Some(performance), Some(procedure)) = scores else {
            return Ok(None);
        };
        let scores = LegitimationScores {
            ideology,
            nationalist,
            performance,
            procedure,
        };
        Ok(Some(threat_range(scores)))
    }

    fn office(&self) -> Found {
        let (fate, exit) = (self.fate()?, self.exit()?);
        let tenure = self.number("mean_tenure")?;
        let found = tenure.map(|tenure| office_stake_range(fate, exit, tenure));
        Ok(found.map(|coded| coded.map(|coded| self.as_observed(coded))))
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

    fn credulous(&self) -> Found {
        Ok(self.number("v2smgovdom")?.map(credulous_range))
    }

    fn message(&self) -> Found {
        Ok(self.share("media_freedom")?.map(message_cost_range))
    }

    fn support(&self) -> Found {
        Ok(self.share("winning_coalition")?.map(support_range))
    }

    /// Archigos writes `OK`, `Exile`, `Imprisonment (…)`, `Death` or `Missing: …`.
    fn fate(&self) -> Result<PostTenureFate, IndicatorError> {
        let column = "posttenurefate";
        let Some(cell) = self.cell(column) else {
            return Ok(PostTenureFate::Unknown);
        };
        let begins = |word: &str| begins(cell, word);
        match () {
            () if begins("ok") || begins("unharmed") => Ok(PostTenureFate::Unharmed),
            () if begins("exile") => Ok(PostTenureFate::Exile),
            () if begins("imprison") || begins("prison") => Ok(PostTenureFate::Prison),
            () if begins("death") => Ok(PostTenureFate::Death),
            () if begins("missing") || begins("unknown") => Ok(PostTenureFate::Unknown),
            () => Err(self.refused(column, "OK, Exile, Imprisonment, Death or Missing")),
        }
    }

    /// Archigos has several words for an exit by death, illness or none yet.
    fn exit(&self) -> Result<OfficeExit, IndicatorError> {
        let column = "exit";
        let Some(cell) = self.cell(column) else {
            return Ok(OfficeExit::Other);
        };
        let begins = |word: &str| begins(cell, word);
        let others = ["natural", "retired", "suicide", "still", "unknown", "other"];
        match () {
            () if begins("regular") => Ok(OfficeExit::Regular),
            () if begins("irregular") => Ok(OfficeExit::Irregular),
            () if begins("foreign") => Ok(OfficeExit::Foreign),
            () if others.iter().any(|word| begins(word)) => Ok(OfficeExit::Other),
            () => Err(self.refused(
                column,
                "Regular, Irregular, Foreign, Natural Death, Retired Due to Ill Health, Suicide, \
                 Still in Office or Unknown",
            )),
        }
    }
}

/// Whether a text begins with a word, in letters of any size.
fn begins(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(word))
}
