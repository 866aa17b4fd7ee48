//! Names that must resolve, and the nearest ones when they do not.

use crate::decode::{Code, Fault, Faults, Ids, Path, nearest};

/// Finds `given` among the ids of `declared`; an unknown name is a fault at `path`.
pub(super) fn resolve<T>(
    kind: &str,
    given: &str,
    declared: &Ids<T>,
    path: &Path,
    faults: &mut Faults,
) -> Option<usize> {
    let found = declared.index_of(given);
    if found.is_none() {
        faults.push(unknown(kind, given, declared, path.clone()));
    }
    found
}

/// The fault for a name that is not among those declared.
pub(super) fn unknown<T>(kind: &str, given: &str, declared: &Ids<T>, path: Path) -> Fault {
    let fault = Fault::new(Code::UnknownName, path, format!("unknown {kind} {given:?}"));
    let names: Vec<&str> = declared.names().collect();
    match nearest(given, names.iter().copied()) {
        Some(near) => fault.with_help(format!("did you mean {near:?}?")),
        None if names.is_empty() => fault.with_help(format!("no {kind} is declared")),
        None => fault.with_help(format!("the {kind} ids are {}", names.join(", "))),
    }
}

/// Reports names of `declared` that `given` leaves out, unless a misspelling of one of them was
/// given and is reported already.
pub(super) fn missing<'a, T, U>(
    kind: &str,
    given: &Ids<T>,
    declared: &'a Ids<U>,
    path: &Path,
    faults: &mut Faults,
) -> Vec<&'a str> {
    let strangers: Vec<&str> = given
        .names()
        .filter(|name| declared.index_of(name).is_none())
        .collect();
    let absent: Vec<&str> = declared
        .names()
        .filter(|name| given.index_of(name).is_none())
        .collect();
    for name in &absent {
        let misspelt = strangers
            .iter()
            .any(|stranger| nearest(stranger, [*name]).is_some());
        if !misspelt {
            faults.push(Fault::new(
                Code::MissingKey,
                path.key(name),
                format!("{kind} {name:?} has no number"),
            ));
        }
    }
    absent
}
