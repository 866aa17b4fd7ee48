use num_bigint::BigInt;

use super::{CriticalDelta, DeltaBracket, exact_set::ExactGame};
use crate::{Bimatrix, Fraction, ReciprocityError, error::out_of_bounds};

/// From which patience of its own on each of two players, who may differ in it, can be kept to a
/// pair of actions that is played for ever: (d − u)/(d − v), where u is what the pair pays it, d the
/// most it could get by another action, and v what it is punished by. The pair is sustained where
/// both are as patient as that; it takes no more of one because the other is less patient.
///
/// *Exactly* where a static equilibrium in pure strategies holds the player to its pure minmax, as
/// in a prisoner's dilemma. Otherwise a bracket: punishment can be no worse than the minmax, and is
/// at least as bad as the worst static equilibrium (Friedman 1971). Acts are seen.
///
/// Promises between players of unequal patience can be worth more than any mixture of payoffs
/// (Lehrer and Pauzner 1999); a path that repeats one pair has no use for that. O(cells).
///
/// # Errors
/// [`Unknown`](ReciprocityError::Unknown) for actions that the game does not have.
///
/// ```
/// use detente_reciprocity::{Bimatrix, repeated::{CriticalDelta, critical_deltas_by_player}};
/// let game = Bimatrix::new(&[[5.0, 0.0], [8.0, 2.0]], &[[4.0, 6.0], [-1.0, 1.0]])?;
/// let [row, column] = critical_deltas_by_player(&game, (0, 0))?;
/// assert_eq!(row, CriticalDelta::Exactly("1/2".parse()?));
/// assert_eq!(column, CriticalDelta::Exactly("2/5".parse()?));
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
pub fn critical_deltas_by_player(
    game: &Bimatrix,
    actions: (usize, usize),
) -> Result<[CriticalDelta; 2], ReciprocityError> {
    out_of_bounds("row action", actions.0, game.n_rows())?;
    out_of_bounds("column action", actions.1, game.n_columns())?;
    let (exact, cell) = (
        ExactGame::of(game),
        actions.0 * game.n_columns() + actions.1,
    );
    Ok([0, 1].map(|side| of_side(&exact, cell, side)))
}

fn of_side(game: &ExactGame, cell: usize, side: usize) -> CriticalDelta {
    let least = patience(game, (cell, side), &game.minmax[side]);
    let statics = (0..game.payoffs.len()).filter(|&it| game.is_static(it));
    let worst = statics.map(|it| &game.payoffs[it][side]).min();
    let enough = worst.map(|worst| patience(game, (cell, side), worst));
    match enough {
        _ if least.is_zero() => CriticalDelta::Exactly(least),
        _ if least.is_one() => CriticalDelta::Never,
        Some(enough) if enough == least => CriticalDelta::Exactly(least),
        enough => CriticalDelta::Between(DeltaBracket {
            below: least.to_f64().next_down(),
            above: enough.map_or(1.0, |it| it.to_f64().next_up().min(1.0)),
            certificate: None,
        }),
    }
}

