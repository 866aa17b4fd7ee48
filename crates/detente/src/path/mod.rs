//! Whether a way led from the beliefs of the day to an agreement that all would have kept.

mod alone;
mod answer;
#[cfg(test)]
#[cfg(feature = "proptest")]
mod exhaustive;
mod judge;
mod options;
mod rungs;
mod series;
mod target;
#[cfg(test)]
mod tests;
mod worth;

pub use options::{Destination, Partners, PathOptions, ReadAs};

use detente_quantity::Date;
use detente_reassurance::{PathAnswer, PathEnd, PathGoal, cheapest_path, check_path, pareto_paths};

use crate::{
    DetenteError, Options,
    assess::{reproducibility, subject, until},
    assessment::{
        AgreedPath, LesserTried, PathAsked, PathInShort, PathOutcome, PathReport, PathWork, SCHEMA,
    },
    evaluate::World,
    model::Model,
};
use answer::Answer;
use judge::{CaseJudge, Standpoint};

/// Whether a way led from the beliefs of the day to an agreement that all parties would have kept: by partial
/// agreements, each accepted by every party under the one acceptance rule where it then stood, or by the
/// concessions of one side. At central values, without hindsight but for which type each party is.
///
/// A rung is an agreement of the case that exposes no party to more than the full one does, kept for
/// one period in place of the one before. A step that is seen to be broken ends the path. What is seen to be kept
/// moves beliefs as the party reads it, if it tells types apart at all (see [`Partners`]).
///
/// The best path is exact, in the order of criteria asked for, and so is the proof where there is none, within
/// the effort asked for; where that does not suffice, the answer says what was not searched. Every path is verified
/// by replaying it.
///
/// ```
/// use detente::{Model, PathOptions, assessment::PathOutcome, library, path};
///
/// // A ranking knows no types, so there is nothing to trust in.
/// let model = Model::compile(&library::case("euphrates-1975")?)?;
/// let found = path(&model, &PathOptions::default())?;
/// assert_ne!(found.outcome, PathOutcome::NoPath);
/// # Ok::<(), detente::DetenteError>(())
/// ```
///
/// Cost: O(agreements × shares × parties × types) for each agreement tried, and six times the effort at the most: for
/// the best path, for all that no other betters, for the binding rung, at face value, for all lesser agreements
/// together, and for all series of concessions together.
///
/// # Errors
/// As [`assess`](crate::assess()); [`DetenteError::Option`] or [`DetenteError::UnknownName`] for an option that
/// is refused, [`DetenteError::Reassurance`] for more partial agreements than can be held.
pub fn path(model: &Model, options: &PathOptions) -> Result<PathReport, DetenteError> {
    options.check()?;
    let run = Options {
        until: options.until,
        draws: 0,
        ..Options::default()
    };
    let until = until(model, &run);
    let mut world = World::default();
    world.fill(model, &model.central(), until, |_| None)?;
    let targets = target::targets(model, &world, options.to.as_ref())?;
    let mut report = PathReport {
        schema: SCHEMA,
        subject: subject(model),
        asked: asked(options, until),
        outcome: PathOutcome::NothingToReach,
        target: None,
        path: None,
        path_is_best: true,
        alternatives: Vec::new(),
        alternatives_found: 0,
        alternatives_complete: true,
        short_of: None,
        lesser: None,
        unwanted_by: Vec::new(),
        blocked: None,
        at_face_value: None,
        work: PathWork::default(),
        gestures: Vec::new(),
        series: Vec::new(),
        reproducibility: reproducibility(model, &run, until)?,
    };
    // What some party does not prefer to none cannot be reached by building trust.
    let Some((&target, others)) = targets.split_first() else {
        return Ok(report);
    };
    let parties = world.parties.iter().enumerate();
    let unwanted = parties.filter(|(_, party)| !party.prefers(target));
    report.unwanted_by = unwanted
        .map(|(party, _)| model.party_id(party).to_owned())
        .collect();
    if !report.unwanted_by.is_empty() {
        report.outcome = PathOutcome::NotWanted;
        return Ok(report);
    }
    let judge = CaseJudge::new(model, &world, (target, until), options)?;
    let start = judge.start()?;
    search(&judge, &start, options, &mut report)?;
    report.gestures = alone::gestures(&judge)?;
    report.series = series::series(&judge, &start, options.effort)?;
    judge.failure()?;
    if report.path.is_none() && options.to.is_none() {
        let (path, tried) = short_of(&judge, others, options)?;
        (report.short_of, report.lesser) = (path, Some(tried));
    }
    Ok(report)
}

