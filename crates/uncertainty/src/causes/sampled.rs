use crate::{Sampler, UncertaintyError, error::moderate};

/// The largest number of causes of a sampled division.
const MAX_SAMPLED: usize = 10_000;
/// The largest number of pairs of orders.
const MAX_PAIRS: usize = 10_000_000;

/// What one of many causes contributes, estimated from random orders.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SampledShare {
    /// The mean marginal contribution over the orders that were tried: unbiased for the Shapley
    /// value.
    pub share: f64,
    /// The standard error of the mean, over pairs of orders.
    pub standard_error: f64,
    /// The smallest marginal contribution that was met.
    pub min: f64,
    /// The largest.
    pub max: f64,
}

/// The division of an outcome among many causes, estimated.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SampledShapley {
    /// One share a cause. They sum to the total, but for rounding.
    pub shares: Vec<SampledShare>,
    /// The outcome with all causes less that with none.
    pub total: f64,
    /// The number of orders that were tried: two a pair.
    pub orders: usize,
    /// How often the outcome was asked for.
    pub evaluations: usize,
}

/// The Shapley shares of `n_causes` causes (up to 10,000), too many to tabulate, from `pairs` random orders
/// and their reversals (Castro, Gómez & Tejada 2009; the pairing after Mitchell et al. 2022).
///
/// `value` tells what an outcome is worth with the causes that are `true`. An order and its reversal
/// together see each cause join early and late, so that outcomes without interactions of more than
/// two causes are divided exactly by any single pair. Orders come from the stream
/// `shapley.orders` of the sampler. `O(pairs · n)` calls of `value`.
///
/// # Errors
/// [`UncertaintyError::BadCount`] for too many causes or fewer than two pairs (one has no standard
/// error), [`UncertaintyError::OutOfRange`] if a value is NaN, infinite or beyond
/// [`MAGNITUDE_LIMIT`](crate::MAGNITUDE_LIMIT), both as the error of `value`; otherwise that of
/// `value`.
///
/// ```
/// use detente_uncertainty::{Sampler, UncertaintyError, causes::shapley_sampled};
/// // A hundred votes, of which 51 carry the motion: all alike.
/// let carried = |votes: &[bool]| Ok::<_, UncertaintyError>(f64::from(u8::from(
///     votes.iter().filter(|&&vote| vote).count() >= 51,
/// )));
/// let division = shapley_sampled(100, carried, 200, Sampler::new(1997))?;
/// let first = division.shares[0];
/// assert!((first.share - 0.01).abs() < 4.0 * first.standard_error + 0.01);
/// assert!((division.shares.iter().map(|share| share.share).sum::<f64>() - 1.0).abs() < 1e-9);
/// # Ok::<(), UncertaintyError>(())
/// ```
pub fn shapley_sampled<E: From<UncertaintyError>>(
    n_causes: usize,
    mut value: impl FnMut(&[bool]) -> Result<f64, E>,
    pairs: usize,
    sampler: Sampler,
) -> Result<SampledShapley, E> {
    counted("causes of a sampled division", n_causes, 0, MAX_SAMPLED)?;
    counted("pairs of orders", pairs, 2, MAX_PAIRS)?;
    let mut ask =
        |present: &[bool]| Ok::<f64, E>(moderate("value of a set of causes", value(present)?)?);
    let (mut present, mut order) = (vec![false; n_causes], (0..n_causes).collect::<Vec<_>>());
    let none = ask(&present)?;
    present.fill(true);
    let all = ask(&present)?;
    let mut tallies = vec![Tally::default(); n_causes];
    let (stream, mut uniforms) = (sampler.stream("shapley.orders"), vec![0.0; n_causes]);
    for pair in 0..pairs {
        stream.uniforms(pair as u64 * n_causes as u64, &mut uniforms);
        shuffle(&mut order, &uniforms);
        for _ in 0..2 {
            present.fill(false);
            let mut before = none;
            for (place, &cause) in order.iter().enumerate() {
                present[cause] = true;
                let after = if place + 1 == n_causes {
                    all
                } else {
                    ask(&present)?
                };
                tallies[cause].meet(after - before);
                before = after;
            }
            order.reverse();
        }
        tallies.iter_mut().for_each(|tally| tally.close_pair(pair));
    }
    Ok(SampledShapley {
        shares: tallies.iter().map(|tally| tally.share(pairs)).collect(),
        total: all - none,
        orders: 2 * pairs,
        evaluations: 2 + 2 * pairs * n_causes.saturating_sub(1),
    })
}

fn counted(
    list: &'static str,
    given: usize,
    low: usize,
    high: usize,
) -> Result<(), UncertaintyError> {
    if (low..=high).contains(&given) {
        return Ok(());
    }
    Err(UncertaintyError::BadCount {
        list,
        given,
        low,
        high,
    })
}

/// Fisher and Yates: every order is equally likely, whatever the one before.
fn shuffle(order: &mut [usize], uniforms: &[f64]) {
    for place in (1..order.len()).rev() {
        let other = (uniforms[place] * (place + 1) as f64) as usize;
        order.swap(place, other.min(place));
    }
}

/// Running mean and spread of the contributions of one cause (Welford 1962).
#[derive(Debug, Clone, Copy)]
struct Tally {
    of_pair: f64,
    mean: f64,
    squares: f64,
    min: f64,
    max: f64,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            of_pair: 0.0,
            mean: 0.0,
            squares: 0.0,
            min: f64::INFINITY,
            max: f64::NEG_INFINITY,
        }
    }
}

