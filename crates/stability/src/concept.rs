use std::{fmt, str::FromStr};

/// What a player reckons with before it leaves a state: when a state is stable for it.
///
/// With `x ≽ w` for "w is no better than x", a move to y is *deterred* by a state z that the others
/// can bring about from y by legal moves, if `x ≽ z`.
///
/// - Every [`Nash`](Self::Nash) state is stable in every sense.
/// - Every [symmetric sequential](Self::SymmetricSequential) state is sequentially and symmetrically
///   metarational, and each of those generally metarational.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum Concept {
    /// No move improves (Nash 1950; rationality, R). The player looks one move ahead.
    Nash,
    /// Every improvement can be answered by moves of the others that leave the player no better off
    /// than before (Howard 1971; general metarationality, GMR). It looks two moves ahead and fears
    /// even what would hurt the others.
    General,
    /// The same, and no move of its own would then make up for it (Howard 1971; symmetric
    /// metarationality, SMR). It looks three moves ahead.
    Symmetric,
    /// Every improvement can be answered by moves that improve the lot of the others who make them
    /// (Fraser & Hipel 1979; sequential stability, SEQ). It fears credible answers alone.
    Sequential,
    /// The same, and no move of its own would then make up for it (Rêgo & Vieira 2017; symmetric
    /// sequential stability, SSEQ).
    SymmetricSequential,
}

impl Concept {
    /// Every concept, from the shortest foresight on.
    pub const ALL: [Self; 5] = [
        Self::Nash,
        Self::General,
        Self::Symmetric,
        Self::Sequential,
        Self::SymmetricSequential,
    ];

    /// Its usual letters.
    #[must_use]
    pub const fn letters(self) -> &'static str {
        match self {
            Self::Nash => "R",
            Self::General => "GMR",
            Self::Symmetric => "SMR",
            Self::Sequential => "SEQ",
            Self::SymmetricSequential => "SSEQ",
        }
    }

    /// The definition in one sentence.
    #[must_use]
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Nash => "the player has no move to a state that it prefers",
            Self::General => {
                "each move to a state that it prefers can be answered by moves of the others to a \
                 state that is no better for it than the one it left"
            }
            Self::Symmetric => {
                "each move to a state that it prefers can be answered by moves of the others to a \
                 state that is no better for it than the one it left, and from which it has no move \
                 to a better one either"
            }
            Self::Sequential => {
                "each move to a state that it prefers can be answered by moves of the others, each \
                 to a state that the mover prefers, to a state that is no better for it than the \
                 one it left"
            }
            Self::SymmetricSequential => {
                "each move to a state that it prefers can be answered by moves of the others, each \
                 to a state that the mover prefers, to a state that is no better for it than the \
                 one it left, and from which it has no move to a better one either"
            }
        }
    }

    /// Who proposed it, and when.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Nash => "Nash 1950; Kilgour, Hipel & Fang 1987",
            Self::General | Self::Symmetric => "Howard 1971; Kilgour, Hipel & Fang 1987",
            Self::Sequential => "Fraser & Hipel 1979; Kilgour, Hipel & Fang 1987",
            Self::SymmetricSequential => "Rêgo & Vieira 2017",
        }
    }

    /// Whether answers are reckoned with at all.
    pub(crate) const fn foresees(self) -> bool {
        !matches!(self, Self::Nash)
    }

    /// Whether only answers that improve the lot of who gives them are reckoned with.
    #[must_use]
    pub const fn is_credible(self) -> bool {
        matches!(self, Self::Sequential | Self::SymmetricSequential)
    }

    /// Whether the player reckons with its own move after the answer.
    pub(crate) const fn is_symmetric(self) -> bool {
        matches!(self, Self::Symmetric | Self::SymmetricSequential)
    }
}

/// By its letters.
impl fmt::Display for Concept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.letters())
    }
}

/// By its letters, in capitals or not.
impl FromStr for Concept {
    type Err = crate::StabilityError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let named = Self::ALL
            .into_iter()
            .find(|it| it.letters().eq_ignore_ascii_case(text));
        named.ok_or_else(|| crate::StabilityError::UnknownConcept {
            given: text.chars().take(40).collect(),
        })
    }
}
