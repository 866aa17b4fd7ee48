//! The options of an issue, by text and as numbers.

use std::collections::BTreeMap;

use detente_reciprocity::Fraction;

use crate::{
    FormatError, Issue, Place,
    error::listed,
    number, text,
    tree::{Node, Value},
};

/// The places of an issue's options.
pub(super) struct Options<'i> {
    issue: &'i Issue,
    by_text: BTreeMap<&'i str, usize>,
    by_number: BTreeMap<Fraction, usize>,
}

impl<'i> Options<'i> {
    pub(super) fn of(issue: &'i Issue) -> Self {
        let number = |text: &String| number::exact(text, Place::START).ok();
        let options = || issue.options.iter().enumerate();
        let numbered = options().filter_map(|(place, option)| Some((number(option)?, place)));
        Self {
            issue,
            by_text: options()
                .map(|(place, option)| (option.as_str(), place))
                .collect(),
            by_number: numbered.collect(),
        }
    }

    /// The place of the option that a value names: by its text, or as a number.
    pub(super) fn place(&self, value: &Node) -> Result<usize, FormatError> {
        let given = text::name(value.text("a value")?);
        let as_number = || match value.value {
            Value::Bare(_) => self
                .by_number
                .get(&number::exact(&given, value.place).ok()?),
            _ => None,
        };
        let found = self.by_text.get(given.as_str()).or_else(as_number).copied();
        found.ok_or_else(|| FormatError::Unknown {
            place: value.place,
            what: "value",
            given: given.clone(),
            expected: listed(self.issue.options.iter().map(String::as_str)),
        })
    }
}
