//! `detente assess CASE`.

use std::{
    env,
    time::{Duration, Instant},
};

use detente::{Assessment, DetenteError, Model, Options, assess_model, quantity::Date};
use detente_report::{TerminalOptions, terminal};
use indicatif::{ProgressBar, ProgressStyle};

use crate::{
    args::{Assess, Colour},
    error::CliError,
    input, output,
};

pub(crate) fn run(asked: &Assess, colour: Colour) -> Result<(), CliError> {
    let case = input::case(&asked.case)?;
    let assessment = assess(&case, asked)?;
    if let Some(note) = late(&assessment, asked.until) {
        output::complain(&note, colour);
    }
    if asked.json {
        return output::json(&serde_json::to_string_pretty(&assessment)?);
    }
    output::styled(&terminal(&assessment, &page(asked.width, colour)), colour)
}

/// The page that was asked for.
pub(super) fn page(asked: Option<u16>, colour: Colour) -> TerminalOptions {
    TerminalOptions {
        width: width(asked),
        colour: output::is_coloured(colour),
    }
}

/// That a day after the decision leaves nothing out.
fn late(assessment: &Assessment, until: Option<Date>) -> Option<String> {
    let decided = assessment.subject.decided;
    let until = until.filter(|until| *until > decided)?;
    Some(format!(
        "note: --until {until} changes nothing: evidence stops at the decision, {decided}\n"
    ))
}

fn assess(case: &detente::Case, asked: &Assess) -> Result<Assessment, CliError> {
    let options = Options {
        draws: asked.draws,
        seed: asked.seed,
        until: asked.until,
        ..Options::default()
    };
    let model = Model::compile(case).map_err(DetenteError::from)?;
    let mut progress = Progress::new(asked.draws);
    Ok(assess_model(&model, &options, |done| progress.tell(done))?)
}

/// The columns asked for, or the terminal's as the shell tells them, or enough for a page.
fn width(asked: Option<u16>) -> usize {
    let told = || env::var("COLUMNS").ok()?.parse().ok();
    asked.or_else(told).map_or(100, usize::from)
}

/// A bar on standard error, once a run has taken long enough to wonder about. It draws nothing
/// where standard error is no terminal.
struct Progress {
    begun: Instant,
    draws: u64,
    bar: Option<ProgressBar>,
}

impl Progress {
    fn new(draws: usize) -> Self {
        Self {
            begun: Instant::now(),
            draws: draws as u64,
            bar: None,
        }
    }

    fn tell(&mut self, done: usize) {
        if self.begun.elapsed() < Duration::from_secs(1) {
            return;
        }
        let bar = self.bar.get_or_insert_with(|| bar(self.draws));
        bar.set_position(done as u64);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

fn bar(draws: u64) -> ProgressBar {
    let style =
        ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} draws, {eta} left");
    ProgressBar::new(draws).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
