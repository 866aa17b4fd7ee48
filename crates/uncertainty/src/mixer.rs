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
