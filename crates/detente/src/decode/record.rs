use serde_json::Value as Json;

use super::{At, Decode, Faults, Fields, Schemas};

/// A table with named fields.
///
/// [`Record::record`] names each field once, and that one function is both the decoder and the
/// schema. It runs in two ways:
///
/// - to **decode**, each call reads a key of the table. Keys that no call asked for are faults, with
///   the nearest name that was asked for.
/// - to **describe** the type, there is no table: each call notes the field and returns `None`.
///
/// **Ask for every field before the first `?`.** A `?` between two fields would return early in both
/// ways: the faults of later fields would go unreported, their keys be called unknown, and the
/// schema would lack them.
///
/// ```
/// # use detente::decode::{Fields, Record};
/// struct Range { low: f64, high: f64 }
///
/// impl Record for Range {
///     const NAME: &'static str = "range";
///     const ABOUT: &'static str = "The least and the most a number could be.";
///
///     fn record(fields: &mut Fields<'_>) -> Option<Self> {
///         let low = fields.required("low", "the least it could be");   // no `?` here …
///         let high = fields.required("high", "the most it could be");
///         Some(Self { low: low?, high: high? })                        // … but here
///     }
/// }
/// ```
pub trait Record: Sized {
    /// The name of the definition in the schema, unique in the document.
    const NAME: &'static str;
    /// What the table is, in one sentence: the description in the schema.
    const ABOUT: &'static str;

    /// Names every field, then builds the value; `None` if a field it cannot do without is faulty.
    fn record(fields: &mut Fields<'_>) -> Option<Self>;
}

impl<T: Record> Decode for T {
    fn schema(schemas: &mut Schemas) -> Json {
        schemas.define(T::NAME, |schemas| {
            Fields::describe(schemas, T::ABOUT, T::record)
        })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        Fields::read(at, faults, T::record)
    }
}
