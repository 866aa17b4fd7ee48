//! `detente convert IN… OUT`.

use std::{
    fmt,
    path::{Path, PathBuf},
};

use clap::Args as ClapArgs;
use detente::{case::History, quantity::Date};
use detente_formats::{
    Document, Format, FormatError, Limits, Negotiation, StrategicGame, assemble, write_game,
    write_negotiation, write_tree,
};
use serde::Serialize;

use crate::{
    args::{Imports, day},
    case_file::{self, Known},
    error::{CliError, printable},
    imports, output,
};

/// Version of the shape in which the answer serialises.
const SCHEMA: u32 = 1;

#[derive(Debug, ClapArgs)]
pub(crate) struct Convert {
    /// Files of Genius (XML), GeniusWeb (JSON) or NegMAS (YAML), score sheets (CSV), games (.nfg,
    /// .efg) or folders of them, told by what they hold; `-` for standard input. Several are one
    /// negotiation: a domain and its profiles, or the profiles alone.
    #[arg(required = true, num_args = 1.., value_name = "IN")]
    files: Vec<PathBuf>,
    /// The file to write; `-` for standard output.
    #[arg(required = true)]
    out: PathBuf,
    /// What to write: csv, json, genius, geniusweb, negmas or toml (a case) for a negotiation, nfg, efg or json
    /// for a game; by default what the name of OUT ends in.
    #[arg(long, value_name = "FORMAT", value_parser = target_of_word)]
    to: Option<Target>,
    /// The day the negotiation ended, for a case.
    #[arg(long, value_name = "DATE", value_parser = day)]
    decided: Option<Date>,
    /// What history shows, for a case: agreement or nonagreement.
    #[arg(long, value_name = "OUTCOME", value_parser = outcome)]
    outcome: Option<History>,
    /// Write the profile of this party alone, as Genius, GeniusWeb and NegMAS have one file for each.
    #[arg(long, value_name = "PARTY")]
    party: Option<String>,
    /// Write the domain alone: the issues and their options, without parties.
    #[arg(long, conflicts_with = "party")]
    domain: bool,
    #[command(flatten)]
    imports: Imports,
    /// Overwrite OUT if it exists.
    #[arg(long)]
    force: bool,
    /// Print what was written as JSON.
    #[arg(long)]
    json: bool,
}

/// What is to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    /// A file of this format.
    File(Format),
    /// A case.
    Case,
}

impl Target {
    const CASE: &'static str = "toml";

    const fn word(self) -> &'static str {
        match self {
            Self::File(format) => format.word(),
            Self::Case => Self::CASE,
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(format) => format.fmt(f),
            Self::Case => f.write_str("a case (TOML)"),
        }
    }
}

/// What was written.
#[derive(Debug, Serialize)]
struct Converted {
    schema: u32,
    /// Where to.
    output: String,
    /// The word for the format.
    format: &'static str,
    #[serde(flatten)]
    content: Content,
}

/// What it is.
#[derive(Debug, Serialize)]
#[serde(tag = "content", rename_all = "snake_case")]
enum Content {
    Negotiation {
        title: String,
        issues: Vec<String>,
        parties: Vec<String>,
        /// How many agreements could be written down, in full.
        agreements: Option<String>,
    },
    Game {
        title: String,
        players: Vec<String>,
        /// How many actions each has; of a tree that stays one, none.
        actions: Vec<usize>,
    },
}

pub(crate) fn run(asked: &Convert) -> Result<(), CliError> {
    let target = target(asked)?;
    if target != Target::Case {
        let told = [
            (asked.decided.is_some(), "--decided"),
            (asked.outcome.is_some(), "--outcome"),
        ];
        if let Some((_, option)) = told.into_iter().find(|(told, _)| *told) {
            return Err(CliError::OnlyCase(option));
        }
    }
    let to_stdout = asked.out == Path::new("-");
    if to_stdout && asked.json {
        return Err(CliError::JsonBeside);
    }
    let documents = imports::documents(&asked.files, &asked.imports)?;
    let (text, content) = written(documents, target, asked)?;
    if to_stdout {
        return output::plain(&text);
    }
    output::new_file(&asked.out, &text, asked.force)?;
    let converted = Converted {
        schema: SCHEMA,
        output: printable(&asked.out),
        format: target.word(),
        content,
    };
    match asked.json {
        true => output::json(&serde_json::to_string_pretty(&converted)?),
        false => output::plain(&converted.words(target)),
    }
}

/// The format that was asked for, in so many words or by the name of the file.
fn target(asked: &Convert) -> Result<Target, CliError> {
    let ending = asked.out.extension().and_then(|it| it.to_str());
    let told = ending.and_then(|it| match it.to_ascii_lowercase().as_str() {
        "xml" => Some(Target::File(Format::Genius)),
        "yml" | "yaml" => Some(Target::File(Format::Negmas)),
        word => target_of_word(word).ok(),
    });
    asked
        .to
        .or(told)
        .ok_or_else(|| CliError::NoTarget(asked.out.clone()))
}

