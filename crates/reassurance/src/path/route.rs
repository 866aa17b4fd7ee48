use super::{Risk, Ruling};

/// One rung of a path, as both sides stand when they take it. If it is not honoured, the path ends: the
/// stop rule at every rung.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PathRung<S> {
    /// Which rung, as the judge numbers them.
    pub rung: usize,
    /// Where both sides stand before it.
    pub state: S,
    /// By how much the less willing side accepts it, and which side that is.
    pub ruling: Ruling,
    /// What it risks.
    pub risk: Risk,
}

/// What a path comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PathTotals {
    /// The largest exposure at any rung.
    pub exposure: f64,
    /// What is lost in expectation if the other is untrustworthy: `Σ_k e_k·Π_(j<k) u_j`, with `e_k` the
    /// exposure at rung `k` and `u_j` the chance that an untrustworthy one was not seen to cheat at rung `j`. Of
    /// several sides the one worse off at each rung, so that where that changes it is above what any one
    /// expects.
    pub expected_loss: f64,
    /// How many rungs, the full agreement included.
    pub rungs: usize,
    /// How long it takes.
    pub time: f64,
}

impl PathTotals {
    pub(super) const NONE: Self = Self {
        exposure: 0.0,
        expected_loss: 0.0,
        rungs: 0,
        time: 0.0,
    };

    pub(super) fn with(self, risk: Risk) -> Self {
        Self {
            exposure: self.exposure.max(risk.exposure),
            expected_loss: self.expected_loss + risk.expected_loss,
            rungs: self.rungs + 1,
            time: self.time + risk.time,
        }
    }

    /// Whether nothing about this is worse.
    pub(super) fn no_worse(self, other: Self) -> bool {
        self.exposure <= other.exposure
            && self.expected_loss <= other.expected_loss
            && self.rungs <= other.rungs
            && self.time <= other.time
    }
}

/// A path that both sides accept at every rung, the last of which is the full agreement.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Path<S> {
    /// The rungs in order; at least one.
    pub rungs: Vec<PathRung<S>>,
    /// What they come to.
    pub totals: PathTotals,
}

/// Why there is no path: the rung, of all that would lead further, that comes nearest to being accepted
/// anywhere (see [`Judge::shortfall`](super::Judge::shortfall)). If looking for it takes more effort than the search was allowed, the nearest of those looked at.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Blocked<S> {
    /// The binding rung.
    pub rung: usize,
    /// Where both sides stand when it comes nearest.
    pub state: S,
    /// By how much it is refused there, and by whom.
    pub ruling: Ruling,
    /// How many rungs have been taken by then.
    pub after: usize,
}

/// How a search for paths ended.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum PathEnd<S> {
    /// What was asked for was found, and all of it.
    Found,
    /// There is no path of the length allowed: every state that can be reached was covered. With the binding
    /// rung; `None` where no rung refused would have led anywhere new, so that only length stands
    /// in the way.
    NoPath(Option<Blocked<S>>),
    /// The effort allowed was spent first; what was found so far is there, and may not be all or the best.
    /// [`SearchWork::waiting`] is what was not searched.
    BudgetSpent,
}

/// What a search did, and what it left undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SearchWork {
    /// How many times the judge was asked for a ruling.
    pub rulings: usize,
    /// How many times one way was held against another, to see which is superfluous.
    pub comparisons: usize,
    /// How many states were taken up and followed.
    pub followed: usize,
    /// How many were passed over because another covers them at no more risk.
    pub pruned: usize,
    /// How many were passed over because a path already found is no worse than any through them.
    pub outdone: usize,
    /// How many rungs the paths that were met have in all.
    pub told: usize,
    /// How many states were met and neither followed nor passed over when the effort allowed was spent; what
    /// lies behind them is unknown. 0 where the search was completed.
    pub waiting: usize,
}

/// Comparisons that cost about as much as a ruling.
const COMPARISONS_A_RULING: usize = 25;

impl SearchWork {
    /// What it cost: one for each ruling, each 25 comparisons, and each rung of a path that was met.
    #[must_use]
    pub fn effort(&self) -> usize {
        let compared = self.comparisons / COMPARISONS_A_RULING;
        let asked = self.rulings.saturating_add(compared);
        asked.saturating_add(self.told)
    }
}

/// The answer to a search for paths.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PathAnswer<S> {
    /// The paths found: at most one, or the Pareto set.
    pub paths: Vec<Path<S>>,
    /// How the search ended.
    pub end: PathEnd<S>,
    /// What it took.
    pub work: SearchWork,
}
