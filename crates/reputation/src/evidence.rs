use detente_quantity::{LogOdds, Probability};

use crate::{Channel, ReputationError};

/// What an act shows about the type of the party that did it: how likely each type was to do it.
///
/// Types are numbered from 0 in the order of the [`Belief`](crate::Belief) the act is to move.
/// There is always at least one.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reputation::Evidence;
///
/// let chance = |p| Probability::new(p);
/// let coded = Evidence::likelihoods(vec![chance(0.7)?, chance(0.4)?], chance(0.2)?)?;
/// let relative = Evidence::ratios(vec![3.0, 1.0])?;
/// assert_eq!((coded.types(), relative.types()), (2, 2));
/// assert_eq!(relative.forced(), None); // a bare ratio leaves no room for the situation
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    form: Form,
    /// Log-likelihoods as a Bayesian reads them, so that none is computed act by act.
    warranted: Vec<f64>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Form {
    Likelihoods {
        chances: Vec<Probability>,
        forced: Probability,
    },
    Ratios(Vec<f64>),
    Logs(Vec<f64>),
    /// What these acts showed turned out not to be so. Never nested.
    Retraction(Box<Form>),
}

impl Evidence {
    /// The chance `q_θ` that each type, left to itself, would have done the act, and the chance
    /// `forced` (`s`) that the situation alone would have produced it from any type (model §3).
    ///
    /// # Errors
    /// [`ReputationError::NoTypes`] if `chances` is empty.
    pub fn likelihoods(
        chances: Vec<Probability>,
        forced: Probability,
    ) -> Result<Self, ReputationError> {
        if chances.is_empty() {
            return Err(ReputationError::NoTypes { what: "evidence" });
        }
        Ok(Self::of(Form::Likelihoods { chances, forced }))
    }

    /// Likelihoods of the act relative to one another, in any unit: `[3, 1]` is an act three times
    /// as likely from type 0. There is no situational force in a bare ratio.
    ///
    /// # Errors
    /// [`ReputationError::NoTypes`] if `ratios` is empty, [`ReputationError::Ratio`] naming the
    /// first that is not positive and finite.
    pub fn ratios(ratios: Vec<f64>) -> Result<Self, ReputationError> {
        if ratios.is_empty() {
            return Err(ReputationError::NoTypes { what: "evidence" });
        }
        match ratios
            .iter()
            .position(|&ratio| !(ratio > 0.0 && ratio.is_finite()))
        {
            Some(position) => Err(ReputationError::Ratio {
                position,
                given: ratios[position],
            }),
            None => Ok(Self::of(Form::Ratios(ratios))),
        }
    }

    /// Natural logarithms of likelihoods or densities, absolute or up to a common constant: for
    /// observations too unlikely for a ratio, and for numbers such as growth rates, whose density
    /// may exceed 1. Negative infinity marks a type that could not have done it.
    ///
    /// # Errors
    /// [`ReputationError::NoTypes`] if `logs` is empty, [`ReputationError::LogWeight`] naming the
    /// first that is NaN or positive infinity.
    pub fn log_likelihoods(logs: Vec<f64>) -> Result<Self, ReputationError> {
        if logs.is_empty() {
            return Err(ReputationError::NoTypes { what: "evidence" });
        }
        let refused = |&given: &f64| given.is_nan() || given == f64::INFINITY;
        match logs.iter().position(refused) {
            Some(position) => Err(ReputationError::LogWeight {
                position,
                given: logs[position],
            }),
            None => Ok(Self::of(Form::Logs(logs))),
        }
    }

    /// This evidence as an observer has it who learns of acts through `channel`; `None` for
    /// relative likelihoods, which do not tell the chance that the act was *not* done, unless the
    /// channel is perfect. O(types).
    ///
    /// With hit rate `t` and false alarms `f` an act of warranted likelihood `L = s + (1 − s) q_θ`
    /// is reported with chance `tL + f(1 − L)`. The situation keeps its part: the result has
    /// `s' = ts` and `q' = (1 − s)(tq + f(1 − q)) / (1 − ts)`.
    #[must_use]
    pub fn seen_through(&self, channel: Channel) -> Option<Self> {
        if channel == Channel::PERFECT {
            return Some(self.clone());
        }
        self.form.seen_through(channel).map(Self::of)
    }

