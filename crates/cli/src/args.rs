//! What can be typed after `detente`.

use std::{path::PathBuf, str::FromStr};

use clap::{
    Args as ClapArgs, Parser, Subcommand, ValueEnum,
    builder::{PossibleValuesParser, TypedValueParser},
};
use clap_complete::Shell;
use detente::{
    Grouping, Options, RewriteOptions, SensitivityMethod, SensitivityOptions,
    beliefs::{BeliefOptions, Change},
    quantity::{Date, DiscountFactor, Probability},
    reputation::SameDay,
    uncertainty::Sampling,
};

/// Was there an agreement every party preferred to none? If it was missed, why?
///
/// Start with `detente assess reykjavik-1986`, or list the shipped cases with `detente cases`.
#[derive(Debug, Parser)]
#[command(name = "detente", version, arg_required_else_help = true, after_help = START)]
pub(crate) struct Args {
    /// When to colour the output.
    #[arg(
        long = "color",
        visible_alias = "colour",
        value_name = "WHEN",
        default_value = "auto",
        global = true
    )]
    pub(crate) colour: Colour,
    #[command(subcommand)]
    pub(crate) command: Command,
}

const START: &str = "\
To start:
  detente cases                       list the cases that ship with the program
  detente assess reykjavik-1986       assess one of them
  detente init my-case.toml           write a commented case of your own, then
  detente check my-case.toml          see every mistake in it at once";

/// When to colour the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub(crate) enum Colour {
    /// On a terminal that wants it (NO_COLOR and TERM are heeded).
    #[default]
    Auto,
    /// Even into a file or a pipe.
    Always,
    /// Not at all.
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Assess a case: the verdict, what stopped an agreement, and what the answer rests on.
    Assess(Assess),
    /// Write the whole report as one page for a browser, with figures; also as Markdown or data.
    Report(Report),
    /// Tell why an agreement was missed: by how much, by which barrier, and how sure that is.
    Why(Why),
    /// Tell which uncertain numbers of a case drive the answer.
    Sensitivity(Sensitivity),
    /// Find the smallest changes that would have turned the answer.
    Rewrite(Rewrite),
    /// Tell what each leader can afford at home, and what would have to change there.
    Domestic(Domestic),
    /// List which agreements there are and which stand out, of a case or a CSV score sheet.
    Agreements(Agreements),
    /// Tell what could be believed, act by act: of a case, or of a CSV file of acts.
    Beliefs(Beliefs),
    /// Put cases side by side, and tell where two codings of one case differ and what of it matters.
    Compare(Compare),
    /// Name the game that two sides play, its equilibria, and the patience that cooperation takes.
    Game(Game),
    /// List the cases that ship with the program.
    Cases {
        /// Print the list as JSON.
        #[arg(long)]
        json: bool,
    },
    /// Check case files: every mistake of every file, with its place.
    Check {
        /// Case files, TOML or JSON; `-` reads standard input.
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Write a commented case to start from.
    Init {
        /// The file to write; standard output without it or with `-`.
        file: Option<PathBuf>,
        /// Overwrite the file if it exists.
        #[arg(long)]
        force: bool,
    },
    /// Print the JSON Schema of the case format, for editors.
    Schema,
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// What every question about one case takes.
#[derive(Debug, ClapArgs)]
pub(crate) struct Asked {
    /// A shipped case's id (see `detente cases`), a case file, or `-` for standard input.
    pub(crate) case: PathBuf,
    #[command(flatten)]
    pub(crate) run: RunArgs,
}

/// How a question is to be answered.
#[derive(Debug, ClapArgs)]
pub(crate) struct RunArgs {
    /// Print the whole result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Seed of everything drawn: the same question and seed print the same to the byte.
    #[arg(
        long,
        value_name = "N",
        default_value_t = Options::default().seed,
        value_parser = whole::<u64>,
        allow_negative_numbers = true
    )]
    pub(crate) seed: u64,
    /// Leave out what became known after this day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<Date>,
    /// Columns to fill, from 40; by default $COLUMNS or 100.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub(crate) width: Option<u16>,
}

impl RunArgs {
    /// The library's options, with so many draws.
    pub(crate) fn options(&self, draws: usize) -> Options {
        Options {
            draws,
            seed: self.seed,
            until: self.until,
            ..Options::default()
        }
    }

