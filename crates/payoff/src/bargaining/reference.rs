//! Solutions that start from weights, losses, steps or a reference point.

use super::{
    choose, ideal_point,
    rule::{Aim, Rule},
    solve,
};
use crate::{
    Ideal, PayoffError, PayoffMatrix, Solution, SolutionConcept, ZoneKind, error::matching, zone,
};

/// The leximin of gains divided by the parties' weights (Kalai 1977), among agreements from which
/// every party gains; `None` if there is none. Weights `[2, 1]` make the first party's gain twice
/// the second's as far as possible; only their ratios matter. O(parties · agreements).
///
/// # Errors
/// [`PayoffError::Mismatch`] unless there is one weight a party, [`PayoffError::Weight`] unless they
/// are finite and above 0.
///
/// ```
/// use detente_payoff::{PayoffMatrix, proportional};
/// let matrix = PayoffMatrix::from_vectors(&[[4.0, 4.0], [6.0, 3.0]], &[0.0, 0.0])?;
/// let twice = proportional(&matrix, &[2.0, 1.0])?;
/// assert_eq!(twice.map(|it| (it.value, it.agreements)), Some((3.0, vec![1])));
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
pub fn proportional(
    matrix: &PayoffMatrix,
    weights: &[f64],
) -> Result<Option<Solution>, PayoffError> {
    check_weights(weights, matrix.n_parties())?;
    let rule = Rule::by(matrix, Aim::level(matrix.nonagreement(), weights));
    let zone = zone(matrix, ZoneKind::Strict);
    Ok(choose(&rule, SolutionConcept::Proportional, &zone))
}

/// The agreements that bring the parties nearest to their ideal payoffs, the greatest loss first
/// (Chun 1988), among those from which every party gains; `None` if there is none. Compares one
/// party's losses with another's as coded. O(parties · agreements).
#[must_use]
pub fn equal_loss(matrix: &PayoffMatrix, ideal: Ideal) -> Option<Solution> {
    solve(matrix, SolutionConcept::EqualLoss(ideal))
}

/// Raiffa's discrete solution (Raiffa 1953): steps from nonagreement towards the best that each
/// party could get; `None` if no agreement gains for all. O(steps · parties · agreements).
///
/// ```
/// use detente_payoff::{PayoffMatrix, raiffa};
/// // The first step is (5, 4); what only the outer agreements promised no longer counts.
/// let vectors = [[10.0, 1.0], [8.0, 5.0], [6.5, 7.0], [1.0, 8.0]];
/// let matrix = PayoffMatrix::from_vectors(&vectors, &[0.0, 0.0])?;
/// assert_eq!(raiffa(&matrix).map(|it| it.agreements), Some(vec![2]));
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[must_use]
pub fn raiffa(matrix: &PayoffMatrix) -> Option<Solution> {
    solve(matrix, SolutionConcept::Raiffa)
}

/// The leximin of shares of the way from a reference point to the rational ideal point (Gupta &
/// Livne 1988), among agreements from which every party gains; `None` if there is none. The
/// reference is what the parties measure concessions from: the last offer, a proposal of a third
/// party, the terms of an older treaty. O(parties · agreements).
///
/// # Errors
/// [`PayoffError::Mismatch`] unless there is one reference payoff a party, [`PayoffError::Reference`]
/// unless each is at least the party's nonagreement payoff and below its ideal payoff.
///
/// ```
/// use detente_payoff::{PayoffMatrix, gupta_livne};
/// let matrix = PayoffMatrix::from_vectors(&[[9.0, 3.0], [5.0, 5.0], [3.0, 9.0]], &[0.0, 0.0])?;
/// let from_nothing = gupta_livne(&matrix, &[0.0, 0.0])?;
/// assert_eq!(from_nothing.map(|it| it.agreements), Some(vec![1]));
/// // From terms that favour the first party, the way goes on in its favour.
/// let from_terms = gupta_livne(&matrix, &[7.0, 2.0])?;
/// assert_eq!(from_terms.map(|it| it.agreements), Some(vec![0]));
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
pub fn gupta_livne(
    matrix: &PayoffMatrix,
    reference: &[f64],
) -> Result<Option<Solution>, PayoffError> {
    let n_parties = matrix.n_parties();
    matching(|| "reference point".to_owned(), reference.len(), n_parties)?;
    let zone = zone(matrix, ZoneKind::Strict);
    let ideal = ideal_point(matrix, Ideal::Rational).filter(|_| !zone.is_empty());
    let Some(ideal) = ideal else {
        return Ok(None);
    };
    check_reference(reference, matrix.nonagreement(), &ideal)?;
    let rule = Rule::by(matrix, Aim::along(reference, &ideal));
    Ok(choose(&rule, SolutionConcept::GuptaLivne, &zone))
}

