//! `detente path CASE`.

use std::path::PathBuf;

use clap::Args as ClapArgs;
use detente::{
    Destination, Partners, PathOptions, ReadAs, quantity::Date, quantity::Probability,
    reassurance::Criterion,
};

use crate::{
    args::{Colour, Show, chance, day, whole, word},
    error::CliError,
    input, output,
};

#[derive(Debug, ClapArgs)]
pub(crate) struct Path {
    /// A shipped case's id (see `detente cases`), a case file, or `-` for standard input.
    case: PathBuf,
    /// The agreement to reach: a proposal's id, or issue=option for every issue with commas between; by
    /// default the best of those that all prefer to none and would keep.
    #[arg(long, value_name = "AGREEMENT")]
    to: Option<Destination>,
    /// Leave out what became known after this day.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = day)]
    until: Option<Date>,
    /// Whether acts are read as the parties read them, or as they were.
    #[arg(
        long,
        value_name = "HOW",
        default_value_t = ReadAs::Held,
        value_parser = word::<ReadAs>(&["held", "warranted"])
    )]
    read: ReadAs,
    /// What those that would break the agreement do on the way to it: play along where that may pay, or
    /// break whatever they would break if nothing followed.
    #[arg(
        long,
        value_name = "HOW",
        default_value_t = Partners::Strategic,
        value_parser = word::<Partners>(&["strategic", "face-value"])
    )]
    partners: Partners,
    /// Allow partial agreements at this share of their stakes too, above 0 and below 1; may be repeated.
    #[arg(long, value_name = "SHARE", value_parser = share, allow_negative_numbers = true)]
    share: Vec<f64>,
    /// What to keep small first: exposure, loss (in expectation, if the other cheats), steps or time, with
    /// commas between; those left out follow in this order.
    #[arg(long, value_name = "CRITERIA", default_value = "exposure,loss,steps,time", value_parser = order)]
    order: [Criterion; 4],
    /// The most steps, the full agreement included.
    #[arg(
        long,
        value_name = "N",
        default_value_t = PathOptions::default().most_rungs,
        value_parser = steps,
        allow_negative_numbers = true
    )]
    steps: usize,
    /// The chance that a step which was kept is taken for broken, below 1.
    #[arg(long, value_name = "CHANCE", default_value = "0", value_parser = misread, allow_negative_numbers = true)]
    misread: Probability,
    /// The most that a search may cost: one for each time that the parties are asked about a step, or that
    /// concessions lead to a belief, and a little for what is compared. Where it does not suffice the page says what was not searched.
    #[arg(
        long,
        value_name = "N",
        default_value_t = PathOptions::default().effort,
        value_parser = whole::<usize>,
        allow_negative_numbers = true
    )]
    effort: usize,
    #[command(flatten)]
    show: Show,
}

impl Path {
    /// What is asked of the library.
    fn options(&self) -> PathOptions {
        let mut shares = self.share.clone();
        shares.push(1.0);
        PathOptions {
            until: self.until,
            to: self.to.clone(),
            read: self.read,
            partners: self.partners,
            shares,
            order: self.order,
            most_rungs: self.steps,
            effort: self.effort,
            misread: self.misread,
        }
    }
}

pub(crate) fn run(asked: &Path, colour: Colour) -> Result<(), CliError> {
    let model = input::model(&asked.case)?;
    let found = detente::path(&model, &asked.options())?;
    output::show(asked.show, colour, &found, detente_report::path)
}

/// The criteria by their words on the command line.
const WORDS: [(&str, Criterion); 4] = [
    ("exposure", Criterion::Exposure),
    ("loss", Criterion::ExpectedLoss),
    ("steps", Criterion::Rungs),
    ("time", Criterion::Time),
];

/// A number of steps.
fn steps(text: &str) -> Result<usize, &'static str> {
    match whole(text)? {
        0 => Err("expected 1 step or more"),
        steps => Ok(steps),
    }
}

/// A part of the stakes; all of them are always allowed.
fn share(text: &str) -> Result<f64, &'static str> {
    let number = text.parse().ok();
    number
        .filter(|&share: &f64| 0.0 < share && share < 1.0)
        .ok_or("expected a share above 0 and below 1, such as 0.5")
}

/// A chance that leaves room for being read right.
fn misread(text: &str) -> Result<Probability, &'static str> {
    Some(chance(text)?)
        .filter(|it| *it < Probability::ONE)
        .ok_or("expected a chance below 1, such as 0.02")
}

/// Criteria in order of importance.
fn order(text: &str) -> Result<[Criterion; 4], &'static str> {
    let refused = "expected exposure, loss, steps and time, each at most once, with commas between";
    let mut order = Vec::with_capacity(WORDS.len());
    let named = text.split(',').map(str::trim);
    for word in named {
        let found = WORDS.iter().find(|(name, _)| *name == word);
        let (_, criterion) = found.ok_or(refused)?;
        if order.contains(criterion) {
            return Err(refused);
        }
        order.push(*criterion);
    }
    for (_, criterion) in WORDS {
        if !order.contains(&criterion) {
            order.push(criterion);
        }
    }
    order.try_into().map_err(|_| refused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_of_the_order_follows() {
        use Criterion::{ExpectedLoss, Exposure, Rungs, Time};
        assert_eq!(
            order("steps, loss"),
            Ok([Rungs, ExpectedLoss, Exposure, Time])
        );
        assert!(order("steps,steps").is_err() && order("").is_err() && order("cost").is_err());
    }
}
