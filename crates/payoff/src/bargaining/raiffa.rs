//! Raiffa's steps on a finite set.

use super::{
    highest,
    rule::{Aim, Rule, Ways},
};
use crate::{PayoffMatrix, Solution, SolutionConcept, exact::Exact};

/// Steps among the agreements from which every party gains; `None` if there are none.
///
/// A step is never above the ideal point, and each leaves a fixed share of the way to it, so there
/// are at most some hundreds until all that is left pays the same. O(steps · parties · agreements).
pub(super) fn solve(matrix: &PayoffMatrix, zone: Vec<usize>) -> Option<Solution> {
    let (mut step, mut left) = (Step::first(matrix), zone);
    let mut ideal = ideal(matrix, &left);
    while !is_one_vector(matrix, &left, &ideal) {
        let next = step.towards(&ideal);
        let remaining: Vec<usize> = left
            .iter()
            .copied()
            .filter(|&agreement| next.is_reached(matrix, agreement))
            .collect();
        if remaining.is_empty() {
            break;
        }
        (step, left) = (next, remaining);
        ideal = self::ideal(matrix, &left);
    }
    let rule = Rule::by(matrix, step.aim(&ideal));
    let agreements = rule.best(left.into_iter());
    Some(Solution {
        concept: SolutionConcept::Raiffa,
        value: rule.value(*agreements.first()?),
        agreements,
    })
}

fn ideal(matrix: &PayoffMatrix, agreements: &[usize]) -> Vec<f64> {
    let best = |column: &[f64]| highest(agreements.iter().map(|&agreement| column[agreement]));
    matrix.columns().map(best).collect()
}

/// Whether the agreements all pay every party its ideal payoff.
fn is_one_vector(matrix: &PayoffMatrix, agreements: &[usize], ideal: &[f64]) -> bool {
    let mut parties = matrix.columns().zip(ideal);
    parties.all(|(column, best)| {
        agreements
            .iter()
            .all(|&agreement| column[agreement] >= *best)
    })
}

/// A step, without rounding: with n parties its numbers are whole multiples of a power of 1/n, by
/// which they are multiplied here.
struct Step {
    n_parties: Exact,
    scale: Exact,
    scaled: Vec<Exact>,
    rounded: Vec<f64>,
}

impl Step {
    fn first(matrix: &PayoffMatrix) -> Self {
        Self {
            n_parties: Exact::Double(matrix.n_parties() as f64),
            scale: Exact::ONE,
            scaled: matrix
                .nonagreement()
                .iter()
                .map(|&d| Exact::Double(d))
                .collect(),
            rounded: matrix.nonagreement().to_vec(),
        }
    }

    /// One party's part of the way to the ideal point: the mean of the corners at which one party
    /// has its ideal payoff and the others stay.
    fn towards(&self, ideal: &[f64]) -> Self {
        let others = self.n_parties.minus(&Exact::ONE);
        let pairs = || self.scaled.iter().zip(ideal);
        let rounded = self.rounded.iter().zip(ideal);
        let n_parties = self.n_parties.rounded();
        Self {
            n_parties: self.n_parties.clone(),
            scale: self.scale.times(&self.n_parties),
            scaled: pairs()
                .map(|(d, &best)| {
                    d.times(&others)
                        .plus(&Exact::Double(best).times(&self.scale))
                })
                .collect(),
            rounded: rounded
                .map(|(d, best)| d + (best - d) / n_parties)
                .collect(),
        }
    }

    /// Whether an agreement gives no party less.
    fn is_reached(&self, matrix: &PayoffMatrix, agreement: usize) -> bool {
        let payoffs = matrix.columns().map(|column| column[agreement]);
        let mut steps = payoffs.zip(&self.rounded).zip(&self.scaled);
        steps.all(|((u, &rounded), scaled)| {
            // Hundreds of roundings at most lie between the step and its rounded shadow.
            if (u - rounded).abs() > 1e-12 * (u.abs() + rounded.abs()) {
                return u > rounded;
            }
            Exact::Double(u).times(&self.scale).compare(scaled).is_ge()
        })
    }

    /// Leximin of shares of what is left of the way; the whole where nothing is left.
    fn aim(&self, ideal: &[f64]) -> Aim {
        let left = self.scaled.iter().zip(ideal).map(|(d, &best)| {
            let way = Exact::Double(best).times(&self.scale).minus(d);
            match way.compare(&Exact::ZERO).is_gt() {
                true => way,
                false => self.scale.clone(),
            }
        });
        let units: Vec<Exact> = left.collect();
        let scale = self.scale.rounded();
        Aim::Leximin {
            origin: self.rounded.clone(),
            units: units.iter().map(|unit| unit.rounded() / scale).collect(),
            exact: Ways {
                scale: self.scale.clone(),
                origins: self.scaled.clone(),
                units,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{PayoffMatrix, raiffa};

    #[track_caller]
    fn check(vectors: &[[f64; 2]], expected: &[usize]) {
        let matrix = PayoffMatrix::from_vectors(vectors, &[0.0; 2]).unwrap();
        assert_eq!(
            raiffa(&matrix).map(|it| it.agreements).as_deref(),
            Some(expected)
        );
    }

    #[test]
    fn steps_are_taken_as_long_as_an_agreement_is_left() {
        // The first step is (5, 4): only the second and third agreements reach it, and what the
        // others promised no longer counts. The second is (6.5, 5.5), which none reaches; from
        // (5, 4) towards (8, 7) the third goes further.
        check(&[[10.0, 1.0], [8.0, 5.0], [6.0, 7.0], [1.0, 8.0]], &[1, 2]);
        check(&[[10.0, 1.0], [8.0, 5.0], [6.5, 7.0], [1.0, 8.0]], &[2]);
        check(&[[3.0, 3.0], [3.0, 3.0]], &[0, 1]);
    }

    #[test]
    fn a_party_that_can_gain_no_more_does_not_stop_the_others() {
        check(&[[2.0, 1.0], [2.0, 9.0], [1.0, 9.0]], &[1]);
    }
}
