//! What a file of a conflict may hold.

use serde_json::{Value as Json, json};

use super::{NamedConflict, compile::compile};
use crate::decode::{At, Choice, Decode, Faults, Fields, Ids, Record, Schemas, Value};
use detente_stability::Reversal;

/// A conflict as it stands in a file.
pub(super) struct Shape {
    pub(super) title: Option<String>,
    pub(super) source: Option<String>,
    pub(super) players: Ids<PlayerShape>,
    pub(super) states: Option<Ids<String>>,
    pub(super) at_most_one: Vec<Vec<String>>,
    pub(super) at_least_one: Vec<Vec<String>>,
    pub(super) infeasible: Vec<PatternShape>,
    pub(super) merged: Vec<PatternShape>,
    pub(super) barred: Vec<BarShape>,
    pub(super) feasible: Option<Vec<StateRef>>,
    pub(super) status_quo: Option<StateRef>,
    pub(super) nonagreement: Option<StateRef>,
}

/// A player, what it can do, and what it wants.
pub(super) struct PlayerShape {
    pub(super) name: Option<String>,
    pub(super) options: Option<Ids<OptionShape>>,
    pub(super) moves: Option<Vec<String>>,
    pub(super) prefers: Option<Vec<String>>,
    pub(super) ranking: Option<Vec<TierShape>>,
    pub(super) weights: Option<Ids<f64>>,
    pub(super) known: Option<Vec<String>>,
}

/// Something that a player may do: its name alone, or whether it can be undone too.
pub(super) struct OptionShape {
    pub(super) name: String,
    pub(super) reversal: Reversal,
}

/// Options that are taken and options that are left.
pub(super) struct PatternShape {
    pub(super) taken: Vec<String>,
    pub(super) left: Vec<String>,
}

/// From what to what nobody can go.
pub(super) struct BarShape {
    pub(super) from: PatternShape,
    pub(super) to: PatternShape,
}

/// A state, by the options that are taken in it, by its code or by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum StateRef {
    Code(u64),
    Text(String),
}

impl StateRef {
    /// A number is a code, or the id of a state that is listed.
    pub(super) fn of_text(text: &str) -> Self {
        let text = text.trim();
        text.parse()
            .map_or_else(|_| Self::Text(text.to_owned()), Self::Code)
    }
}

/// States that are as good as one another.
pub(super) struct TierShape(pub(super) Vec<StateRef>);

impl Record for NamedConflict {
    const NAME: &'static str = "conflict";
    const ABOUT: &'static str = "A conflict whose players rank what may come of it.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let shape = shape(fields)?;
        compile(shape)
            .map_err(|faults| faults.into_iter().for_each(|fault| fields.fault(fault)))
            .ok()
    }
}

fn shape(fields: &mut Fields<'_>) -> Option<Shape> {
    let title = fields.optional("title", "what the conflict is called");
    let source = fields.optional("source", "where it is from");
    let players = fields.required("player", "the players, by id");
    let states = fields.optional(
        "state",
        "the states by id, where players have moves and no options",
    );
    let at_most_one = fields.default(
        "at_most_one",
        "lists of options of which two are never taken",
        Vec::new(),
    );
    let at_least_one = fields.default(
        "at_least_one",
        "lists of options of which one always is",
        Vec::new(),
    );
    let infeasible = fields.default("infeasible", "combinations that cannot be", Vec::new());
    let merged = fields.default("merged", "combinations that are all one state", Vec::new());
    let barred = fields.default("barred", "what nobody can go from and to", Vec::new());
    let feasible = fields.optional("feasible", "the only states that can be");
    let status_quo = fields.optional("status_quo", "the state that the conflict stands at");
    let nonagreement = fields.optional("nonagreement", "the state if nothing is agreed");
    Some(Shape {
        title: title?,
        source: source?,
        players: players?,
        states: states?,
        at_most_one: at_most_one?,
        at_least_one: at_least_one?,
        infeasible: infeasible?,
        merged: merged?,
        barred: barred?,
        feasible: feasible?,
        status_quo: status_quo?,
        nonagreement: nonagreement?,
    })
}

