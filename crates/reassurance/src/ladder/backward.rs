use detente_quantity::Probability;

use super::{Climb, Patience, Rung, plan};
use crate::ReassuranceError;

/// A ladder of rungs, each an agreement to be honoured before the next is offered, climbed by a party
/// that trusts against a partner who is either trustworthy, and honours every rung, or untrustworthy,
/// and honours as long as being trusted further is worth more to it than betraying now. A rung refused
/// or betrayed ends it.
///
/// The equilibrium is exact, by backward induction on the belief in trustworthiness: at each rung there
/// is a trust above which the truster takes it and, where later rungs tempt enough to be waited for, a
/// trust above which the untrustworthy honour for sure; below that one they honour just so
/// often that an honoured rung carries belief up to it. After Kreps and Wilson (1982), for
/// any gains and losses at each rung (claim C-30 is the case of equal ones, C-32 that of two rungs).
///
/// ```
/// use detente_quantity::{DiscountFactor, Probability};
/// use detente_reassurance::{Ladder, Patience, Rung};
///
/// let rung = Rung { gain: 1.0, loss: 2.0, reward: 1.0, temptation: 3.0 };
/// let patience = Patience {
///     truster: DiscountFactor::new(0.9)?,
///     untrustworthy: DiscountFactor::new(0.9)?,
/// };
/// // Trust of a fifth is far below the two thirds that one such agreement needs. Three in a row do
/// // not help yet, four do.
/// let trust = Probability::new(0.2)?;
/// assert!(Ladder::new(&[rung; 3], patience)?.climb(trust).refusal.is_some());
/// let climb = Ladder::new(&[rung; 4], patience)?.climb(trust);
/// assert_eq!(climb.rungs.len(), 4);
/// // An exploiter plays along with chance .5938, so that an honoured rung is evidence.
/// assert!((climb.rungs[0].mimicry.get() - 0.59375).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Ladder {
    pub(super) rungs: Vec<Rung>,
    pub(super) patience: Patience,
    /// One a rung, in order.
    pub(super) stages: Vec<Stage>,
}

/// What backward induction finds at one rung.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stage {
    /// The trust that must be exceeded for the rung to be taken; `None` if any trust will do, for
    /// there is nothing to lose.
    pub(super) threshold: Option<f64>,
    /// The trust from which the untrustworthy honour it for sure; `None` if they never do.
    pub(super) pooling: Option<f64>,
}

/// What an untrustworthy partner expects, as a function of how far it is trusted: 0, then constant
/// above each of these beliefs in turn. At a step it may be anything between, by the truster's mixing.
type Steps = Vec<(f64, f64)>;

/// The work grows with the square of the number of rungs.
const MOST_RUNGS: usize = 2_000;

impl Ladder {
    /// Solves the ladder. O(rungs²).
    ///
    /// # Errors
    /// [`ReassuranceError::Empty`] without rungs, [`ReassuranceError::TooMany`] with more than 2000,
    /// [`ReassuranceError::Rung`] naming the first number out of range, [`ReassuranceError::OutOfRange`]
    /// if all stakes together are beyond the range of numbers.
    pub fn new(rungs: &[Rung], patience: Patience) -> Result<Self, ReassuranceError> {
        if rungs.is_empty() {
            return Err(ReassuranceError::Empty {
                what: "ladder",
                member: "rung",
            });
        }
        if MOST_RUNGS < rungs.len() {
            return Err(ReassuranceError::TooMany {
                what: "rungs",
                given: rungs.len(),
                limit: MOST_RUNGS,
            });
        }
        let mut total = 0.0;
        for (place, rung) in rungs.iter().enumerate() {
            let rung = rung.checked(place + 1)?;
            total += rung.gain + rung.loss + rung.reward + rung.temptation;
        }
        if total == f64::INFINITY {
            return Err(ReassuranceError::OutOfRange {
                quantity: "sum of all stakes",
                given: total,
                expected: "a finite number",
            });
        }
        Ok(Self::solved(rungs.to_vec(), patience))
    }

    /// The same agreement at these stakes, one after the other (claims C-30, C-37).
    ///
    /// # Errors
    /// As [`Ladder::new`].
    pub fn scaled(
        agreement: Rung,
        stakes: &[f64],
        patience: Patience,
    ) -> Result<Self, ReassuranceError> {
        let rungs: Vec<Rung> = stakes.iter().map(|&it| agreement.scaled(it)).collect();
        Self::new(&rungs, patience)
    }

    /// The rungs, in the order in which they are offered; at least one.
    #[must_use]
    pub fn rungs(&self) -> &[Rung] {
        &self.rungs
    }

    /// How much the next rung weighs against this one, for each side.
    #[must_use]
    pub const fn patience(&self) -> Patience {
        self.patience
    }

