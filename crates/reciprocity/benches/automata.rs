//! Tournaments of automata, on the instance on which other tools were timed: sixteen memory-one
//! strategies, payoffs 5, 3, 1, 0, one error in a hundred.
//!
//! CPU time of the peers on two busy cores: Axelrod 4.14, 200 turns and 50 repetitions simulated,
//! 20.7 s and off by up to 0.099; linear algebra in NumPy 4.2 ms.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use detente_quantity::{DiscountFactor, Probability};
use detente_reciprocity::{
    ReciprocityError,
    automata::{Automaton, Horizon, MemoryOne, Noise, Tournament, named},
};

/// First period, then after CC, CD, DC and DD.
const MEMORY_ONE: [[f64; 5]; 16] = [
    [1.0, 1.0, 1.0, 1.0, 1.0],
    [0.0, 0.0, 0.0, 0.0, 0.0],
    [1.0, 1.0, 0.0, 1.0, 0.0],
    [0.0, 1.0, 0.0, 1.0, 0.0],
    [1.0, 1.0, 1.0 / 3.0, 1.0, 1.0 / 3.0],
    [1.0, 1.0, 0.0, 0.0, 1.0],
    [1.0, 1.0, 0.0, 1.0, 2.0 / 3.0],
    [1.0, 0.935, 0.229, 0.266, 0.42],
    [1.0, 0.95, 0.05, 0.05, 0.95],
    [1.0, 1.0, 0.125, 1.0, 0.25],
    [1.0, 8.0 / 9.0, 0.5, 1.0 / 3.0, 0.0],
    [1.0, 0.75, 0.25, 0.5, 0.25],
    [1.0, 1.0, 0.1, 1.0, 0.1],
    [0.5, 0.5, 0.5, 0.5, 0.5],
    [1.0, 1.0, 0.0, 0.0, 0.0],
    [1.0, 0.9, 0.7, 0.2, 0.1],
];

fn memory_one() -> Result<Vec<Automaton>, ReciprocityError> {
    MEMORY_ONE
        .into_iter()
        .map(|[first, cc, cd, dc, dd]| {
            let chance = |value| Probability::new(value);
            let after = [chance(cc)?, chance(cd)?, chance(dc)?, chance(dd)?];
            let first = chance(first)?;
            Ok(Automaton::from(MemoryOne { first, after }))
        })
        .collect()
}

/// Sixteen strategies of up to 21 states.
fn literature() -> Result<Vec<Automaton>, ReciprocityError> {
    let extort = named::ZeroDeterminant {
        slope: 2.0,
        baseline: 1.0,
        step: 1.0 / 18.0,
    };
    let stakes = detente_quantity::Stakes::new(5.0, 3.0, 1.0, 0.0)?;
    Ok(vec![
        named::always_honour(),
        named::always_cheat(),
        named::random(Probability::HALF),
        named::tit_for_tat(),
        named::suspicious_tit_for_tat(),
        named::generous_tit_for_tat(Probability::new(1.0 / 3.0)?),
        named::contrite_tit_for_tat(),
        named::tit_for_two_tats(),
        named::win_stay_lose_shift(),
        named::firm_but_fair(),
        named::grim(),
        named::limited_punishment(3)?,
        named::gradual(4)?,
        named::Grit {
            concessions: 2,
            rest: 6,
        }
        .automaton()?,
        Automaton::from(extort.memory_one(&stakes)?),
        Automaton::from(MemoryOne {
            first: Probability::ONE,
            after: [0.9, 0.7, 0.2, 0.1].map(Probability::saturating),
        }),
    ])
}

fn tournaments(c: &mut Criterion) {
    let hundredth = Probability::saturating(0.01);
    let perception = Noise::perception(hundredth);
    let both = Noise {
        honouring_slips: hundredth,
        cheating_slips: hundredth,
        ..perception
    };
    let horizons = [
        ("long run", Horizon::LongRun),
        (
            "discounted",
            DiscountFactor::new(0.95).map_or(Horizon::LongRun, Horizon::Discounted),
        ),
        ("200 periods", Horizon::Periods(200)),
    ];
    let fields = [("memory one", memory_one()), ("literature", literature())];
    for (field, entries) in fields {
        let Ok(entries) = entries else { continue };
        let mut group = c.benchmark_group(format!("16 {field}, all pairs"));
        group.sample_size(20);
        for (name, horizon) in horizons {
            for (noise_name, noise) in [
                ("slips", Noise::implementation(hundredth)),
                ("misreading", perception),
                ("both", both),
            ] {
                let id = BenchmarkId::new(name, noise_name);
                group.bench_function(id, |b| {
                    b.iter(|| Tournament::play(black_box(&entries), noise, horizon));
                });
            }
        }
        group.finish();
    }
}

criterion_group!(benches, tournaments);
criterion_main!(benches);
