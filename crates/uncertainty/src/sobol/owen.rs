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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Replicates, Sampler, design::tests_support::chi_squared};

    fn coins(seed: u64) -> Mixer {
        Sampler::new(seed).stream("x").mixer(PURPOSE)
    }

    /// The average over the first `n` points, in each of many scrambles, of a function of two
    /// coordinates.
    fn averages(n: usize, scrambles: u64, f: impl Fn(f64, f64) -> f64) -> Vec<f64> {
        let (mut xs, mut ys) = (vec![0.0; n], vec![0.0; n]);
        let sequences = [Sobol::new(0).unwrap(), Sobol::new(1).unwrap()];
        let one = |replicate| {
            for (sequence, (name, out)) in sequences.iter().zip([("x", &mut xs), ("y", &mut ys)]) {
                sequence
                    .scrambled(Sampler::new(5), name, replicate)
                    .uniforms(0, out);
            }
            xs.iter().zip(&ys).map(|(&x, &y)| f(x, y)).sum::<f64>() / n as f64
        };
        (0..scrambles).map(one).collect()
    }

    fn variance(values: &[f64]) -> f64 {
        let error = Replicates::of(values).unwrap().standard_error;
        error * error * values.len() as f64
    }

    fn smooth(x: f64, y: f64) -> f64 {
        (x + 2.0 * y).exp()
    }

    /// (e − 1)(e² − 1)/2.
    fn integral() -> f64 {
        (1_f64.exp() - 1.0) * (2_f64.exp() - 1.0) / 2.0
    }

    #[test]
    fn each_point_is_uniform() {
        // A thousand parts of equal size; the point, 5, is the same all the time.
        let sobol = Sobol::new(3).unwrap();
        let mut cells = vec![0_u32; 1000];
        for replicate in 0..200_000 {
            let u = sobol.scrambled(Sampler::new(9), "x", replicate).uniform(5);
            cells[(u * 1000.0) as usize] += 1;
        }
        // 999 degrees of freedom: mean 999, standard deviation 45.
        let statistic = chi_squared(&cells);
        assert!((820.0..1180.0).contains(&statistic), "{statistic}");
    }

    #[test]
    fn every_coin_is_fair_and_two_are_independent() {
        // Nodes of the first digits, across a change of hash (six levels), and in the shared rest.
        let words = [0, 1 << 63, 1 << 58, 1 << 57, 1 << 40, 1 << 20];
        let n = 20_000;
        for digit in [0, 1, 5, 6, 7, 35, 36, 51] {
            let mut heads = [0_i32; 6];
            let mut equal = 0_i32;
            for seed in 0..n {
                let flips = words.map(|word| (scramble(coins(seed), word) ^ word) << digit >> 63);
                for (count, flip) in heads.iter_mut().zip(flips) {
                    *count += flip as i32;
                }
                equal += i32::from(flips[0] == flips[1]);
            }
            // Five standard deviations of 71.
            for count in heads {
                assert!((count - 10_000).abs() < 355, "digit {digit}: {heads:?}");
            }
            // The first digit has one coin; from the second on, the two words are apart.
            if digit == 0 {
                assert_eq!(equal, n as i32);
            } else {
                assert!((equal - 10_000).abs() < 355, "digit {digit}: {equal}");
            }
        }
    }

    #[test]
    fn averages_are_unbiased() {
        for n in [1, 2, 3, 4, 6, 8] {
            let mean = Replicates::of(&averages(n, 4000, smooth)).unwrap();
            let off = (mean.mean - integral()) / mean.standard_error;
            assert!(off.abs() < 4.5, "{n}: {off} standard errors");
        }
    }

    /// Owen (1997): the variance falls like n⁻³ log n; plain draws would give a ratio of 16.
    #[test]
    fn the_variance_falls_like_the_third_power() {
        let [few, many] = [32, 512].map(|n| variance(&averages(n, 400, smooth)));
        // 16³ = 4096, times log 32 / log 512 = 0.56.
        let ratio = few / many;
        assert!((1500.0..6500.0).contains(&ratio), "{ratio}");
        let [few, many] = [32, 512].map(|n| variance(&averages(n, 400, |x, _| x.exp())));
        assert!((2800.0..6000.0).contains(&(few / many)), "{}", few / many);
    }

    proptest! {
        #[test]
        fn digits_are_nested(seed: u64, word: u64, other: u64, shared in 0..64_u32) {
            // Two words that agree in the first digits are flipped alike in these and the next.
            let other = word & !(u64::MAX >> shared) | other & u64::MAX >> shared;
            let flips = [word, other].map(|word| scramble(coins(seed), word) ^ word);
            prop_assert_eq!((flips[0] ^ flips[1]) >> (63 - shared), 0);
        }

        #[test]
        fn scrambled_points_are_stratified(seed: u64, dimension in 0..crate::MAX_SOBOL_DIMENSIONS, m in 0..10_u32) {
            let scrambled = Sobol::new(dimension).unwrap().scrambled(Sampler::new(seed), "x", 3);
            let mut values = vec![0.0; 1 << m];
            scrambled.uniforms(0, &mut values);
            prop_assert!(values.iter().all(|&u| 0.0 < u && u < 1.0));
            let mut parts: Vec<u64> = values.iter().map(|u| (u * f64::from(1 << m)) as u64).collect();
            parts.sort_unstable();
            prop_assert!(parts.into_iter().eq(0..1 << m));
        }

        #[test]
        fn names_seeds_and_replicates_scramble_apart(seed: u64, replicate in 0..1_u64 << 60) {
            let sobol = Sobol::new(2).unwrap();
            let start = |seed, name, replicate| {
                let mut out = [0.0; 8];
                sobol.scrambled(Sampler::new(seed), name, replicate).uniforms(0, &mut out);
                out
            };
            let here = start(seed, "a", replicate);
            prop_assert_ne!(here, start(seed, "b", replicate));
            prop_assert_ne!(here, start(seed, "a", replicate + 1));
            prop_assert_ne!(here, start(seed ^ 1, "a", replicate));
        }
    }
}
