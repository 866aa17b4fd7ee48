//! Pages: what is on them, and their text in columns. Knows nothing of assessments.

mod bar;
mod page;
mod table;
mod terminal;
mod text;

pub(crate) use bar::bar;
pub(crate) use page::{Block, Page, Place};
pub(crate) use table::{Cell, Column, Source, Table};
pub(crate) use text::{clean, wrap};
