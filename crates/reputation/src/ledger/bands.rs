use detente_quantity::Probability;

use crate::{Evidence, ReputationError, engine::logs};

/// How far from 1 rounding may carry the sum of a prior's ends.
const SUM_TOLERANCE: f64 = 1e-9;

/// Evidence of which only bounds are known: for each type a lowest and a highest likelihood, each
/// type's to be chosen whatever the others' are.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(try_from = "(Evidence, Evidence)", into = "(Evidence, Evidence)")
)]
pub struct EvidenceBand {
    low: Evidence,
    high: Evidence,
}

impl EvidenceBand {
    /// The evidence at its lowest and at its highest for each type. Relative likelihoods must be in
    /// the same unit.
    ///
    /// # Errors
    /// [`ReputationError::Length`] if the two speak of different numbers of types,
    /// [`ReputationError::OutOfRange`] naming the ratio of high to low where it is below 1.
    pub fn new(low: Evidence, high: Evidence) -> Result<Self, ReputationError> {
        if low.types() != high.types() {
            return Err(ReputationError::Length {
                array: "the upper end of evidence",
                given: high.types(),
                expected: low.types(),
            });
        }
        let (least, most) = (warranted(&low), warranted(&high));
        match least.iter().zip(&most).find(|(least, most)| least > most) {
            Some((least, most)) => Err(ReputationError::OutOfRange {
                quantity: "ratio of the highest to the lowest likelihood",
                given: (most - least).exp(),
                expected: "1 or more",
            }),
            None => Ok(Self { low, high }),
        }
    }

    /// Evidence known exactly.
    #[must_use]
    pub fn exact(evidence: Evidence) -> Self {
        Self {
            low: evidence.clone(),
            high: evidence,
        }
    }

    /// Evidence of which each likelihood may be wrong by a factor, up or down, but no likelihood is above 1;
    /// relative ones have no such end.
    ///
    /// # Errors
    /// [`ReputationError::OutOfRange`] for a factor below 1, NaN or infinite.
    pub fn within_factor(evidence: &Evidence, factor: f64) -> Result<Self, ReputationError> {
        if !(factor >= 1.0 && factor.is_finite()) {
            return Err(ReputationError::OutOfRange {
                quantity: "factor of error",
                given: factor,
                expected: "a finite number of 1 or more",
            });
        }
        let held = |log: f64| match (evidence.forced(), evidence.is_retraction()) {
            (Some(_), false) => log.min(0.0),
            (Some(_), true) => log.max(0.0),
            (None, _) => log,
        };
        let moved = |by: f64| {
            let logs = warranted(evidence).into_iter().map(|log| held(log + by));
            Evidence::log_likelihoods(logs.collect())
        };
        Ok(Self {
            low: moved(-factor.ln())?,
            high: moved(factor.ln())?,
        })
    }

    /// How many types it speaks of, at least 1.
    #[must_use]
    pub fn types(&self) -> usize {
        self.low.types()
    }
}

impl TryFrom<(Evidence, Evidence)> for EvidenceBand {
    type Error = ReputationError;

    fn try_from((low, high): (Evidence, Evidence)) -> Result<Self, ReputationError> {
        Self::new(low, high)
    }
}

impl From<EvidenceBand> for (Evidence, Evidence) {
    fn from(band: EvidenceBand) -> Self {
        (band.low, band.high)
    }
}

fn warranted(evidence: &Evidence) -> Vec<f64> {
    let mut logs = vec![0.0; evidence.types()];
    evidence.warranted_log_likelihoods(&mut logs);
    logs
}

/// A prior of which only bounds are known: every distribution whose probabilities lie between their
/// lowest and highest.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(
    feature = "serde",
    serde(
        try_from = "Vec<(Probability, Probability)>",
        into = "Vec<(Probability, Probability)>"
    )
)]
pub struct PriorBand(Vec<(Probability, Probability)>);

impl PriorBand {
    /// The lowest and the highest probability of each type.
    ///
    /// # Errors
    /// [`ReputationError::NoTypes`] without types, [`ReputationError::OutOfRange`] if a type's
    /// lowest exceeds its highest, [`ReputationError::Unnormalised`] if the lowest add up to more
    /// than 1 or the highest to less, so that no distribution lies between.
    pub fn new(bounds: Vec<(Probability, Probability)>) -> Result<Self, ReputationError> {
        if bounds.is_empty() {
            return Err(ReputationError::NoTypes { what: "prior" });
        }
        if let Some((low, _)) = bounds.iter().find(|(low, high)| low > high) {
            return Err(ReputationError::OutOfRange {
                quantity: "lowest probability of a type",
                given: low.get(),
                expected: "at most its highest",
            });
        }
        let lowest: f64 = bounds.iter().map(|(low, _)| low.get()).sum();
        let highest: f64 = bounds.iter().map(|(_, high)| high.get()).sum();
        for (sum, fits) in [
            (lowest, lowest <= 1.0 + SUM_TOLERANCE),
            (highest, highest >= 1.0 - SUM_TOLERANCE),
        ] {
            if !fits {
                return Err(ReputationError::Unnormalised { sum });
            }
        }
        Ok(Self(bounds))
    }

