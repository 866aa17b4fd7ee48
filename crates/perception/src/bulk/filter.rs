use detente_reputation::{Act, Belief, Filter, ReputationError};

use super::compiled::Compiled;
use crate::{BiasProfile, PerceptionError};

/// The most kinds that a byte tells apart.
const MOST_KINDS: usize = 256;

/// What a [`BiasedFilter`] is made of.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct BiasedFilterParams {
    /// The belief before the first act of each series.
    pub prior: Belief,
    /// The kinds of acts that records hold, 1 to 256, numbered from 0.
    pub kinds: Vec<Act>,
    /// How the observer reads them.
    pub profile: BiasProfile,
}

/// What one biased observer comes to believe from records of acts of few kinds, an act being its kind's
/// number in one byte. All mechanisms are at work, those that look at the belief included.
///
/// Beliefs are those of [`posterior`](detente_reputation::posterior) under the same profile; log-weights agree
/// to 10⁻¹² of their size. Two to four types are read from tables; more types, acts that rule a
/// type out, a weight on the earlier belief above 1 and numbers beyond e^±500 act by act.
///
/// ```
/// use detente_perception::{BiasParams, BiasProfile, Expectation, bulk::{BiasedFilter, BiasedFilterParams}};
/// use detente_quantity::Probability;
/// use detente_reputation::{Act, Belief, Evidence, Tone, posterior};
///
/// let kinds = vec![
///     Act::new(Tone::Cooperative, Evidence::ratios(vec![2.0, 1.0])?),
///     Act::new(Tone::Hostile, Evidence::ratios(vec![1.0, 3.0])?),
/// ];
/// let profile = BiasProfile::new(BiasParams {
///     expectation: Expectation { misreading: 0.3, ambiguity: 0.0 },
///     need: 0.5,
///     ..BiasParams::default()
/// })?;
/// let prior = Belief::binary(Probability::new(0.3)?)?;
/// let filter = BiasedFilter::new(BiasedFilterParams { prior: prior.clone(), kinds: kinds.clone(), profile })?;
///
/// let record = [0, 0, 1, 0, 0, 0];
/// let held = filter.last(&record)?;
/// let one_by_one = posterior(&prior, record.iter().map(|&kind| &kinds[usize::from(kind)]), &profile)?;
/// assert!((held.probability(0).get() - one_by_one.probability(0).get()).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct BiasedFilter {
    params: BiasedFilterParams,
    table: Table,
}

#[derive(Debug, Clone)]
enum Table {
    Two(Compiled<2>),
    Three(Compiled<3>),
    Four(Compiled<4>),
    /// Act by act, in the plain way.
    None,
}

impl BiasedFilter {
    /// Checks the parameters and reads every kind once for every way in which it may meet a belief.
    /// O(kinds × types²).
    ///
    /// # Errors
    /// [`PerceptionError::OutOfRange`] unless there are 1 to 256 kinds,
    /// [`ReputationError::TypeCount`] naming the first kind, from 1, that speaks of another number of types
    /// than the prior.
    pub fn new(params: BiasedFilterParams) -> Result<Self, PerceptionError> {
        let (kinds, types) = (&params.kinds, params.prior.types());
        if !(1..=MOST_KINDS).contains(&kinds.len()) {
            return Err(PerceptionError::OutOfRange {
                quantity: "number of kinds of acts",
                given: kinds.len() as f64,
                expected: "a number from 1 to 256",
            });
        }
        if let Some(place) = kinds.iter().position(|kind| kind.types() != types) {
            return Err(PerceptionError::Reputation(ReputationError::TypeCount {
                act: place + 1,
                given: kinds[place].types(),
                expected: types,
            }));
        }
        let (prior, profile) = (&params.prior, &params.profile);
        let table = match types {
            2 => Compiled::of(prior, kinds, profile).map(Table::Two),
            3 => Compiled::of(prior, kinds, profile).map(Table::Three),
            4 => Compiled::of(prior, kinds, profile).map(Table::Four),
            _ => None,
        };
        Ok(Self {
            table: table.unwrap_or(Table::None),
            params,
        })
    }

