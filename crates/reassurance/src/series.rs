//! Unilateral concessions: the cheapest series that carries the other side's belief over its threshold.

mod breach;
mod concession;
mod plan;
mod search;

pub use breach::{Breach, cost_of_breaches};
pub use concession::{Concession, Terms};
pub use plan::{SeriesEnd, SeriesPlan, SeriesStep};
pub use search::{Comparison, SeriesGoal, cheapest_series};
