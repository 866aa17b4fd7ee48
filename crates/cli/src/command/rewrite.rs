//! `detente rewrite CASE`.

use detente::{RewriteOptions, rewrite};
use detente_report::rewrites;

use crate::{
    args::{Colour, Rewrite},
    error::CliError,
    input, output,
};

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
