use detente_legitimacy::{BeliefRange, HomeReading, LeaderParams, StakeRange};
use serde::Serialize;

use super::{Reproducibility, Subject, Verdict};
use crate::case::Terms;

/// What each leader can afford at home, at central values and on the evidence as it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Domestic {
    /// Version of this shape: [`SCHEMA`](super::SCHEMA).
    pub schema: u32,
    /// What was assessed.
    pub subject: Subject,
    /// The verdict at central values.
    pub verdict: Verdict,
    /// How many agreements there are.
    pub agreements: usize,
    /// By how many of them every nation gains.
    pub national: usize,
    /// How many every leader accepts, whether or not every nation gains.
    pub leaders: usize,
    /// How many are in both.
    pub both: usize,
    /// In what sense an agreement was missed; absent where history shows one, or where the nations
    /// had none to miss.
    pub missed: Option<MissedBy>,
    /// The agreement by which every nation gains that comes nearest to being signed: the one whose
    /// most reluctant leader is least so. Absent where there is none.
    pub nearest: Option<Terms>,
    /// The leaders, in the order of the parties.
    pub fronts: Vec<HomeFront>,
    /// What is needed to repeat the run.
    pub reproducibility: Reproducibility,
}

/// Why there was no agreement although every nation would have gained by one (claim D-02).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MissedBy {
    /// By incentive: no agreement was acceptable to all leaders.
    Incentive,
    /// By inference: one was, on the evidence as it was, and yet none was reached.
    Inference,
}

/// One leader's view of the agreements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeFront {
    /// The party, by id.
    pub party: String,
    /// The home front, where one is coded; without it the leader wants what the nation wants.
    pub front: Option<LeaderParams>,
    /// ρ: the share of a marginal unit of the nation's payoff that the leader feels through office
    /// (on the linear survival curve); absent without a home front.
    pub political_weight: Option<f64>,
    /// By how many agreements the nation gains.
    pub gains: usize,
    /// How many the leader accepts.
    pub accepts: usize,
    /// By how many the nation gains although the leader refuses.
    pub refused: usize,
    /// How many the leader accepts although the nation does not gain.
    pub captured: usize,
    /// By how many the nation gains although the legislature would not ratify them.
    pub unratified: usize,
    /// The office stakes at which an agreement is left that all leaders accept, the other leaders as
    /// they are: `below` R* is "closes once office is worth R* or more".
    pub open_stakes: StakeRange,
    /// What the leader thinks of the [nearest](Domestic::nearest) agreement.
    pub nearest: Option<NearestReading>,
}

/// What a leader thinks of one agreement.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NearestReading {
    /// The leader's margin in its parts, and the office stakes at which it would be above 0.
    #[serde(flatten)]
    pub reading: HomeReading,
    /// The audience's beliefs in a hostile adversary at which the leader would accept it; absent
    /// without a home front, or where acceptance comes and goes as the belief rises.
    pub accepting_beliefs: Option<BeliefRange>,
}
