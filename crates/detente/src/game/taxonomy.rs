use detente_reciprocity::{Bimatrix, GameClass, ReciprocityError, class_moves};

use super::{ClassMoveReport, TaxonomyReport};

/// The class of a 2 × 2 game and how far it is from others; `None` for other games.
pub(super) fn taxonomy(game: &Bimatrix) -> Result<Option<TaxonomyReport>, ReciprocityError> {
    if (game.n_rows(), game.n_columns()) != (2, 2) {
        return Ok(None);
    }
    let class = GameClass::of(game)?;
    let moves = class_moves(game)?;
    let distance = moves.first().map(|it| it.distance);
    let nearest = moves.iter().take_while(|it| Some(it.distance) == distance);
    Ok(Some(TaxonomyReport {
        name: class.to_string(),
        code: class.code(),
        alias: class.alias(),
        families: class.families().into_iter().collect(),
        strict: class.is_strict(),
        symmetric: class.is_symmetric(),
        dominance: class.dominance(),
        dominant_action: [dominant(game), dominant(&game.mirrored())],
        inferior_equilibrium: class.has_inferior_equilibrium(),
        trap: class.is_trap(),
        win_win: class.is_win_win(),
        borders: match class.is_strict() {
            true => Vec::new(),
            false => class
                .refinements()
                .iter()
                .map(GameClass::to_string)
                .collect(),
        },
        distance,
        nearest: nearest
            .map(|it| ClassMoveReport {
                side: it.side,
                cell: it.cell,
                direction: it.direction,
                distance: it.distance,
                class: it.beyond.to_string(),
            })
            .collect(),
    }))
}

/// The row's action that is never worse than its other and sometimes better.
fn dominant(game: &Bimatrix) -> Option<usize> {
    let &[a, b, c, d] = <&[f64; 4]>::try_from(game.row_payoffs()).ok()?;
    match (a >= c && b >= d, a <= c && b <= d) {
        (true, false) => Some(0),
        (false, true) => Some(1),
        _ => None,
    }
}
