//! One number at the ends of its range, everything else as it is at central values.

use super::{Column, Frame, Probe, Space};
use crate::{DetenteError, assessment::End};

impl Probe<'_> {
    /// The margins of the five barriers at central values.
    pub(crate) fn central_margins(&self) -> Result<[f64; 5], DetenteError> {
        Ok(self.at(&mut Space::default(), &self.central, &[])?.at)
    }

    /// The margins with one column at either end of its range.
    pub(crate) fn ends(&self, space: &mut Space, column: usize) -> Result<[End; 2], DetenteError> {
        let mut at = |high: bool| match self.columns[column] {
            Column::Input(idx) => self.number_at(space, idx, high),
            Column::TrueType(party) => self.type_at(space, party, high),
        };
        Ok([at(false)?, at(true)?])
    }

    fn number_at(&self, space: &mut Space, idx: usize, high: bool) -> Result<End, DetenteError> {
        let input = &self.model.inputs[idx];
        let value = Frame::Range.value(input, if high { 1.0 } else { 0.0 });
        let mut values = self.central.clone();
        values[idx] = value;
        Ok(End {
            value: Some(value),
            true_type: None,
            margins: self.at(space, &values, &[])?.at,
        })
    }

    fn type_at(&self, space: &mut Space, party: usize, high: bool) -> Result<End, DetenteError> {
        let least = f64::EPSILON / 2.0;
        let mut types = vec![None; self.model.parties.len()];
        types[party] = Some(if high { 1.0 - least } else { least });
        let margins = self.at(space, &self.central, &types)?.at;
        let kind = space.world.parties[party].true_type;
        let parties = &self.model.case.parties;
        let types = parties.at(party).map(|(_, party)| &party.types);
        let named = types.zip(kind).and_then(|(types, kind)| types.at(kind));
        Ok(End {
            value: None,
            true_type: named.map(|(id, _)| id.to_owned()),
            margins,
        })
    }
}