impl Tally {
    fn meet(&mut self, marginal: f64) {
        self.of_pair += 0.5 * marginal;
        self.min = self.min.min(marginal);
        self.max = self.max.max(marginal);
    }

    fn close_pair(&mut self, pairs_before: usize) {
        let by = self.of_pair - self.mean;
        self.mean += by / (pairs_before + 1) as f64;
        self.squares += by * (self.of_pair - self.mean);
        self.of_pair = 0.0;
    }

    fn share(&self, pairs: usize) -> SampledShare {
        let variance = self.squares / (pairs - 1) as f64;
        SampledShare {
            share: self.mean,
            standard_error: (variance / pairs as f64).sqrt(),
            min: self.min,
            max: self.max,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::SetFunction;

    fn mask(present: &[bool]) -> u32 {
        present
            .iter()
            .rev()
            .fold(0, |mask, &is| mask << 1 | u32::from(is))
    }

    fn sampled(function: &SetFunction, pairs: usize, seed: u64) -> SampledShapley {
        let value =
            |present: &[bool]| Ok::<_, UncertaintyError>(function.value(mask(present)).unwrap());
        shapley_sampled(function.n_causes(), value, pairs, Sampler::new(seed)).unwrap()
    }

    #[test]
    fn alone_or_together() {
        // Cause 0 alone, or 1 and 2: ⅔, ⅙, ⅙; both necessary: ½, ½.
        let either =
            SetFunction::from_fn(3, |set| f64::from(u8::from(set & 1 == 1 || set & 6 == 6)))
                .unwrap();
        for (share, expected) in either
            .shapley()
            .iter()
            .zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0])
        {
            assert!((share.share - expected).abs() < 1e-15);
        }
        for (share, expected) in
            sampled(&either, 4000, 7)
                .shares
                .iter()
                .zip([2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0])
        {
            assert!(
                (share.share - expected).abs() < 5.0 * share.standard_error,
                "{share:?}"
            );
            assert!(share.standard_error < 0.01);
        }
        let together = sampled(
            &SetFunction::new(2, vec![0.0, 0.0, 0.0, 1.0]).unwrap(),
            2,
            1,
        );
        assert_eq!(
            together.shares[0],
            SampledShare {
                share: 0.5,
                standard_error: 0.0,
                min: 0.0,
                max: 1.0
            }
        );
        assert_eq!((together.orders, together.evaluations), (4, 6));
    }

    #[test]
    fn standard_errors_cover() {
        // Twenty causes that must all be there, over many seeds: the estimates spread as they say.
        let value = |present: &[bool]| {
            Ok::<_, UncertaintyError>(f64::from(u8::from(present.iter().all(|is| *is))))
        };
        let runs: Vec<SampledShare> = (0..200)
            .map(|seed| {
                shapley_sampled(8, value, 100, Sampler::new(seed))
                    .unwrap()
                    .shares[3]
            })
            .collect();
        let squares = runs
            .iter()
            .map(|run| (run.share - 0.125).powi(2))
            .sum::<f64>()
            / 200.0;
        let claimed = runs
            .iter()
            .map(|run| run.standard_error.powi(2))
            .sum::<f64>()
            / 200.0;
        assert!(
            (0.7..1.4).contains(&(squares / claimed)),
            "{squares} {claimed}"
        );
    }

    #[test]
    fn bad_arguments_and_failures_are_told() {
        let one = |_: &[bool]| Ok::<_, UncertaintyError>(1.0);
        let sampler = Sampler::new(0);
        assert!(shapley_sampled(3, one, 1, sampler).is_err());
        assert!(shapley_sampled(usize::MAX, one, 2, sampler).is_err());
        assert!(
            shapley_sampled(
                3,
                |_: &[bool]| Ok::<_, UncertaintyError>(f64::NAN),
                2,
                sampler
            )
            .is_err()
        );
        let none = shapley_sampled(0, one, 2, sampler).unwrap();
        assert_eq!((none.shares.len(), none.evaluations), (0, 2));
        let failing = |_: &[bool]| Err(UncertaintyError::EmptySample { statistic: "test" });
        assert_eq!(
            shapley_sampled(3, failing, 2, sampler),
            Err(UncertaintyError::EmptySample { statistic: "test" })
        );
    }

    proptest! {
        #[test]
        fn agrees_with_the_exact_shares(values in prop::collection::vec(-5.0..5.0_f64, 32), seed: u64) {
            let function = SetFunction::new(5, values).unwrap();
            let division = sampled(&function, 400, seed);
            let sum: f64 = division.shares.iter().map(|share| share.share).sum();
            prop_assert!((sum - function.total()).abs() < 1e-9);
            for (sampled, exact) in division.shares.iter().zip(function.shapley()) {
                prop_assert!((sampled.share - exact.share).abs() < 6.0 * sampled.standard_error + 1e-9);
                prop_assert!(exact.min <= sampled.min && sampled.max <= exact.max);
            }
        }

        #[test]
        fn two_way_interactions_are_divided_exactly(alone in prop::array::uniform4(-5.0..5.0_f64), pair in -5.0..5.0_f64, seed: u64) {
            let function = SetFunction::from_fn(4, |set| {
                let alone: f64 = (0..4).filter(|i| set >> i & 1 == 1).map(|i| alone[i]).sum();
                alone + if set & 3 == 3 { pair } else { 0.0 }
            }).unwrap();
            for (sampled, exact) in sampled(&function, 2, seed).shares.iter().zip(function.shapley()) {
                prop_assert!((sampled.share - exact.share).abs() < 1e-12);
                prop_assert!(sampled.standard_error < 1e-6);
            }
        }
    }
}