    /// The library's options, with draws made so.
    pub(crate) fn drawn(&self, draws: Draws) -> Options {
        Options {
            sampling: draws.sampling,
            precision: draws.precision,
            ..self.options(draws.draws)
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Assess {
    #[command(flatten)]
    pub(crate) asked: Asked,
    #[command(flatten)]
    pub(crate) draws: Draws,
    /// Evaluations spent on what would have changed the answer and on what drives it; 0, and no
    /// draws, leave both out.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 32_768,
        value_parser = whole::<usize>,
        allow_negative_numbers = true
    )]
    pub(crate) outlook: usize,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Report {
    /// A shipped case's id (see `detente cases`), a case file, or `-` for standard input.
    pub(crate) case: PathBuf,
    /// The file to write; standard output without it or with `-`.
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,
    /// What to write; by default what the name of the file ends in, or else html.
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// Write each figure into this folder too, as SVG; without a file to write, figures alone.
    #[arg(long, value_name = "DIR")]
    pub(crate) figures: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) draws: Draws,
    /// About how many evaluations to spend on what drives the answer; 0 leaves out what drives it and
    /// what would have changed it.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 32_768,
        value_parser = whole::<usize>,
        allow_negative_numbers = true
    )]
    pub(crate) evaluations: usize,
    /// Seed of everything drawn: the same question and seed print the same to the byte.
    #[arg(
        long,
        value_name = "N",
        default_value_t = Options::default().seed,
        value_parser = whole::<u64>,
        allow_negative_numbers = true
    )]
    pub(crate) seed: u64,
    /// Leave out what became known after this day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<Date>,
}

impl Report {
    /// The format that was asked for, in so many words or by the name of the file.
    pub(crate) fn format(&self) -> Format {
        let ending = self
            .output
            .as_ref()
            .and_then(|file| file.extension()?.to_str());
        let told = ending.and_then(|it| Format::from_str(it, true).ok());
        self.format.or(told).unwrap_or(Format::Html)
    }
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

#[derive(Debug, ClapArgs)]
pub(crate) struct Why {
    #[command(flatten)]
    pub(crate) asked: Asked,
    #[command(flatten)]
    pub(crate) draws: Draws,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Domestic {
    /// A shipped case's id (see `detente cases`), a case file, or `-` for standard input.
    pub(crate) case: PathBuf,
    /// Print the whole result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Leave out what became known after this day.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<Date>,
    /// Columns to fill, from 40; by default $COLUMNS or 100.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub(crate) width: Option<u16>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Compare {
    /// Two cases or more: shipped cases' ids or case files; one may be `-` for standard input.
    #[arg(required = true, num_args = 2.., value_name = "CASE")]
    pub(crate) cases: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) run: RunArgs,
    #[command(flatten)]
    pub(crate) draws: Draws,
}

/// How the draws of a question are made.
#[derive(Debug, Clone, Copy, ClapArgs)]
pub(crate) struct Draws {
    /// Draws of the uncertain numbers; 0 assesses central values alone. With --precision the most
    /// that are made, by default 200000.
    #[arg(
        long,
        value_name = "N",
        default_value_t = Options::default().draws,
        default_value_if("precision", clap::builder::ArgPredicate::IsPresent, "200000"),
        value_parser = whole::<usize>,
        allow_negative_numbers = true
    )]
    pub(crate) draws: usize,
    /// How draws are placed: independently of one another, in Latin hypercubes, or on scrambled Sobol'
    /// points, which take fewer for the same precision.
    #[arg(
        long,
        value_name = "HOW",
        default_value_t = Sampling::Plain,
        value_parser = word::<Sampling>(&["plain", "latin", "sobol"])
    )]
    pub(crate) sampling: Sampling,
    /// Stop drawing once the standard error of every verdict's probability is at most this, such as
    /// 0.005.
    #[arg(long, value_name = "SE", value_parser = standard_error, allow_negative_numbers = true)]
    pub(crate) precision: Option<f64>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Sensitivity {
    #[command(flatten)]
    pub(crate) asked: Asked,
    /// About how often the case is evaluated; more make narrower intervals.
    #[arg(
        long,
        value_name = "N",
        default_value_t = 131_072,
        value_parser = whole::<usize>,
        allow_negative_numbers = true
    )]
    pub(crate) evaluations: usize,
    /// What is judged as one: each number, all numbers of a party, or all about one thing. Numbers
    /// that the case correlates always are.
    #[arg(
        long,
        value_name = "WHAT",
        default_value_t = Grouping::Number,
        value_parser = word::<Grouping>(&["number", "party", "aspect"])
    )]
    pub(crate) by: Grouping,
    /// Shares of variance (Sobol' indices and Shapley effects), the cheap screening of Morris, or how
    /// far the whole distribution moves (PAWN).
    #[arg(
        long,
        value_name = "METHOD",
        default_value_t = SensitivityMethod::Sobol,
        value_parser = word::<SensitivityMethod>(&["sobol", "morris", "pawn"])
    )]
    pub(crate) method: SensitivityMethod,
    /// Judge pairs too: what two factors do only together.
    #[arg(long)]
    pub(crate) second_order: bool,
    /// Tell what each number does alone, at either end of its range; --json always does.
    #[arg(long)]
    pub(crate) tornado: bool,
}

