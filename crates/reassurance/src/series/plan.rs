use detente_quantity::Probability;

/// One concession of a series and what it does.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SeriesStep {
    /// Which concession, as a place in the list that was searched, from 0.
    pub concession: usize,
    /// The receiver's trust after it, as the receiver reads it.
    pub trust: Probability,
}

/// Why the search for a series ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum SeriesEnd {
    /// A cheapest series was found.
    Found,
    /// Every series within the length allowed was covered and none suffices: a proof.
    NoneSuffices,
    /// The budget of states was spent before either was known.
    BudgetSpent,
}

/// The answer to a search for a series, with what it rests on.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SeriesPlan {
    /// The concessions in order: the cheapest series, and of equally cheap ones a shortest. Where none
    /// was found, one that leads to the highest trust met.
    pub steps: Vec<SeriesStep>,
    /// What the series costs, in the units of the concessions' costs.
    pub cost: f64,
    /// The trust at its end. Where none suffices this is the ceiling of trust within the
    /// length allowed (claim C-42).
    pub trust: Probability,
    /// Why the search ended.
    pub end: SeriesEnd,
    /// How many belief states were examined.
    pub states: usize,
}

impl SeriesPlan {
    /// Whether it carries the receiver over the threshold.
    #[must_use]
    pub fn suffices(&self) -> bool {
        self.end == SeriesEnd::Found
    }
}
