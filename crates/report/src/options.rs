/// How to lay out a report on a terminal.
///
/// ```
/// use detente_report::TerminalOptions;
/// assert_eq!(TerminalOptions::default(), TerminalOptions { width: 100, colour: false });
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TerminalOptions {
    /// Columns to fill; fewer than 40 count as 40. Meant for 60 and more.
    pub width: usize,
    /// Whether to colour, with ANSI escape codes.
    pub colour: bool,
}

impl Default for TerminalOptions {
    fn default() -> Self {
        Self {
            width: 100,
            colour: false,
        }
    }
}
