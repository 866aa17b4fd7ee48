use std::{borrow::Cow, fmt};

use detente_payoff::{Integrative, SolutionConcept};
use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{NamedIssue, RangesReport};

/// A count that may be larger than other programs can hold: it serialises as a number up to 2⁵³, to
/// which every reader of JSON counts rightly, and as text beyond.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Count(pub(super) String);

impl Count {
    /// The count in digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0 == "0"
    }
}

impl<N: Into<u128>> From<N> for Count {
    fn from(count: N) -> Self {
        Self(count.into().to_string())
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.parse::<u64>().ok().filter(|count| *count <= 1 << 53) {
            Some(count) => serializer.serialize_u64(count),
            None => serializer.serialize_str(&self.0),
        }
    }
}

/// Which agreements there are, who prefers them to none, and which stand out.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgreementsReport {
    /// Version of this shape: [`SCHEMA`](super::SCHEMA).
    pub schema: u32,
    /// What the negotiation is about.
    pub title: String,
    /// The parties, whose order payoffs follow everywhere.
    pub parties: Vec<String>,
    /// By party, whether its payoffs are the places of a ranking with the sign turned, so that more is better
    /// here too; absent from what is serialised where none are.
    #[serde(skip_serializing_if = "none_are")]
    pub places: Vec<bool>,
    /// The issues, whose order packages follow everywhere.
    pub issues: Vec<NamedIssue>,
    /// What each party has without agreement.
    pub nonagreement: Vec<f64>,
    /// How many agreements are possible, as text: it may be any whole number.
    pub agreements: String,
    /// The zone of agreement.
    pub zone: ZoneReport,
    /// What is certain of the zone over the ranges that a case codes; absent where payoffs are exact or have
    /// no bounds.
    pub ranges: Option<RangesReport>,
    /// The efficient agreements; absent where they are too many to find. It then serialises with
    /// `null` for what is not known and the `reason`.
    #[serde(serialize_with = "frontier")]
    pub frontier: Option<FrontierReport>,
    /// The payoffs that each concept picks among packages, the main ones by name.
    pub solutions: SolutionVectors,
    /// Every solution among packages, with its packages.
    pub picks: Vec<Pick>,
    /// The payoffs that the main concepts pick among lotteries.
    pub lottery: LotteryVectors,
    /// Every solution among lotteries.
    pub lotteries: Vec<LotteryPick>,
    /// What kind of conflict it is.
    pub conflict: ConflictReport,
    /// What was not done or not listed, and why.
    pub notes: Vec<String>,
}

fn none_are(places: &[bool]) -> bool {
    !places.contains(&true)
}

impl AgreementsReport {
    /// The same as people write it: with places of rankings, 1 the best, in place of payoffs that have the sign
    /// turned. O(size of the report).
    #[must_use]
    pub fn with_places(&self) -> Cow<'_, Self> {
        if none_are(&self.places) {
            return Cow::Borrowed(self);
        }
        let mut written = self.clone();
        let turn = |payoffs: &mut Vec<f64>| {
            for (payoff, _) in payoffs.iter_mut().zip(&self.places).filter(|(_, is)| **is) {
                *payoff = 0.0 - *payoff;
            }
        };
        turn(&mut written.nonagreement);
        if let Some(frontier) = &mut written.frontier {
            frontier.points.iter_mut().for_each(turn);
            let listed = frontier.listed.iter_mut();
            listed.for_each(|it| turn(&mut it.payoffs));
        }
        let proposals = written.conflict.proposals.iter_mut();
        proposals.for_each(|it| turn(&mut it.payoffs));
        Cow::Owned(written)
    }
}

/// Why the efficient agreements are absent.
pub const NO_FRONTIER: &str = "The efficient agreements are too many to find, so they are not listed, and neither are the \
                               solutions among them; those over lotteries are exact.";

/// The frontier, or the same members without values where there is none.
fn frontier<S: Serializer>(
    found: &Option<FrontierReport>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if let Some(frontier) = found {
        return frontier.serialize(serializer);
    }
    let mut members = serializer.serialize_map(None)?;
    for name in [
        "vectors",
        "packages",
        "in_zone",
        "rational_only",
        "points",
        "listed",
    ] {
        members.serialize_entry(name, &())?;
    }
    members.serialize_entry("reason", NO_FRONTIER)?;
    members.end()
}

/// How many agreements are preferred to none.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ZoneReport {
    /// Whether some agreement gains for every party; absent where that took too much to find out.
    pub exists: Option<bool>,
    /// Agreements from which every party gains; absent where they cannot be counted.
    pub strict: Option<Count>,
    /// Agreements from which no party loses.
    pub weak: Option<Count>,
    /// Agreements from which no party loses and at least one gains.
    pub pareto_improving: Option<Count>,
    /// The strict zone as a share of all agreements, from 0 to 1.
    pub share: Option<f64>,
    /// Whether some lottery over agreements gains for every party.
    pub by_lottery: bool,
}

/// The efficient agreements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FrontierReport {
    /// How many distinct payoff vectors they have.
    pub vectors: Count,
    /// How many agreements they are, ties included.
    pub packages: Count,
    /// How many vectors are in the weak zone of agreement.
    pub in_zone: Count,
    /// Whether only agreements from which no party loses are given, the others being too many to
    /// find.
    pub rational_only: bool,
    /// The vectors, from the first party's best to its worst.
    pub points: Vec<Vec<f64>>,
    /// Agreements that have them, for as many vectors as were asked for: the first of each vector
    /// in the order of the options.
    pub listed: Vec<Listed>,
}

