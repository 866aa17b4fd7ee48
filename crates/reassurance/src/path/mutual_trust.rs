use detente_quantity::{LogOdds, Probability};
use detente_reputation::trust_margin;

use super::{Judge, Risk, Ruling};
use crate::{
    ReassuranceError,
    error::{no_such_target, not_negative, positive},
};

/// What one rung puts at stake for one side, over nonagreement and in its own payoff units.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RungStake {
    /// What it gains if the rung is honoured: finite; below 0 where it is a sacrifice.
    pub gain: f64,
    /// What it loses if the other cheats: a finite number, 0 or more.
    pub loss: f64,
    /// How many times as likely the other is to honour it if it is trustworthy: above 0 and finite; 1
    /// shows nothing.
    pub evidence: f64,
}

/// A rung for both sides.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MutualRung {
    /// What it puts at stake for the first and the second side.
    pub sides: [RungStake; 2],
    /// How long it takes: a finite number, 0 or more.
    pub time: f64,
}

/// How far each side trusts the other, and trusted it where the path began.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(from = "[[LogOdds; 2]; 2]", into = "[[LogOdds; 2]; 2]")
)]
pub struct TrustPair {
    odds: [LogOdds; 2],
    /// The same where the path began.
    began: [LogOdds; 2],
    /// The same as probabilities, kept because every rung asks for them.
    trust: [Probability; 2],
}

impl TrustPair {
    /// Where a path begins: the log-odds of trustworthiness, as the first and the second side see the other.
    #[must_use]
    pub fn new(odds: [LogOdds; 2]) -> Self {
        Self {
            odds,
            began: odds,
            trust: odds.map(LogOdds::probability),
        }
    }

    /// The same path, further on.
    fn moved_to(self, odds: [LogOdds; 2]) -> Self {
        Self {
            began: self.began,
            ..Self::new(odds)
        }
    }

    /// How far the log-odds of a side have risen since the path began.
    fn risen(self, side: usize) -> f64 {
        self.odds[side].get() - self.began[side].get()
    }

    /// The log-odds.
    #[must_use]
    pub const fn odds(self) -> [LogOdds; 2] {
        self.odds
    }
}

impl From<[LogOdds; 2]> for TrustPair {
    fn from(odds: [LogOdds; 2]) -> Self {
        Self::new(odds)
    }
}

/// From the log-odds where the path began, and those now.
impl From<[[LogOdds; 2]; 2]> for TrustPair {
    fn from([began, odds]: [[LogOdds; 2]; 2]) -> Self {
        Self::new(began).moved_to(odds)
    }
}

impl From<TrustPair> for [[LogOdds; 2]; 2] {
    fn from(pair: TrustPair) -> Self {
        [pair.began, pair.odds]
    }
}

/// The plainest judge: two sides that each think the other trustworthy or not, accept a rung iff
/// `pG > (1 − p)L` (Coleman 1990; claim C-20), and read it, once honoured, by Bayes' rule. Exposures are in
/// units of each side's gain from the target, so that sides can be compared and no rescaling of payoffs
/// matters; of the two sides the worse counts.
///
/// One that can be trusted is taken to honour every rung. One that cannot then goes unseen on the way with at most
/// the chance by which the odds have risen, `exp(start − now)`: evidence is that ratio. It is taken to cheat at every
/// rung that it comes to.
///
/// Trust covers less trust on paths that begin alike: every promise of [`Judge`] holds where gain and loss are not both below 0.
#[derive(Debug, Clone, PartialEq)]
pub struct MutualTrust {
    rungs: Vec<MutualRung>,
    target: usize,
    /// By rung, how far honouring it moves each side's log-odds.
    shifts: Vec<[f64; 2]>,
    /// The most that any rung does, 0 or more.
    most_telling: [f64; 2],
    /// Each side's gain from the full agreement.
    units: [f64; 2],
}

