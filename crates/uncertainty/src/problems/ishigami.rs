use std::f64::consts::PI;

use super::ExactIndices;
use crate::{Response, UncertaintyError};

/// `sin x₁ + a sin² x₂ + b x₃⁴ sin x₁` with every `x` uniform on `(−π, π)` (Ishigami and Homma
/// 1990): strongly non-linear, with one interaction and one input that acts only through it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ishigami {
    /// The weight of the second input, usually 7.
    pub a: f64,
    /// The weight of the interaction, usually 0.1.
    pub b: f64,
}

impl Ishigami {
    /// The usual weights, 7 and 0.1.
    #[must_use]
    pub const fn usual() -> Self {
        Self { a: 7.0, b: 0.1 }
    }

    /// `V₁ = (1 + bπ⁴/5)²/2`, `V₂ = a²/8`, `V₁₃ = 8b²π⁸/225`, and nothing else; the interaction
    /// is shared equally by the Shapley effects.
    #[must_use]
    pub fn exact(&self) -> ExactIndices {
        let one = 0.5 * (1.0 + self.b * PI.powi(4) / 5.0).powi(2);
        let two = self.a * self.a / 8.0;
        let both = 8.0 * self.b * self.b * PI.powi(8) / 225.0;
        let variance = one + two + both;
        let shares = |terms: [f64; 3]| terms.map(|term| term / variance).to_vec();
        ExactIndices {
            mean: self.a / 2.0,
            variance,
            first: shares([one, two, 0.0]),
            total: shares([one + both, two, both]),
            pairs: shares([0.0, both, 0.0]),
            shapley: shares([one + both / 2.0, two, both / 2.0]),
        }
    }
}

impl Response for Ishigami {
    type Scratch = ();
    type Error = UncertaintyError;

    fn n_inputs(&self) -> usize {
        3
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
        let angle = |u: f64| PI * (2.0 * u - 1.0);
        let sine = angle(point[0]).sin();
        let second = self.a * angle(point[1]).sin().powi(2);
        outputs[0] = sine + second + self.b * angle(point[2]).powi(4) * sine;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_values() {
        let exact = Ishigami::usual().exact();
        let digits = |values: &[f64]| -> Vec<String> {
            values.iter().map(|value| format!("{value:.4}")).collect()
        };
        assert_eq!(format!("{:.4}", exact.variance), "13.8446");
        assert_eq!(digits(&exact.first), ["0.3139", "0.4424", "0.0000"]);
        assert_eq!(digits(&exact.total), ["0.5576", "0.4424", "0.2437"]);
        assert_eq!(digits(&exact.pairs), ["0.0000", "0.2437", "0.0000"]);
        assert_eq!(digits(&exact.shapley), ["0.4357", "0.4424", "0.1218"]);
    }
}
