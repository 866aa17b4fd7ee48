//! Against all pairs of strategies that a small automaton can play.

use super::*;

/// A deterministic automaton of two states, as ten bits: what it does in each, and the next state by
/// state and what both did. It starts in state 0.
#[derive(Clone, Copy)]
struct TwoStates(usize);

impl TwoStates {
    fn act(self, state: usize) -> usize {
        self.0 >> state & 1
    }

    fn next(self, state: usize, cell: usize) -> usize {
        self.0 >> (2 + 4 * state + cell) & 1
    }
}

/// What a pair of automata pays from its start, if no single deviation pays after any history.
fn equilibrium(pays: &[[f64; 2]; 4], delta: f64, pair: [TwoStates; 2]) -> Option<[f64; 2]> {
    let states = |at: usize| [at / 2, at % 2];
    let after = |at: usize, cell: usize| {
        let [row, column] = states(at);
        2 * pair[0].next(row, cell) + pair[1].next(column, cell)
    };
    let played = |at: usize| {
        let [row, column] = states(at);
        2 * pair[0].act(row) + pair[1].act(column)
    };
    let mut next = [0, 1, 2, 3].map(|at| after(at, played(at)));
    let mut value = [0, 1, 2, 3].map(|at| pays[played(at)].map(|it| (1.0 - delta) * it));
    let mut factor = delta;
    for _ in 0..9 {
        // Twice as many periods.
        value = [0, 1, 2, 3].map(|at| {
            let onward = value[next[at]];
            [
                value[at][0] + factor * onward[0],
                value[at][1] + factor * onward[1],
            ]
        });
        next = next.map(|at| next[at]);
        factor *= factor;
    }
    let mut reached = vec![0];
    let mut done = 0;
    while let Some(&at) = reached.get(done) {
        done += 1;
        for (cell, paid) in pays.iter().enumerate() {
            let to = after(at, cell);
            if !reached.contains(&to) {
                reached.push(to);
            }
            // The row leaves a cell by its second bit, the column by its first.
            for (side, other) in [2, 1].into_iter().enumerate() {
                let cheated = (played(at) ^ other) == cell;
                let gained = (1.0 - delta) * paid[side] + delta * value[to][side];
                if cheated && gained > value[at][side] + 1e-9 {
                    return None;
                }
            }
        }
    }
    Some(value[0])
}

/// All million pairs of automata of two states, and so all of one, on games of all sorts.
#[test]
fn no_pair_of_automata_gets_outside() {
    let mut state = 20_140_517_u64;
    let mut draw = |below: u64| {
        state = state * 48_271 % 2_147_483_647;
        u32::try_from(state / 7 % below).unwrap()
    };
    let (mut equilibria, mut beyond) = (0_u32, 0_u32);
    for number in 0..8 {
        let mut payoffs = || [(); 4].map(|()| f64::from(draw(6)));
        let (mut row, mut column) = (payoffs(), payoffs());
        if number < 3 {
            (row, column) = ([3.0, 0.0, 5.0, 1.0], [3.0, 5.0, 0.0, 1.0]);
        }
        let delta = fraction([3, 4, 6, 7][number % 4], 12);
        let game = Bimatrix::from_flat(2, 2, row.to_vec(), column.to_vec()).unwrap();
        let found = equilibrium_payoffs_at(&game, &delta).unwrap();
        let statics = equilibrium_payoffs_at(&game, &Fraction::zero()).unwrap();
        let pays = [0, 1, 2, 3].map(|cell: usize| [row[cell], column[cell]]);
        for pair in 0..1 << 20 {
            let pair = [TwoStates(pair & 1023), TwoStates(pair >> 10)];
            if let Some(payoff) = equilibrium(&pays, delta.to_f64(), pair) {
                equilibria += 1;
                beyond += u32::from(!statics.contains(payoff));
                assert!(!found.excludes(payoff), "{payoff:?} {found:?}");
                assert!(found.contains(payoff), "{payoff:?} {found:?}");
            }
        }
    }
    assert!(equilibria > 10_000 && beyond > 100, "{equilibria} {beyond}");
}

/// A thousand pairs each on a thousand games, from no patience at all to much.
#[test]
fn no_pair_drawn_gets_outside_at_any_patience() {
    let mut state = 19_901_201_u64;
    let mut draw = |below: u64| {
        state = state * 48_271 % 2_147_483_647;
        u32::try_from(state / 7 % below).unwrap()
    };
    let mut equilibria = [0_u32; 12];
    for number in 0..1_000_u32 {
        let mut payoffs = || [(); 4].map(|()| f64::from(draw(6)));
        let (row, column) = (payoffs(), payoffs());
        let delta = fraction(number % 12, 12);
        let game = Bimatrix::from_flat(2, 2, row.to_vec(), column.to_vec()).unwrap();
        let found = equilibrium_payoffs_at(&game, &delta).unwrap();
        let pays = [0, 1, 2, 3].map(|cell: usize| [row[cell], column[cell]]);
        for _ in 0..1_000 {
            let pair = [(); 2].map(|()| TwoStates(draw(1024) as usize));
            if let Some(payoff) = equilibrium(&pays, delta.to_f64(), pair) {
                equilibria[number as usize % 12] += 1;
                assert!(!found.excludes(payoff), "{payoff:?} {found:?}");
                assert!(
                    !found.solved || found.contains(payoff),
                    "{payoff:?} {found:?}"
                );
            }
        }
    }
    assert!(equilibria.iter().all(|it| *it > 100), "{equilibria:?}");
}
