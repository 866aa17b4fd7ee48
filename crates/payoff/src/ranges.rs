//! What is certain and what is possible where payoffs are known as ranges.

use detente_quantity::Interval;

use crate::{PayoffError, PayoffMatrix, ZoneKind, error::matching, matrix::check_nonagreement};

/// What can be said of a statement over every payoff in the ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Certainty {
    /// It holds for all payoffs in the ranges.
    Certain,
    /// It holds for some and not for others.
    Possible,
    /// It holds for none.
    None,
}

/// Every party's gain from every agreement over none as a range: at the least, at the central values
/// and at the most.
///
/// Every statement about the zone of agreement is the truer the more parties gain, so what holds when
/// all gains are at their least at once holds throughout, and what does not hold when all are at their
/// most holds nowhere: two corners of the ranges answer for all of them, exactly and without sampling.
/// This asks that all gains can be at their least together, as they can where each payoff has a range
/// of its own. Rankings need no ranges: the places in a ranking that holds nonagreement too are
/// payoffs ([`PayoffMatrix`]), and whatever numbers are written in that order give the same zone.
///
/// ```
/// use detente_payoff::{Certainty, PayoffRanges, ZoneKind};
/// use detente_quantity::Interval;
///
/// let range = |low, high| Interval::new(low, high);
/// // Two agreements, two parties, nonagreement worth 0 to the first and 1 to 2 to the second.
/// let ranges = PayoffRanges::from_intervals(
///     &[vec![range(1.0, 3.0)?, range(-2.0, 4.0)?], vec![range(1.0, 5.0)?, range(4.0, 6.0)?]],
///     &[range(0.0, 0.0)?, range(1.0, 2.0)?],
/// )?;
/// let zone = ranges.zone(ZoneKind::Strict);
/// assert_eq!((zone.certain, zone.possible), (vec![], vec![0, 1]));
/// let opportunity = ranges.opportunity(ZoneKind::Strict);
/// assert_eq!(opportunity.certainty, Certainty::Possible);
/// // At central values the first agreement gains for both, and it does within 60% of the ranges.
/// assert_eq!((opportunity.agreement, opportunity.party), (Some(0), Some(1)));
/// assert!(opportunity.at_central_values && (opportunity.share - 0.6).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PayoffRanges {
    n_parties: usize,
    /// For each agreement, then each party: the least, the central and the greatest gain.
    gains: Vec<[f64; 3]>,
}

/// The agreements that are in the zone for all payoffs in the ranges, and for some.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct ZoneRange {
    /// What is asked of every party.
    pub kind: ZoneKind,
    /// Agreements that are in it for all payoffs in the ranges, in order.
    pub certain: Vec<usize>,
    /// Agreements that are in it for some and not for others, in order.
    pub possible: Vec<usize>,
}

/// Whether there was an agreement to miss, over all payoffs in the ranges.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Opportunity {
    /// Whether the zone is open for all payoffs in the ranges, for some or for none.
    pub certainty: Certainty,
    /// Whether it is open at central values.
    pub at_central_values: bool,
    /// How much of the ranges, shrunk evenly towards the central values, leaves the answer at central
    /// values certain: from 0 to 1, rounded; 1 where it is certain throughout, and where it turns at the very
    /// ends of the ranges and no sooner. The answer's stability to the coder's ranges.
    pub share: f64,
    /// The agreement that the answer turns on: of an open zone the one that stays in it for the greatest
    /// share of the ranges, of a closed one the one that would enter it first. `None` where no agreement
    /// can be in the zone.
    pub agreement: Option<usize>,
    /// The party whose gain from it decides, first to turn or last to come round; absent where the
    /// answer is certain.
    pub party: Option<usize>,
}

impl PayoffRanges {
    /// Ranges of their own for each party's payoff from each agreement, party by party, and for its
    /// nonagreement payoff; central values are midpoints. O(parties · agreements).
    ///
    /// # Errors
    /// [`PayoffError::NoParties`]; [`PayoffError::MissingNonagreement`]; [`PayoffError::Mismatch`] naming
    /// a party with another number of agreements than the first; [`PayoffError::Overflow`].
    pub fn from_intervals(
        payoffs: &[Vec<Interval>],
        nonagreement: &[Interval],
    ) -> Result<Self, PayoffError> {
        let n_agreements = payoffs.first().map_or(0, Vec::len);
        for (party, column) in payoffs.iter().enumerate() {
            let name = || format!("list of payoffs of party {party}");
            matching(name, column.len(), n_agreements)?;
        }
        let matrix = |payoff: fn(Interval) -> f64, without: fn(Interval) -> f64| {
            let column = payoffs.concat().into_iter().map(payoff).collect();
            let without: Vec<f64> = nonagreement.iter().copied().map(without).collect();
            let nonagreement = check_nonagreement(payoffs.len(), &without)?;
            PayoffMatrix::new(payoffs.len(), column, &nonagreement)
        };
        let worst = matrix(Interval::low, Interval::high)?;
        let central = matrix(Interval::midpoint, Interval::midpoint)?;
        let best = matrix(Interval::high, Interval::low)?;
        Self::from_corners(&worst, &central, &best)
    }

