//! What a maintainer runs: `cargo xtask COMMAND`.

mod ci;
mod claims;
mod schema;

use std::{env, error::Error, process::ExitCode};

const USAGE: &str = "\
usage: cargo xtask COMMAND

  ci                every check of a change, in order, stopping at the first that fails
  claims [--json]   try every claim of theory and print the catalogue
  schema [--check]  write the JSON Schema of the case format, or check that it is current
  tidy              the rules of the house alone: arrows, manifests, marks, the README's commands
";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["ci"] => ci::run(),
        ["claims"] => claims::run(claims::Form::Table),
        ["claims", "--json"] => claims::run(claims::Form::Json),
        ["schema"] => schema::write(),
        ["schema", "--check"] => schema::check(),
        ["tidy"] => ci::tidy(),
        _ => Err(USAGE.into()),
    };
    done.map_or_else(report, |()| ExitCode::SUCCESS)
}

#[allow(clippy::print_stderr, reason = "this is where a maintainer reads")]
#[allow(
    clippy::needless_pass_by_value,
    reason = "the error ends here, as `map_or_else` hands it over"
)]
fn report(error: Box<dyn Error>) -> ExitCode {
    eprintln!("{error}");
    ExitCode::FAILURE
}
