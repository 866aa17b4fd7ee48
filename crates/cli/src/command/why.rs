//! `detente why CASE`.

use detente::assessment::Why;
use detente_report::why;

use super::assess::assessed;
use crate::{
    args::{Assess, Colour},
    error::CliError,
    output,
};

pub(crate) fn run(asked: &Assess, colour: Colour) -> Result<(), CliError> {
    let assessment = assessed(asked, colour)?;
    let data = Why::from(&assessment);
    output::answer(&asked.asked.run, colour, &data, |_, page| {
        why(&assessment, page)
    })
}
