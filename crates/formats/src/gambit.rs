//! The formats of games that most tools of game theory exchange (McKelvey, McLennan and Turocy,
//! Gambit, "Game representation formats").

#[cfg(feature = "efg")]
pub(crate) mod efg;
#[cfg(feature = "nfg")]
pub(crate) mod nfg;
mod tokens;

use tokens::{Token, Tokens};

use crate::FormatError;

/// A label in quotes, as it may stand in a file.
fn label(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Names in braces.
fn labels(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|it| label(it)).collect();
    format!("{{ {} }}", names.join(" "))
}

/// Reads the beginning that both formats share: the word, the version, the kind of numbers, the title
/// and the players.
fn prologue(
    tokens: &mut Tokens<'_>,
    word: &str,
    version: &str,
) -> Result<(String, Vec<String>), FormatError> {
    for expected in [word, version] {
        let at = tokens.place();
        match tokens.next()? {
            Some(Token::Word(given)) if given == expected => {}
            given => return Err(tokens.unexpected(at, given.as_ref(), expected)),
        }
    }
    let at = tokens.place();
    match tokens.next()? {
        Some(Token::Word("R" | "D")) => {}
        given => return Err(tokens.unexpected(at, given.as_ref(), "R")),
    }
    let title = tokens.text("the title in double quotes")?;
    tokens.open("the players' names in braces")?;
    let mut players = Vec::new();
    while !tokens.closes()? {
        players.push(tokens.text("a player's name in double quotes, or a closing brace")?);
    }
    match players.is_empty() {
        true => Err(tokens.unexpected(at, None, "at least one player")),
        false => Ok((title, players)),
    }
}
