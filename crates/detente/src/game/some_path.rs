use detente_reciprocity::payoff_set::{PayoffSet, exact_payoffs};

use super::{PathStart, Played, SomePath};

/// What any path can do for the agreement to take the first actions; `None` where there are none.
pub(super) fn some_path(played: &Played, set: &PayoffSet) -> Option<SomePath> {
    let game = &played.payoffs;
    let agreement = set.gives_at_least(&exact_payoffs(game, 0, 0)?);
    let two = (game.n_rows(), game.n_columns()) == (2, 2);
    let nonagreement = exact_payoffs(game, 1, 1).filter(|_| two);
    let better = nonagreement.as_ref().map(|it| set.better_for_both(it));
    let gain = match &better {
        None => None,
        Some(Some(_)) => Some(true),
        Some(None) => set.is_tight().then_some(false),
    };
    let chosen = better.flatten();
    let start = chosen.as_ref().and_then(|it| {
        let support = set.support(it)?;
        let begins = support.start.iter().filter_map(|chance| {
            let (row, column) = support.states.get(chance.state)?.actions;
            Some(PathStart {
                probability: chance.probability.to_f64(),
                actions: [
                    played.actions[0].get(row)?.clone(),
                    played.actions[1].get(column)?.clone(),
                ],
            })
        });
        Some(begins.collect())
    });
    Some(SomePath {
        agreement,
        gain,
        payoffs: chosen.map(|[row, column]| [row.to_f64(), column.to_f64()]),
        start: start.unwrap_or_default(),
    })
}
