use detente_quantity::Probability;
use detente_reciprocity::automata::{Automaton, named};

use crate::ReassuranceError;

/// An opponent and what it stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct Opponent {
    /// What sort of opponent it is, in a word or two.
    pub kind: &'static str,
    /// How it plays.
    pub automaton: Automaton,
}

/// The opponents that a policy of reassurance must reckon with: one that reciprocates, one that does so
/// but trusts nobody first, one that forgives, one that exploits whatever is offered, and one that pays
/// no attention and honours half the time. Noisy ones are these under
/// [`Noise`](detente_reciprocity::automata::Noise); for the exploiter that knows the policy
/// see [`best_exploiter`](crate::best_exploiter).
#[must_use]
pub fn opponents() -> Vec<Opponent> {
    let opponent = |kind, automaton| Opponent { kind, automaton };
    vec![
        opponent("reciprocating", named::tit_for_tat()),
        opponent(
            "reciprocating but suspicious",
            named::suspicious_tit_for_tat(),
        ),
        opponent(
            "forgiving",
            named::generous_tit_for_tat(Probability::saturating(1.0 / 3.0)),
        ),
        opponent("exploiting", named::always_cheat()),
        opponent("inattentive", named::random(Probability::HALF)),
    ]
}

/// The policies to compare: graduated reciprocation in tension-reduction in series of two and of four
/// concessions (Osgood 1962; claim C-38), tit for tat, its generous and contrite variants, and cheating
/// as the null.
///
/// # Errors
/// None that these sizes can cause; those of the automata's constructors.
pub fn policies() -> Result<Vec<Automaton>, ReassuranceError> {
    let grit = |concessions, rest| named::Grit { concessions, rest }.automaton();
    Ok(vec![
        grit(2, 8)?,
        grit(4, 8)?,
        named::tit_for_tat(),
        named::generous_tit_for_tat(Probability::saturating(1.0 / 3.0)),
        named::contrite_tit_for_tat(),
        named::always_cheat(),
    ])
}
