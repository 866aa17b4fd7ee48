//! `detente indicators FILE`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use detente_report::indicators_toml;

use crate::{
    args::{Colour, Show},
    error::CliError,
    input, output,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Indicators {
    /// A CSV file of a row for each leader or year whose header names what was published: V-Dem's
    /// v2exl_legitideol, v2exl_legitideolcr_0, v2exl_legitperf and v2exl_legitratio; Archigos's exit and
    /// posttenurefate beside mean_tenure in years; media_freedom and winning_coalition from 0 to 1; V-Dem's
    /// v2smgovdom. Other columns are passed over, `NA` is blank, and `-` is standard input.
    file: PathBuf,
    #[command(flatten)]
    show: Show,
}

pub(crate) fn run(asked: &Indicators, colour: Colour) -> Result<(), CliError> {
    let found = input::indicators(&asked.file)?;
    output::show(asked.show, colour, &found, indicators_toml)
}
