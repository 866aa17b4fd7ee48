use detente_quantity::Date;
use detente_uncertainty::Summary;
use serde::Serialize;

use crate::{
    beliefs::{DayRow, LedgerRow},
    case::Terms,
};

/// A quantity over draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Band {
    /// Mean over draws.
    pub mean: f64,
    /// Standard error of the mean or, as of a [`Chance`](super::Chance), of the mean of replicates.
    pub standard_error: f64,
    /// The 5% quantile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The 95% quantile.
    pub high: f64,
}

impl From<Summary> for Band {
    fn from(summary: Summary) -> Self {
        Self {
            mean: summary.mean(),
            standard_error: summary.standard_error(),
            low: summary.low(),
            median: summary.median(),
            high: summary.high(),
        }
    }
}

/// One observer's belief about one other party, over time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BeliefSeries {
    /// Who believes, by id.
    pub observer: String,
    /// About whom, by id.
    pub about: String,
    /// The other party's types, in the order of the beliefs.
    pub types: Vec<String>,
    /// The prior, then the belief after each act in the order in which the observer came to know
    /// of it.
    pub points: Vec<BeliefPoint>,
    /// The types, by id, for or against which acts are weighed: those that would honour the reference
    /// agreement where others would not, otherwise the first.
    pub trusted: Vec<String>,
    /// The trust that acceptance asks for; absent where no agreement is mutually preferred.
    pub threshold: Option<Threshold>,
}

/// A belief at one moment.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BeliefPoint {
    /// The day the observer came to know of the act; absent for the prior.
    pub date: Option<Date>,
    /// The act, by id; absent for the prior.
    pub act: Option<String>,
    /// What was done, in words; absent for the prior.
    pub event: Option<String>,
    /// The belief that the evidence as it was warrants.
    pub warranted: TypeBelief,
    /// The belief as held, on the evidence as it was read.
    pub held: TypeBelief,
    /// What the act showed, and how it was read; absent for the prior.
    pub weight: Option<LedgerRow>,
    /// What hindsight makes of that day, on every act known by the decision; absent for the prior.
    pub smoothed: Option<DayRow>,
}

/// A belief over types, and the trust that follows from it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TypeBelief {
    /// The probability of each type, in the order of the series' types, at central values.
    pub types: Vec<f64>,
    /// The probability that the other party honours the reference agreement, at central values;
    /// absent where no agreement is mutually preferred.
    pub trust: Option<f64>,
    /// The same over draws; absent without draws or without a reference agreement.
    pub band: Option<Band>,
}

/// The trust in all others at which an observer is indifferent to the reference agreement, and its
/// answer at the decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Threshold {
    /// The reference agreement: of those that came furthest through the funnel, the one with the
    /// greatest Nash product of gains, the first by name where several tie.
    pub agreement: Terms,
    /// The nation's threshold e/(U − d + e) (C-20), to be exceeded; 0 where any trust suffices, absent
    /// where it refuses whatever it believes.
    pub nation: Option<f64>,
    /// The leader's threshold, by bisection to 10⁻¹²; absent where no home front is coded, or where
    /// the leader's answer does not turn just once as trust rises from 0 to 1.
    pub leader: Option<f64>,
    /// The observer's answer at the decision, on the evidence as it was.
    pub warranted: Answer,
    /// The observer's answer at the decision, on the evidence as it was read.
    pub held: Answer,
}

/// An observer's answer to the reference agreement, with its own conduct, at central values.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Answer {
    /// The probability that all others honour the agreement.
    pub trust: f64,
    /// The nation's margin, in its own payoff units (M-03).
    pub nation_margin: f64,
    /// The leader's margin (M-04); the nation's where no home front is coded.
    pub leader_margin: f64,
    /// Whether the leader accepts, a ratification floor included.
    pub accepts: bool,
}
