use std::fmt;

use super::{Method, distance::Distribution};
use crate::{Sampler, UncertaintyError, error::all_moderate, map_draws};

/// How PAWN indices are estimated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PawnPlan {
    /// The number of slices of an input, at least 2 and at most one a draw; by default 10.
    pub n_slices: usize,
    /// The number of inputs that do nothing by construction, from 1 to 10 000; by default 19, so
    /// that one more of their kind beats them all once in twenty times.
    pub n_dummies: usize,
    /// Where those come from: the streams `sensitivity.pawn.dummy.0`, `….1` and so on.
    pub sampler: Sampler,
}

impl PawnPlan {
    /// Ten slices, nineteen dummies.
    #[must_use]
    pub const fn new(sampler: Sampler) -> Self {
        Self {
            n_slices: 10,
            n_dummies: 19,
            sampler,
        }
    }
}

/// PAWN indices of one output.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PawnIndices {
    /// The number of draws they are made of; the model is not asked again.
    pub n_draws: u64,
    /// How they were estimated.
    pub method: Method,
    /// The index of each input.
    pub inputs: Vec<PawnIndex>,
    /// The noise floor: for each statistic the largest over the dummies. What lies below is as
    /// large as chance makes it.
    pub noise: PawnIndex,
}

/// How far the output's distribution moves when one input is held within a slice: the
/// Kolmogorov–Smirnov distance, 0–1, to the distribution of all draws, over all slices.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PawnIndex {
    /// The median over the slices.
    pub median: f64,
    /// The mean over the slices.
    pub mean: f64,
    /// The largest: an input that matters anywhere in its range has a large one.
    pub max: f64,
}

impl fmt::Display for PawnIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:.2}", self.median))
    }
}

/// Estimates PAWN indices from draws that are already there (Pianosi and Wagener 2018): `inputs`
/// holds the values of each input, `output` the output in the same draws. `None` if the output is
/// the same in all of them.
///
/// Inputs may depend on one another; an index then counts what an input brings along. Slices hold
/// equally many draws, but for one; equal values are sliced in the order of the draws. The distance
/// of `m` draws from all is of the order `1/√m` even if the input does nothing: that is what the
/// noise floor is for.
///
/// `O((inputs + dummies) × draws × log draws)`.
///
/// # Errors
/// [`UncertaintyError::OutOfRange`] for a number of slices or dummies out of range,
/// [`UncertaintyError::WrongCount`] for an input with more or fewer values than the output,
/// [`UncertaintyError::BadElement`] for a number that is NaN, infinite or too large.
pub fn pawn(
    inputs: &[&[f64]],
    output: &[f64],
    plan: &PawnPlan,
) -> Result<Option<PawnIndices>, UncertaintyError> {
    check(inputs, output, plan)?;
    let all = Distribution::of(output);
    if !all.varies() {
        return Ok(None);
    }
    let n_inputs = inputs.len();
    let one_index = |scratch: &mut Scratch, number: usize| {
        let index = match inputs.get(number) {
            Some(values) => scratch.index(&all, values, plan.n_slices),
            None => {
                let name = format!("sensitivity.pawn.dummy.{}", number - n_inputs);
                let mut values = vec![0.5; output.len()];
                plan.sampler.stream(&name).uniforms(0, &mut values);
                scratch.index(&all, &values, plan.n_slices)
            }
        };
        Ok::<_, UncertaintyError>(index)
    };
    let mut indices = map_draws(n_inputs + plan.n_dummies, Scratch::default, one_index)?;
    let dummies = indices.split_off(n_inputs);
    let largest = |of: fn(&PawnIndex) -> f64| dummies.iter().map(of).fold(0.0, f64::max);
    Ok(Some(PawnIndices {
        n_draws: output.len() as u64,
        method: Method::GivenDataPawn,
        inputs: indices,
        noise: PawnIndex {
            median: largest(|index| index.median),
            mean: largest(|index| index.mean),
            max: largest(|index| index.max),
        },
    }))
}

fn check(inputs: &[&[f64]], output: &[f64], plan: &PawnPlan) -> Result<(), UncertaintyError> {
    let n_draws = output.len();
    if !(2..=n_draws).contains(&plan.n_slices) {
        return Err(UncertaintyError::OutOfRange {
            parameter: "number of slices",
            given: plan.n_slices as f64,
            expected: "from 2 to the number of draws",
        });
    }
    if !(1..=10_000).contains(&plan.n_dummies) {
        return Err(UncertaintyError::OutOfRange {
            parameter: "number of dummies",
            given: plan.n_dummies as f64,
            expected: "from 1 to 10000",
        });
    }
    if let Some(values) = inputs.iter().find(|values| values.len() != n_draws) {
        return Err(UncertaintyError::WrongCount {
            what: "draws of an input",
            given: values.len(),
            expected: n_draws,
        });
    }
    all_moderate("output", output)?;
    inputs
        .iter()
        .try_for_each(|values| all_moderate("input", values))
}

/// Room for one thread.
#[derive(Default)]
struct Scratch {
    by_value: Vec<usize>,
    slice: Vec<usize>,
    distances: Vec<f64>,
}

