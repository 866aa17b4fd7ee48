use crate::{
    Response,
    flip::{
        FlipSearch, Norm, normal,
        prober::{Found, Prober},
    },
};

/// How long a move is, by every norm.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Distances {
    /// The Euclidean length.
    pub l2: f64,
    /// The sum of the magnitudes.
    pub l1: f64,
    /// The number of coordinates that move.
    pub changed: usize,
}

impl Distances {
    /// Of a move. `O(n)`.
    #[must_use]
    pub fn of(displacement: &[f64]) -> Self {
        Self {
            l2: Norm::L2.length(displacement),
            l1: Norm::L1.length(displacement),
            changed: displacement.iter().filter(|&&step| step != 0.0).count(),
        }
    }
}

impl Norm {
    /// The length that a descent shortens; for the fewest moves, their Euclidean length.
    pub(super) fn length(self, displacement: &[f64]) -> f64 {
        match self {
            Self::L1 => displacement.iter().map(|step| step.abs()).sum(),
            Self::L2 | Self::Fewest => displacement
                .iter()
                .map(|step| step * step)
                .sum::<f64>()
                .sqrt(),
        }
    }
}

/// By which step of the search a flip was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum FlipMethod {
    /// On the straight line from the base to a starting point.
    Ray,
    /// At the nearest point of one or more linearised margins, in the manner of Hasofer & Lind
    /// (1974) and Rackwitz & Fiessler (1978).
    Linearised,
    /// From a flip found otherwise, by moving coordinates back towards the base.
    Retreat,
    /// From a flip found otherwise, by random trials near it.
    RandomTrial,
    /// Fewest moves: every coordinate was tried alone, at both ends and halfway.
    Singles,
    /// Fewest moves: no coordinate alone flips, and every pair was tried at its four corners.
    Pairs,
    /// Fewest moves: no coordinate alone flips, and the pairs of the most effective ones were tried.
    LikelyPairs,
    /// Fewest moves: coordinates were added by their effect alone, then taken out again where they
    /// were not needed. A smaller set may exist.
    Pruned,
}

/// A flip of the verdict that has been evaluated.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Flip {
    /// The point, in the standard normal space.
    pub z: Vec<f64>,
    /// The same point in the unit cube, exactly as the model was asked.
    pub u: Vec<f64>,
    /// The move from the base: `z` less the base.
    pub displacement: Vec<f64>,
    /// Its length by every norm.
    pub distances: Distances,
    /// The numbers of the coordinates that move, rising.
    pub changed: Vec<usize>,
    /// The margin at the base.
    pub margin_before: f64,
    /// The margin at the flip, on the other side of 0.
    pub margin_after: f64,
    /// The number of points at which the model was asked.
    pub evaluations: usize,
    /// Whether the search ended because nothing improved, not because its budget was spent.
    pub converged: bool,
    /// By which step it was found.
    pub method: FlipMethod,
}

impl Flip {
    /// Asks the model once more, beyond any budget, so that the margin is exactly that of the point.
    pub(super) fn new<R: Response>(
        search: &FlipSearch,
        prober: &mut Prober<'_, R>,
        found: &Found,
    ) -> Result<Self, R::Error> {
        let z = search.z_of(&found.step);
        let pairs = z.iter().zip(&search.base);
        let displacement: Vec<f64> = pairs.map(|(z, base)| z - base).collect();
        Ok(Self {
            u: z.iter().map(|&z| normal::unit(z)).collect(),
            distances: Distances::of(&displacement),
            changed: (0..z.len()).filter(|&i| displacement[i] != 0.0).collect(),
            margin_before: prober.margin_before(),
            margin_after: prober.confirm(&found.step)?,
            evaluations: prober.evaluations(),
            converged: !prober.ran_short(),
            method: found.method,
            z,
            displacement,
        })
    }
}
