//! The `detente` command: command-line wording and nothing else; the analysis is the library's, the
//! words of a report are the report's.
#![deny(missing_docs)]

mod args;
mod case_file;
mod command;
mod error;
mod imports;
mod input;
mod output;
mod progress;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let colour = args.colour;
    match command::run(args) {
        Ok(code) => code,
        Err(error) => output::refuse(&error, colour),
    }
}
