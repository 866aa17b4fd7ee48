//! `detente completions SHELL`.

use clap::CommandFactory;
use clap_complete::Shell;

use crate::{args::Args, error::CliError, output};

pub(crate) fn run(shell: Shell) -> Result<(), CliError> {
    let mut script = Vec::new();
    // Into memory first: the generator panics where its output is closed early.
    clap_complete::generate(shell, &mut Args::command(), "detente", &mut script);
    output::plain(&String::from_utf8_lossy(&script))
}
