//! The one acceptance rule (model §3–§4). Funnel, record, errors, attribution and path all call it.

use detente_legitimacy::{LeaderStakes, LegitimacyError};
use detente_quantity::{Probability, Stakes};
use detente_reputation::trust_margin;

use super::world::{LeaderWorld, PartyWorld};

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
        home.leader.margin(self.leader_stakes(home, conduct, trust))
    }

    /// What a leader compares, on payoffs normalised to 0–1 (model §4).
    pub(crate) fn leader_stakes(
        &self,
        home: &LeaderWorld,
        conduct: Conduct,
        trust: f64,
    ) -> LeaderStakes {
        let scale = self.scale();
        let normalised = |payoff: f64| (payoff - self.least) * scale;
        let trust = Probability::saturating(trust);
        LeaderStakes {
            if_honoured: normalised(conduct.if_honoured),
            if_cheated: normalised(conduct.if_cheated),
            nonagreement: normalised(self.nonagreement),
            trust,
            audience_hostility: home.audience.unwrap_or(trust.complement()),
        }
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
        Ok(self.ratified(rule, agreement) && self.margin(rule, conduct, trust)? > 0.0)
    }

    pub(crate) fn ratified(&self, rule: Rule, agreement: usize) -> bool {
        self.ratifies(rule, self.payoff[agreement])
    }

    pub(crate) fn ratifies(&self, rule: Rule, payoff: f64) -> bool {
        rule == Rule::Nation || self.floor.is_none_or(|floor| payoff >= floor)
    }

    /// The margin of [`accepts`](Self::accepts), of an agreement with this payoff, in shares of the party's span of payoffs, so that
    /// margins of all rules and parties compare: a leader's margin is divided by its national
    /// weight, and the distance to the ratification floor counts where it is less. Above 0 exactly
    /// where the rule accepts.
    pub(crate) fn standard_margin(
        &self,
        rule: Rule,
        payoff: f64,
        conduct: Conduct,
        trust: f64,
    ) -> Result<f64, LegitimacyError> {
        let margin = self.margin(rule, conduct, trust)?;
        let accepts = self.ratifies(rule, payoff) && margin > 0.0;
        let unit = match (rule, &self.leader) {
            (Rule::Leader, Some(home)) => 1.0 / home.leader.params().national_weight,
            _ => self.scale(),
        };
        let least = match (rule, self.floor) {
            (Rule::Leader, Some(floor)) => {
                let above = (payoff - floor) * self.scale();
                // At the floor itself an agreement is ratified, and other margins decide.
                if above == 0.0 { f64::INFINITY } else { above }
            }
            _ => f64::INFINITY,
        };
        Ok(signed(accepts, least.min(margin * unit)))
    }
}

/// A margin whose sign is the answer: above 0 where it passes, 0 or less where it does not,
/// however a tie or rounding left the number.
#[inline]
pub(crate) fn signed(passes: bool, margin: f64) -> f64 {
    if passes {
        margin.max(f64::MIN_POSITIVE)
    } else {
        margin.min(0.0)
    }
}
