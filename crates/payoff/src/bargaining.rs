use crate::{Ideal, PayoffMatrix, Scale, Solution, SolutionConcept, ZoneKind, parallel, zone};

mod raiffa;
mod reference;
mod rule;

pub(crate) use reference::{check_reference, check_weights};
pub use reference::{equal_loss, gupta_livne, proportional, raiffa};

use rule::Rule;

/// The best payoff of each party over the agreements that `ideal` names; `None` where there are
/// none. O(parties · agreements).
///
/// ```
/// use detente_payoff::{Ideal, PayoffMatrix, ideal_point};
/// let matrix = PayoffMatrix::from_vectors(&[[3.0, 1.0], [2.0, 2.0], [9.0, 0.0]], &[1.0, 1.0])?;
/// assert_eq!(ideal_point(&matrix, Ideal::Rational), Some(vec![3.0, 2.0]));
/// assert_eq!(ideal_point(&matrix, Ideal::Global), Some(vec![9.0, 2.0]));
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[must_use]
pub fn ideal_point(matrix: &PayoffMatrix, ideal: Ideal) -> Option<Vec<f64>> {
    let point: Vec<f64> = match ideal {
        Ideal::Rational => {
            let rational = zone(matrix, ZoneKind::Weak);
            let over =
                |column: &[f64]| highest(rational.iter().map(|&agreement| column[agreement]));
            matrix.columns().map(over).collect()
        }
        Ideal::Global => matrix
            .columns()
            .map(|column| highest(column.iter().copied()))
            .collect(),
    };
    point.iter().all(|best| best.is_finite()).then_some(point)
}

/// The agreements with the highest product of gains (Nash 1950), among those from which every
/// party gains; `None` if there is none. O(parties · agreements).
///
/// Products are compared exactly, not as rounded: two agreements tie if and only if the products
/// of the differences of the numbers given are equal. Two gains that are both negative never count.
///
/// ```
/// use detente_payoff::{PayoffMatrix, nash};
/// // Nonagreement worse than every agreement counts in full (A-01).
/// let vectors = [[1.0, 10.0], [9.0, 6.0], [4.0, 8.0]];
/// let tense = PayoffMatrix::from_vectors(&vectors, &[-10.0, 0.0])?;
/// assert_eq!(nash(&tense).map(|nash| (nash.value, nash.agreements)), Some((114.0, vec![1])));
/// let war = tense.with_nonagreement(&[-100.0, 0.0])?;
/// assert_eq!(nash(&war).map(|nash| nash.agreements), Some(vec![0]));
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[must_use]
pub fn nash(matrix: &PayoffMatrix) -> Option<Solution> {
    solve(matrix, SolutionConcept::Nash)
}

/// The leximin of gains as shares of the gain at the ideal point (Kalai & Smorodinsky 1975), among
/// agreements from which every party gains; `None` if there is none. O(parties · agreements).
///
/// Not the agreement with the least spread of shares, which can leave every party worse off (A-05).
/// Shares are compared exactly.
///
/// ```
/// use detente_payoff::{Ideal, PayoffMatrix, kalai_smorodinsky};
/// let vectors = [[0.6, 0.2], [0.3, 0.8], [1.0, 0.0], [0.0, 1.0]];
/// let matrix = PayoffMatrix::from_vectors(&vectors, &[0.0, 0.0])?;
/// let solution = kalai_smorodinsky(&matrix, Ideal::Rational);
/// assert_eq!(solution.map(|found| found.agreements), Some(vec![1]));
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[must_use]
pub fn kalai_smorodinsky(matrix: &PayoffMatrix, ideal: Ideal) -> Option<Solution> {
    solve(matrix, SolutionConcept::KalaiSmorodinsky(ideal))
}

/// The leximin of gains (Kalai 1977), among agreements from which every party gains; `None` if
/// there is none. Compares one party's gains with another's as coded. O(parties · agreements).
#[must_use]
pub fn egalitarian(matrix: &PayoffMatrix) -> Option<Solution> {
    solve(matrix, SolutionConcept::Egalitarian)
}

