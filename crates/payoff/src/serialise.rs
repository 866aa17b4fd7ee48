//! Serialisation: shapes without invariants, each checked again on the way in.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    AgreementSpace, Frontier, PackageFrontier, PayoffError, PayoffMatrix, Utility,
    utility::{Additive, Form},
};

/// The shape of a space in a file.
#[derive(Serialize, Deserialize)]
struct Shape {
    sizes: Vec<usize>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    forbidden: Vec<Vec<(usize, usize)>>,
}

impl TryFrom<Shape> for AgreementSpace {
    type Error = PayoffError;

    fn try_from(shape: Shape) -> Result<Self, PayoffError> {
        shape
            .forbidden
            .iter()
            .try_fold(Self::new(&shape.sizes)?, |space, pairs| {
                space.forbidding(pairs)
            })
    }
}

impl Serialize for AgreementSpace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Shape {
            sizes: self.sizes().to_vec(),
            forbidden: self.forbidden().map(<[_]>::to_vec).collect(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for AgreementSpace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Shape::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl TryFrom<Form> for Utility {
    type Error = PayoffError;

    fn try_from(form: Form) -> Result<Self, PayoffError> {
        match form {
            Form::Table(values) => Self::table(values),
            Form::Additive(Additive {
                constant,
                tables,
                interactions,
                ..
            }) => interactions
                .into_iter()
                .try_fold(Self::additive(constant, tables)?, Self::with_interaction),
        }
    }
}

impl Serialize for Utility {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Utility {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Form::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// The shape of a payoff matrix in a file: a list of payoffs for each party.
#[derive(Serialize, Deserialize)]
struct Columns {
    payoffs: Vec<Vec<f64>>,
    nonagreement: Vec<f64>,
}

impl TryFrom<Columns> for PayoffMatrix {
    type Error = PayoffError;

    fn try_from(columns: Columns) -> Result<Self, PayoffError> {
        let n_agreements = columns.payoffs.first().map_or(0, Vec::len);
        for (party, column) in columns.payoffs.iter().enumerate() {
            let name = || format!("list of payoffs of party {party}");
            crate::error::matching(name, column.len(), n_agreements)?;
        }
        Self::new(
            columns.payoffs.len(),
            columns.payoffs.concat(),
            &columns.nonagreement,
        )
    }
}

impl Serialize for PayoffMatrix {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Columns {
            payoffs: self.columns().map(<[_]>::to_vec).collect(),
            nonagreement: self.nonagreement().to_vec(),
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for PayoffMatrix {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::try_from(Columns::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

/// One distinct vector of a frontier with its agreements.
#[derive(Serialize)]
struct Point<'a> {
    vector: &'a [f64],
    packages: &'a [usize],
}

/// A frontier is a result: it is written, and computed again rather than read.
impl Serialize for Frontier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(
            self.iter()
                .map(|(vector, packages)| Point { vector, packages }),
        )
    }
}

/// One distinct vector of a frontier whose packages may be too many to write.
#[derive(Serialize)]
struct Counted<'a> {
    vector: &'a [f64],
    /// In text: the number may exceed what a reader of numbers holds.
    packages: String,
}

/// A frontier of a space too large to list is written without its packages, which can be made from
/// the space again.
impl Serialize for PackageFrontier {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let counted = |(place, vector)| Counted {
            vector,
            packages: self.n_packages_at(place).unwrap_or_default().to_string(),
        };
        serializer.collect_seq(self.vectors().enumerate().map(counted))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Ideal, PackageSpace, SearchLimits, SolutionConcept, frontier, strategies};

    fn round_trip<T: Serialize + for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug>(
        value: &T,
    ) {
        let text = serde_json::to_string(value).unwrap();
        assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value);
    }

    proptest! {
        #[test]
        fn values_survive_the_round_trip(
            (space, utilities) in strategies::negotiation(1..=2),
            matrix in strategies::matrix(1..=3, 0..=5),
        ) {
            round_trip(&space);
            round_trip(&utilities);
            round_trip(&matrix);
        }
    }

    #[test]
    fn shapes_are_plain() {
        let space: AgreementSpace = serde_json::from_str(r#"{"sizes":[2,3]}"#).unwrap();
        assert_eq!(space.combinations(), Some(6));
        let table: Utility = serde_json::from_str(r#"{"table":[1,2]}"#).unwrap();
        assert_eq!(table, Utility::table(vec![1.0, 2.0]).unwrap());
        let concept = SolutionConcept::KalaiSmorodinsky(Ideal::Global);
        let text = serde_json::to_string(&concept).unwrap();
        assert_eq!(text, r#"{"kalai-smorodinsky":"global"}"#);
        let matrix = PayoffMatrix::from_vectors(&[[1.0], [1.0], [0.0]], &[0.0]).unwrap();
        let text = serde_json::to_string(&frontier(&matrix)).unwrap();
        assert_eq!(text, r#"[{"vector":[1.0],"packages":[0,1]}]"#);
        let utility = Utility::additive(0.0, vec![vec![0.0, 1.0, 1.0]; 2]).unwrap();
        let packages =
            PackageSpace::new(&AgreementSpace::new(&[3, 3]).unwrap(), &[utility], &[0.0]);
        let text = serde_json::to_string(&packages.unwrap().frontier().unwrap()).unwrap();
        assert_eq!(text, r#"[{"vector":[2.0],"packages":"4"}]"#);
        round_trip(&SearchLimits::default());
    }

    #[test]
    fn invalid_values_do_not_deserialise() {
        assert!(serde_json::from_str::<AgreementSpace>(r#"{"sizes":[]}"#).is_err());
        assert!(
            serde_json::from_str::<AgreementSpace>(r#"{"sizes":[2],"forbidden":[[]]}"#).is_err()
        );
        let overflow = r#"{"additive":{"constant":0,"tables":[[1e308],[1e308]]}}"#;
        assert!(serde_json::from_str::<Utility>(overflow).is_err());
        let missing = r#"{"payoffs":[[1,2],[3,4]],"nonagreement":[0]}"#;
        assert!(serde_json::from_str::<PayoffMatrix>(missing).is_err());
        let ragged = r#"{"payoffs":[[1,2],[3]],"nonagreement":[0,0]}"#;
        assert!(serde_json::from_str::<PayoffMatrix>(ragged).is_err());
    }
}
