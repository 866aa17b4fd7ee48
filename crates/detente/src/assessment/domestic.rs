use detente_legitimacy::{
    BeliefRange, HomeReading, LeaderParams, PromotionEquilibrium, Root, StakeRange,
    UnderstatementEquilibrium,
};
use serde::Serialize;

use super::{DomesticDraws, Reproducibility, Subject, Verdict};
use crate::case::Terms;

/// What each leader can afford at home, at central values and over draws, on the evidence as it was.
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
    /// In what sense an agreement was missed; absent where history shows one, where the nations
    /// had none to miss, or where no home front and no ratification floor is coded.
    pub missed: Option<MissedBy>,
    /// The agreement by which every nation gains that comes nearest to being signed: the one whose
    /// most reluctant leader is least so. Absent where there is none.
    pub nearest: Option<Terms>,
    /// The leaders, in the order of the parties.
    pub fronts: Vec<HomeFront>,
    /// What each agreement is to each nation, leader and audience, up to the limit of lists: first
    /// those by which every nation gains, and of these first those whose most reluctant leader is
    /// least so, so that the first is the [nearest](Self::nearest) where it has no equal.
    pub win_sets: Vec<AgreementAtHome>,
    /// The same over draws of every uncertain number; absent without draws.
    pub over_draws: Option<DomesticDraws>,
    /// What is needed to repeat the run.
    pub reproducibility: Reproducibility,
}

/// Why there was no agreement although every nation would have gained by one (claim D-02). The same
/// agreements are tested all along: those by which every nation gains.
///
/// | every nation gains by | of these, every leader would sign on the evidence as it was | of these, every leader would sign on the evidence as it was read | missed |
/// |---|---|---|---|
/// | none | | | nothing: there was nothing to miss, even if leaders had something to sign |
/// | some | none | | by incentive, even if leaders would sign others |
/// | some | some | none | by inference |
/// | some | some | some | by neither: an agreement is to be expected |
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MissedBy {
    /// By incentive: some leader refuses each agreement by which every nation gains.
    Incentive,
    /// By inference: every leader would sign one on the evidence as it was, and none on the evidence
    /// as it was read.
    Inference,
    /// By neither: every leader would sign one on either reading, so that the model expects an
    /// agreement and does not say why there was none.
    Unexplained,
}

/// One leader's view of the agreements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeFront {
    /// The party, by id.
    pub party: String,
    /// The home front, where one is coded; without it the leader wants what the nation wants.
    pub front: Option<LeaderParams>,
    /// Whether the party's payoffs are only ranked, so that no home front can be coded for it: office
    /// is weighed against payoffs in numbers.
    pub is_ranked: bool,
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
    /// How many the audience prefers to none: those that make survival in office likelier than
    /// refusing them would. Absent without a home front.
    pub supported: Option<usize>,
    /// The office stakes at which an agreement is left that all leaders accept, the other leaders as
    /// they are: `below` R* is "closes once office is worth R* or more".
    pub open_stakes: StakeRange,
    /// The least payoff that the legislature ratifies, where one is coded.
    pub ratification_floor: Option<f64>,
    /// Ω · max(0, F(m₀ + κd̃ + ℓ) − F(m₀ + κd̃)): the most that crying wolf about a benign adversary can
    /// gain, on the scale of the leader's margin, whatever the audience believes then; at that cost
    /// it never pays. At given terms, where being cheated on is no better than nonagreement, an alarm
    /// gains no more than what it adds to survival without agreement; where terms are bargained over,
    /// so on the linear curve (claim D-38). What it does gain there turns on the bargain and is
    /// [`candid_cost`](MessagesReport::candid_cost), no more than this. Absent without a home front.
    pub most_alarm_gain: Option<f64>,
    /// How far support runs on the linear survival curve, beyond whose ends survival is held at 0 or 1;
    /// absent on other curves and without a home front.
    pub support_ends: Option<SupportEnds>,
    /// What the leader makes its audience believe; absent where messages are not coded.
    pub messages: Option<MessagesReport>,
    /// What the leader thinks of the [nearest](Domestic::nearest) agreement.
    pub nearest: Option<NearestReading>,
}

/// How far a leader's support index runs over all agreements, each signed and refused.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SupportEnds {
    /// The least.
    pub least: f64,
    /// The most.
    pub most: f64,
}

impl SupportEnds {
    /// Whether it runs below 0 or above 1, where the linear survival curve holds survival at 0 or 1, by
    /// more than rounding.
    #[must_use]
    pub fn leave_the_line(&self) -> bool {
        const ROUNDING: f64 = 1e-9;
        self.least < -ROUNDING || self.most > 1.0 + ROUNDING
    }
}

/// What one agreement is to every party at home.
///
/// Each of a party's numbers is above 0 exactly where the agreement is in that actor's *win-set*
/// (Putnam 1988): what the nation gains by, what the leader signs, what the audience prefers to none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgreementAtHome {
    /// The agreement.
    pub terms: Terms,
    /// Whether every nation gains.
    pub every_nation: bool,
    /// Whether every leader signs.
    pub every_leader: bool,
    /// The parties, in the order of the case.
    pub parties: Vec<PartyAtHome>,
}

