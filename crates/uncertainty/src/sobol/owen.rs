use crate::{Sobol, mixer::Mixer, sampler::open_unit};

/// What the hashes of a name are for.
pub(crate) const PURPOSE: [u8; 8] = *b"scramble";

/// Levels of the tree of digits that share one hash: a tree of six levels has 63 nodes, and a hash
/// 64 bits.
const LEVELS: u32 = 6;

/// Hashes for the leading digits; the remaining 28 of 64 share one more.
const HASHES: u32 = 6;

/// A [`Sobol`] coordinate under the nested uniform scrambling of Owen (1995): made by
/// [`Sobol::scrambled`].
///
/// Each binary digit is flipped or not by a coin of its own for every value of the digits before
/// it. Each point is then uniform on the unit interval, so that averages over the points are
/// unbiased, and stratification is kept; for smooth integrands the variance of the average of `n`
/// points falls like `n⁻³ (log n)^(d−1)` in `d` dimensions (Owen 1997).
///
/// The coins are hashes, as with Laine and Karras (2011) and Burley (2020), but one for every node
/// down to the 36th digit. Deeper digits are flipped by coins that depend on the first 36 only,
/// which is the same thing for up to 2³⁶ points, as no two of them agree in that many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScrambledSobol {
    sequence: Sobol,
    coins: Mixer,
}

impl ScrambledSobol {
    pub(crate) const fn new(sequence: Sobol, coins: Mixer) -> Self {
        Self { sequence, coins }
    }

    /// The coordinate of one point: strictly between 0 and 1, on the same grid as a
    /// [`Stream`](crate::Stream).
    #[must_use]
    pub fn uniform(&self, point: u64) -> f64 {
        open_unit(scramble(self.coins, self.sequence.digits(point)))
    }

    /// Fills `out` with the coordinates of points `first_point`, `first_point + 1`, ….
    /// `O(out.len())` wherever it starts.
    pub fn uniforms(&self, first_point: u64, out: &mut [f64]) {
        fill(&self.sequence, self.coins, first_point, out);
    }
}

/// As [`ScrambledSobol::uniforms`], for a sequence that is kept elsewhere.
pub(crate) fn fill(sequence: &Sobol, coins: Mixer, first_point: u64, out: &mut [f64]) {
    let mut point = first_point;
    let mut digits = sequence.digits(point);
    for value in out {
        *value = open_unit(scramble(coins, digits));
        digits = sequence.next(digits, point);
        point = point.wrapping_add(1);
    }
}

/// Nodes are numbered as in a heap: `1` and the digits that lead to the node.
pub(crate) fn scramble(coins: Mixer, digits: u64) -> u64 {
    let mut flips = 0;
    for depth in (0..HASHES).map(|hash| hash * LEVELS) {
        // A shift of 64 would overflow.
        let before = digits >> 1 >> (63 - depth);
        let hash = coins.at(1 << depth | before);
        let mut node = 1;
        for place in (58 - depth..64 - depth).rev() {
            flips |= (hash >> node & 1) << place;
            node = node << 1 | (digits >> place & 1);
        }
    }
    let exact = LEVELS * HASHES;
    flips |= coins.at(1 << exact | digits >> (64 - exact)) >> exact;
    digits ^ flips
}
