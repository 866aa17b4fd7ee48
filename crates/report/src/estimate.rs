//! Probabilities in words: the seven bands of ICD 203, and other words for what is certain over
//! draws, since the directive has none.

use detente::{quantity::Probability, uncertainty::VerbalProbability};

/// A probability over draws, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Estimate {
    /// In no draw.
    Never,
    /// In some draws.
    Band(VerbalProbability),
    /// In every draw.
    Always,
}

impl Estimate {
    pub(crate) fn of(p: f64) -> Self {
        if p <= 0.0 {
            Self::Never
        } else if p >= 1.0 {
            Self::Always
        } else {
            Self::Band(VerbalProbability::describing(Probability::saturating(p)))
        }
    }

    /// Whether it is said before what it is about, as in "it is likely that".
    pub(crate) fn leads(self) -> bool {
        match self {
            Self::Never => false,
            Self::Always => true,
            Self::Band(band) => band >= VerbalProbability::Likely,
        }
    }

    /// What it is, said after: "is unlikely", "has a roughly even chance".
    pub(crate) fn predicate(self) -> String {
        match self {
            Self::Never => "holds in no draw".to_owned(),
            Self::Always => "holds in every draw".to_owned(),
            Self::Band(VerbalProbability::AlmostNoChance) => "has almost no chance".to_owned(),
            Self::Band(VerbalProbability::RoughlyEvenChance) => {
                "has a roughly even chance".to_owned()
            }
            Self::Band(band) => format!("is {}", band.phrase()),
        }
    }

    /// The bare words: "unlikely".
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::Never => "in no draw",
            Self::Always => "in every draw",
            Self::Band(band) => band.phrase(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn certainty_is_never_put_in_words_of_likelihood() {
        assert_eq!(Estimate::of(0.0), Estimate::Never);
        assert_eq!(Estimate::of(1.0), Estimate::Always);
        assert_eq!(Estimate::of(0.0005).predicate(), "has almost no chance");
        assert_eq!(Estimate::of(0.9995).predicate(), "is almost certain");
    }

    #[test]
    fn only_what_is_likely_leads() {
        for (p, leads) in [
            (0.0, false),
            (0.3, false),
            (0.5, false),
            (0.55, true),
            (1.0, true),
        ] {
            assert_eq!(Estimate::of(p).leads(), leads, "{p}");
        }
        assert_eq!(Estimate::of(0.5).predicate(), "has a roughly even chance");
        assert_eq!(Estimate::of(0.42).words(), "unlikely");
    }
}
