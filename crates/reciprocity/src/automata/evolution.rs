use detente_quantity::Probability;

use crate::{ReciprocityError, error::out_of_range};

/// The largest population of a [`Population`].
const MAX_POPULATION: u32 = 1_000_000;

/// What two strategies pay each other, as when a few of one meet many of the other.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Contest {
    /// What the resident gets from another resident.
    pub among_residents: f64,
    /// What the resident gets from the invader.
    pub resident_from_invader: f64,
    /// What the invader gets from the resident.
    pub invader_from_resident: f64,
    /// What the invader gets from another invader.
    pub among_invaders: f64,
}

/// A well-mixed population of fixed size in which one individual at a time is replaced by the
/// copy of another, drawn in proportion to fitness e^(βπ) (Moran 1958; Nowak, Sasaki, Taylor and
/// Fudenberg 2004; Traulsen, Shoresh and Nowak 2008). π is the mean payoff from all others.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Population {
    /// How many individuals, from 2 to 1,000,000.
    pub size: u32,
    /// β: how much payoffs count; 0 is drift.
    pub selection: f64,
}

/// What becomes of one invader among residents.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Fixation {
    /// The chance that its descendants take over.
    pub probability: Probability,
    /// The chance of a neutral newcomer, 1/N.
    pub neutral: Probability,
    /// Whether selection opposes the first invader: it is less fit than the residents.
    pub invasion_opposed: bool,
}

impl Fixation {
    /// Whether the resident is evolutionarily stable in the finite population: selection opposes
    /// the first invader and its taking over (Nowak et al. 2004, ESS_N).
    #[must_use]
    pub fn resident_is_stable(&self) -> bool {
        self.invasion_opposed && self.probability < self.neutral
    }
}

/// What becomes of a rare invader in a vast population.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
pub enum Invasion {
    /// It does worse than the residents and dies out: they are evolutionarily stable against it.
    Repelled,
    /// It does as well as the residents, few or many, and neither spreads nor dies out.
    Neutral,
    /// It does better, at first or once there are more of its kind, and spreads.
    Spreads,
}

impl Contest {
    /// What becomes of the invader, payoffs that differ by no more than `rounding` being equal:
    /// the residents' payoff against the invader's among residents, and where these are equal the
    /// residents' against the invader's among invaders (Maynard Smith and Price 1973). O(1).
    #[must_use]
    pub fn invasion(&self, rounding: f64) -> Invasion {
        let first = self.among_residents - self.invader_from_resident;
        let second = self.resident_from_invader - self.among_invaders;
        let deciding = if first.abs() > rounding {
            first
        } else {
            second
        };
        if deciding > rounding {
            Invasion::Repelled
        } else if deciding < -rounding {
            Invasion::Spreads
        } else {
            Invasion::Neutral
        }
    }

    /// Whether the resident is evolutionarily stable against the invader in a vast population: it
    /// does better against itself, or as well and better against the invader (Maynard Smith and
    /// Price 1973). Comparisons are exact.
    #[must_use]
    pub fn resident_is_stable(&self) -> bool {
        self.among_residents > self.invader_from_resident
            || (self.among_residents >= self.invader_from_resident
                && self.resident_from_invader > self.among_invaders)
    }
}

impl Population {
    /// The chance that one invader takes over, in closed form:
    /// ρ = 1 / (1 + Σₖ exp(−β Σᵢ≤ₖ [π_invader(i) − π_resident(i)])), k = 1 … N − 1. O(N).
    ///
    /// # Errors
    /// [`Quantity`](ReciprocityError::Quantity) unless the size is from 2 to 1,000,000, the
    /// selection is finite and not negative, and payoffs times selection times size are finite.
    ///
    /// ```
    /// use detente_reciprocity::automata::{Contest, Population};
    /// let contest = Contest {
    ///     among_residents: 1.0, resident_from_invader: 1.0,
    ///     invader_from_resident: 1.0, among_invaders: 1.0,
    /// };
    /// let fixation = Population { size: 50, selection: 0.3 }.fixation(&contest)?;
    /// assert!((fixation.probability.get() - 0.02).abs() < 1e-15);
    /// # Ok::<(), detente_reciprocity::ReciprocityError>(())
    /// ```
    pub fn fixation(&self, contest: &Contest) -> Result<Fixation, ReciprocityError> {
        Ok(Fixation {
            probability: Probability::saturating(self.ln_takeover(contest)?.exp()),
            neutral: Probability::saturating(1.0 / f64::from(self.size)),
            invasion_opposed: self.advantage(contest, 1) < 0.0,
        })
    }

    /// ln ρ, which is a number however small ρ is; errors as [`fixation`](Self::fixation).
    pub(super) fn ln_takeover(&self, contest: &Contest) -> Result<f64, ReciprocityError> {
        if !(2..=MAX_POPULATION).contains(&self.size) {
            return Err(out_of_range(
                "the size of a population",
                f64::from(self.size),
                "a number from 2 to 1000000",
            ));
        }
        if !(self.selection >= 0.0 && self.selection.is_finite()) {
            return Err(out_of_range(
                "the intensity of selection",
                self.selection,
                "a finite number, not negative",
            ));
        }
        // The exponents −β Σᵢ≤ₖ (…), the k = 0 of the formula's 1 first, and the largest of them.
        let (mut exponents, mut sum, mut largest) = (vec![0.0], 0.0, 0.0_f64);
        for invaders in 1..self.size {
            sum -= self.selection * self.advantage(contest, invaders);
            exponents.push(sum);
            largest = largest.max(sum);
        }
        if !exponents.iter().all(|it| it.is_finite()) {
            return Err(out_of_range(
                "selection times the difference of payoffs",
                sum,
                "a finite number",
            ));
        }
        let total: f64 = exponents.iter().map(|it| (it - largest).exp()).sum();
        Ok(-largest - total.ln())
    }

