//! Hashing of label sets: one multiplication, as they are our own and nobody's attack.

use std::hash::{BuildHasherDefault, Hasher};

pub(super) type MaskHash = BuildHasherDefault<MaskHasher>;

/// Folds words together by multiplying with the golden ratio and keeping the middle (Knuth 1973).
#[derive(Debug, Default)]
pub(super) struct MaskHasher(u64);

/// 2⁶⁴ divided by the golden ratio, made odd.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl Hasher for MaskHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, word: u64) {
        let product = u128::from(self.0.rotate_left(32) ^ word) * u128::from(GOLDEN);
        let halves = (product >> 64) ^ product;
        self.0 = u64::try_from(halves & u128::from(u64::MAX)).unwrap_or(0);
    }

    fn write_u128(&mut self, mask: u128) {
        for half in [mask >> 64, mask & u128::from(u64::MAX)] {
            self.write_u64(u64::try_from(half).unwrap_or(0));
        }
    }
}
