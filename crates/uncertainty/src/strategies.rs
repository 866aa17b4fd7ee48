//! Generators of valid values for property tests (feature `proptest`).
//!
//! ```
//! use detente_uncertainty::strategies;
//! use proptest::{prelude::*, test_runner::TestRunner};
//!
//! TestRunner::deterministic().run(&strategies::uncertain(), |number| {
//!     let (low, high) = number.support();
//!     prop_assert!(low <= number.central() && number.central() <= high);
//!     Ok(())
//! }).unwrap();
//! ```

use std::{f64::consts::FRAC_PI_6, ops::Range};

use detente_quantity::Interval;
use proptest::{collection::vec, prelude::*};

use crate::{
    Design, MAX_CAUSES, MAX_SOBOL_DIMENSIONS, RankCorrelations, Sampler, Sampling, SetFunction,
    Uncertain, VerbalProbability, sensitivity::Factors,
};

/// A number of any kind, within ±1000 but for normal ones.
pub fn uncertain() -> impl Strategy<Value = Uncertain> {
    prop_oneof![
        4 => detente_quantity::strategies::interval().prop_flat_map(uncertain_within),
        1 => normal(),
        1 => beta(),
        1 => verbal().prop_map(Uncertain::verbal),
    ]
}

/// A number that never leaves `bounds`: exact, triangular, uniform or discrete, often touching an
/// end; also a beta or a verbal one where `bounds` have room for it.
pub fn uncertain_within(bounds: Interval) -> impl Strategy<Value = Uncertain> {
    let bounded = prop_oneof![
        inside(bounds).prop_map(Uncertain::point),
        triangular_in(bounds),
        (inside(bounds), inside(bounds)).prop_map(|(x, y)| Uncertain::uniform(x.min(y), x.max(y))),
        vec((inside(bounds), 0.01..5.0_f64), 1..6).prop_map(|pairs| Uncertain::discrete(&pairs)),
    ]
    .prop_filter_map("a number", Result::ok);
    let fits = move |number: &Uncertain| {
        let (low, high) = number.support();
        bounds.contains(low) && bounds.contains(high)
    };
    let probabilities = prop_oneof![beta(), verbal().prop_map(Uncertain::verbal)];
    // Where the probability does not fit, the bounded number takes its place: no rejections.
    (bounded, probabilities, 0..6_u8).prop_map(move |(bounded, probability, die)| {
        if die == 0 && fits(&probability) {
            probability
        } else {
            bounded
        }
    })
}

/// A number that never leaves 0–1.
pub fn uncertain_probability() -> impl Strategy<Value = Uncertain> {
    Just((0.0, 1.0))
        .prop_filter_map("the unit interval", |(low, high)| {
            Interval::new(low, high).ok()
        })
        .prop_flat_map(uncertain_within)
}

/// A normal number with its mean within ±1000 and a standard deviation between 10⁻³ and 10³.
pub fn normal() -> impl Strategy<Value = Uncertain> {
    (-1e3..1e3_f64, -3.0..3.0_f64).prop_filter_map("a normal number", |(mean, log_sd)| {
        Uncertain::normal(mean, 10_f64.powf(log_sd)).ok()
    })
}

/// A beta number with shapes from 0.05 to 100: U-shaped, one-sided and peaked ones.
pub fn beta() -> impl Strategy<Value = Uncertain> {
    let shape = || (-3.0..4.6_f64).prop_map(f64::exp);
    (shape(), shape()).prop_filter_map("a beta number", |(a, b)| Uncertain::beta(a, b).ok())
}

/// Any verbal probability.
pub fn verbal() -> impl Strategy<Value = VerbalProbability> {
    prop::sample::select(VerbalProbability::ALL.to_vec())
}

/// A set function over `n_causes` (at most [`MAX_CAUSES`]) with values between −5 and 5.
pub fn set_function(n_causes: usize) -> impl Strategy<Value = SetFunction> {
    tabulated(n_causes, -5.0..5.0_f64)
}

/// A set function over `n_causes` (at most [`MAX_CAUSES`]) with values 0 and 1.
pub fn binary_set_function(n_causes: usize) -> impl Strategy<Value = SetFunction> {
    tabulated(
        n_causes,
        any::<bool>().prop_map(|yes| f64::from(u8::from(yes))),
    )
}

