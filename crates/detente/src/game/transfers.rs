use detente_reciprocity::{
    Bimatrix, CriticalPatience, ReciprocityError,
    repeated::{TransferEquilibria, critical_patience_with_transfers},
};

use super::{GameOptions, Payments, TransfersReport, analysis::EXACT_CELLS};

/// What players who may pay each other can sustain; `None` unless that is asked for, or where it
/// takes too much, which a note says.
pub(super) fn with_transfers(
    game: &Bimatrix,
    options: &GameOptions,
    notes: &mut Vec<String>,
) -> Result<Option<TransfersReport>, ReciprocityError> {
    if options.payments == Payments::None {
        return Ok(None);
    }
    if game.row_payoffs().len() > EXACT_CELLS {
        notes
            .push("What players who pay each other can sustain takes too much to find.".to_owned());
        return Ok(None);
    }
    let bound = critical_patience_with_transfers(game, (0, 0))?;
    let common = options.delta.filter(|[row, column]| row == column);
    let at_delta = match common {
        Some([delta, _]) => TransferEquilibria::of(game, delta)?,
        None => None,
    };
    Ok(Some(TransfersReport {
        mutual_cooperation: match bound {
            CriticalPatience::Always => Some(0.0),
            CriticalPatience::AtLeast(least) => Some(least.get()),
            CriticalPatience::AtMost(_) | CriticalPatience::Never => None,
        },
        bound,
        at_delta,
    }))
}
