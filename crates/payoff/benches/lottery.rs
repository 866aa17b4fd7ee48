//! Lotteries over spaces far beyond listing: the targets are 1 ms at 10²⁵⁰ packages for two parties,
//! from the options to the solution. No peer has figures: none goes beyond packages that it lists.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use detente_payoff::{
    AgreementSpace, Lotteries, LotterySolution, SolutionConcept, Utility, instances::Family,
};

const CONCEPTS: [SolutionConcept; 2] = [SolutionConcept::Nash, SolutionConcept::Egalitarian];

fn whole_job(
    space: &AgreementSpace,
    utilities: &[Utility],
    nonagreement: &[f64],
    concept: SolutionConcept,
) -> Option<LotterySolution> {
    let lotteries = Lotteries::new(space, utilities, nonagreement).ok()?;
    lotteries.solve(concept)
}

fn from_options_to_solution(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("lotteries from options to solution");
    for (n_parties, issues, family) in [
        (2, 20, Family::Opposed),
        (2, 250, Family::Opposed),
        (2, 250, Family::Mixed),
        (3, 10, Family::Opposed),
        (3, 250, Family::Opposed),
        (5, 250, Family::Opposed),
    ] {
        let Ok((space, utilities)) = family.instance(n_parties, &vec![10; issues]) else {
            continue;
        };
        let nonagreement = vec![0.0; n_parties];
        for concept in CONCEPTS {
            let name = format!("{n_parties} parties 1e{issues} {family:?}");
            group.bench_function(BenchmarkId::new(name, concept), |bencher| {
                bencher.iter(|| black_box(whole_job(&space, &utilities, &nonagreement, concept)));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, from_options_to_solution);
criterion_main!(benches);
