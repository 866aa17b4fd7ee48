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
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::{AgreementSpace, Agreements, Utility, zone};

    fn interval() -> impl Strategy<Value = Interval> {
        (-4..=4_i8, 0..=3_i8).prop_filter_map("an interval", |(low, width)| {
            Interval::new(f64::from(low), f64::from(low) + f64::from(width)).ok()
        })
    }

    /// Every way to take each number at one end of its range.
    fn corners(ranges: &[Interval]) -> Vec<Vec<f64>> {
        (0..1_usize << ranges.len())
            .map(|bits| {
                let ends = ranges.iter().enumerate();
                ends.map(|(k, it)| {
                    if bits >> k & 1 == 1 {
                        it.high()
                    } else {
                        it.low()
                    }
                })
                .collect()
            })
            .collect()
    }

    fn over(inside: impl Iterator<Item = bool>) -> Certainty {
        let inside: Vec<bool> = inside.collect();
        match (inside.iter().all(|it| *it), inside.iter().any(|it| *it)) {
            (true, _) => Certainty::Certain,
            (false, true) => Certainty::Possible,
            (false, false) => Certainty::None,
        }
    }

    /// The answers at every corner of the ranges against the two that are looked at.
    fn agree(ranges: &PayoffRanges, everywhere: &[PayoffMatrix]) -> Result<(), TestCaseError> {
        for kind in ZoneKind::ALL {
            let found = ranges.zone(kind);
            let zones: Vec<Vec<usize>> = everywhere.iter().map(|it| zone(it, kind)).collect();
            for agreement in 0..ranges.len() {
                let expected = over(zones.iter().map(|zone| zone.contains(&agreement)));
                prop_assert_eq!(
                    found.certain.contains(&agreement),
                    expected == Certainty::Certain
                );
                prop_assert_eq!(
                    found.possible.contains(&agreement),
                    expected == Certainty::Possible
                );
            }
            let opportunity = ranges.opportunity(kind);
            prop_assert_eq!(
                opportunity.certainty,
                over(zones.iter().map(|zone| !zone.is_empty()))
            );
            let settled = match opportunity.at_central_values {
                true => Certainty::Certain,
                false => Certainty::None,
            };
            prop_assert_eq!(
                opportunity.party.is_none(),
                opportunity.certainty == settled
            );
            prop_assert!(opportunity.party.is_some() || opportunity.share >= 1.0);
        }
        Ok(())
    }

    /// The ranges shrunk evenly towards their midpoints.
    fn shrunk(range: Interval, share: f64) -> Interval {
        let (mid, half) = (range.midpoint(), share * range.width() / 2.0);
        Interval::new(mid - half, mid + half).unwrap()
    }

    proptest! {
        #[test]
        fn two_corners_answer_for_all(
            payoffs in vec(vec(interval(), 2), 2), nonagreement in vec(interval(), 2),
        ) {
            let ranges = PayoffRanges::from_intervals(&payoffs, &nonagreement)?;
            let all: Vec<Interval> = [payoffs.concat(), nonagreement.clone()].concat();
            let everywhere: Vec<PayoffMatrix> = corners(&all)
                .into_iter()
                .map(|it| PayoffMatrix::new(2, it[..4].to_vec(), &it[4..]).unwrap())
                .collect();
            agree(&ranges, &everywhere)?;
        }

        #[test]
        fn the_answer_turns_at_the_share_and_not_before(
            payoffs in vec(vec(interval(), 3), 2), nonagreement in vec(interval(), 2),
        ) {
            for kind in ZoneKind::ALL {
                let found = PayoffRanges::from_intervals(&payoffs, &nonagreement)?.opportunity(kind);
                let settled = match found.at_central_values {
                    true => Certainty::Certain,
                    false => Certainty::None,
                };
                let at = |share: f64| {
                    let payoffs: Vec<Vec<Interval>> = payoffs.iter()
                        .map(|column| column.iter().map(|it| shrunk(*it, share)).collect())
                        .collect();
                    let nonagreement: Vec<Interval> =
                        nonagreement.iter().map(|it| shrunk(*it, share)).collect();
                    PayoffRanges::from_intervals(&payoffs, &nonagreement).unwrap().opportunity(kind).certainty
                };
                prop_assert_eq!(at((found.share - 1e-9).max(0.0)), settled);
                if found.share < 1.0 {
                    prop_assert_eq!(at(found.share + 1e-9), Certainty::Possible);
                }
            }
        }

        /// Payoffs that add up over issues, each number of an issue with a range of its own, and
        /// nonagreement a payoff or itself a package.
        #[test]
        fn corners_of_the_numbers_by_issue_answer_for_all(
            numbers in vec(interval(), 8), without in vec(interval(), 2), state in any::<Option<bool>>(),
        ) {
            let agreements = AgreementSpace::new(&[2, 2])?.enumerate()?;
            let matrix = |numbers: &[f64], without: &[f64]| {
                additive(&agreements, numbers, without, state.map(usize::from))
            };
            let low: Vec<f64> = numbers.iter().map(|it| it.low()).collect();
            let high: Vec<f64> = numbers.iter().map(|it| it.high()).collect();
            let mid: Vec<f64> = numbers.iter().map(|it| it.midpoint()).collect();
            // The options of the package that is nonagreement, of each party.
            let own = state.map(|it| (0..8).filter(|k| k % 2 == usize::from(it)).collect::<Vec<_>>());
            let corner = |ends: &[f64], others: &[f64]| -> Vec<f64> {
                (0..8).map(|k| match &own {
                    Some(own) if own.contains(&k) => others[k],
                    _ => ends[k],
                }).collect()
            };
            let ends = |of: fn(Interval) -> f64| without.iter().copied().map(of).collect::<Vec<f64>>();
            let ranges = PayoffRanges::from_corners(
                &matrix(&corner(&low, &high), &ends(Interval::high)),
                &matrix(&mid, &ends(Interval::midpoint)),
                &matrix(&corner(&high, &low), &ends(Interval::low)),
            )?;
            let all = [numbers.clone(), without.clone()].concat();
            let everywhere: Vec<PayoffMatrix> = corners(&all)
                .into_iter()
                .map(|it| matrix(&it[..8], &it[8..]))
                .collect();
            agree(&ranges, &everywhere)?;
        }
    }

    /// Two issues of two options for two parties; nonagreement is a payoff, or the package that takes
    /// this option of both issues.
    fn additive(
        agreements: &Agreements,
        numbers: &[f64],
        without: &[f64],
        state: Option<usize>,
    ) -> PayoffMatrix {
        let utility =
            |of: &[f64]| Utility::additive(0.0, vec![of[..2].to_vec(), of[2..].to_vec()]).unwrap();
        let utilities = [utility(&numbers[..4]), utility(&numbers[4..])];
        let matrix = PayoffMatrix::tabulate(agreements, &utilities, without).unwrap();
        match state {
            None => matrix,
            Some(option) => {
                let package = matrix.vector(3 * option).unwrap();
                matrix.with_nonagreement(&package).unwrap()
            }
        }
    }

    #[test]
    fn what_is_exact_is_certain_or_none() {
        let exact = |value| Interval::new(value, value).unwrap();
        let ranges =
            PayoffRanges::from_intervals(&[vec![exact(1.0), exact(0.0)]], &[exact(0.0)]).unwrap();
        let strict = ranges.opportunity(ZoneKind::Strict);
        assert_eq!(
            (strict.certainty, strict.share, strict.party),
            (Certainty::Certain, 1.0, None)
        );
        assert_eq!(ranges.gain(0, 1), Some([0.0; 3]));
        assert_eq!((ranges.gain(1, 0), ranges.gain(0, 2)), (None, None));
        let none = PayoffRanges::from_intervals(&[vec![]], &[exact(0.0)]).unwrap();
        assert!(none.is_empty());
        assert_eq!(none.opportunity(ZoneKind::Weak).certainty, Certainty::None);
    }

    #[test]
    fn an_answer_may_turn_at_the_very_ends() {
        let found = |low: f64, high: f64, kind| {
            let ranges = PayoffRanges::from_intervals(
                &[vec![Interval::new(low, high).unwrap()]],
                &[Interval::new(0.0, 0.0).unwrap()],
            );
            ranges.unwrap().opportunity(kind)
        };
        // Nothing is gained at the least, which begins at the nonagreement payoff.
        let strict = found(0.0, 2.0, ZoneKind::Strict);
        assert!(strict.at_central_values);
        assert_eq!(
            (strict.certainty, strict.share, strict.party),
            (Certainty::Possible, 1.0, Some(0))
        );
        assert_eq!(found(0.0, 2.0, ZoneKind::Weak).party, None);
        // Nothing is lost at the most.
        let weak = found(-2.0, 0.0, ZoneKind::Weak);
        assert!(!weak.at_central_values);
        assert_eq!(
            (weak.certainty, weak.share, weak.party),
            (Certainty::Possible, 1.0, Some(0))
        );
        let none = found(-2.0, 0.0, ZoneKind::Strict);
        assert_eq!((none.certainty, none.party), (Certainty::None, None));
    }

    #[test]
    fn ranges_that_are_none_are_refused() {
        let one = Interval::new(0.0, 1.0).unwrap();
        assert_eq!(
            PayoffRanges::from_intervals(&[], &[]),
            Err(PayoffError::NoParties)
        );
        assert!(PayoffRanges::from_intervals(&[vec![one]], &[]).is_err());
        assert!(PayoffRanges::from_intervals(&[vec![one], vec![]], &[one; 2]).is_err());
        let matrix = |gain: f64| PayoffMatrix::from_vectors(&[[gain]], &[0.0]).unwrap();
        let error =
            PayoffRanges::from_corners(&matrix(2.0), &matrix(1.0), &matrix(3.0)).unwrap_err();
        assert_eq!(
            error.to_string(),
            "gain of party 0 from agreement 0 is not between its least and its greatest; expected \
             corners on either side of the central values"
        );
    }
}