impl Record for PlayerShape {
    const NAME: &'static str = "conflict-player";
    const ABOUT: &'static str = "A player of a conflict.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.optional("name", "what to call the player");
        let options = fields.optional("options", "what it may do, by id");
        let moves = fields.optional("moves", "its moves, such as \"a -> b\" or \"a <-> b\"");
        let prefers = fields.optional("prefers", "what it wants, the most important first");
        let ranking = fields.optional("ranking", "the states from its best to its worst");
        let weights = fields.optional("weights", "how much it wants each option to be taken");
        let known = fields.optional("known", "what is known of its ranking, such as \"a > b\"");
        Some(Self {
            name: name?,
            options: options?,
            moves: moves?,
            prefers: prefers?,
            ranking: ranking?,
            weights: weights?,
            known: known?,
        })
    }
}

impl Choice for Reversal {
    const NAME: &'static str = "reversal";
    const WORDS: &'static [(&'static str, Self)] = &[
        ("free", Self::Free),
        ("cannot-undo", Self::CannotUndo),
        ("cannot-redo", Self::CannotRedo),
    ];
}
crate::decode_choice!(Reversal);

impl Decode for OptionShape {
    fn schema(schemas: &mut Schemas) -> Json {
        let table = Fields::describe(schemas, "An option.", Self::fields);
        json!({ "anyOf": [{ "type": "string" }, table] })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        match &at.node.value {
            Value::Text(name) => Some(Self {
                name: name.clone(),
                reversal: Reversal::Free,
            }),
            Value::Table(_) => Fields::read(at, faults, Self::fields),
            _ => at.mistyped("a name in quotes, or a table with a name", faults),
        }
    }
}

impl OptionShape {
    fn fields(fields: &mut Fields<'_>) -> Option<Self> {
        let name = fields.required("name", "what the player does");
        let about = "whether it can be undone: free, cannot-undo or cannot-redo";
        let reversal = fields.default("reversal", about, Reversal::Free);
        Some(Self {
            name: name?,
            reversal: reversal?,
        })
    }
}

impl Record for PatternShape {
    const NAME: &'static str = "pattern";
    const ABOUT: &'static str =
        "Options that are taken, and options that are not; the rest may be either.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let taken = fields.default("taken", "options that are taken", Vec::new());
        let left = fields.default("left", "options that are not", Vec::new());
        Some(Self {
            taken: taken?,
            left: left?,
        })
    }
}

impl Record for BarShape {
    const NAME: &'static str = "bar";
    const ABOUT: &'static str = "A way that nobody can go.";

    fn record(fields: &mut Fields<'_>) -> Option<Self> {
        let from = fields.required("from", "the states that are left");
        let to = fields.required("to", "the states that are not reached from there");
        Some(Self {
            from: from?,
            to: to?,
        })
    }
}

impl Decode for StateRef {
    fn schema(_: &mut Schemas) -> Json {
        json!({ "type": ["string", "integer"] })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        match &at.node.value {
            Value::Text(text) => Some(Self::Text(text.clone())),
            Value::Integer(code) if *code >= 0 => Some(Self::Code(code.unsigned_abs())),
            _ => at.mistyped(
                "a state: options such as \"a + b\", or a code from 0",
                faults,
            ),
        }
    }
}

impl Decode for TierShape {
    fn schema(schemas: &mut Schemas) -> Json {
        let state = StateRef::schema(schemas);
        json!({ "anyOf": [state, { "type": "array", "items": state }] })
    }

    fn decode(at: &At<'_>, faults: &mut Faults) -> Option<Self> {
        match &at.node.value {
            Value::Array(_) => Vec::decode(at, faults).map(Self),
            _ => StateRef::decode(at, faults).map(|state| Self(vec![state])),
        }
    }
}
