use serde::Serialize;

use super::{AgreementSet, BarrierCheck, Chance};
use crate::case::{History, Terms};

/// What the model expects beside what history shows; never adjusted to fit.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HistoricalRecord {
    /// What history shows.
    pub history: History,
    /// The terms that history agreed on, where they are coded.
    pub agreed: Option<Terms>,
    /// The barriers that those terms pass, each judged on its own; empty where they are not coded.
    pub agreed_barriers: Vec<BarrierCheck>,
    /// What the model expects at central values: agreement where every leader accepts some
    /// agreement as held, with its own conduct (one that would cheat may sign with that in mind).
    pub expected: History,
    /// The share of draws in which agreement is expected; absent without draws.
    pub agreement_expected: Option<Chance>,
    /// Whether the model explains the record at central values.
    pub explains_record: bool,
    /// The share of draws in which it does; absent without draws.
    pub explains: Option<Chance>,
}

/// Two readings of a missed opportunity. They speak of one only where history shows nonagreement;
/// the sets are given either way.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TwoReadings {
    /// Whether history shows nonagreement, so that an opportunity can have been missed at all.
    pub missed_in_history: bool,
    /// Mutually preferred agreements: compatible preferences, alone no opportunity missed.
    pub compatible_preferences: AgreementSet,
    /// Agreements that every party *preferred*: mutually preferred, and accepted by every nation
    /// under the beliefs it held.
    pub preferred_as_held: AgreementSet,
    /// Agreements that every party *would have preferred*: mutually preferred and self-enforcing.
    pub would_have_preferred: AgreementSet,
}

/// Both errors: agreements that would be signed and should not be.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BothErrors {
    /// Agreements that every leader accepts as held.
    pub accepted_as_held: AgreementSet,
    /// Of these, the ones that some true type would break: misplaced trust.
    pub misplaced_trust: AgreementSet,
    /// Of these, the ones that are refused on warranted beliefs.
    pub accepted_without_warrant: AgreementSet,
}
