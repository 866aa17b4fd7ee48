use std::fmt;

use crate::PayoffMatrix;

/// Over which agreements a party's ideal payoff is taken. Both are found in the literature and
/// they give different solutions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Ideal {
    /// Over the agreements from which no party loses
    /// ([`ZoneKind::Weak`](crate::ZoneKind::Weak)).
    Rational,
    /// Over every agreement.
    Global,
}

/// On what scale payoffs are added up: sums change with the scale, so it must be stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
pub enum Scale {
    /// As coded: not invariant to a rescaling of one party's payoffs.
    Raw,
    /// Gains over nonagreement, with a party's ideal payoff at 1: invariant to positive affine
    /// rescaling of one party's payoffs.
    Normalised(Ideal),
}

/// A rule that picks agreements out of those from which every party gains.
///
/// With gains `g_i(x) = U_i(x) − d_i` and ideal payoffs `I_i`; *leximin* means: raise the lowest as
/// far as possible, among what is left the second lowest, and so on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "kebab-case"))]
#[non_exhaustive]
pub enum SolutionConcept {
    /// Highest `Π g_i` (Nash 1950).
    Nash,
    /// Leximin of `g_i / (I_i − d_i)` (Kalai & Smorodinsky 1975; leximin on finite sets after
    /// Imai 1983).
    KalaiSmorodinsky(Ideal),
    /// Leximin of `g_i` (Kalai 1977).
    Egalitarian,
    /// Highest `Σ U_i`, or highest sum of normalised gains.
    Utilitarian(Scale),
}

impl SolutionConcept {
    /// Every concept in every variant.
    pub const ALL: [Self; 7] = [
        Self::Nash,
        Self::KalaiSmorodinsky(Ideal::Rational),
        Self::KalaiSmorodinsky(Ideal::Global),
        Self::Egalitarian,
        Self::Utilitarian(Scale::Raw),
        Self::Utilitarian(Scale::Normalised(Ideal::Rational)),
        Self::Utilitarian(Scale::Normalised(Ideal::Global)),
    ];

    /// The definition in one sentence, as computed here.
    #[must_use]
    pub const fn definition(self) -> &'static str {
        match self {
            Self::Nash => {
                "the highest product of gains over nonagreement, among agreements from which every \
                 party gains"
            }
            Self::KalaiSmorodinsky(Ideal::Rational) => {
                "leximin of gains as shares of each party's best gain over the agreements from \
                 which no party loses, among agreements from which every party gains"
            }
            Self::KalaiSmorodinsky(Ideal::Global) => {
                "leximin of gains as shares of each party's best gain over all agreements, among \
                 agreements from which every party gains"
            }
            Self::Egalitarian => {
                "leximin of gains over nonagreement as coded, among agreements from which every \
                 party gains"
            }
            Self::Utilitarian(Scale::Raw) => {
                "the highest sum of payoffs as coded, among agreements from which every party gains"
            }
            Self::Utilitarian(Scale::Normalised(Ideal::Rational)) => {
                "the highest sum of gains as shares of each party's best gain over the agreements \
                 from which no party loses, among agreements from which every party gains"
            }
            Self::Utilitarian(Scale::Normalised(Ideal::Global)) => {
                "the highest sum of gains as shares of each party's best gain over all agreements, \
                 among agreements from which every party gains"
            }
        }
    }
}

impl fmt::Display for SolutionConcept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Nash => "Nash",
            Self::KalaiSmorodinsky(Ideal::Rational) => "Kalai–Smorodinsky (rational ideal)",
            Self::KalaiSmorodinsky(Ideal::Global) => "Kalai–Smorodinsky (global ideal)",
            Self::Egalitarian => "egalitarian",
            Self::Utilitarian(Scale::Raw) => "utilitarian (as coded)",
            Self::Utilitarian(Scale::Normalised(Ideal::Rational)) => {
                "utilitarian (shares of the rational ideal)"
            }
            Self::Utilitarian(Scale::Normalised(Ideal::Global)) => {
                "utilitarian (shares of the global ideal)"
            }
        })
    }
}

/// What a concept picks: every agreement that attains its optimum.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Solution {
    /// The concept that picked.
    pub concept: SolutionConcept,
    /// The optimum, rounded: the product of gains (Nash; at most the largest number there is), the
    /// lowest gain or share of a gain (egalitarian, Kalai–Smorodinsky), the sum (utilitarian).
    pub value: f64,
    /// Every maximising agreement in order, ties included; at least one.
    pub agreements: Vec<usize>,
}

impl Solution {
    /// The distinct payoff vectors of the maximising agreements, in the order in which they first
    /// come; agreements that the matrix does not have are passed over.
    #[must_use]
    pub fn vectors(&self, matrix: &PayoffMatrix) -> Vec<Vec<f64>> {
        let mut vectors: Vec<Vec<f64>> = Vec::new();
        for vector in self
            .agreements
            .iter()
            .filter_map(|&agreement| matrix.vector(agreement))
        {
            if !vectors.contains(&vector) {
                vectors.push(vector);
            }
        }
        vectors
    }
}
