use crate::{PayoffError, error::matching};

/// A division of issues between two parties by Adjusted Winner.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct AdjustedWinner {
    /// The first party's share of each issue, from 0 to 1; the second party has the rest. At most
    /// one is neither 0 nor 1.
    pub shares: Vec<f64>,
    /// Points of the first and of the second party, equal up to rounding.
    pub points: [f64; 2],
}

/// Divides issues between two parties who put points on winning each (Brams & Taylor 1996, ch. 4):
/// every issue goes to the party that puts more on it, and then from the party that is ahead to
/// the other, in the order of the ratio of their points, the nearest to even first, until both
/// have equally many; the last issue moved is split. Equal points on an issue give it to the first
/// party to begin with.
///
/// The result is envy-free, equitable and efficient when both totals are the same; that they are is
/// a condition. Cost: O(n log n) in the issues.
///
/// # Errors
/// [`PayoffError::NoIssues`]; [`PayoffError::Mismatch`] if the lists differ in length;
/// [`PayoffError::Points`] for a negative or non-finite number, or totals that are 0 or differ by
/// more than 10⁻⁹ of the larger.
///
/// ```
/// use detente_payoff::adjusted_winner;
///
/// // Camp David 1978: Sinai, recognition, West Bank, Gaza, Palestinian rights, Jerusalem
/// // (Brams & Togman 1996).
/// let israel = [35.0, 10.0, 20.0, 10.0, 5.0, 20.0];
/// let egypt = [55.0, 5.0, 10.0, 5.0, 20.0, 5.0];
/// let division = adjusted_winner(&israel, &egypt)?;
/// assert!((division.shares[0] - 1.0 / 6.0).abs() < 1e-12);
/// assert!((division.points[0] - 395.0 / 6.0).abs() < 1e-12);
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
pub fn adjusted_winner(first: &[f64], second: &[f64]) -> Result<AdjustedWinner, PayoffError> {
    if first.is_empty() {
        return Err(PayoffError::NoIssues);
    }
    matching(
        || "second party's points".to_owned(),
        second.len(),
        first.len(),
    )?;
    same_total(first, second)?;
    let mut shares: Vec<f64> = first
        .iter()
        .zip(second)
        .map(|(a, b)| if a >= b { 1.0 } else { 0.0 })
        .collect();
    let ahead = lead(first, second, &shares) >= 0.0;
    let held = if ahead { 1.0 } else { 0.0 };
    for issue in by_evenness(first, second, &shares, held) {
        // Moving the whole issue changes the lead by the points both put on it.
        let lead = lead(first, second, &shares).abs();
        let both = first[issue] + second[issue];
        if lead <= 0.0 {
            break;
        }
        let moved = if both > lead { lead / both } else { 1.0 };
        shares[issue] = if ahead { 1.0 - moved } else { moved };
        if both >= lead {
            break;
        }
    }
    let points = points(first, second, &shares);
    Ok(AdjustedWinner { shares, points })
}

fn same_total(first: &[f64], second: &[f64]) -> Result<(), PayoffError> {
    for (party, points) in [first, second].into_iter().enumerate() {
        if let Some(&given) = points.iter().find(|it| !(it.is_finite() && **it >= 0.0)) {
            return Err(PayoffError::Points { party, given });
        }
    }
    let [mine, yours] = [first, second].map(|points| points.iter().sum::<f64>());
    let agree = mine > 0.0 && mine.is_finite() && (mine - yours).abs() <= 1e-9 * mine.max(yours);
    if agree {
        Ok(())
    } else {
        Err(PayoffError::Points {
            party: 1,
            given: yours,
        })
    }
}

