//! What kind of conflict it is, at any number of packages: block by block.

use super::{Lotteries, Target, blocks::Block, minus};
use crate::{PayoffError, PayoffMatrix, nash};

/// How much there is to be gained by trading across issues rather than splitting each (Walton &
/// McKersie 1965; Raiffa 1982): the integrative potential.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Integrative {
    /// What each party gets if each issue is split by itself: with equal chances one of the parties
    /// has it settled its own way (any of its favourite options).
    pub split: Vec<f64>,
    /// What each party gets where all gain most over that, in equal shares of their spans.
    pub traded: Vec<f64>,
    /// The potential: the share of its span, from best to worst, that every party can gain at once.
    /// 0 where interests are opposed on one scale, as in dividing a sum.
    pub potential: f64,
}

/// An issue, or issues that are coupled, negotiated alone.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct IssueAlone {
    /// The issues.
    pub issues: Vec<usize>,
    /// The options they would be settled at; `None` where no option gains for all.
    pub options: Option<Vec<u32>>,
}

/// What linking issues makes possible beyond negotiating each alone (Tollison & Willett 1979;
/// Sebenius 1983).
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Linkage {
    /// Each issue alone: its Nash bargain, where nonagreement on it pays each party the same share
    /// of its span on the issue as nonagreement pays of its span on the whole.
    pub alone: Vec<IssueAlone>,
    /// What each party gets from all issues settled, or left open, alone.
    pub separate: Vec<f64>,
    /// What each party gets from the package where all gain most over that, in equal shares of
    /// their spans.
    pub together: Vec<f64>,
    /// The share of its span that linkage gains for every party at once; never below 0.
    pub gain: f64,
}

impl Linkage {
    /// Issues that cannot be settled alone: only a package settles them, if anything does.
    pub fn stuck(&self) -> impl Iterator<Item = &[usize]> {
        let stuck = self.alone.iter().filter(|it| it.options.is_none());
        stuck.map(|it| &it.issues[..])
    }
}

impl Lotteries {
    /// Each party's worst and best payoff. O(options · parties).
    #[must_use]
    pub fn payoff_ranges(&self) -> Vec<(f64, f64)> {
        let n_parties = self.n_parties();
        let mut ranges: Vec<(f64, f64)> = self.constants.iter().map(|&c| (c, c)).collect();
        for block in &self.blocks {
            for (range, (low, high)) in ranges.iter_mut().zip(block_ranges(block, n_parties)) {
                range.0 += low;
                range.1 += high;
            }
        }
        ranges
    }

    /// What trading across issues can gain over splitting each, whatever nonagreement pays.
    /// O(options · parties) beside one lottery solution.
    ///
    /// ```
    /// use detente_payoff::{AgreementSpace, Lotteries, Utility};
    /// // Two issues: what matters most to one matters least to the other.
    /// let space = AgreementSpace::new(&[2, 2])?;
    /// let utilities = [
    ///     Utility::additive(0.0, vec![vec![80.0, 0.0], vec![20.0, 0.0]])?,
    ///     Utility::additive(0.0, vec![vec![0.0, 20.0], vec![0.0, 80.0]])?,
    /// ];
    /// let lotteries = Lotteries::new(&space, &utilities, &[0.0, 0.0])?;
    /// let integrative = lotteries.integrative_potential();
    /// assert_eq!((integrative.split, integrative.traded), (vec![50.0; 2], vec![80.0; 2]));
    /// assert!((integrative.potential - 0.3).abs() < 1e-12);
    /// # Ok::<(), detente_payoff::PayoffError>(())
    /// ```
    #[must_use]
    pub fn integrative_potential(&self) -> Integrative {
        let n_parties = self.n_parties();
        let mut split = self.constants.clone();
        for block in &self.blocks {
            for party in 0..n_parties {
                let mean = favourites(block, n_parties, party);
                let parts = split.iter_mut().zip(mean);
                parts.for_each(|(sum, payoff)| *sum += payoff / n_parties as f64);
            }
        }
        let (traded, potential) = self.rise_from(&split);
        Integrative {
            split,
            traded,
            potential,
        }
    }

