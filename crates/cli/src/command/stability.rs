//! `detente stability FILE`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use detente::{
    conflict::{EXAMPLE, NamedConflict, StabilityOptions, stability},
    stability::Concept,
};
use detente_report::stability as page;

use crate::{
    args::{Colour, Show},
    error::CliError,
    input, output,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Stability {
    /// A conflict in TOML, by its options or its moves (see --example); a CSV table of its states with the
    /// header `state,<player>: <option>…,rank: <player>…`; or `-` for standard input.
    #[arg(required_unless_present = "example")]
    file: Option<PathBuf>,
    /// Print a commented conflict to start from, the Cuban missile crisis of 1962.
    #[arg(long, conflicts_with_all = ["file", "concept", "from", "nonagreement", "hold"])]
    example: bool,
    /// A sense in which states may hold: r (Nash), gmr, smr, seq or sseq; may be repeated. All by default.
    #[arg(long, value_name = "SENSE")]
    concept: Vec<Concept>,
    /// Where the conflict stands, such as "blockade + withdraw", in place of what the file says.
    #[arg(long, value_name = "STATE")]
    from: Option<String>,
    /// The state that stands for nonagreement, in place of what the file says.
    #[arg(long, value_name = "STATE")]
    nonagreement: Option<String>,
    /// Tell which rankings would make this state hold.
    #[arg(long, value_name = "STATE")]
    hold: Option<String>,
    #[command(flatten)]
    show: Show,
}

pub(crate) fn run(asked: &Stability, colour: Colour) -> Result<(), CliError> {
    let Some(file) = &asked.file else {
        return output::plain(EXAMPLE);
    };
    let conflict = input::conflict(file)?;
    let found = stability(&conflict, &options(asked, &conflict)?)?;
    output::show(asked.show, colour, &found, page)
}

fn options(asked: &Stability, conflict: &NamedConflict) -> Result<StabilityOptions, CliError> {
    let state = |named: &Option<String>| {
        let named = named.as_ref();
        named.map(|text| conflict.state_called(text)).transpose()
    };
    Ok(StabilityOptions {
        concepts: asked.concept.clone(),
        status_quo: state(&asked.from)?,
        nonagreement: state(&asked.nonagreement)?,
        hold: state(&asked.hold)?,
    })
}
