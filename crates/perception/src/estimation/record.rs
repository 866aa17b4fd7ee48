use detente_quantity::Probability;
use detente_reputation::{Act, Belief, ReputationError};

use crate::PerceptionError;

/// What somebody decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Decision {
    /// To trust: an agreement, a concession, a deal.
    Accepted,
    /// Not to.
    Refused,
}

/// A trace that a belief has left.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub enum Response {
    /// A choice that called for trust above `threshold` (see
    /// [`threshold`](detente_reputation::threshold)).
    Choice {
        /// `p̄`, strictly between 0 and 1.
        threshold: Probability,
        /// What was chosen.
        decision: Decision,
    },
    /// A statement of how far the other was trusted, strictly between 0 and 1.
    Report {
        /// The trust that was stated.
        trust: Probability,
    },
}

/// A response, and how many of the record's acts had been seen when it was given.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Observation {
    /// How many acts had been seen: 0 for before any, up to all of them.
    pub after: usize,
    /// The response.
    pub response: Response,
}

/// One observer's story: the belief it started from, the acts it saw in order, and what it then did.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    prior: Belief,
    acts: Vec<Act>,
    /// In the order in which they were made.
    observations: Vec<Observation>,
}

impl Record {
    /// Checks the record; observations may come in any order.
    ///
    /// # Errors
    /// [`PerceptionError::Reputation`] for an act about another number of types than the prior,
    /// [`PerceptionError::NoSuchAct`] for an observation after more acts than there are,
    /// [`PerceptionError::OutOfRange`] for a threshold or a report that is certainty.
    pub fn new(
        prior: Belief,
        acts: Vec<Act>,
        mut observations: Vec<Observation>,
    ) -> Result<Self, PerceptionError> {
        let expected = prior.types();
        if let Some(place) = acts.iter().position(|act| act.types() != expected) {
            return Err(PerceptionError::Reputation(ReputationError::TypeCount {
                act: place + 1,
                given: acts[place].types(),
                expected,
            }));
        }
        for observation in &observations {
            if observation.after > acts.len() {
                return Err(PerceptionError::NoSuchAct {
                    given: observation.after,
                    acts: acts.len(),
                });
            }
            let (quantity, given) = match observation.response {
                Response::Choice { threshold, .. } => ("threshold of a choice", threshold),
                Response::Report { trust } => ("reported trust", trust),
            };
            if given.is_certain() {
                return Err(PerceptionError::OutOfRange {
                    quantity,
                    given: given.get(),
                    expected: "a probability strictly between 0 and 1",
                });
            }
        }
        observations.sort_by_key(|observation| observation.after);
        Ok(Self {
            prior,
            acts,
            observations,
        })
    }

    /// The belief before any act.
    #[must_use]
    pub const fn prior(&self) -> &Belief {
        &self.prior
    }

    /// The acts, in order.
    #[must_use]
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// The responses, by how many acts had been seen.
    #[must_use]
    pub fn observations(&self) -> &[Observation] {
        &self.observations
    }
}

#[cfg(test)]
mod tests {
    use detente_reputation::{Evidence, Tone};

    use super::*;

    #[test]
    fn impossible_records_are_refused() {
        let even = || Belief::binary(Probability::HALF).unwrap();
        let act = |ratios| Act::new(Tone::Hostile, Evidence::ratios(ratios).unwrap());
        let report = |after, trust| Observation {
            after,
            response: Response::Report {
                trust: Probability::new(trust).unwrap(),
            },
        };
        let refused = |acts, observations| Record::new(even(), acts, observations).unwrap_err();
        let error = refused(vec![act(vec![1.0, 2.0]), act(vec![1.0])], vec![]);
        assert!(
            error.to_string().starts_with("act 2 speaks of 1 types"),
            "{error}"
        );
        let error = refused(vec![], vec![report(1, 0.5)]);
        assert_eq!(error, PerceptionError::NoSuchAct { given: 1, acts: 0 });
        let error = refused(vec![], vec![report(0, 1.0)]);
        assert!(
            error.to_string().starts_with("reported trust is 1"),
            "{error}"
        );
        let kept = Record::new(
            even(),
            vec![act(vec![1.0, 2.0])],
            vec![report(1, 0.4), report(0, 0.5)],
        );
        assert_eq!(kept.unwrap().observations()[0].after, 0);
    }
}
