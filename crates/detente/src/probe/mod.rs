//! A compiled case asked at any values of its uncertain numbers: what sensitivity, rewrite and
//! comparison have in common.

mod aspect;
mod coupling;
mod ends;
mod frame;
mod words;

use std::sync::atomic::{AtomicU64, Ordering};

use detente_uncertainty::Response;

pub use aspect::Aspect;
pub(crate) use coupling::Coupling;
pub(crate) use frame::{Frame, range, score};
pub(crate) use words::party_of;
pub use words::words;

use crate::{
    DetenteError,
    evaluate::{Margins, Scratch, World, margins},
    model::{Input, Model},
    quantity::Date,
};

/// One uncertain number of a case, or the draw of one party's true type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    /// An input, by position.
    Input(usize),
    /// Which type a party is, by position of the party.
    TrueType(usize),
}

/// A case as a function of its uncertain numbers, each a coordinate of the unit cube: the margins of
/// the five barriers (see [`Margins`]). In the frame of quantiles the coordinate of a number that goes
/// together with others is what is new in it, those before it given; elsewhere each stands alone.
///
/// Coordinates stand in the order of the numbers' names, so that no order of the file matters.
#[derive(Debug)]
pub(crate) struct Probe<'m> {
    model: &'m Model,
    until: Date,
    frame: Frame,
    columns: Vec<Column>,
    coupling: Coupling<'m>,
    central: Vec<f64>,
    /// The margins of a point that no case could have; without them such a point is an error.
    elsewhere: Option<Margins>,
    /// How often the case was asked.
    asked: AtomicU64,
}

/// Work space of one thread.
#[derive(Debug, Default)]
pub(crate) struct Space {
    coupled: Vec<f64>,
    group: Vec<f64>,
    values: Vec<f64>,
    types: Vec<Option<f64>>,
    world: World,
    scratch: Scratch,
}

impl<'m> Probe<'m> {
    pub(crate) fn new(model: &'m Model, until: Date, frame: Frame) -> Self {
        let columns = columns(model);
        Self {
            model,
            until,
            frame,
            coupling: Coupling::new(model, &columns),
            columns,
            central: model.central(),
            elsewhere: None,
            asked: AtomicU64::new(0),
        }
    }

    /// The same, with the margins of the central run at every point that no case could have, such as
    /// beliefs that sum to more than 1: a search among such points then finds nothing there, and
    /// goes on.
    pub(crate) fn standing_still(self) -> Result<Self, DetenteError> {
        let elsewhere = Some(self.at(&mut Space::default(), &self.central, &[])?);
        Ok(Self { elsewhere, ..self })
    }

    /// How often the case was asked so far.
    pub(crate) fn asked(&self) -> u64 {
        self.asked.load(Ordering::Relaxed)
    }

    /// What goes together.
    pub(crate) fn coupling(&self) -> &Coupling<'m> {
        &self.coupling
    }

    /// The names of the coordinates, as they key the random streams.
    pub(crate) fn names(&self) -> Vec<&'m str> {
        let columns = self.columns.iter();
        columns
            .map(|&column| column_name(self.model, column))
            .collect()
    }

    /// The coordinates at which the numbers stood when the case was last asked: the point, what goes
    /// together in it correlated.
    pub(crate) fn coupled<'s>(&self, space: &'s Space) -> &'s [f64] {
        &space.coupled
    }

    /// The uncertain number of a coordinate; `None` for a true type.
    pub(crate) fn input(&self, coordinate: usize) -> Option<(usize, &'m Input)> {
        match self.columns.get(coordinate)? {
            Column::Input(idx) => Some((*idx, &self.model.inputs[*idx])),
            Column::TrueType(_) => None,
        }
    }

    /// The margins at a point.
    fn margins(&self, space: &mut Space, point: &[f64]) -> Result<Margins, DetenteError> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        let mut values = std::mem::take(&mut space.values);
        let mut types = std::mem::take(&mut space.types);
        let mut coupled = std::mem::take(&mut space.coupled);
        coupled.clear();
        coupled.extend_from_slice(point);
        let placed = self
            .couple(&mut coupled, &mut space.group)
            .and_then(|()| self.place(&mut values, &mut types, &coupled));
        space.coupled = coupled;
        let margins = placed.and_then(|()| self.at(space, &values, &types));
        (space.values, space.types) = (values, types);
        match (margins, self.elsewhere) {
            (Err(_), Some(elsewhere)) => Ok(elsewhere),
            (margins, _) => margins,
        }
    }

    /// Correlates what goes together, where coordinates are those of draws.
    fn couple(&self, point: &mut [f64], group: &mut Vec<f64>) -> Result<(), DetenteError> {
        match self.frame {
            Frame::Quantile => Ok(self.coupling.correlate_in(point, group)?),
            _ => Ok(()),
        }
    }

    /// Sets the values of one point; a value outside its field's range is an error.
    fn place(
        &self,
        values: &mut Vec<f64>,
        types: &mut Vec<Option<f64>>,
        point: &[f64],
    ) -> Result<(), DetenteError> {
        values.clone_from(&self.central);
        types.clear();
        types.resize(self.model.parties.len(), None);
        for (&column, &coordinate) in self.columns.iter().zip(point) {
            match column {
                Column::TrueType(party) => types[party] = self.frame.true_type(coordinate),
                Column::Input(idx) => {
                    let input = &self.model.inputs[idx];
                    let value = self.frame.value(input, coordinate);
                    if !input.bounds.allow(value) {
                        return Err(DetenteError::Beyond {
                            input: input.name.clone(),
                            value,
                            bounds: input.bounds,
                        });
                    }
                    values[idx] = value;
                }
            }
        }
        Ok(())
    }

    /// The margins at values of all inputs and the uniform numbers that decide true types, if any.
    fn at(
        &self,
        space: &mut Space,
        values: &[f64],
        types: &[Option<f64>],
    ) -> Result<Margins, DetenteError> {
        let Space { world, scratch, .. } = space;
        let true_type = |party: usize| types.get(party).copied().flatten();
        world.fill(self.model, values, self.until, true_type)?;
        margins(self.model, world, scratch)
    }
}

impl Response for Probe<'_> {
    type Scratch = Space;
    type Error = DetenteError;

    fn n_inputs(&self) -> usize {
        self.columns.len()
    }

    fn n_outputs(&self) -> usize {
        5
    }

    fn scratch(&self) -> Space {
        Space::default()
    }

    fn evaluate(
        &self,
        space: &mut Space,
        point: &[f64],
        outputs: &mut [f64],
    ) -> Result<(), DetenteError> {
        let margins = self.margins(space, point)?;
        outputs.copy_from_slice(&margins.at);
        Ok(())
    }
}

/// Every uncertain input and every true type that is not known, by name.
pub(crate) fn columns(model: &Model) -> Vec<Column> {
    let uncertain = |idx: &usize| !model.inputs[*idx].value.is_exact();
    let inputs = (0..model.inputs.len()).filter(uncertain).map(Column::Input);
    let open = |party: &usize| model.is_open(*party);
    let types = (0..model.parties.len()).filter(open).map(Column::TrueType);
    let mut columns: Vec<Column> = inputs.chain(types).collect();
    columns.sort_by_key(|&column| column_name(model, column));
    columns
}

/// The name of a column, as it keys the random stream.
pub(crate) fn column_name(model: &Model, column: Column) -> &str {
    match column {
        Column::Input(idx) => &model.inputs[idx].name,
        Column::TrueType(party) => {
            let chances = model.parties[party].true_type.as_ref();
            chances.map_or("", |chances| &chances.name)
        }
    }
}
