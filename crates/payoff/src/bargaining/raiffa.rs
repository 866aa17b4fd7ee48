//! Raiffa's steps on a finite set.

use super::{
    choose, highest,
    rule::{Aim, Rule},
};
use crate::{PayoffMatrix, Solution, SolutionConcept};

/// Steps among the agreements from which every party gains; `None` if there are none.
///
/// A step is never above the ideal point, so the parties' best agreements are left behind only when
/// others are too, and each step halves or better what separates two numbers: there are at most some
/// hundreds. O(steps · parties · agreements).
pub(super) fn solve(matrix: &PayoffMatrix, zone: Vec<usize>) -> Option<Solution> {
    let (mut step, mut left) = (matrix.nonagreement().to_vec(), zone);
    let mut ideal = ideal(matrix, &left);
    loop {
        let next = towards(&step, &ideal);
        let reached = |&agreement: &usize| {
            let mut payoffs = matrix.columns().map(|column| column[agreement]).zip(&next);
            payoffs.all(|(u, bound)| u >= *bound)
        };
        let remaining: Vec<usize> = left.iter().copied().filter(reached).collect();
        if remaining.is_empty() || next == step {
            break;
        }
        (step, left) = (next, remaining);
        ideal = self::ideal(matrix, &left);
    }
    let rule = Rule::by(matrix, Aim::along(&step, &ideal));
    choose(&rule, SolutionConcept::Raiffa, &left)
}

fn ideal(matrix: &PayoffMatrix, agreements: &[usize]) -> Vec<f64> {
    let best = |column: &[f64]| highest(agreements.iter().map(|&agreement| column[agreement]));
    matrix.columns().map(best).collect()
}

/// One party's part of the way to the ideal point: the mean of the corners at which one party has
/// its ideal payoff and the others stay.
fn towards(step: &[f64], ideal: &[f64]) -> Vec<f64> {
    let n_parties = step.len() as f64;
    let pairs = step.iter().zip(ideal);
    pairs.map(|(d, best)| d + (best - d) / n_parties).collect()
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
