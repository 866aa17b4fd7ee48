//! Finding and reading a case.

use std::{
    fs,
    io::{self, ErrorKind, Read},
    path::{Path, PathBuf},
};

use detente::{
    Case, DetenteError, Model,
    agreements::Negotiation,
    beliefs::{ActSheet, BeliefRecord},
    conflict::NamedConflict,
    decode::{Source, nearest},
    game::Played,
    indicators::Indicators,
    library,
    tournament::Setup,
};

use detente_formats::Format;

use crate::{
    args::Imports,
    error::{CliError, printable},
    imports,
};

/// No case is longer; without a limit a device file would be read for ever.
const LONGEST: u64 = 64 << 20;

/// So many bytes tell whether a file is text.
const LOOKED_AT: usize = 64 << 10;

/// The case that was named: a shipped one by its id, otherwise a file.
pub(crate) fn case(named: &Path) -> Result<Case, CliError> {
    if let Some(id) = shipped(named) {
        return Ok(library::case(id)?);
    }
    let source = file(named).map_err(nearest_to)?;
    Ok(Case::read(&source).map_err(DetenteError::from)?)
}

/// A name that is no file may be near a shipped case's id.
fn nearest_to(error: CliError) -> CliError {
    let CliError::NoFile(path) = error else {
        return error;
    };
    let nearest = nearest_id(&path);
    match looks_like_id(&path) {
        true => CliError::UnknownCase {
            given: path.display().to_string(),
            nearest,
        },
        false => CliError::NoCaseFile { path, nearest },
    }
}

/// What is negotiated in the case, the score sheet or the other tool's files that were named. They are
/// told apart by what they hold, a sheet from a case also by its name where it holds neither.
pub(crate) fn negotiation(files: &[PathBuf], imports: &Imports) -> Result<Negotiation, CliError> {
    match files {
        [named] if shipped(named).is_some() => {
            imports.refuse_beside_case()?;
            Ok(Negotiation::of_case(&model(named)?)?)
        }
        [named] if !named.is_dir() => one_negotiation(named, imports),
        _ => imports::negotiation(imports::documents(files, imports)?, imports),
    }
}

fn one_negotiation(named: &Path, imports: &Imports) -> Result<Negotiation, CliError> {
    let bytes = bytes(named).map_err(nearest_to)?;
    match Format::of(&bytes) {
        Some(format) if imports::is_game(format) => {
            return Err(CliError::Elsewhere(shown(named), format, "game"));
        }
        Some(_) => {
            let document = imports::document(named, &bytes, imports)?;
            return imports::negotiation(vec![document], imports);
        }
        None => {}
    }
    if ActSheet::is_like(&bytes) {
        return Err(CliError::ActSheet(shown(named)));
    }
    if is_called_csv(named) {
        let document = imports::sheet(named, &bytes, imports)?;
        return imports::negotiation(vec![document], imports);
    }
    imports.refuse_beside_case()?;
    let case = Case::read(&source(named, &bytes)).map_err(DetenteError::from)?;
    let model = Model::compile(&case).map_err(DetenteError::from)?;
    Ok(Negotiation::of_case(&model)?)
}

/// What observers came to know in the case or the sheet of acts that was named; a sheet is told from a
/// case by what it holds, or by its name where it holds neither.
pub(crate) fn belief_record(named: &Path) -> Result<BeliefRecord, CliError> {
    if shipped(named).is_some() {
        return Ok(BeliefRecord::of_case(&model(named)?)?);
    }
    let bytes = bytes(named).map_err(nearest_to)?;
    let is_sheet = ActSheet::is_like(&bytes);
    if !is_sheet && Indicators::is_like(&bytes) {
        return Err(CliError::IndicatorSheet(shown(named)));
    }
    let text = match is_sheet {
        true => None,
        false => Some(case_text(named, &bytes)?),
    };
    let Some(text) = text.filter(|_| !is_called_csv(named)) else {
        let refused = |error| CliError::Acts(shown(named), error);
        let sheet = ActSheet::read(&bytes).map_err(refused)?;
        return Ok(BeliefRecord::of_sheet(
            title(named, "a sheet of acts"),
            &sheet,
        ));
    };
    let case = Case::read(&text).map_err(DetenteError::from)?;
    let model = Model::compile(&case).map_err(DetenteError::from)?;
    Ok(BeliefRecord::of_case(&model)?)
}

