//! What a maintainer runs: `cargo xtask COMMAND`.
//!
//! It depends on nothing, so that it is built in a moment; what needs the library is an example of
//! the tests, which this calls.

mod ci;
mod peers;
mod picture;
mod step;

use std::{env, error::Error, process::ExitCode};

use step::Step;

const USAGE: &str = "\
usage: cargo xtask COMMAND

  ci                every check of a change, in order, stopping at the first that fails
  claims [--json]   try every claim of theory and print the catalogue
  validate [--cases N] [--draws N] [--seed S] [--json]
                    attribute worlds of known cause and print the table of right and wrong
  schema [--check]  write the JSON Schema of the case format, or check that it is current
  picture [--check] paste what the first command prints into the README, or check it
  bench-peers       time other tools on the same instances and print ratios beside ours
  tidy              the rules of the house alone: arrows, manifests, marks, the README's commands";

const CLAIMS: &str = "run --quiet --package detente-tests --example claims --";
const VALIDATE: &str = "run --quiet --release --package detente-tests --example validate --";
const SCHEMA: &str = "run --quiet --package detente-tests --example schema --";
const TIDY: &str = "test --quiet --package detente-tests --test tidy";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words[..] {
        ["ci"] => ci::run(),
        ["claims"] => Step::new("claims", CLAIMS).run(),
        ["claims", "--json"] => Step::new("claims", CLAIMS).with("--json").run(),
        ["validate", ref options @ ..] => {
            let validate = Step::new("validate", VALIDATE);
            options
                .iter()
                .fold(validate, |step, word| step.with(word))
                .run()
        }
        ["schema"] => Step::new("schema", SCHEMA).run(),
        ["schema", "--check"] => Step::new("schema", SCHEMA).with("--check").run(),
        ["picture"] => picture::write(),
        ["picture", "--check"] => picture::check(),
        ["bench-peers"] => peers::run(),
        ["tidy"] => Step::new("tidy", TIDY).run(),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => complain(error.as_ref()),
    }
}

#[allow(clippy::print_stderr, reason = "this is where a maintainer reads")]
fn complain(error: &dyn Error) -> ExitCode {
    eprintln!("{error}");
    ExitCode::FAILURE
}
