//! What the values of one issue are worth.

use detente_reciprocity::Fraction;

use super::{kind, options::Options};
use crate::{
    FormatError, Issue, Place,
    error::{missing, quoted, unexpected, unsupported},
    number,
    tree::Node,
};

/// What each option of an issue is worth by a value function.
pub(super) fn table(function: &Node, issue: &Issue) -> Result<Vec<Fraction>, FormatError> {
    let bare_table = function.get("mapping").is_none();
    let kind = match kind(function)? {
        None if bare_table => return mapped(function, issue),
        None => "TableFun",
        Some(kind) => kind,
    };
    let part = |key: &str, otherwise: Option<i64>| match (function.get(key), otherwise) {
        (Some(node), _) => node.exact(),
        (None, Some(number)) => Ok(Fraction::from_whole(number)),
        (None, None) => function.required(key, "a number")?.exact(),
    };
    let (slope, bias) = match kind {
        "TableFun" => {
            return mapped(
                function.required("mapping", "the worth of each value")?,
                issue,
            );
        }
        "AffineFun" => (part("slope", None)?, part("bias", Some(0))?),
        "LinearFun" => (part("slope", None)?, Fraction::zero()),
        "IdentityFun" => (Fraction::from_whole(1), Fraction::zero()),
        "ConstFun" => {
            let worth = part("bias", None)?;
            return Ok(vec![worth; issue.options.len()]);
        }
        other => {
            return Err(unsupported(
                function.place,
                format!("a value function of type {}", quoted(other)),
                "TableFun, AffineFun, LinearFun, IdentityFun or ConstFun",
            ));
        }
    };
    let worth =
        |option: &String| Ok(&(&number_of(option, issue, function.place)? * &slope) + &bias);
    issue.options.iter().map(worth).collect()
}

/// The number that an option is.
pub(super) fn number_of(
    option: &str,
    issue: &Issue,
    place: Place,
) -> Result<Fraction, FormatError> {
    number::exact(option, place).map_err(|_| {
        let given = format!(
            "a function of numbers for the option {} of issue {}",
            quoted(option),
            quoted(&issue.name)
        );
        unexpected(place, given, "options that are numbers, or a TableFun")
    })
}

/// What a table says of each option.
fn mapped(table: &Node, issue: &Issue) -> Result<Vec<Fraction>, FormatError> {
    let entries = table.map("the worth of each value")?;
    let mut worth = vec![None; issue.options.len()];
    let options = Options::of(issue);
    for (key, value) in entries {
        worth[options.place(key)?] = Some(value.exact()?);
    }
    let of = |(worth, option): (Option<Fraction>, &String)| {
        let what = format!("the worth of {}", quoted(option));
        worth.ok_or_else(|| missing(table.place, what, "every option of the issue"))
    };
    worth.into_iter().zip(&issue.options).map(of).collect()
}