/// (d − u)/(d − v), no more than 1; 0 where nothing is gained by leaving.
fn patience(game: &ExactGame, (cell, side): (usize, usize), held_to: &BigInt) -> Fraction {
    let (own, best) = (&game.payoffs[cell][side], &game.deviations[cell][side]);
    let (short, range) = (best - own, best - held_to);
    if short == BigInt::ZERO {
        Fraction::zero()
    } else if short >= range {
        super::exact_set::one()
    } else {
        Fraction::new(short, range)
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::{DiscountFactor, Stakes};
    use proptest::prelude::*;

    use super::*;
    use crate::{
        ImplementationGame,
        automata::{Noise, RepeatedGame, named},
        repeated::critical_delta_of_actions,
    };

    #[test]
    fn what_a_punishment_below_static_equilibria_could_do_is_left_open() {
        // Chicken: each can be held to 2; the static equilibrium that it likes least pays that.
        let chicken = Bimatrix::new(&[[3.0, 2.0], [4.0, 1.0]], &[[3.0, 4.0], [2.0, 1.0]]).unwrap();
        let half = || CriticalDelta::Exactly("1/2".parse().unwrap());
        assert_eq!(
            critical_deltas_by_player(&chicken, (0, 0)).unwrap(),
            [half(), half()]
        );
        // Without a static equilibrium nothing is proved, and the minmax rules out.
        let pennies = Bimatrix::zero_sum(&[[2.0, 0.0], [0.0, 1.0]]).unwrap();
        let [row, column] = critical_deltas_by_player(&pennies, (0, 0)).unwrap();
        assert_eq!(row, CriticalDelta::Exactly(Fraction::zero()));
        assert_eq!(column, CriticalDelta::Never);
        // A third pair of actions punishes harder than the only static equilibrium.
        let harsh = Bimatrix::new(
            &[[3.0, 0.0, -5.0], [5.0, 1.0, -5.0], [-5.0, -5.0, -5.0]],
            &[[3.0, 5.0, -5.0], [0.0, 1.0, -5.0], [-5.0, -5.0, -5.0]],
        )
        .unwrap();
        let found = critical_deltas_by_player(&harsh, (0, 0)).unwrap();
        let static_too = CriticalDelta::Exactly("1/5".parse().unwrap());
        // All-out punishment is itself static here, so that the bound is exact.
        assert_eq!(found, [static_too.clone(), static_too]);
        let open = Bimatrix::new(
            &[[3.0, 0.0], [5.0, 1.0], [4.0, -2.0]],
            &[[3.0, 5.0], [0.0, 1.0], [2.0, 3.0]],
        )
        .unwrap();
        let [_, column] = critical_deltas_by_player(&open, (0, 0)).unwrap();
        assert_eq!(column, CriticalDelta::Exactly("1/2".parse().unwrap()));
        assert!(critical_deltas_by_player(&open, (3, 0)).is_err());
    }

    #[test]
    fn a_bracket_holds_what_stick_and_carrot_could_reach() {
        // The row can hold the column to 0 by its third action, which no static equilibrium does.
        let game = Bimatrix::new(
            &[[3.0, 0.0], [5.0, 1.0], [0.0, 0.0]],
            &[[3.0, 5.0], [0.0, 1.0], [0.0, 0.0]],
        )
        .unwrap();
        let [row, column] = critical_deltas_by_player(&game, (0, 0)).unwrap();
        assert_eq!(row, CriticalDelta::Exactly("1/2".parse().unwrap()));
        let CriticalDelta::Between(bracket) = column else {
            panic!("{column:?}");
        };
        assert!(bracket.below < 0.4 && 0.4 - bracket.below < 1e-15);
        assert!(bracket.above > 0.5 && bracket.above - 0.5 < 1e-15);
    }

    fn dilemma() -> impl Strategy<Value = Stakes> {
        (-4..4_i8, 1..6_i8, 1..6_i8, 1..6_i8).prop_map(|(s, p, r, t)| {
            let [s, p, r, t] = [s, s + p, s + p + r, s + p + r + t].map(f64::from);
            Stakes::new(t, r, p, s).unwrap()
        })
    }

    proptest! {
        #[test]
        fn each_keeps_the_grim_trigger_by_its_own_patience(
            stakes in (dilemma(), dilemma()), patience in (0.01..0.99_f64, 0.01..0.99_f64),
        ) {
            let game = ImplementationGame::new(stakes.0, stakes.1);
            let found = critical_deltas_by_player(&Bimatrix::from(&game), (0, 0)).unwrap();
            let patience = [patience.0, patience.1];
            let holds = found.iter().zip(patience).all(|(it, delta)| {
                it.enough().is_some_and(|least| delta >= least)
            });
            let close = |(it, delta): (&CriticalDelta, f64)| {
                it.enough().is_some_and(|least| (least - delta).abs() < 1e-9)
            };
            prop_assume!(!found.iter().zip(patience).any(close));
            let repeated = RepeatedGame {
                game,
                patience: patience.map(|it| DiscountFactor::new(it).unwrap()),
                noise: [Noise::NONE; 2],
            };
            let (grim, other) = (named::grim(), named::grim());
            let perfect = repeated.subgame_perfect(&grim, &other).unwrap();
            prop_assert_eq!(perfect.holds(), holds);
        }

        #[test]
        fn of_one_patience_the_larger_decides(stakes in (dilemma(), dilemma())) {
            let game = Bimatrix::from(&ImplementationGame::new(stakes.0, stakes.1));
            let exactly = |it: CriticalDelta| match it {
                CriticalDelta::Exactly(least) => least,
                other => panic!("{other:?}"),
            };
            let [row, column] = critical_deltas_by_player(&game, (0, 0)).unwrap().map(exactly);
            let common = exactly(critical_delta_of_actions(&game, (0, 0)).unwrap());
            prop_assert_eq!(row.max(column), common);
        }
    }
}
