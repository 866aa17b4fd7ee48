use std::collections::BTreeMap;

use detente::{
    Assessment,
    assessment::{Attribution, Barrier, Verdict},
    case::History,
};

use super::kind::{Attributed, Kind};

/// A way to read a cause off an assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Method {
    /// The verdict at central values.
    CentralVerdict,
    /// The verdict that most draws have.
    LikeliestVerdict,
    /// The barrier with the largest mean Shapley share over draws, unless more draws find a conflict
    /// of interest or expect agreement than have anything to attribute.
    LargestShare,
    /// The minimal sets at central values, all of them.
    MinimalSets,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 4] = [
        Self::CentralVerdict,
        Self::LikeliestVerdict,
        Self::LargestShare,
        Self::MinimalSets,
    ];

    /// What it is called in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CentralVerdict => "verdict at central values",
            Self::LikeliestVerdict => "likeliest verdict over draws",
            Self::LargestShare => "largest mean Shapley share over draws",
            Self::MinimalSets => "minimal sets at central values",
        }
    }

    /// What the method should say of a world, if it can say it: a single barrier is no answer where
    /// it takes two.
    #[must_use]
    pub fn due(self, kind: Kind) -> Attributed {
        match self {
            Self::CentralVerdict | Self::LikeliestVerdict => of_verdict(kind.verdict()),
            Self::LargestShare | Self::MinimalSets => kind.truth(),
        }
    }
}

/// What an assessment attributes nonagreement to, by one method.
#[must_use]
pub fn attributed_by(method: Method, assessment: &Assessment) -> Attributed {
    match method {
        Method::CentralVerdict => of_verdict(assessment.verdict.central),
        Method::LikeliestVerdict => likeliest(&assessment.verdict.probabilities)
            .map_or_else(|| of_verdict(assessment.verdict.central), of_verdict),
        Method::LargestShare => largest_share(assessment),
        Method::MinimalSets => minimal_sets(assessment),
    }
}

fn of_verdict(verdict: Verdict) -> Attributed {
    match verdict.barrier() {
        None => Attributed::Agreement,
        Some(Barrier::ConflictOfInterest) => Attributed::ConflictOfInterest,
        Some(barrier) => Attributed::Barriers(vec![vec![barrier]]),
    }
}

/// The earlier of two that tie.
fn likeliest(probabilities: &BTreeMap<Verdict, f64>) -> Option<Verdict> {
    let mut best = None;
    for (&verdict, &chance) in probabilities {
        if best.is_none_or(|(_, most)| chance > most) {
            best = Some((verdict, chance));
        }
    }
    best.map(|(verdict, _)| verdict)
}

/// The two barriers with the largest mean shares, the larger first, and these shares.
pub(super) fn largest_two(attribution: &Attribution) -> Option<[(Barrier, f64); 2]> {
    let shares = attribution.shares.iter();
    let mut shares: Vec<(Barrier, f64)> = shares
        .map(|share| Some((share.barrier, share.mean?)))
        .collect::<Option<_>>()?;
    shares.sort_by(|one, other| other.1.total_cmp(&one.1));
    shares.first_chunk().copied()
}

fn largest_share(assessment: &Assessment) -> Attributed {
    let conflict = assessment
        .verdict
        .probabilities
        .get(&Verdict::ConflictOfInterest);
    let conflict = conflict.copied().unwrap_or_default();
    let attribution = assessment.attribution.as_ref();
    let counted = attribution.and_then(|it| it.counted);
    let counted = counted.map_or(0.0, |chance| chance.estimate);
    let expected = 1.0 - conflict - counted;
    match attribution.and_then(largest_two) {
        Some([(barrier, _), _]) if counted >= conflict.max(expected) => {
            Attributed::Barriers(vec![vec![barrier]])
        }
        _ if conflict > expected => Attributed::ConflictOfInterest,
        _ => Attributed::Agreement,
    }
}

fn minimal_sets(assessment: &Assessment) -> Attributed {
    if assessment.verdict.central == Verdict::ConflictOfInterest {
        return Attributed::ConflictOfInterest;
    }
    match &assessment.attribution {
        Some(attribution) if assessment.record.expected == History::Nonagreement => {
            let mut sets = attribution.minimal_sets.clone();
            sets.sort();
            Attributed::Barriers(sets)
        }
        _ => Attributed::Agreement,
    }
}
