use crate::mixer::Mixer;

/// Rounds of the network. Four make a permutation that cannot be told from a random one where the
/// halves are large (Luby and Rackoff 1988). Small sets need more: at eight the orders of 4 things
/// are visibly unequal in frequency, from ten on neither orders nor pairs are (see the tests).
const ROUNDS: u64 = 12;

/// A random permutation of `0..n` that needs no table: a Feistel network on pairs of digits to a
/// base of about `√n`, gone through again while it leads out of the set (Black and Rogaway 2002).
///
/// The base is even. To an odd one, every round is an even permutation but for the exchange of the
/// digits, and the orders of a few things do not come equally often after any number of rounds.
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
        Self {
            n,
            base: base + base % 2,
            keys,
        }
    }

    /// The image of a number below `n`. The number of walks is, on average, the square of the base
    /// over `n`: 4 for one number, 3.2 for five, and close to 1 for many.
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::design::tests_support::chi_squared;

    fn images(n: u64, seed: u64) -> Vec<u64> {
        let permutation = Permutation::new(n, Mixer::new(1, 3).part(seed));
        (0..n).map(|number| permutation.at(number)).collect()
    }

    /// The chi-squared statistic in standard deviations from its mean.
    fn excess(cells: &[u32]) -> f64 {
        let freedom = (cells.len() - 1) as f64;
        (chi_squared(cells) - freedom) / (2.0 * freedom).sqrt()
    }

    #[test]
    fn all_orders_of_a_few_are_equally_frequent() {
        for n in 2..=6 {
            let mut frequencies = std::collections::BTreeMap::new();
            for seed in 0..100_000 {
                *frequencies.entry(images(n, seed)).or_insert(0) += 1;
            }
            let factorial: u64 = (1..=n).product();
            assert_eq!(frequencies.len() as u64, factorial);
            let cells: Vec<u32> = frequencies.into_values().collect();
            assert!(excess(&cells).abs() < 4.5, "{n}: {}", excess(&cells));
        }
    }

    #[test]
    fn all_pairs_of_images_are_equally_frequent() {
        for n in [9, 16, 17] {
            for (first, second) in [(0, 1), (0, n - 1), (3, 4), (2, 6)] {
                let mut cells = vec![0; (n * n) as usize];
                for seed in 0..60_000 {
                    let permutation = Permutation::new(n, Mixer::new(7, 3).part(seed));
                    cells[(permutation.at(first) * n + permutation.at(second)) as usize] += 1;
                }
                let apart = (0..n * n).filter(|cell| cell / n != cell % n);
                let cells: Vec<u32> = apart.map(|cell| cells[cell as usize]).collect();
                let excess = excess(&cells);
                assert!(excess.abs() < 4.5, "{n}, {first}, {second}: {excess}");
            }
        }
    }

    proptest! {
        #[test]
        fn every_number_is_reached_once(n in 1..3000_u64, seed: u64) {
            let mut images = images(n, seed);
            images.sort_unstable();
            prop_assert!(images.into_iter().eq(0..n));
        }

        #[test]
        fn large_sets_are_kept(n in 1..=1_u64 << 52, seed: u64, number: u64) {
            let permutation = Permutation::new(n, Mixer::new(seed, 5));
            prop_assert!(permutation.at(number % n) < n);
        }
    }
}
