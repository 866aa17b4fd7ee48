//! A page that fills from the top.

use super::{Table, text::wrap};
use crate::{
    TerminalOptions,
    palette::{Palette, Role},
};

/// Blanks before everything below a heading.
const INDENT: usize = 2;

/// Fewer columns than this cannot hold a table.
const NARROWEST: usize = 40;

/// Lines so far, all within the width.
#[derive(Debug)]
pub(crate) struct Page {
    width: usize,
    palette: Palette,
    text: String,
}

impl Page {
    pub(crate) fn new(options: &TerminalOptions) -> Self {
        Self {
            width: options.width.max(NARROWEST),
            palette: if options.colour {
                Palette::Ansi
            } else {
                Palette::Plain
            },
            text: String::new(),
        }
    }

    /// The name of a section, a blank line before it.
    pub(crate) fn heading(&mut self, text: &str) {
        self.blank();
        let painted = self.palette.paint(Role::Heading, text);
        self.line(0, &painted);
    }

    /// A blank line, unless the page is empty or has one there.
    pub(crate) fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    /// Text from the left margin.
    pub(crate) fn lead(&mut self, role: Role, text: &str) {
        self.wrapped(0, 0, role, text);
    }

    /// Text below a heading.
    pub(crate) fn paragraph(&mut self, role: Role, text: &str) {
        self.wrapped(INDENT, INDENT, role, text);
    }

    /// An entry of a list: its second line stands further in than its first.
    pub(crate) fn entry(&mut self, role: Role, text: &str) {
        self.wrapped(INDENT, 2 * INDENT, role, text);
    }

    /// A table below a heading.
    pub(crate) fn table(&mut self, table: &Table) {
        for line in table.lines(self.width.saturating_sub(INDENT), self.palette) {
            self.line(INDENT, &line);
        }
    }

    /// How many characters a bar has here.
    pub(crate) fn bar_cells(&self) -> usize {
        match self.width {
            98.. => 20,
            76.. => 12,
            _ => 5,
        }
    }

    /// Whether two tables that belong together fit side by side.
    pub(crate) fn is_wide(&self) -> bool {
        self.width >= 100
    }

    /// Whether there is no room for what could be left out.
    pub(crate) fn is_narrow(&self) -> bool {
        self.width < 76
    }

    pub(crate) fn finish(self) -> String {
        self.text
    }

    fn wrapped(&mut self, first: usize, rest: usize, role: Role, text: &str) {
        let lines = wrap(text, self.width.saturating_sub(rest));
        for (row, line) in lines.iter().enumerate() {
            let indent = if row == 0 { first } else { rest };
            let painted = self.palette.paint(role, line);
            self.line(indent, &painted);
        }
    }

    fn line(&mut self, indent: usize, text: &str) {
        if !text.is_empty() {
            self.text.push_str(&" ".repeat(indent));
            self.text.push_str(text);
        }
        self.text.push('\n');
    }
}
