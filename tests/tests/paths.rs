//! Paths of cases, replayed from outside: every rung put to an assessment of its own on the beliefs that the
//! path says were held there.
#![allow(
    clippy::unwrap_used,
    reason = "helpers of a test may panic where a case that was valid no longer is"
)]
#![allow(
    clippy::float_cmp,
    reason = "a belief that nothing moves stays what it was, to the bit"
)]

use detente::{
    Case, Model, Options, Partners, PathOptions, ReadAs, assess,
    assessment::{AgreedPath, AgreedRung, PathReport},
    case::{Number, Prior},
    decode::Ids,
    path,
    strategies::case,
    table,
    uncertainty::Uncertain,
};
use detente_tests::{property::check, transform::reordered};
use proptest::prelude::*;

fn found(case: &Case, options: &PathOptions) -> PathReport {
    path(&Model::compile(case).unwrap(), options).unwrap()
}

fn options() -> impl Strategy<Value = PathOptions> {
    let of = |partners: bool, read: bool| PathOptions {
        partners: Partners::ALL[usize::from(partners)],
        read: ReadAs::ALL[usize::from(read)],
        most_rungs: 4,
        effort: 20_000,
        ..PathOptions::default()
    };
    (any::<bool>(), any::<bool>()).prop_map(move |(partners, read)| of(partners, read))
}

/// The case as it stands at a rung: nothing seen but what beliefs hold already.
fn at_rung(case: &Case, rung: &AgreedRung) -> Case {
    let mut frozen = case.clone();
    frozen.acts.clear();
    for side in &rung.sides {
        for belief in &side.beliefs {
            let types = frozen.parties.get(&belief.about).unwrap().types.names();
            let mut prior = Prior {
                dogmatic: true,
                ..Prior::default()
            };
            for (name, chance) in types.zip(&belief.types) {
                let number = Number::from(Uncertain::point(*chance).unwrap());
                prior.weights.types.insert(name, number).unwrap();
            }
            let party = of(&mut frozen.parties, &side.party);
            *of(&mut party.prior, &belief.about) = prior;
        }
    }
    frozen
}

fn of<'a, T>(all: &'a mut Ids<T>, id: &str) -> &'a mut T {
    let place = all.index_of(id).unwrap();
    all.values_mut().nth(place).unwrap()
}

/// Every rung is accepted by every leader on the beliefs held there, and broken by no true type.
fn replay(case: &Case, path: &AgreedPath) -> Result<(), TestCaseError> {
    let bare = Options {
        draws: 0,
        list_limit: usize::MAX,
        ..Options::default()
    };
    for rung in &path.rungs {
        for side in &rung.sides {
            prop_assert!(side.margin > 0.0);
        }
        // Where a margin is all but 0, beliefs rounded on the way may turn it.
        if rung.sides.iter().any(|side| side.margin < 1e-9) {
            continue;
        }
        let errors = assess(&at_rung(case, rung), &bare).unwrap().errors;
        prop_assert!(
            errors.accepted_as_held.agreements.contains(&rung.terms),
            "{rung:?}"
        );
        prop_assert!(
            !errors.misplaced_trust.agreements.contains(&rung.terms),
            "{rung:?}"
        );
    }
    Ok(())
}

/// What a rung that was kept does to beliefs, worked from the coded numbers: of each type that would break it a
/// breach would have been seen with the chance coded for it, and Bayes' rule does the rest. Partners that may play along
/// show no more than that, and each type as it is or not at all.
fn moves_as_bayes(case: &Case, path: &AgreedPath, partners: Partners) -> Result<(), TestCaseError> {
    let model = Model::compile(case).unwrap();
    let rows = table(&model, &Options::default()).unwrap();
    let ids: Vec<&str> = case.parties.names().collect();
    for pair in path.rungs.windows(2) {
        let row = rows.iter().find(|row| row.terms == pair[0].terms).unwrap();
        for (before, after) in pair[0].sides.iter().zip(&pair[1].sides) {
            for (before, after) in before.beliefs.iter().zip(&after.beliefs) {
                let about = ids.iter().position(|id| *id == before.about).unwrap();
                let seen = chance_seen(case, &before.about, &row.honours[about]);
                prop_assert!(follows(&before.types, &after.types, &seen, partners));
            }
        }
    }
    Ok(())
}