fn target_of_word(word: &str) -> Result<Target, String> {
    if word.eq_ignore_ascii_case(Target::CASE) {
        return Ok(Target::Case);
    }
    Format::of_word(word).map(Target::File).ok_or_else(|| {
        let words: Vec<&str> = Format::ALL.iter().map(|it| it.word()).collect();
        format!("expected one of {} or {}", words.join(", "), Target::CASE)
    })
}

fn outcome(word: &str) -> Result<History, &'static str> {
    match word {
        "agreement" => Ok(History::Agreement),
        "nonagreement" => Ok(History::Nonagreement),
        _ => Err("expected agreement or nonagreement"),
    }
}

fn written(
    documents: Vec<Document>,
    target: Target,
    asked: &Convert,
) -> Result<(String, Content), CliError> {
    let mut documents = documents;
    match (documents.pop(), documents.is_empty()) {
        (Some(Document::Game(game)), true) => of_strategies(&game, target),
        (Some(Document::Tree(tree)), true) if target == Target::File(Format::Efg) => {
            let text = write_tree(&tree, Format::Efg)?;
            Ok((text, of_game(tree.title(), tree.players(), &[])))
        }
        (Some(Document::Tree(tree)), true) => {
            of_strategies(&tree.normal_form(&Limits::default())?, target)
        }
        (last, _) => {
            documents.extend(last);
            let negotiation = match documents.as_slice() {
                [Document::Negotiation(one)] => one.clone(),
                _ => assemble(documents, &asked.imports.options())?,
            };
            let negotiation = asked.imports.apply(negotiation)?;
            let negotiation = match &asked.party {
                Some(party) => alone(&negotiation, party)?,
                None if asked.domain => domain_of(&negotiation)?,
                None => negotiation,
            };
            let text = match target {
                Target::File(format) => write_negotiation(&negotiation, format).map_err(hinted)?,
                Target::Case => {
                    let (decided, outcome) = (asked.decided, asked.outcome);
                    case_file::of(&negotiation, Known { decided, outcome })?
                }
            };
            Ok((text, of_negotiation(&negotiation)))
        }
    }
}

/// A game in normal form; it makes no case.
fn of_strategies(game: &StrategicGame, target: Target) -> Result<(String, Content), CliError> {
    let Target::File(format) = target else {
        return Err(CliError::GameNoCase);
    };
    let text = write_game(game, format)?;
    let actions = game.payoffs().n_actions();
    Ok((text, of_game(game.title(), game.players(), actions)))
}

/// The negotiation with this party alone.
fn alone(negotiation: &Negotiation, party: &str) -> Result<Negotiation, CliError> {
    let parties = negotiation.parties();
    let found = parties.iter().find(|it| it.name == party).cloned();
    let found = found.ok_or_else(|| CliError::no_party(party, parties))?;
    let (title, issues) = (negotiation.title(), negotiation.issues().to_vec());
    Ok(Negotiation::new(title, issues, vec![found])?)
}

fn domain_of(negotiation: &Negotiation) -> Result<Negotiation, CliError> {
    let issues = negotiation.issues().to_vec();
    Ok(Negotiation::new(negotiation.title(), issues, Vec::new())?)
}

/// Says how several parties go into formats that have a file for each.
fn hinted(error: FormatError) -> CliError {
    match error {
        FormatError::SeveralParties { .. } => CliError::OneParty(error),
        error => error.into(),
    }
}

fn of_game(title: &str, players: &[String], actions: &[usize]) -> Content {
    Content::Game {
        title: title.to_owned(),
        players: players.to_vec(),
        actions: actions.to_vec(),
    }
}

fn of_negotiation(negotiation: &Negotiation) -> Content {
    let space = negotiation.space().ok();
    let count = space.and_then(|it| it.combinations());
    Content::Negotiation {
        title: negotiation.title().to_owned(),
        issues: negotiation
            .issues()
            .iter()
            .map(|it| it.name.clone())
            .collect(),
        parties: negotiation
            .parties()
            .iter()
            .map(|it| it.name.clone())
            .collect(),
        agreements: count.map(|it| it.to_string()),
    }
}

impl Converted {
    fn words(&self, target: Target) -> String {
        let counted = |count: usize, one: &str, more: &str| match count {
            1 => format!("1 {one}"),
            count => format!("{count} {more}"),
        };
        let what = match &self.content {
            Content::Game { players, .. } => counted(players.len(), "player", "players"),
            Content::Negotiation {
                issues,
                parties,
                agreements,
                ..
            } => {
                let issues = counted(issues.len(), "issue", "issues");
                let parties = counted(parties.len(), "party", "parties");
                let more = "more than 2^128".to_owned();
                let agreements = agreements.as_ref().unwrap_or(&more);
                format!("{issues}, {parties} and {agreements} possible agreements")
            }
        };
        format!("wrote {}: {target}, with {what}\n", self.output)
    }
}
