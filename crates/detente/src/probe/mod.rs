//! A compiled case asked at any values of its uncertain numbers.

mod aspect;

use detente_uncertainty::Response;

pub use aspect::Aspect;

use crate::{
    DetenteError,
    evaluate::{Scratch, World, margins},
    model::Model,
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
/// the five barriers (see [`Margins`](crate::evaluate::Margins)). A coordinate is the probability of
/// a smaller value, as draws are made.
///
/// Coordinates stand in the order of the numbers' names, so that no order of the file matters.
#[derive(Debug)]
pub(crate) struct Probe<'m> {
    model: &'m Model,
    until: Date,
    columns: Vec<Column>,
    central: Vec<f64>,
}

/// Work space of one thread.
#[derive(Debug, Default)]
pub(crate) struct Space {
    values: Vec<f64>,
    types: Vec<Option<f64>>,
    world: World,
    scratch: Scratch,
}

impl<'m> Probe<'m> {
    pub(crate) fn new(model: &'m Model, until: Date) -> Self {
        Self {
            model,
            until,
            columns: columns(model),
            central: model.central(),
        }
    }

    /// The names of the coordinates, as they key the random streams.
    pub(crate) fn names(&self) -> Vec<&'m str> {
        let columns = self.columns.iter();
        columns.map(|&column| name(self.model, column)).collect()
    }

    /// Sets the values of one point; a value outside its field's range is an error.
    fn place(&self, space: &mut Space, point: &[f64]) -> Result<(), DetenteError> {
        space.values.clone_from(&self.central);
        space.types.clear();
        space.types.resize(self.model.parties.len(), None);
        for (&column, &coordinate) in self.columns.iter().zip(point) {
            match column {
                Column::TrueType(party) => space.types[party] = Some(coordinate),
                Column::Input(idx) => {
                    let input = &self.model.inputs[idx];
                    let value = input.value.quantile(coordinate);
                    if !input.bounds.allow(value) {
                        return Err(DetenteError::Beyond {
                            input: input.name.clone(),
                            value,
                            bounds: input.bounds,
                        });
                    }
                    space.values[idx] = value;
                }
            }
        }
        Ok(())
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
        self.place(space, point)?;
        let Space {
            values,
            types,
            world,
            scratch,
        } = space;
        world.fill(self.model, values, self.until, |party| types[party])?;
        outputs.copy_from_slice(&margins(self.model, world, scratch)?.at);
        Ok(())
    }
}

/// Every uncertain input and every true type that is not known, by name.
fn columns(model: &Model) -> Vec<Column> {
    let uncertain = |idx: &usize| !model.inputs[*idx].value.is_exact();
    let inputs = (0..model.inputs.len()).filter(uncertain).map(Column::Input);
    let open = |party: &usize| model.is_open(*party);
    let types = (0..model.parties.len()).filter(open).map(Column::TrueType);
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
