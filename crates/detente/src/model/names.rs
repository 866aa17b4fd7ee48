//! Names that must resolve, and the nearest ones when they do not.

use super::{Compiler, space::is_reserved};
use crate::{
    case::{Case, Issue, Party, PartyType, Source},
    decode::{Code, Fault, Ids, Path, nearest, one_of, quoted},
};

/// Beyond this many faults no nearest name is looked for: nobody reads so far, and each search
/// compares with every name.
pub(super) const HINTS: usize = 200;

/// The names of one kind that a case declares.
#[derive(Debug)]
pub(super) struct Declared<'c, T> {
    /// What they name, such as `option`.
    kind: &'static str,
    /// What they belong to, in words; empty if to the case.
    of: String,
    ids: &'c Ids<T>,
    /// The table that declares them.
    path: Path,
}

impl<T> Declared<'_, T> {
    /// The parties of a case.
    pub(super) fn parties(case: &Case) -> Declared<'_, Party> {
        Declared::new("party", &case.parties, Path::root().key("party"))
    }

    /// The issues of a case.
    pub(super) fn issues(case: &Case) -> Declared<'_, Issue> {
        Declared::new("issue", &case.issues, Path::root().key("issue"))
    }

    /// The sources of a case.
    pub(super) fn sources(case: &Case) -> Declared<'_, Source> {
        Declared::new("source", &case.sources, Path::root().key("source"))
    }

    /// The options of an issue.
    pub(super) fn options<'c>(id: &str, issue: &'c Issue) -> Declared<'c, String> {
        let path = Path::root().key("issue").key(id).key("option");
        Declared {
            of: format!(" of issue {}", quoted(id)),
            ..Declared::new("option", &issue.options, path)
        }
    }

    /// The types of a party.
    pub(super) fn types<'c>(id: &str, party: &'c Party) -> Declared<'c, PartyType> {
        let path = Path::root().key("party").key(id).key("type");
        Declared {
            of: format!(" of party {}", quoted(id)),
            ..Declared::new("type", &party.types, path)
        }
    }
}

impl<'c, T> Declared<'c, T> {
    fn new(kind: &'static str, ids: &'c Ids<T>, path: Path) -> Self {
        Self {
            kind,
            of: String::new(),
            ids,
            path,
        }
    }
}

