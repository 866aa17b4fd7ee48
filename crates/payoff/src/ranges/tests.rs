use proptest::{collection::vec, prelude::*};

use super::*;
use crate::{AgreementSpace, Agreements, Utility, zone};

fn interval() -> impl Strategy<Value = Interval> {
    (-4..=4_i8, 0..=3_i8).prop_filter_map("an interval", |(low, width)| {
        Interval::new(f64::from(low), f64::from(low) + f64::from(width)).ok()
    })
}

/// Every way to take each number at one end of its range.
fn corners(ranges: &[Interval]) -> Vec<Vec<f64>> {
    (0..1_usize << ranges.len())
        .map(|bits| {
            let ends = ranges.iter().enumerate();
            ends.map(|(k, it)| {
                if bits >> k & 1 == 1 {
                    it.high()
                } else {
                    it.low()
                }
            })
            .collect()
        })
        .collect()
}

fn over(inside: impl Iterator<Item = bool>) -> Certainty {
    let inside: Vec<bool> = inside.collect();
    match (inside.iter().all(|it| *it), inside.iter().any(|it| *it)) {
        (true, _) => Certainty::Certain,
        (false, true) => Certainty::Possible,
        (false, false) => Certainty::None,
    }
}

/// The answers at every corner of the ranges against the two that are looked at.
fn agree(ranges: &PayoffRanges, everywhere: &[PayoffMatrix]) -> Result<(), TestCaseError> {
    for kind in ZoneKind::ALL {
        let found = ranges.zone(kind);
        let zones: Vec<Vec<usize>> = everywhere.iter().map(|it| zone(it, kind)).collect();
        for agreement in 0..ranges.len() {
            let expected = over(zones.iter().map(|zone| zone.contains(&agreement)));
            prop_assert_eq!(
                found.certain.contains(&agreement),
                expected == Certainty::Certain
            );
            prop_assert_eq!(
                found.possible.contains(&agreement),
                expected == Certainty::Possible
            );
        }
        let opportunity = ranges.opportunity(kind);
        prop_assert_eq!(
            opportunity.certainty,
            over(zones.iter().map(|zone| !zone.is_empty()))
        );
        let settled = match opportunity.at_central_values {
            true => Certainty::Certain,
            false => Certainty::None,
        };
        prop_assert_eq!(
            opportunity.party.is_none(),
            opportunity.certainty == settled
        );
        prop_assert!(opportunity.party.is_some() || opportunity.share >= 1.0);
    }
    Ok(())
}

/// The ranges shrunk evenly towards their midpoints.
fn shrunk(range: Interval, share: f64) -> Interval {
    let (mid, half) = (range.midpoint(), share * range.width() / 2.0);
    Interval::new(mid - half, mid + half).unwrap()
}

proptest! {
    #[test]
    fn two_corners_answer_for_all(
        payoffs in vec(vec(interval(), 2), 2), nonagreement in vec(interval(), 2),
    ) {
        let ranges = PayoffRanges::from_intervals(&payoffs, &nonagreement)?;
        let all: Vec<Interval> = [payoffs.concat(), nonagreement.clone()].concat();
        let everywhere: Vec<PayoffMatrix> = corners(&all)
            .into_iter()
            .map(|it| PayoffMatrix::new(2, it[..4].to_vec(), &it[4..]).unwrap())
            .collect();
        agree(&ranges, &everywhere)?;
    }

    #[test]
    fn the_answer_turns_at_the_share_and_not_before(
        payoffs in vec(vec(interval(), 3), 2), nonagreement in vec(interval(), 2),
    ) {
        for kind in ZoneKind::ALL {
            let found = PayoffRanges::from_intervals(&payoffs, &nonagreement)?.opportunity(kind);
            let settled = match found.at_central_values {
                true => Certainty::Certain,
                false => Certainty::None,
            };
            let at = |share: f64| {
                let payoffs: Vec<Vec<Interval>> = payoffs.iter()
                    .map(|column| column.iter().map(|it| shrunk(*it, share)).collect())
                    .collect();
                let nonagreement: Vec<Interval> =
                    nonagreement.iter().map(|it| shrunk(*it, share)).collect();
                PayoffRanges::from_intervals(&payoffs, &nonagreement).unwrap().opportunity(kind).certainty
            };
            prop_assert_eq!(at((found.share - 1e-9).max(0.0)), settled);
            if found.share < 1.0 {
                prop_assert_eq!(at(found.share + 1e-9), Certainty::Possible);
            }
        }
    }

    /// Payoffs that add up over issues, each number of an issue with a range of its own, and
    /// nonagreement a payoff or itself a package.
    #[test]
    fn corners_of_the_numbers_by_issue_answer_for_all(
        numbers in vec(interval(), 8), without in vec(interval(), 2), state in any::<Option<bool>>(),
    ) {
        let agreements = AgreementSpace::new(&[2, 2])?.enumerate()?;
        let matrix = |numbers: &[f64], without: &[f64]| {
            additive(&agreements, numbers, without, state.map(usize::from))
        };
        let low: Vec<f64> = numbers.iter().map(|it| it.low()).collect();
        let high: Vec<f64> = numbers.iter().map(|it| it.high()).collect();
        let mid: Vec<f64> = numbers.iter().map(|it| it.midpoint()).collect();
        // The options of the package that is nonagreement, of each party.
        let own = state.map(|it| (0..8).filter(|k| k % 2 == usize::from(it)).collect::<Vec<_>>());
        let corner = |ends: &[f64], others: &[f64]| -> Vec<f64> {
            (0..8).map(|k| match &own {
                Some(own) if own.contains(&k) => others[k],
                _ => ends[k],
            }).collect()
        };
        let ends = |of: fn(Interval) -> f64| without.iter().copied().map(of).collect::<Vec<f64>>();
        let ranges = PayoffRanges::from_corners(
            &matrix(&corner(&low, &high), &ends(Interval::high)),
            &matrix(&mid, &ends(Interval::midpoint)),
            &matrix(&corner(&high, &low), &ends(Interval::low)),
        )?;
        let all = [numbers.clone(), without.clone()].concat();
        let everywhere: Vec<PayoffMatrix> = corners(&all)
            .into_iter()
            .map(|it| matrix(&it[..8], &it[8..]))
            .collect();
        agree(&ranges, &everywhere)?;
    }
}

