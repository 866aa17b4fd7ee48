use std::collections::BTreeSet;

use detente_quantity::Interval;

use super::{
    class::GameClass,
    order::{Order, all_orders},
};

/// Every class, ties included, that a 2 × 2 game may be of whose payoffs are known to lie in
/// intervals, ends included. Cells are (0, 0), (0, 1), (1, 0) and (1, 1), as in a
/// [`Bimatrix`](crate::Bimatrix). Payoffs vary independently; at most 75 × 75 orders are looked at.
///
/// ```
/// use detente_quantity::Interval;
/// use detente_reciprocity::possible_classes;
/// let about = |payoff: f64| Interval::new(payoff - 0.4, payoff + 0.4);
/// let sure = |payoff: f64| Interval::new(payoff, payoff);
/// // The row's reward of 3 may be as much as 4.2, and so more than its temptation.
/// let row = [Interval::new(2.8, 4.2)?, about(1.0)?, sure(4.0)?, about(2.0)?];
/// let column = [sure(3.0)?, sure(4.0)?, sure(1.0)?, sure(2.0)?];
/// let classes = possible_classes(row, column);
/// let strict: Vec<_> = classes.iter().filter_map(|class| class.code()).collect();
/// assert_eq!(strict, ["PdPd", "ShPd"]);
/// assert_eq!(classes.len(), 3); // and the tie between them
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[must_use]
pub fn possible_classes(row: [Interval; 4], column: [Interval; 4]) -> BTreeSet<GameClass> {
    let rows: Vec<Order> = all_orders()
        .filter(|order| is_possible(*order, &row))
        .collect();
    all_orders()
        .filter(|order| is_possible(*order, &column))
        .flat_map(|column| {
            rows.iter()
                .map(move |&row| GameClass::of_orders(row, column))
        })
        .collect()
}

/// Whether payoffs within the intervals can have this order: those of one rank must have a value in
/// common, and each rank's largest value must lie above all that the ranks below cannot do without.
fn is_possible(order: Order, payoffs: &[Interval; 4]) -> bool {
    let mut floor = f64::NEG_INFINITY;
    for rank in 1..=4_u8 {
        let own = || {
            payoffs
                .iter()
                .zip(order)
                .filter(|(_, at)| *at == rank)
                .map(|(it, _)| it)
        };
        let low = own().map(|it| it.low()).fold(f64::NEG_INFINITY, f64::max);
        let high = own().map(|it| it.high()).fold(f64::INFINITY, f64::min);
        if low > high || floor >= high {
            return false;
        }
        floor = floor.max(low);
    }
    true
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::Bimatrix;

    fn interval(low: i8, width: i8) -> Interval {
        Interval::new(f64::from(low), f64::from(low + width)).unwrap()
    }

    #[test]
    fn certain_payoffs_have_one_class_and_unknown_ones_all() {
        let sure = [1, 2, 2, 4].map(|payoff| interval(payoff, 0));
        assert_eq!(possible_classes(sure, sure).len(), 1);
        let unknown = [interval(0, 9); 4];
        assert_eq!(possible_classes(unknown, unknown).len(), 1413);
    }

    proptest! {
        #[test]
        fn classes_are_those_of_a_grid_of_payoffs(
            row in prop::array::uniform4((0..4_i8, 0..3_i8)), column in prop::array::uniform4(0..3_i8),
        ) {
            // Quarter steps put enough different values into any interval of whole width.
            let row = row.map(|(low, width)| interval(low, width));
            let sure = column.map(|payoff| interval(payoff, 0));
            let steps = |it: Interval| {
                let n = (it.width() * 4.0) as usize;
                (0..=n).map(move |step| it.low() + step as f64 / 4.0).collect::<Vec<_>>()
            };
            let [a, b, c, d] = row.map(steps);
            let mut found = BTreeSet::new();
            for &a in &a { for &b in &b { for &c in &c { for &d in &d {
                let column = column.map(f64::from).to_vec();
                let game = Bimatrix::from_flat(2, 2, vec![a, b, c, d], column).unwrap();
                found.insert(GameClass::of(&game).unwrap());
            }}}}
            prop_assert_eq!(possible_classes(row, sure), found);
        }
    }
}