/// A payoff vector with agreements that have it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    /// What each party gets.
    pub payoffs: Vec<f64>,
    /// How many agreements have these payoffs.
    pub packages: Count,
    /// Some of them, each as the names of its options in the order of the issues.
    pub terms: Vec<Vec<String>>,
}

/// The payoff vectors that concepts pick among packages; several where they tie, none without a
/// zone of agreement.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SolutionVectors {
    /// Highest product of gains.
    pub nash: Vec<Vec<f64>>,
    /// Leximin of shares of the ideal gain, the ideal taken over agreements from which nobody loses.
    pub kalai_smorodinsky: Vec<Vec<f64>>,
    /// The same, the ideal taken over all agreements.
    pub kalai_smorodinsky_global: Vec<Vec<f64>>,
    /// Leximin of gains as coded.
    pub egalitarian: Vec<Vec<f64>>,
    /// Highest sum of payoffs as coded.
    pub utilitarian: Vec<Vec<f64>>,
}

/// What one concept picks among packages.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Pick {
    /// The concept.
    pub concept: SolutionConcept,
    /// Its name.
    pub name: String,
    /// Its definition in one sentence.
    pub definition: &'static str,
    /// Who proposed it, and when.
    pub source: &'static str,
    /// What it maximises, at its best.
    pub value: f64,
    /// What it picks.
    pub vectors: Vec<Listed>,
}

/// The payoff vectors that the main concepts pick among lotteries; `null` without a zone.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct LotteryVectors {
    /// Highest product of gains.
    pub nash: Option<Vec<f64>>,
    /// Leximin of gains as coded.
    pub egalitarian: Option<Vec<f64>>,
    /// Leximin of shares of the ideal gain, the ideal taken over lotteries from which nobody loses.
    pub kalai_smorodinsky: Option<Vec<f64>>,
}

/// What one concept picks among lotteries.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LotteryPick {
    /// The concept.
    pub concept: SolutionConcept,
    /// Its name.
    pub name: String,
    /// What it maximises, at its best.
    pub value: f64,
    /// By how much the value could at most be bettered; 0 for two parties.
    pub gap: f64,
    /// What each party expects; of several that tie, the first.
    pub payoffs: Vec<f64>,
    /// What is drawn.
    pub prizes: Vec<PrizeReport>,
}

/// A package that a lottery may draw.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PrizeReport {
    /// The probability of drawing it.
    pub probability: f64,
    /// What each party gets.
    pub payoffs: Vec<f64>,
    /// The names of its options in the order of the issues.
    pub terms: Vec<String>,
}

/// What kind of conflict it is. Shares are of a party's span, from its best payoff to its worst.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ConflictReport {
    /// The distance from the nearest agreement to the best of all for everybody, from 0 to 1.
    pub opposition: Option<f64>,
    /// What trading across issues can gain over splitting each.
    pub integrative: Option<Integrative>,
    /// What linking the issues gains over negotiating each alone.
    pub linkage: Option<LinkageReport>,
    /// The worth of each issue to each party, by party, then by issue; empty where payoffs are not
    /// coded by issue.
    pub issue_values: Vec<Vec<f64>>,
    /// Where the zone is closed: what keeps it so.
    pub nearest_miss: Option<MissReport>,
    /// What was really on the table.
    pub proposals: Vec<ProposalReport>,
}

/// What linking the issues gains over negotiating each alone.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LinkageReport {
    /// What each party gets from all issues negotiated alone.
    pub separate: Vec<f64>,
    /// What each party gets where linkage gains most for all, in equal shares.
    pub together: Vec<f64>,
    /// The share that linkage gains for every party at once.
    pub gain: f64,
    /// Issues that cannot be settled alone, coupled ones together.
    pub stuck: Vec<Vec<String>>,
}

/// How near a closed zone of agreement is to open.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MissReport {
    /// The agreement at which the least gain is greatest.
    pub terms: Vec<String>,
    /// What it gives each party.
    pub payoffs: Vec<f64>,
    /// The least gain, as a share of its party's span; 0 or less.
    pub share: f64,
    /// The party that gains least there.
    pub party: String,
    /// The nonagreement payoff of each party below which the zone would be open, the others'
    /// staying as they are; absent where none would open it.
    pub limits: Vec<Option<f64>>,
    /// Parties without any one of which the zone would be open.
    pub parties: Vec<String>,
    /// Issues that would open it, were each party to have its own way on that issue alone.
    pub issues: Vec<String>,
}

/// How good terms were that were really on the table.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProposalReport {
    /// What they are called.
    pub name: String,
    /// What they give each party.
    pub payoffs: Vec<f64>,
    /// The parties that they give no more than nonagreement.
    pub blocked_by: Vec<String>,
    /// The share of its span that every party could have gained at once over them.
    pub shortfall: Option<f64>,
    /// How many agreements were better for some party and worse for none.
    pub improvements: Option<usize>,
    /// The shortest way to an efficient agreement by steps from which nobody loses.
    pub chain: Option<Vec<Vec<String>>>,
    /// How many issues it reopens at once.
    pub issues_at_once: Option<usize>,
}
