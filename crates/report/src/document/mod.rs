//! Documents: everything that was found about a case, in one order, as a page of HTML, as Markdown, as
//! figures, or as the numbers behind the figures.

mod csv;
mod findings;
mod html;
mod markdown;

pub use findings::Findings;

pub(crate) use csv::write as csv;
pub(crate) use html::{number_row, write as html};
pub(crate) use markdown::write as markdown;

use crate::{
    figure::Figure,
    layout::{Block, Page},
    section,
};

/// The page that every kind of document shows.
fn page(findings: &Findings<'_>) -> Page {
    let mut page = Page::document();
    section::write_report(&mut page, findings);
    page
}

/// Every figure of the page, in its order.
pub(crate) fn figures(findings: &Findings<'_>) -> Vec<Figure> {
    let page = page(findings);
    let figures = page.blocks().iter().filter_map(|block| match block {
        Block::Figure(figure) => Some((**figure).clone()),
        _ => None,
    });
    figures.collect()
}
