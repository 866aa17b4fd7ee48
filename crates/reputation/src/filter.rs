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
        let prior_weight = reader.read(act, &mut self.reading);
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

fn check_reading(act: usize, prior_weight: f64, reading: &[f64]) -> Result<(), ReputationError> {
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
