use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::{
    At, Code, Decode, Entry, Fault, Faults, Ids, Path, Schemas, Value, choice::one_of, id::PATTERN,
    nearest, node::quoted,
};

/// The fields of one table, as a [`Record`](super::Record) asks for them: to read them from a
/// document, or to describe them for the schema.
#[derive(Debug)]
pub struct Fields<'a> {
    path: Path,
    mode: Mode<'a>,
}

#[derive(Debug)]
enum Mode<'a> {
    Read(Reading<'a>),
    Describe(Description<'a>),
}

/// A table being read.
#[derive(Debug)]
struct Reading<'a> {
    at: &'a At<'a>,
    entries: &'a [Entry],
    taken: Vec<bool>,
    /// The fields asked for, and whether the table has them.
    known: Vec<(&'static str, bool)>,
    missing: Vec<(&'static str, &'static str)>,
    faults: &'a mut Faults,
}

/// A table being described.
#[derive(Debug)]
struct Description<'a> {
    schemas: &'a mut Schemas,
    properties: Map<String, Json>,
    required: Vec<&'static str>,
    rest: Option<Json>,
}

impl<'a> Fields<'a> {
    /// Reads a table through `record`, then reports the keys it did not ask for and those it asked
    /// for in vain. For types that are a table only sometimes; a [`Record`](super::Record) needs no
    /// such call.
    pub fn read<T>(
        at: &'a At<'a>,
        faults: &'a mut Faults,
        record: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        let Value::Table(entries) = &at.node.value else {
            return at.mistyped("a table", faults);
        };
        let mut fields = Self {
            path: at.path.clone(),
            mode: Mode::Read(Reading {
                at,
                entries,
                taken: vec![false; entries.len()],
                known: Vec::new(),
                missing: Vec::new(),
                faults,
            }),
        };
        let read = record(&mut fields);
        if let Mode::Read(reading) = fields.mode {
            reading.finish();
        }
        read
    }

    /// The schema of the table that `record` reads.
    pub fn describe<T>(
        schemas: &'a mut Schemas,
        about: &str,
        record: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Json {
        let mut fields = Self {
            path: Path::root(),
            mode: Mode::Describe(Description {
                schemas,
                properties: Map::new(),
                required: Vec::new(),
                rest: None,
            }),
        };
        let _ = record(&mut fields);
        match fields.mode {
            Mode::Describe(description) => description.finish(about),
            Mode::Read(_) => Json::Bool(true),
        }
    }

    /// A field that must be there. `None` if it is missing or faulty, which is recorded.
    pub fn required<T: Decode>(&mut self, key: &'static str, about: &'static str) -> Option<T> {
        match &mut self.mode {
            Mode::Read(reading) => match reading.take(key) {
                Some(at) => T::decode(&at, reading.faults),
                None => {
                    reading.missing.push((key, about));
                    None
                }
            },
            Mode::Describe(description) => {
                description.required.push(key);
                description.property::<T>(key, about)
            }
        }
    }

    /// A field that may be left out: `Some(None)` if it is, `None` if it is faulty, which is
    /// recorded.
    pub fn optional<T: Decode>(
        &mut self,
        key: &'static str,
        about: &'static str,
    ) -> Option<Option<T>> {
        match &mut self.mode {
            Mode::Read(reading) => match reading.take(key) {
                Some(at) => T::decode(&at, reading.faults).map(Some),
                None => Some(None),
            },
            Mode::Describe(description) => description.property::<T>(key, about).map(Some),
        }
    }

    /// A field that is `default` if left out. `None` if it is faulty, which is recorded.
    pub fn default<T: Decode>(
        &mut self,
        key: &'static str,
        about: &'static str,
        default: T,
    ) -> Option<T> {
        self.optional(key, about)
            .map(|given| given.unwrap_or(default))
    }

    /// Everything under keys that no call has asked for yet, each key an id, in the order of the
    /// file; what is faulty is recorded and left out. `None` when describing. Ask for it last.
    pub fn rest<T: Decode>(&mut self, about: &'static str) -> Option<Ids<T>> {
        match &mut self.mode {
            Mode::Read(reading) => {
                let entries = reading.entries.iter().zip(&mut reading.taken);
                let left = entries.filter_map(|(entry, taken)| {
                    (!std::mem::replace(taken, true)).then_some(entry)
                });
                Some(Ids::decode_entries(reading.at, left, reading.faults))
            }
            Mode::Describe(description) => {
                let schema = T::schema(description.schemas);
                description.rest = Some(described(schema, about));
                None
            }
        }
    }

    /// Whether the table has the key; never, when describing.
    #[must_use]
    pub fn is_present(&self, key: &str) -> bool {
        match &self.mode {
            Mode::Read(reading) => reading.at.has_key(key),
            Mode::Describe(_) => false,
        }
    }

    /// Whether the table has a key that no call has asked for yet, which might be a misspelling of
    /// one that was; never, when describing.
    #[must_use]
    pub fn has_stranger(&self) -> bool {
        match &self.mode {
            Mode::Read(reading) => reading.taken.contains(&false),
            Mode::Describe(_) => false,
        }
    }

    /// The way to this table.
    #[must_use]
    pub const fn path(&self) -> &Path {
        &self.path
    }

    /// Records a fault, for what no single field can tell; ignored when describing.
    pub fn fault(&mut self, fault: Fault) {
        if let Mode::Read(reading) = &mut self.mode {
            reading.faults.push(fault);
        }
    }
}

impl<'a> Reading<'a> {
    /// The value of the key, marked as asked for.
    fn take(&mut self, key: &'static str) -> Option<At<'a>> {
        let place = self.entries.iter().position(|entry| entry.key == key);
        self.known.push((key, place.is_some()));
        let place = place?;
        self.taken[place] = true;
        Some(self.at.entry(&self.entries[place]))
    }

    /// Reports the keys not asked for and those missing. A missing key that an unknown one was most
    /// likely meant to be is not reported again, nor one that a syntax error may have cost.
    fn finish(self) {
        let mut meant = BTreeSet::new();
        for (entry, taken) in self.entries.iter().zip(&self.taken) {
            if !taken {
                let near = self.nearest_to(&entry.key);
                meant.extend(near);
                self.faults.push(self.unknown(entry, near));
            }
        }
        if self.faults.may_have_lost(self.at.node.span.as_ref()) {
            return;
        }
        for (key, about) in self.missing {
            if !meant.contains(key) {
                let fault = Fault::new(
                    Code::MissingKey,
                    self.at.path.key(key),
                    format!("missing key `{key}`"),
                )
                .with_label(format!("needs `{key}`: {about}"))
                .with_span(self.at.node.span.clone());
                self.faults.push(fault);
            }
        }
    }
}

impl Reading<'_> {
    /// The field that the key was most likely meant to be; one not given yet goes first.
    fn nearest_to(&self, key: &str) -> Option<&'static str> {
        let fields = |given: bool| {
            let known = self.known.iter().filter(move |field| field.1 == given);
            known.map(|field| field.0)
        };
        nearest(key, fields(false)).or_else(|| nearest(key, fields(true)))
    }