/// The issues that the party ahead holds, the most evenly valued first.
fn by_evenness(first: &[f64], second: &[f64], shares: &[f64], held: f64) -> Vec<usize> {
    let mut issues: Vec<usize> = (0..shares.len())
        .filter(|&issue| (shares[issue] - held).abs() < 0.5)
        .collect();
    // |a − b| / (a + b) rises with the ratio of the larger to the smaller and is finite.
    let evenness = |issue: usize| {
        let both = first[issue] + second[issue];
        if both > 0.0 {
            (first[issue] - second[issue]).abs() / both
        } else {
            1.0
        }
    };
    issues.sort_by(|&a, &b| evenness(a).total_cmp(&evenness(b)));
    issues
}

fn points(first: &[f64], second: &[f64], shares: &[f64]) -> [f64; 2] {
    let sum = |points: &[f64], share: &dyn Fn(f64) -> f64| {
        points
            .iter()
            .zip(shares)
            .map(|(points, &it)| points * share(it))
            .sum::<f64>()
    };
    [
        sum(first, &|share| share),
        sum(second, &|share| 1.0 - share),
    ]
}

/// By how much the first party is ahead.
fn lead(first: &[f64], second: &[f64], shares: &[f64]) -> f64 {
    let [mine, yours] = points(first, second, shares);
    mine - yours
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn panama_splits_land_and_water() {
        // Raiffa 1982, the Panama Canal negotiations; Brams & Taylor 1996, ch. 5.
        let us = [22.0, 22.0, 15.0, 14.0, 11.0, 6.0, 4.0, 2.0, 2.0, 2.0];
        let panama = [9.0, 15.0, 15.0, 3.0, 15.0, 5.0, 11.0, 7.0, 7.0, 13.0];
        let division = adjusted_winner(&us, &panama).unwrap();
        assert!((division.shares[2] - 2.0 / 15.0).abs() < 1e-12);
        assert!(
            division
                .points
                .iter()
                .all(|points| (points - 66.0).abs() < 1e-12)
        );
        let won: Vec<usize> = (0..10)
            .filter(|&issue| division.shares[issue] == 1.0)
            .collect();
        assert_eq!(won, [0, 1, 3, 5]);
    }

    #[test]
    fn points_must_be_comparable() {
        assert_eq!(adjusted_winner(&[], &[]), Err(PayoffError::NoIssues));
        assert!(adjusted_winner(&[1.0], &[1.0, 2.0]).is_err());
        for illegal in [-1.0, f64::NAN, f64::INFINITY, 0.0, 2.0] {
            assert!(adjusted_winner(&[1.0], &[illegal]).is_err(), "{illegal}");
        }
    }

    /// Points on the same issues that sum to 100 for both parties.
    fn hundred(issues: usize) -> impl Strategy<Value = Vec<f64>> {
        proptest::collection::vec(0..1000_u32, issues).prop_filter_map("some points", |raw| {
            let total: u32 = raw.iter().sum();
            (total > 0).then(|| {
                raw.iter()
                    .map(|&it| f64::from(it) * 100.0 / f64::from(total))
                    .collect()
            })
        })
    }

    proptest! {
        #[test]
        fn the_division_is_equitable_envy_free_and_splits_one_issue(
            (first, second) in (1..8_usize).prop_flat_map(|n| (hundred(n), hundred(n))),
        ) {
            let division = adjusted_winner(&first, &second).unwrap();
            let [mine, yours] = division.points;
            prop_assert!((mine - yours).abs() < 1e-9, "{mine} and {yours}");
            prop_assert!(mine >= 50.0 - 1e-9);
            let split = division.shares.iter().filter(|it| **it > 0.0 && **it < 1.0).count();
            prop_assert!(split <= 1);
        }

        #[test]
        fn no_division_into_whole_issues_betters_both(
            (first, second) in (1..7_usize).prop_flat_map(|n| (hundred(n), hundred(n))),
        ) {
            let [mine, yours] = adjusted_winner(&first, &second).unwrap().points;
            for set in 0..1_u32 << first.len() {
                let shares: Vec<f64> =
                    (0..first.len()).map(|issue| f64::from(set >> issue & 1)).collect();
                let [a, b] = points(&first, &second, &shares);
                prop_assert!(a <= mine + 1e-9 || b <= yours + 1e-9);
            }
        }
    }
}
