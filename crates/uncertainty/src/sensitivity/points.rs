use crate::{Design, Sampler, Sampling, UncertaintyError};

/// A table of uniform numbers: where a method takes its points from.
///
/// An entry depends on its column and row only, and lies strictly between 0 and 1. Rows are
/// independent of one another, or jointly more even than that (a randomised low-discrepancy
/// sequence); columns are independent of one another. [`point_pairs`] makes a suitable one.
pub trait Points: Sync {
    /// The number of columns.
    fn n_columns(&self) -> usize;

    /// Fills `out` with the entries of `column`, below [`n_columns`](Self::n_columns), from
    /// `first_row` downwards.
    ///
    /// # Errors
    /// Where the table has not so many rows.
    fn fill(
        &self,
        column: usize,
        first_row: usize,
        out: &mut [f64],
    ) -> Result<(), UncertaintyError>;
}

impl Points for Design {
    fn n_columns(&self) -> usize {
        self.n_inputs()
    }

    fn fill(
        &self,
        column: usize,
        first_row: usize,
        out: &mut [f64],
    ) -> Result<(), UncertaintyError> {
        self.uniforms(column, first_row, out)
    }
}

/// Two independent points a row for inputs of these names: columns `0..d` draw the inputs by their
/// names, just as a [`Design`] of these names does, columns `d..2d` draw them again under `~again.`
/// and the name.
///
/// # Errors
/// Those of [`Design::new`]: repeated names, no rows, more inputs than half the dimensions.
///
/// ```
/// use detente_uncertainty::{Sampler, Sampling, sensitivity::{Points, point_pairs}};
///
/// let sampler = Sampler::new(1997);
/// let points = point_pairs(Sampling::Plain, sampler, &["trust", "patience"], 1024)?;
/// let (mut column, mut stream) = ([0.0; 5], [0.0; 5]);
/// points.fill(1, 0, &mut column)?;
/// sampler.stream("patience").uniforms(0, &mut stream);
/// assert_eq!((points.n_columns(), column), (4, stream));
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
pub fn point_pairs(
    sampling: Sampling,
    sampler: Sampler,
    names: &[&str],
    n_rows: usize,
) -> Result<Design, UncertaintyError> {
    let again: Vec<String> = names.iter().map(|name| format!("~again.{name}")).collect();
    let again = again.iter().map(String::as_str);
    let columns: Vec<&str> = names.iter().copied().chain(again).collect();
    Design::new(sampling, sampler, &columns, n_rows, 1)
}
