//! Serialisation: what a coder gave, tagged with its kind; everything is checked again on the way
//! in, and what can be recomputed is.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{Kind, Proportion, SetFunction, Uncertain, UncertaintyError, VerbalProbability};

/// The shape of an uncertain number in a file.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Tagged {
    Point { value: f64 },
    Triangular { low: f64, mode: f64, high: f64 },
    Normal { mean: f64, sd: f64 },
    Beta { a: f64, b: f64 },
    Uniform { low: f64, high: f64 },
    Discrete { outcomes: Vec<Outcome> },
    Verbal { phrase: VerbalProbability },
}

/// The shape of one value of a discrete number in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Outcome {
    value: f64,
    weight: f64,
}

impl From<Kind<'_>> for Tagged {
    fn from(kind: Kind<'_>) -> Self {
        match kind {
            Kind::Point { value } => Self::Point { value },
            Kind::Triangular { low, mode, high } => Self::Triangular { low, mode, high },
            Kind::Normal { mean, sd } => Self::Normal { mean, sd },
            Kind::Beta { a, b } => Self::Beta { a, b },
            Kind::Uniform { low, high } => Self::Uniform { low, high },
            Kind::Discrete { outcomes } => Self::Discrete {
                outcomes: outcomes
                    .iter()
                    .map(|&(value, weight)| Outcome { value, weight })
                    .collect(),
            },
            Kind::Verbal { band } => Self::Verbal { phrase: band },
        }
    }
}

impl TryFrom<Tagged> for Uncertain {
    type Error = UncertaintyError;

    fn try_from(tagged: Tagged) -> Result<Self, UncertaintyError> {
        match tagged {
            Tagged::Point { value } => Self::point(value),
            Tagged::Triangular { low, mode, high } => Self::triangular(low, mode, high),
            Tagged::Normal { mean, sd } => Self::normal(mean, sd),
            Tagged::Beta { a, b } => Self::beta(a, b),
            Tagged::Uniform { low, high } => Self::uniform(low, high),
            Tagged::Discrete { outcomes } => {
                let pairs = outcomes.iter().map(|one| (one.value, one.weight));
                Self::discrete(&pairs.collect::<Vec<_>>())
            }
            Tagged::Verbal { phrase } => Ok(Self::verbal(phrase)),
        }
    }
}

impl Serialize for Uncertain {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Tagged::from(self.kind()).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Uncertain {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Tagged::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl Serialize for VerbalProbability {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.phrase())
    }
}

impl<'de> Deserialize<'de> for VerbalProbability {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The shape of a proportion in a file. The estimate and its error are written for the reader and
/// recomputed from the counts.
#[derive(Serialize, Deserialize)]
struct Counted {
    successes: u64,
    n: u64,
    #[serde(skip_deserializing)]
    estimate: f64,
    #[serde(skip_deserializing)]
    standard_error: f64,
}

impl Serialize for Proportion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Counted {
            successes: self.successes(),
            n: self.n(),
            estimate: self.estimate().get(),
            standard_error: self.standard_error(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Proportion {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let counted = Counted::deserialize(deserializer)?;
        Self::new(counted.successes, counted.n).map_err(D::Error::custom)
    }
}

/// The shape of a set function in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Tabulated {
    n_causes: usize,
    values: Vec<f64>,
}

impl Serialize for SetFunction {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Tabulated {
            n_causes: self.n_causes(),
            values: self.values().to_vec(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for SetFunction {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let table = Tabulated::deserialize(deserializer)?;
        Self::new(table.n_causes, table.values).map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Summary;

    /// What a coder would write, and what is written back.
    const FORMS: [&str; 7] = [
        r#"{"kind":"point","value":0.5}"#,
        r#"{"kind":"triangular","low":0.4,"mode":0.6,"high":0.7}"#,
        r#"{"kind":"normal","mean":-3.0,"sd":2.0}"#,
        r#"{"kind":"beta","a":2.0,"b":5.0}"#,
        r#"{"kind":"uniform","low":0.0,"high":9.0}"#,
        r#"{"kind":"discrete","outcomes":[{"value":1.0,"weight":2.0},{"value":4.0,"weight":0.5}]}"#,
        r#"{"kind":"verbal","phrase":"very likely"}"#,
    ];

    #[test]
    fn every_kind_has_a_readable_form() {
        for form in FORMS {
            let number: Uncertain = serde_json::from_str(form).unwrap();
            assert_eq!(serde_json::to_string(&number).unwrap(), form);
        }
        let nicknamed = r#"{"kind":"verbal","phrase":"Highly Probable"}"#;
        let number: Uncertain = serde_json::from_str(nicknamed).unwrap();
        assert_eq!(number, Uncertain::verbal(VerbalProbability::VeryLikely));
    }

    #[test]
    fn invalid_numbers_do_not_deserialise() {
        for (form, expected) in [
            (
                r#"{"kind":"triangular","low":1,"mode":0,"high":2}"#,
                "low <= mode <= high",
            ),
            (r#"{"kind":"normal","mean":0,"sd":0}"#, "a positive number"),
            (r#"{"kind":"beta","a":0,"b":1}"#, "0.001 to 10000"),
            (r#"{"kind":"discrete","outcomes":[]}"#, "positive weight"),
            (r#"{"kind":"verbal","phrase":"maybe"}"#, "almost no chance"),
            (r#"{"kind":"point","value":1,"sd":2}"#, "unknown field"),
            (r#"{"kind":"cauchy"}"#, "unknown variant"),
        ] {
            let message = serde_json::from_str::<Uncertain>(form)
                .unwrap_err()
                .to_string();
            assert!(message.contains(expected), "{form}: {message}");
        }
    }

    #[test]
    fn results_survive_the_round_trip() {
        let chance = Proportion::new(1, 4).unwrap();
        let text = serde_json::to_string(&chance).unwrap();
        assert!(text.contains(r#""estimate":0.25"#), "{text}");
        assert_eq!(serde_json::from_str::<Proportion>(&text).unwrap(), chance);
        assert!(serde_json::from_str::<Proportion>(r#"{"successes":2,"n":1}"#).is_err());

        let summary = Summary::of(&[1.0, 2.0, 3.0, 8.0]).unwrap();
        let value = serde_json::to_value(summary).unwrap();
        assert_eq!(
            serde_json::from_value::<Summary>(value.clone()).unwrap(),
            summary
        );
        for (field, wrong) in [
            ("n", 0.0),
            ("standard_error", -1.0),
            ("low", 9.0),
            ("high", 0.0),
        ] {
            let mut broken = value.clone();
            broken[field] = if field == "n" { 0.into() } else { wrong.into() };
            assert!(
                serde_json::from_value::<Summary>(broken).is_err(),
                "{field}"
            );
        }

        let function = SetFunction::new(1, vec![0.0, 1.0]).unwrap();
        let text = serde_json::to_string(&function).unwrap();
        assert_eq!(text, r#"{"n_causes":1,"values":[0.0,1.0]}"#);
        assert_eq!(
            serde_json::from_str::<SetFunction>(&text).unwrap(),
            function
        );
        assert!(serde_json::from_str::<SetFunction>(r#"{"n_causes":2,"values":[0]}"#).is_err());
    }

    #[cfg(feature = "proptest")]
    proptest::proptest! {
        #[test]
        fn any_number_survives_the_round_trip(number in crate::strategies::uncertain()) {
            // Through the value, not the text: it is the form that is tried, not a float parser.
            let value = serde_json::to_value(&number).unwrap();
            proptest::prop_assert_eq!(serde_json::from_value::<Uncertain>(value).unwrap(), number);
        }
    }
}
