use serde_json::{Value as Json, json};

use super::{At, Code, Faults, Schemas, Value, node::quoted};

/// A word from a short list, such as `"cooperative"` or `"hostile"`.
///
/// [`decode_choice!`](crate::decode_choice) makes it a [`Decode`](super::Decode):
///
/// ```
/// use detente::decode::{At, Choice, Decode, Faults, Node, Value};
///
/// #[derive(Debug, Clone, PartialEq)]
/// enum Tone { Cooperative, Hostile }
///
/// impl Choice for Tone {
///     const NAME: &'static str = "tone";
///     const WORDS: &'static [(&'static str, Self)] =
///         &[("cooperative", Self::Cooperative), ("hostile", Self::Hostile)];
/// }
/// detente::decode_choice!(Tone);
///
/// let node = Node::new(Value::Text("hostile".to_owned()));
/// assert_eq!(Tone::decode(&At::root(&node), &mut Faults::new()), Some(Tone::Hostile));
/// ```
pub trait Choice: Clone + 'static {
    /// The name of the definition in the schema, unique in the document.
    const NAME: &'static str;
    /// What the word says, in one sentence: the description in the schema, unless empty.
    const ABOUT: &'static str = "";
    /// The words and what each means.
    const WORDS: &'static [(&'static str, Self)];

    /// The word for this value, the first if several mean it.
    #[must_use]
    fn word(&self) -> Option<&'static str>
    where
        Self: PartialEq,
    {
        let mut words = Self::WORDS.iter();
        words
            .find(|(_, value)| value == self)
            .map(|(word, _)| *word)
    }
}

/// Implements [`Decode`](crate::decode::Decode) for types that are a
/// [`Choice`](crate::decode::Choice). (A blanket implementation for both choices and records is not
/// possible: a type might be both.)
#[macro_export]
macro_rules! decode_choice {
    ($($choice:ty),+ $(,)?) => {$(
        impl $crate::decode::Decode for $choice {
            fn schema(schemas: &mut $crate::decode::Schemas) -> ::serde_json::Value {
                $crate::decode::choice_schema::<Self>(schemas)
            }

            fn decode(
                at: &$crate::decode::At<'_>,
                faults: &mut $crate::decode::Faults,
            ) -> ::core::option::Option<Self> {
                $crate::decode::choose(at, faults)
            }
        }
    )+};
}

/// The schema of a choice: its words.
pub fn choice_schema<T: Choice>(schemas: &mut Schemas) -> Json {
    schemas.define(T::NAME, |_| {
        let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
        if T::ABOUT.is_empty() {
            json!({ "type": "string", "enum": words })
        } else {
            json!({ "description": T::ABOUT, "type": "string", "enum": words })
        }
    })
}

/// Reads a choice: the meaning of the word, or a fault that lists the words and names the nearest.
pub fn choose<T: Choice>(at: &At<'_>, faults: &mut Faults) -> Option<T> {
    let words: Vec<&str> = T::WORDS.iter().map(|(word, _)| *word).collect();
    let Value::Text(text) = &at.node.value else {
        return at.mistyped(&format!("one of the words {}", words.join(", ")), faults);
    };
    let meaning = T::WORDS.iter().find(|(word, _)| word == text);
    if meaning.is_none() {
        let fault = at
            .fault(Code::UnknownName, format!("unknown word {}", quoted(text)))
            .with_label(one_of(&words))
            .with_nearest(text, words);
        faults.push(fault);
    }
    meaning.map(|(_, value)| value.clone())
}

/// A list of what is valid, cut to a length that a label can bear.
pub(crate) fn one_of(names: &[&str]) -> String {
    const MOST: usize = 20;
    match names {
        [] => "expected none".to_owned(),
        [only] => format!("expected {only}"),
        _ if names.len() > MOST => format!("expected one of: {}, …", names[..MOST].join(", ")),
        _ => format!("expected one of: {}", names.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{Decode, Node};

    #[derive(Debug, Clone, PartialEq)]
    enum Tone {
        Cooperative,
        Hostile,
    }

    impl Choice for Tone {
        const NAME: &'static str = "tone";
        const WORDS: &'static [(&'static str, Self)] = &[
            ("cooperative", Self::Cooperative),
            ("hostile", Self::Hostile),
        ];
    }
    decode_choice!(Tone);

    #[track_caller]
    fn refused(value: Value, expected: &str) {
        let (node, mut faults) = (Node::new(value), Faults::new());
        assert_eq!(Tone::decode(&At::root(&node), &mut faults), None);
        let messages: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(messages, [expected]);
    }

    #[test]
    fn every_word_is_read_and_written() {
        for (word, meaning) in Tone::WORDS {
            let (node, mut faults) = (Node::new(Value::Text((*word).to_owned())), Faults::new());
            let read = Tone::decode(&At::root(&node), &mut faults);
            assert_eq!(
                (read.as_ref(), meaning.word()),
                (Some(meaning), Some(*word))
            );
        }
    }

    #[test]
    fn other_values_are_answered_with_the_words() {
        refused(
            Value::Text("hostil".to_owned()),
            "E004: unknown word `hostil` (did you mean `hostile`?)",
        );
        refused(Value::Text("blue".to_owned()), "E004: unknown word `blue`");
        refused(
            Value::Integer(1),
            "E005: expected one of the words cooperative, hostile, found the number 1",
        );
    }

    #[test]
    fn the_schema_lists_the_words() {
        let schema = crate::decode::schema_of::<Tone>("Tone");
        let words = json!(["cooperative", "hostile"]);
        assert_eq!(schema["$defs"]["tone"]["enum"], words);
    }
}
