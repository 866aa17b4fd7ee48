//! A page as lines of text, all within the width.

use super::{
    Table,
    page::{Block, Place},
    text::wrap,
};
use crate::{
    TerminalOptions,
    palette::{Palette, Role},
};

/// Blanks before everything below a heading.
const INDENT: usize = 2;

/// The text of a page. O(length).
pub(super) fn text(blocks: &[Block], options: &TerminalOptions) -> String {
    let palette = match options.colour {
        true => Palette::Ansi,
        false => Palette::Plain,
    };
    let mut lines = Lines {
        width: options.width,
        palette,
        text: String::new(),
    };
    for block in blocks {
        lines.block(block);
    }
    lines.text
}

struct Lines {
    width: usize,
    palette: Palette,
    text: String,
}

impl Lines {
    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(text) => self.heading(text),
            Block::Blank => self.blank(),
            Block::Text { place, role, text } => {
                let (first, rest) = match place {
                    Place::Lead => (0, 0),
                    Place::Body => (INDENT, INDENT),
                    Place::Entry => (INDENT, 2 * INDENT),
                };
                self.wrapped(first, rest, *role, text);
            }
            Block::Table(table) => self.table(table),
            Block::Part { .. } | Block::Figure(_) => {}
        }
    }

    fn heading(&mut self, text: &str) {
        self.blank();
        self.wrapped(0, 0, Role::Heading, text);
    }

    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn table(&mut self, table: &Table) {
        for line in table.lines(self.width.saturating_sub(INDENT), self.palette) {
            self.line(INDENT, &line);
        }
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
