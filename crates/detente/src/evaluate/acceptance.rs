//! The one acceptance rule (model §3–§4). Funnel, record, errors, attribution and path all call it.

use detente_legitimacy::{LeaderStakes, LegitimacyError};
use detente_quantity::{Probability, Stakes};
use detente_reputation::trust_margin;

use super::world::PartyWorld;

/// Whose interest decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// The nation's: Coleman's rule (C-20, M-03).
    Nation,
    /// The leader's, who also weighs office and what an enemy is worth at home (M-04); the
    /// nation's where no home front is coded. A ratification floor binds here, home front or not.
    Leader,
}

/// What a party gets from an agreement it signs, by what the others do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Conduct {
    /// A: if all others honour it.
    pub(crate) if_honoured: f64,
    /// B: if some other does not.
    pub(crate) if_cheated: f64,
}

impl Conduct {
    /// The conduct of a party that honours: `(U, d − e)`.
    pub(crate) fn honouring(stakes: &Stakes) -> Self {
        Self {
            if_honoured: stakes.r(),
            if_cheated: stakes.s(),
        }
    }

    /// The conduct of a party that cheats: `(T, d)`.
    pub(crate) fn cheating(stakes: &Stakes) -> Self {
        Self {
            if_honoured: stakes.t(),
            if_cheated: stakes.p(),
        }
    }
}

impl PartyWorld {
    /// The margin by which the rule prefers an agreement to none, at trust `h`:
    /// `E = h(A − d) + (1 − h)(B − d)` for the nation (M-03), M-04 for the leader.
    pub(crate) fn margin(
        &self,
        rule: Rule,
        conduct: Conduct,
        trust: f64,
    ) -> Result<f64, LegitimacyError> {
        let none = self.nonagreement;
        let (Rule::Leader, Some(home)) = (rule, &self.leader) else {
            let (gain, loss) = (conduct.if_honoured - none, none - conduct.if_cheated);
            return Ok(trust_margin(Probability::saturating(trust), gain, loss));
        };
        // Where nothing differs there is no scale, and nothing to gain.
        let scale = if home.span > 0.0 {
            1.0 / home.span
        } else {
            0.0
        };
        let normalised = |payoff: f64| (payoff - home.least) * scale;
        let trust = Probability::saturating(trust);
        home.leader.margin(LeaderStakes {
            if_honoured: normalised(conduct.if_honoured),
            if_cheated: normalised(conduct.if_cheated),
            nonagreement: normalised(none),
            trust,
            audience_hostility: home.audience.unwrap_or(trust.complement()),
        })
    }

    /// Whether the rule accepts: margin above 0, strictly, and for the leader the payoff at or
    /// above the ratification floor.
    pub(crate) fn accepts(
        &self,
        rule: Rule,
        agreement: usize,
        conduct: Conduct,
        trust: f64,
    ) -> Result<bool, LegitimacyError> {
        let ratified = rule == Rule::Nation
            || self
                .floor
                .is_none_or(|floor| self.payoff[agreement] >= floor);
        Ok(ratified && self.margin(rule, conduct, trust)? > 0.0)
    }
}