impl Compiler<'_> {
    /// The position of a name among those declared; an unknown one is a fault at `path`.
    pub(super) fn resolve<T>(
        &mut self,
        given: &str,
        declared: &Declared<'_, T>,
        path: &Path,
    ) -> Option<usize> {
        let found = declared.ids.index_of(given);
        if found.is_none()
            && let Some(fault) = self.unknown(given, declared, path, &[])
        {
            self.faults.push(fault);
        }
        found
    }

    /// Checks the keys of a table that has one entry for every declared name: unknown keys are
    /// faults, and so are names without an entry unless an unknown key stands for them.
    pub(super) fn check_keys<T, U>(
        &mut self,
        given: &Ids<U>,
        declared: &Declared<'_, T>,
        path: &Path,
    ) {
        let absent = self.absent(given, declared, path);
        let mut strangers = 0;
        let mut meant = Vec::new();
        for name in given.names() {
            if declared.ids.contains(name) {
                continue;
            }
            strangers += 1;
            if strangers < HINTS {
                meant.extend(nearest(name, absent.iter().copied()));
            }
            if let Some(fault) = self.unknown(name, declared, &path.key(name), &absent) {
                self.faults.push(fault.at_key());
            }
        }
        if strangers < absent.len() {
            let left: Vec<&str> = absent
                .into_iter()
                .filter(|name| !meant.contains(name))
                .collect();
            self.missing(&left, declared, path);
        }
    }

    /// The declared names that neither the table nor its text has.
    pub(super) fn absent<'d, T, U>(
        &self,
        given: &Ids<U>,
        declared: &Declared<'d, T>,
        path: &Path,
    ) -> Vec<&'d str> {
        let names = declared.ids.names();
        let absent =
            names.filter(|name| !given.contains(name) && !is_reserved(declared.kind, name));
        self.written.lacking(path, absent.collect())
    }

    /// Whether no declaration was lost, so that the declared names are all there are.
    pub(super) fn knows_all<T>(&self, declared: &Declared<'_, T>) -> bool {
        let names = self.written.names(&declared.path).unwrap_or_default();
        let mut names = names.into_iter();
        self.written.has_all_of(&declared.path) && names.all(|name| declared.ids.contains(name))
    }

    /// One fault for all the names that a table has no entry for.
    fn missing<T>(&mut self, names: &[&str], declared: &Declared<'_, T>, path: &Path) {
        let kind = declared.kind;
        let (message, path) = match names {
            [] => return,
            [name] => (
                format!("{kind} {} has no number", quoted(name)),
                path.key(name),
            ),
            _ => (
                format!("{kind}s {} have no number", listed(names)),
                path.clone(),
            ),
        };
        let label = format!("needs a number for every {kind}{}", declared.of);
        let fault = Fault::new(Code::MissingKey, path, message).with_label(label);
        self.faults.push(fault);
    }

    /// The fault of a name that is not among those declared; none if it may have been declared in
    /// text that could not be read. `left_out` are the names that are still to be given here.
    pub(super) fn unknown<T>(
        &self,
        given: &str,
        declared: &Declared<'_, T>,
        path: &Path,
        left_out: &[&str],
    ) -> Option<Fault> {
        let kind = declared.kind;
        let message = format!("unknown {kind} {}{}", quoted(given), declared.of);
        let fault = Fault::new(Code::UnknownName, path.clone(), message);
        let written = self.written;
        let whole = written.is_whole(&declared.path) && written.has_all_of(&declared.path);
        if whole && self.faults.len() >= HINTS {
            return Some(fault.with_label(format!("expected a declared {kind}")));
        }
        let written = self.written.names(&declared.path);
        let names = written.unwrap_or_else(|| declared.ids.names().collect());
        if names.contains(&given) {
            return None;
        }
        let near = nearest(given, names.iter().copied());
        // A table without names is a fault already, and so is a name that could not be taken in.
        let reported = match near {
            Some(near) => !declared.ids.contains(near),
            None if names.is_empty() => kind != "source",
            None => !self.written.has_all_of(&declared.path),
        };
        if reported {
            return None;
        }
        let fault = match names.is_empty() {
            true => fault.with_label(format!("no {kind}{} is declared", declared.of)),
            false => fault.with_label(one_of(&names)),
        };
        Some(match (near, left_out) {
            (Some(near), _) => fault.with_help(format!("did you mean `{near}`?")),
            (None, [only]) => fault.with_help(format!("did you mean `{only}`, which is left out?")),
            _ if kind == "source" => {
                fault.with_help("a source is declared under `[source.its-key]`")
            }
            _ => fault,
        })
    }
}

/// The first of some names, and how many more there are.
pub(super) fn listed(names: &[&str]) -> String {
    const MOST: usize = 6;
    let more = names.len().saturating_sub(MOST);
    let shown = &names[..names.len() - more];
    let quoted: Vec<String> = shown.iter().map(|name| quoted(name)).collect();
    match (quoted.split_last(), more) {
        (None, _) => String::new(),
        (Some((last, [])), 0) => last.clone(),
        (Some((last, before)), 0) => format!("{} and {last}", before.join(", ")),
        _ => format!("{} and {more} more", quoted.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_are_cut() {
        for (names, expected) in [
            (&[][..], ""),
            (&["a"], "`a`"),
            (&["a", "b"], "`a` and `b`"),
            (&["a", "b", "c"], "`a`, `b` and `c`"),
            (
                &["a", "b", "c", "d", "e", "f", "g", "h"],
                "`a`, `b`, `c`, `d`, `e`, `f` and 2 more",
            ),
        ] {
            assert_eq!(listed(names), expected);
        }
    }
}
