//! A finite Markov chain and where it spends its time.

use detente_quantity::DiscountFactor;

use super::{classes::classes, elimination::Reduced};
use crate::ReciprocityError;

/// The largest class of states that lead to each other: its elimination takes n³ steps.
const LARGEST_CLASS: usize = 1024;

/// A finite Markov chain, by rows; every row sums to 1 but for rounding. State 0 is the start.
#[derive(Debug, Clone, Default)]
pub(super) struct Chain {
    /// Where each row ends in `targets` and `chances`.
    ends: Vec<usize>,
    targets: Vec<usize>,
    chances: Vec<f64>,
}

/// A closed class of states, and how likely the chain is to end there.
pub(super) struct Closed {
    pub(super) probability: f64,
    /// The members and their shares of time once there.
    pub(super) shares: Vec<(usize, f64)>,
}

/// One class on its own: its members, the moves among them and what leads elsewhere.
struct Block<'c> {
    members: &'c [usize],
    moves: Vec<f64>,
    lost: Vec<f64>,
}

impl Chain {
    /// Adds the row of the next state; equal targets are added up.
    pub(super) fn push_row(&mut self, row: impl IntoIterator<Item = (usize, f64)>) {
        let start = self.targets.len();
        for (to, chance) in row {
            if chance > 0.0 {
                match self.targets[start..].iter().position(|&it| it == to) {
                    Some(place) => self.chances[start + place] += chance,
                    None => {
                        self.targets.push(to);
                        self.chances.push(chance);
                    }
                }
            }
        }
        self.ends.push(self.targets.len());
    }

    pub(super) fn n_states(&self) -> usize {
        self.ends.len()
    }

    /// Where a state leads, with what chance.
    pub(super) fn moves(&self, state: usize) -> impl ExactSizeIterator<Item = (usize, f64)> + '_ {
        let start = state.checked_sub(1).map_or(0, |before| self.ends[before]);
        let range = start..self.ends[state];
        let chances = self.chances[range.clone()].iter();
        self.targets[range].iter().copied().zip(chances.copied())
    }

    /// Whether the class has no way out.
    fn block<'c>(&self, members: &'c [usize], place: &mut [usize], delta: f64) -> Block<'c> {
        let n = members.len();
        for (position, &state) in members.iter().enumerate() {
            place[state] = position;
        }
        let (mut moves, mut lost) = (vec![0.0; n * n], vec![1.0 - delta; n]);
        for (row, &state) in members.iter().enumerate() {
            for (to, chance) in self.moves(state) {
                // `place` of a state outside may hold a position of another class.
                if members.get(place[to]) == Some(&to) {
                    moves[row * n + place[to]] += delta * chance;
                } else {
                    lost[row] += delta * chance;
                }
            }
        }
        Block {
            members,
            moves,
            lost,
        }
    }

    /// The chain's classes, sinks first, none too large to be eliminated.
    fn classes(&self) -> Result<Vec<Vec<usize>>, ReciprocityError> {
        let found = classes(self);
        match found
            .iter()
            .map(Vec::len)
            .find(|&size| size > LARGEST_CLASS)
        {
            Some(given) => Err(ReciprocityError::TooMany {
                what: "pairs of states that lead to each other",
                given,
                limit: LARGEST_CLASS,
            }),
            None => Ok(found),
        }
    }

    /// The discounted share of time in each state, `(1 − δ) e₀ (I − δM)⁻¹`.
    pub(super) fn discounted(&self, delta: DiscountFactor) -> Result<Vec<f64>, ReciprocityError> {
        let delta = delta.get();
        let (mut shares, mut entered) = self.at_the_start();
        let mut place = vec![0; self.n_states()];
        for members in self.classes()?.iter().rev() {
            let block = self.block(members, &mut place, delta);
            for (state, visits) in block.visits(&entered)? {
                shares[state] = (1.0 - delta) * visits;
                self.flow(state, delta * visits, &mut entered);
            }
        }
        Ok(shares)
    }

    /// The closed classes that the chain may end in.
    pub(super) fn closed(&self) -> Result<Vec<Closed>, ReciprocityError> {
        let (_, mut entered) = self.at_the_start();
        let mut place = vec![0; self.n_states()];
        let mut found = Vec::new();
        for members in self.classes()?.iter().rev() {
            let block = self.block(members, &mut place, 1.0);
            if block.lost.iter().all(|&lost| lost <= 0.0) {
                let probability = members.iter().map(|&state| entered[state]).sum();
                let shares = Reduced::new(block.moves, block.lost)?.stationary();
                let shares = members.iter().copied().zip(shares).collect();
                found.push(Closed {
                    probability,
                    shares,
                });
            } else {
                for (state, visits) in block.visits(&entered)? {
                    self.flow(state, visits, &mut entered);
                }
            }
        }
        Ok(found)
    }

    /// The share of the first `periods` periods in each state.
    pub(super) fn averaged(&self, periods: u32) -> Vec<f64> {
        let (mut totals, mut now) = self.at_the_start();
        for _ in 0..periods {
            let mut then = vec![0.0; now.len()];
            for (state, &chance) in now.iter().enumerate() {
                totals[state] += chance;
                self.flow(state, chance, &mut then);
            }
            now = then;
        }
        for total in &mut totals {
            *total /= f64::from(periods);
        }
        totals
    }

    /// The discounted average of what each state gains, from every state on: the solution of
    /// `w = (1 − δ) gain + δ M w`.
    pub(super) fn values(
        &self,
        delta: DiscountFactor,
        gains: &[f64],
    ) -> Result<Vec<f64>, ReciprocityError> {
        let delta = delta.get();
        let mut values = vec![0.0; self.n_states()];
        let mut place = vec![0; self.n_states()];
        for members in &self.classes()? {
            let block = self.block(members, &mut place, delta);
            let outside = |(to, chance): (usize, f64)| delta * chance * values[to];
            // Values of the class itself are still 0, so all moves can be summed.
            let gained: Vec<f64> = members
                .iter()
                .map(|&state| {
                    (1.0 - delta) * gains[state] + self.moves(state).map(outside).sum::<f64>()
                })
                .collect();
            let solved = Reduced::new(block.moves, block.lost)?.values(&gained);
            for (&state, value) in members.iter().zip(solved) {
                values[state] = value;
            }
        }
        Ok(values)
    }

    /// Nothing yet, and all mass about to enter the start.
    fn at_the_start(&self) -> (Vec<f64>, Vec<f64>) {
        let mut entered = vec![0.0; self.n_states()];
        if let Some(start) = entered.first_mut() {
            *start = 1.0;
        }
        (vec![0.0; self.n_states()], entered)
    }

    /// Sends what is in a state on to where it leads.
    fn flow(&self, state: usize, mass: f64, entered: &mut [f64]) {
        for (to, chance) in self.moves(state) {
            entered[to] += mass * chance;
        }
    }
}

