//! `detente report CASE`.

use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{Args as ClapArgs, ValueEnum};
use detente::{
    Assessment, DetenteError, Model, Options, PathOptions, RewriteOptions, SensitivityOptions,
    agreements::{
        AgreementsOptions, AgreementsReport, Negotiation, PayoffCloud, agreements, payoff_cloud,
    },
    assess_model,
    assessment::{Domestic, PathReport, Rewrites, Sensitivity},
    domestic, rewrite_of, sensitivity_with,
};
use detente_report::{Findings, figures, figures_csv, html, markdown};
use serde::Serialize;

use crate::{
    args::{Draws, Replay, whole},
    error::{CliError, printable},
    input, output,
    progress::Progress,
};

/// Planes of two parties that are drawn: all of four parties.
const PLANES: usize = 6;

/// How often parties are asked about a step of a path, in each of two searches.
const EFFORT: usize = 50_000;

/// Evaluations where nothing else is asked for.
const EVALUATIONS: usize = 32_768;

/// Looks at agreements that they may take: seconds.
const LOOKS: usize = 200_000_000;

/// About how many searches look for what would have changed the answer.
const SEARCHES: usize = 12;

/// Every analysis of a case, as data.
#[derive(Serialize)]
struct Found {
    assessment: Assessment,
    agreements: AgreementsReport,
    payoffs: PayoffCloud,
    domestic: Domestic,
    /// Absent where there are more partial agreements than can be searched.
    path: Option<PathReport>,
    sensitivity: Option<Sensitivity>,
    rewrites: Option<Rewrites>,
}

impl Found {
    const fn findings(&self) -> Findings<'_> {
        Findings {
            agreements: Some(&self.agreements),
            cloud: Some(&self.payoffs),
            domestic: Some(&self.domestic),
            path: self.path.as_ref(),
            sensitivity: self.sensitivity.as_ref(),
            rewrites: self.rewrites.as_ref(),
            ..Findings::of(&self.assessment)
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Report {
    /// A shipped case's id (see `detente cases`), a case file, or `-` for standard input.
    case: PathBuf,
    /// The file to write; standard output without it or with `-`.
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What to write; by default what the name of the file ends in, or else html.
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write each figure into this folder too, as SVG; without a file to write, figures alone.
    #[arg(long, value_name = "DIR")]
    figures: Option<PathBuf>,
    /// Overwrite files that exist.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    draws: Draws,
    /// About how many evaluations to spend on what drives the answer, and how many at most on what would
    /// have changed it; 0 leaves both out. By default 32768, or fewer where there are very many
    /// agreements.
    #[arg(
        long,
        value_name = "N",
        value_parser = whole::<usize>,
        allow_negative_numbers = true
    )]
    evaluations: Option<usize>,
    #[command(flatten)]
    replay: Replay,
}

impl Report {
    /// The format that was asked for, in so many words or by the name of the file.
    fn format(&self) -> Format {
        let ending = self
            .output
            .as_ref()
            .and_then(|file| file.extension()?.to_str());
        let told = ending.and_then(|it| Format::from_str(it, true).ok());
        self.format.or(told).unwrap_or(Format::Html)
    }
}

/// How often a case of so many agreements is evaluated where nothing else is asked for: with more
/// agreements each evaluation takes longer, and the page says how many were made.
fn affordable(agreements: usize) -> usize {
    EVALUATIONS.min(LOOKS / agreements.max(1)).max(1)
}

/// What a report is written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// One page that needs nothing else.
    Html,
    /// Markdown: words and tables.
    Md,
    /// All that was found, as JSON.
    Json,
    /// The numbers behind the figures, as comma-separated values.
    Csv,
}

pub(crate) fn run(asked: &Report) -> Result<(), CliError> {
    let model = input::model(&asked.case)?;
    let found = found(&model, asked)?;
    let findings = found.findings();
    let drawn = asked
        .figures
        .as_deref()
        .map(|folder| draw(folder, asked, &findings));
    let drawn = drawn.transpose()?;
    let file = asked.output.as_deref();
    match file.filter(|it| *it != Path::new("-")) {
        None if file.is_none() && drawn.is_some() => {}
        None => return output::plain(&text(asked.format(), &found)?),
        Some(file) => {
            output::new_file(file, &text(asked.format(), &found)?, asked.force)?;
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
        seed: asked.replay.seed,
        until: asked.replay.until,
        draws: asked.draws.draws,
        sampling: asked.draws.sampling,
        precision: asked.draws.precision,
        ..Options::default()
    };
    let effort = asked.evaluations;
    let effort = effort.unwrap_or_else(|| affordable(model.agreements().len()));
    let evaluations = Options {
        draws: effort,
        precision: None,
        ..options
    };
    let central = Options {
        draws: 0,
        precision: None,
        ..options
    };
    let deeper = options.draws > 0 && effort > 0;
    let assessed = Options {
        outlook: if deeper { effort } else { 0 },
        ..options
    };
    let mut progress = Progress::new(options.draws);
    let assessment = assess_model(model, &assessed, |done| progress.tell(done))?;
    drop(progress);
    let uncertain = deeper && assessment.evidence.uncertain > 0;
    let sensitivity =
        uncertain.then(|| sensitivity_with(model, &evaluations, SensitivityOptions::default()));
    let search = RewriteOptions::default();
    let search = RewriteOptions {
        effort: search.effort.min(effort / SEARCHES).max(1),
        ..search
    };
    let rewrites = uncertain.then(|| rewrite_of(model, &assessment, &options, &search));
    let negotiation = Negotiation::of_case(model)?;
    let listed = AgreementsOptions {
        listed: 0,
        ties: 10,
    };
    Ok(Found {
        assessment,
        agreements: agreements(&negotiation, &listed)?,
        payoffs: payoff_cloud(model, &options, PLANES)?,
        domestic: domestic(model, &central)?,
        path: way(model, asked)?,
        sensitivity: sensitivity.transpose()?,
        rewrites: rewrites.transpose()?,
    })
}

/// Whether steps led to an agreement, with little enough effort that a report does not wait for it.
fn way(model: &Model, asked: &Report) -> Result<Option<PathReport>, CliError> {
    let options = PathOptions {
        until: asked.replay.until,
        effort: EFFORT,
        ..PathOptions::default()
    };
    match detente::path(model, &options) {
        Err(DetenteError::Reassurance(_)) => Ok(None),
        found => Ok(Some(found?)),
    }
}

/// Writes each figure into the folder as a file of its own; returns what to say of it.
fn draw(folder: &Path, asked: &Report, findings: &Findings<'_>) -> Result<String, CliError> {
    fs::create_dir_all(folder).map_err(|error| CliError::Write(folder.to_owned(), error))?;
    let figures = figures(findings);
    for figure in &figures {
        let file = folder.join(format!("{}.svg", figure.name()));
        output::new_file(&file, &figure.svg(), asked.force)?;
    }
    Ok(format!(
        "wrote {} figures into {}\n",
        figures.len(),
        printable(folder)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_agreements_are_looked_at_less_often() {
        assert_eq!(affordable(1), EVALUATIONS);
        assert_eq!(affordable(6000), EVALUATIONS);
        assert_eq!(affordable(100_000), 2000);
        assert_eq!(affordable(usize::MAX), 1);
    }
}
