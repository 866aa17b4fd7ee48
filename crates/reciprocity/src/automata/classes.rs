//! The classes of a chain: states that lead to each other.

use super::chain::Chain;

/// The classes of a finite chain in an order in which none leads to a later one (Tarjan 1972, on
/// a stack of its own). O(states + moves).
pub(super) fn classes(chain: &Chain) -> Vec<Vec<usize>> {
    const UNMET: usize = usize::MAX;
    let n = chain.n_states();
    let (mut met, mut low, mut open) = (vec![UNMET; n], vec![0; n], vec![false; n]);
    let (mut stack, mut calls, mut found) = (Vec::new(), Vec::new(), Vec::new());
    let mut clock = 0;
    for root in 0..n {
        if met[root] == UNMET {
            calls.push((root, 0));
        }
        while let Some((state, tried)) = calls.pop() {
            if tried == 0 {
                met[state] = clock;
                low[state] = clock;
                clock += 1;
                stack.push(state);
                open[state] = true;
            }
            if let Some((to, _)) = chain.moves(state).nth(tried) {
                calls.push((state, tried + 1));
                if met[to] == UNMET {
                    calls.push((to, 0));
                } else if open[to] {
                    low[state] = low[state].min(met[to]);
                }
                continue;
            }
            if let Some(&(parent, _)) = calls.last() {
                low[parent] = low[parent].min(low[state]);
            }
            if low[state] == met[state] {
                let from = stack.iter().rposition(|&it| it == state).unwrap_or(0);
                let class = stack.split_off(from);
                for &member in &class {
                    open[member] = false;
                }
                found.push(class);
            }
        }
    }
    found
}