    /// A prior known exactly.
    ///
    /// # Errors
    /// As [`PriorBand::new`].
    pub fn exact(probabilities: &[Probability]) -> Result<Self, ReputationError> {
        Self::new(probabilities.iter().map(|&p| (p, p)).collect())
    }

    /// How many types it speaks of, at least 1.
    #[must_use]
    pub fn types(&self) -> usize {
        self.0.len()
    }
}

impl TryFrom<Vec<(Probability, Probability)>> for PriorBand {
    type Error = ReputationError;

    fn try_from(bounds: Vec<(Probability, Probability)>) -> Result<Self, ReputationError> {
        Self::new(bounds)
    }
}

impl From<PriorBand> for Vec<(Probability, Probability)> {
    fn from(band: PriorBand) -> Self {
        band.0
    }
}

/// The lowest and the highest belief in each type that some prior and some likelihoods within their
/// bounds lead to.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[non_exhaustive]
pub struct BeliefBand {
    /// The lowest belief in each type, each attained on its own.
    pub lower: Vec<Probability>,
    /// The highest belief in each type, each attained on its own.
    pub upper: Vec<Probability>,
}

/// The exact band of beliefs after each act, in order: as long as `acts`. For a type that never
/// changes and acts that are independent given the type. O(acts · types²).
///
/// A type is believed in most where its own likelihoods are highest and all others' lowest, and
/// where the prior leaves it the most it may have and gives the rest first to those that explain
/// the acts worst: a linear program solved by sorting.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::{Evidence, EvidenceBand, PriorBand, belief_bands};
///
/// let chance = |p| Probability::new(p);
/// // A prior of 0.2 to 0.4, and a clue two to four times as likely from type 0.
/// let prior = PriorBand::new(vec![(chance(0.2)?, chance(0.4)?), (chance(0.6)?, chance(0.8)?)])?;
/// let clue = EvidenceBand::new(
///     Evidence::ratios(vec![2.0, 1.0])?,
///     Evidence::ratios(vec![4.0, 1.0])?,
/// )?;
/// let bands = belief_bands(&prior, &[clue])?;
/// assert!((bands[0].lower[0].get() - 1.0 / 3.0).abs() < 1e-12);
/// assert!((bands[0].upper[0].get() - 8.0 / 11.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// [`ReputationError::TypeCount`] naming the first act that speaks of another number of types,
/// [`ReputationError::Impossible`] naming the first after which no type is possible, whatever the
/// prior and the likelihoods within their bounds.
pub fn belief_bands(
    prior: &PriorBand,
    acts: &[EvidenceBand],
) -> Result<Vec<BeliefBand>, ReputationError> {
    let types = prior.types();
    let (mut lows, mut highs) = (vec![0.0; types], vec![0.0; types]);
    let mut bands = Vec::with_capacity(acts.len());
    for (place, act) in (1..).zip(acts) {
        if act.types() != types {
            return Err(ReputationError::TypeCount {
                act: place,
                given: act.types(),
                expected: types,
            });
        }
        add(&mut lows, &warranted(&act.low));
        add(&mut highs, &warranted(&act.high));
        let possible = |k: usize| prior.0[k].1 > Probability::ZERO && highs[k].is_finite();
        if !(0..types).any(possible) {
            return Err(ReputationError::Impossible { act: place });
        }
        let upper = |k| Probability::saturating(extreme(prior, k, &highs, &lows, Extreme::Most));
        let lower = |k| Probability::saturating(extreme(prior, k, &lows, &highs, Extreme::Least));
        bands.push(BeliefBand {
            lower: (0..types).map(lower).collect(),
            upper: (0..types).map(upper).collect(),
        });
    }
    Ok(bands)
}

