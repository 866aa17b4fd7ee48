//! Against all pairs of automata of two states that answer to two public signals.

use super::*;
use crate::monitoring::Signals;

/// A deterministic automaton of two states, as six bits: what it does in each, and the next state by
/// state and signal. It starts in state 0.
#[derive(Clone, Copy)]
struct Watcher(usize);

impl Watcher {
    fn act(self, state: usize) -> usize {
        self.0 >> state & 1
    }

    fn next(self, state: usize, signal: usize) -> usize {
        self.0 >> (2 + 2 * state + signal) & 1
    }
}

/// A game of two actions each, the chance of the second of two signals by pair of actions, and δ.
struct Watched {
    pays: [[f64; 2]; 4],
    alarm: [f64; 4],
    delta: f64,
}

impl Watched {
    /// What a pair of automata pays from its start, if no single deviation pays after any history of
    /// signals.
    fn equilibrium(&self, pair: [Watcher; 2]) -> Option<[f64; 2]> {
        let states = |at: usize| [at / 2, at % 2];
        let played = [0, 1, 2, 3].map(|at| {
            let [row, column] = states(at);
            2 * pair[0].act(row) + pair[1].act(column)
        });
        let next = [0, 1, 2, 3].map(|at| {
            let [row, column] = states(at);
            [0, 1].map(|signal| 2 * pair[0].next(row, signal) + pair[1].next(column, signal))
        });
        let value = self.values(played, next);
        let mut reached = vec![0];
        let mut done = 0;
        while let Some(&at) = reached.get(done) {
            done += 1;
            for to in next[at] {
                if !reached.contains(&to) {
                    reached.push(to);
                }
            }
            // The row leaves a cell by its second bit, the column by its first.
            for (side, other) in [2, 1].into_iter().enumerate() {
                let cell = played[at] ^ other;
                let onward = self.onward(cell, next[at], &value);
                let gained = (1.0 - self.delta) * self.pays[cell][side] + self.delta * onward[side];
                if gained > value[at][side] + 1e-9 {
                    return None;
                }
            }
        }
        Some(value[0])
    }

    /// What is expected after a pair of actions that lead, by signal, to two states.
    fn onward(&self, cell: usize, next: [usize; 2], value: &[[f64; 2]; 4]) -> [f64; 2] {
        let [quiet, alarmed] = next.map(|it| value[it]);
        let chance = self.alarm[cell];
        [0, 1].map(|side: usize| (1.0 - chance) * quiet[side] + chance * alarmed[side])
    }

    /// What both are worth in each of the four states that they can be in together, by going through the
    /// game backwards from so far on that nothing is left of what comes then.
    fn values(&self, played: [usize; 4], next: [[usize; 2]; 4]) -> [[f64; 2]; 4] {
        let mut value = [[0.0; 2]; 4];
        let mut left = 1.0;
        while left > 1e-12 {
            value = [0, 1, 2, 3].map(|at| {
                let onward = self.onward(played[at], next[at], &value);
                let paid = self.pays[played[at]];
                [0, 1]
                    .map(|side: usize| (1.0 - self.delta) * paid[side] + self.delta * onward[side])
            });
            left *= self.delta;
        }
        value
    }
}

/// All 4,096 pairs on games, alarms and patience of all sorts.
#[test]
fn no_pair_that_answers_to_signals_gets_outside() {
    let mut state = 19_940_901_u64;
    let mut draw = |below: u64| {
        state = state * 48_271 % 2_147_483_647;
        u32::try_from(state / 7 % below).unwrap()
    };
    let (mut equilibria, mut beyond) = (0_u32, 0_u32);
    for number in 0..40_u32 {
        let mut pays = [(); 4].map(|()| [(); 2].map(|()| f64::from(draw(6))));
        let mut alarm = [(); 4].map(|()| f64::from(draw(21)) / 20.0);
        if number % 2 == 0 {
            // A dilemma with an alarm of more or less meaning.
            pays = [[3.0, 3.0], [0.0, 5.0], [5.0, 0.0], [1.0, 1.0]];
            let told = 0.5 + f64::from(number) / 80.0;
            alarm = [0.05, told, told, 0.05];
        }
        let delta = f64::from(2 + number % 7) / 10.0;
        let [row, column] = [0, 1].map(|side: usize| pays.map(|it| it[side]).to_vec());
        let game = Bimatrix::from_flat(2, 2, row, column).unwrap();
        let signals = Signals::new(2, 2, &alarm.map(|it| [1.0 - it, it])).unwrap();
        let found = public_payoffs(&game, &signals, DiscountFactor::new(delta).unwrap()).unwrap();
        let [outer, inner] = [&found.outer, &found.vertices].map(|it| Convex::hull(it).0);
        let statics = equilibrium_payoffs_at(&game, &Fraction::zero()).unwrap();
        let watched = Watched { pays, alarm, delta };
        for pair in 0..1 << 12 {
            let pair = [Watcher(pair & 63), Watcher(pair >> 6)];
            if let Some(payoff) = watched.equilibrium(pair) {
                equilibria += 1;
                beyond += u32::from(!statics.contains(payoff));
                assert!(outer.distance(payoff) <= 1e-8, "{payoff:?} {found:?}");
                assert!(
                    inner.distance(payoff) <= found.gap + 1e-8,
                    "{payoff:?} {found:?}"
                );
            }
        }
    }
    assert!(equilibria > 1_000 && beyond > 20, "{equilibria} {beyond}");
}
