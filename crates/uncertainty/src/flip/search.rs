/// By what the distance of a flip is measured. Moves are in standard deviations of the standard
/// normal space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Norm {
    /// The Euclidean length: the *likeliest* flip, since the density of standard normal inputs
    /// falls with it. Spreads the move over many inputs.
    #[default]
    L2,
    /// The sum of the moves: few inputs, those with the most effect for their uncertainty.
    L1,
    /// The number of inputs that move; among equals the shortest by `L2`.
    Fewest,
}

/// How hard a search tries and how far it may go.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default, deny_unknown_fields))]
pub struct Effort {
    /// The largest `|z|` of a coordinate that moves, above 0 and at most 8. At 3.5 a quantile
    /// stays between the 0.02nd and the 99.98th percentile.
    pub reach: f64,
    /// The seed of the random starting points.
    pub seed: u64,
    /// The largest number of points at which the model may be asked, 1 to 1,000,000.
    pub budget: usize,
    /// The number of random starting points, beside the systematic ones; at most 1,000,000.
    pub start_points: usize,
}

impl Default for Effort {
    /// Reach 3.5, 3000 points, 64 of them random starts, seed 0.
    fn default() -> Self {
        Self {
            reach: 3.5,
            seed: 0,
            budget: 3000,
            start_points: 64,
        }
    }
}

/// Where to look for a flip, and of what.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct FlipSearch {
    /// Where to start, one `z` a coordinate of the model, each at most 8 in magnitude.
    pub base: Vec<f64>,
    /// Which coordinates may move; as long as `base`.
    pub free: Vec<bool>,
    /// The number of the output that is the margin.
    pub output: usize,
    /// By what distance is measured.
    pub norm: Norm,
    /// How far beyond 0 the margin must get, 0 or more.
    pub clearance: f64,
    /// How hard to try.
    pub effort: Effort,
}

impl FlipSearch {
    /// A search from `base` in which every coordinate may move: output 0, norm L2, no clearance,
    /// default effort.
    #[must_use]
    pub fn from_base(base: Vec<f64>) -> Self {
        Self {
            free: vec![true; base.len()],
            base,
            output: 0,
            norm: Norm::default(),
            clearance: 0.0,
            effort: Effort::default(),
        }
    }

    /// A search from the medians of `n_inputs` inputs, otherwise as [`from_base`](Self::from_base).
    #[must_use]
    pub fn from_medians(n_inputs: usize) -> Self {
        Self::from_base(vec![0.0; n_inputs])
    }
}
