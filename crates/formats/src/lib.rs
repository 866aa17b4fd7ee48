#![doc = include_str!("../README.md")]
//!
//! # Conventions
//!
//! - A text is read by what it holds; the name of its file does not matter. Every fault has a line and a
//!   column, counted from 1; of a score sheet the column is that of the table.
//! - Numbers are what they are on paper: `0.1` is a tenth and `1/3` a third. What a format multiplies or
//!   adds up is computed exactly and rounded once.
//! - What agreements are worth is in the units of the file. No format says which combinations are
//!   impossible, so none is.
//! - Nothing is opened, fetched or followed. No text makes reading panic, run on, or hold more than
//!   [`Limits`] allow.
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(
        clippy::float_cmp,
        clippy::panic,
        reason = "exact values are asserted exactly"
    )
)]
#![cfg_attr(
    not(all(
        feature = "efg",
        feature = "genius",
        feature = "geniusweb",
        feature = "negmas",
        feature = "nfg",
        feature = "sheet"
    )),
    allow(
        dead_code,
        unused_imports,
        unused_variables,
        reason = "of formats that are not built"
    )
)]

mod document;
mod error;
mod extensive;
#[cfg(feature = "sheet")]
mod faults;
mod format;
mod gambit;
mod game;
#[cfg(feature = "genius")]
mod genius;
#[cfg(feature = "geniusweb")]
mod geniusweb;
mod join;
mod limits;
mod negmas;
mod negotiation;
mod number;
mod place;
mod plain;
#[cfg(feature = "sheet")]
mod sheet;
#[cfg(any(test, feature = "proptest"))]
pub mod strategies;
mod text;
mod tree;
mod write;

pub use document::{Document, assemble, read, read_as};
pub use error::FormatError;
pub use extensive::{ChanceEvent, ExtensiveGame, InformationSet, Move, Outcome, TreeNode};
pub use format::Format;
pub use game::StrategicGame;
pub use limits::{Limits, ReadOptions};
pub use negmas::Valuation;
pub use negotiation::{GainEnd, Issue, Negotiation, Party, ScoreRanges, Scores};
pub use place::Place;
pub use write::{write_game, write_negotiation, write_tree};