/// One positive weight a party.
pub(crate) fn check_weights(weights: &[f64], n_parties: usize) -> Result<(), PayoffError> {
    matching(|| "list of weights".to_owned(), weights.len(), n_parties)?;
    let refused = |weight: &f64| !(weight.is_finite() && *weight > 0.0);
    match weights.iter().position(refused) {
        None => Ok(()),
        Some(party) => Err(PayoffError::Weight {
            party,
            given: weights[party],
        }),
    }
}

/// A reference point between nonagreement and the ideal point.
pub(crate) fn check_reference(
    reference: &[f64],
    nonagreement: &[f64],
    ideal: &[f64],
) -> Result<(), PayoffError> {
    let bounds = nonagreement.iter().zip(ideal);
    for (party, (&given, (&low, &high))) in reference.iter().zip(bounds).enumerate() {
        if !(given >= low && given < high) {
            return Err(PayoffError::Reference {
                party,
                given,
                low,
                high,
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{egalitarian, kalai_smorodinsky};

    fn matrix() -> PayoffMatrix {
        PayoffMatrix::from_vectors(&[[9.0, 3.0], [5.0, 5.0], [3.0, 8.0]], &[1.0, 0.0]).unwrap()
    }

    #[test]
    fn weights_and_references_are_checked() {
        let matrix = matrix();
        assert!(proportional(&matrix, &[1.0]).is_err());
        for illegal in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let error = proportional(&matrix, &[1.0, illegal]).unwrap_err();
            assert!(
                matches!(error, PayoffError::Weight { party: 1, .. }),
                "{error}"
            );
            if illegal != 0.0 {
                let error = gupta_livne(&matrix, &[1.0, illegal]).unwrap_err();
                assert!(
                    matches!(error, PayoffError::Reference { party: 1, .. }),
                    "{error}"
                );
            }
        }
        assert!(gupta_livne(&matrix, &[9.0, 0.0]).is_err());
        assert!(gupta_livne(&matrix, &[0.5, 0.0]).is_err());
        assert!(gupta_livne(&matrix, &[1.0]).is_err());
    }

    #[test]
    fn equal_weights_are_egalitarian_and_nonagreement_is_the_usual_reference() {
        let matrix = matrix();
        let agreements = |found: Option<Solution>| found.map(|it| it.agreements);
        let weighted = proportional(&matrix, &[7.0, 7.0]).unwrap();
        assert_eq!(agreements(weighted), agreements(egalitarian(&matrix)));
        let from_none = gupta_livne(&matrix, &[1.0, 0.0]).unwrap();
        let usual = kalai_smorodinsky(&matrix, Ideal::Rational);
        assert_eq!(agreements(from_none), agreements(usual));
    }

    #[test]
    fn losses_are_measured_from_the_ideal_point() {
        // Ideal (9, 8): losses (0, 5), (4, 3), (6, 0).
        let found = equal_loss(&matrix(), Ideal::Rational).unwrap();
        assert_eq!((found.agreements, found.value), (vec![1], -4.0));
    }

    #[test]
    fn without_a_zone_there_is_no_solution() {
        let none = matrix().with_nonagreement(&[20.0, 0.0]).unwrap();
        assert_eq!(raiffa(&none), None);
        assert_eq!(equal_loss(&none, Ideal::Global), None);
        assert_eq!(proportional(&none, &[1.0, 2.0]), Ok(None));
        assert_eq!(gupta_livne(&none, &[20.0, 1.0]), Ok(None));
    }
}
