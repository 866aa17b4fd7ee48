//! Text in columns: widths, wrapping, tables and bars. Knows nothing of assessments.

mod bar;
mod page;
mod table;
mod text;

pub(crate) use bar::bar;
pub(crate) use page::Page;
pub(crate) use table::{Cell, Column, Table};
pub(crate) use text::clean;
