use crate::{PayoffError, Utility, utility::Form};

/// What each issue is worth to a party: the difference between its best and its worst option, as a
/// share of the sum of these differences over all issues (swing weights; Keeney & Raiffa 1976). By
/// issue; shares sum to 1, or are all 0 for a party to which nothing matters. Interactions between
/// issues are left out. O(options).
///
/// # Errors
/// [`PayoffError::NotAdditive`] for a utility given as a table.
///
/// ```
/// use detente_payoff::{Utility, issue_values};
/// let utility = Utility::additive(5.0, vec![vec![0.0, 30.0], vec![10.0, 0.0, 5.0]])?;
/// assert_eq!(issue_values(&utility)?, [0.75, 0.25]);
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
pub fn issue_values(utility: &Utility) -> Result<Vec<f64>, PayoffError> {
    let Form::Additive(additive) = &utility.0 else {
        return Err(PayoffError::NotAdditive {
            purpose: "the value of each issue",
        });
    };
    let span = |table: &Vec<f64>| {
        let least = table.iter().copied().fold(f64::INFINITY, f64::min);
        let most = table.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        most - least
    };
    let spans: Vec<f64> = additive.tables.iter().map(span).collect();
    let sum: f64 = spans.iter().sum();
    let share = |span: f64| if sum > 0.0 { span / sum } else { 0.0 };
    Ok(spans.into_iter().map(share).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_party_to_which_nothing_matters_has_no_shares() {
        let utility = Utility::additive(1.0, vec![vec![2.0, 2.0], vec![0.0]]).unwrap();
        assert_eq!(issue_values(&utility), Ok(vec![0.0, 0.0]));
        let table = Utility::table(vec![1.0, 2.0]).unwrap();
        assert!(matches!(
            issue_values(&table),
            Err(PayoffError::NotAdditive { .. })
        ));
    }
}
