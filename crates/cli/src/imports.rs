//! Other tools' files, told by what they hold.

use std::path::{Path, PathBuf};

use detente::{
    agreements::{GainCorners, NamedIssue, Negotiation, NegotiationParts, Payoffs},
    game::{GameFile, Played},
};
use detente_formats::{Document, Format, GainEnd, Limits, StrategicGame, assemble, read, read_as};

use crate::{args::Imports, error::CliError, input};

/// What files of other tools hold.
const EXPECTED: &str =
    "a score sheet, a game or another tool's negotiation, as `detente convert --help` lists";

/// The most files of one negotiation.
const MOST_FILES: usize = 1_000;

/// What a format is of.
pub(crate) const fn is_game(format: Format) -> bool {
    matches!(format, Format::Nfg | Format::Efg)
}

/// What these files hold, those of folders included.
pub(crate) fn documents(files: &[PathBuf], imports: &Imports) -> Result<Vec<Document>, CliError> {
    let mut documents = Vec::new();
    for path in expanded(files)? {
        let bytes = input::bytes(&path).map_err(|error| error.expecting(EXPECTED))?;
        documents.push(document(&path, &bytes, imports)?);
    }
    Ok(documents)
}

pub(crate) fn document(path: &Path, bytes: &[u8], imports: &Imports) -> Result<Document, CliError> {
    let name = input::title(path, "standard input");
    let refused = |error| CliError::Import(input::shown(path), error);
    read(&name, bytes, &imports.options()).map_err(refused)
}

/// A score sheet, whatever it begins like.
pub(crate) fn sheet(path: &Path, bytes: &[u8], imports: &Imports) -> Result<Document, CliError> {
    let name = input::title(path, "standard input");
    let refused = |error| CliError::Import(input::shown(path), error);
    read_as(Format::Sheet, &name, bytes, &imports.options()).map_err(refused)
}

/// Files, and in place of a folder those files in it that are of another tool, in the order of their
/// names.
fn expanded(files: &[PathBuf]) -> Result<Vec<PathBuf>, CliError> {
    let mut found = Vec::new();
    for path in files {
        match path.is_dir() {
            true => found.extend(within(path)?),
            false => found.push(path.clone()),
        }
    }
    match found.len() <= MOST_FILES {
        true => Ok(found),
        false => Err(CliError::TooManyFiles(MOST_FILES)),
    }
}

fn within(folder: &Path) -> Result<Vec<PathBuf>, CliError> {
    let refused = |error| CliError::Read(folder.to_owned(), error);
    let mut found = Vec::new();
    for entry in folder.read_dir().map_err(refused)? {
        let path = entry.map_err(refused)?.path();
        // What begins with a dot or an underscore describes or caches a scenario and is no part of it.
        let name = path.file_name().map(|it| it.to_string_lossy().into_owned());
        let aside = name.is_none_or(|it| it.starts_with(['.', '_']));
        if !aside
            && path.is_file()
            && input::begins(&path)
                .and_then(|it| Format::of(&it))
                .is_some()
        {
            found.push(path);
        }
    }
    found.sort();
    match found.is_empty() {
        true => Err(CliError::NothingIn(folder.to_owned())),
        false => Ok(found),
    }
}

/// The negotiation of these texts.
pub(crate) fn negotiation(
    documents: Vec<Document>,
    imports: &Imports,
) -> Result<Negotiation, CliError> {
    let found = imports.apply(assemble(documents, &imports.options())?)?;
    if let [party] = found.parties() {
        return Err(CliError::OnlyParty(party.name.clone()));
    }
    let nonagreement = found.nonagreement().map_err(CliError::from)?;
    let issues = found.issues().iter().map(|issue| NamedIssue {
        name: issue.name.clone(),
        options: issue.options.clone(),
    });
    let parts = NegotiationParts {
        title: found.title().to_owned(),
        parties: found.parties().iter().map(|it| it.name.clone()).collect(),
        issues: issues.collect(),
        utilities: found.utilities()?,
        nonagreement,
        ranked: found.parties().iter().map(|it| it.ranked).collect(),
        corners: found.has_ranges().then(|| corners(&found)).transpose()?,
        notes: discounts(&found),
    };
    Ok(Negotiation::of_parts(parts)?)
}

/// That time costs a party, which agreements do not count.
fn discounts(found: &detente_formats::Negotiation) -> Vec<String> {
    let told = |party: &detente_formats::Party| {
        let discount = party.discount.filter(|it| *it < 1.0)?;
        let name = &party.name;
        Some(format!(
            "The file says that time costs {name} (discount {discount}); that is not counted."
        ))
    };
    found.parties().iter().filter_map(told).collect()
}

/// The corners of the ranges of payoffs.
fn corners(found: &detente_formats::Negotiation) -> Result<GainCorners, CliError> {
    let at = |end| {
        let (utilities, nonagreement) = found.at(end)?;
        Ok::<_, CliError>(Payoffs {
            utilities,
            nonagreement,
        })
    };
    Ok(GainCorners {
        worst: at(GainEnd::Least)?,
        best: at(GainEnd::Greatest)?,
    })
}

/// The game of a text, the normal form of a tree; `None` where it is a negotiation.
pub(crate) fn played(document: Document) -> Result<Option<Played>, CliError> {
    match document {
        Document::Game(game) => of_two(&game).map(Some),
        Document::Tree(tree) => of_two(&tree.normal_form(&Limits::default())?).map(Some),
        _ => Ok(None),
    }
}

fn of_two(game: &StrategicGame) -> Result<Played, CliError> {
    let ([row, column], [rows, columns]) = (game.players(), game.actions()) else {
        return Err(CliError::NotTwo(game.players().len()));
    };
    let told = |names: &[String]| {
        names
            .iter()
            .any(|it| !it.is_empty())
            .then(|| names.to_vec())
    };
    Ok(Played::of_file(GameFile {
        title: Some(game.title().to_owned()).filter(|it| !it.is_empty()),
        players: told(&[row.clone(), column.clone()])
            .and_then(|names| <[String; 2]>::try_from(names).ok()),
        actions: [told(rows), told(columns)],
        payoffs: game.bimatrix()?,
        delta: None,
        detection: None,
        delay: None,
    }))
}
