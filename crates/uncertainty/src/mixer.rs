/// Random numbers by random access: number `id` of the sequence of `SplitMix64` that starts at
/// `start` and goes by `step` (Steele, Lea and Flood 2014).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Mixer {
    start: u64,
    step: u64,
}

impl Mixer {
    /// From two random words. The step has to be odd to come by every number.
    pub(crate) const fn new(start: u64, step: u64) -> Self {
        Self {
            start,
            step: step | 1,
        }
    }

    /// The 64 random bits with this number.
    pub(crate) const fn at(self, id: u64) -> u64 {
        mix(self.start.wrapping_add(id.wrapping_mul(self.step)))
    }

    /// A sequence of its own for every number.
    pub(crate) const fn part(self, number: u64) -> Self {
        let twice = number.wrapping_mul(2);
        Self::new(self.at(twice), self.at(twice.wrapping_add(1)))
    }
}

/// The finaliser of `SplitMix64`, variant 13 of Stafford: a permutation of the 64-bit words in
/// which each input bit turns each output bit with probability close to ½.
const fn mix(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first numbers of the published generator, which goes by the golden ratio, from seed 0.
    #[test]
    fn the_published_vectors() {
        let published = Mixer::new(0, 0x9e37_79b9_7f4a_7c15);
        let first = [1, 2, 3].map(|id| published.at(id));
        assert_eq!(
            first,
            [
                0xe220_a839_7b1d_cdaf,
                0x6e78_9e6a_a1b9_65f4,
                0x06c4_5d18_8009_454f
            ]
        );
    }

    #[test]
    fn parts_are_apart() {
        let parts: std::collections::BTreeSet<u64> = (0..1000)
            .flat_map(|number| (0..100).map(move |id| Mixer::new(1, 2).part(number).at(id)))
            .collect();
        assert_eq!(parts.len(), 100_000);
    }
}