    /// The trust above which the first rung is taken, and so the ladder begun; `None` if any trust will
    /// do, even none. With `n` equal rungs worth waiting for it is `p̄ⁿ` (claim C-30). At exactly this
    /// trust beginning and not beginning are worth the same.
    #[must_use]
    pub fn threshold(&self) -> Option<Probability> {
        let first = self.stages.first()?;
        first.threshold.map(Probability::saturating)
    }

    /// How the ladder is climbed from this trust in the partner.
    #[must_use]
    pub fn climb(&self, trust: Probability) -> Climb {
        plan::climb(self, trust)
    }

    fn solved(rungs: Vec<Rung>, patience: Patience) -> Self {
        let mut ladder = Self {
            stages: vec![
                Stage {
                    threshold: None,
                    pooling: None,
                };
                rungs.len()
            ],
            rungs,
            patience,
        };
        let mut steps = Steps::new();
        for place in (0..ladder.rungs.len()).rev() {
            let rung = ladder.rungs[place];
            let discount = ladder.patience.untrustworthy.get();
            let pooling = pooling(rung, discount, &steps);
            let threshold = ladder.threshold_at(place, pooling);
            ladder.stages[place] = Stage { threshold, pooling };
            steps = steps_before(rung, discount, ladder.stages[place], steps);
        }
        ladder
    }

    /// The root of the truster's margin at this rung, given all later stages.
    fn threshold_at(&self, place: usize, pooling: Option<f64>) -> Option<f64> {
        let Rung { gain, loss, .. } = self.rungs[place];
        if pooling == Some(0.0) || loss == 0.0 {
            return None;
        }
        // An honoured rung carries belief to where the untrustworthy pool, or proves the trustworthy.
        let honoured = pooling.unwrap_or(1.0);
        let won = gain + self.patience.truster.get() * self.value_from(place + 1, honoured);
        Some(honoured / (1.0 + won / loss))
    }

    /// What the truster expects from the rung at `place` on with this trust. O(rungs).
    pub(super) fn value_from(&self, place: usize, trust: f64) -> f64 {
        let discount = self.patience.truster.get();
        let (mut value, mut weight, mut at, mut trust) = (0.0, 1.0, place, trust);
        while let (Some(rung), Some(stage)) = (self.rungs.get(at), self.stages.get(at)) {
            if stage.refuses(trust) {
                break;
            }
            let honoured = stage.belief_if_honoured(trust);
            // The chance that it is honoured at all: by the trustworthy and the mimics.
            let chance = trust / honoured;
            let chance = if honoured > 0.0 { chance } else { 1.0 };
            value += weight * (chance * rung.gain - (1.0 - chance) * rung.loss);
            weight *= discount * chance;
            trust = honoured;
            at += 1;
        }
        value
    }

    /// What an untrustworthy partner expects if trusted so far.
    #[cfg(test)]
    pub(super) fn mimic_value(&self, trust: f64) -> f64 {
        let mut steps = Steps::new();
        for (rung, stage) in self.rungs.iter().zip(&self.stages).rev() {
            steps = steps_before(*rung, self.patience.untrustworthy.get(), *stage, steps);
        }
        let reached = steps.iter().rev().find(|(at, _)| *at < trust);
        reached.map_or(0.0, |(_, value)| *value)
    }
}

impl Stage {
    /// Whether a truster with this trust refuses the rung.
    pub(super) fn refuses(self, trust: f64) -> bool {
        self.threshold.is_some_and(|threshold| trust <= threshold)
    }

    /// The trust after the rung was taken at this trust and honoured.
    pub(super) fn belief_if_honoured(self, trust: f64) -> f64 {
        self.pooling.map_or(1.0, |pooling| trust.max(pooling))
    }
}

/// The trust from which waiting is worth more to the untrustworthy than betraying this rung.
fn pooling(rung: Rung, discount: f64, later: &[(f64, f64)]) -> Option<f64> {
    if rung.temptation <= rung.reward {
        return Some(0.0);
    }
    let needed = (rung.temptation - rung.reward) / discount;
    let enough = later.iter().find(|(_, value)| needed <= *value);
    enough.map(|(at, _)| *at)
}

/// What the untrustworthy expect when this rung is offered, from what they expect after it.
fn steps_before(rung: Rung, discount: f64, stage: Stage, later: Steps) -> Steps {
    let mut steps = Steps::new();
    if stage.pooling != Some(0.0) {
        steps.push((stage.threshold.unwrap_or(0.0), rung.temptation));
    } else if later.first().is_none_or(|(at, _)| 0.0 < *at) {
        steps.push((0.0, rung.reward));
    }
    let from = stage.pooling.unwrap_or(f64::INFINITY);
    let kept = later.into_iter().filter(|(at, _)| from <= *at);
    steps.extend(kept.map(|(at, value)| (at, rung.reward + discount * value)));
    steps
}