/// The published indicators of the sheet that was named.
pub(crate) fn indicators(named: &Path) -> Result<Indicators, CliError> {
    let refused = |error| CliError::Indicators(shown(named), error);
    let is_toml = named.extension().is_some_and(|it| it == "toml");
    if is_toml || (shipped(named).is_some() && !named.exists()) {
        return Err(CliError::CaseForIndicators(shown(named)));
    }
    let bytes = bytes(named).map_err(|error| match error {
        CliError::Empty(path) => CliError::NoIndicators(path),
        other => other,
    })?;
    if ActSheet::is_like(&bytes) && !Indicators::is_like(&bytes) {
        return Err(CliError::ActSheet(shown(named)));
    }
    Indicators::read(&bytes).map_err(refused)
}

fn is_called_csv(named: &Path) -> bool {
    let extension = named.extension().and_then(|it| it.to_str());
    extension.is_some_and(|it| it.eq_ignore_ascii_case("csv"))
}

/// What to call a sheet: its file, or what it is where it came from standard input.
pub(crate) fn title(named: &Path, otherwise: &str) -> String {
    let stem = named.file_stem().filter(|_| named != Path::new("-"));
    stem.map_or(otherwise.into(), |it| it.to_string_lossy())
        .into_owned()
}

/// The conflict of the file that was named; a table of states is told from TOML by what it holds, or by
/// its name where it holds neither.
pub(crate) fn conflict(named: &Path) -> Result<NamedConflict, CliError> {
    let bytes = bytes(named).map_err(|error| match error {
        CliError::Empty(path) => CliError::EmptyConflict(path),
        error => error,
    })?;
    let table = || {
        let title = title(named, "a table of states");
        let read = NamedConflict::read_table(&title, &bytes);
        read.map_err(|error| CliError::States(shown(named), error))
    };
    if NamedConflict::is_table(&bytes) {
        return table();
    }
    let text = case_text(named, &bytes)?;
    match is_called_csv(named) {
        true => table(),
        false => Ok(NamedConflict::read(&text)?),
    }
}

/// The game of the file or of the case that was named.
pub(crate) fn played(named: &Path) -> Result<Played, CliError> {
    if shipped(named).is_some() {
        return Ok(Played::of_case(&model(named)?)?);
    }
    let expected = "a game as `detente game --help` describes it, or a case";
    let bytes = bytes(named).map_err(|error| nearest_to(error.expecting(expected)))?;
    if let Some(format) = Format::of(&bytes).filter(|it| *it != Format::Sheet) {
        let document = imports::document(named, &bytes, &Imports::default())?;
        let played = imports::played(document)?;
        return played.ok_or_else(|| CliError::Elsewhere(shown(named), format, "agreements"));
    }
    Ok(Played::read(&case_text(named, &bytes)?)?)
}

/// The tournament of a file.
pub(crate) fn tournament(path: &Path) -> Result<Setup, CliError> {
    let expected = "strategies and stakes as `detente tournament --help` describes them";
    let bytes = bytes(path).map_err(|error| error.expecting(expected))?;
    let mut lines = bytes.split(|it| *it == b'\n').map(<[u8]>::trim_ascii);
    if lines.all(|it| it.is_empty() || it.starts_with(b"#")) {
        return Err(CliError::EmptyOf(shown(path), expected));
    }
    Ok(Setup::read(&case_text(path, &bytes)?)?)
}

/// Whether what was typed can only be meant as a file, or is one.
pub(crate) fn looks_like_file(given: &Path) -> bool {
    let notation = given.extension().and_then(|it| it.to_str());
    given == Path::new("-")
        || matches!(notation, Some("toml" | "json"))
        || given.components().count() > 1
        || given.exists()
}

/// The case that was named, compiled.
pub(crate) fn model(named: &Path) -> Result<Model, CliError> {
    Ok(Model::compile(&case(named)?).map_err(DetenteError::from)?)
}

/// The id of the shipped case that was named.
pub(crate) fn shipped(named: &Path) -> Option<&'static str> {
    let named = named.to_str()?;
    library::ids().find(|id| *id == named)
}

/// The text of a case file, or of standard input for `-`.
pub(crate) fn file(path: &Path) -> Result<Source, CliError> {
    case_text(path, &bytes(path)?)
}