fn add(sums: &mut [f64], logs: &[f64]) {
    for (sum, log) in sums.iter_mut().zip(logs) {
        // A type once impossible stays so; no finite likelihood makes it so or certain.
        let ruled_out = *sum == f64::NEG_INFINITY || *log == f64::NEG_INFINITY;
        *sum = if ruled_out {
            f64::NEG_INFINITY
        } else {
            (*sum + log).clamp(f64::MIN, f64::MAX)
        };
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Extreme {
    Least,
    Most,
}

/// The extreme belief in type `k`, if its log-likelihood is `own[k]` and the others' are `theirs`.
fn extreme(prior: &PriorBand, k: usize, own: &[f64], theirs: &[f64], which: Extreme) -> f64 {
    let others = || (0..prior.types()).filter(|place| *place != k);
    let sum = |end: fn(&(Probability, Probability)) -> Probability| -> f64 {
        others().map(|place| end(&prior.0[place]).get()).sum()
    };
    let (low, high) = (prior.0[k].0.get(), prior.0[k].1.get());
    let mass = match which {
        Extreme::Most => high.min(1.0 - sum(|it| it.0)).max(low),
        Extreme::Least => low.max(1.0 - sum(|it| it.1)).min(high),
    };
    // What is left goes to where it explains least, or most.
    let mut order: Vec<usize> = others().collect();
    order.sort_by(|&one, &other| theirs[one].total_cmp(&theirs[other]));
    if which == Extreme::Least {
        order.reverse();
    }
    let mut left = 1.0 - mass - sum(|it| it.0);
    let mut weights = Vec::with_capacity(order.len());
    for place in order {
        let (least, most) = (prior.0[place].0.get(), prior.0[place].1.get());
        let more = left.clamp(0.0, most - least);
        left -= more;
        weights.push((least + more).ln() + theirs[place]);
    }
    let odds = mass.ln() + own[k] - logs::sum(weights.into_iter());
    if odds.is_nan() {
        // Nobody can be, there. At its most the type then can be nowhere; at its least it is the
        // only one that can be anywhere.
        return f64::from(which == Extreme::Least);
    }
    1.0 / (1.0 + (-odds).exp())
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn chance(value: f64) -> Probability {
        Probability::new(value).unwrap()
    }

    /// Every prior at a corner of its bounds.
    fn corners(bounds: &[(f64, f64)]) -> Vec<Vec<f64>> {
        let types = bounds.len();
        let mut corners = Vec::new();
        for free in 0..types {
            for ends in 0..1_usize << types {
                let end = |k: usize| {
                    if ends >> k & 1 == 1 {
                        bounds[k].1
                    } else {
                        bounds[k].0
                    }
                };
                let mut prior: Vec<f64> = (0..types).map(end).collect();
                let rest: f64 = (0..types).filter(|k| *k != free).map(end).sum();
                prior[free] = 1.0 - rest;
                let (low, high) = bounds[free];
                if prior[free] >= low - 1e-12 && prior[free] <= high + 1e-12 {
                    corners.push(prior);
                }
            }
        }
        corners
    }

    type Bounds = Vec<(f64, f64)>;

    /// Bounds around a prior, and for each act and type a lowest and a highest likelihood.
    fn world() -> impl Strategy<Value = (Bounds, Vec<Bounds>)> {
        (1..=3_usize).prop_flat_map(|types| {
            let prior = vec((0.05..1.0_f64, 0.0..0.5_f64), types).prop_map(|weights| {
                let total: f64 = weights.iter().map(|(weight, _)| weight).sum();
                let bounds = |(weight, slack): &(f64, f64)| {
                    let share = weight / total;
                    (share * (1.0 - slack), (share * (1.0 + slack)).min(1.0))
                };
                weights.iter().map(bounds).collect()
            });
            let chances = (0.05..1.0_f64, 0.3..=1.0_f64).prop_map(|(high, low)| (high * low, high));
            (prior, vec(vec(chances, types), 0..=3))
        })
    }

    proptest! {
        #[test]
        fn bands_are_those_of_all_corners((prior, acts) in world()) {
            let types = prior.len();
            let bounds = prior.iter().map(|&(low, high)| (chance(low), chance(high))).collect();
            let end = |act: &Bounds, high: bool| {
                let chances = act.iter().map(|&(l, h)| chance(if high { h } else { l })).collect();
                Evidence::likelihoods(chances, Probability::ZERO).unwrap()
            };
            let banded: Vec<EvidenceBand> =
                acts.iter().map(|act| EvidenceBand::new(end(act, false), end(act, true)).unwrap()).collect();
            let bands = belief_bands(&PriorBand::new(bounds).unwrap(), &banded).unwrap();
            prop_assert_eq!(bands.len(), acts.len());
            for (n, band) in bands.iter().enumerate() {
                let cells = types * (n + 1);
                let (mut lower, mut upper) = (vec![1.0_f64; types], vec![0.0_f64; types]);
                for prior in corners(&prior) {
                    for ends in 0..1_usize << cells {
                        let end = |t: usize, k: usize| {
                            let (low, high) = acts[t][k];
                            if ends >> (t * types + k) & 1 == 1 { high } else { low }
                        };
                        let weight = |k: usize| prior[k] * (0..=n).map(|t| end(t, k)).product::<f64>();
                        let total: f64 = (0..types).map(weight).sum();
                        for k in 0..types {
                            lower[k] = lower[k].min(weight(k) / total);
                            upper[k] = upper[k].max(weight(k) / total);
                        }
                    }
                }
                for k in 0..types {
                    prop_assert!((band.lower[k].get() - lower[k]).abs() < 1e-10);
                    prop_assert!((band.upper[k].get() - upper[k]).abs() < 1e-10);
                }
            }
        }
    }

    #[test]
    fn bounds_that_hold_nothing_are_refused() {
        let pairs = |pairs: &[(f64, f64)]| {
            PriorBand::new(pairs.iter().map(|&(l, h)| (chance(l), chance(h))).collect())
        };
        assert!(pairs(&[]).is_err() && pairs(&[(0.6, 0.5), (0.4, 0.5)]).is_err());
        assert!(matches!(
            pairs(&[(0.6, 0.9), (0.6, 0.9)]),
            Err(ReputationError::Unnormalised { .. })
        ));
        assert!(matches!(
            pairs(&[(0.1, 0.4), (0.1, 0.4)]),
            Err(ReputationError::Unnormalised { .. })
        ));
        let ratios = |values: [f64; 2]| Evidence::ratios(values.to_vec()).unwrap();
        assert!(EvidenceBand::new(ratios([2.0, 1.0]), ratios([1.0, 1.0])).is_err());
        for factor in [0.5, f64::NAN, f64::INFINITY] {
            assert!(
                EvidenceBand::within_factor(&ratios([1.0, 1.0]), factor).is_err(),
                "{factor}"
            );
        }
    }

    #[test]
    fn the_possible_and_the_impossible_keep_their_bounds() {
        let likely = |values: [f64; 2]| {
            Evidence::likelihoods(values.map(chance).to_vec(), Probability::ZERO).unwrap()
        };
        let prior = PriorBand::exact(&[chance(0.5), chance(0.5)]).unwrap();
        let band = EvidenceBand::new(likely([0.0, 0.0]), likely([0.5, 0.5])).unwrap();
        let open = belief_bands(&prior, &[band]).unwrap();
        assert_eq!(
            (open[0].lower[0], open[0].upper[0]),
            (Probability::ZERO, Probability::ONE)
        );
        let proof = EvidenceBand::new(likely([0.0, 0.0]), likely([0.5, 0.0])).unwrap();
        let only = belief_bands(&prior, &[proof]).unwrap();
        assert_eq!(
            (only[0].lower[0], only[0].upper[1]),
            (Probability::ONE, Probability::ZERO)
        );
        let never = EvidenceBand::exact(likely([0.0, 0.0]));
        assert_eq!(
            belief_bands(&prior, &[never]),
            Err(ReputationError::Impossible { act: 1 })
        );
        let three = EvidenceBand::exact(Evidence::ratios(vec![1.0; 3]).unwrap());
        assert!(belief_bands(&prior, &[three]).is_err());
    }

    #[test]
    fn no_error_makes_a_likelihood_exceed_one() {
        let likely = Evidence::likelihoods(vec![chance(0.8), chance(0.2)], Probability::ZERO);
        let band = EvidenceBand::within_factor(&likely.unwrap(), 2.0).unwrap();
        let prior = PriorBand::exact(&[chance(0.5), chance(0.5)]).unwrap();
        let found = belief_bands(&prior, &[band]).unwrap();
        // From .4 against .4 to 1 against .1, not 1.6 against .1.
        assert!((found[0].lower[0].get() - 0.5).abs() < 1e-15);
        assert!((found[0].upper[0].get() - 1.0 / 1.1).abs() < 1e-15);
    }

    #[test]
    fn an_error_by_a_factor_is_a_band() {
        let prior = PriorBand::exact(&[chance(0.5), chance(0.5)]).unwrap();
        let clue = Evidence::ratios(vec![3.0, 1.0]).unwrap();
        let band =
            belief_bands(&prior, &[EvidenceBand::within_factor(&clue, 2.0).unwrap()]).unwrap();
        // A ratio of 3 that may be off by a factor of 2 on both sides: 3/4 to 12.
        assert!((band[0].lower[0].get() - 3.0 / 7.0).abs() < 1e-15);
        assert!((band[0].upper[0].get() - 12.0 / 13.0).abs() < 1e-15);
    }
}
