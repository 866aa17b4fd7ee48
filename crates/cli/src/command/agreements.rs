//! `detente agreements FILE`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use detente::agreements::{AgreementsOptions, AgreementsReport, agreements};
use detente_report::{agreements as page, agreements_csv};

use crate::{
    args::{Colour, Imports, Show, whole},
    error::CliError,
    input, output,
};

/// Payoff vectors that are listed unless another number is asked for.
const LISTED: usize = 20;

/// Agreements that are listed for one payoff vector.
const TIES: usize = 1_000;

#[derive(Debug, ClapArgs)]
pub(crate) struct Agreements {
    /// A shipped case's id, a case file, a CSV score sheet with the header `issue,option,<party>…`
    /// (`rank: <party>` for places), payoffs such as 4 or 3..5 and a row `nonagreement,,<payoff>…`, or `-` for standard input; or the files of one negotiation
    /// of Genius (XML), GeniusWeb (JSON) or NegMAS (YAML), or a folder of them.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    imports: Imports,
    /// List the efficient agreements too.
    #[arg(long)]
    list: bool,
    /// How many payoff vectors of efficient agreements are listed; all with --csv, otherwise 20.
    #[arg(long, value_name = "N", value_parser = whole::<usize>, allow_negative_numbers = true)]
    top: Option<usize>,
    /// Print the efficient agreements as CSV.
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    #[command(flatten)]
    show: Show,
}

pub(crate) fn run(asked: &Agreements, colour: Colour) -> Result<(), CliError> {
    let negotiation = input::negotiation(&asked.files, &asked.imports)?;
    let found = agreements(&negotiation, &options(asked))?;
    if asked.csv {
        if let Some(note) = left_out(&found) {
            output::complain(&note, colour);
        }
        return output::plain(&agreements_csv(&found));
    }
    output::show(asked.show, colour, &found, page)
}

fn options(asked: &Agreements) -> AgreementsOptions {
    let text = !asked.show.json && !asked.csv;
    AgreementsOptions {
        listed: match asked.top {
            _ if text && !asked.list && asked.top.is_none() => 0,
            Some(top) => top,
            None if asked.csv => usize::MAX,
            None => LISTED,
        },
        ties: if asked.csv { TIES } else { 10 },
    }
}

/// That the CSV does not have every efficient agreement.
fn left_out(found: &AgreementsReport) -> Option<String> {
    let frontier = found.frontier.as_ref()?;
    let listed: usize = frontier.listed.iter().map(|it| it.terms.len()).sum();
    let all = frontier.packages.digits();
    let whole = all == listed.to_string();
    (!whole).then(|| format!("note: {listed} of {all} efficient agreements are listed\n"))
}