    /// Ranges by the two corners at which all gains are at their least and at their greatest, and by
    /// central values. For payoffs that add up over issues the first has every payoff at its low end
    /// and nonagreement at its high end. Where nonagreement is itself a package, its own options are at
    /// their high ends and all others at their low ends: what both share cancels. O(parties ·
    /// agreements).
    ///
    /// # Errors
    /// [`PayoffError::Mismatch`] if shapes differ; [`PayoffError::RangeOrder`] where a gain at central
    /// values lies outside the corners by more than rounding.
    pub fn from_corners(
        worst: &PayoffMatrix,
        central: &PayoffMatrix,
        best: &PayoffMatrix,
    ) -> Result<Self, PayoffError> {
        let n_parties = central.n_parties();
        for corner in [worst, best] {
            matching(
                || "corner's parties".to_owned(),
                corner.n_parties(),
                n_parties,
            )?;
            matching(
                || "corner's agreements".to_owned(),
                corner.len(),
                central.len(),
            )?;
        }
        let entries = central.len().saturating_mul(n_parties);
        let mut gains = Vec::new();
        gains
            .try_reserve_exact(entries)
            .map_err(|_| PayoffError::OutOfMemory { entries })?;
        for agreement in 0..central.len() {
            for party in 0..n_parties {
                let gain = |of: &PayoffMatrix| of.gain(party, agreement).unwrap_or_default();
                let [low, mid, high] = [worst, central, best].map(gain);
                let size = |of: &PayoffMatrix| {
                    let payoff = of.payoff(party, agreement).unwrap_or_default();
                    payoff.abs() + of.nonagreement()[party].abs()
                };
                let rounding = ROUNDING * [worst, central, best].map(size).into_iter().sum::<f64>();
                if low - mid > rounding || mid - high > rounding {
                    return Err(PayoffError::RangeOrder { party, agreement });
                }
                gains.push([low.min(mid), mid, high.max(mid)]);
            }
        }
        Ok(Self { n_parties, gains })
    }

