//! `detente agreements FILE`.

use detente::agreements::{AgreementsOptions, AgreementsReport, agreements};
use detente_report::{agreements as page, agreements_csv};

use crate::{
    args::{Agreements, Colour},
    error::CliError,
    input, output,
};

/// Payoff vectors that are listed unless another number is asked for.
const LISTED: usize = 20;

/// Agreements that are listed for one payoff vector.
const TIES: usize = 1_000;

pub(crate) fn run(asked: &Agreements, colour: Colour) -> Result<(), CliError> {
    let negotiation = input::negotiation(&asked.file)?;
    let found = agreements(&negotiation, &options(asked))?;
    if asked.csv {
        if let Some(note) = left_out(&found) {
            output::complain(&note, colour);
        }
        return output::plain(&agreements_csv(&found));
    }
    output::show((asked.json, asked.width), colour, &found, page)
}

fn options(asked: &Agreements) -> AgreementsOptions {
    let text = !asked.json && !asked.csv;
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
