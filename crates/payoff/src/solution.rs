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
    /// Leximin of `g_i / w_i` for given weights `w_i` (Kalai 1977); equal ones unless
    /// [`proportional`](crate::proportional) is given others.
    Proportional,
    /// Leximin of `U_i − I_i`: losses from the ideal point as equal and as small as can be
    /// (Chun 1988).
    EqualLoss(Ideal),
    /// Steps from nonagreement, each to the mean of the agreements that are best for one party and
    /// no worse than the last step for the others (Raiffa 1953, the discrete solution). On a finite
    /// set steps are taken as long as an agreement is no worse than the step for anybody; the last
    /// one goes towards its ideal point as far as it can, by leximin.
    Raiffa,
    /// Leximin of `(U_i − r_i) / (I_i − r_i)` from a reference point `r` towards the rational ideal
    /// (Gupta & Livne 1988); `r` is nonagreement unless [`gupta_livne`](crate::gupta_livne) is
    /// given another.
    GuptaLivne,
}

impl SolutionConcept {
    /// Every concept in every variant, but for those that are others unless given something more:
    /// [`Proportional`](Self::Proportional) and [`GuptaLivne`](Self::GuptaLivne).
    pub const ALL: [Self; 10] = [
        Self::Nash,
        Self::KalaiSmorodinsky(Ideal::Rational),
        Self::KalaiSmorodinsky(Ideal::Global),
        Self::Egalitarian,
        Self::Utilitarian(Scale::Raw),
        Self::Utilitarian(Scale::Normalised(Ideal::Rational)),
        Self::Utilitarian(Scale::Normalised(Ideal::Global)),
        Self::EqualLoss(Ideal::Rational),
        Self::EqualLoss(Ideal::Global),
        Self::Raiffa,
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
            Self::Proportional => {
                "leximin of gains divided by the parties' weights, among agreements from which \
                 every party gains"
            }
            Self::EqualLoss(Ideal::Rational) => {
                "leximin of payoffs less each party's best payoff over the agreements from which no \
                 party loses, so that the greatest loss is least, among agreements from which every \
                 party gains"
            }
            Self::EqualLoss(Ideal::Global) => {
                "leximin of payoffs less each party's best payoff over all agreements, so that the \
                 greatest loss is least, among agreements from which every party gains"
            }
            Self::Raiffa => {
                "steps from nonagreement, each to the mean of what the parties get where one of \
                 them gets its best and nobody less than at the step before, as long as an \
                 agreement is left; then leximin of shares of the way to the ideal point"
            }
            Self::GuptaLivne => {
                "leximin of shares of the way from a reference point to each party's best payoff \
                 over the agreements from which no party loses, among agreements from which every \
                 party gains"
            }
        }
    }

    /// Where the concept was proposed: authors and year.
    #[must_use]
    pub const fn source(self) -> &'static str {
        match self {
            Self::Nash => "Nash 1950",
            Self::KalaiSmorodinsky(_) => "Kalai & Smorodinsky 1975",
            Self::Egalitarian | Self::Proportional => "Kalai 1977",
            Self::Utilitarian(Scale::Raw) => "Harsanyi 1955",
            Self::Utilitarian(Scale::Normalised(_)) => "Dhillon & Mertens 1999",
            Self::EqualLoss(_) => "Chun 1988",
            Self::Raiffa => "Raiffa 1953",
            Self::GuptaLivne => "Gupta & Livne 1988",
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
            Self::Proportional => "proportional",
            Self::EqualLoss(Ideal::Rational) => "equal loss (rational ideal)",
            Self::EqualLoss(Ideal::Global) => "equal loss (global ideal)",
            Self::Raiffa => "Raiffa",
            Self::GuptaLivne => "Gupta–Livne",
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
    /// lowest of what is levelled up (gains, shares, or payoffs less ideal payoffs; for Raiffa,
    /// shares of the way from the last step), the sum (utilitarian).
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