    /// The news that this evidence was no evidence after all: a forged document, a sighting that
    /// was none. Its log-likelihoods are those of the evidence with their signs turned, so that a
    /// Bayesian who has read both is where it was before either (claim C-54). The retraction of a
    /// retraction is the evidence itself.
    ///
    /// # Errors
    /// [`ReputationError::Irrevocable`] naming the first type that, on this evidence, could not have
    /// done the act: whoever read it as proof has ruled the type out, and nothing revives it.
    pub fn retracted(&self) -> Result<Self, ReputationError> {
        if let Form::Retraction(original) = &self.form {
            return Ok(Self::of((**original).clone()));
        }
        let mut read = self.warranted.iter();
        match read.position(|value| *value == f64::NEG_INFINITY) {
            Some(position) => Err(ReputationError::Irrevocable { position }),
            None => Ok(Self::of(Form::Retraction(Box::new(self.form.clone())))),
        }
    }

    /// Whether this takes earlier evidence back.
    #[must_use]
    pub const fn is_retraction(&self) -> bool {
        matches!(self.form, Form::Retraction(_))
    }

    /// How many types the evidence speaks of, at least 1.
    #[must_use]
    pub const fn types(&self) -> usize {
        self.warranted.len()
    }

    /// The chance `s` that the situation alone would have produced the act; `None` for bare ratios.
    /// Of a retraction, that of the act whose evidence it takes back.
    #[must_use]
    pub fn forced(&self) -> Option<Probability> {
        self.form.forced()
    }

    /// Writes the log-likelihood of the act under each type as a Bayesian reads it:
    /// `ln(s + (1 − s) q_θ)`, or the logarithm of the relative likelihood; the negative of either
    /// for a retraction. Negative infinity marks a type that could not have done it. O(types);
    /// writes as many values as both sides have.
    pub fn warranted_log_likelihoods(&self, out: &mut [f64]) {
        for (log_likelihood, warranted) in out.iter_mut().zip(&self.warranted) {
            *log_likelihood = *warranted;
        }
    }

    /// Writes the log-likelihood of the act under each type as if the situation alone would have
    /// produced it with chance `forced` instead of the coded one, and as if the log-odds of each type's
    /// own chance `q_θ` were higher by `eased`: 0 for the coded ones. Bare ratios hold neither a situation
    /// nor a chance and are unchanged. In a retraction a type that could not have done the act, seen
    /// this way, gets 0: it stays as it is. As coded it is [`Evidence::warranted_log_likelihoods`] to the
    /// last bit. O(types); writes as many values as both sides have.
    pub fn log_likelihoods_if(&self, forced: Probability, eased: LogOdds, out: &mut [f64]) {
        let coded = self.forced().is_none_or(|coded| coded == forced);
        if coded && eased.get().abs() <= 0.0 {
            self.warranted_log_likelihoods(out);
        } else {
            self.form.log_likelihoods_if(forced, eased.get(), out);
        }
    }

    /// The evidence of this form, with what a Bayesian reads in it.
    fn of(form: Form) -> Self {
        let mut warranted = vec![0.0; form.types()];
        let forced = form.forced().unwrap_or(Probability::ZERO);
        form.log_likelihoods_if(forced, 0.0, &mut warranted);
        Self { form, warranted }
    }

    #[cfg(feature = "serde")]
    pub(crate) fn form(&self) -> &Form {
        &self.form
    }
}

impl Form {
    fn types(&self) -> usize {
        match self {
            Self::Likelihoods { chances, .. } => chances.len(),
            Self::Ratios(values) | Self::Logs(values) => values.len(),
            Self::Retraction(original) => original.types(),
        }
    }

    fn forced(&self) -> Option<Probability> {
        match self {
            Self::Likelihoods { forced, .. } => Some(*forced),
            Self::Ratios(_) | Self::Logs(_) => None,
            Self::Retraction(original) => original.forced(),
        }
    }

