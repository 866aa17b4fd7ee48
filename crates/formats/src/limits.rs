/// How much of a text, and how much from it, is held at most. Beyond a limit reading ends with
/// [`FormatError::TooMany`](crate::FormatError::TooMany).
///
/// ```
/// use detente_formats::{FormatError, Limits, ReadOptions, read};
///
/// let limits = Limits { bytes: 10, ..Limits::default() };
/// let options = ReadOptions { limits, ..ReadOptions::default() };
/// let refused = read("long", b"issue,option,a,b\n", &options);
/// assert!(matches!(refused, Err(FormatError::TooMany { limit: 10, .. })));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a text: 16 MiB by default.
    pub bytes: usize,
    /// Elements, entries and words of a text: 2,000,000 by default.
    pub nodes: usize,
    /// How deep a text or a game tree may be nested: 128 by default.
    pub depth: usize,
    /// Options of all issues of a negotiation together: 100,000 by default.
    pub options: usize,
    /// Payoffs of a table over agreements, or of a game in normal form, over all parties: 2,000,000 by
    /// default.
    pub payoffs: usize,
    /// Pure strategies of a player in the normal form of a game tree: 10,000 by default.
    pub strategies: usize,
    /// Additions and look-ups that the normal form of a game tree takes: 5,000,000 by default, some
    /// seconds at worst.
    pub steps: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            bytes: 16 << 20,
            nodes: 2_000_000,
            depth: 128,
            options: 100_000,
            payoffs: 2_000_000,
            strategies: 10_000,
            steps: 5_000_000,
        }
    }
}

/// How a text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ReadOptions {
    /// How much is held at most.
    pub limits: Limits,
    /// So many evenly spaced options stand for an issue that may be settled at any real number
    /// between two bounds, both bounds among them; without a number such an issue is refused.
    pub real_options: Option<usize>,
}
