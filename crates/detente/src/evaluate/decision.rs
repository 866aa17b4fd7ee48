use detente_legitimacy::LegitimacyError;

use super::{PartyWorld, Rule, acceptance::Conduct};

/// One party's decision on one agreement, as far as it turns on trust.
#[derive(Debug, Clone)]
pub(crate) struct Decision {
    /// The party as it faces this agreement and no other.
    party: PartyWorld,
    conduct: Conduct,
}

impl Decision {
    pub(crate) fn of(party: &PartyWorld, agreement: usize, conduct: Conduct) -> Self {
        Self {
            party: PartyWorld {
                payoff: vec![party.payoff[agreement]],
                leader: party.leader.clone(),
                nonagreement: party.nonagreement,
                least: party.least,
                span: party.span,
                floor: party.floor,
                ..PartyWorld::default()
            },
            conduct,
        }
    }

    /// Whether the leader accepts at this trust in all others.
    pub(crate) fn accepts(&self, trust: f64) -> Result<bool, LegitimacyError> {
        self.party.accepts(Rule::Leader, 0, self.conduct, trust)
    }
}
