use std::cmp::Ordering;

use super::PathTotals;

/// What a path may be judged by: less is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Criterion {
    /// The largest exposure at any rung.
    Exposure,
    /// The expected loss if the other is untrustworthy.
    ExpectedLoss,
    /// The number of rungs.
    Rungs,
    /// The time all rungs take.
    Time,
}

/// The criteria in the order declared.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Key([f64; 4]);

impl Key {
    pub(super) fn new(order: [Criterion; 4], totals: PathTotals) -> Self {
        Self(order.map(|criterion| match criterion {
            Criterion::Exposure => totals.exposure,
            Criterion::ExpectedLoss => totals.expected_loss,
            Criterion::Rungs => totals.rungs as f64,
            Criterion::Time => totals.time,
        }))
    }
}

impl Eq for Key {}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        let pairs = self.0.iter().zip(&other.0);
        let mut orders = pairs.map(|(mine, yours)| mine.total_cmp(yours));
        orders.find(|it| it.is_ne()).unwrap_or(Ordering::Equal)
    }
}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Whether what costs `mine` so far will not come after what costs `yours`, whatever is added to both.
/// A sum once smaller stays smaller and decides. A maximum once smaller may be levelled, so that what
/// comes after it in the order must be no worse either.
pub(super) fn stays_ahead(order: [Criterion; 4], mine: PathTotals, yours: PathTotals) -> bool {
    let (mine, yours) = (Key::new(order, mine), Key::new(order, yours));
    for (criterion, (mine, yours)) in order.iter().zip(mine.0.iter().zip(&yours.0)) {
        match mine.total_cmp(yours) {
            Ordering::Greater => return false,
            Ordering::Less if *criterion != Criterion::Exposure => return true,
            Ordering::Less | Ordering::Equal => {}
        }
    }
    true
}
