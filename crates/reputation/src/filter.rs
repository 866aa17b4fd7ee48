use crate::{Act, Belief, Reader, ReputationError};

/// A belief on its way through a stream of acts. Allocates when it is made, not from act to act.
///
/// Each act moves the log-weights by `w_θ ← d·w_θ + log L_θ`, with `d` and `log L` from the
/// [`Reader`]. A Bayesian's posterior does not depend on the order of the acts; that of a reader
/// with `d ≠ 1` does. A type ruled out stays ruled out, whatever `d`.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::{Act, Belief, Evidence, Filter, Tone, Warranted};
///
/// // Three concessions, each twice as likely from the trustworthy type.
/// let prior = Belief::binary(Probability::new(0.3)?)?;
/// let concession = Act::new(Tone::Cooperative, Evidence::ratios(vec![2.0, 1.0])?);
/// let mut filter = Filter::new(&prior);
/// for _ in 0..3 {
///     filter.observe(&concession, &Warranted)?;
/// }
/// assert!((filter.belief().probability(0).get() - 0.7742).abs() < 1e-4);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Filter {
    belief: Belief,
    reading: Vec<f64>,
    acts: usize,
}

impl Filter {
    /// Starts from `prior`, before any act.
    #[must_use]
    pub fn new(prior: &Belief) -> Self {
        Self {
            belief: prior.clone(),
            reading: vec![0.0; prior.types()],
            acts: 0,
        }
    }

    /// Starts over from `prior`, reusing this filter's memory.
    pub fn restart(&mut self, prior: &Belief) {
        self.belief.assign(prior);
        self.reading.resize(prior.types(), 0.0);
        self.acts = 0;
    }

    /// Reads one more act. O(types), no allocation.
    ///
    /// # Errors
    /// [`ReputationError::TypeCount`] if the act speaks of another number of types,
    /// [`ReputationError::Impossible`] if no type still held possible could have done it,
    /// [`ReputationError::Reading`] if the reader gives NaN, positive infinity or a negative weight.
    /// Each names the act by its place in the stream; the belief is left as it was.
    pub fn observe<R: Reader + ?Sized>(
        &mut self,
        act: &Act,
        reader: &R,
    ) -> Result<(), ReputationError> {
        let place = self.acts.saturating_add(1);
        if act.types() != self.belief.types() {
            return Err(ReputationError::TypeCount {
                act: place,
                given: act.types(),
                expected: self.belief.types(),
            });
        }
        let prior_weight = reader.read(act, &self.belief, &mut self.reading);
        check_reading(place, prior_weight, &self.reading)?;
        self.belief
            .step(prior_weight, &mut self.reading)
            .ok_or(ReputationError::Impossible { act: place })?;
        self.acts = place;
        Ok(())
    }

    /// The belief after the acts read so far.
    #[must_use]
    pub const fn belief(&self) -> &Belief {
        &self.belief
    }

    /// How many acts have been read.
    #[must_use]
    pub const fn acts(&self) -> usize {
        self.acts
    }

    /// The belief after the acts read so far, without a copy.
    #[must_use]
    pub fn into_belief(self) -> Belief {
        self.belief
    }
}

/// The belief after each act, in order: as long as `acts`, the prior not included. Later acts
/// never change earlier beliefs. O(acts × types).
///
/// # Errors
/// As [`Filter::observe`], for the first act that fails.
pub fn trajectory<'a, R: Reader + ?Sized>(
    prior: &Belief,
    acts: impl IntoIterator<Item = &'a Act>,
    reader: &R,
) -> Result<Vec<Belief>, ReputationError> {
    let mut filter = Filter::new(prior);
    acts.into_iter()
        .map(|act| {
            filter.observe(act, reader)?;
            Ok(filter.belief().clone())
        })
        .collect()
}

