//! A page that fills from the top: what is on it, whatever it will be shown on.

use super::{Table, terminal};
use crate::{TerminalOptions, figure::Figure, palette::Role};

/// Fewer columns than this cannot hold a table.
const NARROWEST: usize = 40;

/// A piece of a page.
#[derive(Debug, Clone)]
pub(crate) enum Block {
    /// A part of a document begins, under a name that links can point at; whether its further
    /// sections are folded.
    Part {
        name: &'static str,
        folded: bool,
    },
    /// The name of a section.
    Heading(String),
    /// A blank line.
    Blank,
    /// A paragraph.
    Text {
        place: Place,
        role: Role,
        text: String,
    },
    Table(Table),
    Figure(Box<Figure>),
}

/// Where a paragraph stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// At the left margin.
    Lead,
    /// Below a heading.
    Body,
    /// In a list: its second line stands further in than its first.
    Entry,
}

/// What a page will be shown on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Medium {
    Terminal(TerminalOptions),
    Document,
}

/// What was written so far.
#[derive(Debug)]
pub(crate) struct Page {
    medium: Medium,
    blocks: Vec<Block>,
}

impl Page {
    /// A page for a terminal.
    pub(crate) fn new(options: &TerminalOptions) -> Self {
        let options = TerminalOptions {
            width: options.width.max(NARROWEST),
            ..*options
        };
        Self {
            medium: Medium::Terminal(options),
            blocks: Vec::new(),
        }
    }

    /// A page for a document, which has figures and takes any width.
    pub(crate) const fn document() -> Self {
        Self {
            medium: Medium::Document,
            blocks: Vec::new(),
        }
    }

    /// A part of a document.
    pub(crate) fn part(&mut self, name: &'static str) {
        let folded = false;
        self.blocks.push(Block::Part { name, folded });
    }

    /// A part of a document of which the first section is open and those after it unfold.
    pub(crate) fn folded_part(&mut self, name: &'static str) {
        let folded = true;
        self.blocks.push(Block::Part { name, folded });
    }

    /// The name of a section, a blank line before it.
    pub(crate) fn heading(&mut self, text: &str) {
        self.blocks.push(Block::Heading(text.to_owned()));
    }

    /// A blank line, unless the page is empty or has one there.
    pub(crate) fn blank(&mut self) {
        self.blocks.push(Block::Blank);
    }

    /// Text from the left margin.
    pub(crate) fn lead(&mut self, role: Role, text: &str) {
        self.text(Place::Lead, role, text);
    }

    /// Text below a heading.
    pub(crate) fn paragraph(&mut self, role: Role, text: &str) {
        self.text(Place::Body, role, text);
    }

    /// An entry of a list: its second line stands further in than its first.
    pub(crate) fn entry(&mut self, role: Role, text: &str) {
        self.text(Place::Entry, role, text);
    }

    /// A table below a heading.
    pub(crate) fn table(&mut self, table: &Table) {
        self.blocks.push(Block::Table(table.clone()));
    }

    /// A table that a document shows as a figure, if one can be drawn.
    pub(crate) fn drawn(&mut self, table: &Table, figure: impl FnOnce() -> Option<Figure>) {
        let figure = self.is_document().then(figure).flatten();
        match figure {
            Some(figure) => self.place(figure.with(table.clone())),
            None => self.table(table),
        }
    }

    /// A figure with its own data, which a terminal does without.
    pub(crate) fn figure(&mut self, figure: impl FnOnce() -> Option<Figure>) {
        if let Some(figure) = self.is_document().then(figure).flatten() {
            self.place(figure);
        }
    }

    fn place(&mut self, figure: Figure) {
        self.blocks.push(Block::Figure(Box::new(figure)));
    }

    /// How many characters a bar has here.
    pub(crate) const fn bar_cells(&self) -> usize {
        match self.width() {
            98.. => 20,
            76.. => 12,
            _ => 5,
        }
    }

    /// Whether two tables that belong together fit side by side.
    pub(crate) const fn is_wide(&self) -> bool {
        self.width() >= 100
    }

    /// Whether there is no room for what could be left out.
    pub(crate) const fn is_narrow(&self) -> bool {
        self.width() < 76
    }

    /// What was written.
    pub(crate) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The page as text for a terminal.
    pub(crate) fn finish(self) -> String {
        match self.medium {
            Medium::Terminal(options) => terminal::text(&self.blocks, &options),
            Medium::Document => terminal::text(&self.blocks, &TerminalOptions::default()),
        }
    }

    pub(crate) const fn is_document(&self) -> bool {
        matches!(self.medium, Medium::Document)
    }

    /// How many columns it has.
    pub(crate) const fn width(&self) -> usize {
        match self.medium {
            Medium::Terminal(options) => options.width,
            Medium::Document => usize::MAX,
        }
    }

    fn text(&mut self, place: Place, role: Role, text: &str) {
        self.blocks.push(Block::Text {
            place,
            role,
            text: text.to_owned(),
        });
    }
}
