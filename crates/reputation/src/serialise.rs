//! Serialisation in the words of the field, each value checked again on the way in.

use detente_quantity::Probability;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{Belief, BetaReputation, Evidence, ReputationError, evidence::Form};

/// The shape of evidence in a file.
#[derive(Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum EvidenceShape {
    Likelihoods {
        likelihoods: Vec<Probability>,
        #[serde(default = "unforced")]
        forced: Probability,
    },
    Ratios {
        ratios: Vec<f64>,
    },
    Logs {
        log_likelihoods: Vec<Option<f64>>,
    },
    Retraction {
        retracts: Box<EvidenceShape>,
    },
}

fn unforced() -> Probability {
    Probability::ZERO
}

impl TryFrom<EvidenceShape> for Evidence {
    type Error = ReputationError;

    fn try_from(shape: EvidenceShape) -> Result<Self, ReputationError> {
        match shape {
            EvidenceShape::Likelihoods {
                likelihoods,
                forced,
            } => Self::likelihoods(likelihoods, forced),
            EvidenceShape::Ratios { ratios } => Self::ratios(ratios),
            EvidenceShape::Logs { log_likelihoods } => {
                let impossible = |log: Option<f64>| log.unwrap_or(f64::NEG_INFINITY);
                Self::log_likelihoods(log_likelihoods.into_iter().map(impossible).collect())
            }
            EvidenceShape::Retraction { retracts } => Self::try_from(*retracts)?.retracted(),
        }
    }
}

impl From<&Form> for EvidenceShape {
    fn from(form: &Form) -> Self {
        match form.clone() {
            Form::Likelihoods { chances, forced } => Self::Likelihoods {
                likelihoods: chances,
                forced,
            },
            Form::Ratios(ratios) => Self::Ratios { ratios },
            Form::Logs(logs) => Self::Logs {
                log_likelihoods: logs.iter().map(|&w| w.is_finite().then_some(w)).collect(),
            },
            Form::Retraction(original) => Self::Retraction {
                retracts: Box::new(Self::from(&*original)),
            },
        }
    }
}

impl Serialize for Evidence {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        EvidenceShape::from(self.form()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Evidence {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(EvidenceShape::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The shape of a belief in a file: log-weights, which unlike probabilities tell a very improbable
/// type from one ruled out (null).
#[derive(Serialize, Deserialize)]
struct BeliefShape {
    log_weights: Vec<Option<f64>>,
}

impl TryFrom<BeliefShape> for Belief {
    type Error = ReputationError;

    fn try_from(shape: BeliefShape) -> Result<Self, ReputationError> {
        let weights = shape.log_weights.into_iter();
        Self::from_log_weights(weights.map(|w| w.unwrap_or(f64::NEG_INFINITY)).collect())
    }
}

impl Serialize for Belief {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let weights = self.log_weights().iter();
        BeliefShape {
            log_weights: weights.map(|&w| w.is_finite().then_some(w)).collect(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Belief {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(BeliefShape::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The shape of a reputation in a file; the prior may be left out if it is uniform.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BetaShape {
    good: f64,
    bad: f64,
    #[serde(default = "one")]
    prior_good: f64,
    #[serde(default = "one")]
    prior_bad: f64,
}

fn one() -> f64 {
    1.0
}

impl TryFrom<BetaShape> for BetaReputation {
    type Error = ReputationError;

    fn try_from(shape: BetaShape) -> Result<Self, ReputationError> {
        Self::with_prior(shape.prior_good, shape.prior_bad)?.and_counts(shape.good, shape.bad)
    }
}

impl Serialize for BetaReputation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (prior_good, prior_bad) = self.prior();
        BetaShape {
            good: self.good(),
            bad: self.bad(),
            prior_good,
            prior_bad,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for BetaReputation {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(BetaShape::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Act, Tone};

    #[test]
    fn values_survive_the_round_trip() {
        let act = Act::new(Tone::Hostile, Evidence::ratios(vec![0.5, 1.0]).unwrap());
        let text = serde_json::to_string(&act).unwrap();
        assert_eq!(
            text,
            r#"{"tone":"hostile","evidence":{"ratios":[0.5,1.0]}}"#
        );
        assert_eq!(serde_json::from_str::<Act>(&text).unwrap(), act);

        let evidence: Evidence = serde_json::from_str(r#"{"likelihoods":[0.5,0.25]}"#).unwrap();
        assert_eq!(evidence.forced(), Some(Probability::ZERO));
        let text = serde_json::to_string(&evidence).unwrap();
        assert_eq!(serde_json::from_str::<Evidence>(&text).unwrap(), evidence);

        let hoax = Act::retracting(&act).unwrap();
        let text = serde_json::to_string(&hoax).unwrap();
        assert!(
            text.ends_with(r#""evidence":{"retracts":{"ratios":[0.5,1.0]}}}"#),
            "{text}"
        );
        assert_eq!(serde_json::from_str::<Act>(&text).unwrap(), hoax);

        let reputation = BetaReputation::from_counts(7.0, 1.5).unwrap();
        let text = serde_json::to_string(&reputation).unwrap();
        assert_eq!(
            serde_json::from_str::<BetaReputation>(&text).unwrap(),
            reputation
        );
    }

    #[test]
    fn the_improbable_and_the_impossible_stay_apart() {
        let belief = Belief::from_log_weights(vec![0.0, -1e6, f64::NEG_INFINITY]).unwrap();
        let text = serde_json::to_string(&belief).unwrap();
        assert_eq!(text, r#"{"log_weights":[0.0,-1000000.0,null]}"#);
        assert_eq!(serde_json::from_str::<Belief>(&text).unwrap(), belief);
    }

    #[test]
    fn invalid_values_do_not_deserialise() {
        for text in [
            r#"{"ratios":[]}"#,
            r#"{"ratios":[0]}"#,
            r#"{"likelihoods":[1.5]}"#,
            r#"{"retracts":{"likelihoods":[1,0]}}"#,
            "{}",
        ] {
            assert!(serde_json::from_str::<Evidence>(text).is_err(), "{text}");
        }
        for text in [r#"{"log_weights":[]}"#, r#"{"log_weights":[null,null]}"#] {
            assert!(serde_json::from_str::<Belief>(text).is_err(), "{text}");
        }
        assert!(serde_json::from_str::<BetaReputation>(r#"{"good":-1,"bad":0}"#).is_err());
    }
}
