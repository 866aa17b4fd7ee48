//! Builds worlds of known cause, codes them with error and prints how often each is attributed to its
//! cause: `cargo run --release -p detente-tests --example validate`, or `cargo xtask validate`.
//!
//! `--cases N` is the number of worlds, `--draws N` of draws for each, `--seed S` decides which they
//! are, `--json` prints the same as data.

use std::{
    env,
    error::Error,
    io::{BufWriter, Write, stdout},
};

use detente_tests::known_cause::{
    print::{self, Block},
    tally::{EPSILONS, Settings, outcomes},
};

const USAGE: &str = "expected [--cases N] [--draws N] [--seed S] [--json]";

fn main() -> Result<(), Box<dyn Error>> {
    let (settings, as_json) = asked(env::args().skip(1))?;
    let mut blocks = Vec::new();
    for epsilon in EPSILONS {
        let outcomes = outcomes(settings, epsilon).map_err(|error| error.to_string())?;
        blocks.push(Block { epsilon, outcomes });
    }
    let mut out = BufWriter::new(stdout().lock());
    if as_json {
        writeln!(out, "{:#}", print::json(settings, &blocks))?;
    } else {
        print::text(settings, &blocks, &mut out)?;
    }
    Ok(out.flush()?)
}

fn asked(mut words: impl Iterator<Item = String>) -> Result<(Settings, bool), Box<dyn Error>> {
    let (mut settings, mut as_json) = (Settings::default(), false);
    while let Some(word) = words.next() {
        let mut number = || -> Result<u64, Box<dyn Error>> {
            let text = words
                .next()
                .ok_or_else(|| format!("{USAGE}: no number after {word}"))?;
            let fault = |error| format!("{USAGE}: {word} {text}: {error}");
            Ok(text.parse().map_err(fault)?)
        };
        match word.as_str() {
            "--cases" => settings.cases = usize::try_from(number()?)?,
            "--draws" => settings.draws = usize::try_from(number()?)?,
            "--seed" => settings.seed = number()?,
            "--json" => as_json = true,
            _ => return Err(format!("{USAGE}, found {word}").into()),
        }
    }
    if settings.cases == 0 || settings.draws == 0 {
        return Err(format!("{USAGE}, at least 1 each of cases and draws").into());
    }
    Ok((settings, as_json))
}