impl Scratch {
    fn index(&mut self, all: &Distribution, values: &[f64], n_slices: usize) -> PawnIndex {
        let n_draws = values.len();
        self.by_value.clear();
        self.by_value.extend(0..n_draws);
        // Stable: equal values stay in the order of the draws.
        self.by_value
            .sort_by(|&first, &second| values[first].total_cmp(&values[second]));
        self.distances.clear();
        for slice in 0..n_slices {
            let (start, end) = (
                slice_start(slice, n_slices, n_draws),
                slice_start(slice + 1, n_slices, n_draws),
            );
            self.slice.clear();
            self.slice.extend_from_slice(&self.by_value[start..end]);
            self.distances.push(all.distance(&mut self.slice));
        }
        self.distances.sort_unstable_by(f64::total_cmp);
        let middle = |place: usize| self.distances[place];
        PawnIndex {
            median: 0.5 * (middle((n_slices - 1) / 2) + middle(n_slices / 2)),
            mean: self.distances.iter().sum::<f64>() / n_slices as f64,
            max: middle(n_slices - 1),
        }
    }
}

/// The first of the draws, sorted by value, in a slice.
fn slice_start(slice: usize, n_slices: usize, n_draws: usize) -> usize {
    let (whole, rest) = (n_draws / n_slices, n_draws % n_slices);
    slice * whole + slice.min(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Response, problems::Ishigami};

    /// Draws of three uniform inputs and the Ishigami function of them.
    fn draws(n: usize) -> (Vec<Vec<f64>>, Vec<f64>) {
        let sampler = Sampler::new(11);
        let inputs: Vec<Vec<f64>> = ["x1", "x2", "x3"]
            .iter()
            .map(|name| {
                let mut values = vec![0.0; n];
                sampler.stream(name).uniforms(0, &mut values);
                values
            })
            .collect();
        let output = (0..n).map(|draw| {
            let point: Vec<f64> = inputs.iter().map(|values| values[draw]).collect();
            let mut output = [0.0];
            Ishigami::usual()
                .evaluate(&mut (), &point, &mut output)
                .unwrap();
            output[0]
        });
        let output = output.collect();
        (inputs, output)
    }

    fn columns(inputs: &[Vec<f64>]) -> Vec<&[f64]> {
        inputs.iter().map(Vec::as_slice).collect()
    }

    #[test]
    fn inputs_stand_out_from_the_noise() {
        let (mut inputs, output) = draws(4000);
        let mut inert = vec![0.0; 4000];
        Sampler::new(11).stream("inert").uniforms(0, &mut inert);
        inputs.push(inert);
        let plan = PawnPlan::new(Sampler::new(1));
        let indices = pawn(&columns(&inputs), &output, &plan).unwrap().unwrap();
        // The third input acts only through an interaction, and yet moves the distribution.
        for index in &indices.inputs[..3] {
            assert!(index.median > 1.5 * indices.noise.median, "{indices:?}");
            assert!(index.median <= index.max && index.mean <= index.max);
        }
        assert!(indices.inputs[3].median < 1.1 * indices.noise.median);
    }

    #[test]
    fn an_input_that_is_the_output_has_the_distance_of_its_slice() {
        // Slices of a tenth: in the first the distance is 0.9, in the fifth 0.5.
        let output: Vec<f64> = (0..1000).map(f64::from).collect();
        let plan = PawnPlan::new(Sampler::new(1));
        let index = pawn(&[&output], &output, &plan).unwrap().unwrap().inputs[0];
        assert!((index.max - 0.9).abs() < 1e-12, "{index:?}");
        // Slice s has max(s, 9 − s)/10: mean 0.7, median 0.7.
        assert!((index.mean - 0.7).abs() < 1e-12 && (index.median - 0.7).abs() < 1e-12);
    }

    #[test]
    fn what_does_not_vary_has_no_index_and_bad_data_are_refused() {
        let (inputs, output) = draws(50);
        let plan = PawnPlan::new(Sampler::new(1));
        let columns = columns(&inputs);
        assert_eq!(pawn(&columns, &[2.0; 50], &plan), Ok(None));
        assert!(pawn(&columns, &output[1..], &plan).is_err());
        assert!(pawn(&columns, &[f64::NAN; 50], &plan).is_err());
        assert!(pawn(&[], &[], &plan).is_err());
        for bad in [
            PawnPlan {
                n_slices: 1,
                ..plan
            },
            PawnPlan {
                n_slices: 51,
                ..plan
            },
            PawnPlan {
                n_dummies: 0,
                ..plan
            },
            PawnPlan {
                n_dummies: usize::MAX,
                ..plan
            },
        ] {
            assert!(pawn(&columns, &output, &bad).is_err(), "{bad:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn slices_share_out_all_draws(n_draws in 2..500_usize, n_slices in 2..40_usize) {
            proptest::prop_assume!(n_slices <= n_draws);
            let start = |slice| slice_start(slice, n_slices, n_draws);
            proptest::prop_assert_eq!((start(0), start(n_slices)), (0, n_draws));
            for slice in 0..n_slices {
                let size = start(slice + 1) - start(slice);
                proptest::prop_assert!(size == n_draws / n_slices || size == n_draws.div_ceil(n_slices));
            }
        }
    }
}
