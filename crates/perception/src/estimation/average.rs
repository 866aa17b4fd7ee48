//! The mean of a likelihood that has one peak.

/// The log-likelihood below that of the peak at which nothing is left to add.
const NEGLIGIBLE: f64 = 25.0;
/// The length of a panel, in scales of the likelihood where it begins.
const SCALES: f64 = 3.0;
/// The longest panel: likelihoods of choices that never err are flat for long and then fall at once.
const LONGEST: f64 = 0.5;
/// The shortest panel, as a share of the range, so that their number is bounded.
const SHORTEST: f64 = 1e-5;
/// Places on a panel from −1 to 1 and their weights, which add up to 2: Gauss and Legendre's rule of five
/// (Abramowitz & Stegun 1964, table 25.4).
const NODES: [(f64, f64); 5] = [
    (0.0, 0.568_888_888_888_888_9),
    (0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
    (-0.538_469_310_105_683_1, 0.478_628_670_499_366_5),
    (0.906_179_845_938_664, 0.236_926_885_056_189_1),
    (-0.906_179_845_938_664, 0.236_926_885_056_189_1),
];

/// A log-likelihood that rises up to its peak and falls after it.
pub(super) struct Peaked<H, S> {
    /// The range of the mean, the lower end first.
    pub(super) range: (f64, f64),
    /// Where in the range it is largest.
    pub(super) peak: f64,
    /// The log-likelihood.
    pub(super) height: H,
    /// The distance over which it changes by about 1.
    pub(super) scale: S,
}

/// The logarithm of the mean likelihood over the range, by panels that follow it outwards from the peak: about
/// a dozen, and as many more as the range is long beyond.
pub(super) fn log_mean<H: Fn(f64) -> f64, S: Fn(f64) -> f64>(of: &Peaked<H, S>) -> f64 {
    let top = (of.height)(of.peak);
    if top == f64::NEG_INFINITY {
        return top;
    }
    let (low, high) = of.range;
    let sum = side(of, top, low) + side(of, top, high);
    // A range too narrow for its logarithms holds one value.
    if sum <= 0.0 {
        return top;
    }
    top + (sum / (high - low)).ln()
}

/// The integral of the likelihood, as a share of the highest, from the peak to one end of the range.
fn side<H: Fn(f64) -> f64, S: Fn(f64) -> f64>(of: &Peaked<H, S>, top: f64, end: f64) -> f64 {
    let (low, high) = of.range;
    let direction = (end - of.peak).signum();
    let (mut at, mut sum) = (of.peak, 0.0);
    // Where nothing bears on it the scale is infinite.
    while (end - at) * direction > 0.0 && (of.height)(at) > top - NEGLIGIBLE {
        let length = (SCALES * (of.scale)(at))
            .max(SHORTEST * (high - low))
            .min(LONGEST);
        let half = 0.5 * length.min((end - at).abs());
        let share = |node: f64| ((of.height)(at + direction * half * (1.0 + node)) - top).exp();
        sum += half
            * NODES
                .iter()
                .map(|(node, weight)| weight * share(*node))
                .sum::<f64>();
        let next = at + direction * 2.0 * half;
        // The end itself is not to be missed by rounding.
        at = if (next - at).abs() > 0.0 { next } else { end };
    }
    sum
}