/// The agreements with the highest sum of payoffs on the stated scale, among those from which every
/// party gains; `None` if there is none. O(parties · agreements).
#[must_use]
pub fn utilitarian(matrix: &PayoffMatrix, scale: Scale) -> Option<Solution> {
    solve(matrix, SolutionConcept::Utilitarian(scale))
}

/// What a concept picks among the agreements from which every party gains; `None` if there is none
/// (A-02). O(parties · agreements): one pass in `f64` finds every agreement that could be optimal,
/// then those few are compared without rounding.
#[must_use]
pub fn solve(matrix: &PayoffMatrix, concept: SolutionConcept) -> Option<Solution> {
    let zone = zone(matrix, ZoneKind::Strict);
    if zone.is_empty() {
        return None;
    }
    if concept == SolutionConcept::Raiffa {
        return raiffa::solve(matrix, zone);
    }
    choose(&Rule::new(matrix, concept)?, concept, &zone)
}

/// What a rule picks among the candidates; `None` if there are none.
fn choose(rule: &Rule<'_>, concept: SolutionConcept, candidates: &[usize]) -> Option<Solution> {
    let mut scores = vec![0.0; candidates.len()];
    parallel::fill(&mut scores, |first, scores| {
        for (score, &agreement) in scores.iter_mut().zip(&candidates[first..]) {
            *score = rule.score(agreement);
        }
    });
    let best = highest(scores.iter().copied());
    let bar = best - rule.slack(best);
    let contenders = candidates
        .iter()
        .zip(&scores)
        .filter_map(|(&agreement, &score)| (score >= bar).then_some(agreement));
    let agreements = rule.best(contenders);
    let value = rule.value(*agreements.first()?);
    Some(Solution {
        concept,
        value,
        agreements,
    })
}

