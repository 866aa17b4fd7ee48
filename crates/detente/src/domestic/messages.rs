//! What a leader makes its audience believe, as a division of what the nation could gain.

use detente_legitimacy::{
    Bargain, LegitimacyError, Promoter, PromoterParams, Promotion, Understatement,
};

use super::Scene;
use crate::{
    DetenteError,
    assessment::{MessagesFound, MessagesReport},
    evaluate::{LeaderWorld, MessagesWorld, Sight},
};

/// An equilibrium, the cost from which on the leader is candid, and the office stake up to which it
/// is.
type Solved = (MessagesFound, Option<f64>, Option<f64>);

impl Scene<'_> {
    /// The leader's messages, with what is at stake in the `nearest` agreement; nothing where none
    /// are coded.
    pub(super) fn messages(
        &self,
        idx: usize,
        nearest: usize,
    ) -> Result<Option<MessagesReport>, DetenteError> {
        let party = &self.world.parties[idx];
        let Some((home, coded)) = coded(party.leader.as_ref()) else {
            return Ok(None);
        };
        let mut sight = Sight::default();
        self.world.look(nearest, &mut sight)?;
        let conduct = party.conduct(nearest, sight.truly[idx])?;
        let stakes = party.leader_stakes(home, conduct, sight.warranted[idx]);
        let nonagreement = stakes.nonagreement;
        let (gained, signed) = self.most(idx, nonagreement);
        let prior_hostility = coded.prior_hostility.unwrap_or(stakes.audience_hostility);
        let params = PromoterParams {
            leader: home.leader,
            nonagreement,
            exploitation_loss: stakes.if_honoured - stakes.if_cheated,
            prior_hostility,
            credulous_share: coded.credulous_share,
            message_cost: coded.cost,
            signature: coded.signature,
        };
        let bargain = Bargain {
            other_reservation: 1.0 - gained,
            other_distortion: gained - signed,
            own_share: coded.bargaining_share,
        };
        let refused = |error: LegitimacyError| (MessagesFound::Refused(reason(error)), None, None);
        let (found, candid_cost, candid_stake) = solve(params, bargain).unwrap_or_else(refused);
        Ok(Some(MessagesReport {
            prior: prior_hostility.get(),
            surplus: gained - nonagreement,
            withheld_by_others: gained - signed,
            found,
            candid_cost,
            candid_stake,
        }))
    }

    /// The most that a nation gets by agreements that all other nations gain by, and by those that
    /// all other leaders sign; nonagreement where there is none.
    fn most(&self, idx: usize, nonagreement: f64) -> (f64, f64) {
        let party = &self.world.parties[idx];
        let (mut gained, mut signed) = (None::<f64>, None::<f64>);
        for (agreement, payoff) in party.payoff.iter().enumerate() {
            let normalised = (payoff - party.least) * party.scale();
            let others = self
                .rows
                .iter()
                .enumerate()
                .filter(|(other, _)| *other != idx);
            let (mut gain, mut sign) = (true, true);
            for (_, row) in others {
                gain &= row[agreement].nation_gains();
                sign &= row[agreement].accepts();
            }
            if gain {
                gained = gained.into_iter().chain([normalised]).reduce(f64::max);
            }
            if sign {
                signed = signed.into_iter().chain([normalised]).reduce(f64::max);
            }
        }
        (
            gained.unwrap_or(nonagreement),
            signed.unwrap_or(nonagreement),
        )
    }
}

fn coded(leader: Option<&LeaderWorld>) -> Option<(&LeaderWorld, MessagesWorld)> {
    let home = leader?;
    home.messages.map(|coded| (home, coded))
}

/// Why there is no equilibrium, in words for a page: numbers to four digits behind the point.
fn reason(error: LegitimacyError) -> String {
    let short = |x: f64| (x * 1e4).round() / 1e4;
    let error = match error {
        LegitimacyError::OffLinearCurve { given } => LegitimacyError::OffLinearCurve {
            given: short(given),
        },
        LegitimacyError::TrueAlarmWithheld { loss } => {
            LegitimacyError::TrueAlarmWithheld { loss: short(loss) }
        }
        LegitimacyError::HostileDeals { surplus } => LegitimacyError::HostileDeals {
            surplus: short(surplus),
        },
        other => other,
    };
    error.to_string()
}

/// Alarm pays a leader who lives off an enemy, calm one who was elected to make peace.
fn solve(params: PromoterParams, bargain: Bargain) -> Result<Solved, LegitimacyError> {
    let promoter = Promoter::new(params)?;
    if params.leader.params().threat >= 0.0 {
        let game = Promotion::new(promoter, bargain)?;
        let found = MessagesFound::Alarm(game.equilibrium()?);
        return Ok((found, Some(game.candid_cost()), game.candid_stake()));
    }
    let game = Understatement::new(promoter, bargain)?;
    let found = MessagesFound::Calm(game.equilibrium());
    Ok((found, Some(game.candid_cost()), game.candid_stake()))
}
