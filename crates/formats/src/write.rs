use crate::{ExtensiveGame, Format, FormatError, Negotiation, StrategicGame, plain};

/// A negotiation as the text of a format. Reading the text gives the negotiation back, but for what
/// the format has no words for, which is refused and not left out:
///
/// | format | holds |
/// |---|---|
/// | [`Format::Json`] | everything |
/// | [`Format::Sheet`] | payoffs by issue, at least two parties, each with a nonagreement payoff |
/// | [`Format::Genius`] | one party, payoffs by issue of 0 or more; no party, a domain |
/// | [`Format::GeniusWeb`] | one party, payoffs by issue from 0 to 1, and its nonagreement payoff only where an agreement pays as much |
/// | [`Format::Negmas`] | one party, without a discount; no party, a domain |
///
/// O(payoffs).
///
/// # Errors
/// [`FormatError::Unwritable`] naming what the format cannot say; [`FormatError::NotBuilt`].
///
/// ```
/// use detente_formats::{Document, Format, ReadOptions, read, write_negotiation};
///
/// let sheet = "issue,option,north,south\nwater,shared,3,3\nwater,divided,1,2\nnonagreement,,2,2\n";
/// let options = ReadOptions::default();
/// let Document::Negotiation(negotiation) = read("river", sheet.as_bytes(), &options)? else { panic!() };
/// assert_eq!(write_negotiation(&negotiation, Format::Sheet)?, sheet);
/// # Ok::<(), detente_formats::FormatError>(())
/// ```
pub fn write_negotiation(negotiation: &Negotiation, format: Format) -> Result<String, FormatError> {
    match format {
        #[cfg(feature = "sheet")]
        Format::Sheet => crate::sheet::write(negotiation),
        #[cfg(feature = "genius")]
        Format::Genius => crate::genius::write(negotiation),
        #[cfg(feature = "geniusweb")]
        Format::GeniusWeb => crate::geniusweb::write(negotiation),
        #[cfg(feature = "negmas")]
        Format::Negmas => crate::negmas::write(negotiation),
        Format::Json => Ok(plain::of_negotiation(negotiation)),
        Format::Nfg | Format::Efg => Err(FormatError::Unwritable {
            format,
            what: "a negotiation".to_owned(),
            expected: "a game, or another format",
        }),
        #[allow(unreachable_patterns, reason = "reached where a format is not built")]
        format => Err(FormatError::NotBuilt { format }),
    }
}

/// A game as the text of a format: [`Format::Nfg`] or [`Format::Json`]. Reading the text gives the
/// game back. O(payoffs).
///
/// # Errors
/// [`FormatError::Unwritable`] for another format; [`FormatError::NotBuilt`].
pub fn write_game(game: &StrategicGame, format: Format) -> Result<String, FormatError> {
    match format {
        #[cfg(feature = "nfg")]
        Format::Nfg => Ok(crate::gambit::nfg::write(game)),
        Format::Json => Ok(plain::of_game(game)),
        #[cfg(not(feature = "nfg"))]
        Format::Nfg => Err(FormatError::NotBuilt { format }),
        format => Err(FormatError::Unwritable {
            format,
            what: "a game in normal form".to_owned(),
            expected: "a negotiation, or .nfg or JSON",
        }),
    }
}

/// A game tree as the text of an `.efg` file, everything numbered in the order in which it first comes.
/// Reading the text gives the tree back. O(nodes).
///
/// # Errors
/// [`FormatError::Unwritable`] for another format, [`FormatError::NotBuilt`].
pub fn write_tree(tree: &ExtensiveGame, format: Format) -> Result<String, FormatError> {
    match format {
        #[cfg(feature = "efg")]
        Format::Efg => Ok(crate::gambit::efg::write(tree)),
        #[cfg(not(feature = "efg"))]
        Format::Efg => Err(FormatError::NotBuilt { format }),
        format => Err(FormatError::Unwritable {
            format,
            what: "a game in extensive form".to_owned(),
            expected: "its normal form, or .efg",
        }),
    }
}
