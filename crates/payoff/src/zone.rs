use std::ops::Range;

use crate::{PayoffMatrix, parallel};

/// Which agreements count as preferred to none (A-04). Preference is strict where it says so, with
/// no tolerance.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum ZoneKind {
    /// Every party gains: `U_i(x) > d_i` for all i. The zone in which a bargain is struck.
    Strict,
    /// No party loses: `U_i(x) ≥ d_i` for all i.
    Weak,
    /// No party loses and at least one gains.
    ParetoImproving,
}

impl ZoneKind {
    /// Every kind, from the narrowest condition to the widest.
    pub const ALL: [Self; 3] = [Self::Strict, Self::ParetoImproving, Self::Weak];

    /// The definition in one sentence.
    #[must_use]
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Strict => "agreements from which every party gains over nonagreement",
            Self::Weak => "agreements from which no party loses against nonagreement",
            Self::ParetoImproving => {
                "agreements from which no party loses and at least one gains over nonagreement"
            }
        }
    }
}

/// The agreements in the zone, in order. O(parties · agreements).
///
/// ```
/// use detente_payoff::{PayoffMatrix, ZoneKind, zone};
/// let matrix = PayoffMatrix::from_vectors(&[[5.0, 5.0], [5.0, 6.0], [6.0, 7.0]], &[5.0, 5.0])?;
/// assert_eq!(zone(&matrix, ZoneKind::Weak), [0, 1, 2]);
/// assert_eq!(zone(&matrix, ZoneKind::ParetoImproving), [1, 2]);
/// assert_eq!(zone(&matrix, ZoneKind::Strict), [2]);
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[must_use]
pub fn zone(matrix: &PayoffMatrix, kind: ZoneKind) -> Vec<usize> {
    let members = |range: Range<usize>| -> Vec<usize> {
        let inside = membership(matrix, kind, range.clone());
        range
            .zip(inside)
            .filter_map(|(agreement, inside)| inside.then_some(agreement))
            .collect()
    };
    parallel::map_pieces(matrix.len(), members).concat()
}

/// How many agreements are in the zone. O(parties · agreements), without listing them.
#[must_use]
pub fn zone_count(matrix: &PayoffMatrix, kind: ZoneKind) -> usize {
    let count = |range| {
        membership(matrix, kind, range)
            .into_iter()
            .filter(|&inside| inside)
            .count()
    };
    parallel::map_pieces(matrix.len(), count).into_iter().sum()
}

/// Whether each agreement of the range is in the zone.
fn membership(matrix: &PayoffMatrix, kind: ZoneKind, range: Range<usize>) -> Vec<bool> {
    let mut inside = vec![true; range.len()];
    let mut improved = vec![kind != ZoneKind::ParetoImproving; range.len()];
    for (column, &d) in matrix.columns().zip(matrix.nonagreement()) {
        let payoffs = &column[range.clone()];
        match kind {
            ZoneKind::Strict => narrow(&mut inside, payoffs, |u| u > d),
            ZoneKind::Weak => narrow(&mut inside, payoffs, |u| u >= d),
            ZoneKind::ParetoImproving => {
                narrow(&mut inside, payoffs, |u| u >= d);
                for (improved, &u) in improved.iter_mut().zip(payoffs) {
                    *improved |= u > d;
                }
            }
        }
    }
    for (inside, improved) in inside.iter_mut().zip(improved) {
        *inside &= improved;
    }
    inside
}

fn narrow(inside: &mut [bool], payoffs: &[f64], accepts: impl Fn(f64) -> bool) {
    for (inside, &u) in inside.iter_mut().zip(payoffs) {
        *inside &= accepts(u);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_differ_exactly_at_the_boundary() {
        let vectors = [[5.0, 6.0], [6.0, 5.0], [5.0, 5.0], [4.0, 9.0]];
        let matrix = PayoffMatrix::from_vectors(&vectors, &[5.0, 5.0]).unwrap();
        assert_eq!(zone(&matrix, ZoneKind::Weak), [0, 1, 2]);
        assert_eq!(zone(&matrix, ZoneKind::ParetoImproving), [0, 1]);
        assert_eq!(zone(&matrix, ZoneKind::Strict), [0_usize; 0]);
        for kind in ZoneKind::ALL {
            assert_eq!(zone_count(&matrix, kind), zone(&matrix, kind).len());
        }
    }

    #[test]
    fn no_agreements_leave_every_zone_empty() {
        let matrix = PayoffMatrix::from_vectors::<[f64; 1]>(&[], &[0.0]).unwrap();
        assert!(
            ZoneKind::ALL
                .iter()
                .all(|&kind| zone(&matrix, kind).is_empty())
        );
    }

    #[test]
    fn pieces_are_joined_in_order() {
        let payoffs: Vec<f64> = (0..200_000).map(|k| f64::from(k % 3)).collect();
        let matrix = PayoffMatrix::new(1, payoffs, &[1.0]).unwrap();
        let expected: Vec<usize> = (0..200_000).filter(|k| k % 3 == 2).collect();
        assert_eq!(zone(&matrix, ZoneKind::Strict), expected);
    }
}