/// By type of a party: the chance that it breaks an agreement that only these types honour, and is seen to.
fn chance_seen(case: &Case, party: &str, honours: &[bool]) -> Vec<f64> {
    let party = case.parties.get(party).unwrap();
    let types = party.types.values().zip(honours);
    let seen = types.map(|(kind, &keeps)| {
        let detection = kind.detection.as_ref().or(party.detection.as_ref());
        match keeps {
            true => 0.0,
            false => detection.unwrap().value.central(),
        }
    });
    seen.collect()
}

/// Whether some of those that break it, or all of them at face value, were weighed by the chance of not being seen.
fn follows(before: &[f64], after: &[f64], seen: &[f64], partners: Partners) -> bool {
    let broken: Vec<usize> = (0..seen.len()).filter(|&kind| seen[kind] > 0.0).collect();
    let subsets = 1_u32 << broken.len();
    let tried = match partners {
        Partners::AtFaceValue => subsets - 1..subsets,
        Partners::Strategic => 0..subsets,
    };
    tried.into_iter().any(|chosen| {
        let mut weights = before.to_vec();
        for (place, &kind) in broken.iter().enumerate() {
            if chosen & (1 << place) != 0 {
                weights[kind] *= 1.0 - seen[kind];
            }
        }
        let sum: f64 = weights.iter().sum();
        let mut both = weights.iter().zip(after);
        both.all(|(weight, after)| (weight / sum - after).abs() < 1e-9)
    })
}

/// What each believes after a rung is what it believes before the next, and the totals add up.
fn adds_up(path: &AgreedPath) -> Result<(), TestCaseError> {
    for pair in path.rungs.windows(2) {
        for (before, after) in pair[0].sides.iter().zip(&pair[1].sides) {
            for (before, after) in before.beliefs.iter().zip(&after.beliefs) {
                prop_assert!((before.if_kept - after.before).abs() < 1e-12);
                prop_assert!(before.telling || before.if_kept == before.before);
            }
        }
    }
    let (mut exposure, mut loss) = (0.0_f64, 0.0);
    for rung in &path.rungs {
        let most = |number: fn(&detente::assessment::RungSide) -> f64| {
            rung.sides.iter().map(number).fold(0.0, f64::max)
        };
        if !rung.full {
            exposure = exposure.max(most(|side| side.exposure));
        }
        loss += most(|side| side.if_untrustworthy);
    }
    prop_assert!((exposure - path.exposure).abs() < 1e-12);
    prop_assert!((loss - path.expected_loss).abs() < 1e-9);
    prop_assert_eq!(path.rungs.iter().filter(|rung| rung.full).count(), 1);
    prop_assert!(path.rungs.last().is_some_and(|rung| rung.full));
    Ok(())
}

#[test]
fn no_rung_of_a_path_violates_the_rule_of_any_side() {
    let (ladders, tried) = (std::cell::Cell::new(0_u32), 4_000);
    check(tried, (case(), options()), |(case, options)| {
        let report = found(&case, &options);
        let paths = report
            .path
            .iter()
            .chain(&report.alternatives)
            .chain(&report.short_of);
        for path in paths {
            adds_up(path)?;
            // The rule is put on held beliefs; what is read as it was is read by Bayes.
            match options.read {
                ReadAs::Held => replay(&case, path)?,
                ReadAs::Warranted => moves_as_bayes(&case, path, options.partners)?,
            }
            ladders.set(ladders.get() + u32::from(path.rungs.len() > 1));
        }
        Ok(())
    });
    // Most random cases are accepted at once or never; the test is about the others.
    assert!(ladders.get() > 30, "{ladders:?}");
}

#[test]
fn the_order_of_a_file_changes_no_path() {
    check(
        1_000,
        (case(), options(), any::<u64>()),
        |(case, options, salt)| {
            let (one, other) = (
                found(&case, &options),
                found(&reordered(&case, salt).unwrap(), &options),
            );
            prop_assert_eq!(one.outcome, other.outcome);
            prop_assert_eq!(one.at_face_value, other.at_face_value);
            let totals = |path: &Option<AgreedPath>| {
                path.as_ref()
                    .map(|it| (it.exposure, it.expected_loss, it.rungs.len()))
            };
            match (totals(&one.path), totals(&other.path)) {
                (None, None) => {}
                (Some(one), Some(other)) => {
                    prop_assert!((one.0 - other.0).abs() < 1e-9, "{one:?} {other:?}");
                    prop_assert!((one.1 - other.1).abs() < 1e-9, "{one:?} {other:?}");
                    prop_assert_eq!(one.2, other.2);
                }
                (one, other) => prop_assert!(false, "{one:?} {other:?}"),
            }
            Ok(())
        },
    );
}
