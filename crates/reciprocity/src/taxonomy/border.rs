use super::{
    class::{GameClass, two_by_two},
    order::{Order, closed_up, order_of},
};
use crate::{Bimatrix, ReciprocityError, Side};

/// Which way a payoff moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Direction {
    /// It grows.
    Up,
    /// It shrinks.
    Down,
}

/// How far one payoff may move, all others staying as they are, before a game is in another class.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ClassMove {
    /// Whose payoff moves.
    pub side: Side,
    /// The row and the column of the outcome whose payoff moves, as in the game that was given.
    pub cell: (usize, usize),
    /// Which way.
    pub direction: Direction,
    /// How far it may move within the class, in the payoff's own units: nothing where it is tied
    /// already, and at most the largest `f64`.
    pub distance: f64,
    /// The class where it has moved just that far: a tie.
    pub at: GameClass,
    /// The class once it has moved a little farther.
    pub beyond: GameClass,
}

/// Every way in which the move of one payoff changes the class of a 2 × 2 game, the nearest first.
/// A strict game has twelve: each payoff can rise to the next or fall to the one below, but for the
/// best and the worst, which can only fall or rise.
///
/// ```
/// use detente_reciprocity::{Bimatrix, class_moves};
/// // A prisoner's dilemma in which cheating alone pays 10 and honouring together 9.
/// let game = Bimatrix::new(&[[9.0, 1.0], [10.0, 3.0]], &[[9.0, 10.0], [1.0, 3.0]])?;
/// let nearest = class_moves(&game)?[0];
/// assert_eq!((nearest.cell, nearest.distance), ((0, 0), 1.0));
/// assert_eq!(nearest.beyond.to_string(), "stag hunt × prisoner's dilemma");
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
///
/// # Errors
/// [`ReciprocityError::Mismatch`] if the players do not have two actions each.
pub fn class_moves(game: &Bimatrix) -> Result<Vec<ClassMove>, ReciprocityError> {
    let payoffs = two_by_two(game)?;
    let orders = payoffs.map(order_of);
    let mut moves = Vec::new();
    for (player, side) in [Side::Row, Side::Column].into_iter().enumerate() {
        for cell in 0..4 {
            for direction in [Direction::Up, Direction::Down] {
                let Some(step) = Step::of(payoffs[player], orders[player], cell, direction) else {
                    continue;
                };
                let class = |moved: Order| match side {
                    Side::Row => GameClass::of_orders(moved, orders[1]),
                    Side::Column => GameClass::of_orders(orders[0], moved),
                };
                moves.push(ClassMove {
                    side,
                    cell: (cell / 2, cell % 2),
                    direction,
                    distance: step.distance,
                    at: class(step.at),
                    beyond: class(step.beyond),
                });
            }
        }
    }
    moves.sort_by(|a, b| a.distance.total_cmp(&b.distance));
    Ok(moves)
}

/// How far one of four payoffs may move and what their order is then.
struct Step {
    distance: f64,
    at: Order,
    beyond: Order,
}

impl Step {
    /// `None` where the payoff is the only best and rises, or the only worst and falls.
    fn of(payoffs: [f64; 4], order: Order, cell: usize, direction: Direction) -> Option<Self> {
        let sign = if direction == Direction::Up {
            1.0
        } else {
            -1.0
        };
        let own = payoffs[cell] * sign;
        let others = (0..4).filter(|&other| other != cell);
        let next = others
            .filter(|&other| payoffs[other] * sign >= own)
            .min_by(|&a, &b| (payoffs[a] * sign).total_cmp(&(payoffs[b] * sign)))?;
        // Ranks at double distance leave room for one between any two.
        let mut at = order.map(|rank| rank * 2);
        at[cell] = at[next];
        let mut beyond = at;
        beyond[cell] = match direction {
            Direction::Up => beyond[cell] + 1,
            Direction::Down => beyond[cell] - 1,
        };
        Some(Self {
            distance: (payoffs[next] * sign - own).min(f64::MAX),
            at: closed_up(at),
            beyond: closed_up(beyond),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    fn moved(game: &Bimatrix, step: &ClassMove, by: f64) -> GameClass {
        let signed = if step.direction == Direction::Up {
            by
        } else {
            -by
        };
        let change = |payoffs: &[f64], side: Side| {
            let mut payoffs = payoffs.to_vec();
            if side == step.side {
                payoffs[step.cell.0 * 2 + step.cell.1] += signed;
            }
            payoffs
        };
        let row = change(game.row_payoffs(), Side::Row);
        let column = change(game.column_payoffs(), Side::Column);
        GameClass::of(&Bimatrix::from_flat(2, 2, row, column).unwrap()).unwrap()
    }

    #[test]
    fn a_strict_game_has_twelve_moves_and_an_extreme_one_answers() {
        let game = Bimatrix::new(&[[1.0, 2.0], [3.0, 5.0]], &[[1.0, 2.0], [4.0, 8.0]]).unwrap();
        assert_eq!(class_moves(&game).unwrap().len(), 12);
        let huge = Bimatrix::zero_sum(&[[f64::MAX, -f64::MAX], [-f64::MAX, f64::MAX]]).unwrap();
        let moves = class_moves(&huge).unwrap();
        assert!(
            moves
                .iter()
                .all(|step| step.distance == 0.0 || step.distance == f64::MAX)
        );
        assert!(class_moves(&Bimatrix::zero_sum(&[[1.0]]).unwrap()).is_err());
    }

    proptest! {
        #[test]
        fn moves_lead_where_they_say(game in strategies::game()) {
            let game = Bimatrix::from(&game);
            let class = GameClass::of(&game).unwrap();
            for step in class_moves(&game).unwrap() {
                prop_assert_eq!(moved(&game, &step, step.distance), step.at);
                prop_assert_eq!(moved(&game, &step, step.distance + 0.25), step.beyond);
                if step.distance > 0.0 {
                    prop_assert_eq!(moved(&game, &step, step.distance - 0.25), class);
                    prop_assert_ne!(step.at, class);
                }
                if class.is_strict() {
                    prop_assert_ne!(step.beyond, class);
                }
            }
        }
    }
}
