//! Tables under a misspelt party, as in `[party.wset.payoff]`.

use crate::decode::{Code, Entry, Fault, Faults, Node, Path, Value, nearest, one_of, quoted};

/// Gives what stands under a misspelt party to the party that was meant, and records the slip.
///
/// A party that has neither a name nor a payoff for nonagreement was never declared: its tables have
/// headers of their own, and a slip in one would else be answered with all that the party lacks.
pub(super) fn adopt(document: &mut Node, faults: &mut Faults) {
    let Some(Value::Table(parties)) = value_of(document, "party") else {
        return;
    };
    let (declared, strays): (Vec<Entry>, Vec<Entry>) =
        std::mem::take(parties).into_iter().partition(is_declared);
    *parties = declared;
    for stray in strays {
        let names: Vec<&str> = parties.iter().map(|entry| entry.key.as_str()).collect();
        let near = nearest(&stray.key, names.iter().copied());
        let meant = near.and_then(|near| names.iter().position(|name| *name == near));
        let Some(meant) = meant else {
            parties.push(stray);
            continue;
        };
        faults.push(unknown(&stray, &names, names[meant]));
        merge(&mut parties[meant].node, stray.node);
    }
    parties.sort_by_key(|entry| entry.key_span.as_ref().map(|span| span.start));
}

fn value_of<'n>(table: &'n mut Node, key: &str) -> Option<&'n mut Value> {
    let Value::Table(entries) = &mut table.value else {
        return None;
    };
    let mut entries = entries.iter_mut();
    entries
        .find(|entry| entry.key == key)
        .map(|entry| &mut entry.node.value)
}

fn is_declared(entry: &Entry) -> bool {
    let parts = [
        "payoff",
        "exposure",
        "temptation",
        "type",
        "prior",
        "bias",
        "home",
    ];
    let has = |key: &str| entry.node.get(key).is_some();
    has("name") || has("nonagreement") || !parts.into_iter().any(has)
}

fn unknown(stray: &Entry, names: &[&str], near: &str) -> Fault {
    let message = format!("unknown party {}", quoted(&stray.key));
    Fault::new(
        Code::UnknownName,
        Path::root().key("party").key(&stray.key),
        message,
    )
    .at_key()
    .with_span(stray.key_span.clone())
    .with_label(one_of(names))
    .with_help(format!("did you mean `{near}`?"))
}

/// Adds to a table the entries that it lacks.
fn merge(into: &mut Node, from: Node) {
    let (Value::Table(into), Value::Table(from)) = (&mut into.value, from.value) else {
        return;
    };
    for entry in from {
        match into.iter_mut().find(|known| known.key == entry.key) {
            Some(known) => merge(&mut known.node, entry.node),
            None => into.push(entry),
        }
    }
}