    fn unknown(&self, entry: &Entry, near: Option<&str>) -> Fault {
        let message = format!("unknown key {}", quoted(&entry.key));
        let known: Vec<&str> = self.known.iter().map(|field| field.0).collect();
        let fault = Fault::new(Code::UnknownKey, self.at.path.key(&entry.key), message)
            .at_key()
            .with_span(entry.key_span.clone())
            .with_label(one_of(&known));
        match near {
            Some(near) => fault.with_help(format!("did you mean `{near}`?")),
            None => fault,
        }
    }
}

impl Description<'_> {
    fn property<T: Decode>(&mut self, key: &'static str, about: &'static str) -> Option<T> {
        let schema = T::schema(self.schemas);
        self.properties
            .insert(key.to_owned(), described(schema, about));
        None
    }

    fn finish(self, about: &str) -> Json {
        let mut table = Map::new();
        table.insert("type".to_owned(), "object".into());
        table.insert("description".to_owned(), about.into());
        table.insert("properties".to_owned(), self.properties.into());
        if !self.required.is_empty() {
            table.insert("required".to_owned(), self.required.into());
        }
        if self.rest.is_some() {
            table.insert("propertyNames".to_owned(), json!({ "pattern": PATTERN }));
        }
        let rest = self.rest.unwrap_or(Json::Bool(false));
        table.insert("additionalProperties".to_owned(), rest);
        table.into()
    }
}

