//! The weak orders of one player's four payoffs.

/// One player's payoffs by rank, 1 the least, equal payoffs with equal rank and no rank left out.
/// Cells are upper left, upper right, lower left, lower right.
pub(super) type Order = [u8; 4];

/// The ranks of four finite payoffs.
pub(super) fn order_of(payoffs: [f64; 4]) -> Order {
    let mut sorted = payoffs;
    // A sorting network for four.
    for (low, high) in [(0, 1), (2, 3), (0, 2), (1, 3), (1, 2)] {
        if sorted[low] > sorted[high] {
            sorted.swap(low, high);
        }
    }
    let step = |at: usize| u8::from(sorted[at] > sorted[at - 1]);
    let (second, third, fourth) = (step(1), step(2), step(3));
    payoffs.map(|payoff| {
        let above = |at: usize, step: u8| if payoff >= sorted[at] { step } else { 0 };
        1 + above(1, second) + above(2, third) + above(3, fourth)
    })
}

/// The same payoffs with ranks closed up after some were moved or left out.
pub(super) fn closed_up(ranks: [u8; 4]) -> Order {
    order_of(ranks.map(f64::from))
}

/// All 75 weak orders of four payoffs.
pub(super) fn all_orders() -> impl Iterator<Item = Order> {
    (0..256_u16).filter_map(|code| {
        let rank = |place: u16| u8::try_from(code >> (2 * place) & 3).unwrap_or(0) + 1;
        let ranks = [rank(0), rank(1), rank(2), rank(3)];
        (closed_up(ranks) == ranks).then_some(ranks)
    })
}

/// Whether no two payoffs are equal.
pub(super) fn is_strict(order: Order) -> bool {
    order.contains(&4)
}

/// The strict orders that agree with this one wherever it is strict.
pub(super) fn strict_refinements(order: Order) -> impl Iterator<Item = Order> {
    let refines = move |finer: &Order| {
        (0..4).all(|a| (0..4).all(|b| order[a] >= order[b] || finer[a] < finer[b]))
    };
    all_orders()
        .filter(|finer| is_strict(*finer))
        .filter(refines)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn there_are_seventy_five_weak_orders() {
        assert_eq!(all_orders().count(), 75);
        assert_eq!(all_orders().filter(|&order| is_strict(order)).count(), 24);
        assert_eq!(strict_refinements([1, 1, 1, 1]).count(), 24);
        assert_eq!(strict_refinements([1, 2, 2, 3]).count(), 2);
    }

    proptest! {
        #[test]
        fn ranks_count_the_different_payoffs_below(
            small in prop::array::uniform4(-2..=2_i8), huge in prop::array::uniform4(any::<f64>()),
        ) {
            prop_assume!(huge.iter().all(|payoff| payoff.is_finite()));
            for payoffs in [small.map(f64::from), huge] {
                let mut distinct = payoffs.to_vec();
                distinct.sort_by(f64::total_cmp);
                distinct.dedup();
                for (payoff, rank) in payoffs.iter().zip(order_of(payoffs)) {
                    let below = distinct.iter().filter(|other| *other < payoff).count();
                    prop_assert_eq!(usize::from(rank), below + 1);
                }
            }
        }
    }
}
