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
    /// The barriers that were more likely necessary than not (probability of necessity above ½ over the
    /// draws that fail), unless more draws find a conflict of interest or expect agreement than
    /// have anything to attribute.
    Necessity,
    /// The barriers with the greatest degree of responsibility at central values, all that tie.
    Responsibility,
    /// The first barrier at which the mean margin over draws is not above 0. A mean, so that a long
    /// tail of draws that fail by much outweighs many that pass by little: it misleads most often.
    Margins,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 7] = [
        Self::CentralVerdict,
        Self::LikeliestVerdict,
        Self::LargestShare,
        Self::MinimalSets,
        Self::Necessity,
        Self::Responsibility,
        Self::Margins,
    ];

    /// What it is called in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CentralVerdict => "verdict at central values",
            Self::LikeliestVerdict => "likeliest verdict over draws",
            Self::LargestShare => "largest mean Shapley share over draws",
            Self::MinimalSets => "minimal sets at central values",
            Self::Necessity => "necessity above one half over draws",
            Self::Responsibility => "responsibility at central values",
            Self::Margins => "first mean margin over draws not above 0",
        }
    }

    /// What the method should say of a world, if it can say it: a single barrier is no answer where
    /// it takes two.
    #[must_use]
    pub fn due(self, kind: Kind) -> Attributed {
        match self {
            Self::CentralVerdict | Self::LikeliestVerdict | Self::Margins => {
                of_verdict(kind.verdict())
            }
            // Of two that must both fall, neither alone was necessary.
            Self::Necessity if matches!(kind, Kind::Both(..)) => Attributed::Barriers(Vec::new()),
            Self::LargestShare | Self::MinimalSets | Self::Necessity => kind.truth(),
            Self::Responsibility => match kind.pair() {
                // Each of the two is as responsible as the other, needed together or not.
                Some([first, second]) => Attributed::Barriers(vec![vec![first], vec![second]]),
                None => kind.truth(),
            },
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
        Method::Necessity => necessity(assessment),
        Method::Responsibility => responsibility(assessment),
        Method::Margins => margins(assessment),
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
    let attribution = assessment.attribution.as_ref();
    let largest = attribution.and_then(largest_two).map(|[(it, _), _]| it);
    over_draws(assessment, largest.map(|it| vec![vec![it]]))
}

/// What draws say as a whole: the barriers, unless more draws find a conflict of interest or expect
/// agreement than have anything to attribute.
fn over_draws(assessment: &Assessment, barriers: Option<Vec<Vec<Barrier>>>) -> Attributed {
    let conflict = assessment
        .verdict
        .probabilities
        .get(&Verdict::ConflictOfInterest);
    let conflict = conflict.copied().unwrap_or_default();
    let attribution = assessment.attribution.as_ref();
    let counted = attribution.and_then(|it| it.counted);
    let counted = counted.map_or(0.0, |chance| chance.estimate);
    let expected = 1.0 - conflict - counted;
    match barriers {
        Some(barriers) if counted >= conflict.max(expected) => Attributed::Barriers(barriers),
        _ if conflict > expected => Attributed::ConflictOfInterest,
        _ => Attributed::Agreement,
    }
}

fn necessity(assessment: &Assessment) -> Attributed {
    let causes = assessment.attribution.as_ref().map(|it| &it.causes);
    let necessary = causes.map(|causes| {
        let causes = causes.iter();
        let likely = causes.filter(|it| it.necessary.is_some_and(|it| it.estimate > 0.5));
        likely.map(|it| vec![it.barrier]).collect()
    });
    over_draws(assessment, necessary)
}

/// The barriers of the greatest weight, each on its own; none where no weight is above 0.
fn greatest(weights: impl Iterator<Item = (Barrier, f64)> + Clone) -> Vec<Vec<Barrier>> {
    let most = weights
        .clone()
        .fold(0.0, |most, (_, it)| f64::max(most, it));
    let greatest = weights.filter(|(_, it)| 0.0 < most && most - it < 1e-9);
    greatest.map(|(barrier, _)| vec![barrier]).collect()
}

fn responsibility(assessment: &Assessment) -> Attributed {
    let Attributed::Barriers(_) = minimal_sets(assessment) else {
        return minimal_sets(assessment);
    };
    let causes = assessment.attribution.iter().flat_map(|it| &it.causes);
    let weights = causes.filter_map(|it| Some((it.barrier, it.responsibility?)));
    Attributed::Barriers(greatest(weights))
}

fn margins(assessment: &Assessment) -> Attributed {
    let mut margins = assessment.margins.iter();
    let stopped = margins.position(|it| it.over_draws.is_some_and(|band| band.mean <= 0.0));
    of_verdict(Verdict::ALL[stopped.unwrap_or(5)])
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
