use serde::Serialize;

use super::{Changes, Driver, PathInShort, RobustnessReport};

/// What would have turned the answer and what drives it, in short.
///
/// [`rewrite`](crate::rewrite()) and [`sensitivity_with`](crate::sensitivity_with) look longer, and [`path`](crate::path())
/// tells all rungs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outlook {
    /// The smallest changes that were found.
    #[serde(flatten)]
    pub changes: Changes,
    /// How far the answer is from turning when everything is off at once; absent where no number is
    /// uncertain.
    pub robustness: Option<RobustnessReport>,
    /// What drives the margin of the last barrier, by aspect of the case, the largest share first;
    /// empty where nothing does.
    pub drivers: Vec<Driver>,
    /// Whether partial agreements led to one that all would have kept, on the beliefs of the day; absent
    /// where history shows an agreement or there are too many to look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<PathInShort>,
    /// How often the case was evaluated.
    pub evaluations: u64,
}
