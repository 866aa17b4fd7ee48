//! Agreements (A-…): frontier, zone of agreement, bargaining solutions.

use detente::payoff::{
    AgreementSpace, Ideal, PayoffError, PayoffMatrix, Scale, SolutionConcept, Utility, ZoneKind,
    frontier, kalai_smorodinsky, nash, solve, strategies, zone, zone_count,
};
use proptest::{prop_assert, prop_assert_eq, prop_assume, test_runner::TestCaseError};

use crate::{Claim, Kind, Trial};

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[
    Claim {
        id: "A-01",
        kind: Kind::Theorem,
        source: "Nash 1950",
        statement: "nonagreement worse than every agreement counts in full: the Nash bargain moves \
                    with it and is not the one for nonagreement raised to the worst agreement",
        check: nonagreement_below_everything,
    },
    Claim {
        id: "A-02",
        kind: Kind::Definition,
        source: "Nash 1950",
        statement: "a bargain is struck only among agreements from which every party gains; where \
                    there are none there is no solution",
        check: gains_for_all,
    },
    Claim {
        id: "A-03",
        kind: Kind::Definition,
        source: "Raiffa 1982 for the numbers of the Panama Canal treaty",
        statement: "the frontier counts every efficient agreement, not only distinct payoffs: 20 \
                    payoffs and 26 packages for the Panama Canal",
        check: ties_are_kept,
    },
    Claim {
        id: "A-04",
        kind: Kind::Definition,
        source: "model §5 and the notes on agreements",
        statement: "the zone of agreement is strict (all gain), Pareto-improving (none loses, one \
                    gains) or weak (none loses), each within the next",
        check: zones_are_named,
    },
    Claim {
        id: "A-05",
        kind: Kind::Definition,
        source: "Kalai and Smorodinsky 1975; Brams and Togman 1996 for Camp David",
        statement: "Kalai–Smorodinsky is the leximin of gains as shares of the ideal gain, not their \
                    least spread, and which agreements the ideal is taken over must be named",
        check: shares_are_levelled_up,
    },
    Claim {
        id: "A-06",
        kind: Kind::Definition,
        source: "the notes on agreements",
        statement: "a nonagreement payoff that is missing, NaN or infinite is an error",
        check: nonagreement_is_asked_for,
    },
];

fn matrix<const N: usize>(vectors: &[[f64; N]], nonagreement: [f64; N]) -> Option<PayoffMatrix> {
    PayoffMatrix::from_vectors(vectors, &nonagreement).ok()
}

/// What a concept picks, as places in the list of agreements.
fn picked(matrix: Option<&PayoffMatrix>, concept: SolutionConcept) -> Option<Vec<usize>> {
    solve(matrix?, concept).map(|solution| solution.agreements)
}

/// The gains of every party at an agreement.
fn gains(matrix: &PayoffMatrix, agreement: usize) -> Vec<f64> {
    (0..matrix.n_parties())
        .filter_map(|party| matrix.gain(party, agreement))
        .collect()
}

fn refused(error: impl std::fmt::Display) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

fn nonagreement_below_everything(trial: &mut Trial) {
    let vectors = [[1.0, 10.0], [9.0, 6.0], [4.0, 8.0]];
    let at = |d| picked(matrix(&vectors, d).as_ref(), SolutionConcept::Nash);
    trial.holds("(9, 6) against (−10, 0)", at([-10.0, 0.0]) == Some(vec![1]));
    trial.holds(
        "(1, 10) against (−100, 0)",
        at([-100.0, 0.0]) == Some(vec![0]),
    );
    trial.holds(
        "(4, 8) once nonagreement is raised to (1, 6)",
        at([1.0, 6.0]) == Some(vec![2]),
    );
    trial.for_all(
        "the product of gains over nonagreement below all, as given, is maximised",
        300,
        (strategies::matrix(2..=4, 1..=20), 1..=100_i32),
        |(matrix, below)| {
            let nonagreement: Vec<f64> = (0..matrix.n_parties())
                .map(|party| -f64::from(below) * (party + 1) as f64)
                .collect();
            let matrix = matrix.with_nonagreement(&nonagreement).map_err(refused)?;
            let product = |k: usize| gains(&matrix, k).iter().product::<f64>();
            let most = (0..matrix.len()).map(product).fold(0.0, f64::max);
            let all: Vec<usize> = (0..matrix.len()).filter(|&k| product(k) >= most).collect();
            prop_assert_eq!(nash(&matrix).map(|nash| nash.agreements), Some(all));
            Ok(())
        },
    );
}

