//! Reading a case file so that every mistake is answered at once.
//!
//! A file that people write by hand holds more than one mistake. A derived `serde` decoder stops at
//! the first; this module goes on to the end and answers each with the file, the line, the text at
//! fault, what was expected and the nearest valid name.
//!
//! The stages, each usable alone:
//!
//! 1. [`Source`]: a named text whose lines can be counted.
//! 2. [`Node`]: the text as a tree with places, read from TOML ([`Node::from_toml`], which recovers
//!    after every syntax error) or from JSON ([`Node::from_json`], whose values have no places).
//! 3. [`Decode`]: one trait for both directions of a type's shape, the decoder and the JSON Schema.
//!    A table implements [`Record`] and names each field once; a word from a list implements
//!    [`Choice`].
//! 4. [`Fault`]: what is wrong, where and why; [`Faults`] collects them, [`render`] shows them.
//!
//! # Conventions
//!
//! - A fault is recorded where it is found and never returned: `None` from a decoder means "recorded
//!   already". A decoder may return `Some` beside faults (an unknown key, say) so that later checks
//!   can run; what was read is good only if no fault was recorded, which [`read`] enforces.
//! - Spans are byte ranges of the text; lines and columns count from 1, columns in characters.
//! - Places in arrays count from 0 in a [`Path`], as in JSON Pointer: `act[0]` is the first act.
//!
//! ```
//! use detente::decode::{Fields, Palette, Record, Source, read, render};
//!
//! struct Party {
//!     name: String,
//!     nonagreement: f64,
//! }
//!
//! impl Record for Party {
//!     const NAME: &'static str = "Party";
//!     const ABOUT: &'static str = "One side of the negotiation.";
//!
//!     fn record(fields: &mut Fields<'_>) -> Option<Self> {
//!         // Every field is asked for before the first `?`: see `Record`.
//!         let name = fields.required("name", "what to call it");
//!         let nonagreement = fields.required("nonagreement", "its payoff if nothing is agreed");
//!         Some(Self { name: name?, nonagreement: nonagreement? })
//!     }
//! }
//!
//! let good = Source::new("east.toml", "name = 'East'\nnonagreement = 0\n");
//! let east: Party = read(&good).unwrap();
//! assert_eq!((east.name.as_str(), east.nonagreement), ("East", 0.0));
//!
//! let bad = Source::new("east.toml", "name = 7\nnonagrement = 0\n");
//! let faults = read::<Party>(&bad).err().unwrap();
//! assert_eq!(
//!     render(&faults, &bad, &Palette::PLAIN),
//!     "\
//! error[E005]: expected text, found the number 7
//!   --> east.toml:1:8
//!    |
//!  1 | name = 7
//!    |        ^ expected text
//!    = help: text stands in quotes
//!
//! error[E002]: unknown key `nonagrement`
//!   --> east.toml:2:1
//!    |
//!  2 | nonagrement = 0
//!    | ^^^^^^^^^^^ expected one of: name, nonagreement
//!    = help: did you mean `nonagreement`?
//!
//! 2 faults in east.toml
//! "
//! );
//! ```

mod anchors;
mod at;
mod choice;
mod dates;
mod fault;
mod faults;
mod fields;
mod from_json;
mod from_toml;
mod hint;
mod id;
mod ids;
mod mend;
mod nearest;
mod node;
mod numbers;
mod path;
mod read;
mod record;
mod render;
mod repeats;
mod schema;
mod source;
mod statement;
mod syntax;
#[cfg(test)]
mod tests;
mod text;
mod view;

pub use crate::decode_choice;
pub use at::{At, Decode};
pub(crate) use choice::one_of;
pub use choice::{Choice, choice_schema, choose};
pub use fault::{Code, Fault, Place};
pub use faults::Faults;
pub use fields::Fields;
pub(crate) use hint::bare_number;
pub use id::Id;
pub use ids::Ids;
pub use nearest::nearest;
pub(crate) use node::quoted;
pub use node::{Entry, MAX_DEPTH, Node, Value};
pub use path::{Path, Segment};
pub use read::{CaseFaults, read};
pub use record::Record;
pub use render::{Palette, Style, render};
pub use schema::{Schemas, schema_of};
pub use source::{Format, Source};
pub use text::Text;