fn highest(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.fold(f64::NEG_INFINITY, f64::max)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    /// What a concept maximises, as whole numbers: gains, or gains times the others' best gains,
    /// which puts shares on a common denominator.
    fn merit(concept: SolutionConcept, gains: &[i128], best: &[i128]) -> Vec<i128> {
        let others = |party: usize| -> i128 {
            (0..best.len())
                .filter(|&other| other != party)
                .map(|other| best[other])
                .product()
        };
        let shares = || {
            gains
                .iter()
                .enumerate()
                .map(|(party, gain)| gain * others(party))
        };
        match concept {
            SolutionConcept::Nash => vec![gains.iter().product()],
            SolutionConcept::Egalitarian => {
                let mut gains = gains.to_vec();
                gains.sort_unstable();
                gains
            }
            SolutionConcept::KalaiSmorodinsky(_) => {
                let mut shares: Vec<i128> = shares().collect();
                shares.sort_unstable();
                shares
            }
            SolutionConcept::Utilitarian(Scale::Raw) => vec![gains.iter().sum()],
            SolutionConcept::Utilitarian(Scale::Normalised(_)) => vec![shares().sum()],
            SolutionConcept::EqualLoss(_) => {
                let mut losses: Vec<i128> = gains.iter().zip(best).map(|(g, b)| g - b).collect();
                losses.sort_unstable();
                losses
            }
            _ => unreachable!("{concept} is tried elsewhere"),
        }
    }

    fn gains(matrix: &PayoffMatrix, agreement: usize) -> Vec<i128> {
        (0..matrix.n_parties())
            .map(|party| matrix.gain(party, agreement).unwrap() as i128)
            .collect()
    }

    /// Every maximiser, by whole numbers throughout.
    fn by_integers(matrix: &PayoffMatrix, concept: SolutionConcept) -> Vec<usize> {
        let over = match concept {
            SolutionConcept::KalaiSmorodinsky(Ideal::Rational)
            | SolutionConcept::Utilitarian(Scale::Normalised(Ideal::Rational))
            | SolutionConcept::EqualLoss(Ideal::Rational) => 0,
            _ => i128::MIN,
        };
        let all: Vec<Vec<i128>> = (0..matrix.len()).map(|k| gains(matrix, k)).collect();
        let best: Vec<i128> = (0..matrix.n_parties())
            .map(|party| {
                let counted = all
                    .iter()
                    .filter(|gains| gains.iter().all(|&gain| gain >= over));
                counted.map(|gains| gains[party]).max().unwrap_or(0)
            })
            .collect();
        let zone = || (0..matrix.len()).filter(|&k| all[k].iter().all(|&gain| gain > 0));
        let merit = |k: usize| merit(concept, &all[k], &best);
        let most = zone().map(merit).max();
        zone().filter(|&k| Some(merit(k)) == most).collect()
    }

    fn check(matrix: &PayoffMatrix) {
        let by_steps = |concept: &SolutionConcept| *concept == SolutionConcept::Raiffa;
        for concept in SolutionConcept::ALL.into_iter().filter(|it| !by_steps(it)) {
            let found = solve(matrix, concept).map_or(vec![], |solution| solution.agreements);
            assert_eq!(found, by_integers(matrix, concept), "{concept}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

        #[test]
        fn solutions_agree_with_whole_number_arithmetic(matrix in strategies::matrix(1..=5, 0..=40)) {
            check(&matrix);
        }

        #[test]
        fn solutions_with_few_ties_agree_too(matrix in strategies::wide_matrix(1..=4, 1..=80)) {
            check(&matrix);
        }

        #[test]
        fn solutions_are_efficient(matrix in strategies::matrix_with_zone(1..=4, 1..=40)) {
            let efficient = crate::frontier(&matrix).packages();
            for concept in SolutionConcept::ALL {
                let solution = solve(&matrix, concept).unwrap();
                prop_assert!(solution.agreements.iter().all(|k| efficient.contains(k)), "{concept}");
            }
        }
    }

    #[test]
    fn products_that_round_alike_are_told_apart() {
        // 94906267² exceeds 94906266 · 94906268 by one, above 2⁵³ where doubles are two apart.
        let (low, mid, high) = (94_906_266.0, 94_906_267.0, 94_906_268.0);
        let vectors = [[low, high], [mid, mid], [high, low]];
        let matrix = PayoffMatrix::from_vectors(&vectors, &[0.0; 2]).unwrap();
        assert_eq!(nash(&matrix).unwrap().agreements, [1]);
    }

    #[test]
    fn products_beyond_the_range_of_numbers_are_compared_all_the_same() {
        let large = [[1e200, 1e200], [2e200, 1e200], [1e200, 1e199]];
        let matrix = PayoffMatrix::from_vectors(&large, &[0.0; 2]).unwrap();
        let solution = nash(&matrix).unwrap();
        assert_eq!((solution.agreements, solution.value), (vec![1], f64::MAX));
        let small = [[1e-200, 1e-200], [2e-200, 1e-200], [1e-200, 1e-201]];
        let matrix = PayoffMatrix::from_vectors(&small, &[0.0; 2]).unwrap();
        assert_eq!(nash(&matrix).unwrap().agreements, [1]);
        let tiny = f64::from_bits(1);
        let vectors = [[tiny, 1.0], [1e300, tiny], [tiny, 1.5]];
        check_extreme(&PayoffMatrix::from_vectors(&vectors, &[0.0; 2]).unwrap());
    }

    fn check_extreme(matrix: &PayoffMatrix) {
        for concept in SolutionConcept::ALL {
            let solution = solve(matrix, concept).unwrap();
            assert!(
                solution.value.is_finite() && !solution.agreements.contains(&0),
                "{concept}"
            );
        }
    }

    #[test]
    fn one_party_takes_its_best() {
        let matrix = PayoffMatrix::from_vectors(&[[1.0], [3.0], [3.0], [2.0]], &[1.0]).unwrap();
        for concept in SolutionConcept::ALL {
            assert_eq!(
                solve(&matrix, concept).unwrap().agreements,
                [1, 2],
                "{concept}"
            );
        }
        let content = matrix.with_nonagreement(&[3.0]).unwrap();
        assert!(
            SolutionConcept::ALL
                .iter()
                .all(|&concept| solve(&content, concept).is_none())
        );
    }
}
