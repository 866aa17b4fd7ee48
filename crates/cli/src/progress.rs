//! How far a long run has come, on standard error.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// A bar on standard error, once a run has taken long enough to wonder about. It draws nothing
/// where standard error is no terminal.
pub(crate) struct Progress {
    begun: Instant,
    draws: u64,
    bar: Option<ProgressBar>,
}

impl Progress {
    pub(crate) fn new(draws: usize) -> Self {
        Self {
            begun: Instant::now(),
            draws: draws as u64,
            bar: None,
        }
    }

    pub(crate) fn tell(&mut self, done: usize) {
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
