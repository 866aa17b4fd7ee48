//! How other tools' files are taken in.

use clap::Args as ClapArgs;
use detente_formats::{FormatError, Negotiation, Party, ReadOptions};

use super::parse::whole;
use crate::error::CliError;

/// What other tools' files may leave open.
#[derive(Debug, Clone, Default, ClapArgs)]
pub(crate) struct Imports {
    /// What a party has if nothing is agreed, such as `Egypt=50`, or `0.5` for every party of which no
    /// file says so; may be repeated.
    #[arg(long, value_name = "[PARTY=]PAYOFF", value_parser = without, allow_negative_numbers = true)]
    nonagreement: Vec<Without>,
    /// So many evenly spaced options stand for an issue that may be settled at any real number.
    #[arg(long, value_name = "N", value_parser = whole::<usize>, allow_negative_numbers = true)]
    real_options: Option<usize>,
}

/// What a party has without agreement.
#[derive(Debug, Clone)]
struct Without {
    party: Option<String>,
    payoff: f64,
}

fn without(text: &str) -> Result<Without, &'static str> {
    let (party, payoff) = match text.rsplit_once('=') {
        Some((party, payoff)) => (Some(party.trim().to_owned()), payoff),
        None => (None, text),
    };
    let payoff = payoff.trim().parse().ok().filter(|it: &f64| it.is_finite());
    let payoff = payoff.ok_or("expected a payoff such as 0.5, or PARTY=0.5")?;
    Ok(Without { party, payoff })
}

impl Imports {
    /// Refuses what is said here where a case says it all itself.
    pub(crate) fn refuse_beside_case(&self) -> Result<(), CliError> {
        let option = match (self.nonagreement.is_empty(), self.real_options) {
            (false, _) => "--nonagreement",
            (true, Some(_)) => "--real-options",
            (true, None) => return Ok(()),
        };
        Err(CliError::BesideCase(option))
    }

    /// The library's options.
    pub(crate) fn options(&self) -> ReadOptions {
        ReadOptions {
            real_options: self.real_options,
            ..ReadOptions::default()
        }
    }

    /// The negotiation with what was said of nonagreement.
    pub(crate) fn apply(&self, negotiation: Negotiation) -> Result<Negotiation, CliError> {
        for told in &self.nonagreement {
            let parties = negotiation.parties();
            if let Some(named) = &told.party
                && !parties.iter().any(|it| it.name == *named)
            {
                return Err(CliError::no_party(named, parties));
            }
        }
        let changed: Result<Negotiation, FormatError> = negotiation.with_parties(|party| {
            let payoff = self.of(&party);
            party.with_nonagreement(payoff)
        });
        Ok(changed?)
    }

    /// What a party has: what is said of it by name, what its file says, what is said of all.
    fn of(&self, party: &Party) -> Option<f64> {
        let told = self.nonagreement.iter().rev();
        let by_name = told
            .clone()
            .find(|it| it.party.as_ref() == Some(&party.name));
        let of_all = told.clone().find(|it| it.party.is_none());
        let by_name = by_name.map(|it| it.payoff);
        by_name
            .or(party.nonagreement)
            .or(of_all.map(|it| it.payoff))
    }
}
