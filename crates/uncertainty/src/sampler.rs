use rand::{Rng, SeedableRng, rngs::ChaCha8Rng};

use crate::{Uncertain, mixer::Mixer, name_key::fnv1a_128};

/// The source of all randomness of a run: one seed, and a stream of uniforms for every name.
///
/// The value of a draw depends on the seed, the *name* of the input and the number of the draw, so
/// reordering a file, adding an input or using more threads changes no other number.
///
/// ```
/// use detente_uncertainty::Sampler;
///
/// let stream = Sampler::new(1997).stream("parties.egypt.patience");
/// let mut all = [0.0; 100];
/// stream.uniforms(0, &mut all);
/// let mut last_ten = [0.0; 10];
/// stream.uniforms(90, &mut last_ten);
/// assert_eq!(all[90..], last_ten);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sampler {
    seed: u64,
}

impl Sampler {
    /// A sampler for a run with this seed; any seed is as good as any other.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self { seed }
    }

    /// The seed of the run.
    #[must_use]
    pub const fn seed(self) -> u64 {
        self.seed
    }

    /// The stream that belongs to a name. Names are compared byte for byte. `O(length of name)`.
    #[must_use]
    pub const fn stream(self, name: &str) -> Stream {
        Stream {
            seed: self.seed,
            name_key: fnv1a_128(name),
        }
    }
}

/// An endless list of uniform numbers, open to reading at any place.
///
/// Draw `k` is made of words `2k` and `2k + 1` (low word first) of the ChaCha8 key stream
/// (Bernstein 2008) whose 256-bit key is, in little-endian bytes, the seed, the 128-bit FNV-1a
/// hash of the name and eight zeros; nonce and first block are zero. The top 52 bits `n` of these
/// 64 give `(n + ½) / 2⁵²`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stream {
    seed: u64,
    name_key: u128,
}

impl Stream {
    /// Fills `out` with the uniforms of draws `first_draw`, `first_draw + 1`, …: each strictly
    /// between 0 and 1, never nearer to an end than 2⁻⁵³. `O(out.len())` wherever it starts.
    pub fn uniforms(&self, first_draw: u64, out: &mut [f64]) {
        let mut words = self.words_from(first_draw);
        for value in out {
            *value = open_unit(words.next_u64());
        }
    }

    /// The uniform of one draw. Many at once by [`uniforms`](Self::uniforms) are some fifteen times
    /// cheaper apiece.
    #[must_use]
    pub fn uniform(&self, draw: u64) -> f64 {
        open_unit(self.words_from(draw).next_u64())
    }

    /// Fills `out` with the values of `number` in draws `first_draw`, `first_draw + 1`, …: the
    /// quantiles of this stream's uniforms.
    pub fn sample(&self, number: &Uncertain, first_draw: u64, out: &mut [f64]) {
        self.uniforms(first_draw, out);
        for value in out {
            *value = number.quantile(*value);
        }
    }

    /// Hashes for a purpose that is not the list of uniforms itself: the key differs from the
    /// stream's own in its last eight bytes.
    pub(crate) fn mixer(&self, purpose: [u8; 8]) -> Mixer {
        let mut words = ChaCha8Rng::from_seed(self.key(purpose));
        Mixer::new(words.next_u64(), words.next_u64())
    }

    fn words_from(&self, draw: u64) -> ChaCha8Rng {
        let mut words = ChaCha8Rng::from_seed(self.key([0; 8]));
        words.set_word_pos(2 * u128::from(draw));
        words
    }

    fn key(&self, purpose: [u8; 8]) -> [u8; 32] {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&self.seed.to_le_bytes());
        key[8..24].copy_from_slice(&self.name_key.to_le_bytes());
        key[24..].copy_from_slice(&purpose);
        key
    }
}

/// The middle of one of 2⁵² equal parts of the unit interval, exact in `f64`.
#[expect(
    clippy::cast_precision_loss,
    reason = "52 bits and a half fit the significand"
)]
pub(crate) fn open_unit(word: u64) -> f64 {
    ((word >> 12) as f64 + 0.5) * f64::EPSILON
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::VerbalProbability;

    fn uniforms(seed: u64, name: &str, first: u64, n: usize) -> Vec<f64> {
        let mut out = vec![0.0; n];
        Sampler::new(seed).stream(name).uniforms(first, &mut out);
        out
    }

    /// Computed from the definition by a second program, in another language. A change here is a
    /// change of every published run: never adjust them to the code.
    #[test]
    fn golden_values() {
        let patience = [
            0.127_455_479_610_157_57,
            0.165_849_913_375_639_37,
            0.597_174_261_887_996_6,
            0.078_281_318_186_094_96,
        ];
        assert_eq!(uniforms(1997, "patience", 0, 4), patience);
        assert_eq!(
            uniforms(1997, "patience", 1001, 1),
            [0.475_916_405_716_835_6]
        );
        assert_eq!(
            uniforms(1997, "patience", u64::MAX, 1),
            [0.410_698_392_615_610_36]
        );
        let unnamed = [0.098_759_867_971_129_57, 0.983_392_653_235_838_9];
        assert_eq!(uniforms(0, "", 0, 2), unnamed);
    }

    #[test]
    fn the_ends_are_never_reached() {
        assert_eq!(open_unit(0), f64::EPSILON / 2.0);
        assert_eq!(open_unit(u64::MAX), 1.0 - f64::EPSILON / 2.0);
    }

    #[test]
    fn seeds_and_names_make_streams_apart() {
        let reference = uniforms(7, "a", 0, 64);
        for other in [
            uniforms(8, "a", 0, 64),
            uniforms(7, "b", 0, 64),
            uniforms(7, "a ", 0, 64),
        ] {
            assert!(reference.iter().zip(&other).all(|(x, y)| x != y));
        }
    }

    #[test]
    fn the_stream_is_uniform() {
        // Chi-squared over 100 cells: 99 degrees of freedom, 99.99th percentile 161.
        let n = 100_000;
        let mut cells = [0_u32; 100];
        for u in uniforms(42, "uniformity", 0, n) {
            cells[(u * 100.0) as usize] += 1;
        }
        let squares = cells
            .iter()
            .map(|&count| (f64::from(count) - 1000.0).powi(2) / 1000.0);
        let statistic: f64 = squares.sum();
        assert!((45.0..161.0).contains(&statistic), "{statistic}");
    }

    #[test]
    fn samples_have_the_moments_of_their_number() {
        let number = Uncertain::verbal(VerbalProbability::Likely);
        let mut values = vec![0.0; 100_000];
        Sampler::new(1)
            .stream("likely")
            .sample(&number, 0, &mut values);
        let mean = values.iter().sum::<f64>() / 1e5;
        // Five standard errors.
        assert!(
            (mean - number.mean()).abs() < 5.0 * (number.variance() / 1e5).sqrt(),
            "{mean}"
        );
    }

    proptest! {
        #[test]
        fn chunks_do_not_matter(seed: u64, first in 0..u64::MAX / 2, cuts in prop::collection::vec(0..40_usize, 0..6)) {
            let whole = uniforms(seed, "x", first, cuts.iter().sum());
            let mut pieces = Vec::new();
            for n in cuts {
                pieces.extend(uniforms(seed, "x", first + pieces.len() as u64, n));
            }
            prop_assert_eq!(&whole, &pieces);
            let stream = Sampler::new(seed).stream("x");
            for (value, draw) in whole.into_iter().zip(first..) {
                prop_assert_eq!(value, stream.uniform(draw));
                prop_assert!(0.0 < value && value < 1.0);
            }
        }
    }
}
