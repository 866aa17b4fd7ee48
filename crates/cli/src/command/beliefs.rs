//! `detente beliefs FILE`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use detente::{
    beliefs::{BeliefOptions, Change, beliefs},
    quantity::{Date, Probability},
    reputation::SameDay,
};
use detente_report::{beliefs as page, beliefs_csv};

use crate::{
    args::{Colour, Show, chance, day, days},
    error::CliError,
    input, output,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Beliefs {
    /// A shipped case's id, a case file, a CSV file of acts, or `-` for standard input.
    ///
    /// The header of a CSV file of acts is `date,observer,actor` and a column of likelihoods for each of two types or
    /// more: numbers from 0 to 1, or ranges such as 0.3..0.5. Columns with these names are no types, and each may be
    /// left out: `act` or `event` (what was done, in words), `known` (the day the observer came to know of it, if
    /// later), `tone` (cooperative or hostile), `forced` (the chance that the situation alone would have produced
    /// it), `cost` (by how much what it cost lowered its log-odds) and `clue` (acts with the same word depend on one
    /// another). A row whose date is `prior` holds prior beliefs.
    file: PathBuf,
    /// Count on this type, by id or name, instead of those that would keep the best agreement; may be
    /// repeated.
    #[arg(long, value_name = "TYPE")]
    trust: Vec<String>,
    /// Show beliefs as of this day; what became known later is for hindsight only.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    until: Option<Date>,
    /// The chance a year that a party's type is drawn anew from the prior.
    #[arg(long, value_name = "CHANCE", default_value = "0", value_parser = chance, allow_negative_numbers = true)]
    drift: Probability,
    /// A day on which a party's type is drawn anew with some chance, as at a change of leaders, such as
    /// 1953-03-05=0.5, or ussr:1953-03-05=0.5 for one party; may be repeated.
    #[arg(long, value_name = "DAY=CHANCE")]
    change: Vec<Change>,
    /// Days in which evidence loses half its weight.
    #[arg(long, value_name = "DAYS", value_parser = days, allow_negative_numbers = true)]
    half_life: Option<f64>,
    /// Read acts that became known on one day one after another, and not together.
    #[arg(long)]
    in_order: bool,
    /// Print the ledger as CSV.
    #[arg(long, conflicts_with = "json")]
    csv: bool,
    #[command(flatten)]
    show: Show,
}

impl Beliefs {
    /// What is asked of the library.
    fn options(&self) -> BeliefOptions {
        BeliefOptions {
            until: self.until,
            trust: self.trust.clone(),
            same_day: match self.in_order {
                true => SameDay::InOrder,
                false => SameDay::Strict,
            },
            drift: self.drift,
            changes: self.change.clone(),
            half_life: self.half_life,
        }
    }
}

pub(crate) fn run(asked: &Beliefs, colour: Colour) -> Result<(), CliError> {
    let record = input::belief_record(&asked.file)?;
    let found = beliefs(&record, &asked.options())?;
    if asked.csv {
        return output::plain(&beliefs_csv(&found));
    }
    output::show(asked.show, colour, &found, page)
}
