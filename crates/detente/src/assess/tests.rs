use super::*;
use crate::{
    assessment::{BarrierCause, BarrierShare},
    library,
};

/// Draws of each of eight replicates.
const REPLICATE: usize = 256;

fn run(draws: usize, precision: Option<f64>) -> Assessment {
    let options = Options {
        draws,
        precision,
        ..Options::default()
    };
    assess(&library::case("reykjavik-1986").unwrap(), &options).unwrap()
}

/// Counts by replicate from counts of all draws so far.
fn steps(sums: &[f64]) -> Vec<f64> {
    let earlier = std::iter::once(&0.0).chain(sums);
    sums.iter()
        .zip(earlier)
        .map(|(to, from)| to - from)
        .collect()
}

/// The error of Σy/Σx: with residuals e = y − r x over R replicates, √(Σe²/(R(R − 1)))/x̄.
fn error_of(y: &[f64], x: &[f64]) -> f64 {
    let all = x.iter().sum::<f64>();
    let (ratio, count) = (y.iter().sum::<f64>() / all, x.len() as f64);
    let residuals = y.iter().zip(x).map(|(y, x)| (y - ratio * x).powi(2));
    (residuals.sum::<f64>() / count / (count - 1.0)).sqrt() * count / all
}

/// Plain draws of which eight replicates are made are the first of any longer run, and so the counts
/// of each replicate are differences between runs.
#[test]
fn what_is_counted_over_some_draws_has_the_error_of_replicates() {
    let run_of = |replicates: usize| run(REPLICATE * replicates, None);
    let runs: Vec<Assessment> = (1..=8).map(run_of).collect();
    let whole = run(8 * REPLICATE, Some(1.0));
    let placement = whole.reproducibility.placement.as_ref().unwrap();
    assert_eq!(
        (placement.replicates, placement.per_replicate),
        (8, REPLICATE)
    );
    let whole = whole.attribution.unwrap();
    let sums = |of: &dyn Fn(&crate::assessment::Attribution) -> f64| {
        let list = runs
            .iter()
            .map(|it| of(it.attribution.as_ref().unwrap()) * it.reproducibility.draws as f64);
        steps(&list.collect::<Vec<_>>())
    };
    let share = |of: Option<Chance>| of.map_or(0.0, |it| it.estimate);
    let failing = sums(&|it| share(it.counted));
    let mut told = 0;
    for place in 0..whole.causes.len() {
        let cause =
            |it: &crate::assessment::Attribution| -> BarrierCause { it.causes[place].clone() };
        let mean = |it: &crate::assessment::Attribution| -> BarrierShare { it.shares[place] };
        let of_failing = [
            (
                sums(&|it| share(cause(it).necessary) * share(it.counted)),
                cause(&whole).necessary.unwrap().standard_error,
            ),
            (
                sums(&|it| mean(it).mean.unwrap_or_default() * share(it.counted)),
                mean(&whole).standard_error.unwrap(),
            ),
        ];
        for (y, found) in of_failing {
            let expected = error_of(&y, &failing);
            assert!(
                (found - expected).abs() < 1e-6,
                "{place}: {found} {expected}"
            );
            told += usize::from(found > 0.0);
        }
    }
    assert!(told >= 4, "{told}");
}

/// Draws that are placed evenly tell of some chances more than as many independent ones, and of all
/// others no less than they can.
#[test]
fn what_is_counted_over_some_draws_is_judged_as_it_was_drawn() {
    let options = Options {
        draws: 2048,
        sampling: detente_uncertainty::Sampling::Sobol,
        ..Options::default()
    };
    let found = assess(&library::case("reykjavik-1986").unwrap(), &options).unwrap();
    let causes = found.attribution.unwrap().causes;
    let chances = causes
        .iter()
        .flat_map(|it| [it.both, it.alone, it.necessary]);
    let chances: Vec<Chance> = chances
        .flatten()
        .filter(|it| it.standard_error > 0.0)
        .collect();
    assert!(!chances.is_empty());
    for chance in chances {
        let independent = (chance.estimate * (1.0 - chance.estimate) / 2048.0).sqrt();
        assert!(
            (chance.standard_error - independent).abs() > 1e-9,
            "{chance:?}"
        );
        assert!(chance.interval[0] <= chance.estimate && chance.estimate <= chance.interval[1]);
    }
}
