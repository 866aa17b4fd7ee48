use detente_quantity::Probability;

use super::WinSet;
use crate::{LegitimacyError, error::finite};

/// What a constraint at home did to the agreement reached from a list.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ListLeverage {
    /// The agreement that would be reached if everything were ratified; `None` if nothing pays both.
    pub free: Option<usize>,
    /// The one that is reached among what is ratified; `None` if there is none: breakdown.
    pub bound: Option<usize>,
    /// What the constraint brings the constrained side; a loss if negative.
    pub own_change: f64,
    /// What it brings the other side.
    pub other_change: f64,
}

/// The agreement that Nash's solution with bargaining share α = `own_share` reaches from a list,
/// with and without ratification (claims D-03, D-47; Schelling 1960): the one with the largest
/// α·ln(own gain) + (1 − α)·ln(other's gain) among those by which both gain; of equals the first.
/// `own` and `other` are gains over nonagreement. O(agreements).
///
/// ```
/// use detente_legitimacy::{WinSet, leverage};
/// use detente_quantity::Probability;
/// let (own, other) = ([1.0, 2.0, 3.0], [3.0, 2.0, 1.0]);
/// let hawkish_senate = WinSet::new(vec![false, false, true]);
/// let found = leverage(&own, &other, &hawkish_senate, Probability::HALF)?;
/// assert_eq!((found.free, found.bound), (Some(1), Some(2)));
/// assert_eq!((found.own_change, found.other_change), (1.0, -1.0));
/// # Ok::<(), detente_legitimacy::LegitimacyError>(())
/// ```
///
/// # Errors
/// [`LegitimacyError::Length`] if the lists differ in length, [`LegitimacyError::Entry`] with the
/// first gain that is not finite.
pub fn leverage(
    own: &[f64],
    other: &[f64],
    ratified: &WinSet,
    own_share: Probability,
) -> Result<ListLeverage, LegitimacyError> {
    LegitimacyError::check_length("other side's gains", other.len(), own.len())?;
    LegitimacyError::check_length("agreements in the win-set", ratified.listed(), own.len())?;
    for (index, (&own, &other)) in own.iter().zip(other).enumerate() {
        finite("own gain", own)
            .and_then(|_| finite("other side's gain", other))
            .map_err(|error| error.at(index))?;
    }
    let share = own_share.get();
    let reached = |allowed: &dyn Fn(usize) -> bool| {
        let mut best: Option<(usize, f64)> = None;
        for (index, (&own, &other)) in own.iter().zip(other).enumerate() {
            if own > 0.0 && other > 0.0 && allowed(index) {
                let product = share * own.ln() + (1.0 - share) * other.ln();
                if best.is_none_or(|(_, most)| product > most) {
                    best = Some((index, product));
                }
            }
        }
        best.map(|(index, _)| index)
    };
    let (free, bound) = (
        reached(&|_| true),
        reached(&|index| ratified.contains(index)),
    );
    let gain = |gains: &[f64], at: Option<usize>| {
        at.and_then(|index| gains.get(index).copied())
            .unwrap_or(0.0)
    };
    Ok(ListLeverage {
        free,
        bound,
        own_change: gain(own, bound) - gain(own, free),
        other_change: gain(other, bound) - gain(other, free),
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_does_not_fit_is_refused() {
        let all = WinSet::new(vec![true]);
        assert!(leverage(&[1.0], &[], &all, Probability::HALF).is_err());
        assert!(leverage(&[1.0, 1.0], &[1.0, 1.0], &all, Probability::HALF).is_err());
        let error = leverage(&[1.0], &[f64::NAN], &all, Probability::HALF).unwrap_err();
        assert_eq!(
            error.to_string(),
            "entry 0: other side's gain is NaN; expected a finite number"
        );
    }

    proptest! {
        #[test]
        fn nothing_ratified_is_better_by_nashs_product(
            list in prop::collection::vec((-2..=5_i8, -2..=5_i8, any::<bool>()), 0..12),
        ) {
            let own: Vec<f64> = list.iter().map(|it| f64::from(it.0)).collect();
            let other: Vec<f64> = list.iter().map(|it| f64::from(it.1)).collect();
            let ratified = WinSet::new(list.iter().map(|it| it.2).collect());
            let found = leverage(&own, &other, &ratified, Probability::HALF).unwrap();
            let product = |at: usize| i32::from(list[at].0) * i32::from(list[at].1);
            let pays = |at: &usize| list[*at].0 > 0 && list[*at].1 > 0;
            let best = |ratified_only: bool| (0..list.len())
                .filter(pays)
                .filter(|&at| list[at].2 || !ratified_only)
                .map(product)
                .max();
            prop_assert_eq!(found.free.map(product), best(false));
            prop_assert_eq!(found.bound.map(product), best(true));
            // A constraint on what is reached anyway changes nothing.
            if found.free.is_some_and(|free| ratified.contains(free)) {
                prop_assert_eq!((found.own_change, found.other_change), (0.0, 0.0));
            }
        }
    }
}