fn gains_for_all(trial: &mut Trial) {
    let losses = matrix(&[[6.0, 6.0, 6.0], [9.0, 1.0, 1.0]], [5.0; 3]);
    let bargain = picked(losses.as_ref(), SolutionConcept::Nash);
    trial.holds(
        "two losses do not multiply to a gain",
        bargain == Some(vec![0]),
    );
    trial.for_all(
        "a solution exists iff someone's gain is everyone's, and then gains for all",
        500,
        strategies::matrix(1..=4, 0..=20),
        |matrix| {
            let zone = zone(&matrix, ZoneKind::Strict);
            for concept in SolutionConcept::ALL {
                let solution = solve(&matrix, concept);
                prop_assert_eq!(solution.is_some(), !zone.is_empty(), "{}", concept);
                let agreements = solution.map_or(vec![], |solution| solution.agreements);
                prop_assert!(agreements.iter().all(|agreement| zone.contains(agreement)));
                for agreement in agreements {
                    prop_assert!(gains(&matrix, agreement).iter().all(|&gain| gain > 0.0));
                }
            }
            Ok(())
        },
    );
}

/// Two parties contest issues that each is won by one of them; nonagreement is worth `d` to both.
fn contest(first: &[f64], second: &[f64], d: f64) -> Result<PayoffMatrix, PayoffError> {
    let agreements = AgreementSpace::new(&vec![2; first.len()])?.enumerate()?;
    let won_by_first = first.iter().map(|&points| vec![points, 0.0]).collect();
    let won_by_second = second.iter().map(|&points| vec![0.0, points]).collect();
    let utilities = [
        Utility::additive(0.0, won_by_first)?,
        Utility::additive(0.0, won_by_second)?,
    ];
    PayoffMatrix::tabulate(&agreements, &utilities, &[d, d])
}

fn ties_are_kept(trial: &mut Trial) {
    let us = [22.0, 22.0, 15.0, 14.0, 11.0, 6.0, 4.0, 2.0, 2.0, 2.0];
    let panama = [9.0, 15.0, 15.0, 3.0, 15.0, 5.0, 11.0, 7.0, 7.0, 13.0];
    let canal = contest(&us, &panama, 50.0).map(|matrix| frontier(&matrix));
    let counts = canal.map(|frontier| (frontier.len(), frontier.n_packages()));
    trial.holds(
        "the Panama Canal: 20 payoffs, 26 packages",
        counts == Ok((20, 26)),
    );
    trial.for_all(
        "an agreement is on the frontier iff no other dominates it, whoever pays the same",
        500,
        strategies::matrix(1..=5, 0..=40),
        |matrix| {
            let vectors: Vec<Vec<f64>> =
                (0..matrix.len()).filter_map(|k| matrix.vector(k)).collect();
            let no_worse = |a: &[f64], b: &[f64]| a.iter().zip(b).all(|(a, b)| a >= b);
            let dominated = |k: usize| {
                vectors
                    .iter()
                    .any(|v| no_worse(v, &vectors[k]) && !no_worse(&vectors[k], v))
            };
            let efficient: Vec<usize> = (0..matrix.len()).filter(|&k| !dominated(k)).collect();
            prop_assert_eq!(frontier(&matrix).packages(), efficient);
            Ok(())
        },
    );
}

fn zones_are_named(trial: &mut Trial) {
    let boundary = matrix(&[[5.0, 6.0], [6.0, 5.0], [5.0, 5.0]], [5.0; 2]);
    let counts = boundary.map(|matrix| ZoneKind::ALL.map(|kind| zone_count(&matrix, kind)));
    trial.holds(
        "on the boundary: none strict, two improving, three weak",
        counts == Some([0, 2, 3]),
    );
    trial.for_all(
        "membership is as defined, each zone within the next, and counted as listed",
        500,
        strategies::matrix(1..=4, 0..=30),
        |matrix| {
            let members = ZoneKind::ALL.map(|kind| zone(&matrix, kind));
            for (kind, members) in ZoneKind::ALL.iter().zip(&members) {
                prop_assert_eq!(zone_count(&matrix, *kind), members.len());
            }
            for agreement in 0..matrix.len() {
                let gains = gains(&matrix, agreement);
                let none_loses = gains.iter().all(|&gain| gain >= 0.0);
                let expected = [
                    gains.iter().all(|&gain| gain > 0.0),
                    none_loses && gains.iter().any(|&gain| gain > 0.0),
                    none_loses,
                ];
                let found = [0, 1, 2].map(|zone| members[zone].contains(&agreement));
                prop_assert_eq!(found, expected);
                prop_assert!(found.is_sorted());
            }
            Ok(())
        },
    );
}