    /// How many agreements there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.gains.len() / self.n_parties
    }

    /// Whether there are no agreements.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.gains.is_empty()
    }

    /// The least, central and greatest gain of a party from an agreement over none.
    #[must_use]
    pub fn gain(&self, party: usize, agreement: usize) -> Option<[f64; 3]> {
        (party < self.n_parties).then(|| self.of(agreement).nth(party))?
    }

    /// Which agreements are certainly in the zone, and which possibly. O(parties · agreements).
    #[must_use]
    pub fn zone(&self, kind: ZoneKind) -> ZoneRange {
        let inside =
            |corner: usize| move |agreement: &usize| self.is_inside(*agreement, kind, corner);
        let (certain, open): (Vec<usize>, Vec<usize>) = (0..self.len()).partition(inside(LEAST));
        ZoneRange {
            kind,
            certain,
            possible: open.into_iter().filter(inside(MOST)).collect(),
        }
    }

    /// Whether there was an agreement to miss: certainly, possibly or certainly not; and how far that
    /// hangs on the ranges. O(parties · agreements).
    #[must_use]
    pub fn opportunity(&self, kind: ZoneKind) -> Opportunity {
        let any = |corner| (0..self.len()).any(|agreement| self.is_inside(agreement, kind, corner));
        let at_central_values = any(CENTRAL);
        let certainty = match (any(LEAST), any(MOST)) {
            (true, _) => Certainty::Certain,
            (false, true) => Certainty::Possible,
            (false, false) => Certainty::None,
        };
        // Open: the last to leave the zone. Closed: the first to enter it.
        let turning = match at_central_values {
            true => { 0..self.len() }
                .filter(|agreement| self.is_inside(*agreement, kind, CENTRAL))
                .map(|agreement| (agreement, self.leaves(agreement, kind)))
                .reduce(|one, other| {
                    if other.1.share > one.1.share {
                        other
                    } else {
                        one
                    }
                }),
            false => { 0..self.len() }
                .filter(|agreement| self.is_inside(*agreement, kind, MOST))
                .map(|agreement| (agreement, self.enters(agreement, kind)))
                .reduce(|one, other| {
                    if other.1.share < one.1.share {
                        other
                    } else {
                        one
                    }
                }),
        };
        Opportunity {
            certainty,
            at_central_values,
            share: turning.map_or(1.0, |(_, turn)| turn.share.min(1.0)),
            agreement: turning.map(|(agreement, _)| agreement),
            party: turning.and_then(|(_, turn)| turn.party),
        }
    }

    /// Every party's gains from an agreement.
    fn of(&self, agreement: usize) -> impl Iterator<Item = [f64; 3]> + Clone + '_ {
        let gains = self.gains.chunks_exact(self.n_parties);
        gains.skip(agreement).take(1).flatten().copied()
    }

    fn is_inside(&self, agreement: usize, kind: ZoneKind, corner: usize) -> bool {
        let mut gains = self.of(agreement).map(|gain| gain[corner]);
        match kind {
            ZoneKind::Strict => gains.all(|gain| gain > 0.0),
            ZoneKind::Weak => gains.all(|gain| gain >= 0.0),
            ZoneKind::ParetoImproving => {
                gains.clone().all(|gain| gain >= 0.0) && gains.any(|gain| gain > 0.0)
            }
        }
    }

    /// The share of the ranges up to which an agreement stays in the zone that it is in.
    fn leaves(&self, agreement: usize, kind: ZoneKind) -> Turn {
        let kept = |[least, central, _]: [f64; 3], strict: bool| match least > 0.0
            || (!strict && least >= 0.0)
        {
            true => f64::INFINITY,
            false => central / (central - least),
        };
        let shares = |strict| {
            { self.of(agreement).enumerate() }.map(move |(party, gain)| Turn {
                share: kept(gain, strict),
                party: Some(party),
            })
        };
        let least = |turns: &mut dyn Iterator<Item = Turn>| turns.reduce(Turn::sooner);
        let turn = match kind {
            ZoneKind::Strict => least(&mut shares(true)),
            ZoneKind::Weak => least(&mut shares(false)),
            ZoneKind::ParetoImproving => {
                let gaining = shares(true).filter(|it| {
                    self.gain(it.party.unwrap_or_default(), agreement)
                        .is_some_and(|it| it[CENTRAL] > 0.0)
                });
                let still_gaining = gaining.reduce(Turn::later);
                least(&mut shares(false).chain(still_gaining))
            }
        };
        turn.map_or(Turn::NEVER, Turn::or_never)
    }

    /// The share of the ranges from which on an agreement may be in the zone that it is not in.
    fn enters(&self, agreement: usize, kind: ZoneKind) -> Turn {
        let needed = |[_, central, most]: [f64; 3], strict: bool| match central > 0.0
            || (!strict && central >= 0.0)
        {
            true => 0.0,
            false if most > 0.0 || (!strict && most >= 0.0) => -central / (most - central),
            false => f64::INFINITY,
        };
        let shares = |strict| {
            { self.of(agreement).enumerate() }.map(move |(party, gain)| Turn {
                share: needed(gain, strict),
                party: Some(party),
            })
        };
        let last = |turns: &mut dyn Iterator<Item = Turn>| turns.reduce(Turn::later);
        let turn = match kind {
            ZoneKind::Strict => last(&mut shares(true)),
            ZoneKind::Weak => last(&mut shares(false)),
            ZoneKind::ParetoImproving => {
                let first_gain = shares(true).reduce(Turn::sooner);
                last(&mut shares(false).chain(first_gain))
            }
        };
        turn.map_or(Turn::NEVER, Turn::or_never)
    }
}

/// Where the corners stand in a triple of gains.
const LEAST: usize = 0;
const CENTRAL: usize = 1;
const MOST: usize = 2;

/// How far a gain may be out of order, as a share of the payoffs it is computed of.
const ROUNDING: f64 = 1e-12;

/// When an answer turns, as a share of the ranges, and whose gain turns it.
#[derive(Debug, Clone, Copy)]
struct Turn {
    share: f64,
    party: Option<usize>,
}

impl Turn {
    const NEVER: Self = Self {
        share: f64::INFINITY,
        party: None,
    };

    fn sooner(self, other: Self) -> Self {
        if other.share < self.share {
            other
        } else {
            self
        }
    }

    fn later(self, other: Self) -> Self {
        if other.share > self.share {
            other
        } else {
            self
        }
    }

    /// What does not turn within the ranges, their ends among them, is turned by nobody.
    fn or_never(self) -> Self {
        if self.share.is_finite() {
            self
        } else {
            Self::NEVER
        }
    }
}

#[cfg(test)]
mod tests;
