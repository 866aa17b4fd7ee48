//! Whole numbers that payoffs are added up in.

use std::{
    fmt::Debug,
    ops::{Add, Sub},
};

/// A whole number wide enough for every sum of one space's payoffs: 64 bits where they do, since
/// the hot loops are bound by memory, and 128 otherwise.
pub(crate) trait Lane:
    Copy + Default + Ord + Add<Output = Self> + Sub<Output = Self> + Debug + Send + Sync + 'static
{
    /// The same number; the space's [`Scale`](super::scale::Scale) has made sure that it fits.
    fn narrow(wide: i128) -> Self;

    fn wide(self) -> i128;
}

impl Lane for i64 {
    fn narrow(wide: i128) -> Self {
        wide as Self
    }

    fn wide(self) -> i128 {
        i128::from(self)
    }
}

impl Lane for i128 {
    fn narrow(wide: i128) -> Self {
        wide
    }

    fn wide(self) -> i128 {
        self
    }
}
