#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]

use detente::Assessment;

/// How to lay a report out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TerminalOptions {
    /// Columns to fill.
    pub width: usize,
    /// Whether to colour.
    pub colour: bool,
}

/// The report.
#[must_use]
pub fn terminal(assessment: &Assessment, _: &TerminalOptions) -> String {
    format!("{:#?}\n", assessment.verdict)
}
