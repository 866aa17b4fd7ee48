use detente_quantity::Probability;

/// A probability known to lie between two others, and why the search ended there.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Bracket {
    /// It is at least this, but for rounding of some 10⁻¹⁴.
    pub low: Probability,
    /// It is at most this, but for rounding of some 10⁻¹⁴.
    pub high: Probability,
    /// How many acts ahead were followed.
    pub acts: u32,
    /// Why no more were.
    pub stopped: Stopped,
}

/// Why a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Stopped {
    /// The bracket is as narrow as was asked for.
    WithinTolerance,
    /// As many acts or rounds were followed as ever are.
    AtLimit,
}

impl Bracket {
    /// Nothing but this, without a search.
    pub(super) const fn exactly(value: Probability) -> Self {
        Self {
            low: value,
            high: value,
            acts: 0,
            stopped: Stopped::WithinTolerance,
        }
    }

    /// The middle of the bracket: off by at most [`error`](Self::error).
    #[must_use]
    pub fn value(&self) -> Probability {
        Probability::saturating(f64::midpoint(self.low.get(), self.high.get()))
    }

    /// Half the width of the bracket.
    #[must_use]
    pub fn error(&self) -> f64 {
        (self.high.get() - self.low.get()) / 2.0
    }
}
