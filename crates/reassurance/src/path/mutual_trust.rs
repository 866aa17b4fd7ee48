use detente_quantity::{LogOdds, Probability};
use detente_reputation::trust_margin;

use super::{Judge, Risk, Ruling};
use crate::{
    ReassuranceError,
    error::{not_negative, positive},
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

/// How far each side trusts the other, as log-odds of trustworthiness.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TrustPair(pub [LogOdds; 2]);

/// The plainest judge: two sides that each think the other trustworthy or not, accept a rung iff
/// `pG > (1 − p)L` (Coleman 1990; claim C-20), and read it, once honoured, by Bayes' rule. Exposures are in
/// units of each side's gain from the target, so that sides can be compared and no rescaling of payoffs
/// matters; of the two sides the worse counts.
///
/// Trust covers less trust: every promise of [`Judge`] holds where gain and loss are not both below 0.
#[derive(Debug, Clone, PartialEq)]
pub struct MutualTrust {
    rungs: Vec<MutualRung>,
    /// Each side's gain from the full agreement.
    units: [f64; 2],
}

impl MutualTrust {
    /// From the rungs, `target` among them the full agreement, from which both sides must gain.
    ///
    /// # Errors
    /// [`ReassuranceError::Empty`] without rungs, [`ReassuranceError::TooMany`] for a target that is none of
    /// them, [`ReassuranceError::Rung`] and [`ReassuranceError::OutOfRange`] naming the first number
    /// out of range.
    pub fn new(rungs: Vec<MutualRung>, target: usize) -> Result<Self, ReassuranceError> {
        if rungs.is_empty() {
            return Err(ReassuranceError::Empty {
                what: "list of rungs",
                member: "rung",
            });
        }
        let Some(full) = rungs.get(target) else {
            return Err(ReassuranceError::TooMany {
                what: "place of the full agreement",
                given: target,
                limit: rungs.len() - 1,
            });
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
        Ok(Self { rungs, units })
    }

    /// The rungs.
    #[must_use]
    pub fn list(&self) -> &[MutualRung] {
        &self.rungs
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
        Some((state.0[side].probability(), stake))
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
        for (trust, stake) in (0..2).filter_map(|side| self.side(state, rung, side)) {
            risk.exposure = risk.exposure.max(stake.loss);
            let expected = trust.complement().get() * stake.loss;
            risk.expected_loss = risk.expected_loss.max(expected);
        }
        risk
    }

    fn honoured(&self, state: &TrustPair, rung: usize) -> TrustPair {
        let after = |side: usize| {
            let now = state.0[side];
            let evidence = self.rungs.get(rung).map(|it| it.sides[side].evidence);
            // Evidence was checked; only log-odds at the end of the number line stay where they are.
            evidence
                .and_then(|ratio| now.shifted_by_ratio(ratio).ok())
                .unwrap_or(now)
        };
        TrustPair([after(0), after(1)])
    }

    fn covers(&self, state: &TrustPair, other: &TrustPair) -> bool {
        other.0[0] <= state.0[0] && other.0[1] <= state.0[1]
    }
}
