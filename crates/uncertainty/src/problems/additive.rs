use super::ExactIndices;
use crate::{Response, Uncertain, UncertaintyError};

/// A weighted sum of independent uncertain numbers, `Σ cᵢXᵢ`: without interactions, so that first
/// order, total and Shapley effects are all `cᵢ² Var Xᵢ / Var Y`.
#[derive(Debug, Clone, PartialEq)]
pub struct Additive {
    terms: Vec<(f64, Uncertain)>,
}

impl Additive {
    /// The sum of these numbers with these weights.
    ///
    /// # Errors
    /// [`UncertaintyError::BadElement`] for a weight that is not between −10⁶ and 10⁶.
    pub fn new(terms: Vec<(f64, Uncertain)>) -> Result<Self, UncertaintyError> {
        let good = |(weight, _): &(f64, Uncertain)| (-1e6..=1e6).contains(weight);
        match terms.iter().position(|term| !good(term)) {
            None => Ok(Self { terms }),
            Some(position) => Err(UncertaintyError::BadElement {
                list: "weights of the sum",
                position,
                given: terms[position].0,
                expected: "a number between -1000000 and 1000000",
            }),
        }
    }

    /// The structural margin `R − S` with resistance `R ~ N(5, 1)` and load `S ~ N(2, 0.8)`: the
    /// first of the two makes `1/1.64 = 0.610` of the variance.
    ///
    /// # Errors
    /// None that these numbers can cause.
    pub fn margin() -> Result<Self, UncertaintyError> {
        let resistance = Uncertain::normal(5.0, 1.0)?;
        let load = Uncertain::normal(2.0, 0.8)?;
        Self::new(vec![(1.0, resistance), (-1.0, load)])
    }

    /// The exact indices; all NaN if no term varies.
    #[must_use]
    pub fn exact(&self) -> ExactIndices {
        let variances = self
            .terms
            .iter()
            .map(|(weight, number)| weight * weight * number.variance());
        let variances: Vec<f64> = variances.collect();
        let variance: f64 = variances.iter().sum();
        let shares: Vec<f64> = variances.iter().map(|term| term / variance).collect();
        let k = shares.len();
        ExactIndices {
            mean: self
                .terms
                .iter()
                .map(|(weight, number)| weight * number.mean())
                .sum(),
            variance,
            first: shares.clone(),
            total: shares.clone(),
            pairs: vec![0.0; k * k.saturating_sub(1) / 2],
            shapley: shares,
        }
    }
}

impl Response for Additive {
    type Scratch = ();
    type Error = UncertaintyError;

    fn n_inputs(&self) -> usize {
        self.terms.len()
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
        let terms = self.terms.iter().zip(point);
        outputs[0] = terms
            .map(|((weight, number), &u)| weight * number.quantile(u))
            .sum();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_margin_is_mostly_resistance() {
        let exact = Additive::margin().unwrap().exact();
        let shares: Vec<String> = exact
            .first
            .iter()
            .map(|share| format!("{share:.3}"))
            .collect();
        assert_eq!(shares, ["0.610", "0.390"]);
        assert_eq!((exact.mean, exact.total == exact.shapley), (3.0, true));
        approx::assert_relative_eq!(exact.variance, 1.64, max_relative = 1e-12);
    }

    #[test]
    fn weights_out_of_range_are_refused() {
        let number = Uncertain::uniform(0.0, 1.0).unwrap();
        assert!(Additive::new(vec![(f64::NAN, number)]).is_err());
    }
}
