//! Home fronts solved for the sign that a world needs (model §4).

use detente::{
    case::{Coded, Home},
    legitimacy::SurvivalCurve,
    quantity::Probability,
};

use super::{
    Built,
    dice::Dice,
    evidence::Beliefs,
    number,
    plan::{Faith, Front, Plan},
    stakes::Stakes,
};
use crate::by_the_page::home::leader;

/// A home front or a ratification floor, either of which may be absent.
#[derive(Debug, Clone, Default)]
pub(super) struct HomeFront {
    pub(super) home: Option<Home>,
    /// Above nonagreement.
    pub(super) floor: Option<f64>,
}

/// What a leader is asked: normalised A, B and d, and the trust it has.
#[derive(Debug, Clone, Copy)]
struct Question {
    honoured: f64,
    cheated: f64,
    nonagreement: f64,
    trust: f64,
}

impl Question {
    fn margin(self, home: &Home) -> f64 {
        let Self {
            honoured,
            cheated,
            nonagreement,
            trust,
        } = self;
        leader(home, honoured, cheated, nonagreement, trust).unwrap_or(f64::NAN)
    }
}

/// One party's deals as its leader meets them.
pub(super) struct Desk<'w> {
    pub(super) plan: &'w Plan,
    pub(super) party: usize,
    pub(super) stakes: &'w Stakes,
    pub(super) exposures: &'w [f64],
    pub(super) beliefs: &'w Beliefs,
}

impl Desk<'_> {
    /// A home front that does what the role asks; where that is nothing, one only if `decoy`.
    pub(super) fn front(&self, decoy: bool, dice: &mut Dice) -> Built<HomeFront> {
        let role = self.plan.roles[self.party];
        if role.front == Front::Harmless {
            // Two deals on which it would have to do different things are left to the nation.
            let decoy = decoy && self.plan.deals < 2;
            let home = decoy.then(|| self.harmless(dice)).transpose()?;
            return Ok(HomeFront { home, floor: None });
        }
        if role.front == Front::Forbids && dice.chance(0.4) {
            let (_, most) = self.stakes.gain_range(self.plan.deals);
            let floor = Some(most + dice.between(0.1, 0.4) * self.stakes.unit);
            return Ok(HomeFront { home: None, floor });
        }
        let mut home = home(dice)?;
        let weight = central(&home);
        let short = -dice.between(0.05, 0.3) * weight;
        let (warranted, held) = (self.beliefs.warranted, self.beliefs.held);
        let audience = dice.between(0.4, 0.9);
        match role.front {
            Front::Forbids => {
                // Even if all others were sure to honour.
                home.audience_hostility = Some(number(audience)?);
                solve(&mut home, |home| self.best(1.0).margin(home) - short)?;
            }
            Front::ForbidsInDoubt => {
                let most = warranted.max(held);
                solve(&mut home, |home| self.best(most).margin(home) - short)?;
            }
            Front::ForbidsAsRead => solve(&mut home, |home| {
                self.worst(warranted).margin(home) + self.best(held).margin(home)
            })?,
            Front::Harmless => {}
        }
        let home = Some(home);
        Ok(HomeFront { home, floor: None })
    }

    /// An enemy is worth much at home, but less than the deal is to the nation, wherever the nation
    /// accepts; with the leader's own doubt for its audience's, it refuses where the nation does.
    fn harmless(&self, dice: &mut Dice) -> Built<Home> {
        let mut home = home(dice)?;
        let accepted = self.accepted();
        let most = accepted
            .iter()
            .map(|it| it.margin(&home))
            .fold(f64::INFINITY, f64::min);
        let left = dice.between(0.3, 0.6) * most;
        if accepted.is_empty() {
            home.threat = Some(number(dice.between(0.2, 2.0))?);
        } else {
            solve(&mut home, |home| {
                let margins = accepted.iter().map(|it| it.margin(home));
                margins.fold(f64::INFINITY, f64::min) - left
            })?;
        }
        Ok(home)
    }

    /// Questions to which the nation says yes, at the worst that side issues make of a deal.
    fn accepted(&self) -> Vec<Question> {
        let role = self.plan.roles[self.party];
        let (warranted, held) = (self.beliefs.warranted, self.beliefs.held);
        let trust = match role.faith {
            Faith::Doubts => vec![],
            Faith::Misreads => vec![warranted],
            _ => vec![warranted, held],
        };
        let cheating = |trust: f64| {
            let honest = self.worst(trust);
            let tempted = self.stakes.temptations.iter().take(self.plan.deals);
            let least = tempted.copied().fold(f64::INFINITY, f64::min);
            let gain = self.stakes.gain_range(self.plan.deals).0 + least;
            Question {
                honoured: self.stakes.normalised(gain),
                cheated: honest.nonagreement,
                ..honest
            }
        };
        let honest = trust.iter().map(|&trust| self.worst(trust));
        // A cheat that is sure to be cheated gains nothing.
        let cheats = role.breaks && role.faith != Faith::Despairs;
        let cheats = trust
            .iter()
            .filter(|_| cheats)
            .map(|&trust| cheating(trust));
        honest.chain(cheats).collect()
    }

    fn worst(&self, trust: f64) -> Question {
        let exposed = self.deal_exposures().fold(f64::NEG_INFINITY, f64::max);
        self.question(self.stakes.gain_range(self.plan.deals).0, exposed, trust)
    }

    fn best(&self, trust: f64) -> Question {
        let exposed = self.deal_exposures().fold(f64::INFINITY, f64::min);
        self.question(self.stakes.gain_range(self.plan.deals).1, exposed, trust)
    }

    fn deal_exposures(&self) -> impl Iterator<Item = f64> {
        self.exposures.iter().take(self.plan.deals.max(1)).copied()
    }

    fn question(&self, gain: f64, exposed: f64, trust: f64) -> Question {
        Question {
            honoured: self.stakes.normalised(gain),
            cheated: self.stakes.normalised(-exposed),
            nonagreement: self.stakes.normalised(0.0),
            trust: Probability::saturating(trust).get(),
        }
    }
}

/// A home front on which office weighs several times the nation, still without a threat.
fn home(dice: &mut Dice) -> Built<Home> {
    let weight = dice.pick([0.5, 1.0, 2.0]);
    let curve = [
        SurvivalCurve::Logit,
        SurvivalCurve::Probit,
        SurvivalCurve::Cauchy,
    ];
    Ok(Home {
        national_weight: Some(number(weight)?),
        office_stake: Some(number(weight * dice.between(6.0, 10.0))?),
        support: Some(number(dice.between(0.2, 0.8))?),
        threat: Some(number(0.0)?),
        baseline: Some(number(dice.between(-1.0, -0.2))?),
        curve: Some(Coded::bare(dice.pick(curve))),
        audience_hostility: None,
        messages: None,
        provenance: Default::default(),
    })
}

fn central(home: &Home) -> f64 {
    home.national_weight
        .as_ref()
        .map_or(1.0, |it| it.value.central())
}

/// Sets the threat to where a falling function of it meets 0, or to its end of the scale.
fn solve(home: &mut Home, f: impl Fn(&Home) -> f64) -> Built<()> {
    let (mut low, mut high) = (0.0, 200.0);
    for _ in 0..60 {
        let middle = (low + high) / 2.0;
        home.threat = Some(number(middle)?);
        if f(home) > 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(())
}