    /// The parameters as they were given.
    #[must_use]
    pub const fn params(&self) -> &BiasedFilterParams {
        &self.params
    }

    /// The belief after the last act of one series; the prior if there is none. O(acts × types), no
    /// allocation but for the result.
    ///
    /// # Errors
    /// [`ReputationError::Entry`] naming the first act of a kind that does not exist, and
    /// [`ReputationError::Impossible`] naming the act, from 1, that no type still held possible could have
    /// done.
    pub fn last(&self, acts: &[u8]) -> Result<Belief, PerceptionError> {
        let mut log_weights = vec![0.0; self.params.prior.types()];
        self.last_of_many(acts, &[acts.len()], &mut log_weights)?;
        Ok(Belief::from_log_weights(log_weights)?)
    }

    /// Reads one series and writes the log-weights after each act, act by act and type by type: relative,
    /// the largest 0, as [`Belief::log_weights`] gives them. O(acts × types).
    ///
    /// # Errors
    /// [`ReputationError::Length`] unless `log_weights` holds one number a type for each act; otherwise as
    /// [`BiasedFilter::last`].
    pub fn filter(&self, acts: &[u8], log_weights: &mut [f64]) -> Result<(), PerceptionError> {
        self.check(acts, acts.len(), log_weights)?;
        match &self.table {
            Table::Two(table) => table.each(acts, log_weights),
            Table::Three(table) => table.each(acts, log_weights),
            Table::Four(table) => table.each(acts, log_weights),
            Table::None => {
                let mut filter = Filter::new(&self.params.prior);
                let rows = log_weights.chunks_exact_mut(self.params.prior.types());
                for (&act, row) in acts.iter().zip(rows) {
                    filter.observe(self.kind(act), &self.params.profile)?;
                    row.copy_from_slice(filter.belief().log_weights());
                }
            }
        }
        Ok(())
    }

    /// Reads many series that stand end to end in `acts`, the k-th up to `ends[k]`, and writes the log-weights
    /// after the last act of each, series by series and type by type; the prior's for a series without acts.
    /// Four series are read side by side. O(acts × types), no allocation from act to act.
    ///
    /// # Errors
    /// [`ReputationError::Length`] unless `log_weights` holds one number a type for each series;
    /// [`ReputationError::Entry`] for ends that go back or do not end with `acts`; otherwise as
    /// [`BiasedFilter::last`], an act counted from the start of its series.
    pub fn last_of_many(
        &self,
        acts: &[u8],
        ends: &[usize],
        log_weights: &mut [f64],
    ) -> Result<(), PerceptionError> {
        self.check(acts, ends.len(), log_weights)?;
        check_ends(ends, acts.len())?;
        match (&self.table, ends) {
            (Table::Two(table), [_]) => table.last(acts, log_weights),
            (Table::Three(table), [_]) => table.last(acts, log_weights),
            (Table::Four(table), [_]) => table.last(acts, log_weights),
            (Table::Two(table), _) => table.last_of_many(acts, ends, log_weights),
            (Table::Three(table), _) => table.last_of_many(acts, ends, log_weights),
            (Table::Four(table), _) => table.last_of_many(acts, ends, log_weights),
            (Table::None, _) => self.act_by_act(acts, ends, log_weights)?,
        }
        Ok(())
    }

    fn act_by_act(
        &self,
        acts: &[u8],
        ends: &[usize],
        log_weights: &mut [f64],
    ) -> Result<(), PerceptionError> {
        let mut filter = Filter::new(&self.params.prior);
        let rows = log_weights.chunks_exact_mut(self.params.prior.types());
        let mut start = 0;
        for (&end, row) in ends.iter().zip(rows) {
            filter.restart(&self.params.prior);
            for &act in &acts[start..end] {
                filter.observe(self.kind(act), &self.params.profile)?;
            }
            row.copy_from_slice(filter.belief().log_weights());
            start = end;
        }
        Ok(())
    }

    /// Acts have been checked to be of a kind there is.
    fn kind(&self, act: u8) -> &Act {
        &self.params.kinds[usize::from(act)]
    }