/// What one agreement is to one party's nation, leader and audience.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartyAtHome {
    /// The party, by id.
    pub party: String,
    /// What the nation gains on the leader's trust, in shares of its span of payoffs.
    pub nation: f64,
    /// The leader's margin over its national weight, so in the same unit; 0 or less where the
    /// agreement would not be ratified.
    pub leader: f64,
    /// By how much likelier signing makes survival in office than refusing, from −1 to 1; absent
    /// without a home front.
    pub audience: Option<f64>,
    /// Whether it would be ratified; absent without a ratification floor.
    pub ratified: Option<bool>,
}

/// What a leader thinks of one agreement.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NearestReading {
    /// The leader's margin in its parts, and the office stakes at which it would be above 0.
    #[serde(flatten)]
    pub reading: HomeReading,
    /// Whether it would be ratified; absent without a ratification floor.
    pub ratified: Option<bool>,
    /// What it would have to pay; absent without a home front.
    pub reservations: Option<Reservations>,
    /// The audience's beliefs in a hostile adversary at which the leader would accept it; absent
    /// without a home front, or where acceptance may come and go as the belief rises.
    pub accepting_beliefs: Option<BeliefRange>,
}

/// What an agreement would have to pay, if honoured, for each to be indifferent to it: as much at
/// stake if it is cheated on, nonagreement as it is (claim D-33). On the scale where 0 is the least
/// the nation gets by any agreement or none and 1 the most; what is asked can lie beyond. Ratification
/// apart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Reservations {
    /// Ã: what this one pays.
    pub offered: f64,
    /// r^N: the nation's, on the leader's trust.
    pub nation: f64,
    /// r^P: the audience's; absent where no payoff makes up for the enemy (κ = 0).
    pub audience: Option<f64>,
    /// r^D: the leader's, between the two. Less the nation's, it is the distortion D.
    pub leader: Root,
}

/// What a leader who comes to know the adversary makes its audience believe of it (claims D-38 to
/// D-43), and what is missed by that.
///
/// The model divides one good. Here that good is this nation's own payoff, from nonagreement up to
/// the most it gets by any agreement that the other leaders would sign; what is lost to a hostile
/// adversary is what the [nearest](Domestic::nearest) agreement would lose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MessagesReport {
    /// π: the audience's belief in a hostile adversary before its leader speaks.
    pub prior: f64,
    /// S: what the nation could gain by an agreement that every other nation gains by, in shares of
    /// its span of payoffs; 0 or less where there is none.
    pub surplus: f64,
    /// S − S_j: by how much less the other leaders leave; below 0 if more.
    pub withheld_by_others: f64,
    /// The equilibrium, or why there is none.
    pub found: MessagesFound,
    /// The cost of an untrue message from which on the leader would be candid; absent without an
    /// equilibrium.
    pub candid_cost: Option<f64>,
    /// The office stake up to which it would be; absent where it is candid at any, or without an
    /// equilibrium.
    pub candid_stake: Option<f64>,
}

/// An equilibrium of messages, by what the leader lives off.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MessagesFound {
    /// A hostile adversary brings the leader support (ℓ ≥ 0): how often it cries wolf.
    Alarm(PromotionEquilibrium),
    /// It costs the leader support (ℓ < 0): how often it says all is calm when it is not.
    Calm(UnderstatementEquilibrium),
    /// The model does not apply, for this reason.
    Refused(String),
}

/// What leaders could afford at home, in an assessment: in what sense an agreement was missed, and the
/// thresholds at which a leader's answer turns. At central values, on the evidence as it was;
/// [`domestic`](crate::domestic()) tells more, over draws too.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeInShort {
    /// How many agreements there are.
    pub agreements: usize,
    /// By how many agreements every nation gains.
    pub national: usize,
    /// How many every leader accepts, whether or not every nation gains.
    pub leaders: usize,
    /// How many are in both.
    pub both: usize,
    /// In what sense an agreement was missed; absent where history shows one, or where the nations had
    /// none to miss.
    pub missed: Option<MissedBy>,
    /// The agreement that comes nearest to being signed, as [`Domestic::nearest`].
    pub nearest: Option<Terms>,
    /// The leaders whose home front is coded, in the order of the parties.
    pub thresholds: Vec<LeaderThresholds>,
}

/// At which values of what has no accepted measure a leader's answer turns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeaderThresholds {
    /// The party, by id.
    pub party: String,
    /// Ω, as coded.
    pub office_stake: f64,
    /// The office stakes at which an agreement is left that all leaders accept, the other leaders as
    /// they are: `below` R* is "closes once office rents exceed R*".
    pub open_stakes: StakeRange,
    /// The audience's beliefs in a hostile adversary at which the leader would accept the
    /// [nearest](HomeInShort::nearest) agreement: `below` b_c is "closes once the audience's belief
    /// exceeds b_c". Absent where none is nearest, or where acceptance may come and go.
    pub accepting_beliefs: Option<BeliefRange>,
    /// How far support runs, as [`HomeFront::support_ends`].
    pub support_ends: Option<SupportEnds>,
}
