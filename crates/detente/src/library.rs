//! The cases that ship with the library, coded from published chronologies.
//!
//! Payoffs and likelihoods are judgements with ranges; the coding protocol stands beside the cases. Each was coded
//! before any run and not touched after: the verdict is reported as it comes, also where it disagrees with history.

use crate::{
    Case, DetenteError,
    decode::{Source, nearest},
};

/// A commented case to start from.
pub const TEMPLATE: &str = include_str!("../cases/TEMPLATE.toml");

/// How the shipped cases were coded, as a guide to coding another.
pub const PROTOCOL: &str = include_str!("../cases/README.md");

/// Id and text of every shipped case, in the order of their dates.
const CASES: [(&str, &str); 6] = [
    (
        "open-skies-1955",
        include_str!("../cases/open-skies-1955.toml"),
    ),
    ("test-ban-1963", include_str!("../cases/test-ban-1963.toml")),
    (
        "euphrates-1975",
        include_str!("../cases/euphrates-1975.toml"),
    ),
    (
        "reykjavik-1986",
        include_str!("../cases/reykjavik-1986.toml"),
    ),
    ("inf-1987", include_str!("../cases/inf-1987.toml")),
    (
        "joint-plan-2013",
        include_str!("../cases/joint-plan-2013.toml"),
    ),
];

/// Ids of the shipped cases, in the order of their dates.
pub fn ids() -> impl ExactSizeIterator<Item = &'static str> {
    CASES.iter().map(|(id, _)| *id)
}

/// The text of a shipped case.
///
/// # Errors
/// [`DetenteError::UnknownCase`] with the nearest id that exists.
pub fn text(id: &str) -> Result<&'static str, DetenteError> {
    let found = CASES.iter().find(|(known, _)| *known == id);
    found
        .map(|(_, text)| *text)
        .ok_or_else(|| DetenteError::UnknownCase {
            given: id.to_owned(),
            nearest: nearest(id, ids()).map(str::to_owned),
        })
}

/// A shipped case.
///
/// # Errors
/// [`DetenteError::UnknownCase`] with the nearest id that exists.
pub fn case(id: &str) -> Result<Case, DetenteError> {
    let source = Source::new(format!("{id}.toml"), text(id)?);
    Ok(Case::read(&source)?)
}