    /// π of an invader minus π of a resident when there are so many invaders.
    fn advantage(&self, contest: &Contest, invaders: u32) -> f64 {
        let others = f64::from(self.size - 1);
        let residents = f64::from(self.size - invaders);
        let invaders = f64::from(invaders);
        let invader = (invaders - 1.0) / others * contest.among_invaders
            + residents / others * contest.invader_from_resident;
        let resident = invaders / others * contest.resident_from_invader
            + (residents - 1.0) / others * contest.among_residents;
        invader - resident
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn contest(payoffs: [f64; 4]) -> Contest {
        let [
            among_residents,
            resident_from_invader,
            invader_from_resident,
            among_invaders,
        ] = payoffs;
        Contest {
            among_residents,
            resident_from_invader,
            invader_from_resident,
            among_invaders,
        }
    }

    /// The same chance by solving the birth–death chain step by step: x₀ = 0, x_N = 1 and
    /// x_i = (t₊x_{i+1} + t₋x_{i−1})/(t₊ + t₋), iterated until it stands still.
    fn iterated(population: Population, payoffs: &Contest) -> f64 {
        let n = population.size as usize;
        let mut chances = vec![0.0; n + 1];
        chances[n] = 1.0;
        for _ in 0..20_000 {
            for i in 1..n {
                let rate = (population.selection * population.advantage(payoffs, i as u32)).exp();
                chances[i] = (rate * chances[i + 1] + chances[i - 1]) / (rate + 1.0);
            }
        }
        chances[1]
    }

    proptest! {
        #[test]
        fn the_closed_form_solves_the_birth_and_death_chain(
            payoffs in prop::array::uniform4(-3.0..3.0_f64), size in 2..12_u32,
            selection in 0.0..1.0_f64,
        ) {
            let (population, contest) = (Population { size, selection }, contest(payoffs));
            let found = population.fixation(&contest).unwrap().probability.get();
            prop_assert!((found - iterated(population, &contest)).abs() < 1e-9);
        }
    }

    #[test]
    fn one_third_of_the_way_decides_under_weak_selection() {
        // The 1/3 law (Nowak et al. 2004): a + 2b against c + 2d, for the invader.
        let population = Population {
            size: 3000,
            selection: 1e-6,
        };
        let favoured = |payoffs| {
            let it = population.fixation(&contest(payoffs)).unwrap();
            it.probability > it.neutral
        };
        assert!(favoured([2.0, 0.0, 0.0, 4.2]));
        assert!(!favoured([2.2, 0.0, 0.0, 4.2]));
    }

    #[test]
    fn limits_are_limits_or_errors() {
        let even = contest([0.0; 4]);
        assert!(
            Population {
                size: 1,
                selection: 0.0
            }
            .fixation(&even)
            .is_err()
        );
        assert!(
            Population {
                size: 9,
                selection: f64::NAN
            }
            .fixation(&even)
            .is_err()
        );
        let vast = contest([f64::MAX, f64::MAX, -f64::MAX, -f64::MAX]);
        assert!(
            Population {
                size: 9,
                selection: 1.0
            }
            .fixation(&vast)
            .is_err()
        );
        // Certain defeat and certain victory.
        let worse = contest([1e6, 1e6, 0.0, 0.0]);
        let found = Population {
            size: 50,
            selection: 1.0,
        }
        .fixation(&worse)
        .unwrap();
        assert_eq!(found.probability, Probability::ZERO);
        assert!(found.resident_is_stable());
        let better = contest([0.0, 0.0, 1e6, 1e6]);
        let found = Population {
            size: 50,
            selection: 1.0,
        }
        .fixation(&better)
        .unwrap();
        assert_eq!(found.probability, Probability::ONE);
    }

    #[test]
    fn invaders_are_told_apart_beyond_rounding() {
        for (payoffs, expected) in [
            ([3.0, 0.0, 2.0, 9.0], Invasion::Repelled),
            ([3.0, 3.0, 3.0 + 1e-13, 2.0], Invasion::Repelled),
            ([3.0, 3.0, 3.0 - 1e-13, 3.0 + 1e-13], Invasion::Neutral),
            ([3.0, 2.0, 3.0, 3.0], Invasion::Spreads),
            ([3.0, 9.0, 3.1, 0.0], Invasion::Spreads),
        ] {
            assert_eq!(contest(payoffs).invasion(1e-12), expected, "{payoffs:?}");
        }
    }

    #[test]
    fn stability_is_strict_or_second_order() {
        assert!(contest([3.0, 0.0, 2.0, 9.0]).resident_is_stable());
        assert!(contest([3.0, 3.0, 3.0, 2.0]).resident_is_stable());
        assert!(!contest([3.0, 3.0, 3.0, 3.0]).resident_is_stable());
        assert!(!contest([3.0, 9.0, 4.0, 0.0]).resident_is_stable());
    }
}
