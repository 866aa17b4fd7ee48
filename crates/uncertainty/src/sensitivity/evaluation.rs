//! Asking a model row by row: several points for each row of a table of uniforms.

use super::{Points, order::Order};
use crate::{MAGNITUDE_LIMIT, Response, UncertaintyError, map_draws};

/// Rows that one thread handles in one go.
const ROWS: usize = 32;

/// The most numbers that one analysis keeps, 2 GiB of them.
pub(super) const MAX_NUMBERS: usize = 1 << 28;

/// How much is asked of a model.
#[derive(Debug, Clone, Copy)]
pub(super) struct Workload {
    /// Rows of uniforms.
    pub(super) n_rows: usize,
    /// Columns of a row.
    pub(super) n_columns: usize,
    /// Points asked for each row.
    pub(super) points_per_row: usize,
}

impl Workload {
    /// The number of evaluations.
    pub(super) const fn n_evaluations(&self) -> u64 {
        self.n_rows as u64 * self.points_per_row as u64
    }
}

/// Asks a model at one point after another and keeps the answers.
pub(super) struct Asker<'m, M: Response> {
    model: &'m M,
    scratch: M::Scratch,
    /// The point to be asked next; every coordinate is set before a row's first question.
    pub(super) point: Vec<f64>,
    /// Room for the order in which a row moves the factors.
    pub(super) order: Order,
    outputs: Vec<f64>,
    answers: Vec<f64>,
}

impl<'m, M: Response> Asker<'m, M> {
    fn new(model: &'m M) -> Self {
        Self {
            model,
            scratch: model.scratch(),
            point: vec![0.5; model.n_inputs()],
            order: Order::default(),
            outputs: vec![0.0; model.n_outputs()],
            answers: Vec::new(),
        }
    }

    /// Evaluates the model at [`point`](Self::point).
    pub(super) fn ask(&mut self) -> Result<(), M::Error> {
        self.model
            .evaluate(&mut self.scratch, &self.point, &mut self.outputs)?;
        let bad = |value: &f64| value.is_nan() || value.abs() > MAGNITUDE_LIMIT;
        if let Some(output) = self.outputs.iter().position(bad) {
            let given = self.outputs[output];
            return Err(UncertaintyError::BadOutput { output, given }.into());
        }
        self.answers.extend_from_slice(&self.outputs);
        Ok(())
    }
}

/// The outputs at all points, in the order `[row][point of the row][output]`. `walk` is called for
/// every row with its uniforms and asks `points_per_row` points.
///
/// # Errors
/// The model's at the first point that fails; [`UncertaintyError::BadOutput`] for an output that
/// is no moderate number.
pub(super) fn evaluate_rows<M: Response>(
    model: &M,
    points: &dyn Points,
    work: &Workload,
    walk: impl Fn(&mut Asker<'_, M>, usize, &[f64]) -> Result<(), M::Error> + Sync,
) -> Result<Vec<f64>, M::Error> {
    check_workload(model, points, work)?;
    let one_block = |worker: &mut Worker<'_, M>, block: usize| -> Result<Vec<f64>, M::Error> {
        let Worker {
            asker,
            block: uniforms,
            row,
        } = worker;
        let rows = block * ROWS..work.n_rows.min((block + 1) * ROWS);
        let n = rows.len();
        asker.answers = Vec::with_capacity(n * work.points_per_row * model.n_outputs());
        for (column, out) in uniforms.chunks_exact_mut(ROWS).enumerate() {
            points.fill(column, rows.start, &mut out[..n])?;
        }
        for (place, number) in rows.enumerate() {
            for (entry, column) in row.iter_mut().zip(uniforms.chunks_exact(ROWS)) {
                *entry = column[place];
            }
            walk(asker, number, row)?;
        }
        Ok(std::mem::take(&mut asker.answers))
    };
    let make = || Worker {
        asker: Asker::new(model),
        block: vec![0.5; work.n_columns * ROWS],
        row: vec![0.5; work.n_columns],
    };
    let n_blocks = work.n_rows.div_ceil(ROWS);
    Ok(map_draws(n_blocks, make, one_block)?.concat())
}

/// What one thread keeps from block to block.
struct Worker<'m, M: Response> {
    asker: Asker<'m, M>,
    block: Vec<f64>,
    row: Vec<f64>,
}

/// Checks that the points suffice and the answers can be kept.
fn check_workload<M: Response>(
    model: &M,
    points: &dyn Points,
    work: &Workload,
) -> Result<(), UncertaintyError> {
    let given = points.n_columns();
    if given < work.n_columns {
        return Err(UncertaintyError::WrongCount {
            what: "columns of the points",
            given,
            expected: work.n_columns,
        });
    }
    check_size(&[work.n_rows, work.points_per_row, model.n_outputs()])
}

/// Checks that a table of these dimensions has at most [`MAX_NUMBERS`] entries. A dimension of 0
/// counts as 1: a model without outputs is asked all the same.
pub(super) fn check_size(dimensions: &[usize]) -> Result<(), UncertaintyError> {
    let product = dimensions.iter().try_fold(1_usize, |product, &factor| {
        product.checked_mul(factor.max(1))
    });
    match product {
        Some(size) if size <= MAX_NUMBERS => Ok(()),
        _ => Err(UncertaintyError::OutOfRange {
            parameter: "size of the analysis in numbers to keep",
            given: dimensions
                .iter()
                .map(|&factor| factor.max(1) as f64)
                .product(),
            expected: "at most 268435456",
        }),
    }
}

/// Checks that the factors speak of the model's inputs.
pub(super) fn check_inputs(
    model: &impl Response,
    factors: &super::Factors,
) -> Result<(), UncertaintyError> {
    let (given, expected) = (factors.n_inputs(), model.n_inputs());
    if given == expected {
        return Ok(());
    }
    Err(UncertaintyError::WrongCount {
        what: "inputs of the factors",
        given,
        expected,
    })
}

/// Checks that there are enough rows to estimate an error from.
pub(super) fn check_rows(n_rows: usize) -> Result<(), UncertaintyError> {
    if n_rows >= 2 {
        return Ok(());
    }
    Err(UncertaintyError::OutOfRange {
        parameter: "number of rows",
        given: n_rows as f64,
        expected: "at least 2",
    })
}