/// Any way of sampling.
pub fn sampling() -> impl Strategy<Value = Sampling> {
    prop::sample::select(Sampling::ALL.to_vec())
}

/// A design of 1 to 6 replicates of 1 to 80 draws, its number of inputs in `n_inputs` (but at most
/// [`MAX_SOBOL_DIMENSIONS`]), named `input 0`, `input 1`, ….
pub fn design(n_inputs: Range<usize>) -> impl Strategy<Value = Design> {
    let size = (n_inputs, 1..=80_usize, 1..=6_usize);
    (sampling(), any::<u64>(), size).prop_filter_map(
        "a design",
        |(sampling, seed, (n_inputs, per_replicate, replicates))| {
            let names = (0..n_inputs.min(MAX_SOBOL_DIMENSIONS)).map(|n| format!("input {n}"));
            let names: Vec<String> = names.collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let n_draws = per_replicate * replicates;
            Design::new(sampling, Sampler::new(seed), &names, n_draws, replicates).ok()
        },
    )
}

/// Rank correlations of `n_inputs` inputs in groups of up to four, with few or many pairs; none of
/// them near a contradiction.
pub fn rank_correlations(n_inputs: usize) -> impl Strategy<Value = RankCorrelations> {
    // Each input has a direction; inputs of one group have the cosines between them for normal
    // correlations, shrunk a little, which no directions make contradictory.
    let directions = vec([-1.0..1.0_f64, -1.0..1.0, -1.0..1.0], n_inputs);
    let groups = vec(0..=n_inputs / 2, n_inputs);
    (directions, groups).prop_filter_map("rank correlations", move |(directions, groups)| {
        let mut sizes = vec![0; n_inputs + 1];
        let mut pairs = Vec::new();
        for second in 0..n_inputs {
            sizes[groups[second]] += 1;
            let in_group = |first: &usize| groups[*first] == groups[second];
            // The fifth of a group, and later ones, are left alone.
            if sizes[groups[second]] <= 4 {
                pairs.extend((0..second).filter(in_group).map(|first| {
                    let normal = 0.95 * cosine(&directions[first], &directions[second]);
                    (first, second, (normal / 2.0).asin() / FRAC_PI_6)
                }));
            }
        }
        RankCorrelations::new(n_inputs, &pairs).ok()
    })
}

fn cosine(a: &[f64; 3], b: &[f64; 3]) -> f64 {
    let product = |a: &[f64; 3], b: &[f64; 3]| a.iter().zip(b).map(|(x, y)| x * y).sum::<f64>();
    product(a, b)
        / (product(a, a) * product(b, b))
            .sqrt()
            .max(f64::MIN_POSITIVE)
}

/// Factors of `n_inputs` (at least 1): from one for each to one for all.
pub fn factors(n_inputs: usize) -> impl Strategy<Value = Factors> {
    let n_inputs = n_inputs.max(1);
    vec(0..n_inputs, n_inputs).prop_filter_map("factors", move |labels| {
        let members = |label: usize| {
            (0..n_inputs)
                .filter(|&input| labels[input] == label)
                .collect()
        };
        let mut groups: Vec<Vec<usize>> = (0..n_inputs).map(members).collect();
        groups.retain(|group| !group.is_empty());
        Factors::new(n_inputs, groups).ok()
    })
}

fn tabulated(
    n_causes: usize,
    value: impl Strategy<Value = f64>,
) -> impl Strategy<Value = SetFunction> {
    let n_causes = n_causes.min(MAX_CAUSES);
    vec(value, 1 << n_causes).prop_filter_map("a set function", move |values| {
        SetFunction::new(n_causes, values).ok()
    })
}

fn triangular_in(
    bounds: Interval,
) -> impl Strategy<Value = Result<Uncertain, crate::UncertaintyError>> {
    (inside(bounds), inside(bounds), inside(bounds)).prop_map(|(x, y, z)| {
        let mut ends = [x, y, z];
        ends.sort_unstable_by(f64::total_cmp);
        Uncertain::triangular(ends[0], ends[1], ends[2])
    })
}

/// A point of the interval, its ends well represented.
fn inside(bounds: Interval) -> impl Strategy<Value = f64> {
    let (low, high) = (bounds.low(), bounds.high());
    prop_oneof![
        6 => (0.0..=1.0_f64).prop_map(move |share| (low * (1.0 - share) + high * share).clamp(low, high)),
        1 => Just(low),
        1 => Just(high),
    ]
}
