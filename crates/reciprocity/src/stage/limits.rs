/// How much work a computation may do before it answers with
/// [`TooMany`](crate::ReciprocityError::TooMany): some games have more equilibria than could be
/// written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct Limits {
    /// The bases of either player's polytope that [`all_equilibria`](crate::all_equilibria) may
    /// visit. A random game of 10 × 10 has about a thousand.
    pub bases: usize,
    /// The maximal Nash subsets that it may list.
    pub subsets: usize,
    /// The pivots of a path or a linear program.
    pub pivots: usize,
}

impl Default for Limits {
    /// A million bases, ten thousand subsets, ten thousand pivots.
    fn default() -> Self {
        Self {
            bases: 1_000_000,
            subsets: 10_000,
            pivots: 10_000,
        }
    }
}