    fn seen_through(&self, channel: Channel) -> Option<Self> {
        match self {
            Self::Likelihoods { chances, forced } => {
                let situation = forced.get() * channel.hit.get();
                let share = forced.complement().get() / (1.0 - situation);
                let seen = |chance: &Probability| {
                    Probability::saturating(share * channel.reported(*chance).get())
                };
                Some(Self::Likelihoods {
                    chances: chances.iter().map(seen).collect(),
                    forced: Probability::saturating(situation),
                })
            }
            Self::Ratios(_) | Self::Logs(_) => None,
            Self::Retraction(original) => {
                let seen = original.seen_through(channel)?;
                Some(Self::Retraction(Box::new(seen)))
            }
        }
    }

    fn log_likelihoods_if(&self, forced: Probability, eased: f64, out: &mut [f64]) {
        match self {
            Self::Likelihoods { chances, .. } => {
                let (situation, disposition) = (forced.get(), forced.complement().get());
                for (log_likelihood, &chance) in out.iter_mut().zip(chances) {
                    *log_likelihood = if situation > 0.0 {
                        (situation + disposition * shifted(chance, eased)).ln()
                    } else {
                        log_shifted(chance, eased)
                    };
                }
            }
            Self::Ratios(ratios) => {
                for (log_likelihood, ratio) in out.iter_mut().zip(ratios) {
                    *log_likelihood = ratio.ln();
                }
            }
            Self::Logs(logs) => {
                for (log_likelihood, log) in out.iter_mut().zip(logs) {
                    *log_likelihood = *log;
                }
            }
            Self::Retraction(original) => {
                original.log_likelihoods_if(forced, eased, out);
                for log_likelihood in out.iter_mut().take(original.types()) {
                    *log_likelihood = if log_likelihood.is_finite() {
                        -*log_likelihood
                    } else {
                        0.0
                    };
                }
            }
        }
    }
}

/// The chance whose log-odds are higher by `more`. Certainty stays.
fn shifted(chance: Probability, more: f64) -> f64 {
    let (odds, against) = (chance.get(), chance.complement().get());
    if more.abs() <= 0.0 || chance.is_certain() {
        odds
    } else if more > 0.0 {
        odds / (odds + against * (-more).exp())
    } else {
        let eased = odds * more.exp();
        eased / (eased + against)
    }
}

