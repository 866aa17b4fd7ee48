use serde::Serialize;

use super::{Band, Chance};

/// What each leader can afford at home, over draws of every uncertain number: the very draws that an
/// assessment with the same options makes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DomesticDraws {
    /// By how many agreements every nation gains.
    pub national: Band,
    /// How many every leader signs.
    pub leaders: Band,
    /// How many are in both.
    pub both: Band,
    /// The share of the nations' agreements that some leader refuses, over draws in which they have
    /// one; absent where they have none in any.
    pub lost_share: Option<Band>,
    /// The chance that by no agreement every nation gains: that there was nothing to miss.
    pub nothing_to_miss: Chance,
    /// In what sense an agreement was missed, where history shows none and a home front or a
    /// ratification floor is coded.
    pub missed: Option<MissedChances>,
    /// The leaders, in the order of the parties.
    pub fronts: Vec<HomeFrontDraws>,
}

/// The chances of each sense of [`MissedBy`](super::MissedBy) (claim D-02); what is left of 1 is that
/// there was nothing to miss.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MissedChances {
    /// By incentive: some leader refuses each agreement by which every nation gains.
    pub incentive: Chance,
    /// By inference: every leader would sign one on the evidence as it was, and none as it was read.
    pub inference: Chance,
    /// By neither: every leader would sign one on either reading.
    pub unexplained: Chance,
}

/// One leader's view of the agreements over draws. Each number over the draws that have it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeFrontDraws {
    /// The party, by id.
    pub party: String,
    /// ρ.
    pub political_weight: Option<Band>,
    /// By how many agreements the nation gains.
    pub gains: Band,
    /// How many the leader signs.
    pub accepts: Band,
    /// By how many the nation gains although the leader refuses.
    pub refused: Band,
    /// How many the leader signs although the nation does not gain.
    pub captured: Band,
    /// By how many the nation gains although they would not be ratified.
    pub unratified: Band,
    /// How many the audience prefers to none.
    pub supported: Option<Band>,
    /// The office stakes at which an agreement is left that all leaders sign.
    pub open_stakes: ThresholdDraws,
    /// The most that crying wolf can gain: the cost from which on it never pays.
    pub most_alarm_gain: Option<Band>,
    /// The share of draws in which support leaves the linear survival curve at some agreement, so that
    /// survival is held at 0 or 1; absent on other curves.
    pub off_the_line: Option<Chance>,
    /// What the leader makes its audience believe; absent where messages are not coded.
    pub messages: Option<MessagesDraws>,
    /// What the leader thinks of the agreement that is nearest at central values; absent where none
    /// is.
    pub nearest: Option<NearestDraws>,
}

/// A range of a number in which something holds, over draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ThresholdDraws {
    /// The chance that it holds at every value.
    pub always: Chance,
    /// The chance that it holds at none.
    pub never: Chance,
    /// Where it holds below an end: how often it does so, and the end.
    pub below: Option<ThresholdEnd>,
    /// Where it holds above an end.
    pub above: Option<ThresholdEnd>,
}

/// An end of a range over the draws that have one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ThresholdEnd {
    /// The chance that there is such an end.
    pub chance: Chance,
    /// The end.
    pub end: Band,
}

/// What a leader thinks of one agreement, over draws.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct NearestDraws {
    /// The chance that the leader signs it.
    pub signs: Chance,
    /// The chance that it would fall at ratification: of a leader who signs it without knowing what
    /// home will ratify, that of *involuntary defection* (Putnam 1988; claim D-04). Absent without a
    /// ratification floor.
    pub unratified: Option<Chance>,
    /// What the nation gains.
    pub national: Band,
    /// How much likelier it makes survival in office.
    pub survival: Band,
    /// Ã: what it pays; this and the next four absent where no draw has reservations.
    pub offered: Option<Band>,
    /// r^N.
    pub nation: Option<Band>,
    /// r^P.
    pub audience: Option<Band>,
    /// r^D.
    pub leader: Option<Band>,
    /// D = r^D − r^N.
    pub distortion: Option<Band>,
    /// The audience's beliefs at which it would be signed.
    pub beliefs: Option<ThresholdDraws>,
}

/// What a leader makes its audience believe, over draws.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MessagesDraws {
    /// The chance that the leader is candid.
    pub candid: Chance,
    /// The chance that it sends untrue messages just so often that they just pay.
    pub mixed: Chance,
    /// The chance that it says the same of every adversary.
    pub saturated: Chance,
    /// The chance that the model does not apply; what is left of 1 after the three before.
    pub refused: Chance,
    /// q: how often an untrue message is sent where one could be.
    pub untrue: Option<Band>,
    /// The audience's belief in a hostile adversary after that message: b_A after an alarm, b_C
    /// after calm.
    pub belief: Option<Band>,
    /// Its belief on average over messages.
    pub mean_belief: Option<Band>,
    /// Its belief before its leader speaks.
    pub prior: Band,
    /// M: the chance that the adversary is benign and an alarm closes the zone of agreement; absent
    /// of a leader who lives off calm.
    pub missed: Option<Band>,
    /// What the leader gains by all this beside being known for candour.
    pub ex_ante_gain: Option<Band>,
    /// The cost of an untrue message from which on the leader would be candid.
    pub candid_cost: Option<Band>,
}
