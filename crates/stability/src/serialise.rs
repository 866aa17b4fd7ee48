//! Serialisation: shapes without invariants, each checked again on the way in.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use crate::{
    Choice, Coalition, Comparison, Conflict, Move, MoveGraph, OptionForm, Pattern, Preference,
    StabilityError, Statement, option_form::Barred,
};

/// Serialises a type by a shape, and reads it through the checks of its constructors.
macro_rules! by_shape {
    ($($value:ty => $shape:ty),+ $(,)?) => {$(
        impl Serialize for $value {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$shape>::from(self).serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $value {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::try_from(<$shape>::deserialize(deserializer)?).map_err(D::Error::custom)
            }
        }
    )+};
}

by_shape!(
    Coalition => Members,
    Statement => String,
    Preference => Ranked,
    MoveGraph => Moves,
    Conflict => Model,
    OptionForm => Form,
);

#[derive(Serialize, Deserialize)]
struct Members(Vec<usize>);

impl From<&Coalition> for Members {
    fn from(coalition: &Coalition) -> Self {
        Self(coalition.members().collect())
    }
}

impl TryFrom<Members> for Coalition {
    type Error = StabilityError;

    fn try_from(members: Members) -> Result<Self, StabilityError> {
        Self::new(members.0)
    }
}

impl From<&Statement> for String {
    fn from(statement: &Statement) -> Self {
        statement.to_string()
    }
}

/// Options are written by their numbers, counted from 0.
impl TryFrom<String> for Statement {
    type Error = StabilityError;

    fn try_from(text: String) -> Result<Self, StabilityError> {
        Self::parse(&text, |name| name.parse().ok())
    }
}

/// A full ranking by its tiers; what is known of one by comparisons.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Ranked {
    Tiers {
        tiers: Vec<Vec<usize>>,
    },
    Known {
        states: usize,
        known: Vec<Comparison>,
    },
}

impl From<&Preference> for Ranked {
    fn from(preference: &Preference) -> Self {
        if let Some(tiers) = preference.tiers() {
            return Self::Tiers { tiers };
        }
        let states = preference.n_states();
        let pairs = (0..states).flat_map(|one| (0..one).map(move |other| (one, other)));
        let known = pairs.filter_map(|(one, other)| {
            preference.compare(one, other).map(|order| match order {
                std::cmp::Ordering::Greater => Comparison::Better(one, other),
                std::cmp::Ordering::Less => Comparison::Better(other, one),
                std::cmp::Ordering::Equal => Comparison::Equal(one, other),
            })
        });
        Self::Known {
            states,
            known: known.collect(),
        }
    }
}

impl TryFrom<Ranked> for Preference {
    type Error = StabilityError;

    fn try_from(ranked: Ranked) -> Result<Self, StabilityError> {
        match ranked {
            Ranked::Tiers { tiers } => Self::ranking(tiers.iter().map(Vec::len).sum(), &tiers),
            Ranked::Known { states, known } => Self::partial(states, &known),
        }
    }
}

#[derive(Serialize, Deserialize)]
struct Moves {
    players: usize,
    states: usize,
    moves: Vec<Move>,
}

impl From<&MoveGraph> for Moves {
    fn from(graph: &MoveGraph) -> Self {
        Self {
            players: graph.n_players(),
            states: graph.n_states(),
            moves: graph.moves().collect(),
        }
    }
}

impl TryFrom<Moves> for MoveGraph {
    type Error = StabilityError;

    fn try_from(moves: Moves) -> Result<Self, StabilityError> {
        Self::new(moves.players, moves.states, &moves.moves)
    }
}

#[derive(Serialize, Deserialize)]
struct Model {
    graph: MoveGraph,
    preferences: Vec<Preference>,
}

impl From<&Conflict> for Model {
    fn from(conflict: &Conflict) -> Self {
        Self {
            graph: conflict.graph().clone(),
            preferences: conflict.preferences().to_vec(),
        }
    }
}

impl TryFrom<Model> for Conflict {
    type Error = StabilityError;

    fn try_from(model: Model) -> Result<Self, StabilityError> {
        Self::new(model.graph, model.preferences)
    }
}

#[derive(Serialize, Deserialize)]
struct Form {
    players: usize,
    options: Vec<Choice>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    infeasible: Vec<Pattern>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    merged: Vec<Pattern>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    barred: Vec<Barred>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    only: Option<Vec<u64>>,
}

impl From<&OptionForm> for Form {
    fn from(form: &OptionForm) -> Self {
        Self {
            players: form.n_players(),
            options: form.choices().to_vec(),
            infeasible: form.infeasible().to_vec(),
            merged: form.merged().to_vec(),
            barred: form.barred().to_vec(),
            only: form.listed().map(<[u64]>::to_vec),
        }
    }
}

impl TryFrom<Form> for OptionForm {
    type Error = StabilityError;

    fn try_from(shape: Form) -> Result<Self, StabilityError> {
        let mut form = Self::new(shape.players, &shape.options)?;
        for pattern in shape.infeasible {
            form = form.without(pattern)?;
        }
        for pattern in shape.merged {
            form = form.merging(pattern)?;
        }
        for barred in shape.barred {
            form = form.barring(barred.from, barred.to)?;
        }
        match shape.only {
            Some(codes) => form.only(&codes),
            None => Ok(form),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    fn round_trip<T: Serialize + for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug>(
        value: &T,
    ) {
        let text = serde_json::to_string(value).unwrap();
        assert_eq!(&serde_json::from_str::<T>(&text).unwrap(), value);
    }

    proptest! {
        #[test]
        fn values_survive_the_round_trip(
            conflict in strategies::uncertain_conflict(1..=3, 1..=6),
            statement in strategies::statement(4),
        ) {
            round_trip(&conflict);
            let read: Statement =
                serde_json::from_str(&serde_json::to_string(&statement).unwrap()).unwrap();
            prop_assert_eq!(read.to_string(), statement.to_string());
        }
    }

    #[test]
    fn forms_survive_the_round_trip() {
        let pattern = |taken: &[usize], left: &[usize]| Pattern::new(taken, left).unwrap();
        let form = OptionForm::new(2, &[Choice::for_good(0), Choice::free(1)]).unwrap();
        let form = form
            .without(pattern(&[0], &[1]))
            .unwrap()
            .merging(pattern(&[1], &[]))
            .unwrap();
        round_trip(
            &form
                .barring(pattern(&[0], &[]), pattern(&[], &[0]))
                .unwrap()
                .only(&[0, 3])
                .unwrap(),
        );
        round_trip(&Coalition::new([1, 4]).unwrap());
    }

    #[track_caller]
    fn refuse<T: for<'de> Deserialize<'de> + std::fmt::Debug>(text: &str) {
        let read = serde_json::from_str::<T>(text);
        assert!(read.is_err(), "{read:?}");
    }

    #[test]
    fn what_is_invalid_is_refused_on_the_way_in() {
        refuse::<Coalition>("[]");
        refuse::<Statement>("\"0 &\"");
        refuse::<Preference>(r#"{"tiers": [[0], [2]]}"#);
        refuse::<Preference>(r#"{"states": 2, "known": [{"better": [0, 0]}]}"#);
        refuse::<MoveGraph>(
            r#"{"players": 1, "states": 2, "moves": [{"player": 1, "from": 0, "to": 1}]}"#,
        );
        refuse::<Pattern>(r#"{"taken": 1, "left": 1}"#);
        refuse::<OptionForm>(r#"{"players": 0, "options": []}"#);
    }
}
