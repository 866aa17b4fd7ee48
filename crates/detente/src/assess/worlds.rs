//! A question of one's own, asked in every draw that an assessment makes.

use detente_uncertainty::map_draws;

use super::{
    replicates::Size,
    sampling::{BLOCK, Source},
    tally::Tally,
    until,
};
use crate::{DetenteError, Model, Options, evaluate::World};

/// The answers of a run, draw by draw.
#[derive(Debug)]
pub(crate) struct Worlds<T> {
    draws: Vec<T>,
    size: Option<Size>,
}

impl<T> Worlds<T> {
    /// The answers, draw by draw.
    pub(crate) fn draws(&self) -> &[T] {
        &self.draws
    }

    pub(crate) fn tally(&self) -> Tally<'_, T> {
        Tally {
            draws: &self.draws,
            size: self.size,
        }
    }
}

/// Asks `of` of the world of each of the first `made` draws of a run, the very draws that an
/// assessment with the same options makes.
///
/// Cost: O(draws × (agreements × parties × issues + acts × types)) and what `of` costs, split across
/// cores.
pub(crate) fn each_world<T: Send>(
    model: &Model,
    options: &Options,
    made: usize,
    of: impl Fn(&World) -> Result<T, DetenteError> + Sync,
) -> Result<Worlds<T>, DetenteError> {
    options.check()?;
    let size = Size::of(options);
    let (made, last) = (made.min(size.draws()), until(model, options));
    let source = Source::new(model, options, size)?;
    let mut draws = Vec::with_capacity(made);
    while draws.len() < made {
        let block = source.block(draws.len(), BLOCK.min(made - draws.len()))?;
        let found = map_draws(block.draws(), World::default, |world: &mut World, draw| {
            let types = |party| block.true_type(draw, party);
            world.fill(model, block.values(draw), last, types)?;
            of(world)
        });
        draws.extend(found?);
    }
    let replicates = made / size.per_replicate;
    Ok(Worlds {
        draws,
        size: (replicates > 1).then_some(Size { replicates, ..size }),
    })
}