    /// What linking the issues gains over negotiating each alone. Issues that are coupled count as
    /// one. O(options · parties) beside one lottery solution.
    ///
    /// # Errors
    /// [`PayoffError::Overflow`] if numbers are at the edge of what a number can hold.
    pub fn linkage(&self) -> Result<Linkage, PayoffError> {
        let n_parties = self.n_parties();
        let share = |((low, high), d): ((f64, f64), &f64)| match high - low {
            span if span > 0.0 => (d - low) / span,
            _ => 0.0,
        };
        let ranges = self.payoff_ranges().into_iter();
        let shares: Vec<f64> = ranges.zip(&self.nonagreement).map(share).collect();
        let (mut alone, mut separate) = (Vec::new(), self.constants.clone());
        for block in &self.blocks {
            let ranges = block_ranges(block, n_parties);
            let without: Vec<f64> = { ranges.iter().zip(&shares) }
                .map(|((low, high), share)| share.mul_add(high - low, *low))
                .collect();
            let vectors: Vec<&[f64]> = block.payoffs(n_parties).collect();
            let matrix = PayoffMatrix::from_vectors(&vectors, &without)?;
            let choice = nash(&matrix).and_then(|nash| nash.agreements.first().copied());
            let payoffs = choice.map_or(&without[..], |choice| vectors[choice]);
            separate
                .iter_mut()
                .zip(payoffs)
                .for_each(|(sum, it)| *sum += it);
            alone.push(IssueAlone {
                issues: block.issues().to_vec(),
                options: choice.map(|choice| block.options(choice).to_vec()),
            });
        }
        let (together, gain) = self.rise_from(&separate);
        Ok(Linkage {
            alone,
            separate,
            together,
            gain,
        })
    }

    /// The payoffs where all gain most over a point in equal shares of their spans, and that share;
    /// the point itself where they cannot.
    fn rise_from(&self, point: &[f64]) -> (Vec<f64>, f64) {
        let spans = self.payoff_ranges().into_iter();
        let spans = spans.map(|(low, high)| if high > low { high - low } else { 1.0 });
        let from = Self {
            nonagreement: point.to_vec(),
            ..self.clone()
        };
        let target = Target::Level {
            origin: point.to_vec(),
            units: spans.collect(),
        };
        let found = from.pick(crate::SolutionConcept::Egalitarian, &target);
        let lottery =
            found.and_then(|found| Some((found.lotteries.into_iter().next()?, found.value)));
        match lottery {
            Some((lottery, value)) => (lottery.payoffs, value),
            None => (point.to_vec(), 0.0),
        }
    }
}

/// What a block adds to each party's payoff at the least and at the most.
fn block_ranges(block: &Block, n_parties: usize) -> Vec<(f64, f64)> {
    let mut ranges = vec![(f64::INFINITY, f64::NEG_INFINITY); n_parties];
    for payoffs in block.payoffs(n_parties) {
        for (range, &payoff) in ranges.iter_mut().zip(payoffs) {
            *range = (range.0.min(payoff), range.1.max(payoff));
        }
    }
    ranges
}

/// The mean of the choices that are best for a party.
fn favourites(block: &Block, n_parties: usize, party: usize) -> Vec<f64> {
    let best = block_ranges(block, n_parties)[party].1;
    let (mut sums, mut count) = (vec![0.0; n_parties], 0.0);
    for payoffs in block.payoffs(n_parties).filter(|it| it[party] >= best) {
        count += 1.0;
        sums.iter_mut()
            .zip(payoffs)
            .for_each(|(sum, payoff)| *sum += payoff);
    }
    sums.iter().map(|sum| sum / count).collect()
}

/// How strongly interests are opposed: the least distance from an agreement to the point at which
/// every party has its best, with payoffs from 0 at a party's worst to 1 at its best, as a share of
/// the distance from all at worst (after Baarslag, Fujita, Gerding et al. 2013). 0 where one
/// agreement is best for all. `vectors` need hold no more than the efficient agreements; `ranges`
/// are each party's worst and best over all of them ([`Lotteries::payoff_ranges`]). `None` without
/// agreements, or where ranges are not one a party. O(parties · agreements).
///
/// ```
/// use detente_payoff::{PayoffMatrix, opposition};
/// let vectors = PayoffMatrix::from_vectors(&[[0.0, 8.0], [7.0, 4.0]], &[0.0, 0.0])?;
/// let ranges = [(0.0, 10.0), (0.0, 8.0)];
/// // (0.7, 0.5) is √0.34 from (1, 1), of √2.
/// assert!((opposition(&vectors, &ranges).unwrap() - 0.17_f64.sqrt()).abs() < 1e-12);
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[must_use]
pub fn opposition(vectors: &PayoffMatrix, ranges: &[(f64, f64)]) -> Option<f64> {
    if ranges.len() != vectors.n_parties() {
        return None;
    }
    let distance = |agreement: usize| {
        let short = vectors.columns().zip(ranges).map(|(column, (low, high))| {
            let span = high - low;
            if span > 0.0 {
                (high - column[agreement]) / span
            } else {
                0.0
            }
        });
        short.map(|it| it * it).sum::<f64>()
    };
    let least = (0..vectors.len()).map(distance).reduce(f64::min)?;
    Some((least / ranges.len() as f64).sqrt())
}

