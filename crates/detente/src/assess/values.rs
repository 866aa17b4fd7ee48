use super::{
    replicates::Size,
    sampling::{BLOCK, Source},
};
use crate::{DetenteError, Model, Options};

/// Hands over the values of every input in each draw of a run, the very draws that an assessment with
/// the same options makes. Without draws nothing is handed over.
///
/// Cost: O(draws × inputs).
pub(crate) fn each_draw(
    model: &Model,
    options: &Options,
    mut take: impl FnMut(&[f64]) -> Result<(), DetenteError>,
) -> Result<(), DetenteError> {
    options.check()?;
    if options.draws == 0 {
        return Ok(());
    }
    let size = Size::of(options);
    let source = Source::new(model, options, size)?;
    let mut first = 0;
    while first < size.draws() {
        let block = source.block(first, BLOCK.min(size.draws() - first))?;
        for draw in 0..block.draws() {
            take(block.values(draw))?;
        }
        first += block.draws();
    }
    Ok(())
}
