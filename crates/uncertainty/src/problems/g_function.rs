use super::ExactIndices;
use crate::{Response, UncertaintyError};

/// `Π (|4uᵢ − 2| + aᵢ)/(1 + aᵢ)` with every `u` uniform on `(0, 1)` (Sobol 1993; Saltelli and
/// Sobol 1995): the larger `aᵢ`, the less its input matters, and all of them interact.
#[derive(Debug, Clone, PartialEq)]
pub struct GFunction {
    a: Vec<f64>,
}

impl GFunction {
    /// The function with these parameters, one an input.
    ///
    /// # Errors
    /// [`UncertaintyError::BadElement`] for a parameter that is not between 0 and 10⁶.
    pub fn new(a: Vec<f64>) -> Result<Self, UncertaintyError> {
        let good = |value: &f64| (0.0..=1e6).contains(value);
        match a.iter().position(|value| !good(value)) {
            None => Ok(Self { a }),
            Some(position) => Err(UncertaintyError::BadElement {
                list: "parameters of the g-function",
                position,
                given: a[position],
                expected: "a number from 0 to 1000000",
            }),
        }
    }

    /// Twelve inputs with `a = (0, ½, 3, 9, 99, 99, 1, 2, 4, 20, 50, 99)`: a few strong, a few
    /// weak, a few that hardly matter.
    #[must_use]
    pub fn twelve() -> Self {
        let a = [
            0.0, 0.5, 3.0, 9.0, 99.0, 99.0, 1.0, 2.0, 4.0, 20.0, 50.0, 99.0,
        ];
        Self { a: a.to_vec() }
    }

    /// The parameters.
    #[must_use]
    pub fn a(&self) -> &[f64] {
        &self.a
    }

    /// With `Vᵢ = 1/(3(1+aᵢ)²)` the set `u` of inputs has the interaction `Π Vᵢ` over its members,
    /// and the variance is `Π(1+Vᵢ) − 1`. A Shapley effect is the sum of an input's interactions,
    /// each divided by its number of members; summed exactly by elementary symmetric polynomials.
    /// `O(d³)`.
    #[must_use]
    pub fn exact(&self) -> ExactIndices {
        let alone: Vec<f64> = self
            .a
            .iter()
            .map(|a| 1.0 / (3.0 * (1.0 + a).powi(2)))
            .collect();
        let product: f64 = alone.iter().map(|v| 1.0 + v).product();
        let variance = product - 1.0;
        let share = |term: f64| term / variance;
        let all = 0..alone.len();
        let pairs = all
            .clone()
            .flat_map(|i| (i + 1..alone.len()).map(move |j| (i, j)));
        ExactIndices {
            mean: 1.0,
            variance,
            first: alone.iter().map(|&v| share(v)).collect(),
            total: alone
                .iter()
                .map(|&v| share(v * product / (1.0 + v)))
                .collect(),
            pairs: pairs.map(|(i, j)| share(alone[i] * alone[j])).collect(),
            shapley: all.map(|i| share(shared_interactions(&alone, i))).collect(),
        }
    }
}

/// `Vᵢ Σₘ eₘ(V without i)/(m+1)`, where `eₘ` adds up the products of all `m`-subsets.
fn shared_interactions(alone: &[f64], i: usize) -> f64 {
    let mut symmetric = vec![0.0; alone.len()];
    symmetric[0] = 1.0;
    for (j, &v) in alone.iter().enumerate() {
        if j != i {
            for m in (1..alone.len()).rev() {
                symmetric[m] += v * symmetric[m - 1];
            }
        }
    }
    let shares = (1..).zip(&symmetric).map(|(size, e)| e / f64::from(size));
    alone[i] * shares.sum::<f64>()
}

impl Response for GFunction {
    type Scratch = ();
    type Error = UncertaintyError;

    fn n_inputs(&self) -> usize {
        self.a.len()
    }

    fn n_outputs(&self) -> usize {
        1
    }

    fn scratch(&self) {}

    fn evaluate(
        &self,
        (): &mut (),
        point: &[f64],
        outputs: &mut [f64],
    ) -> Result<(), UncertaintyError> {
        let factors = point.iter().zip(&self.a);
        outputs[0] = factors
            .map(|(u, a)| ((4.0 * u - 2.0).abs() + a) / (1.0 + a))
            .product();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_values() {
        let exact = GFunction::twelve().exact();
        let digits = |values: &[f64]| [0, 1, 6].map(|input: usize| format!("{:.4}", values[input]));
        assert_eq!(digits(&exact.first), ["0.4237", "0.1883", "0.1059"]);
        assert_eq!(digits(&exact.total), ["0.5677", "0.2930", "0.1747"]);
    }

    #[test]
    fn shapley_effects_are_those_of_the_closed_variances() {
        // The Shapley value of v(u) = Π(1+Vᵢ) − 1, tabulated over all sets.
        let problem = GFunction::new(vec![0.0, 0.5, 3.0, 1.0, 9.0]).unwrap();
        let exact = problem.exact();
        let one = |i: usize| 1.0 / (3.0 * (1.0 + problem.a()[i]).powi(2));
        let value = |set: u32| {
            let members = (0..5).filter(|i| set >> i & 1 == 1);
            members.map(|i| 1.0 + one(i)).product::<f64>() - 1.0
        };
        let values = (0..32).map(|set| value(set) / exact.variance).collect();
        let shares = crate::SetFunction::new(5, values).unwrap().shapley();
        for (share, effect) in shares.iter().zip(&exact.shapley) {
            approx::assert_relative_eq!(share.share, *effect, max_relative = 1e-12);
        }
        approx::assert_relative_eq!(exact.shapley.iter().sum::<f64>(), 1.0, max_relative = 1e-12);
    }

    #[test]
    fn parameters_out_of_range_are_refused() {
        for bad in [f64::NAN, -0.1, f64::INFINITY] {
            assert!(GFunction::new(vec![0.0, bad]).is_err());
        }
        // No inputs: a constant, with nothing to share.
        assert!(GFunction::new(Vec::new()).unwrap().exact().first.is_empty());
    }
}
