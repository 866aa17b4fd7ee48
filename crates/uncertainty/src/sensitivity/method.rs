use std::fmt;

/// How the numbers of a result were estimated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Method {
    /// First order by Saltelli et al. (2010, table 2 b), total by Jansen (1999), pairs by Saltelli
    /// (2002).
    SaltelliJansen,
    /// Shapley effects along random permutations, Goda (2021).
    PermutationChains,
    /// Elementary effects along random trajectories, Morris (1991), Campolongo et al. (2007).
    MorrisTrajectories,
    /// Distances between distributions from given data, Pianosi and Wagener (2018).
    GivenDataPawn,
    /// One factor at a time between two of its quantiles.
    OneAtATime,
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::SaltelliJansen => "Saltelli (2002, 2010) and Jansen (1999)",
            Self::PermutationChains => "Goda (2021)",
            Self::MorrisTrajectories => "Morris (1991) and Campolongo et al. (2007)",
            Self::GivenDataPawn => "Pianosi and Wagener (2018)",
            Self::OneAtATime => "one at a time",
        })
    }
}
