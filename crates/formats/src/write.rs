use crate::{
    ExtensiveGame, Format, FormatError, Negotiation, Party, Scores, StrategicGame,
    error::{quoted, unwritable},
    plain,
};

/// A negotiation as the text of a format. Reading the text gives the negotiation back, but for what
/// the format has no words for, which is refused and not left out:
///
/// | format | holds |
/// |---|---|
/// | [`Format::Json`] | everything |
/// | [`Format::Sheet`] | payoffs by issue, their ranges, rankings of one issue's options; each party has a nonagreement payoff and no discount; a constant comes back in the payoffs of the first issue |
/// | [`Format::Genius`] | one party, payoffs by issue of 0 or more; no party, a domain |
/// | [`Format::GeniusWeb`] | one party, payoffs by issue from 0 to 1, and its nonagreement payoff only where an agreement pays as much |
/// | [`Format::Negmas`] | one party, without a discount; no party, a domain |
///
/// Only the first two hold ranges of payoffs and rankings.
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

/// The text of the one party, or of the domain where there is none, in a format that has a file for each
/// party and exact payoffs.
pub(crate) fn one_party(
    format: Format,
    negotiation: &Negotiation,
    domain: impl FnOnce(&Negotiation) -> String,
    profile: impl FnOnce(&Negotiation, &Party) -> Result<String, FormatError>,
) -> Result<String, FormatError> {
    let party = match negotiation.parties() {
        [] => return Ok(domain(negotiation)),
        [party] => party,
        parties => {
            let parties = parties.len();
            return Err(FormatError::SeveralParties { format, parties });
        }
    };
    let name = quoted(&party.name);
    if party.ranked {
        let what = format!("a ranking, as party {name} has,");
        return Err(unwritable(format, what, "payoffs, which have a size"));
    }
    if party.ranges.is_some() {
        let what = format!("a range of payoffs, as party {name} has,");
        return Err(unwritable(format, what, "exact payoffs"));
    }
    profile(negotiation, party)
}

/// A party's payoffs by issue, where there is nothing besides.
pub(crate) fn by_issue_alone(format: Format, party: &Party) -> Result<&[Vec<f64>], FormatError> {
    match &party.scores {
        Scores::Additive {
            constant: 0.0,
            tables,
        } => Ok(tables),
        _ => Err(unwritable(
            format,
            format!("what agreements are worth to party {}", quoted(&party.name)),
            "payoffs that add up by issue, and nothing besides",
        )),
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
            expected: "nfg or json",
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
