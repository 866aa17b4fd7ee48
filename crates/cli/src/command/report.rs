//! `detente report CASE`.

use std::{fs, path::Path};

use detente::{
    Assessment, Model, Options, RewriteOptions, SensitivityOptions,
    agreements::{
        AgreementsOptions, AgreementsReport, Negotiation, PayoffCloud, agreements, payoff_cloud,
    },
    assess_model,
    assessment::{Rewrites, Sensitivity},
    rewrite, sensitivity_with,
};
use detente_report::{Findings, figures, figures_csv, html, markdown};
use serde::Serialize;

use crate::{
    args::{Format, Report},
    error::{CliError, printable},
    input, output,
    progress::Progress,
};

/// Planes of two parties that are drawn: all of four parties.
const PLANES: usize = 6;

/// Every analysis of a case, as data.
#[derive(Serialize)]
struct Found {
    assessment: Assessment,
    agreements: AgreementsReport,
    payoffs: PayoffCloud,
    sensitivity: Option<Sensitivity>,
    rewrites: Option<Rewrites>,
}

impl Found {
    const fn findings(&self) -> Findings<'_> {
        Findings {
            agreements: Some(&self.agreements),
            cloud: Some(&self.payoffs),
            sensitivity: self.sensitivity.as_ref(),
            rewrites: self.rewrites.as_ref(),
            ..Findings::of(&self.assessment)
        }
    }
}

pub(crate) fn run(asked: &Report) -> Result<(), CliError> {
    let model = input::model(&asked.case)?;
    let found = found(&model, asked)?;
    let findings = found.findings();
    let drawn = asked
        .figures
        .as_deref()
        .map(|folder| draw(folder, &findings));
    let drawn = drawn.transpose()?;
    let file = asked.output.as_deref();
    match file.filter(|it| *it != Path::new("-")) {
        None if file.is_none() && drawn.is_some() => {}
        None => return output::plain(&text(asked.format(), &found)?),
        Some(file) => {
            output::file(file, &text(asked.format(), &found)?)?;
            output::plain(&format!("wrote {}\n", printable(file)))?;
        }
    }
    output::plain(&drawn.unwrap_or_default())
}

fn text(format: Format, found: &Found) -> Result<String, CliError> {
    let findings = found.findings();
    Ok(match format {
        Format::Html => html(&findings),
        Format::Md => markdown(&findings),
        Format::Csv => figures_csv(&findings),
        Format::Json => format!("{}\n", serde_json::to_string_pretty(found)?),
    })
}

/// What is asked of the case; of central values alone, what draws are needed for is left out.
fn found(model: &Model, asked: &Report) -> Result<Found, CliError> {
    let options = Options {
        seed: asked.seed,
        until: asked.until,
        draws: asked.draws.draws,
        sampling: asked.draws.sampling,
        precision: asked.draws.precision,
        ..Options::default()
    };
    let evaluations = Options {
        draws: asked.evaluations,
        precision: None,
        ..options
    };
    let deeper = options.draws > 0 && asked.evaluations > 0;
    let assessed = Options {
        outlook: if deeper { asked.evaluations } else { 0 },
        ..options
    };
    let mut progress = Progress::new(options.draws);
    let assessment = assess_model(model, &assessed, |done| progress.tell(done))?;
    drop(progress);
    let uncertain = deeper && assessment.evidence.uncertain > 0;
    let sensitivity =
        uncertain.then(|| sensitivity_with(model, &evaluations, SensitivityOptions::default()));
    let rewrites = uncertain.then(|| rewrite(model, &options, &RewriteOptions::default()));
    let negotiation = Negotiation::of_case(model)?;
    let listed = AgreementsOptions {
        listed: 0,
        ties: 10,
    };
    Ok(Found {
        assessment,
        agreements: agreements(&negotiation, &listed)?,
        payoffs: payoff_cloud(model, &options, PLANES)?,
        sensitivity: sensitivity.transpose()?,
        rewrites: rewrites.transpose()?,
    })
}

/// Writes each figure into the folder as a file of its own; returns what to say of it.
fn draw(folder: &Path, findings: &Findings<'_>) -> Result<String, CliError> {
    fs::create_dir_all(folder).map_err(|error| CliError::Write(folder.to_owned(), error))?;
    let figures = figures(findings);
    for figure in &figures {
        output::file(
            &folder.join(format!("{}.svg", figure.name())),
            &figure.svg(),
        )?;
    }
    Ok(format!(
        "wrote {} figures into {}\n",
        figures.len(),
        printable(folder)
    ))
}
