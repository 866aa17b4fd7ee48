/// The exact moments and sensitivity indices of a test problem, one factor an input.
#[derive(Debug, Clone, PartialEq)]
pub struct ExactIndices {
    /// The mean of the output.
    pub mean: f64,
    /// The variance of the output.
    pub variance: f64,
    /// The first-order Sobol index of each input.
    pub first: Vec<f64>,
    /// The total Sobol index of each input.
    pub total: Vec<f64>,
    /// The second-order Sobol index of every pair `i < j`, in order of `i`, then `j`.
    pub pairs: Vec<f64>,
    /// The Shapley effect of each input; they add up to 1.
    pub shapley: Vec<f64>,
}
