//! Whom the ways of judging name, in sentences: the same for every page that asks.

use detente::{
    Assessment,
    assessment::{Attribution, Barrier},
};

use crate::{
    judgement::{Judgement, Way, common, judgements},
    words,
};

/// Whether the ways of judging agree, and why they need not: the finding first, then the reasons.
pub(super) fn sentences(assessment: &Assessment, attribution: &Attribution) -> Vec<String> {
    let judgements = judgements(assessment, attribution);
    let mut list = vec![finding(&judgements)];
    list.retain(|it| !it.is_empty());
    if judgements.iter().all(|it| it.barriers.len() == 1) && !common(&judgements).is_empty() {
        return list;
    }
    list.extend(reasons(attribution, &judgements));
    list
}

fn finding(judgements: &[Judgement]) -> String {
    if judgements.iter().all(|it| it.barriers.is_empty()) {
        return String::new();
    }
    let common = common(judgements);
    let sets = groups(judgements);
    match (common.is_empty(), sets.as_slice()) {
        (false, [(_, all)]) => format!("Every way of judging names {}.", named(all)),
        (false, _) => format!(
            "As far as they name one, the ways of judging agree on {}: {}.",
            named(&common),
            clauses(&sets)
        ),
        (true, _) => format!("The ways of judging disagree: {}.", clauses(&sets)),
    }
}

/// Ways that name the same, together, in the order of the first of each.
fn groups(judgements: &[Judgement]) -> Vec<(Vec<Way>, Vec<Barrier>)> {
    let mut groups: Vec<(Vec<Way>, Vec<Barrier>)> = Vec::new();
    for Judgement { way, barriers } in judgements {
        match groups.iter_mut().find(|(_, known)| known == barriers) {
            Some((ways, _)) => ways.push(*way),
            None => groups.push((vec![*way], barriers.clone())),
        }
    }
    groups
}

fn clauses(groups: &[(Vec<Way>, Vec<Barrier>)]) -> String {
    let clauses = groups.iter().map(|(ways, barriers)| {
        let verb = if ways.len() == 1 { "names" } else { "name" };
        let ways: Vec<String> = ways.iter().map(|&it| subject(it).to_owned()).collect();
        format!("{} {verb} {}", words::list(&ways), named(barriers))
    });
    clauses.collect::<Vec<_>>().join("; ")
}

fn named(barriers: &[Barrier]) -> String {
    if barriers.is_empty() {
        return "none".to_owned();
    }
    let names: Vec<String> = barriers
        .iter()
        .map(|&it| words::barrier(it).to_owned())
        .collect();
    words::list(&names)
}

fn subject(way: Way) -> &'static str {
    match way {
        Way::CentralVerdict => "the verdict at central values",
        Way::CommonestVerdict => "the commonest verdict of draws in which none passes",
        Way::CentralShare => "the largest share at central values",
        Way::MeanShare => "the largest share over draws",
        Way::Necessity => "necessity",
        Way::Sufficiency => "sufficiency",
        Way::Responsibility => "responsibility",
    }
}

/// Why ways of judging need not name one barrier alone, where they do not.
fn reasons(attribution: &Attribution, judgements: &[Judgement]) -> Vec<String> {
    let of = |way: Way| {
        let found = judgements.iter().find(|it| it.way == way);
        found.map(|it| it.barriers.as_slice())
    };
    let differ = |one: Way, other: Way| match (of(one), of(other)) {
        (Some(one), Some(other)) => !one.iter().any(|it| other.contains(it)),
        _ => false,
    };
    let mut list = Vec::new();
    let sets = &attribution.minimal_sets;
    if !sets.is_empty() && sets.iter().all(|set| set.len() > 1) {
        list.push(
            "At central values the failure was overdetermined: more than one barrier stood in the \
             way of every agreement, so that the fall of none alone brings one about.",
        );
    } else if sets.len() > 1 {
        list.push(
            "At central values there was more than one way out: the verdict names only what \
             stopped the agreement that came furthest, shares weigh every way out.",
        );
    } else if sets.is_empty() && is_overdetermined(attribution) {
        list.push(
            "In most draws that fail the failure is overdetermined: the fall of no barrier alone \
             brings an agreement about.",
        );
    }
    if differ(Way::CommonestVerdict, Way::MeanShare) {
        list.push(
            "The commonest verdict also counts draws in which an agreement is signed although it \
             fails a barrier; shares count only those in which none is expected.",
        );
    }
    if differ(Way::CentralVerdict, Way::CommonestVerdict)
        || differ(Way::CentralShare, Way::MeanShare)
    {
        list.push(
            "Central values are one point within the coder's uncertainty, and elsewhere in it \
             another barrier stops agreements.",
        );
    }
    if differ(Way::Necessity, Way::Sufficiency) {
        list.push(
            "Necessity asks whether an agreement comes once a barrier is gone, sufficiency whether \
             its return would stop that agreement.",
        );
    }
    list.into_iter().map(str::to_owned).collect()
}

/// Whether most draws that fail do so whichever single barrier falls: even if no draw had two
/// barriers each of which is necessary, fewer than half would have one.
fn is_overdetermined(attribution: &Attribution) -> bool {
    let necessary = attribution.causes.iter().map(|it| it.necessary);
    let sum: Option<f64> = necessary.map(|it| it.map(|chance| chance.estimate)).sum();
    !attribution.causes.is_empty() && sum.is_some_and(|sum| sum < 0.5)
}
