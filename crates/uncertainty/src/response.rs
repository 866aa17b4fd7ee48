use crate::UncertaintyError;

/// A deterministic model of uncertain inputs, asked at points of the unit cube.
///
/// One coordinate an input: the model turns each into a value of its own by quantile, so that
/// sampling, sensitivity and searches need to know nothing of distributions. The same point must
/// always give the same outputs, whatever is left in the scratch space.
///
/// ```
/// use detente_uncertainty::{Response, UncertaintyError};
///
/// /// The sum of two uniform numbers.
/// struct Sum;
///
/// impl Response for Sum {
///     type Scratch = ();
///     type Error = UncertaintyError;
///     fn n_inputs(&self) -> usize { 2 }
///     fn n_outputs(&self) -> usize { 1 }
///     fn scratch(&self) {}
///     fn evaluate(&self, _: &mut (), point: &[f64], outputs: &mut [f64]) -> Result<(), UncertaintyError> {
///         outputs[0] = point[0] + point[1];
///         Ok(())
///     }
/// }
/// ```
pub trait Response: Sync {
    /// Work space that one thread keeps from point to point.
    type Scratch;
    /// Why the model could not be evaluated; it must be able to say what this crate refuses.
    type Error: From<UncertaintyError> + Send;

    /// The number of coordinates of a point.
    fn n_inputs(&self) -> usize;

    /// The number of outputs at a point.
    fn n_outputs(&self) -> usize;

    /// Work space for one thread.
    fn scratch(&self) -> Self::Scratch;

    /// Writes the outputs at a point, each coordinate strictly between 0 and 1.
    ///
    /// # Errors
    /// The model's own, where it has no answer at the point.
    fn evaluate(
        &self,
        scratch: &mut Self::Scratch,
        point: &[f64],
        outputs: &mut [f64],
    ) -> Result<(), Self::Error>;
}
