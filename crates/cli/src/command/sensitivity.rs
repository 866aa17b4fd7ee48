//! `detente sensitivity CASE`.

use detente::sensitivity;
use detente_report::drivers;

use crate::{
    args::{Colour, Sensitivity},
    error::CliError,
    input, output,
};

pub(crate) fn run(asked: &Sensitivity, colour: Colour) -> Result<(), CliError> {
    let model = input::model(&asked.asked.case)?;
    let run = &asked.asked.run;
    let found = sensitivity(&model, &run.options(asked.evaluations))?;
    output::answer(run, colour, &found, drivers)
}
