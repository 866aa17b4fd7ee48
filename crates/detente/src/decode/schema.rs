use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::Decode;

/// The named definitions of a JSON Schema, collected while its types describe themselves.
#[derive(Debug, Default)]
pub struct Schemas {
    definitions: BTreeMap<String, Json>,
}

impl Schemas {
    /// A reference to the definition `name`, which `body` writes the first time it is asked for.
    /// The name is taken before `body` runs, so a type may contain itself. Names must be unique
    /// among the types of a document.
    pub fn define(&mut self, name: &str, body: impl FnOnce(&mut Self) -> Json) -> Json {
        if !self.definitions.contains_key(name) {
            self.definitions.insert(name.to_owned(), Json::Null);
            let definition = body(self);
            self.definitions.insert(name.to_owned(), definition);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }

    fn into_definitions(self) -> Map<String, Json> {
        self.definitions.into_iter().collect()
    }
}

/// The JSON Schema (draft 2020-12) of a whole document of type `T`.
///
/// Deterministic: definitions stand in the order of their names, properties in the order in which
/// the type declares them.
///
/// ```
/// let schema = detente::decode::schema_of::<Vec<bool>>("Answers");
/// assert_eq!(schema["items"]["type"], "boolean");
/// ```
#[must_use]
pub fn schema_of<T: Decode>(title: &str) -> Json {
    let mut schemas = Schemas::default();
    let root = T::schema(&mut schemas);
    let mut document = Map::new();
    document.insert(
        "$schema".to_owned(),
        "https://json-schema.org/draft/2020-12/schema".into(),
    );
    document.insert("title".to_owned(), title.into());
    match root {
        Json::Object(keywords) => document.extend(keywords),
        other => {
            document.insert("allOf".to_owned(), json!([other]));
        }
    }
    let definitions = schemas.into_definitions();
    if !definitions.is_empty() {
        document.insert("$defs".to_owned(), definitions.into());
    }
    document.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{At, Faults};

    /// A type that contains itself.
    struct Tree;

    impl Decode for Tree {
        fn schema(schemas: &mut Schemas) -> Json {
            schemas.define(
                "tree",
                |schemas| json!({ "type": "array", "items": Self::schema(schemas) }),
            )
        }

        fn decode(_: &At<'_>, _: &mut Faults) -> Option<Self> {
            None
        }
    }

    #[test]
    fn a_type_may_contain_itself() {
        let schema = schema_of::<Tree>("Trees");
        assert_eq!(
            schema,
            json!({
                "$schema": "https://json-schema.org/draft/2020-12/schema",
                "title": "Trees",
                "$ref": "#/$defs/tree",
                "$defs": { "tree": { "type": "array", "items": { "$ref": "#/$defs/tree" } } },
            })
        );
    }

    #[test]
    fn a_plain_type_needs_no_definitions() {
        assert_eq!(schema_of::<bool>("x").get("$defs"), None);
    }
}
