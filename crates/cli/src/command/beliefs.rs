//! `detente beliefs FILE`.

use detente::beliefs::beliefs;
use detente_report::{beliefs as page, beliefs_csv};

use crate::{
    args::{Beliefs, Colour},
    error::CliError,
    input, output,
};

pub(crate) fn run(asked: &Beliefs, colour: Colour) -> Result<(), CliError> {
    let record = input::belief_record(&asked.file)?;
    let found = beliefs(&record, &asked.options())?;
    if asked.csv {
        return output::plain(&beliefs_csv(&found));
    }
    output::show((asked.json, asked.width), colour, &found, page)
}