/// What an assessment may spend on the best agreement, and on all lesser ones together.
const EFFORT_IN_SHORT: usize = 20_000;
const LESSER_IN_SHORT: usize = 10 * EFFORT_IN_SHORT;

/// A case of more agreements is not searched for an assessment, which takes no more than moments.
const MOST_IN_SHORT: usize = 2_000;

/// A path in short, on as little effort as an assessment has for it; `None` beyond that.
///
/// O(agreements · parties · types) for each of at most 21 agreements, and at most 220 000 rulings.
pub(crate) fn in_short(
    model: &Model,
    world: &World,
    until: Date,
) -> Result<Option<PathInShort>, DetenteError> {
    if model.agreements.len() > MOST_IN_SHORT {
        return Ok(None);
    }
    let options = PathOptions {
        effort: EFFORT_IN_SHORT,
        ..PathOptions::default()
    };
    let mut short = PathInShort {
        outcome: PathOutcome::NothingToReach,
        reached: None,
        lesser: None,
        rungs: 0,
        exposure: 0.0,
        broken: 0.0,
    };
    let targets = target::targets(model, world, None)?;
    let Some((&target, others)) = targets.split_first() else {
        return Ok(Some(short));
    };
    let judge = CaseJudge::new(model, world, (target, until), &options)?;
    let best = cheapest_path(&judge, &judge.start()?, &goal(&judge, &options))?;
    judge.failure()?;
    short.outcome = outcome(&best);
    let path = match best.paths.first() {
        Some(path) => Some(Answer::new(&judge, &options).path(path)?),
        None => {
            let lesser = PathOptions {
                effort: LESSER_IN_SHORT,
                ..options
            };
            let (path, tried) = short_of(&judge, others, &lesser)?;
            short.lesser = Some(tried);
            path
        }
    };
    if let Some(path) = path {
        let sides = path.rungs.iter().flat_map(|rung| &rung.sides);
        short.broken = sides.map(|side| side.broken).fold(0.0, f64::max);
        short.rungs = path.rungs.len();
        short.exposure = path.exposure;
        short.reached = path.rungs.into_iter().next_back().map(|rung| rung.terms);
    }
    Ok(Some(short))
}

fn asked(options: &PathOptions, until: Date) -> PathAsked {
    PathAsked {
        until,
        read: options.read,
        partners: options.partners,
        shares: options.shares.clone(),
        order: options.order,
        most_rungs: options.most_rungs,
        misread: options.misread,
    }
}

/// Agreements tried, and rungs looked at in all, where the best cannot be reached.
const MOST_TRIED: usize = 20;
const MOST_RUNGS_TRIED: usize = 20_000;

