//! Numbers that a case writes down.

use detente_uncertainty::Uncertain;
use proptest::prelude::*;

use crate::case::Number;

/// Whether numbers are exact or mostly ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// Every number is exact.
    Exact,
    /// Most numbers are triangular around a value that an exact case might have.
    Ranged,
}

impl Coding {
    /// A whole number.
    pub(super) fn whole(self, least: i8, most: i8) -> BoxedStrategy<Number> {
        let unbounded = (f64::NEG_INFINITY, f64::INFINITY);
        self.around((least..=most).prop_map(f64::from), 1.5, unbounded)
    }

    /// A number of eighths: a probability from 0 to 8 of them.
    pub(super) fn eighths(self, least: u8, most: u8) -> BoxedStrategy<Number> {
        let eighths = (least..=most).prop_map(|count| f64::from(count) / 8.0);
        self.around(eighths, 1.0 / 8.0, (f64::from(least.min(1)) / 64.0, 1.0))
    }

    /// One of a few weights, 0 or more.
    pub(super) fn weight(self, values: &[f64]) -> BoxedStrategy<Number> {
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        self.one_of(values, 0.25, (least, f64::INFINITY))
    }

    /// One of a few values, ranging over `spread` to either side within bounds.
    pub(super) fn one_of(
        self,
        values: &[f64],
        spread: f64,
        bounds: (f64, f64),
    ) -> BoxedStrategy<Number> {
        self.around(prop::sample::select(values.to_vec()), spread, bounds)
    }

    fn around(
        self,
        values: impl Strategy<Value = f64> + 'static,
        spread: f64,
        bounds: (f64, f64),
    ) -> BoxedStrategy<Number> {
        (values, 0..4_u8)
            .prop_filter_map("a number", move |(value, die)| {
                let spread = if die == 0 { 0.0 } else { spread };
                self.number(value, spread, bounds)
            })
            .boxed()
    }

    /// The value itself, or the triangle around it.
    pub(super) fn number(
        self,
        value: f64,
        spread: f64,
        (least, most): (f64, f64),
    ) -> Option<Number> {
        let number = match self {
            Self::Exact => Uncertain::point(value),
            Self::Ranged => {
                let (low, high) = ((value - spread).max(least), (value + spread).min(most));
                Uncertain::triangular(low.min(value), value, high.max(value))
            }
        };
        number.ok().map(Number::from)
    }
}
