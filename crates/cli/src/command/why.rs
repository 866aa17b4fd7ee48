//! `detente why CASE`.

use detente::assessment::Why;
use detente_report::why;

use super::assess::assessed;
use crate::{
    args::{Colour, Why as Asked},
    error::CliError,
    output,
};

pub(crate) fn run(asked: &Asked, colour: Colour) -> Result<(), CliError> {
    let options = asked.asked.run.drawn(asked.draws);
    let assessment = assessed(&asked.asked, &options, colour)?;
    let data = Why::from(&assessment);
    output::answer(&asked.asked.run, colour, &data, |_, page| {
        why(&assessment, page)
    })
}