fn shares_are_levelled_up(trial: &mut Trial) {
    let israel = [35.0, 10.0, 20.0, 10.0, 5.0, 20.0];
    let egypt = [55.0, 5.0, 10.0, 5.0, 20.0, 5.0];
    let camp_david = contest(&israel, &egypt, 0.0);
    for ideal in [Ideal::Rational, Ideal::Global] {
        let found = camp_david.as_ref().ok().and_then(|matrix| {
            kalai_smorodinsky(matrix, ideal).map(|solution| solution.vectors(matrix))
        });
        let expected = Some(vec![vec![60.0, 75.0]]);
        trial.holds("Camp David: (60, 75), not (65, 55)", found == expected);
    }
    // The third agreement ruins the second party, and so counts for the global ideal alone.
    let either = matrix(&[[4.0, 1.0], [2.0, 3.0], [100.0, -1.0]], [0.0; 2]);
    let under = |ideal| picked(either.as_ref(), SolutionConcept::KalaiSmorodinsky(ideal));
    trial.holds(
        "ideal over what none would veto: (2, 3)",
        under(Ideal::Rational) == Some(vec![1]),
    );
    trial.holds(
        "ideal over everything: (4, 1)",
        under(Ideal::Global) == Some(vec![0]),
    );
    trial.for_all(
        "no agreement that gains for all has a higher lowest share",
        500,
        strategies::matrix_with_zone(2..=4, 1..=20),
        |matrix| {
            let solution = kalai_smorodinsky(&matrix, Ideal::Global);
            let ideal: Vec<f64> = (0..matrix.n_parties())
                .filter_map(|party| {
                    Some(
                        matrix
                            .party(party)?
                            .iter()
                            .copied()
                            .fold(f64::MIN, f64::max),
                    )
                })
                .collect();
            let least = |agreement: usize| {
                let parties = ideal
                    .iter()
                    .zip(matrix.nonagreement())
                    .map(|(best, d)| best - d);
                let shares = gains(&matrix, agreement).into_iter().zip(parties);
                shares
                    .map(|(gain, best)| gain / best)
                    .fold(f64::INFINITY, f64::min)
            };
            let highest = zone(&matrix, ZoneKind::Strict)
                .into_iter()
                .map(least)
                .fold(0.0, f64::max);
            prop_assert_eq!(
                solution.as_ref().map(|solution| solution.value),
                Some(highest)
            );
            for agreement in solution.map_or(vec![], |solution| solution.agreements) {
                prop_assert!(least(agreement) >= highest);
            }
            Ok(())
        },
    );
    trial.for_all(
        "shares of the ideal gain make the sum scale-free too, once the ideal is named",
        300,
        (strategies::matrix_with_zone(2..=3, 1..=15), 1..=9_i32),
        |(matrix, factor)| {
            let vectors: Vec<Vec<f64>> = (0..matrix.len())
                .filter_map(|k| matrix.vector(k))
                .map(|mut vector| {
                    vector[0] *= f64::from(factor);
                    vector
                })
                .collect();
            let mut nonagreement = matrix.nonagreement().to_vec();
            nonagreement[0] *= f64::from(factor);
            let scaled = PayoffMatrix::from_vectors(&vectors, &nonagreement).map_err(refused)?;
            for ideal in [Ideal::Rational, Ideal::Global] {
                let concept = SolutionConcept::Utilitarian(Scale::Normalised(ideal));
                prop_assert_eq!(
                    picked(Some(&scaled), concept),
                    picked(Some(&matrix), concept)
                );
            }
            Ok(())
        },
    );
}

fn nonagreement_is_asked_for(trial: &mut Trial) {
    trial.for_all(
        "whichever party's is unknown, and however that is said, there is no matrix",
        300,
        (strategies::matrix(1..=4, 0..=5), 0..4_usize),
        |(matrix, party)| {
            prop_assume!(party < matrix.n_parties());
            for unknown in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                let mut nonagreement = matrix.nonagreement().to_vec();
                nonagreement[party] = unknown;
                let result = matrix.clone().with_nonagreement(&nonagreement);
                let refused = matches!(result, Err(PayoffError::NotFinite { .. }));
                prop_assert!(refused, "{:?}", result);
            }
            let short = &matrix.nonagreement()[..party];
            prop_assert_eq!(
                matrix.clone().with_nonagreement(short),
                Err(PayoffError::MissingNonagreement {
                    party,
                    n_parties: matrix.n_parties()
                })
            );
            Ok(())
        },
    );
}
