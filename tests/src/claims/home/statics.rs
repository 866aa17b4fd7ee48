//! How the promotion of distrust answers to each of its parameters.

use detente::{
    legitimacy::{
        Bargain, Leader, LegitimacyError, Promoter, PromoterParams, Promotion,
        PromotionEquilibrium, Signature, strategies::promotion,
    },
    quantity::Probability,
};
use proptest::{prelude::Strategy, prop_assert, prop_assume, test_runner::TestCaseError};

use crate::Trial;

/// Everything a promotion is made of, open to change.
#[derive(Debug, Clone, Copy)]
pub(super) struct Game {
    pub(super) promoter: PromoterParams,
    pub(super) bargain: Bargain,
}

impl Game {
    pub(super) fn of(promotion: &Promotion) -> Self {
        Self {
            promoter: *promotion.promoter().params(),
            bargain: *promotion.bargain(),
        }
    }

    pub(super) fn promotion(&self) -> Result<Promotion, LegitimacyError> {
        Promotion::new(Promoter::new(self.promoter)?, self.bargain)
    }

    pub(super) fn solved(&self) -> Result<PromotionEquilibrium, LegitimacyError> {
        self.promotion()?.equilibrium()
    }

    /// The game with one number of its leader changed.
    fn leader(
        mut self,
        change: impl Fn(&mut detente::legitimacy::LeaderParams),
    ) -> Result<Self, LegitimacyError> {
        let mut params = *self.promoter.leader.params();
        change(&mut params);
        self.promoter.leader = Leader::new(params)?;
        Ok(self)
    }

    /// ℓ(1 − α) ≤ ακL: every untrue alarm closes the zone. Where a signature reveals the adversary
    /// nobody fears a loss, and L counts as 0.
    fn closes_at_once(&self) -> bool {
        let leader = self.promoter.leader.params();
        let share = self.bargain.own_share.get();
        let feared = match self.promoter.signature {
            Signature::Uninformative => leader.support * self.promoter.exploitation_loss,
            Signature::RevealsBenign => 0.0,
        };
        // Where the two are equal, b̂ is the closing belief itself but for rounding.
        leader.threat * (1.0 - share) < share * feared
    }

    /// 1 − r − r_j.
    pub(super) fn nations_surplus(&self) -> f64 {
        1.0 - self.promoter.nonagreement - self.bargain.other_reservation
    }
}

/// A parameter, and whether the inflation rate and the belief after an alarm weakly rise (+1), fall
/// (−1) or may do either (0) as it rises.
struct Static {
    parameter: &'static str,
    inflation: i8,
    belief: i8,
    /// The game with the parameter raised, by a step between 0 and 1.
    raise: fn(Game, f64) -> Result<Game, LegitimacyError>,
}

fn toward_one(chance: Probability, step: f64) -> Probability {
    Probability::saturating(chance.get() + step * (1.0 - chance.get()))
}

