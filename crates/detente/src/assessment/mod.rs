//! What an assessment says, as data: every part serialises, under [`SCHEMA`].

mod attribution;
mod beliefs;
mod comparison;
mod domestic;
mod domestic_draws;
mod evidence;
mod funnel;
mod margins;
mod outlook;
mod path;
mod proposals;
mod ranges;
mod record;
mod rewrite;
mod run;
mod sensitivity;
mod series;
mod verdict;
mod why;

use serde::Serialize;

use crate::game::JudgedAgreement;

pub use attribution::{
    Attribution, BarrierCause, BarrierShare, ObstacleShare, PartyShare, WaterfallStep,
};
pub use beliefs::{Answer, Band, BeliefPoint, BeliefSeries, Threshold, TypeBelief};
pub use comparison::{
    CodedValue, CodingDifference, CodingSummary, Comparison, Division, DivisionMethod, Effect,
    NumberDifference, Presence, Shift, StructuralDifference, Swap, ValuePair,
};
pub use domestic::{
    AgreementAtHome, Domestic, HomeFront, HomeInShort, LeaderThresholds, MessagesFound,
    MessagesReport, MissedBy, NearestReading, PartyAtHome, Reservations, SupportEnds,
};
pub use domestic_draws::{
    DomesticDraws, HomeFrontDraws, MessagesDraws, MissedChances, NearestDraws, ThresholdDraws,
    ThresholdEnd,
};
pub use evidence::{CodedNumber, Evidence, LeftOut};
pub use funnel::{AgreementSet, FunnelStage, Stage};
pub use margins::{BarrierMargin, Clearance};
pub use outlook::Outlook;
pub use path::{
    AgreedPath, AgreedRung, BindingRung, LesserTried, PathAsked, PathInShort, PathOutcome,
    PathReport, PathTarget, PathWork, PathWorth, Refusal, RungBelief, RungSide, StepConduct,
    TypeAtStep, WorthFromHere,
};
pub use proposals::{BarrierCheck, ProposalReport};
pub use ranges::{BarrierOverRanges, OverRanges};
pub use record::{BothErrors, HistoricalRecord, TwoReadings};
pub use rewrite::{
    Changes, Edit, Importance, Measure, ReliabilityReport, Rewrite, Rewrites, RewrittenAct,
    RobustnessReport, Within,
};
pub use run::{Placement, PrecisionReport, Reproducibility, Subject, SubjectIssue, SubjectParty};
pub use sensitivity::{
    Distance, Distances, Driver, DriverPair, End, MarginDrivers, Pairs, Screened, Sensitivity,
    Tornado, TornadoBar,
};
pub use series::{
    Gesture, Gestures, NoSeries, OnTerms, OtherTerms, PartySeries, SeriesAct, SeriesBreach,
    SeriesFound,
};
pub use verdict::{Barrier, Chance, NotCoded, TakenOnTrust, Verdict, VerdictReport};
pub use why::Why;

/// Version of the shape in which an [`Assessment`] serialises. Fields may be added under one
/// version; a field that goes or changes its meaning raises it.
pub const SCHEMA: u32 = 1;

/// The answer to a case: was there an agreement that every party preferred to none, and if it was
/// missed, why?
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Assessment {
    /// Version of this shape: [`SCHEMA`].
    pub schema: u32,
    /// What was assessed.
    pub subject: Subject,
    /// The barrier that stopped the agreement that came furthest.
    pub verdict: VerdictReport,
    /// How many agreements survive each barrier in turn: first all, then one stage a barrier.
    pub funnel: Vec<FunnelStage>,
    /// What of the funnel is certain over the ranges of what parties want and face; absent where those numbers
    /// are exact, or ends of their ranges do not answer for all of them.
    pub over_ranges: Option<OverRanges>,
    /// Whether the best of the agreements that come furthest enforces itself, party by party and type by
    /// type, and who would cheat first; absent where there is none or no types are coded.
    pub enforcement: Option<JudgedAgreement>,
    /// By how much the best agreement passes or fails each barrier and those before it.
    pub margins: Vec<BarrierMargin>,
    /// What the model expects beside what history shows.
    pub record: HistoricalRecord,
    /// In what sense an opportunity was missed.
    pub readings: TwoReadings,
    /// Whether it was missed by incentive or by inference, and what would have to change at home;
    /// absent where neither a home front nor a ratification floor is coded.
    pub home: Option<HomeInShort>,
    /// The risk of misplaced trust beside the risk of a missed opportunity.
    pub errors: BothErrors,
    /// Each observer's belief over time, warranted and as held, beside its threshold.
    pub beliefs: Vec<BeliefSeries>,
    /// Offers really made, and the barriers each passes.
    pub proposals: Vec<ProposalReport>,
    /// Shares of the barriers; absent where no draw and not the central run has an opportunity
    /// that was missed.
    pub attribution: Option<Attribution>,
    /// What would have turned the answer and what drives it; absent unless asked for.
    pub outlook: Option<Outlook>,
    /// What the case rests on.
    pub evidence: Evidence,
    /// What is needed to repeat the run.
    pub reproducibility: Reproducibility,
}
