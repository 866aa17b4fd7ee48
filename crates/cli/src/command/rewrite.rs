//! `detente rewrite CASE`.

use clap::Args as ClapArgs;
use detente::{RewriteOptions, rewrite};
use detente_report::rewrites;

use crate::{
    args::{Asked, Colour, Draws, whole},
    error::CliError,
    input, output,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Rewrite {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    draws: Draws,
    /// Change only this number, or all whose names begin with these words, such as `party.us.bias`;
    /// may be repeated.
    #[arg(long, value_name = "NAME")]
    only: Vec<String>,
    /// Leave this number as it is, or all whose names begin so; may be repeated.
    #[arg(long, value_name = "NAME")]
    hold: Vec<String>,
    /// The most evaluations of the case that one search may take.
    #[arg(
        long,
        value_name = "N",
        default_value_t = RewriteOptions::default().effort,
        value_parser = whole::<usize>,
        allow_negative_numbers = true
    )]
    effort: usize,
}

pub(crate) fn run(asked: &Rewrite, colour: Colour) -> Result<(), CliError> {
    let model = input::model(&asked.asked.case)?;
    let run = &asked.asked.run;
    let search = RewriteOptions {
        only: asked.only.clone(),
        hold: asked.hold.clone(),
        effort: asked.effort,
    };
    let found = rewrite(&model, &run.drawn(asked.draws), &search)?;
    output::answer(run, colour, &found, rewrites)
}
