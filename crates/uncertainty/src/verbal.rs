use std::{fmt, str::FromStr};

use detente_quantity::{Interval, Probability};

use crate::UncertaintyError;

/// The seven verbal probability bands of estimative language (Intelligence Community Directive
/// 203, Analytic Standards, 2015), each with two names. Neighbours share an end; the seven cover
/// 0.01 to 0.99.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_uncertainty::VerbalProbability;
///
/// let band = VerbalProbability::parse("Highly Probable")?;
/// assert_eq!(band, VerbalProbability::VeryLikely);
/// assert_eq!((band.band().low(), band.band().high()), (0.8, 0.95));
/// assert_eq!(VerbalProbability::describing(Probability::new(0.3)?).phrase(), "unlikely");
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VerbalProbability {
    /// Almost no chance, remote: 0.01–0.05.
    AlmostNoChance,
    /// Very unlikely, highly improbable: 0.05–0.20.
    VeryUnlikely,
    /// Unlikely, improbable: 0.20–0.45.
    Unlikely,
    /// Roughly even chance, roughly even odds: 0.45–0.55.
    RoughlyEvenChance,
    /// Likely, probable: 0.55–0.80.
    Likely,
    /// Very likely, highly probable: 0.80–0.95.
    VeryLikely,
    /// Almost certain, nearly certain: 0.95–0.99.
    AlmostCertain,
}

impl VerbalProbability {
    /// All seven bands in rising order.
    pub const ALL: [Self; 7] = [
        Self::AlmostNoChance,
        Self::VeryUnlikely,
        Self::Unlikely,
        Self::RoughlyEvenChance,
        Self::Likely,
        Self::VeryLikely,
        Self::AlmostCertain,
    ];

    /// Reads either name of a band. Case, spaces at the ends, and hyphens or underscores in place
    /// of spaces make no difference.
    ///
    /// # Errors
    /// [`UncertaintyError::UnknownPhrase`], which lists all names.
    pub fn parse(words: &str) -> Result<Self, UncertaintyError> {
        let plain = words.to_lowercase().replace(['-', '_'], " ");
        let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        Self::ALL
            .into_iter()
            .find(|band| plain == band.phrase() || plain == band.alternative())
            .ok_or_else(|| UncertaintyError::UnknownPhrase {
                given: words.to_owned(),
                expected: names(),
            })
    }

    /// The band that a probability falls into, for writing an estimate in words. A shared end
    /// belongs to the band above it (0.20 is "unlikely").
    ///
    /// The directive names no words for probabilities below 0.01 and above 0.99; they get the
    /// outermost band on their side, since an estimate in words does not claim certainty. A writer
    /// who means an impossibility or a certainty must say so in other words: test
    /// [`Probability::is_certain`] first.
    #[must_use]
    pub fn describing(probability: Probability) -> Self {
        Self::ALL
            .into_iter()
            .rev()
            .find(|band| band.ends().0 <= probability.get())
            .unwrap_or(Self::AlmostNoChance)
    }

    /// The range of probabilities that the words stand for.
    #[must_use]
    #[expect(
        clippy::expect_used,
        reason = "the ends are constants; a test builds all seven"
    )]
    pub fn band(self) -> Interval {
        let (low, high) = self.ends();
        Interval::new(low, high).expect("the ends of a band are finite and in order")
    }

    /// The first name, in lower case: "almost no chance", …, "almost certain".
    #[must_use]
    pub const fn phrase(self) -> &'static str {
        self.names().0
    }

    /// The second name, in lower case: "remote", …, "nearly certain".
    #[must_use]
    pub const fn alternative(self) -> &'static str {
        self.names().1
    }

    const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::AlmostNoChance => ("almost no chance", "remote"),
            Self::VeryUnlikely => ("very unlikely", "highly improbable"),
            Self::Unlikely => ("unlikely", "improbable"),
            Self::RoughlyEvenChance => ("roughly even chance", "roughly even odds"),
            Self::Likely => ("likely", "probable"),
            Self::VeryLikely => ("very likely", "highly probable"),
            Self::AlmostCertain => ("almost certain", "nearly certain"),
        }
    }

    pub(crate) const fn ends(self) -> (f64, f64) {
        match self {
            Self::AlmostNoChance => (0.01, 0.05),
            Self::VeryUnlikely => (0.05, 0.20),
            Self::Unlikely => (0.20, 0.45),
            Self::RoughlyEvenChance => (0.45, 0.55),
            Self::Likely => (0.55, 0.80),
            Self::VeryLikely => (0.80, 0.95),
            Self::AlmostCertain => (0.95, 0.99),
        }
    }
}

/// All fourteen names, for a message.
fn names() -> String {
    let both = |band: VerbalProbability| format!("{} / {}", band.phrase(), band.alternative());
    VerbalProbability::ALL.map(both).join(", ")
}

impl fmt::Display for VerbalProbability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.phrase())
    }
}

impl FromStr for VerbalProbability {
    type Err = UncertaintyError;

    fn from_str(words: &str) -> Result<Self, UncertaintyError> {
        Self::parse(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seven_bands_tile_their_range() {
        let bands = VerbalProbability::ALL.map(VerbalProbability::band);
        assert_eq!((bands[0].low(), bands[6].high()), (0.01, 0.99));
        for pair in bands.windows(2) {
            assert_eq!(pair[0].high(), pair[1].low());
        }
    }

    #[test]
    fn both_names_of_every_band_are_read() {
        for band in VerbalProbability::ALL {
            for name in [band.phrase(), band.alternative()] {
                assert_eq!(VerbalProbability::parse(name), Ok(band));
                assert_eq!(name.to_uppercase().parse(), Ok(band));
                let typed = format!("  {} ", name.replace(' ', "_"));
                assert_eq!(typed.parse(), Ok(band));
            }
        }
    }

    #[test]
    fn unknown_words_are_answered_with_the_known_ones() {
        let message = VerbalProbability::parse("fairly likely")
            .unwrap_err()
            .to_string();
        assert!(message.starts_with("unknown verbal probability \"fairly likely\"; expected one of almost no chance / remote, very unlikely"));
        assert!(VerbalProbability::parse("").is_err());
    }

    #[test]
    fn a_shared_end_belongs_to_the_band_above() {
        use VerbalProbability as V;
        let table = [
            (0.0, V::AlmostNoChance),
            (0.01, V::AlmostNoChance),
            (0.049, V::AlmostNoChance),
            (0.05, V::VeryUnlikely),
            (0.20, V::Unlikely),
            (0.45, V::RoughlyEvenChance),
            (0.55, V::Likely),
            (0.80, V::VeryLikely),
            (0.95, V::AlmostCertain),
            (1.0, V::AlmostCertain),
        ];
        for (p, band) in table {
            assert_eq!(V::describing(Probability::new(p).unwrap()), band, "{p}");
        }
    }

    #[test]
    fn the_midpoint_of_a_band_is_described_by_it() {
        for band in VerbalProbability::ALL {
            let middle = Probability::new(band.band().midpoint()).unwrap();
            assert_eq!(VerbalProbability::describing(middle), band);
        }
    }
}
