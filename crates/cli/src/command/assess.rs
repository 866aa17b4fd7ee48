//! `detente assess CASE`.

use detente::{Assessment, Options, assess_model, quantity::Date};
use detente_report::terminal;

use crate::{
    args::{Asked, Assess, Colour},
    error::CliError,
    input, output,
    progress::Progress,
};

pub(crate) fn run(asked: &Assess, colour: Colour) -> Result<(), CliError> {
    let run = &asked.asked.run;
    let drawn = run.drawn(asked.draws);
    let options = Options {
        outlook: if drawn.draws == 0 { 0 } else { asked.outlook },
        ..drawn
    };
    let assessment = assessed(&asked.asked, &options, colour)?;
    output::answer(run, colour, &assessment, terminal)
}

/// The assessment that was asked for.
pub(super) fn assessed(
    asked: &Asked,
    options: &Options,
    colour: Colour,
) -> Result<Assessment, CliError> {
    let model = input::model(&asked.case)?;
    let assessment = {
        let mut progress = Progress::new(options.draws);
        assess_model(&model, options, |done| progress.tell(done))?
    };
    if let Some(note) = late(&assessment, options.until) {
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
