use detente_quantity::Date;
use detente_reputation::Tone;
use serde::Serialize;

use super::{Because, Named};

/// What observers could believe, act by act and day by day. All beliefs are at central values; ranges
/// follow from the ranges of the likelihoods and of the prior.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BeliefsReport {
    /// Version of the shape in which this serialises: [`SCHEMA`](super::SCHEMA).
    pub schema: u32,
    /// What the record is about.
    pub title: String,
    /// The day as of which beliefs are shown: what became known later is for hindsight only.
    pub until: Date,
    /// The settings of the engine.
    pub settings: SettingsReport,
    /// By observer and party observed.
    pub views: Vec<ViewReport>,
}

/// The settings under which beliefs were computed. All of them off is Bayes' rule on fixed types.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SettingsReport {
    /// What a belief of a day rests on.
    pub same_day: &'static str,
    /// The chance a year that a party's type is drawn anew from the prior; 0 is off.
    pub drift: f64,
    /// Days on which a party may have become another.
    pub changes: Vec<ChangeReport>,
    /// Days in which evidence loses half its weight; absent where none is forgotten.
    pub half_life: Option<f64>,
}

/// A day on which a party may have become another, such as that of a change of leaders.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChangeReport {
    /// The day.
    pub date: Date,
    /// The chance that the type was drawn anew from the prior.
    pub chance: f64,
    /// The party, by id; absent where every party is meant.
    pub about: Option<String>,
}

/// What one observer could believe of one other party.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ViewReport {
    /// Who believes.
    pub observer: Named,
    /// About whom.
    pub about: Named,
    /// The types that the other party might be, in the order of all lists by type.
    pub types: Vec<Named>,
    /// The types that are trusted, by id; trust is the probability that the other is one of them.
    pub trusted: Vec<String>,
    /// Why these.
    pub because: Because,
    /// The probability of each type before the acts.
    pub prior: Vec<f64>,
    /// Trust before the acts, with its range.
    pub prior_trust: RangedTrust,
    /// Whether the prior is one that no evidence can move.
    pub dogmatic: bool,
    /// Whether the observer's reading of acts is biased at central values; without bias it reads as the
    /// evidence warrants.
    pub has_bias: bool,
    /// What each act showed, in the order in which the observer came to know of them; acts that became
    /// known after the day as of which beliefs are shown are left out.
    pub ledger: Vec<LedgerRow>,
    /// By act of the ledger, how many more such acts it would take from the last belief shown to carry
    /// trust to the other side of one half. Absent where no number of them would, where types change or
    /// evidence fades, and where several types are trusted and several are not.
    pub to_reverse: Vec<Option<u64>>,
    /// What each mechanism of bias added over all acts shown, in decibels for trust and in the declared order of
    /// mechanisms: the sums of [`ReadRow::added`]. Absent without bias, and where some act's reading cannot be
    /// divided.
    pub added: Option<Vec<Added>>,
    /// Why what was lost is not divided among the mechanisms, for an observer with a bias; absent where it is.
    pub undivided: Option<Undivided>,
    /// Where the beliefs held may have ended, for an observer that misreads by chance; what is called held is
    /// the mean reading. Absent where nothing is misread, where types change or evidence fades, and where
    /// there are too many ways to follow.
    pub misread: Option<Misread>,
    /// The observer's answer to the best agreement. Absent without bias, for a sheet, and in an assessment,
    /// which says it elsewhere.
    pub answer: Option<AnswerReport>,
    /// Beliefs by day, one for each day on which an act became known.
    pub days: Vec<DayRow>,
    /// Acts that only hindsight has, because they became known later.
    pub later: usize,
    /// Acts declared to depend on one another, where there are any.
    pub dependent: Vec<DependentClues>,
}

/// Why what was lost of the evidence in reading it is not divided among the mechanisms of a bias.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Undivided {
    /// Types drift or change, or evidence fades: part of what was lost is then forgotten again, and no sum over acts
    /// is what is missing at the end.
    Changing,
    /// Every type is trusted or none, so that there are no odds of trust.
    OneSided,
    /// Some act or the prior settles the matter on one reading, and proof has no finite weight.
    Proof,
    /// There are more than 64 types.
    ManyTypes,
}

/// Where the trust of an observer that misreads by chance may have ended: over all ways of misreading the
/// record, each as likely as it is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Misread {
    /// A twentieth of the ways end below this trust.
    pub low: f64,
    /// A twentieth end above this.
    pub high: f64,
    /// How likely the observer is to accept the best agreement; absent where its answer is not looked at, or
    /// it has to trust several others at once.
    pub accepts: Option<f64>,
}