/// How far a vector of payoffs is from the frontier: the share of its span that every party could
/// gain at once by some efficient agreement; 0 for an efficient one. `efficient` are the vectors of
/// the frontier, `ranges` as for [`opposition`]. `None` without agreements, or where lengths differ.
/// O(parties · agreements).
#[must_use]
pub fn shortfall(payoffs: &[f64], efficient: &PayoffMatrix, ranges: &[(f64, f64)]) -> Option<f64> {
    if [payoffs.len(), ranges.len()] != [efficient.n_parties(); 2] {
        return None;
    }
    let rise = |agreement: usize| {
        let vector: Vec<f64> = efficient
            .columns()
            .map(|column| column[agreement])
            .collect();
        let rises = minus(&vector, payoffs).into_iter().zip(ranges);
        let shares = rises.map(|(rise, (low, high))| match high - low {
            span if span > 0.0 => rise / span,
            _ => f64::INFINITY,
        });
        shares.fold(f64::INFINITY, f64::min)
    };
    let best = (0..efficient.len()).map(rise).reduce(f64::max)?;
    Some(if best.is_finite() { best.max(0.0) } else { 0.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{AgreementSpace, Utility};

    /// Points of two parties on winning each issue.
    fn contest(points: [&[f64]; 2], d: f64) -> Lotteries {
        let tables = |points: &[f64], first: bool| {
            let table = |&p: &f64| if first { vec![p, 0.0] } else { vec![0.0, p] };
            Utility::additive(0.0, points.iter().map(table).collect()).unwrap()
        };
        let space = AgreementSpace::new(&vec![2; points[0].len()]).unwrap();
        let utilities = [tables(points[0], true), tables(points[1], false)];
        Lotteries::new(&space, &utilities, &[d, d]).unwrap()
    }

    #[test]
    fn dividing_a_sum_has_no_potential() {
        let lotteries = contest([&[40.0, 60.0], &[40.0, 60.0]], 20.0);
        let integrative = lotteries.integrative_potential();
        assert_eq!(
            (integrative.potential, integrative.split),
            (0.0, vec![50.0; 2])
        );
        let whole = PayoffMatrix::from_vectors(&[[100.0, 0.0], [40.0, 60.0]], &[0.0; 2]).unwrap();
        let opposed = opposition(&whole, &lotteries.payoff_ranges()).unwrap();
        assert!((opposed - 0.26_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn what_no_issue_settles_alone_a_package_may() {
        // Nonagreement at 50 of 100: on each issue alone one side or the other gets less than half.
        let lotteries = contest([&[80.0, 20.0], &[20.0, 80.0]], 50.0);
        let linkage = lotteries.linkage().unwrap();
        assert_eq!(linkage.stuck().collect::<Vec<_>>(), [[0], [1]]);
        assert_eq!(
            (linkage.separate, linkage.together),
            (vec![50.0; 2], vec![80.0; 2])
        );
        assert!((linkage.gain - 0.3).abs() < 1e-12);
    }

    #[test]
    fn issues_with_a_middle_way_are_settled_alone() {
        let space = AgreementSpace::new(&[3]).unwrap();
        let one = Utility::additive(1.0, vec![vec![0.0, 8.0, 10.0]]).unwrap();
        let two = Utility::additive(0.0, vec![vec![10.0, 8.0, 0.0]]).unwrap();
        let linkage = Lotteries::new(&space, &[one, two], &[6.0, 5.0])
            .unwrap()
            .linkage()
            .unwrap();
        assert_eq!(linkage.alone[0].options, Some(vec![1]));
        assert_eq!((linkage.gain, linkage.separate), (0.0, vec![9.0, 8.0]));
    }

    #[test]
    fn an_efficient_agreement_falls_short_of_nothing() {
        let efficient = PayoffMatrix::from_vectors(&[[10.0, 0.0], [6.0, 6.0]], &[0.0; 2]).unwrap();
        let ranges = [(0.0, 10.0), (0.0, 6.0)];
        assert_eq!(shortfall(&[6.0, 6.0], &efficient, &ranges), Some(0.0));
        assert_eq!(shortfall(&[5.0, 3.0], &efficient, &ranges), Some(0.1));
        assert_eq!(shortfall(&[5.0], &efficient, &ranges), None);
        assert_eq!(opposition(&efficient, &ranges[..1]), None);
    }
}
