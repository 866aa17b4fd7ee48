//! `detente assess CASE`.

use clap::Args as ClapArgs;
use detente::{Assessment, Options, assess_model, quantity::Date};
use detente_report::terminal;

use crate::{
    args::{Asked, Colour, Draws, whole},
    error::CliError,
    input, output,
    progress::Progress,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Assess {
    #[command(flatten)]
    asked: Asked,
    #[command(flatten)]
    draws: Draws,
    /// Evaluations spent on what would have changed the answer and on what drives it; 0, and no
    /// draws, leave both out.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 32_768,
        value_parser = whole::<usize>,
        allow_negative_numbers = true
    )]
    outlook: usize,
}

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
