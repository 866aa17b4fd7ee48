use detente_quantity::Probability;

use crate::automata::{Automaton, AutomatonState};

/// Tit for tat that lets itself be punished for its own slips (Wu and Axelrod 1995, after Sugden
/// 1986 and Boyd 1989). Three states:
///
/// - *content* (the start): honours, until exactly one side cheats. Cheated, it is provoked; having
///   cheated by a slip of its own, it is contrite.
/// - *provoked*: cheats until it sees the other honour; then it is content.
/// - *contrite*: honours whatever it sees, and is content once it has honoured.
#[must_use]
pub fn contrite_tit_for_tat() -> Automaton {
    const CONTENT: usize = 0;
    const PROVOKED: usize = 1;
    const CONTRITE: usize = 2;
    let state = |honours, next| AutomatonState { honours, next };
    Automaton::built(
        "contrite tit for tat",
        vec![
            state(Probability::ONE, [CONTENT, PROVOKED, CONTRITE, CONTENT]),
            state(Probability::ZERO, [CONTENT, PROVOKED, CONTENT, PROVOKED]),
            state(Probability::ONE, [CONTENT, CONTENT, CONTRITE, CONTRITE]),
        ],
    )
}
