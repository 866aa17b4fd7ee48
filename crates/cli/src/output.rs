//! Writing: results to standard output, everything else to standard error.

use std::{
    env,
    fs::OpenOptions,
    io::{self, ErrorKind, Write},
    path::Path,
    process::ExitCode,
};

use anstream::{AutoStream, ColorChoice};
use detente::{
    DetenteError,
    decode::{Palette, Style},
};
use detente_report::TerminalOptions;
use serde::Serialize;

use crate::{
    args::{Colour, RunArgs, Show},
    error::CliError,
};

/// What was found, as JSON or as a page of text.
pub(crate) fn answer<T: Serialize>(
    run: &RunArgs,
    colour: Colour,
    found: &T,
    text: impl Fn(&T, &TerminalOptions) -> String,
) -> Result<(), CliError> {
    show(run.show, colour, found, text)
}

/// The same, of a question that takes no more than whether to answer in JSON and how wide.
pub(crate) fn show<T: Serialize>(
    show: Show,
    colour: Colour,
    found: &T,
    text: impl Fn(&T, &TerminalOptions) -> String,
) -> Result<(), CliError> {
    if show.json {
        return json(&serde_json::to_string_pretty(found)?);
    }
    let page = TerminalOptions {
        width: width(show.width),
        colour: is_coloured(colour),
    };
    styled(&text(found, &page), colour)
}

/// The columns asked for, or the terminal's as the shell tells them, or enough for a page.
fn width(asked: Option<u16>) -> usize {
    let told = || env::var("COLUMNS").ok()?.parse().ok();
    asked.or_else(told).map_or(100, usize::from)
}

/// A file that is not there yet, or may be overwritten.
pub(crate) fn new_file(path: &Path, text: &str, overwrite: bool) -> Result<(), CliError> {
    let mut options = OpenOptions::new();
    options.write(true);
    // Asking for a new file leaves no moment in which another program could create it.
    let options = match overwrite {
        true => options.create(true).truncate(true),
        false => options.create_new(true),
    };
    let written = options
        .open(path)
        .and_then(|mut opened| opened.write_all(text.as_bytes()));
    written.map_err(|source| match source.kind() {
        _ if path.is_dir() => CliError::WriteFolder(path.to_owned()),
        ErrorKind::AlreadyExists => CliError::Exists(path.to_owned()),
        _ => CliError::Write(path.to_owned(), source),
    })
}

/// Text without colours.
pub(crate) fn plain(text: &str) -> Result<(), CliError> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Text that may hold colours, which are taken out where they are not wanted.
pub(crate) fn styled(text: &str, colour: Colour) -> Result<(), CliError> {
    let mut out = AutoStream::new(io::stdout().lock(), choice(colour));
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// JSON, on its own.
pub(crate) fn json(text: &str) -> Result<(), CliError> {
    plain(&format!(
        "{text}
"
    ))
}

/// Whether standard output is to be coloured.
pub(crate) fn is_coloured(colour: Colour) -> bool {
    match colour {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => AutoStream::choice(&io::stdout()) != ColorChoice::Never,
    }
}

/// Text to standard error. Nothing is left to be done where that fails.
pub(crate) fn complain(text: &str, colour: Colour) {
    let mut err = AutoStream::new(io::stderr().lock(), choice(colour));
    let _ = err.write_all(text.as_bytes());
}

/// Says why the command could not do what was asked.
pub(crate) fn refuse(error: &CliError, colour: Colour) -> ExitCode {
    match error {
        _ if error.is_silent() => {}
        CliError::Detente(DetenteError::Case(faults)) => {
            complain(&faults.render(&palette(colour)), colour);
        }
        _ => {
            let label = palette(colour).error;
            complain(
                &format!("{}error{}: {error}\n", label.prefix, label.suffix),
                colour,
            );
        }
    }
    ExitCode::from(error.exit_code())
}

/// The colours of faults; [`complain`] takes them out where they are not wanted.
pub(crate) fn palette(colour: Colour) -> Palette<'static> {
    if colour == Colour::Never {
        return Palette::PLAIN;
    }
    let style = |prefix| Style {
        prefix,
        suffix: "\x1b[0m",
    };
    Palette {
        error: style("\x1b[1;31m"),
        message: style("\x1b[1m"),
        gutter: style("\x1b[34m"),
        underline: style("\x1b[31m"),
        help: style("\x1b[32m"),
    }
}

fn choice(colour: Colour) -> ColorChoice {
    match colour {
        Colour::Auto => ColorChoice::Auto,
        Colour::Always => ColorChoice::AlwaysAnsi,
        Colour::Never => ColorChoice::Never,
    }
}
