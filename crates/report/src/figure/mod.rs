//! Figures: each a pure function of data, drawn for a wide page and for a narrow one, with the finding
//! in words and its data as a table.

mod canvas;
mod label;
mod rows;
mod scale;
pub(crate) mod theme;

mod bargaining;
mod beliefs;
mod causes;
mod funnel;
mod indices;
mod ladder;
mod ledger;
mod rewrite;
mod surplus;
mod tornado;
mod waterfall;
mod win_sets;

pub(crate) use bargaining::bargaining;
pub(crate) use beliefs::{beliefs, hindsight};
pub(crate) use causes::causes;
pub(crate) use funnel::funnel;
pub(crate) use indices::indices;
pub(crate) use ladder::ladder;
pub(crate) use ledger::ledger;
pub(crate) use rewrite::rewrite;
pub(crate) use surplus::surplus;
pub(crate) use tornado::tornado;
pub(crate) use waterfall::waterfall;
pub(crate) use win_sets::win_sets;

use canvas::Canvas;

use crate::{
    layout::Table,
    markup::{Element, element},
};

/// The width of a figure on a page and on paper, in its own units, which are pixels there.
const WIDE: f64 = 720.0;

/// The width of a figure on a telephone.
const NARROW: f64 = 340.0;

/// A figure: a drawing, what it shows, and the data behind it.
#[derive(Debug, Clone)]
pub struct Figure {
    name: String,
    title: String,
    finding: String,
    wide: Canvas,
    narrow: Canvas,
    table: Table,
    panel: bool,
}

impl Figure {
    /// A figure without data yet; `draw` is given the width to fill.
    pub(crate) fn new(
        name: impl Into<String>,
        title: impl Into<String>,
        finding: impl Into<String>,
        draw: impl Fn(f64) -> Canvas,
    ) -> Self {
        Self {
            name: name.into(),
            title: title.into(),
            finding: finding.into(),
            wide: draw(WIDE),
            narrow: draw(NARROW),
            table: Table::new([]),
            panel: false,
        }
    }

    /// The same as one of several alike, which a page shows small beside one another.
    pub(crate) const fn paneled(mut self) -> Self {
        self.panel = true;
        self
    }

    pub(crate) const fn is_panel(&self) -> bool {
        self.panel
    }

    pub(crate) fn with(mut self, table: Table) -> Self {
        self.table = table;
        self
    }

    /// Its name, unlike that of any other figure of a report: letters, digits and hyphens.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it shows, in a few words.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// What is to be seen in it, in a sentence or two.
    #[must_use]
    pub fn finding(&self) -> &str {
        &self.finding
    }

    /// The figure as a file of its own (SVG 2), in the wide drawing: its style within, no address
    /// without, light or dark as the reader prefers.
    ///
    /// Cost: O(marks).
    #[must_use]
    pub fn svg(&self) -> String {
        let style = element("style").code(theme::alone());
        let root = self
            .root(&self.wide, "")
            .set("xmlns", "http://www.w3.org/2000/svg");
        let ground = self.wide.ground();
        let svg = root.child(style).child(ground).children(self.wide.marks());
        format!("{}\n", svg.render().trim_end())
    }

    pub(crate) const fn table(&self) -> &Table {
        &self.table
    }

    /// Both drawings, of which a page shows the one that fits.
    pub(crate) fn drawings(&self) -> [Element; 2] {
        [(&self.wide, "wide"), (&self.narrow, "narrow")]
            .map(|(canvas, class)| self.root(canvas, class).children(canvas.marks()))
    }

    fn root(&self, canvas: &Canvas, class: &'static str) -> Element {
        let id = match class {
            "" => self.name.clone(),
            class => format!("{}-{class}", self.name),
        };
        let (title, finding) = (format!("{id}-title"), format!("{id}-desc"));
        element("svg")
            .class(format!("fig {class}").trim_end())
            .set("viewBox", canvas.frame())
            .set("role", "img")
            .set("aria-labelledby", format!("{title} {finding}"))
            .child(element("title").set("id", title).text(&self.title))
            .child(element("desc").set("id", finding).text(&self.finding))
    }
}
