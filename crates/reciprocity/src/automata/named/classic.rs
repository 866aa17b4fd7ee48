use detente_quantity::Probability;

use crate::automata::{Automaton, AutomatonState, MemoryOne};

const NEVER: Probability = Probability::ZERO;
const ALWAYS: Probability = Probability::ONE;

fn memory_one(name: &str, first: Probability, after: [Probability; 4]) -> Automaton {
    Automaton::from(MemoryOne { first, after }).named(name)
}

/// Honours whatever happens (ALLC).
#[must_use]
pub fn always_honour() -> Automaton {
    random(ALWAYS).named("always honour")
}

/// Cheats whatever happens (ALLD).
#[must_use]
pub fn always_cheat() -> Automaton {
    random(NEVER).named("always cheat")
}

/// Honours with this probability whatever happens.
#[must_use]
pub fn random(honours: Probability) -> Automaton {
    memory_one("random", honours, [honours; 4])
}

/// Honours first, then does what it saw the other do last (Rapoport; Axelrod 1984).
#[must_use]
pub fn tit_for_tat() -> Automaton {
    memory_one("tit for tat", ALWAYS, [ALWAYS, NEVER, ALWAYS, NEVER])
}

/// Tit for tat that cheats first (Boyd and Lorberbaum 1987).
#[must_use]
pub fn suspicious_tit_for_tat() -> Automaton {
    memory_one(
        "suspicious tit for tat",
        NEVER,
        [ALWAYS, NEVER, ALWAYS, NEVER],
    )
}

/// Tit for tat that forgives cheating with this probability (Molander 1985; Nowak and Sigmund
/// 1992). How generous it can afford to be: [`generosity`](crate::automata::most_generous).
#[must_use]
pub fn generous_tit_for_tat(forgives: Probability) -> Automaton {
    memory_one(
        "generous tit for tat",
        ALWAYS,
        [ALWAYS, forgives, ALWAYS, forgives],
    )
}

/// Honours until cheated twice running, and after every period in which it saw the other honour
/// (Axelrod 1984).
#[must_use]
pub fn tit_for_two_tats() -> Automaton {
    let state = |honours, next| AutomatonState { honours, next };
    Automaton::built(
        "tit for two tats",
        vec![
            state(ALWAYS, [0, 1, 0, 1]),
            state(ALWAYS, [0, 2, 0, 2]),
            state(NEVER, [0, 2, 0, 2]),
        ],
    )
}

/// Repeats its act when the other honoured and changes it when cheated (Kraines and Kraines 1989,
/// Pavlov; Nowak and Sigmund 1993).
#[must_use]
pub fn win_stay_lose_shift() -> Automaton {
    memory_one(
        "win-stay lose-shift",
        ALWAYS,
        [ALWAYS, NEVER, NEVER, ALWAYS],
    )
}

/// Honours unless it was just cheated while honouring, and offers peace two times in three when
/// both cheated (Frean 1994).
#[must_use]
pub fn firm_but_fair() -> Automaton {
    let offers = Probability::saturating(2.0 / 3.0);
    memory_one("firm but fair", ALWAYS, [ALWAYS, NEVER, ALWAYS, offers])
}