/// The path to the first of these agreements that can be reached, and how many were tried. They share the effort: each
/// may take its part of what those before it left.
fn short_of(
    judge: &CaseJudge<'_>,
    others: &[usize],
    options: &PathOptions,
) -> Result<(Option<AgreedPath>, LesserTried), DetenteError> {
    let within = (MOST_RUNGS_TRIED / judge.model.agreements.len().max(1)).clamp(1, MOST_TRIED);
    let mut tried = LesserTried {
        preferred: others.len(),
        ..LesserTried::default()
    };
    let mut effort = options.effort;
    for (&target, to_come) in others.iter().zip((1..=within.min(others.len())).rev()) {
        let judge = CaseJudge::new(judge.model, judge.world, (target, judge.until), options)?;
        let (start, mut goal) = (judge.start()?, goal(&judge, options));
        goal.effort = effort / to_come;
        let found = cheapest_path(&judge, &start, &goal)?;
        judge.failure()?;
        tried.tried += 1;
        if let Some(path) = found.paths.first() {
            check_path(&judge, &start, &goal, path)?;
            return Ok((Some(Answer::new(&judge, options).path(path)?), tried));
        }
        tried.unsettled += usize::from(found.end == PathEnd::BudgetSpent);
        effort = effort.saturating_sub(found.work.effort());
    }
    Ok((None, tried))
}

fn goal(judge: &CaseJudge<'_>, options: &PathOptions) -> PathGoal {
    PathGoal {
        target: judge.target(),
        order: options.order,
        most_rungs: options.most_rungs,
        effort: options.effort,
    }
}

/// Paths that no other betters, told rung by rung.
const MOST_LISTED: usize = 100;

/// Searches, verifies what was found, and tells it.
fn search(
    judge: &CaseJudge<'_>,
    start: &Standpoint,
    options: &PathOptions,
    report: &mut PathReport,
) -> Result<(), DetenteError> {
    let goal = goal(judge, options);
    let best = cheapest_path(judge, start, &goal)?;
    let all = pareto_paths(judge, start, &goal)?;
    judge.failure()?;
    for path in best.paths.iter().chain(&all.paths) {
        check_path(judge, start, &goal, path)?;
    }
    let answer = Answer::new(judge, options);
    report.outcome = outcome(&best);
    report.target = Some(answer.target(start)?);
    report.path = best.paths.first().map(|it| answer.path(it)).transpose()?;
    report.path_is_best = best.end != PathEnd::BudgetSpent;
    let listed = all.paths.iter().take(MOST_LISTED);
    report.alternatives = listed.map(|it| answer.path(it)).collect::<Result<_, _>>()?;
    report.alternatives_found = all.paths.len();
    report.alternatives_complete = all.end != PathEnd::BudgetSpent;
    if let PathEnd::NoPath(Some(blocked)) = &best.end {
        report.blocked = Some(answer.blocked(blocked)?);
    }
    report.at_face_value = at_face_value(judge, options, &best)?;
    report.work = PathWork {
        rungs: judge.count(),
        best: best.work,
        pareto: all.work,
        more_trust_is_better: judge.compares_by_trust(),
    };
    Ok(())
}

fn outcome(best: &PathAnswer<Standpoint>) -> PathOutcome {
    match (&best.end, best.paths.first()) {
        (_, Some(path)) if path.rungs.len() == 1 => PathOutcome::AcceptedAtOnce,
        (_, Some(_)) => PathOutcome::Found,
        (PathEnd::BudgetSpent, None) => PathOutcome::BudgetSpent,
        _ => PathOutcome::NoPath,
    }
}

/// Whether there would be a path if nobody played along, where there is none because they may.
fn at_face_value(
    judge: &CaseJudge<'_>,
    options: &PathOptions,
    best: &PathAnswer<Standpoint>,
) -> Result<Option<bool>, DetenteError> {
    let proved = matches!(best.end, PathEnd::NoPath(_));
    if options.partners == Partners::AtFaceValue || !proved {
        return Ok(None);
    }
    let naive = PathOptions {
        partners: Partners::AtFaceValue,
        ..options.clone()
    };
    let rung = judge.rungs.get(judge.target());
    let target = rung.map_or(0, |rung| rung.agreement);
    let judge = CaseJudge::new(judge.model, judge.world, (target, judge.until), &naive)?;
    let found = cheapest_path(&judge, &judge.start()?, &goal(&judge, &naive))?;
    judge.failure()?;
    Ok(match found.end {
        PathEnd::BudgetSpent => None,
        _ => Some(!found.paths.is_empty()),
    })
}
