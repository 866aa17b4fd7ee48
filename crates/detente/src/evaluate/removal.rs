//! What would be accepted with barriers removed: the set function of attribution (model §6).

use super::{
    acceptance::{Conduct, Rule},
    world::{PartyWorld, Sight, World},
};
use crate::{DetenteError, model::Model};

/// The four removable barriers in the order of their bits: anarchy, prudent distrust, domestic
/// legitimacy, misperception. A conflict of interest can not be removed:
/// without a mutually preferred agreement there is nothing to attribute.
pub(crate) const REMOVABLE: usize = 4;

const ANARCHY: usize = 1;
const DISTRUST: usize = 2;
const DOMESTIC: usize = 4;
const MISPERCEPTION: usize = 8;

/// v(B) for every set B of removed barriers, as one bit a set: bit B is 1 where some mutually
/// preferred agreement would be accepted.
///
/// Cost: O(agreements × (parties + views × types)).
pub(crate) fn removals(model: &Model, world: &World) -> Result<u16, DetenteError> {
    let mut accepted = 0_u16;
    let mut sight = Sight::default();
    for agreement in 0..model.agreements.len() {
        let preferred = world
            .parties
            .iter()
            .all(|party| party.payoff[agreement] > party.nonagreement);
        if !preferred || accepted == u16::MAX {
            continue;
        }
        world.look(agreement, &mut sight)?;
        accepted |= at(model, world, agreement, &sight)?;
    }
    Ok(accepted)
}

/// The sets B with which one mutually preferred agreement is accepted.
fn at(model: &Model, world: &World, agreement: usize, sight: &Sight) -> Result<u16, DetenteError> {
    // With anarchy in place every true type honours the agreement; with anarchy removed true types
    // are deemed to. Either way conduct and truth are those of parties that honour.
    let self_enforcing = sight.truly.iter().all(|&truly| truly);
    let mut accepted: u16 = if self_enforcing {
        u16::MAX
    } else {
        without(ANARCHY)
    };
    for (idx, party) in world.parties.iter().enumerate() {
        let conduct = Conduct::honouring(&party.true_stakes(agreement)?);
        for (rule, removed) in [(Rule::Leader, false), (Rule::Nation, true)] {
            let answers = Answers::of(party, rule, agreement, conduct, sight, idx)
                .map_err(|source| model.legitimacy(idx, source))?;
            for set in 0..1_usize << REMOVABLE {
                if (set & DOMESTIC != 0) == removed && !answers.accept(set) {
                    accepted &= !(1 << set);
                }
            }
        }
    }
    Ok(accepted)
}

/// The sets that contain a barrier, one bit a set.
fn without(barrier: usize) -> u16 {
    (0..1_usize << REMOVABLE)
        .filter(|set| set & barrier != 0)
        .fold(0, |sets, set| sets | 1 << set)
}

/// One rule's answers to one agreement on the truth, on warranted and on held beliefs.
struct Answers {
    truth: bool,
    warranted: bool,
    held: bool,
}

impl Answers {
    fn of(
        party: &PartyWorld,
        rule: Rule,
        agreement: usize,
        conduct: Conduct,
        sight: &Sight,
        idx: usize,
    ) -> Result<Self, detente_legitimacy::LegitimacyError> {
        let answer = |trust: f64| party.accepts(rule, agreement, conduct, trust);
        Ok(Self {
            truth: answer(1.0)?,
            warranted: answer(sight.warranted[idx])?,
            held: answer(sight.held[idx])?,
        })
    }

    /// Whether the party accepts with the barriers of `set` removed: the base belief is the truth
    /// without distrust; misperception blocks only where bias, not evidence, makes the difference.
    fn accept(&self, set: usize) -> bool {
        let base = if set & DISTRUST != 0 {
            self.truth
        } else {
            self.warranted
        };
        let misread = self.warranted && !self.held;
        base && (set & MISPERCEPTION != 0 || !misread)
    }
}