/// An observer's answer to the best agreement, by its leader's rule and at trust in all others at once.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AnswerReport {
    /// Whether it accepts on the evidence as it was.
    pub warranted: bool,
    /// Whether it accepts on the evidence as it was read.
    pub held: bool,
    /// By number of each mechanism that is coded, at its neutral value or off it, the level that would just have
    /// turned the answer on the evidence as read; absent where there are too many acts to try.
    pub flips: Option<Vec<FlipRow>>,
}

/// What level of one bias would just have turned an answer, all else in the profile as coded.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FlipRow {
    /// The number of the profile, in words.
    pub parameter: &'static str,
    /// Its coded value.
    pub value: f64,
    /// The nearest value that turns the answer; absent where none that was tried does.
    pub turns_at: Option<f64>,
    /// The ranges of values, lowest first and within those tried, at which the answer is the other one: more than one
    /// where it turns back.
    pub turned: Vec<[f64; 2]>,
    /// The lowest value tried.
    pub lowest: f64,
    /// The highest value tried.
    pub highest: f64,
}

/// Trust and the least and the most that it can be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct RangedTrust {
    /// At the low end of every range that speaks for trust, and the high end of every one against: exact,
    /// but where `forced` has a range no more than a bound. Absent where types change or evidence fades.
    pub low: Option<f64>,
    /// At central values.
    pub central: f64,
    /// The other way about.
    pub high: Option<f64>,
}

/// What one act showed to one observer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LedgerRow {
    /// The act, by id; by its line in a sheet.
    pub act: String,
    /// What was done, in words.
    pub event: String,
    /// The day it was done.
    pub done: Date,
    /// The day the observer came to know of it.
    pub known: Date,
    /// Whether it was cooperative or hostile, where that is said.
    pub tone: Option<Tone>,
    /// The likelihood of the act from each type, the situation included: s + (1 − s) q. Relative to one
    /// another where only ratios are coded.
    pub likelihoods: Vec<f64>,
    /// Its weight of evidence for trust: 10·log₁₀ of how much likelier it was from the types that are
    /// trusted than from the others, as the observer could weigh them then. In decibels, signed;
    /// absent where no type is trusted, or every type is.
    pub decibels: Option<f64>,
    /// The least and the most that the weight can be over the ranges of its numbers.
    pub decibels_range: Option<[f64; 2]>,
    /// The belief that is warranted once the act is known.
    pub warranted: Vec<f64>,
    /// Trust on that belief, with its range.
    pub trust: RangedTrust,
    /// The act as the observer read it; absent where there is no bias.
    pub read: Option<ReadRow>,
}

/// An act as a biased observer read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReadRow {
    /// Its weight for trust as read, in decibels.
    pub decibels: Option<f64>,
    /// The belief as held once the act is known.
    pub held: Vec<f64>,
    /// Trust on that belief.
    pub trust: f64,
    /// What each mechanism added to the log-odds of trust, beyond what the act warranted, in decibels and
    /// in the declared order of mechanisms; those that added nothing are left out. Absent where it cannot
    /// be divided: [`ViewReport::undivided`] says why.
    pub added: Option<Vec<Added>>,
}

/// What one mechanism of a bias added to the weight of an act.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Added {
    /// The mechanism.
    pub mechanism: &'static str,
    /// How much, in decibels for trust.
    pub decibels: f64,
}

/// Beliefs of one day: three answers to three questions, never to be mixed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DayRow {
    /// The day.
    pub date: Date,
    /// What could be expected before what became known that day.
    pub predicted: Vec<f64>,
    /// What could be believed at the end of the day.
    pub filtered: Vec<f64>,
    /// What is believed of that day in hindsight, on every act of the record; absent where evidence
    /// fades, for then there is none.
    pub smoothed: Option<Vec<f64>>,
    /// Trust on each of the three.
    pub trust: DayTrust,
}

/// Trust on the three beliefs of a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct DayTrust {
    /// Before what became known that day.
    pub predicted: f64,
    /// At the end of the day.
    pub filtered: f64,
    /// In hindsight; absent where evidence fades.
    pub smoothed: Option<f64>,
    /// Hindsight less what could be known: smoothed − filtered.
    pub hindsight_gap: Option<f64>,
}

/// Acts that are not independent evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DependentClues {
    /// The name that they share.
    pub clue: String,
    /// The acts, by id.
    pub acts: Vec<String>,
    /// Trust at the end if only one of them counts: with whichever leaves least, and whichever leaves
    /// most. Absent where types change or evidence fades, and where there are too many to try.
    pub counted_once: Option<[f64; 2]>,
}
