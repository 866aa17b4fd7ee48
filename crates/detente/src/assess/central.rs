//! The central run: every number at its central value, every agreement looked at and listed.

use super::{Asked, reference};
use crate::{
    DetenteError, Options,
    evaluate::{
        Decision, Margins, Removals, Scratch, Sight, Standing, Survey, World, attaining, margins,
        removals, survey,
    },
    model::Model,
    quantity::Date,
};

/// The central run in full.
pub(super) struct Central {
    pub(super) world: World,
    pub(super) survey: Survey,
    /// Agreements of the funnel's stages, by position; the first stage up to the list limit.
    pub(super) stages: [Vec<usize>; 6],
    /// The best of each stage from the second on.
    pub(super) best: [Vec<usize>; 6],
    pub(super) accepted_as_held: Vec<usize>,
    pub(super) misplaced_trust: Vec<usize>,
    pub(super) without_warrant: Vec<usize>,
    pub(super) preferred_as_held: Vec<usize>,
    /// By how much the best agreement passes or fails each barrier.
    pub(super) margins: Margins,
    /// By barrier, the agreements that attain the margin.
    pub(super) furthest: [Vec<usize>; 5],
    /// What would be accepted with obstacles removed, where something was mutually preferred.
    pub(super) removals: Option<Removals>,
    /// How each proposal stands, and what is seen there; absent where it was never possible.
    pub(super) proposals: Vec<Option<Standing>>,
    /// How the agreement that history made stands, where its terms are coded.
    pub(super) agreed: Option<Standing>,
}

impl Central {
    pub(super) fn run(model: &Model, until: Date, options: &Options) -> Result<Self, DetenteError> {
        let mut world = World::default();
        world.fill(model, &model.central(), until, |_| None)?;
        let (survey, stages, sets) = lists(model, &world, options.list_limit)?;
        let mut best: [Vec<usize>; 6] = Default::default();
        for (best, stage) in best.iter_mut().zip(&stages).skip(1) {
            *best = reference::best(model, &world, stage)?;
        }
        let removals = removed(model, &world, &survey)?;
        let margins = margins(model, &world, &mut Scratch::default())?;
        let furthest = attaining(model, &world, &margins)?;
        let agreed = model
            .agreed
            .map(|at| standing(model, &world, at))
            .transpose()?;
        let proposals = model
            .proposals
            .iter()
            .map(|position| position.map(|at| standing(model, &world, at)).transpose())
            .collect::<Result<_, _>>()?;
        let [
            accepted_as_held,
            misplaced_trust,
            without_warrant,
            preferred_as_held,
        ] = sets;
        Ok(Self {
            world,
            survey,
            stages,
            best,
            accepted_as_held,
            misplaced_trust,
            without_warrant,
            preferred_as_held,
            margins,
            furthest,
            removals,
            proposals,
            agreed,
        })
    }

    /// The reference agreement: the best of the deepest stage that holds any.
    pub(super) fn reference(&self, model: &Model) -> Option<usize> {
        let mut stages = self.best.iter().rev();
        let best = stages.find(|best| !best.is_empty())?;
        first_by_name(model, best)
    }

    /// What the reference agreement asks of the parties; `None` without one.
    pub(super) fn asked(&self, model: &Model) -> Result<Option<Asked>, DetenteError> {
        let Some(reference) = self.reference(model) else {
            return Ok(None);
        };
        let mut sight = Sight::default();
        self.world.look(reference, &mut sight)?;
        let parties = self.world.parties.iter().zip(&sight.truly);
        let decisions = parties.map(|(party, &truly)| {
            let conduct = party.conduct(reference, truly)?;
            Ok(Decision::of(party, reference, conduct))
        });
        Ok(Some(Asked {
            decisions: decisions.collect::<Result<_, DetenteError>>()?,
            honours: sight.honours,
        }))
    }
}

/// Of agreements that tie, the first by the names of issues and options, so that no order of the
/// file chooses among them.
pub(crate) fn first_by_name(model: &Model, agreements: &[usize]) -> Option<usize> {
    let named = |agreement: &usize| names_of(model, *agreement);
    agreements.iter().copied().min_by_key(named)
}

/// The issues and options of an agreement, in the order of their names.
pub(crate) fn names_of(model: &Model, agreement: usize) -> Vec<(String, String)> {
    let terms = model.terms(agreement);
    let mut names: Vec<(String, String)> = terms
        .iter()
        .map(|(issue, option)| (issue.to_owned(), option.clone()))
        .collect();
    names.sort();
    names
}

/// Agreements by the last stage they reach and by the four sets beside the funnel.
type Lists = (Survey, [Vec<usize>; 6], [Vec<usize>; 4]);

/// Surveys every agreement and lists the members of each set, at most `limit` where a set is only
/// shown.
fn lists(model: &Model, world: &World, limit: usize) -> Result<Lists, DetenteError> {
    let mut stages: [Vec<usize>; 6] = Default::default();
    let mut sets: [Vec<usize>; 4] = Default::default();
    let survey = survey(model, world, |agreement, _, _, membership| {
        for (idx, stage) in stages[..=membership.survived].iter_mut().enumerate() {
            // Survivors of a barrier are kept whole, because the best of them is looked for.
            if idx > 0 || stage.len() < limit {
                stage.push(agreement);
            }
        }
        for (set, member) in sets.iter_mut().zip([
            membership.accepted_as_held,
            membership.misplaced_trust,
            membership.without_warrant,
            membership.preferred_as_held,
        ]) {
            if member && set.len() < limit {
                set.push(agreement);
            }
        }
    })?;
    Ok((survey, stages, sets))
}

/// What would be accepted with obstacles removed, where something is mutually preferred at all.
pub(super) fn removed(
    model: &Model,
    world: &World,
    survey: &Survey,
) -> Result<Option<Removals>, DetenteError> {
    match survey.survivors[1] {
        0 => Ok(None),
        _ => removals(model, world).map(Some),
    }
}

/// How one agreement stands at every barrier.
pub(super) fn standing(
    model: &Model,
    world: &World,
    agreement: usize,
) -> Result<Standing, DetenteError> {
    let (mut sight, mut standing) = (Sight::default(), Standing::default());
    world.look(agreement, &mut sight)?;
    world.stand(model, agreement, &sight, &mut standing)?;
    Ok(standing)
}
