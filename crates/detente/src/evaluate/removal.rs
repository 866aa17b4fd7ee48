//! What would be accepted with barriers removed: the set function of attribution (model §6).

use std::collections::BTreeSet;

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

/// The most parties for which sets of parties are tabulated: 2⁶ sets are one word.
pub(crate) const MAX_PARTIES: usize = 6;

/// The most parties for which sets of single obstacles (a barrier at a party) are tabulated.
pub(crate) const MAX_PARTIES_BY_OBSTACLE: usize = 3;

/// What would be accepted with obstacles removed, one bit a set of what is removed: 1 where some
/// mutually preferred agreement would be accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Removals {
    /// v(B) by set of barriers, each removed for all parties.
    pub(crate) barriers: u16,
    /// By set of parties, each freed of all four barriers; empty beyond [`MAX_PARTIES`].
    pub(crate) parties: u64,
    /// By set of obstacles, obstacle 4·party + barrier being bit 4·party + barrier of the set: a word
    /// for every choice among the obstacles of all parties but the first, a bit for every choice
    /// among the first one's. Empty beyond [`MAX_PARTIES_BY_OBSTACLE`] parties.
    pub(crate) obstacles: Vec<u16>,
}

/// For one agreement and every party, the sets B of removed barriers with which the party goes
/// along, one bit a set.
type Masks = Vec<u16>;

/// What would be accepted with barriers removed, in one draw.
///
/// Cost: O(agreements × (parties + views × types)), and O(16^parties) for each way in which parties
/// go along with agreements, of which there are few.
pub(crate) fn removals(model: &Model, world: &World) -> Result<Removals, DetenteError> {
    let mut ways: BTreeSet<Masks> = BTreeSet::new();
    let (mut sight, mut masks) = (Sight::default(), Masks::new());
    for agreement in 0..model.agreements.len() {
        let preferred = world
            .parties
            .iter()
            .all(|party| party.payoff[agreement] > party.nonagreement);
        if !preferred {
            continue;
        }
        world.look(agreement, &mut sight)?;
        look(model, world, agreement, &sight, &mut masks)?;
        let open = masks.iter().all(|&mask| mask == u16::MAX);
        if !ways.contains(&masks) {
            ways.insert(masks.clone());
        }
        if open {
            break;
        }
    }
    Ok(Removals::of(&ways, world.parties.len()))
}

impl Removals {
    /// Whether an agreement would be accepted with a set of parties freed of all four barriers.
    pub(crate) fn with_parties_freed(&self, set: usize) -> bool {
        self.parties >> set & 1 == 1
    }

    /// Whether one would be accepted with a set of obstacles removed.
    pub(crate) fn with_obstacles_removed(&self, set: usize) -> bool {
        let word = self.obstacles.get(set >> REMOVABLE);
        word.is_some_and(|word| word >> (set & ALL) & 1 == 1)
    }

    fn of(ways: &BTreeSet<Masks>, parties: usize) -> Self {
        let together = |masks: &Masks| masks.iter().fold(u16::MAX, |all, mask| all & mask);
        let mut removals = Self {
            barriers: ways.iter().map(together).fold(0, |any, sets| any | sets),
            ..Self::default()
        };
        if parties <= MAX_PARTIES {
            for set in 0..1_usize << parties {
                let freed = |masks: &Masks| goes(masks, set);
                removals.parties |= u64::from(ways.iter().any(freed)) << set;
            }
        }
        if parties <= MAX_PARTIES_BY_OBSTACLE {
            removals.obstacles = (0..1_usize << (REMOVABLE * parties.saturating_sub(1)))
                .map(|others| by_first(ways, others))
                .collect();
        }
        removals
    }
}

/// The sets of the first party's barriers with which some agreement is accepted, where `others`
/// are removed at the others.
fn by_first(ways: &BTreeSet<Masks>, others: usize) -> u16 {
    let first = |masks: &Masks| {
        let (first, rest) = masks.split_first()?;
        let mut rest = rest.iter().enumerate();
        rest.all(|(party, mask)| mask >> (others >> (REMOVABLE * party) & ALL) & 1 == 1)
            .then_some(*first)
    };
    ways.iter()
        .filter_map(first)
        .fold(0, |any, sets| any | sets)
}

/// All four removable barriers.
const ALL: usize = (1 << REMOVABLE) - 1;

/// Whether every party goes along with an agreement, those of the set freed of all four barriers.
fn goes(masks: &Masks, set: usize) -> bool {
    let mut parties = masks.iter().enumerate();
    parties.all(|(party, mask)| mask >> ((set >> party & 1) * ALL) & 1 == 1)
}

/// The sets B with which each party goes along with one mutually preferred agreement. With anarchy in place its
/// true type honours the agreement; with anarchy removed it is deemed to. Either way conduct and
/// truth are those of parties that honour.
fn look(
    model: &Model,
    world: &World,
    agreement: usize,
    sight: &Sight,
    masks: &mut Masks,
) -> Result<(), DetenteError> {
    masks.clear();
    for (idx, party) in world.parties.iter().enumerate() {
        let mut mask: u16 = if sight.truly[idx] {
            u16::MAX
        } else {
            without(ANARCHY)
        };
        let conduct = Conduct::honouring(&party.true_stakes(agreement)?);
        for (rule, removed) in [(Rule::Leader, false), (Rule::Nation, true)] {
            let answers = Answers::of(party, rule, agreement, conduct, sight, idx)
                .map_err(|source| model.legitimacy(idx, source))?;
            for set in 0..1_usize << REMOVABLE {
                if (set & DOMESTIC != 0) == removed && !answers.accept(set) {
                    mask &= !(1 << set);
                }
            }
        }
        masks.push(mask);
    }
    Ok(())
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