/// The belief after all acts; the prior itself if there are none. O(acts × types), and one
/// allocation however many acts.
///
/// # Errors
/// As [`Filter::observe`], for the first act that fails.
pub fn posterior<'a, R: Reader + ?Sized>(
    prior: &Belief,
    acts: impl IntoIterator<Item = &'a Act>,
    reader: &R,
) -> Result<Belief, ReputationError> {
    let mut filter = Filter::new(prior);
    for act in acts {
        filter.observe(act, reader)?;
    }
    Ok(filter.into_belief())
}

pub(crate) fn check_reading(
    act: usize,
    prior_weight: f64,
    reading: &[f64],
) -> Result<(), ReputationError> {
    if !(prior_weight >= 0.0 && prior_weight.is_finite()) {
        return Err(ReputationError::Reading {
            act,
            quantity: "weight on the earlier belief",
            given: prior_weight,
            expected: "a finite number, 0 or more",
        });
    }
    let refused = |value: &&f64| value.is_nan() || **value == f64::INFINITY;
    match reading.iter().find(refused) {
        Some(&given) => Err(ReputationError::Reading {
            act,
            quantity: "log-likelihood",
            given,
            expected: "a finite number, or negative infinity for a type that could not do it",
        }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use detente_quantity::Probability;
    use proptest::prelude::*;

    use super::*;
    use crate::{Evidence, Tone, Warranted, strategies};

    /// A reader that answers whatever it is told.
    struct Told(f64, [f64; 2]);

    impl Reader for Told {
        fn read(&self, _: &Act, _: &Belief, log_likelihood: &mut [f64]) -> f64 {
            log_likelihood.copy_from_slice(&self.1);
            self.0
        }
    }

    const OUT: f64 = f64::NEG_INFINITY;

    fn even() -> Belief {
        Belief::binary(Probability::HALF).unwrap()
    }

    fn act(chances: &[f64]) -> Act {
        let chances = chances
            .iter()
            .map(|&q| Probability::new(q).unwrap())
            .collect();
        Act::new(
            Tone::Hostile,
            Evidence::likelihoods(chances, Probability::ZERO).unwrap(),
        )
    }

    /// Bayes' rule as it is first taught: multiply and divide.
    fn by_multiplication(prior: &Belief, acts: &[Act]) -> Vec<f64> {
        let mut weights = prior.probabilities();
        for act in acts {
            let mut read = vec![0.0; prior.types()];
            act.evidence().warranted_log_likelihoods(&mut read);
            weights
                .iter_mut()
                .zip(&read)
                .for_each(|(weight, log)| *weight *= log.exp());
            let total: f64 = weights.iter().sum();
            weights.iter_mut().for_each(|weight| *weight /= total);
        }
        weights
    }

    #[test]
    fn an_impossible_act_is_named_and_changes_nothing() {
        let acts = [act(&[0.5, 0.25]), act(&[0.0, 0.0]), act(&[0.5, 0.5])];
        assert_eq!(
            trajectory(&even(), &acts, &Warranted),
            Err(ReputationError::Impossible { act: 2 })
        );
        let mut filter = Filter::new(&even());
        filter.observe(&acts[0], &Warranted).unwrap();
        let before = filter.belief().clone();
        assert!(filter.observe(&acts[1], &Warranted).is_err());
        assert_eq!((filter.belief(), filter.acts()), (&before, 1));
        filter.observe(&acts[2], &Warranted).unwrap();
        assert_eq!(filter.belief(), &before);
    }

    #[test]
    fn the_last_type_standing_can_still_be_contradicted() {
        let acts = [act(&[0.0, 0.5]), act(&[0.5, 0.0])];
        let error = posterior(&even(), &acts, &Warranted).unwrap_err();
        assert_eq!(error, ReputationError::Impossible { act: 2 });
        assert!(error.to_string().starts_with("act 2 is impossible"));
    }

    #[test]
    fn acts_must_speak_of_the_same_types() {
        let acts = [act(&[0.5, 0.5]), act(&[0.5])];
        let refused = ReputationError::TypeCount {
            act: 2,
            given: 1,
            expected: 2,
        };
        assert_eq!(posterior(&even(), &acts, &Warranted), Err(refused));
    }

    #[test]
    fn a_type_ruled_out_stays_ruled_out() {
        let mut filter = Filter::new(&even());
        filter.observe(&act(&[0.0, 0.5]), &Warranted).unwrap();
        for weight in [0.0, 0.5, 1.0, 1e300] {
            filter
                .observe(&act(&[1.0, 1e-9]), &Told(weight, [0.0, -1e300]))
                .unwrap();
            assert_eq!(
                filter.belief().probabilities(),
                [0.0, 1.0],
                "weight {weight}"
            );
        }
    }

    #[test]
    fn readings_no_belief_can_use_are_refused() {
        for reader in [
            Told(f64::NAN, [0.0, 0.0]),
            Told(-1.0, [0.0, 0.0]),
            Told(f64::INFINITY, [0.0, 0.0]),
            Told(1.0, [0.0, f64::NAN]),
            Told(1.0, [f64::INFINITY, 0.0]),
        ] {
            let mut filter = Filter::new(&even());
            let error = filter.observe(&act(&[0.5, 0.5]), &reader).unwrap_err();
            assert!(
                matches!(error, ReputationError::Reading { act: 1, .. }),
                "{error}"
            );
            assert_eq!(filter.belief(), &even());
        }
        let mut filter = Filter::new(&even());
        let impossible = filter.observe(&act(&[0.5, 0.5]), &Told(1.0, [OUT, OUT]));
        assert_eq!(impossible, Err(ReputationError::Impossible { act: 1 }));
    }

    #[test]
    fn a_million_acts_do_not_underflow() {
        let concession = act(&[0.9, 0.4]);
        let mut filter = Filter::new(&even());
        for _ in 0..1_000_000 {
            filter.observe(&concession, &Warranted).unwrap();
        }
        let odds = filter.belief().log_odds(0).unwrap().get();
        approx::assert_relative_eq!(odds, 1e6 * 2.25_f64.ln(), max_relative = 1e-9);
    }

    #[test]
    fn a_filter_starts_over_with_another_number_of_types() {
        let mut filter = Filter::new(&even());
        filter.observe(&act(&[0.5, 0.25]), &Warranted).unwrap();
        let three = Belief::from_log_weights(vec![0.0; 3]).unwrap();
        filter.restart(&three);
        assert_eq!((filter.belief(), filter.acts()), (&three, 0));
        filter
            .observe(&act(&[0.5, 0.25, 0.25]), &Warranted)
            .unwrap();
        approx::assert_relative_eq!(filter.belief().probability(0).get(), 0.5, epsilon = 1e-15);
    }

    proptest! {
        #[test]
        fn logarithms_agree_with_multiplication(
            prior in strategies::belief(3), acts in strategies::possible_acts(3, 8),
        ) {
            let filtered = posterior(&prior, &acts, &Warranted).unwrap().probabilities();
            for (log, plain) in filtered.iter().zip(by_multiplication(&prior, &acts)) {
                prop_assert!((log - plain).abs() < 1e-11, "{log} {plain}");
            }
        }

        #[test]
        fn later_acts_never_change_earlier_beliefs(
            prior in strategies::belief(2), acts in strategies::possible_acts(2, 8),
        ) {
            let whole = trajectory(&prior, &acts, &Warranted).unwrap();
            for (n, belief) in whole.iter().enumerate() {
                prop_assert_eq!(belief, &posterior(&prior, &acts[..=n], &Warranted).unwrap());
            }
            prop_assert_eq!(whole.len(), acts.len());
        }

        #[test]
        fn no_stream_of_acts_makes_a_belief_illegal(
            prior in strategies::belief(3), acts in strategies::acts(3, 12),
        ) {
            match trajectory(&prior, &acts, &Warranted) {
                Ok(beliefs) => for belief in beliefs {
                    let sum: f64 = belief.probabilities().iter().sum();
                    prop_assert!((sum - 1.0).abs() < 1e-12, "{belief:?}");
                },
                Err(error) => prop_assert!(matches!(error, ReputationError::Impossible { .. }), "{error}"),
            }
        }
    }
}
