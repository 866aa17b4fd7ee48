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

/// Three parties, of which the third only ranks, over four agreements and the state of affairs.
fn ranked(third: [&str; 5]) -> Case {
    let ranking: Vec<String> = third
        .iter()
        .map(|it| format!("{{ how = \"{it}\" }}"))
        .collect();
    let numbers = |id: &str, payoffs: [f64; 5]| {
        let [none, a, b, c, d] = payoffs;
        format!(
            "[party.{id}]\nname = \"{id}\"\nnonagreement = 0\n[party.{id}.payoff]\n\
             how = {{ none = {none}, a = {a}, b = {b}, c = {c}, d = {d} }}\n"
        )
    };
    let text = format!(
        "format = 1\n[case]\nid = \"river\"\ntitle = \"A river\"\ndecided = 2020-02-28\n\
         outcome = \"nonagreement\"\n[issue.how]\nname = \"How\"\noption = {{ none = \"-\", a = \"A\", \
         b = \"B\", c = \"C\", d = \"D\" }}\n{}{}[party.third]\nname = \"third\"\n\
         nonagreement = {{ as = {{ how = \"none\" }} }}\n[party.third.payoff]\nranking = [{}]\n",
        numbers("first", [0.0, 5.0, 2.0, 3.0, 2.0]),
        numbers("second", [0.0, 0.5, 2.5, 1.0, 2.5]),
        ranking.join(", ")
    );
    Case::from_text("river.toml", &text).unwrap()
}

/// Products of gains in numbers: a 2.5, c 3, b and d 5, from the same gains.
#[test]
fn places_in_a_ranking_are_no_sizes() {
    let best = |third: [&str; 5]| {
        let found = assess(&ranked(third), &Options::default()).unwrap();
        let stage = found.funnel.last().unwrap();
        let names = stage
            .best
            .iter()
            .map(|it| it.iter().next().unwrap().1.clone());
        names.collect::<Vec<_>>()
    };
    // Wherever the third puts what has a lesser product, and however many places lie between.
    assert_eq!(best(["a", "c", "b", "d", "none"]), ["b"]);
    assert_eq!(best(["b", "a", "c", "d", "none"]), ["b"]);
    assert_eq!(best(["d", "c", "a", "b", "none"]), ["d"]);
    assert_eq!(best(["d", "b", "none", "a", "c"]), ["d"]);
    // What it would not have is out, though nothing has a greater product.
    assert_eq!(best(["c", "a", "none", "b", "d"]), ["c"]);
}

#[test]
fn where_nothing_varies_every_draw_is_the_central_run() {
    let case = ranked(["a", "c", "b", "d", "none"]);
    let found = assess(
        &case,
        &Options {
            draws: 300,
            ..Options::default()
        },
    )
    .unwrap();
    assert_eq!(found.reproducibility.draws, 300);
    let passes = found.margins.last().unwrap().passes.as_ref().unwrap();
    assert_eq!((passes.estimate, passes.standard_error), (1.0, 0.0));
    let central = found.margins.last().unwrap();
    let over = central.over_draws.as_ref().unwrap();
    assert_eq!((over.low, over.high), (central.central, central.central));
}