impl MutualTrust {
    /// From the rungs, `target` among them the full agreement, from which both sides must gain.
    ///
    /// # Errors
    /// [`ReassuranceError::Empty`] without rungs, [`ReassuranceError::OutOfRange`] for a target that is none of
    /// them, it or [`ReassuranceError::Rung`] naming the first number out of range.
    pub fn new(rungs: Vec<MutualRung>, target: usize) -> Result<Self, ReassuranceError> {
        if rungs.is_empty() {
            return Err(ReassuranceError::Empty {
                what: "list of rungs",
                member: "rung",
            });
        }
        let Some(full) = rungs.get(target) else {
            return Err(no_such_target(target));
        };
        let unit = |side: usize| positive("gain from the full agreement", full.sides[side].gain);
        let units = [unit(0)?, unit(1)?];
        for rung in &rungs {
            not_negative("time of a rung", rung.time)?;
            for side in rung.sides {
                not_negative("loss of a rung", side.loss)?;
                positive("evidence of a rung", side.evidence)?;
                not_negative("size of a rung's gain", side.gain.abs())?;
            }
        }
        let shifts: Vec<[f64; 2]> = rungs
            .iter()
            .map(|rung| rung.sides.map(|side| side.evidence.ln()))
            .collect();
        let most = |side: usize| shifts.iter().map(|it| it[side]).fold(0.0, f64::max);
        Ok(Self {
            most_telling: [most(0), most(1)],
            shifts,
            rungs,
            target,
            units,
        })
    }

    /// The rungs.
    #[must_use]
    pub fn list(&self) -> &[MutualRung] {
        &self.rungs
    }

    /// The place of the full agreement among them.
    #[must_use]
    pub const fn target(&self) -> usize {
        self.target
    }

    fn side(
        &self,
        state: &TrustPair,
        rung: usize,
        side: usize,
    ) -> Option<(Probability, RungStake)> {
        let stake = *self.rungs.get(rung)?.sides.get(side)?;
        let unit = self.units[side];
        let stake = RungStake {
            gain: stake.gain / unit,
            loss: stake.loss / unit,
            ..stake
        };
        Some((*state.trust.get(side)?, stake))
    }
}

impl Judge for MutualTrust {
    type State = TrustPair;

    fn rungs(&self) -> usize {
        self.rungs.len()
    }

    fn ruling(&self, state: &TrustPair, rung: usize) -> Ruling {
        let margin = |side| {
            self.side(state, rung, side)
                .map_or(f64::NEG_INFINITY, |(trust, stake)| {
                    trust_margin(trust, stake.gain, stake.loss)
                })
        };
        let margins = [margin(0), margin(1)];
        let side = usize::from(margins[1] < margins[0]);
        Ruling {
            margin: margins[side],
            side,
        }
    }

    fn risk(&self, state: &TrustPair, rung: usize) -> Risk {
        let mut risk = Risk {
            exposure: 0.0,
            expected_loss: 0.0,
            time: self.rungs.get(rung).map_or(0.0, |it| it.time),
        };
        for side in 0..2 {
            let Some((_, stake)) = self.side(state, rung, side) else {
                continue;
            };
            risk.exposure = risk.exposure.max(stake.loss);
            let expected = unseen(state.risen(side)) * stake.loss;
            risk.expected_loss = risk.expected_loss.max(expected);
        }
        risk
    }

    /// With every rung on the way as telling as the most telling there is.
    fn least_ahead(&self, state: &TrustPair, target: usize, rungs: usize) -> Risk {
        let mut least = Risk {
            exposure: 0.0,
            expected_loss: 0.0,
            time: self.rungs.get(target).map_or(0.0, |it| it.time),
        };
        for (side, most) in self.most_telling.iter().enumerate() {
            let Some((_, stake)) = self.side(state, target, side) else {
                continue;
            };
            least.exposure = least.exposure.max(stake.loss);
            let expected = unseen(state.risen(side) + rungs as f64 * most) * stake.loss;
            least.expected_loss = least.expected_loss.max(expected);
        }
        least
    }

    fn honoured(&self, state: &TrustPair, rung: usize) -> TrustPair {
        let after = |side: usize| {
            let now = state.odds[side];
            let shift = self.shifts.get(rung).map_or(0.0, |it| it[side]);
            // Only log-odds at the end of the number line stay where they are.
            LogOdds::new(now.get() + shift).unwrap_or(now)
        };
        state.moved_to([after(0), after(1)])
    }

    fn covers(&self, state: &TrustPair, other: &TrustPair) -> bool {
        // Who began elsewhere may have been seen to cheat with another chance.
        let one_path = state.began == other.began;
        one_path && (0..2).all(|side| other.odds[side] <= state.odds[side])
    }

    /// By how much trust is too low, or how little the rung is worth to whom it is worth nothing.
    fn shortfall(&self, state: &TrustPair, rung: usize) -> f64 {
        let ruling = self.ruling(state, rung);
        let stake = self.side(state, rung, ruling.side);
        let size = stake.map_or(0.0, |(_, stake)| stake.gain.abs() + stake.loss);
        -ruling.margin / size
    }
}

/// The chance at most that one that cheats was not seen to, once the odds of trust have risen so far in logarithms.
fn unseen(risen: f64) -> f64 {
    (-risen).min(0.0).exp()
}
