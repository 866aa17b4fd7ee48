use detente_quantity::Probability;
use detente_reassurance::{Screening, SeriesEnd};
use serde::Serialize;

use crate::case::Terms;

/// What one party could do alone: carry out its part of an agreement while nothing is given in return.
/// Whoever does pays once what it loses when it honours and is not honoured, whatever its type; so it
/// is believed only if that is worth it to one that would keep the full agreement and not to one that
/// would break it (claim C-36, on sunk costs).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gestures {
    /// The party, by id.
    pub party: String,
    /// To be believed a gesture must cost at least this: what trust would win the one that would break the
    /// full agreement. In units of what the full agreement brings the party over none.
    pub costs_at_least: f64,
    /// And at most this: what trust would win the one that would keep it. Where it is less than
    /// `costs_at_least`, no gesture that costs all types alike is believed.
    pub costs_at_most: f64,
    /// How many of the agreements, carried out alone, would be believed.
    pub believed: usize,
    /// How many would not, for one that would break the full agreement would make them too: they cost less than
    /// `costs_at_least`.
    pub too_cheap: usize,
    /// How many would not, for they cost even one that would keep it more than trust is worth.
    pub too_dear: usize,
    /// How many only one that would break it would make.
    pub perverse: usize,
    /// Hands tied, the other way to be believed: a cost that falls only on breaking the full agreement, such as
    /// before a public that punishes a breach it sees, makes keeping it best for every type from this much on, so
    /// that no trust is asked: `(T − R)/m` with `m` the chance that a breach is seen (claim C-36). In the same
    /// units; 0 where none is tempted; absent where one is and its breach would never be seen.
    pub tied_hands: Option<f64>,
    /// The gestures: those that are believed first, then by cost. At most 10.
    pub listed: Vec<Gesture>,
    /// How many there are.
    pub count: usize,
}

/// One agreement carried out by one party alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gesture {
    /// The terms of which it carries out its part.
    pub terms: Terms,
    /// What that costs it, once.
    pub cost: f64,
    /// How it would be read, and if it would not be believed, why.
    pub reading: Screening,
}

/// How many more concessions would have carried one party's trust in another over what the full
/// agreement asks, each as telling as one that the other did make.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PartySeries {
    /// Who would have to concede, by id.
    pub sender: String,
    /// Who would have to be convinced, by id.
    pub receiver: String,
    /// The trust in the sender that the receiver must exceed to accept the full agreement; absent where no
    /// trust in it suffices.
    pub needed: Option<Probability>,
    /// The longest series that is looked for: where none suffices, none of so many acts does.
    pub longest: usize,
    /// As the evidence was.
    pub warranted: Option<SeriesFound>,
    /// As the receiver reads it.
    pub held: Option<SeriesFound>,
    /// Why no series was looked for; absent where one was.
    pub unanswered: Option<NoSeries>,
    /// What a hostile act midway would cost: of those on record, the one that sets trust back most.
    /// Absent where none is on record, or no series suffices or is needed.
    pub breach: Option<SeriesBreach>,
    /// What it takes if the same concessions are traded, or can be taken back, as the receiver reads them. Absent
    /// where no series suffices or is needed, for other than two types, and where some act is known only by how
    /// many times as likely it is.
    pub other_terms: Option<OtherTerms>,
}

/// Why no series of concessions could be looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NoSeries {
    /// No friendly act of the sender is on record that says anything of its types.
    NoFriendlyAct,
    /// More than one of its types would keep the full agreement, or none.
    NotOneTrustworthyType,
    /// No trust in the sender would do.
    NoTrustSuffices,
}

/// The fewest concessions found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeriesFound {
    /// The receiver's trust before the first.
    pub before: Probability,
    /// The acts, by id, of which another as telling is made, with the trust after it: the fewest that
    /// suffice or, where none do, those that lead highest.
    pub steps: Vec<SeriesAct>,
    /// The trust at the end. Where none suffices, the ceiling of trust within the length allowed (claim
    /// C-42).
    pub trust: Probability,
    /// How the search ended.
    pub end: SeriesEnd,
}

/// One concession of a series.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeriesAct {
    /// The act on record that it is as telling as, by id.
    pub act: String,
    /// What was done then, in words.
    pub event: String,
    /// The receiver's trust after it.
    pub trust: Probability,
}

/// The same concessions on terms that the untrustworthy would accept too (claims C-06, C-66).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OtherTerms {
    /// Whatever the sender's type, the chance that the return for a concession would have brought it about where it
    /// is traded; and the chance that one that means to cheat, and would not make it for good, makes it where it
    /// can be taken back.
    pub chance: Probability,
    /// How many it takes if each is traded so.
    pub traded: OnTerms,
    /// How many it takes if each can be taken back so.
    pub revocable: OnTerms,
}

/// How many concessions it takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct OnTerms {
    /// How many; absent where none suffice or the search ended before that was known.
    pub acts: Option<usize>,
    /// How the search ended.
    pub end: SeriesEnd,
}

/// What breaking off a series costs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeriesBreach {
    /// The hostile act on record, by id.
    pub act: String,
    /// What was done then, in words.
    pub event: String,
    /// How many more concessions it takes at most if such an act comes before, between or after them; absent
    /// where no series repairs it, or it is not known.
    pub further: Option<f64>,
    /// How the searches for what repairs it ended: with a series at every point, with none at some, or with some not
    /// known.
    pub end: SeriesEnd,
}