const STATICS: [Static; 11] = [
    Static {
        parameter: "Ω",
        inflation: 1,
        belief: -1,
        raise: |game, step| game.leader(|it| it.office_stake += 5.0 * step),
    },
    Static {
        parameter: "ℓ",
        inflation: 1,
        belief: -1,
        raise: |game, step| game.leader(|it| it.threat += 0.2 * step),
    },
    Static {
        parameter: "D_j",
        inflation: 1,
        belief: -1,
        raise: |mut game, step| {
            game.bargain.other_distortion += 0.3 * step;
            Ok(game)
        },
    },
    Static {
        parameter: "η",
        inflation: 1,
        belief: 1,
        raise: |mut game, step| {
            game.promoter.credulous_share = toward_one(game.promoter.credulous_share, step);
            Ok(game)
        },
    },
    Static {
        parameter: "π",
        inflation: 1,
        belief: 1,
        raise: |mut game, step| {
            game.promoter.prior_hostility = toward_one(game.promoter.prior_hostility, step);
            Ok(game)
        },
    },
    Static {
        parameter: "c",
        inflation: -1,
        belief: 1,
        raise: |mut game, step| {
            game.promoter.message_cost += 0.5 * step;
            Ok(game)
        },
    },
    Static {
        parameter: "κ",
        inflation: -1,
        belief: 1,
        raise: |game, step| game.leader(|it| it.support += 0.2 * step),
    },
    Static {
        parameter: "ω",
        inflation: -1,
        belief: 1,
        raise: |game, step| game.leader(|it| it.national_weight += 2.0 * step),
    },
    Static {
        parameter: "L",
        inflation: -1,
        belief: 1,
        raise: |mut game, step| {
            game.promoter.exploitation_loss += 0.5 * step;
            Ok(game)
        },
    },
    Static {
        parameter: "α",
        inflation: -1,
        belief: 1,
        raise: |mut game, step| {
            game.bargain.own_share = toward_one(game.bargain.own_share, step);
            Ok(game)
        },
    },
    Static {
        parameter: "S, with r fixed",
        inflation: -1,
        belief: 1,
        raise: |mut game, step| {
            game.bargain.other_reservation -= 0.3 * step;
            Ok(game)
        },
    },
];

/// A game and the same game with one parameter raised, where both have an equilibrium.
fn raised(
    case: &Static,
) -> impl Strategy<Value = (Game, PromotionEquilibrium, PromotionEquilibrium)> {
    let raise = case.raise;
    (promotion(), 0.0..1.0_f64).prop_filter_map("two equilibria", move |(promotion, step)| {
        let game = Game::of(&promotion);
        let more = raise(game, step).and_then(|game| game.solved()).ok()?;
        Some((game, game.solved().ok()?, more))
    })
}

/// Whether `to` lies on the side of `from` that `direction` says, but for rounding.
fn moves(direction: i8, from: Probability, to: Probability) -> Result<(), TestCaseError> {
    let rise = f64::from(direction) * (to.get() - from.get());
    prop_assert!(rise >= -1e-9, "from {} to {}", from, to);
    Ok(())
}

/// D-39.
pub(super) fn comparative(trial: &mut Trial) {
    for case in &STATICS {
        let check = format!("q* and b_A in {}", case.parameter);
        trial.for_all(&check, 10_000, raised(case), |(_, less, more)| {
            moves(case.inflation, less.inflation, more.inflation)?;
            moves(case.belief, less.alarm_belief, more.alarm_belief)
        });
    }
}

/// D-42, where it is a theorem.
pub(super) fn missed_by_incentive(trial: &mut Trial) {
    trial.for_all(
        "ℓ(1 − α) ≤ ακL: every untrue alarm closes the zone",
        4_000,
        promotion(),
        |promotion| {
            let game = Game::of(&promotion);
            let found = promotion.equilibrium();
            prop_assume!(found.is_ok() && game.closes_at_once() && game.nations_surplus() > 0.0);
            let found = found?;
            let benign = game.promoter.prior_hostility.complement().get();
            let all = benign * found.inflation.get();
            prop_assert!((found.missed.get() - all).abs() < 1e-12);
            Ok(())
        },
    );
    for case in STATICS.iter().filter(|it| it.parameter != "π") {
        let check = format!("ℓ(1 − α) ≤ ακL: M in {}", case.parameter);
        let raise = case.raise;
        let closing = raised(case).prop_filter_map("closes at once", |(game, less, more)| {
            (game.closes_at_once() && game.nations_surplus() > 0.31).then_some((game, less, more))
        });
        // The condition must hold at both ends: raising ℓ can break it, lowering it cannot.
        trial.for_all(&check, 1_000, closing, |(game, less, more)| {
            prop_assume!(raise(game, 1.0).is_ok_and(|game| game.closes_at_once()));
            moves(case.inflation, less.missed, more.missed)
        });
    }
}
