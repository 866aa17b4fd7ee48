//! A compiled case asked at any values of its uncertain numbers: what sensitivity, rewrite and
//! comparison have in common.

mod aspect;
mod frame;

use detente_uncertainty::Response;

pub use aspect::Aspect;
pub(crate) use frame::Frame;

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
/// the five barriers (see [`Margins`]).
///
/// Coordinates stand in the order of the numbers' names, so that no order of the file matters.
#[derive(Debug)]
pub(crate) struct Probe<'m> {
    model: &'m Model,
    until: Date,
    frame: Frame,
    columns: Vec<Column>,
    central: Vec<f64>,
}

/// Work space of one thread.
#[derive(Debug, Default)]
pub(crate) struct Space {
    values: Vec<f64>,
    types: Vec<Option<f64>>,
    pub(crate) world: World,
    scratch: Scratch,
}

impl<'m> Probe<'m> {
    pub(crate) fn new(model: &'m Model, until: Date, frame: Frame) -> Self {
        Self {
            model,
            until,
            frame,
            columns: columns(model),
            central: model.central(),
        }
    }

    /// The same case in other coordinates.
    pub(crate) fn framed(&self, frame: Frame) -> Self {
        Self {
            frame,
            columns: self.columns.clone(),
            central: self.central.clone(),
            ..*self
        }
    }

    pub(crate) fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The name of a column, as it keys the random stream.
    pub(crate) fn name(&self, column: Column) -> &'m str {
        name(self.model, column)
    }

    /// The input of a column, unless it is a true type.
    pub(crate) fn input(&self, column: Column) -> Option<&'m Input> {
        match column {
            Column::Input(idx) => self.model.inputs.get(idx),
            Column::TrueType(_) => None,
        }
    }

    /// The value of an input at a coordinate; `None` for a true type.
    pub(crate) fn value(&self, column: Column, coordinate: f64) -> Option<f64> {
        let input = self.input(column)?;
        Some(self.frame.value(input, coordinate))
    }

    /// The margins at a point.
    pub(crate) fn margins(
        &self,
        space: &mut Space,
        point: &[f64],
    ) -> Result<Margins, DetenteError> {
        let Space {
            values,
            types,
            world,
            scratch,
        } = space;
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
        world.fill(self.model, values, self.until, |party| types[party])?;
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
fn columns(model: &Model) -> Vec<Column> {
    let uncertain = |idx: &usize| !model.inputs[*idx].value.is_exact();
    let inputs = (0..model.inputs.len()).filter(uncertain).map(Column::Input);
    let open = |party: &usize| model.is_open(*party);
    let types = (0..model.parties.len())
        .filter(open)
        .map(Column::TrueType);
    let mut columns: Vec<Column> = inputs.chain(types).collect();
    columns.sort_by_key(|&column| name(model, column));
    columns
}

fn name(model: &Model, column: Column) -> &str {
    match column {
        Column::Input(idx) => &model.inputs[idx].name,
        Column::TrueType(party) => {
            let chances = model.parties[party].true_type.as_ref();
            chances.map_or("", |chances| &chances.name)
        }
    }
}
