use crate::mixer::Mixer;

/// Rounds of the network. Four make a permutation that cannot be told from a random one where the
/// halves are large (Luby and Rackoff 1988); the smallest sets need more, and at eight the orders
/// of 2 to 6 things are equally frequent as far as 10⁵ keys can tell (see the tests).
const ROUNDS: u64 = 8;

/// A random permutation of `0..n` that needs no table: a Feistel network on pairs of digits to a
/// base of `⌈√n⌉`, gone through again while it leads out of the set (Black and Rogaway 2002).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Permutation {
    n: u64,
    base: u64,
    keys: Mixer,
}

impl Permutation {
    /// A permutation of `n` numbers, at least 1 and at most 2⁵².
    pub(crate) const fn new(n: u64, keys: Mixer) -> Self {
        let root = n.isqrt();
        let base = if root * root < n { root + 1 } else { root };
        Self { n, base, keys }
    }

    /// The image of a number below `n`. The square of the base is at most `n + 2√n`, so that a
    /// second walk is rare for large `n`; there are 1.5 on average at the worst, `n = 2` and
    /// `n = 5`.
    pub(crate) const fn at(&self, number: u64) -> u64 {
        let mut image = self.walk(number);
        while image >= self.n {
            image = self.walk(image);
        }
        image
    }

    const fn walk(&self, number: u64) -> u64 {
        let (mut left, mut right) = (number / self.base, number % self.base);
        let mut round = 0;
        while round < ROUNDS {
            let hash = self.keys.at(right * ROUNDS + round);
            // As good as uniform below the base, and dearer only by a multiplication.
            let shift = ((hash as u128 * self.base as u128) >> 64) as u64;
            let sum = left + shift;
            left = right;
            right = if sum >= self.base {
                sum - self.base
            } else {
                sum
            };
            round += 1;
        }
        left * self.base + right
    }
}