/// The schema with a description of the place it stands in.
fn described(mut schema: Json, about: &str) -> Json {
    if let Json::Object(keywords) = &mut schema {
        keywords.insert("description".to_owned(), about.into());
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{Record, Source, read, schema_of};

    /// A record with a field of every sort.
    #[derive(Debug, PartialEq)]
    struct Issue {
        name: String,
        weight: Option<f64>,
        open: bool,
        options: Ids<i64>,
    }

    impl Record for Issue {
        const NAME: &'static str = "issue";
        const ABOUT: &'static str = "One thing to settle.";

        fn record(fields: &mut Fields<'_>) -> Option<Self> {
            let name = fields.required("name", "what it is called");
            let weight = fields.optional("weight", "how much it matters");
            let open = fields.default("open", "whether it is open", true);
            let options = fields.rest("the number of this option");
            Some(Self {
                name: name?,
                weight: weight?,
                open: open?,
                options: options?,
            })
        }
    }

    /// A record without a rest.
    #[derive(Debug, PartialEq)]
    struct Case {
        issue: Issue,
        title: String,
    }

    impl Record for Case {
        const NAME: &'static str = "case";
        const ABOUT: &'static str = "A case.";

        fn record(fields: &mut Fields<'_>) -> Option<Self> {
            let issue = fields.required("issue", "what could be agreed");
            let title = fields.required("title", "what it is called");
            if fields.is_present("issue") && fields.is_present("titel") {
                let path = fields.path().key("issue");
                fields.fault(Fault::new(
                    Code::Contradiction,
                    path,
                    "an issue without a title",
                ));
            }
            Some(Self {
                issue: issue?,
                title: title?,
            })
        }
    }

    #[track_caller]
    fn faulty(text: &str, expected: &[&str]) {
        let faults = read::<Case>(&Source::new("x.toml", text)).unwrap_err();
        let found: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn fields_are_read_and_the_rest_keeps_its_order() {
        let text = "title = 'T'\n[issue]\nz = 1\nname = 'N'\na = 2\n";
        let case: Case = read(&Source::new("x.toml", text)).unwrap();
        assert_eq!((case.title.as_str(), case.issue.name.as_str()), ("T", "N"));
        assert_eq!((case.issue.weight, case.issue.open), (None, true));
        let options: Vec<(&str, &i64)> = case.issue.options.iter().collect();
        assert_eq!(options, [("z", &1), ("a", &2)]);
    }

    #[test]
    fn every_fault_of_every_table_is_found() {
        faulty(
            "titel = 'T'\nfoo = 1\n[issue]\nweight = 'x'\nopen = 1\na = 'b'\nB = 1\n",
            &[
                "E002 at titel: unknown key `titel` (did you mean `title`?)",
                "E002 at foo: unknown key `foo`",
                "E003 at issue.name: missing key `name`",
                "E008 at issue: an issue without a title",
                "E005 at issue.weight: expected a number, found the text `x`",
                "E005 at issue.open: expected true or false, found the number 1",
                "E005 at issue.a: expected a whole number, found the text `b`",
                "E009 at issue.B: `B` is not an id (write `b`)",
            ],
        );
    }

    #[test]
    fn a_missing_or_mistaken_table_is_one_fault() {
        faulty("title = 'T'", &["E003 at issue: missing key `issue`"]);
        faulty(
            "title = 'T'\nissue = 1",
            &["E005 at issue: expected a table, found the number 1"],
        );
    }

    #[test]
    fn a_key_that_cannot_be_read_is_not_missing() {
        faulty(
            "title = \nissue.name = 'N'\n",
            &["E001 at title: missing value"],
        );
        faulty("title\nissue.name = 'N'\n", &["E001: this line has no `=`"]);
        faulty(
            "title = 'T'\n[issue\nname = 'N'\n",
            &["E001: unclosed table"],
        );
    }

    #[test]
    fn what_is_lost_in_one_table_excuses_no_other() {
        faulty(
            "title = 'T'\nissue = {}\n[other]\nname 'N'\n",
            &[
                "E003 at issue.name: missing key `name`",
                "E002 at other: unknown key `other`",
                "E001 at other: this line has no `=`",
            ],
        );
    }

    #[test]
    fn unknown_keys_without_number_take_time_in_proportion() {
        let keys: String = (0..50_000).map(|key| format!("k{key} = 1\n")).collect();
        let start = std::time::Instant::now();
        let faults = read::<Case>(&Source::new("x.toml", keys)).unwrap_err();
        assert_eq!(faults.len(), 50_002);
        // Linear work takes well below a second; a quadratic step would take minutes.
        assert!(start.elapsed().as_secs() < 30);
    }

    #[test]
    fn the_schema_says_what_the_decoder_does() {
        let schema = schema_of::<Case>("Case");
        let case = json!({
            "type": "object",
            "description": "A case.",
            "properties": {
                "issue": { "$ref": "#/$defs/issue", "description": "what could be agreed" },
                "title": { "type": "string", "description": "what it is called" },
            },
            "required": ["issue", "title"],
            "additionalProperties": false,
        });
        let issue = json!({
            "type": "object",
            "description": "One thing to settle.",
            "properties": {
                "name": { "type": "string", "description": "what it is called" },
                "weight": { "type": "number", "description": "how much it matters" },
                "open": { "type": "boolean", "description": "whether it is open" },
            },
            "required": ["name"],
            "propertyNames": { "pattern": PATTERN },
            "additionalProperties": {
                "type": "integer",
                "description": "the number of this option",
            },
        });
        assert_eq!(schema["$defs"], json!({ "case": case, "issue": issue }));
    }
}
