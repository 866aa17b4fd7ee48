//! Whole numbers of any length times a power of two.

use std::cmp::Ordering;

/// `± limbs · 2^exponent`, limbs of 64 bits with the least first and the highest not zero.
#[derive(Debug, Clone)]
pub(crate) struct Dyadic {
    negative: bool,
    limbs: Vec<u64>,
    exponent: i64,
}

impl Dyadic {
    /// The number itself; it must be finite.
    pub(super) fn from_finite(value: f64) -> Self {
        let bits = value.to_bits();
        let fraction = bits & ((1 << 52) - 1);
        let biased = ((bits >> 52) & 0x7ff) as i64;
        // Subnormal numbers lack the leading one and share the smallest normal exponent.
        let (mantissa, exponent) = match biased {
            0 => (fraction, -1074),
            _ => (fraction | (1 << 52), biased - 1075),
        };
        Self::trimmed(value < 0.0, vec![mantissa], exponent)
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let exponent = self.exponent.min(other.exponent);
        let (a, b) = (self.limbs_at(exponent), other.limbs_at(exponent));
        if self.negative == other.negative {
            return Self::trimmed(self.negative, sum(&a, &b), exponent);
        }
        match magnitude(&a, &b) {
            Ordering::Less => Self::trimmed(other.negative, difference(&b, &a), exponent),
            _ => Self::trimmed(self.negative, difference(&a, &b), exponent),
        }
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        let mut limbs = vec![0; self.limbs.len() + other.limbs.len()];
        for (i, &a) in self.limbs.iter().enumerate() {
            let mut carry = 0_u128;
            for (j, &b) in other.limbs.iter().enumerate() {
                carry += u128::from(a) * u128::from(b) + u128::from(limbs[i + j]);
                limbs[i + j] = carry as u64;
                carry >>= 64;
            }
            limbs[i + other.limbs.len()] = carry as u64;
        }
        Self::trimmed(
            self.negative != other.negative,
            limbs,
            self.exponent + other.exponent,
        )
    }

    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let opposite = Self {
            negative: !other.negative,
            ..other.clone()
        };
        let difference = self.plus(&opposite);
        match (difference.limbs.is_empty(), difference.negative) {
            (true, _) => Ordering::Equal,
            (false, true) => Ordering::Less,
            (false, false) => Ordering::Greater,
        }
    }

    /// The number to some fifty bits; infinite beyond the range of doubles.
    pub(super) fn rounded(&self) -> f64 {
        let low = self.limbs.len().saturating_sub(2);
        let high = self.limbs[low..].iter().rev();
        let leading = high.fold(0.0, |sum, &limb| sum * 2_f64.powi(64) + limb as f64);
        let exponent = (self.exponent + 64 * low as i64).clamp(-2400, 2400) as i32;
        // In two steps, since half the exponent may be in range where all of it is not.
        let (first, second) = (exponent / 2, exponent - exponent / 2);
        let size = leading * 2_f64.powi(first) * 2_f64.powi(second);
        if self.negative { -size } else { size }
    }

    fn trimmed(negative: bool, mut limbs: Vec<u64>, exponent: i64) -> Self {
        while limbs.last() == Some(&0) {
            limbs.pop();
        }
        Self {
            negative,
            limbs,
            exponent,
        }
    }

    /// The limbs of the same number at a lower exponent.
    fn limbs_at(&self, exponent: i64) -> Vec<u64> {
        if self.limbs.is_empty() {
            return Vec::new();
        }
        let shift = (self.exponent - exponent) as usize;
        let (whole, bits) = (shift / 64, shift % 64);
        let mut limbs = vec![0; whole];
        let mut carry = 0_u128;
        for &limb in &self.limbs {
            carry |= u128::from(limb) << bits;
            limbs.push(carry as u64);
            carry >>= 64;
        }
        limbs.push(carry as u64);
        limbs
    }
}

fn limb(limbs: &[u64], place: usize) -> u64 {
    limbs.get(place).copied().unwrap_or(0)
}

fn magnitude(a: &[u64], b: &[u64]) -> Ordering {
    (0..a.len().max(b.len()))
        .rev()
        .map(|place| limb(a, place).cmp(&limb(b, place)))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

fn sum(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut carry = 0_u128;
    (0..=a.len().max(b.len()))
        .map(|place| {
            carry += u128::from(limb(a, place)) + u128::from(limb(b, place));
            let low = carry as u64;
            carry >>= 64;
            low
        })
        .collect()
}

/// `a − b` for `a ≥ b`.
fn difference(a: &[u64], b: &[u64]) -> Vec<u64> {
    let mut borrow = false;
    (0..a.len())
        .map(|place| {
            let (low, first) = limb(a, place).overflowing_sub(limb(b, place));
            let (low, second) = low.overflowing_sub(u64::from(borrow));
            borrow = first || second;
            low
        })
        .collect()
}
