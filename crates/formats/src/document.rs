use crate::{
    ExtensiveGame, Format, FormatError, Negotiation, ReadOptions, StrategicGame, Valuation, plain,
    text::decoded,
};

/// What a text holds.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Document {
    /// A negotiation: a domain without parties, a profile of one, or the whole.
    Negotiation(Negotiation),
    /// What agreements are worth to a party, where another text names the issues.
    Valuation(Valuation),
    /// A game in normal form.
    Game(StrategicGame),
    /// A game in extensive form.
    Tree(ExtensiveGame),
}

/// Reads a text in whatever format it is, told by its content. `name` is what to call the party or
/// the negotiation where the text does not say.
///
/// Nothing is looked up outside the text; no entity, alias or reference in it is followed.
/// O(characters · log names), within [`Limits`](crate::Limits).
///
/// # Errors
/// [`FormatError`] with the line and column of the first fault; of a score sheet with those of all.
///
/// ```
/// use detente_formats::{Document, ReadOptions, read};
///
/// let text = b"NFG 1 R \"arms\" { \"north\" \"south\" } { 2 2 }\n3 3  5 0  0 5  1 1";
/// let Document::Game(game) = read("file", text, &ReadOptions::default())? else { panic!() };
/// assert_eq!(game.bimatrix()?.payoffs(1, 0), Some((5.0, 0.0)));
///
/// let truncated = read("file", &text[..52], &ReadOptions::default()).unwrap_err();
/// assert_eq!(truncated.to_string(), "line 2, column 10: found the end of the text; expected \
///     8 payoffs, of which 4 are there");
/// # Ok::<(), detente_formats::FormatError>(())
/// ```
pub fn read(name: &str, bytes: &[u8], options: &ReadOptions) -> Result<Document, FormatError> {
    match Format::of(bytes) {
        Some(format) => read_as(format, name, bytes, options),
        None => {
            let text = decoded(bytes, &options.limits)?;
            Err(Format::unrecognised(&text))
        }
    }
}

/// Reads a text as of this format, whatever it begins like, as [`read`] does.
///
/// # Errors
/// As [`read`].
pub fn read_as(
    format: Format,
    name: &str,
    bytes: &[u8],
    options: &ReadOptions,
) -> Result<Document, FormatError> {
    let text = &*decoded(bytes, &options.limits)?;
    match format {
        #[cfg(feature = "nfg")]
        Format::Nfg => Ok(Document::Game(crate::gambit::nfg::read(
            text,
            &options.limits,
        )?)),
        #[cfg(feature = "efg")]
        Format::Efg => Ok(Document::Tree(crate::gambit::efg::read(
            text,
            &options.limits,
        )?)),
        #[cfg(feature = "genius")]
        Format::Genius => Ok(Document::Negotiation(crate::genius::read(
            name, text, options,
        )?)),
        #[cfg(feature = "geniusweb")]
        Format::GeniusWeb => Ok(Document::Negotiation(crate::geniusweb::read(
            name, text, options,
        )?)),
        #[cfg(feature = "negmas")]
        Format::Negmas => crate::negmas::read(name, text, options),
        #[cfg(feature = "sheet")]
        Format::Sheet => Ok(Document::Negotiation(crate::sheet::read(
            name,
            text,
            &options.limits,
        )?)),
        Format::Json => plain::read(text, &options.limits),
        #[allow(unreachable_patterns, reason = "reached where a format is not built")]
        format => Err(FormatError::NotBuilt { format }),
    }
}

/// One negotiation from the texts about it: domains, profiles and whole negotiations in any order.
/// The first that names issues sets their order; parties come in the order of the texts.
///
/// # Errors
/// [`FormatError::Incomplete`] where no text names issues or none a party;
/// [`FormatError::Inconsistent`] for a game among them; as [`Negotiation::join`] and
/// [`Valuation::over`].
pub fn assemble(
    documents: impl IntoIterator<Item = Document>,
    options: &ReadOptions,
) -> Result<Negotiation, FormatError> {
    let documents: Vec<Document> = documents.into_iter().collect();
    let named = documents.iter().find_map(|it| match it {
        Document::Negotiation(negotiation) => Some(negotiation),
        _ => None,
    });
    let Some(named) = named else {
        return Err(FormatError::Incomplete {
            what: "the issues are named",
            expected: "a domain, or a profile that names them",
        });
    };
    let (title, issues) = (named.title().to_owned(), named.issues().to_vec());
    let mut joined = Negotiation::new(title, issues, Vec::new())?;
    for document in documents {
        let next = match document {
            Document::Negotiation(next) => next,
            Document::Valuation(valuation) => {
                let party = valuation.over(joined.issues(), options)?;
                Negotiation::new(joined.title(), joined.issues().to_vec(), vec![party])?
            }
            Document::Game(_) | Document::Tree(_) => {
                return Err(crate::error::inconsistent(
                    "one of the texts is a game",
                    "texts about a negotiation",
                ));
            }
        };
        joined = joined.join(&next)?;
    }
    match joined.parties() {
        [] => Err(FormatError::Incomplete {
            what: "a party is described",
            expected: "a profile or a utility function of each party",
        }),
        _ => Ok(joined),
    }
}
