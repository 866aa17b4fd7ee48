//! What could be believed, and what was: the evidence act by act, and the beliefs that it warrants as
//! of each day and with hindsight, of a case or of a sheet of acts.

mod answer;
mod band;
mod clues;
mod ledger;
mod options;
mod reading;
mod record;
mod report;
mod sheet;
mod view;

pub use options::{BeliefOptions, Change, ChangeError};
pub use record::{Because, BeliefRecord, Named};
pub use report::{
    Added, AnswerReport, BeliefsReport, ChangeReport, DayRow, DayTrust, DependentClues, FlipRow,
    LedgerRow, Misread, RangedTrust, ReadRow, SettingsReport, Undivided, ViewReport,
};
pub use sheet::{ActSheet, ActSheetError, Ranged, SheetAct, SheetPrior};
pub use view::beliefs;

/// Version of the shape in which a [`BeliefsReport`] serialises. Fields may be added under one version;
/// a field that goes or changes its meaning raises it.
pub const SCHEMA: u32 = 1;