impl Block<'_> {
    /// The expected visits to each member.
    fn visits(self, entered: &[f64]) -> Result<Vec<(usize, f64)>, ReciprocityError> {
        let inflow: Vec<f64> = self.members.iter().map(|&state| entered[state]).collect();
        let visits = match (&self.lost[..], &inflow[..]) {
            ([lost], [inflow]) => vec![inflow / lost],
            _ => Reduced::new(self.moves, self.lost)?.visits(&inflow),
        };
        if visits.iter().all(|count| count.is_finite()) {
            Ok(self.members.iter().copied().zip(visits).collect())
        } else {
            Err(ReciprocityError::Underflow {
                what: "the way out of a class of states",
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Any chain of up to six states, sparse enough to fall into classes.
    fn chain() -> impl Strategy<Value = Vec<Vec<f64>>> {
        (1..=6_usize).prop_flat_map(|n| {
            let weight = prop_oneof![3 => Just(0_u32), 1 => 1..=5_u32];
            prop::collection::vec(prop::collection::vec(weight, n), n).prop_map(|mut rows| {
                for (state, row) in rows.iter_mut().enumerate() {
                    if row.iter().all(|&it| it == 0) {
                        row[state] = 1;
                    }
                }
                let share = |row: &Vec<u32>| {
                    let total = f64::from(row.iter().sum::<u32>());
                    row.iter().map(|&it| f64::from(it) / total).collect()
                };
                rows.iter().map(share).collect()
            })
        })
    }

    fn build(rows: &[Vec<f64>]) -> Chain {
        let mut chain = Chain::default();
        for row in rows {
            chain.push_row(row.iter().copied().enumerate());
        }
        chain
    }

    /// The share of time in each state by following the chain for a long while.
    fn followed(rows: &[Vec<f64>], delta: f64, periods: usize) -> Vec<f64> {
        let mut now = vec![0.0; rows.len()];
        now[0] = 1.0;
        let (mut total, mut weight, mut weights) = (vec![0.0; rows.len()], 1.0, 0.0);
        for _ in 0..periods {
            let mut then = vec![0.0; rows.len()];
            for (state, &mass) in now.iter().enumerate() {
                total[state] += weight * mass;
                for (to, chance) in rows[state].iter().enumerate() {
                    then[to] += mass * chance;
                }
            }
            weights += weight;
            weight *= delta;
            now = then;
        }
        total.iter().map(|it| it / weights).collect()
    }

    fn close(left: &[f64], right: &[f64], tolerance: f64) -> bool {
        left.iter()
            .zip(right)
            .all(|(a, b)| (a - b).abs() <= tolerance)
    }

    proptest! {
        #[test]
        fn discounted_shares_are_those_of_following_the_chain(
            rows in chain(), delta in 0.0..0.95_f64,
        ) {
            let shares = build(&rows).discounted(DiscountFactor::new(delta).unwrap()).unwrap();
            prop_assert!(close(&shares, &followed(&rows, delta, 900), 1e-12), "{shares:?}");
            prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-14);
        }

        #[test]
        fn closed_classes_are_where_the_chain_stays(rows in chain()) {
            let mut shares = vec![0.0; rows.len()];
            let mut total = 0.0;
            for class in build(&rows).closed().unwrap() {
                total += class.probability;
                for (state, share) in class.shares {
                    shares[state] += class.probability * share;
                }
            }
            prop_assert!((total - 1.0).abs() < 1e-12);
            prop_assert!(close(&shares, &followed(&rows, 1.0, 20_000), 2e-3), "{shares:?}");
            // Stationary to the last digits: one more step changes nothing.
            let mut onward = vec![0.0; rows.len()];
            for (state, share) in shares.iter().enumerate() {
                for (to, chance) in rows[state].iter().enumerate() {
                    onward[to] += share * chance;
                }
            }
            prop_assert!(close(&shares, &onward, 1e-14), "{shares:?} against {onward:?}");
        }

        #[test]
        fn values_solve_their_recursion(
            rows in chain(), delta in 0.0..1.0_f64, gains in prop::collection::vec(-3.0..3.0_f64, 6),
        ) {
            let chain = build(&rows);
            let patience = DiscountFactor::new(delta).unwrap();
            let values = chain.values(patience, &gains).unwrap();
            for (state, row) in rows.iter().enumerate() {
                let onward: f64 = row.iter().zip(&values).map(|(m, w)| m * w).sum();
                let again = (1.0 - delta) * gains[state] + delta * onward;
                prop_assert!((values[state] - again).abs() < 1e-13);
            }
            let shares = chain.discounted(patience).unwrap();
            let mean: f64 = shares.iter().zip(&gains).map(|(x, u)| x * u).sum();
            prop_assert!((mean - values[0]).abs() < 1e-12);
        }

        #[test]
        fn averages_are_those_of_the_first_periods(rows in chain(), periods in 1..40_u32) {
            let averaged = build(&rows).averaged(periods);
            prop_assert!(close(&averaged, &followed(&rows, 1.0, periods as usize), 1e-13));
        }
    }

    #[test]
    fn the_most_patient_meets_the_long_run() {
        // Two states that part once in 10⁸ periods: what one subtraction would lose, sums keep.
        let rare = 1e-8;
        let rows = [vec![1.0 - rare, rare], vec![3.0 * rare, 1.0 - 3.0 * rare]];
        let most = DiscountFactor::new(1.0_f64.next_down()).unwrap();
        let shares = build(&rows).discounted(most).unwrap();
        approx::assert_relative_eq!(shares[0], 0.75, max_relative = 1e-7);
        let closed = build(&rows).closed().unwrap();
        approx::assert_relative_eq!(closed[0].shares[0].1, 0.75, max_relative = 1e-15);
    }

    #[test]
    fn a_way_out_that_underflows_is_said_to_be_lost() {
        let tiny = f64::from_bits(1);
        let rows = [
            vec![0.0, 1.0, 0.0],
            vec![1.0, tiny, tiny],
            vec![0.0, 0.0, 1.0],
        ];
        assert!(matches!(
            build(&rows).closed(),
            Err(ReciprocityError::Underflow { .. })
        ));
    }
}
