//! The sampled run: the same questions in every draw, kept as small records.

use detente_uncertainty::{Stop, map_draws, until_precise};

use super::{
    central::{removed, standing},
    replicates::Size,
    sampling::{BLOCK, Block, Source},
};
use crate::{
    DetenteError, Options,
    assessment::Verdict,
    evaluate::{Lens, Removals, Scratch, Sight, Survey, World, margins, survey},
    model::Model,
    quantity::Date,
};

/// What is kept of one draw.
#[derive(Clone)]
pub(super) struct Draw {
    pub(super) survey: Survey,
    /// By how much the best agreement passes or fails each barrier.
    pub(super) margins: [f64; 5],
    /// What would be accepted with obstacles removed, where something is mutually preferred.
    pub(super) removals: Option<Removals>,
    /// Trust at the reference agreement, view by view, warranted then held, point by point.
    pub(super) trust: Vec<f64>,
    /// By proposal: one bit a barrier passed.
    pub(super) proposals: Vec<u8>,
    /// The same for the agreement that history made.
    pub(super) agreed: u8,
}

/// The draws of a run.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) draws: Vec<Draw>,
    /// How they are divided into replicates, where there are several.
    pub(super) size: Option<Size>,
    /// Why no more were made, where a precision was asked for.
    pub(super) stop: Option<Stop>,
}

/// How many draws to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Extent {
    /// All or, where a precision is asked for, as many as it takes.
    Asked,
    /// The first so many replicates of them, whatever the precision.
    Replicates(usize),
}

/// Runs as many draws as `extent` says; `progress` is told how many are done.
///
/// Cost: O(draws × (agreements × parties × issues + acts × types)), split across cores.
pub(super) fn run(
    model: &Model,
    options: &Options,
    until: Date,
    reference: Option<usize>,
    extent: Extent,
    mut progress: impl FnMut(usize),
) -> Result<Drawn, DetenteError> {
    let size = Size::of(options);
    let precision = size.precision(options)?;
    if options.draws == 0 {
        return Ok(Drawn::default());
    }
    within_memory(model, options, reference)?;
    let source = Source::new(model, options, size)?;
    let settled = model.is_settled();
    let mut draws = Vec::with_capacity(size.draws());
    let mut replicate = |_: usize| -> Result<Vec<f64>, DetenteError> {
        let (first, end) = (draws.len(), draws.len() + size.per_replicate);
        while draws.len() < end {
            // Where nothing varies, one draw says what all of them would.
            match draws.first().filter(|_| settled).cloned() {
                Some(same) => draws.resize(end, same),
                None => {
                    let most = if settled { 1 } else { BLOCK };
                    let block = source.block(draws.len(), most.min(end - draws.len()))?;
                    draws.extend(one_block(model, &block, until, reference)?);
                }
            }
            progress(draws.len());
        }
        Ok(shares(&draws[first..]))
    };
    let stop = match (extent, precision) {
        (Extent::Asked, Some(precision)) => Some(until_precise(precision, replicate)?.stop),
        (Extent::Asked, None) => {
            (0..size.replicates).try_for_each(|number| replicate(number).map(drop))?;
            None
        }
        (Extent::Replicates(most), _) => {
            (0..size.replicates.min(most)).try_for_each(|number| replicate(number).map(drop))?;
            None
        }
    };
    let replicates = draws.len() / size.per_replicate;
    let size = (replicates > 1).then_some(Size { replicates, ..size });
    Ok(Drawn { draws, size, stop })
}

fn one_block(
    model: &Model,
    block: &Block,
    until: Date,
    reference: Option<usize>,
) -> Result<Vec<Draw>, DetenteError> {
    map_draws(
        block.draws(),
        Default::default,
        |space: &mut Space, draw| {
            let types = |party| block.true_type(draw, party);
            space.world.fill(model, block.values(draw), until, types)?;
            one(model, space, reference)
        },
    )
}

/// The share of each verdict.
fn shares(draws: &[Draw]) -> Vec<f64> {
    let mut counts = [0.0; Verdict::ALL.len()];
    for draw in draws {
        counts[Verdict::of(&draw.survey.survivors) as usize] += 1.0;
    }
    #[allow(clippy::cast_precision_loss, reason = "far fewer draws than 2^53")]
    let all = draws.len() as f64;
    counts.map(|count| count / all).to_vec()
}

/// What is kept of all draws must fit in memory.
fn within_memory(
    model: &Model,
    options: &Options,
    reference: Option<usize>,
) -> Result<(), DetenteError> {
    const MOST: usize = 4 << 30;
    let points: usize = model
        .views
        .iter()
        .map(|view| 2 * (view.sightings.len() + 1))
        .sum();
    let trust = reference.map_or(0, |_| points * size_of::<f64>());
    let record = size_of::<Draw>() + trust + model.proposals.len();
    let most = MOST / record;
    if options.draws > most {
        return Err(DetenteError::Option {
            option: "draws",
            given: options.draws.to_string(),
            expected: format!("at most {most} for a case of this size"),
        });
    }
    Ok(())
}

/// Work space of one thread.
#[derive(Default)]
struct Space {
    world: World,
    scratch: Scratch,
}

fn one(model: &Model, space: &mut Space, reference: Option<usize>) -> Result<Draw, DetenteError> {
    let world = &space.world;
    let survey = survey(model, world, |_, _, _, _| {})?;
    let margins = margins(model, world, &mut space.scratch)?.at;
    let removals = removed(model, world, &survey)?;
    let mut proposals = Vec::with_capacity(model.proposals.len());
    for position in &model.proposals {
        proposals.push(passed(model, world, *position)?);
    }
    let agreed = passed(model, world, model.agreed)?;
    let trust = reference.map_or(Ok(Vec::new()), |agreement| trust(world, agreement))?;
    Ok(Draw {
        survey,
        margins,
        removals,
        trust,
        proposals,
        agreed,
    })
}

fn passed(model: &Model, world: &World, agreement: Option<usize>) -> Result<u8, DetenteError> {
    let Some(agreement) = agreement else {
        return Ok(0);
    };
    let standing = standing(model, world, agreement)?;
    let flags = standing
        .barriers()
        .map(|flags| flags.iter().all(|&flag| flag));
    Ok(flags
        .iter()
        .enumerate()
        .fold(0, |bits, (bit, &pass)| bits | u8::from(pass) << bit))
}

/// Trust at the reference agreement after each act, in the order of [`Draw::trust`].
pub(super) fn trust(world: &World, agreement: usize) -> Result<Vec<f64>, DetenteError> {
    let mut sight = Sight::default();
    world.look(agreement, &mut sight)?;
    let mut series = Vec::new();
    for view in &world.views {
        let honours = &sight.honours[view.about];
        for lens in [Lens::Warranted, Lens::Held] {
            for belief in view.beliefs(lens) {
                series.push(view.trust_on(belief, honours));
            }
        }
    }
    Ok(series)
}
