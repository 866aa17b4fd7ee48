//! Scenarios of NegMAS (Mohammad, Nakadai and Greenwald 2021): a text with the issues, and one for
//! each party with its utility function.

#[cfg(feature = "negmas")]
mod domain;
mod options;
mod outcome;
mod valuation;
mod value;
#[cfg(feature = "negmas")]
mod write;

pub use valuation::Valuation;
#[cfg(feature = "negmas")]
pub(crate) use write::write;

#[cfg(feature = "negmas")]
use crate::{Document, ReadOptions, tree::yaml};
use crate::{FormatError, tree::Node};

/// Reads the issues of a scenario, or a utility function.
#[cfg(feature = "negmas")]
pub(crate) fn read(name: &str, text: &str, options: &ReadOptions) -> Result<Document, FormatError> {
    let node = yaml::read(text, &options.limits)?;
    node.map("a scenario or a utility function")?;
    match node.get("issues") {
        Some(issues) if node.get("mapping").is_none() && node.get("weights").is_none() => Ok(
            Document::Negotiation(domain::read(name, &node, issues, options)?),
        ),
        _ => Ok(Document::Valuation(Valuation::new(name, node)?)),
    }
}

/// The last word of the type that an object says it has: `negmas.outcomes.CategoricalIssue` is a
/// `CategoricalIssue`.
fn kind(node: &Node) -> Result<Option<&str>, FormatError> {
    let named = ["type", "__python_class__", "__class__"];
    let Some(kind) = named.into_iter().find_map(|it| node.get(it)) else {
        return Ok(None);
    };
    let kind = kind.text("a type")?;
    Ok(Some(kind.rsplit('.').next().unwrap_or(kind)))
}

#[cfg(test)]
#[cfg(feature = "negmas")]
mod tests;