/// Its logarithm, which stays finite where the chance itself is too small for `f64`.
fn log_shifted(chance: Probability, more: f64) -> f64 {
    if more < 0.0 && !chance.is_certain() {
        let (odds, against) = (chance.get(), chance.complement().get());
        odds.ln() + more - (odds * more.exp() + against).ln()
    } else {
        shifted(chance, more).ln()
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    fn chance(value: f64) -> Probability {
        Probability::new(value).unwrap()
    }

    fn odds(value: f64) -> LogOdds {
        LogOdds::new(value).unwrap()
    }

    #[test]
    fn an_easier_act_shows_less() {
        // Chances of σ(−1) and σ(−3); free of a cost of 3 they are σ(2) and σ(0).
        let chances = [-1.0, -3.0].map(|x| odds(x).probability()).to_vec();
        let evidence = Evidence::likelihoods(chances, chance(0.2)).unwrap();
        let mut read = [0.0; 2];
        evidence.log_likelihoods_if(chance(0.2), odds(3.0), &mut read);
        for (read, free) in read.iter().zip([2.0, 0.0]) {
            let free = 0.2 + 0.8 * odds(free).probability().get();
            assert_relative_eq!(read.exp(), free, epsilon = 1e-15);
        }
        for extreme in [1e300, -1e300] {
            evidence.log_likelihoods_if(chance(0.2), odds(extreme), &mut read);
            let limit: f64 = if extreme > 0.0 { 1.0 } else { 0.2 };
            assert_eq!(read, [limit.ln(); 2]);
            let ratios = Evidence::ratios(vec![3.0, 1.0]).unwrap();
            ratios.log_likelihoods_if(Probability::ZERO, odds(extreme), &mut read);
            assert_eq!(read, [3.0_f64.ln(), 0.0]);
        }
        // However hard, it rules nobody out, and shows all that its hardness can show: e².
        let free = Evidence::likelihoods(
            [2.0, 0.0].map(|x| odds(x).probability()).to_vec(),
            Probability::ZERO,
        );
        let free = free.unwrap();
        free.log_likelihoods_if(Probability::ZERO, odds(-1e4), &mut read);
        assert_relative_eq!(read[0] - read[1], 2.0, epsilon = 1e-10);
        free.log_likelihoods_if(Probability::ZERO, odds(-1e300), &mut read);
        assert!(read.iter().all(|value| value.is_finite()));
        let proof = Evidence::likelihoods(vec![chance(1.0), chance(0.0)], chance(0.0)).unwrap();
        proof.log_likelihoods_if(Probability::ZERO, odds(-1e300), &mut read);
        assert_eq!(read, [0.0, f64::NEG_INFINITY]);
    }

    #[test]
    fn the_situation_makes_types_look_alike() {
        let evidence = Evidence::likelihoods(vec![chance(0.8), chance(0.0)], chance(0.5)).unwrap();
        let mut read = [0.0; 2];
        evidence.warranted_log_likelihoods(&mut read);
        assert_relative_eq!(read[0].exp(), 0.9, epsilon = 1e-15);
        assert_relative_eq!(read[1].exp(), 0.5, epsilon = 1e-15);
        evidence.log_likelihoods_if(Probability::ONE, odds(0.0), &mut read);
        assert_eq!(read, [0.0, 0.0]);
        evidence.log_likelihoods_if(Probability::ZERO, odds(0.0), &mut read);
        assert_eq!(read[1], f64::NEG_INFINITY);
    }

    #[test]
    fn illegal_evidence_is_named() {
        assert!(Evidence::likelihoods(vec![], Probability::ZERO).is_err());
        assert!(Evidence::ratios(vec![]).is_err());
        for illegal in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let error = Evidence::ratios(vec![1.0, illegal]).unwrap_err();
            assert!(
                matches!(error, ReputationError::Ratio { position: 1, .. }),
                "{error}"
            );
        }
    }

    #[test]
    fn a_short_or_long_buffer_is_no_accident() {
        let evidence = Evidence::ratios(vec![std::f64::consts::E, 1.0]).unwrap();
        let mut short = [7.0];
        evidence.warranted_log_likelihoods(&mut short);
        assert_relative_eq!(short[0], 1.0, epsilon = 1e-15);
        let mut long = [7.0; 3];
        evidence.warranted_log_likelihoods(&mut long);
        assert_eq!((long[1], long[2]), (0.0, 7.0));
    }

    #[test]
    fn a_certainty_cannot_be_retracted() {
        let proof = Evidence::likelihoods(vec![chance(0.8), chance(0.0)], chance(0.0)).unwrap();
        let error = proof.retracted().unwrap_err();
        assert_eq!(error, ReputationError::Irrevocable { position: 1 });
        assert!(error.to_string().starts_with("type 1 could not"), "{error}");
        // Possible under pressure: possible to retract. Without the pressure nothing is revived.
        let hint = Evidence::likelihoods(vec![chance(0.8), chance(0.0)], chance(0.5)).unwrap();
        let taken_back = hint.retracted().unwrap();
        assert!(taken_back.is_retraction() && !hint.is_retraction());
        assert_eq!(taken_back.forced(), hint.forced());
        let mut read = [f64::NAN; 2];
        taken_back.log_likelihoods_if(Probability::ZERO, odds(0.0), &mut read);
        assert_eq!(read, [-(0.8_f64.ln()), 0.0]);
        assert_eq!(taken_back.retracted().unwrap(), hint);
    }

    proptest! {
        #[test]
        fn evidence_and_its_retraction_cancel(evidence in strategies::possible_evidence(3)) {
            let (mut read, mut taken_back) = ([0.0; 3], [0.0; 3]);
            evidence.warranted_log_likelihoods(&mut read);
            evidence.retracted().unwrap().warranted_log_likelihoods(&mut taken_back);
            for (given, taken) in read.iter().zip(taken_back) {
                prop_assert_eq!(given + taken, 0.0);
            }
        }

        #[test]
        fn no_likelihood_exceeds_one(s in 0.0..=1.0_f64, q in 0.0..=1.0_f64) {
            let evidence = Evidence::likelihoods(vec![chance(q), chance(1.0)], chance(s)).unwrap();
            let mut read = [0.0; 2];
            evidence.warranted_log_likelihoods(&mut read);
            prop_assert!(read[0] <= 0.0 && read[1] == 0.0, "{read:?}");
        }
    }
}