/// Two issues of two options for two parties; nonagreement is a payoff, or the package that takes
/// this option of both issues.
fn additive(
    agreements: &Agreements,
    numbers: &[f64],
    without: &[f64],
    state: Option<usize>,
) -> PayoffMatrix {
    let utility =
        |of: &[f64]| Utility::additive(0.0, vec![of[..2].to_vec(), of[2..].to_vec()]).unwrap();
    let utilities = [utility(&numbers[..4]), utility(&numbers[4..])];
    let matrix = PayoffMatrix::tabulate(agreements, &utilities, without).unwrap();
    match state {
        None => matrix,
        Some(option) => {
            let package = matrix.vector(3 * option).unwrap();
            matrix.with_nonagreement(&package).unwrap()
        }
    }
}

#[test]
fn what_is_exact_is_certain_or_none() {
    let exact = |value| Interval::new(value, value).unwrap();
    let ranges =
        PayoffRanges::from_intervals(&[vec![exact(1.0), exact(0.0)]], &[exact(0.0)]).unwrap();
    let strict = ranges.opportunity(ZoneKind::Strict);
    assert_eq!(
        (strict.certainty, strict.share, strict.party),
        (Certainty::Certain, 1.0, None)
    );
    assert_eq!(ranges.gain(0, 1), Some([0.0; 3]));
    assert_eq!((ranges.gain(1, 0), ranges.gain(0, 2)), (None, None));
    let none = PayoffRanges::from_intervals(&[vec![]], &[exact(0.0)]).unwrap();
    assert!(none.is_empty());
    assert_eq!(none.opportunity(ZoneKind::Weak).certainty, Certainty::None);
}

#[test]
fn an_answer_may_turn_at_the_very_ends() {
    let found = |low: f64, high: f64, kind| {
        let ranges = PayoffRanges::from_intervals(
            &[vec![Interval::new(low, high).unwrap()]],
            &[Interval::new(0.0, 0.0).unwrap()],
        );
        ranges.unwrap().opportunity(kind)
    };
    // Nothing is gained at the least, which begins at the nonagreement payoff.
    let strict = found(0.0, 2.0, ZoneKind::Strict);
    assert!(strict.at_central_values);
    assert_eq!(
        (strict.certainty, strict.share, strict.party),
        (Certainty::Possible, 1.0, Some(0))
    );
    assert_eq!(found(0.0, 2.0, ZoneKind::Weak).party, None);
    // Nothing is lost at the most.
    let weak = found(-2.0, 0.0, ZoneKind::Weak);
    assert!(!weak.at_central_values);
    assert_eq!(
        (weak.certainty, weak.share, weak.party),
        (Certainty::Possible, 1.0, Some(0))
    );
    let none = found(-2.0, 0.0, ZoneKind::Strict);
    assert_eq!((none.certainty, none.party), (Certainty::None, None));
}

#[test]
fn ranges_that_are_none_are_refused() {
    let one = Interval::new(0.0, 1.0).unwrap();
    assert_eq!(
        PayoffRanges::from_intervals(&[], &[]),
        Err(PayoffError::NoParties)
    );
    assert!(PayoffRanges::from_intervals(&[vec![one]], &[]).is_err());
    assert!(PayoffRanges::from_intervals(&[vec![one], vec![]], &[one; 2]).is_err());
    let matrix = |gain: f64| PayoffMatrix::from_vectors(&[[gain]], &[0.0]).unwrap();
    let error = PayoffRanges::from_corners(&matrix(2.0), &matrix(1.0), &matrix(3.0)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "gain of party 0 from agreement 0 is not between its least and its greatest; expected \
         corners on either side of the central values"
    );
}
