//! `detente assess CASE`.

use detente::{Assessment, assess_model, quantity::Date};
use detente_report::terminal;

use crate::{
    args::{Assess, Colour},
    error::CliError,
    input, output,
    progress::Progress,
};

pub(crate) fn run(asked: &Assess, colour: Colour) -> Result<(), CliError> {
    let assessment = assessed(asked, colour)?;
    output::answer(&asked.asked.run, colour, &assessment, terminal)
}

/// The assessment that was asked for.
pub(super) fn assessed(asked: &Assess, colour: Colour) -> Result<Assessment, CliError> {
    let model = input::model(&asked.asked.case)?;
    let run = &asked.asked.run;
    let assessment = {
        let mut progress = Progress::new(asked.draws.draws);
        assess_model(&model, &run.drawn(asked.draws), |done| progress.tell(done))?
    };
    if let Some(note) = late(&assessment, run.until) {
        output::complain(&note, colour);
    }
    Ok(assessment)
}

/// That a day after the decision leaves nothing out.
fn late(assessment: &Assessment, until: Option<Date>) -> Option<String> {
    let decided = assessment.subject.decided;
    let until = until.filter(|until| *until > decided)?;
    Some(format!(
        "note: --until {until} changes nothing: evidence stops at the decision, {decided}\n"
    ))
}