impl Sensitivity {
    /// What is asked of the library.
    pub(crate) const fn asked_for(&self) -> SensitivityOptions {
        SensitivityOptions {
            by: self.by,
            method: self.method,
            second_order: self.second_order,
        }
    }
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Rewrite {
    #[command(flatten)]
    pub(crate) asked: Asked,
    #[command(flatten)]
    pub(crate) draws: Draws,
    /// Change only this number, or all whose names begin with these words, such as `party.us.bias`;
    /// may be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) only: Vec<String>,
    /// Leave this number as it is, or all whose names begin so; may be repeated.
    #[arg(long, value_name = "NAME")]
    pub(crate) hold: Vec<String>,
    /// The most evaluations of the case that one search may take.
    #[arg(
        long,
        value_name = "N",
        default_value_t = RewriteOptions::default().effort,
        value_parser = whole::<usize>,
        allow_negative_numbers = true
    )]
    pub(crate) effort: usize,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Agreements {
    /// A shipped case's id, a case file, a CSV score sheet with the header `issue,option,<party>…`
    /// and a row `nonagreement,,<payoff>…`, or `-` for standard input.
    pub(crate) file: PathBuf,
    /// List the efficient agreements too.
    #[arg(long)]
    pub(crate) list: bool,
    /// How many payoff vectors of efficient agreements are listed; all with --csv, otherwise 20.
    #[arg(long, value_name = "N", value_parser = whole::<usize>, allow_negative_numbers = true)]
    pub(crate) top: Option<usize>,
    /// Print the efficient agreements as CSV.
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
    /// Print the whole result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Columns to fill, from 40; by default $COLUMNS or 100.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub(crate) width: Option<u16>,
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Beliefs {
    /// A shipped case's id, a case file, a CSV file of acts with the header `date,observer,actor` and a
    /// column of likelihoods for each type (a row whose date is `prior` holds prior beliefs), or `-` for
    /// standard input.
    pub(crate) file: PathBuf,
    /// Count on this type, by id or name, instead of those that would keep the best agreement; may be
    /// repeated.
    #[arg(long, value_name = "TYPE")]
    pub(crate) trust: Vec<String>,
    /// Show beliefs as of this day; what became known later is for hindsight only.
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub(crate) until: Option<Date>,
    /// The chance a year that a party's type is drawn anew from the prior.
    #[arg(long, value_name = "CHANCE", default_value = "0", value_parser = chance, allow_negative_numbers = true)]
    pub(crate) drift: Probability,
    /// A day on which a party's type is drawn anew with some chance, as at a change of leaders, such as
    /// 1953-03-05=0.5, or ussr:1953-03-05=0.5 for one party; may be repeated.
    #[arg(long, value_name = "DAY=CHANCE")]
    pub(crate) change: Vec<Change>,
    /// Days in which evidence loses half its weight.
    #[arg(long, value_name = "DAYS", value_parser = days, allow_negative_numbers = true)]
    pub(crate) half_life: Option<f64>,
    /// Read acts that became known on one day one after another, and not together.
    #[arg(long)]
    pub(crate) in_order: bool,
    /// Print the ledger as CSV.
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
    /// Print the whole result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Columns to fill, from 40; by default $COLUMNS or 100.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub(crate) width: Option<u16>,
}

impl Beliefs {
    /// What is asked of the library.
    pub(crate) fn options(&self) -> BeliefOptions {
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

/// A chance.
fn chance(text: &str) -> Result<Probability, &'static str> {
    let number = text.parse().ok();
    number
        .and_then(|number: f64| Probability::new(number).ok())
        .ok_or("expected a chance from 0 to 1, such as 0.02")
}

/// A number of days.
fn days(text: &str) -> Result<f64, &'static str> {
    let number = text.parse().ok();
    number
        .filter(|&number: &f64| number > 0.0 && number.is_finite())
        .ok_or("expected days above 0, such as 365")
}

#[derive(Debug, ClapArgs)]
pub(crate) struct Game {
    /// A TOML file with `row = [[…], …]` and `col = [[…], …]`, the first action of each being to
    /// cooperate; or a shipped case's id or a case file, whose best agreement is the game; or `-`
    /// for standard input.
    pub(crate) file: PathBuf,
    /// The discount factor to judge at, at least 0 and below 1, in place of what the file says.
    #[arg(long, value_name = "D", value_parser = discount_factor, allow_negative_numbers = true)]
    pub(crate) delta: Option<DiscountFactor>,
    /// Print the whole result as JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Columns to fill, from 40; by default $COLUMNS or 100.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=400))]
    pub(crate) width: Option<u16>,
}

/// A whole number, however else people write large ones.
fn whole<N: FromStr>(text: &str) -> Result<N, &'static str> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().map_err(|_| match digits {
        true => "the number is too large",
        false => "expected a whole number such as 100000",
    })
}

/// One of a few words.
fn word<T>(words: &'static [&'static str]) -> impl TypedValueParser<Value = T>
where
    T: FromStr<Err: std::error::Error + Send + Sync + 'static> + Clone + Send + Sync + 'static,
{
    PossibleValuesParser::new(words).try_map(|word| word.parse::<T>())
}

/// A number from 0 and below 1.
fn discount_factor(text: &str) -> Result<DiscountFactor, &'static str> {
    let number = text.parse().ok();
    number
        .and_then(|number| DiscountFactor::new(number).ok())
        .ok_or("expected a discount factor from 0 and below 1, such as 0.9")
}

/// A positive number.
fn standard_error(text: &str) -> Result<f64, &'static str> {
    let number = text.parse().ok();
    number
        .filter(|&number: &f64| number > 0.0 && number.is_finite())
        .ok_or("expected a standard error above 0, such as 0.005")
}
