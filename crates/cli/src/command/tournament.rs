//! `detente tournament [STRATEGY|FILE]…`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use detente::{
    DetenteError,
    quantity::{DiscountFactor, Probability, Stakes},
    reciprocity::automata::{Horizon, Population, named::NamedStrategy},
    tournament::{Entrant, Setup, tournament},
};
use detente_report::{strategies, tournament as page};
use serde::Serialize;

use crate::{
    args::{Colour, Show, chance, discount_factor, whole},
    error::CliError,
    input, output,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Tournament {
    /// Strategies by name, such as tit-for-tat or gradual:4 (see --list), and a TOML file with
    /// strategies of your own, or `-` for standard input; without names, all there are.
    #[arg(value_name = "STRATEGY|FILE")]
    entrants: Vec<PathBuf>,
    /// List the strategies that have names.
    #[arg(long)]
    list: bool,
    /// What cheating one who honours, honouring together, cheating together and honouring while
    /// cheated pay; by default 5,3,1,0.
    #[arg(long, value_name = "T,R,P,S", value_parser = stakes, allow_hyphen_values = true)]
    stakes: Option<Stakes>,
    /// The chance that an act is the contrary of what was meant; by default 0.01.
    #[arg(long, value_name = "CHANCE", value_parser = chance, allow_negative_numbers = true)]
    noise: Option<Probability>,
    /// The chance that an act is seen as its contrary, unknown to who did it; by default 0.
    #[arg(long, value_name = "CHANCE", value_parser = chance, allow_negative_numbers = true)]
    misreading: Option<Probability>,
    /// The chance that honouring is seen as cheating, where it differs from --misreading.
    #[arg(long, value_name = "CHANCE", value_parser = chance, allow_negative_numbers = true)]
    suspicion: Option<Probability>,
    /// Discount the future by this factor; by default all periods weigh the same for ever.
    #[arg(long, value_name = "D", value_parser = discount_factor, allow_negative_numbers = true)]
    delta: Option<DiscountFactor>,
    /// Play so many periods.
    #[arg(
        long,
        value_name = "N",
        conflicts_with = "delta",
        value_parser = whole::<u32>,
        allow_negative_numbers = true
    )]
    periods: Option<u32>,
    /// Tell who holds a population of so many, in which strategies spread by imitation and newcomers
    /// are rare.
    #[arg(long, value_name = "N", value_parser = whole::<u32>, allow_negative_numbers = true)]
    population: Option<u32>,
    /// How much payoffs count in imitation; 0 is drift.
    #[arg(
        long,
        value_name = "BETA",
        default_value = "0.1",
        requires = "population",
        value_parser = selection,
        allow_negative_numbers = true
    )]
    selection: f64,
    #[command(flatten)]
    show: Show,
}

pub(crate) fn run(asked: &Tournament, colour: Colour) -> Result<(), CliError> {
    if asked.list {
        return output::show(asked.show, colour, &listed(), |_, options| {
            strategies(options)
        });
    }
    let setup = asked.applied_to(setup(asked)?);
    let found = tournament(&setup)?;
    output::show(asked.show, colour, &found, page)
}

/// What was named: strategies, and at most one file.
fn setup(asked: &Tournament) -> Result<Setup, CliError> {
    let (mut named, mut file) = (Vec::new(), None);
    for given in &asked.entrants {
        let text = given.to_string_lossy();
        match Entrant::named(&text) {
            Ok(entrant) => named.push(entrant),
            // A name that is known, with a number that will not do: 2/0 looks like a path.
            Err(refused @ DetenteError::Reciprocity(_)) if !given.exists() => {
                return Err(refused.into());
            }
            Err(refused) if !input::looks_like_file(given) => return Err(refused.into()),
            Err(_) if file.is_some() => return Err(CliError::SecondFile(given.clone())),
            Err(_) => file = Some(given),
        }
    }
    let setup = match file {
        Some(file) => input::tournament(file)?,
        None => Setup::usual()?,
    };
    Ok(setup.with_named(named))
}

impl Tournament {
    /// The set-up with what was asked for in place of what it says.
    fn applied_to(&self, mut setup: Setup) -> Setup {
        if let Some(slips) = self.noise {
            setup.noise.honouring_slips = slips;
            setup.noise.cheating_slips = slips;
        }
        if let Some(misread) = self.misreading {
            setup.noise.honouring_misread = misread;
            setup.noise.cheating_misread = misread;
        }
        if let Some(misread) = self.suspicion {
            setup.noise.honouring_misread = misread;
        }
        let horizon = match (self.delta, self.periods) {
            (Some(delta), _) => Horizon::Discounted(delta),
            (None, Some(periods)) => Horizon::Periods(periods),
            (None, None) => setup.horizon,
        };
        Setup {
            stakes: self.stakes.unwrap_or(setup.stakes),
            horizon,
            population: self.population.map(|size| Population {
                size,
                selection: self.selection,
            }),
            ..setup
        }
    }
}

/// A strategy in the list.
#[derive(Debug, Serialize)]
struct Listed {
    name: &'static str,
    usual: String,
    about: &'static str,
}

fn listed() -> Vec<Listed> {
    let listed = |it: NamedStrategy| Listed {
        name: it.name(),
        usual: it.to_string(),
        about: it.about(),
    };
    NamedStrategy::all().map(listed).into()
}

/// Four payoffs.
fn stakes(text: &str) -> Result<Stakes, &'static str> {
    let numbers: Result<Vec<f64>, _> = text.split(',').map(|it| it.trim().parse()).collect();
    let given: Option<[f64; 4]> = numbers.ok().and_then(|it| it.try_into().ok());
    given
        .and_then(|[t, r, p, s]| Stakes::new(t, r, p, s).ok())
        .ok_or("expected four payoffs T,R,P,S such as 5,3,1,0")
}

/// How much payoffs count.
fn selection(text: &str) -> Result<f64, &'static str> {
    let number = text.parse().ok();
    number
        .filter(|&number: &f64| number >= 0.0 && number.is_finite())
        .ok_or("expected a number from 0, such as 0.1")
}