    fn check(&self, acts: &[u8], rows: usize, out: &[f64]) -> Result<(), ReputationError> {
        let expected = rows.saturating_mul(self.params.prior.types());
        if out.len() != expected {
            return Err(ReputationError::Length {
                array: "array of log-weights",
                given: out.len(),
                expected,
            });
        }
        let kinds = self.params.kinds.len();
        let largest = acts.iter().copied().max();
        if largest.is_none_or(|largest| usize::from(largest) < kinds) {
            return Ok(());
        }
        let unknown = acts.iter().position(|&act| usize::from(act) >= kinds);
        let position = unknown.unwrap_or_default();
        Err(ReputationError::Entry {
            array: "acts",
            position,
            given: usize::from(acts[position]),
            least: 0,
            most: kinds - 1,
        })
    }
}

/// Refuses ends of series that go backwards or do not end where the acts do.
fn check_ends(ends: &[usize], acts: usize) -> Result<(), ReputationError> {
    let mut start = 0;
    for (position, &end) in ends.iter().enumerate() {
        if end < start || end > acts {
            return Err(ReputationError::Entry {
                array: "ends of series",
                position,
                given: end,
                least: start,
                most: acts,
            });
        }
        start = end;
    }
    match start == acts {
        true => Ok(()),
        false => Err(ReputationError::Length {
            array: "array of acts",
            given: acts,
            expected: start,
        }),
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::Probability;
    use detente_reputation::{Evidence, Tone, posterior, strategies as reputation, trajectory};
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::{BiasParams, strategies};

    fn filter(prior: Belief, kinds: Vec<Act>, profile: BiasProfile) -> BiasedFilter {
        BiasedFilter::new(BiasedFilterParams {
            prior,
            kinds,
            profile,
        })
        .unwrap()
    }

    fn is_near(one: f64, other: f64) -> bool {
        one.total_cmp(&other).is_eq() || (one - other).abs() <= 1e-12 * one.abs().max(1.0)
    }

    #[test]
    fn impossible_parameters_and_records_are_refused() {
        let act =
            |ratios: &[f64]| Act::new(Tone::Hostile, Evidence::ratios(ratios.to_vec()).unwrap());
        let even = || Belief::binary(Probability::HALF).unwrap();
        let with = |kinds| {
            let params = BiasedFilterParams {
                prior: even(),
                kinds,
                profile: BiasProfile::neutral(),
            };
            BiasedFilter::new(params).map_err(|error| error.to_string())
        };
        assert!(with(vec![]).unwrap_err().starts_with("number of kinds"));
        assert!(with(vec![act(&[1.0, 2.0]); 257]).is_err());
        let odd = with(vec![act(&[1.0, 2.0]), act(&[1.0])]).unwrap_err();
        assert!(odd.starts_with("act 2 speaks of 1 types"), "{odd}");
        let filter = with(vec![act(&[1.0, 2.0])]).unwrap();
        assert!(filter.last(&[0, 1]).is_err());
        assert!(filter.filter(&[0], &mut [0.0]).is_err());
        for ends in [&[1, 0, 2][..], &[1], &[3]] {
            let mut out = vec![0.0; 2 * ends.len()];
            assert!(
                filter.last_of_many(&[0, 0], ends, &mut out).is_err(),
                "{ends:?}"
            );
        }
        let proof = Evidence::likelihoods(vec![Probability::ZERO; 2], Probability::ZERO).unwrap();
        let filter = with(vec![Act::new(Tone::Hostile, proof)]).unwrap();
        assert_eq!(
            filter.last(&[0]),
            Err(PerceptionError::Reputation(ReputationError::Impossible {
                act: 1
            }))
        );
        assert_eq!(filter.last(&[]).unwrap(), even());
    }

    #[test]
    fn no_length_of_a_record_makes_a_difference() {
        // 100,000 acts, so that every mechanism has met many beliefs.
        let rates = [0.9, 0.4, 0.6].map(|rate| Probability::new(rate).unwrap());
        let profile = BiasProfile::new(BiasParams {
            need: 0.7,
            evidence_weight: 0.5,
            prior_weight: 0.99,
            prior_bias: crate::PriorBias {
                confirming: 0.3,
                disconfirming: -0.2,
            },
            expectation: crate::Expectation {
                misreading: 0.2,
                ambiguity: 0.1,
            },
            strength: crate::Strength {
                scale: 0.88,
                exponent: 0.76,
            },
            ..BiasParams::default()
        });
        for types in [2, 3] {
            let kind = |tone, chances: Vec<Probability>| {
                Act::new(
                    tone,
                    Evidence::likelihoods(chances, Probability::ZERO).unwrap(),
                )
            };
            let kinds = vec![
                kind(Tone::Cooperative, rates[..types].to_vec()),
                kind(
                    Tone::Hostile,
                    rates[..types]
                        .iter()
                        .map(|rate| rate.complement())
                        .collect(),
                ),
            ];
            let acts: Vec<u8> = (0..100_000_u64).map(|n| u8::from(n * n % 7 >= 4)).collect();
            let prior = Belief::from_log_weights(vec![0.0; types]).unwrap();
            let story = acts.iter().map(|&act| &kinds[usize::from(act)]);
            let plain = posterior(&prior, story, &profile.clone().unwrap()).unwrap();
            let held = filter(prior, kinds.clone(), profile.clone().unwrap())
                .last(&acts)
                .unwrap();
            for (one, other) in held.log_weights().iter().zip(plain.log_weights()) {
                assert!(is_near(*one, *other), "{one} {other}");
            }
        }
    }

    proptest! {
        #[test]
        fn it_is_the_filter_act_by_act(
            (types, prior, kinds) in (1..=5_usize).prop_flat_map(|types| {
                let kinds = vec(reputation::act(types), 1..6);
                (Just(types), reputation::belief(types), kinds)
            }),
            acts in vec(any::<prop::sample::Index>(), 0..90), profile in strategies::bias_profile(),
            cuts in vec(any::<prop::sample::Index>(), 0..9),
        ) {
            let acts: Vec<u8> = acts.iter().map(|it| u8::try_from(it.index(kinds.len())).unwrap()).collect();
            let filter = filter(prior.clone(), kinds.clone(), profile);
            let story = |acts: &[u8]| -> Vec<Act> {
                acts.iter().map(|&act| kinds[usize::from(act)].clone()).collect()
            };
            let mut written = vec![f64::NAN; acts.len() * types];
            match (filter.filter(&acts, &mut written), trajectory(&prior, &story(&acts), &profile)) {
                (Ok(()), Ok(plain)) => {
                    let plain = plain.iter().flat_map(Belief::log_weights);
                    for (one, other) in written.iter().zip(plain) {
                        prop_assert!(is_near(*one, *other), "{one} {other}");
                    }
                }
                (Err(PerceptionError::Reputation(one)), Err(other)) => prop_assert_eq!(one, other),
                (one, other) => prop_assert!(false, "{one:?} {other:?}"),
            }
            // The same record in pieces, each a series of its own.
            let mut ends: Vec<usize> = cuts.iter().map(|cut| cut.index(acts.len() + 1)).collect();
            ends.push(acts.len());
            ends.sort_unstable();
            let mut last = vec![f64::NAN; ends.len() * types];
            let starts = std::iter::once(0).chain(ends.iter().copied());
            let pieces: Result<Vec<Belief>, _> = starts.zip(&ends)
                .map(|(start, &end)| posterior(&prior, &story(&acts[start..end]), &profile))
                .collect();
            match (filter.last_of_many(&acts, &ends, &mut last), pieces) {
                (Ok(()), Ok(pieces)) => {
                    let pieces = pieces.iter().flat_map(Belief::log_weights);
                    for (one, other) in last.iter().zip(pieces) {
                        prop_assert!(is_near(*one, *other), "{one} {other}");
                    }
                }
                (Err(_), Err(_)) => {}
                (one, other) => prop_assert!(false, "{one:?} {other:?}"),
            }
        }
    }
}
