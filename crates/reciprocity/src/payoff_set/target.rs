//! What may be among the equilibrium payoffs, ruled out from outside or proved from inside.

use super::{
    PayoffSet, equilibrium_payoffs_at,
    plane::Convex,
    rounds::{Outer, REACH, Rate, outer},
    stage::{ExactPoint, Stage},
    structure::least_promise,
    support::lottery,
};
use crate::{Bimatrix, Fraction, ReciprocityError};

/// Rounds after which a set that still shrinks is taken for one that does not rule out.
const MAX_ROUNDS: usize = 3_000;

/// How far off the unit square's scale a payoff that is meant to be on an edge cannot be.
const BEYOND_ROUNDING: f64 = 1e-9;

/// What one asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Target {
    /// More than playing static equilibria.
    BeyondStatic,
    /// A pair of actions for ever.
    Cell(usize),
    /// A pair of payoffs.
    Payoffs(ExactPoint),
}

/// A game and what is asked of it at any patience.
#[derive(Debug)]
pub(crate) struct Question<'g> {
    game: &'g Bimatrix,
    stage: Stage,
    target: Target,
    /// The corners of what static equilibria give.
    statics: Vec<ExactPoint>,
}

impl<'g> Question<'g> {
    /// # Errors
    /// As [`equilibrium_payoffs_at`].
    pub(crate) fn of(game: &'g Bimatrix, target: Target) -> Result<Self, ReciprocityError> {
        Ok(Self {
            game,
            stage: Stage::of(game),
            target,
            statics: equilibrium_payoffs_at(game, &Fraction::zero())?.inner,
        })
    }

    /// Whether payoffs are asked for that no patience could sustain: not feasible, or less than a player
    /// can be held to, by more than rounding. O(cells · log cells).
    pub(crate) fn is_beyond_patience(&self) -> bool {
        let Target::Payoffs(payoffs) = &self.target else {
            return false;
        };
        let point = self.stage.scaled(&self.stage.units(payoffs));
        let paid: Vec<_> = self.stage.cells.iter().map(|it| it.paid).collect();
        let minmax = self.stage.minmax();
        (0..2).any(|side: usize| point[side] < minmax[side] - BEYOND_ROUNDING)
            || Convex::hull(&paid).0.distance(point) > BEYOND_ROUNDING
    }

    /// Whether a set that holds all equilibrium payoffs at a discount factor does not hold the target.
    /// O(cells · log corners) a round.
    pub(crate) fn is_ruled_out(&self, delta: f64) -> bool {
        let rate = Rate {
            delta,
            rate: (1.0 - delta) / delta,
        };
        let outer = outer(&self.stage, rate, MAX_ROUNDS);
        match &self.target {
            Target::BeyondStatic => {
                let statics = self
                    .statics
                    .iter()
                    .map(|it| self.stage.scaled(&self.stage.units(it)));
                let (statics, _) = Convex::hull(&statics.collect::<Vec<_>>());
                let tempted = |it: &&usize| !self.stage.is_static(**it);
                let mut tempted = outer.alive.iter().filter(tempted);
                outer
                    .set
                    .corners
                    .iter()
                    .all(|it| statics.distance(*it) <= 4.0 * REACH)
                    || !tempted.any(|&it| self.is_alive(&outer, rate, it))
            }
            Target::Cell(cell) => {
                let paid = self.stage.cells[*cell].paid;
                !outer.alive.contains(cell)
                    || outer.set.distance(paid) > 2.0 * REACH
                    || !self.keeps(&outer, rate, *cell, paid)
            }
            Target::Payoffs(payoffs) => {
                let point = self.stage.scaled(&self.stage.units(payoffs));
                outer.set.distance(point) > 2.0 * REACH
            }
        }
    }

    /// Whether some promise in what was left keeps both players in a cell.
    fn is_alive(&self, outer: &Outer, rate: Rate, cell: usize) -> bool {
        let corners = outer.set.corners.iter();
        let own = &self.stage.cells[cell];
        let bound = outer.threat[0] + rate.rate * (own.best[0] - own.paid[0]);
        let (least, greatest) = outer.set.range(0);
        // The best for the column among what is enough for the row lies at a corner or at the bound.
        let at = bound.clamp(least, greatest);
        let cut = outer.set.section(0, at, REACH).map(|(_, high)| [at, high]);
        corners
            .copied()
            .chain(cut)
            .any(|it| self.keeps(outer, rate, cell, it))
    }

    /// Whether a promise keeps both players in a cell, as far as rounding lets one see.
    fn keeps(&self, outer: &Outer, rate: Rate, cell: usize, promise: [f64; 2]) -> bool {
        let own = &self.stage.cells[cell];
        (0..2).all(|side: usize| {
            let extra = rate.rate * (own.best[side] - own.paid[side]);
            promise[side] >= outer.threat[side] + extra - 4.0 * REACH * (1.0 + extra)
        })
    }

    /// A set that sustains itself at a discount factor and holds the target.
    pub(crate) fn proof(&self, delta: &Fraction) -> Option<PayoffSet> {
        let set = equilibrium_payoffs_at(self.game, delta).ok()?;
        self.is_proved(&set).then_some(set)
    }

    fn is_proved(&self, set: &PayoffSet) -> bool {
        match &self.target {
            Target::BeyondStatic => set.inner.iter().any(|it| !self.statics.contains(it)),
            Target::Cell(cell) => self.is_kept(set, *cell),
            Target::Payoffs(payoffs) => lottery(&set.inner, payoffs).is_some(),
        }
    }

    /// Whether a cell can be played for ever by threat of the worst in a set.
    fn is_kept(&self, set: &PayoffSet, cell: usize) -> bool {
        let paid = self.stage.paid(cell);
        let kept = |side: usize| {
            let worst = set.inner.iter().map(|it| &it[side]).min()?;
            let worst = self.stage.in_units(side, worst);
            let least = least_promise(&self.stage, &set.delta, cell, side, &worst)?;
            Some(paid[side] >= least)
        };
        self.stage.is_static(cell)
            || (lottery(&set.inner, &self.stage.payoff(&paid)).is_some()
                && kept(0) == Some(true)
                && kept(1) == Some(true))
    }
}
