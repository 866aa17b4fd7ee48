//! What several commands take.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use detente::{Options, quantity::Date, uncertainty::Sampling};

use super::parse::{day, standard_error, whole, word};

/// How an answer is shown.
#[derive(Debug, Clone, Copy, ClapArgs)]
pub(crate) struct Show {
    /// Print the whole result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Columns to fill, from 40; by default $COLUMNS or 100.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub(crate) width: Option<u16>,
}

/// What makes an answer the same again: what was drawn, and what was known.
#[derive(Debug, Clone, Copy, ClapArgs)]
pub(crate) struct Replay {
    /// Seed of everything drawn: the same question and seed print the same to the byte.
    #[arg(
        long,
        value_name = "N",
        default_value_t = Options::default().seed,
        value_parser = whole::<u64>,
        allow_negative_numbers = true
    )]
    pub(crate) seed: u64,
    /// Leave out what became known after this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    pub(crate) until: Option<Date>,
}

/// What every question about one case takes.
#[derive(Debug, ClapArgs)]
pub(crate) struct Asked {
    /// A shipped case's id (see `detente cases`), a case file, or `-` for standard input.
    pub(crate) case: PathBuf,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// How a question is to be answered.
#[derive(Debug, ClapArgs)]
pub(crate) struct RunArgs {
    #[command(flatten)]
    pub(crate) show: Show,
    #[command(flatten)]
    pub(crate) replay: Replay,
}

impl RunArgs {
    /// The library's options, with so many draws.
    pub(crate) fn options(&self, draws: usize) -> Options {
        Options {
            draws,
            seed: self.replay.seed,
            until: self.replay.until,
            ..Options::default()
        }
    }

    /// The library's options, with draws made so.
    pub(crate) fn drawn(&self, draws: Draws) -> Options {
        Options {
            sampling: draws.sampling,
            precision: draws.precision,
            ..self.options(draws.draws)
        }
    }
}

/// How the draws of a question are made.
#[derive(Debug, Clone, Copy, ClapArgs)]
pub(crate) struct Draws {
    /// Draws of the uncertain numbers; 0 assesses central values alone. With --precision the most
    /// that are made, by default 200000.
    #[arg(
        long,
        value_name = "N",
        default_value_t = Options::default().draws,
        default_value_if("precision", clap::builder::ArgPredicate::IsPresent, "200000"),
        value_parser = whole::<usize>,
        allow_negative_numbers = true
    )]
    pub(crate) draws: usize,
    /// How draws are placed: independently of one another, in Latin hypercubes, or on scrambled Sobol'
    /// points, which take fewer for the same precision.
    #[arg(
        long,
        value_name = "HOW",
        default_value_t = Sampling::Plain,
        value_parser = word::<Sampling>(&["plain", "latin", "sobol"])
    )]
    pub(crate) sampling: Sampling,
    /// Stop drawing once the standard error of every verdict's probability is at most this, such as
    /// 0.005.
    #[arg(long, value_name = "SE", value_parser = standard_error, allow_negative_numbers = true)]
    pub(crate) precision: Option<f64>,
}