/// The text of a case, a conflict or a game of our own, and of nothing else that is known.
fn case_text(path: &Path, bytes: &[u8]) -> Result<Source, CliError> {
    if ActSheet::is_like(bytes) {
        return Err(CliError::ActSheet(shown(path)));
    }
    if Indicators::is_like(bytes) {
        return Err(CliError::IndicatorSheet(shown(path)));
    }
    match Format::of(bytes) {
        None => Ok(source(path, bytes)),
        // What is only like YAML may be a case with a mistake, of which its reader tells more.
        Some(Format::Negmas) if !names_issues(bytes) => Ok(source(path, bytes)),
        Some(Format::Sheet) => Err(CliError::ScoreSheet(shown(path))),
        Some(format) => {
            let command = if imports::is_game(format) {
                "game"
            } else {
                "agreements"
            };
            Err(CliError::Elsewhere(shown(path), format, command))
        }
    }
}

/// Whether a name stands at the top that scenarios of NegMAS have, and nothing of ours.
fn names_issues(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    let names: [&[u8]; 3] = [b"issues:", b"mapping:", b"weights:"];
    lines.any(|line| names.iter().any(|name| line.starts_with(name)))
}

/// What a file of text holds, or standard input for `-`.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, CliError> {
    let bytes = if path == Path::new("-") {
        bounded(io::stdin().lock(), path)?
    } else {
        let opened = fs::File::open(path).map_err(|error| unopened(path, error))?;
        bounded(opened, path)?
    };
    let blank = bytes.iter().all(u8::is_ascii_whitespace);
    if blank {
        return Err(CliError::Empty(shown(path)));
    }
    if is_binary(&bytes) {
        return Err(CliError::Binary(shown(path)));
    }
    Ok(bytes)
}

/// The first bytes of a file, enough to tell what it is; none where it cannot be read.
pub(crate) fn begins(path: &Path) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let opened = fs::File::open(path).ok()?;
    opened.take(LOOKED_AT as u64).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

fn source(path: &Path, bytes: &[u8]) -> Source {
    let source = Source::from_bytes(printable(&shown(path)), bytes);
    // Standard input has no extension to tell the notation by; no TOML begins with a brace.
    let braced = bytes.trim_ascii_start().first() == Some(&b'{');
    match path == Path::new("-") && braced {
        true => source.with_format(detente::decode::Format::Json),
        false => source,
    }
}

/// Whether these are hardly the bytes of a text. One in an old encoding is left to the reader of
/// cases, which names the byte that is not UTF-8.
fn is_binary(bytes: &[u8]) -> bool {
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if wide {
        return false;
    }
    let looked = &bytes[..bytes.len().min(LOOKED_AT)];
    let text = String::from_utf8_lossy(looked);
    let odd = |c: &char| *c == char::REPLACEMENT_CHARACTER || is_odd(*c);
    looked.contains(&0) || text.chars().filter(odd).count() > looked.len() / 4
}

/// Whether no text has such a character.
fn is_odd(c: char) -> bool {
    c.is_control() && !c.is_whitespace() && c != '\x1b'
}

fn bounded(from: impl Read, path: &Path) -> Result<Vec<u8>, CliError> {
    let mut bytes = Vec::new();
    from.take(LONGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unopened(path, error))?;
    if bytes.len() as u64 > LONGEST {
        return Err(CliError::TooLong(shown(path)));
    }
    Ok(bytes)
}

fn unopened(path: &Path, error: io::Error) -> CliError {
    match error.kind() {
        ErrorKind::NotFound => CliError::NoFile(path.to_owned()),
        ErrorKind::IsADirectory => CliError::Folder(path.to_owned()),
        _ if path.is_dir() => CliError::Folder(path.to_owned()),
        _ => CliError::Read(shown(path), error),
    }
}

/// The shipped case whose id is nearest to the file's name.
fn nearest_id(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_str()?;
    nearest(stem, library::ids()).map(str::to_owned)
}

/// Whether a name has nothing of a path about it.
fn looks_like_id(path: &Path) -> bool {
    path.extension().is_none() && path.components().count() == 1
}

/// What to call a file in a message.
pub(crate) fn shown(path: &Path) -> PathBuf {
    match path == Path::new("-") {
        true => PathBuf::from("standard input"),
        false => path.to_owned(),
    }
}
