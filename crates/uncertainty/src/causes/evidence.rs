use detente_quantity::{Interval, Probability};

use crate::{UncertaintyError, causes::Identified};

/// How far shares may contradict each other by rounding.
const ROUNDING: f64 = 1e-9;

/// What is known of a binary cause `x` and a binary effect `y` in a population: the shares of the
/// four cases on record, and the chances of the effect if the cause is put in place or taken away
/// for all, as in an experiment. Each is a probability; the first four sum to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Shares {
    /// `P(x, y)`: cause and effect.
    pub cause_and_effect: f64,
    /// `P(x, y′)`: the cause without the effect.
    pub cause_only: f64,
    /// `P(x′, y)`: the effect without the cause.
    pub effect_only: f64,
    /// `P(x′, y′)`: neither.
    pub neither: f64,
    /// `P(y_x)`: the effect, were the cause in place for all.
    pub effect_if_in_place: f64,
    /// `P(y_{x′})`: the effect, were the cause absent for all.
    pub effect_if_absent: f64,
}

/// Shares of a population that do not contradict each other, and what they say of necessity and
/// sufficiency (Tian & Pearl 2000; Pearl 2009, ch. 9).
///
/// Necessity, sufficiency and both are as defined at [`Necessity`](crate::causes::Necessity), but
/// for the population on record: `PN = P(y′_{x′} | x, y)` and `PS = P(y_x | x′, y′)`. Data leave them
/// within bounds, which are sharp: for each end there is a population with just these shares that
/// attains it.
///
/// ```
/// use detente_uncertainty::causes::{Evidence, Shares};
/// // A drug and deaths (the worked example of Tian & Pearl 2000): on record and in a trial.
/// let drug = Evidence::new(Shares {
///     cause_and_effect: 0.001,
///     cause_only: 0.499,
///     effect_only: 0.014,
///     neither: 0.486,
///     effect_if_in_place: 0.016,
///     effect_if_absent: 0.014,
/// })?;
/// // Those who took the drug and died would all have lived without it.
/// assert!(drug.pn_bounds().unwrap().low() > 0.999_999);
/// assert!(drug.ps_bounds().unwrap().high() < 0.031);
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Evidence {
    shares: Shares,
}

impl Evidence {
    /// Checks that the shares fit each other: `P(x, y) ≤ P(y_x) ≤ 1 − P(x, y′)` and
    /// `P(x′, y) ≤ P(y_{x′}) ≤ 1 − P(x′, y′)`, up to 10⁻⁹.
    ///
    /// # Errors
    /// [`UncertaintyError::Quantity`] for a share outside 0–1, [`UncertaintyError::OutOfRange`] if
    /// the four cases do not sum to 1, [`UncertaintyError::Inconsistent`] if an experimental chance
    /// contradicts the record.
    pub fn new(shares: Shares) -> Result<Self, UncertaintyError> {
        let cases = [
            shares.cause_and_effect,
            shares.cause_only,
            shares.effect_only,
            shares.neither,
        ];
        for share in cases {
            Probability::new(share)?;
        }
        let total: f64 = cases.iter().sum();
        if (total - 1.0).abs() > ROUNDING {
            return Err(UncertaintyError::OutOfRange {
                parameter: "sum of the four shares of a record",
                given: total,
                expected: "1",
            });
        }
        consistent(
            "chance of the effect with the cause in place",
            shares.effect_if_in_place,
            shares.cause_and_effect,
            1.0 - shares.cause_only,
        )?;
        consistent(
            "chance of the effect with the cause absent",
            shares.effect_if_absent,
            shares.effect_only,
            1.0 - shares.neither,
        )?;
        Ok(Self { shares })
    }

    /// The shares as they were given.
    #[must_use]
    pub const fn shares(self) -> Shares {
        self.shares
    }

    /// Bounds of the probability of necessity (Tian & Pearl 2000): from
    /// `(P(y) − P(y_{x′})) / P(x, y)` to `(P(y′_{x′}) − P(x′, y′)) / P(x, y)`, brought into 0–1;
    /// `None` if cause and effect never occur together.
    #[must_use]
    pub fn pn_bounds(self) -> Option<Interval> {
        let s = self.shares;
        within(
            self.effect() - s.effect_if_absent,
            1.0 - s.effect_if_absent - s.neither,
            s.cause_and_effect,
        )
    }

    /// Bounds of the probability of sufficiency (Tian & Pearl 2000): from
    /// `(P(y_x) − P(y)) / P(x′, y′)` to `(P(y_x) − P(x, y)) / P(x′, y′)`, brought into 0–1; `None` if
    /// one of cause and effect always occurs.
    #[must_use]
    pub fn ps_bounds(self) -> Option<Interval> {
        let s = self.shares;
        within(
            s.effect_if_in_place - self.effect(),
            s.effect_if_in_place - s.cause_and_effect,
            s.neither,
        )
    }

    /// Bounds of the probability of necessity and sufficiency (Tian & Pearl 2000): from the largest
    /// of `0`, `P(y_x) − P(y_{x′})`, `P(y) − P(y_{x′})` and `P(y_x) − P(y)` to the smallest of `P(y_x)`,
    /// `P(y′_{x′})`, `P(x, y) + P(x′, y′)` and `P(y_x) − P(y_{x′}) + P(x, y′) + P(x′, y)`.
    #[must_use]
    #[expect(clippy::expect_used, reason = "shares that fit have bounds in order")]
    pub fn pns_bounds(self) -> Interval {
        let s = self.shares;
        let (with, without) = (s.effect_if_in_place, s.effect_if_absent);
        let low = (with - without)
            .max(self.effect() - without)
            .max(with - self.effect());
        let high = with
            .min(1.0 - without)
            .min(s.cause_and_effect + s.neither)
            .min(with - without + s.cause_only + s.effect_only);
        within(low, high, 1.0).expect("1 is positive")
    }

    /// What the three probabilities are if the cause never prevents the effect (monotonicity): the
    /// lower ends of their bounds (Tian & Pearl 2000). `None` for those whose condition never
    /// occurs.
    ///
    /// # Errors
    /// [`UncertaintyError::Inconsistent`] if the shares refute monotonicity: it asks for
    /// `P(y_{x′}) ≤ P(y) ≤ P(y_x)`.
    pub fn if_monotone(self) -> Result<Identified, UncertaintyError> {
        let s = self.shares;
        consistent(
            "chance of the effect, were the cause never to prevent it,",
            self.effect(),
            s.effect_if_absent,
            s.effect_if_in_place,
        )?;
        let low = |bounds: Interval| Probability::saturating(bounds.low());
        Ok(Identified {
            necessity: self.pn_bounds().map(low),
            sufficiency: self.ps_bounds().map(low),
            both: low(self.pns_bounds()),
        })
    }

    /// `P(y)` on record.
    fn effect(self) -> f64 {
        self.shares.cause_and_effect + self.shares.effect_only
    }
}

/// A probability between two ends that other shares leave, up to rounding.
pub(super) fn consistent(
    quantity: &'static str,
    given: f64,
    low: f64,
    high: f64,
) -> Result<(), UncertaintyError> {
    Probability::new(given)?;
    if low - ROUNDING <= given && given <= high + ROUNDING {
        return Ok(());
    }
    Err(UncertaintyError::Inconsistent {
        quantity,
        given,
        low,
        high,
    })
}

/// Both ends by the share of the condition, within 0–1 and in order in spite of rounding.
fn within(low: f64, high: f64, condition: f64) -> Option<Interval> {
    if condition <= 0.0 {
        return None;
    }
    let low = (low / condition).clamp(0.0, 1.0);
    Interval::new(low, (high / condition).clamp(low, 1.0)).ok()
}

#[cfg(test)]
mod tests {
    use approx::assert_abs_diff_eq;
    use proptest::prelude::*;

    use super::*;

    /// A population by what its members do (take the cause or not) and how they respond: always,
    /// with the cause only, without it only, never.
    #[derive(Debug, Clone, Copy)]
    struct Population {
        takers: [f64; 4],
        others: [f64; 4],
    }

    impl Population {
        fn shares(&self) -> Shares {
            let ([a, w, o, n], [b, v, p, m]) = (self.takers, self.others);
            Shares {
                cause_and_effect: a + w,
                cause_only: o + n,
                effect_only: b + p,
                neither: v + m,
                effect_if_in_place: a + w + b + v,
                effect_if_absent: a + o + b + p,
            }
        }

        fn necessity(&self) -> f64 {
            self.takers[1] / (self.takers[0] + self.takers[1])
        }

        fn sufficiency(&self) -> f64 {
            self.others[1] / (self.others[1] + self.others[3])
        }

        fn both(&self) -> f64 {
            self.takers[1] + self.others[1]
        }
    }

    fn population() -> impl Strategy<Value = Population> {
        let weight = || prop_oneof![3 => 0.001..1.0_f64, 1 => Just(1e-6)];
        prop::array::uniform8(weight()).prop_map(|weights| {
            let total: f64 = weights.iter().sum();
            let [a, w, o, n, b, v, p, m] = weights.map(|weight| weight / total);
            Population {
                takers: [a, w, o, n],
                others: [b, v, p, m],
            }
        })
    }

    fn near(bounds: Interval, value: f64) -> bool {
        bounds.low() - 1e-9 <= value && value <= bounds.high() + 1e-9
    }

    #[test]
    fn drug_and_deaths() {
        let drug = Evidence::new(Shares {
            cause_and_effect: 0.001,
            cause_only: 0.499,
            effect_only: 0.014,
            neither: 0.486,
            effect_if_in_place: 0.016,
            effect_if_absent: 0.014,
        })
        .unwrap();
        assert_abs_diff_eq!(drug.pn_bounds().unwrap().low(), 1.0, epsilon = 1e-9);
        let sufficiency = drug.ps_bounds().unwrap();
        assert_abs_diff_eq!(sufficiency.low(), 0.001 / 0.486, epsilon = 1e-12);
        assert_abs_diff_eq!(sufficiency.high(), 0.015 / 0.486, epsilon = 1e-12);
        assert_abs_diff_eq!(drug.pns_bounds().low(), 0.002, epsilon = 1e-12);
        assert_abs_diff_eq!(drug.pns_bounds().high(), 0.016, epsilon = 1e-12);
        let monotone = drug.if_monotone().unwrap();
        assert_abs_diff_eq!(monotone.both.get(), 0.002, epsilon = 1e-12);
    }

    #[test]
    fn contradictions_are_refused() {
        let fine = Shares {
            cause_and_effect: 0.25,
            cause_only: 0.25,
            effect_only: 0.25,
            neither: 0.25,
            effect_if_in_place: 0.25,
            effect_if_absent: 0.75,
        };
        let evidence = Evidence::new(fine).unwrap();
        assert_eq!(
            evidence.if_monotone().unwrap_err().to_string(),
            "chance of the effect, were the cause never to prevent it, is 0.5; the other shares \
             leave 0.75 to 0.25"
        );
        for wrong in [
            Shares {
                cause_only: 0.3,
                ..fine
            },
            Shares {
                cause_only: -0.25,
                ..fine
            },
            Shares {
                neither: f64::NAN,
                ..fine
            },
            Shares {
                effect_if_in_place: 0.2,
                ..fine
            },
            Shares {
                effect_if_in_place: 0.8,
                ..fine
            },
            Shares {
                effect_if_absent: 0.2,
                ..fine
            },
            Shares {
                effect_if_absent: f64::INFINITY,
                ..fine
            },
        ] {
            assert!(Evidence::new(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn conditions_that_never_occur() {
        let never = Evidence::new(Shares {
            cause_and_effect: 0.0,
            cause_only: 0.5,
            effect_only: 0.5,
            neither: 0.0,
            effect_if_in_place: 0.25,
            effect_if_absent: 0.75,
        })
        .unwrap();
        assert_eq!((never.pn_bounds(), never.ps_bounds()), (None, None));
    }

    proptest! {
        #[test]
        fn every_population_lies_within_its_bounds(population in population()) {
            let evidence = Evidence::new(population.shares()).unwrap();
            prop_assert!(near(evidence.pn_bounds().unwrap(), population.necessity()));
            prop_assert!(near(evidence.ps_bounds().unwrap(), population.sufficiency()));
            prop_assert!(near(evidence.pns_bounds(), population.both()));
        }

        #[test]
        fn without_prevention_the_lower_ends_are_exact(mut population in population()) {
            population.takers[3] += std::mem::take(&mut population.takers[2]);
            population.others[3] += std::mem::take(&mut population.others[2]);
            let identified = Evidence::new(population.shares()).unwrap().if_monotone().unwrap();
            prop_assert!((identified.necessity.unwrap().get() - population.necessity()).abs() < 1e-9);
            prop_assert!((identified.sufficiency.unwrap().get() - population.sufficiency()).abs() < 1e-9);
            prop_assert!((identified.both.get() - population.both()).abs() < 1e-9);
        }

        /// Populations of the same shares form a rectangle: among takers weight moves between
        /// (with only, without only) and (always, never), among the others likewise. The extremes
        /// over it are the bounds.
        #[test]
        fn bounds_are_attained(population in population()) {
            let evidence = Evidence::new(population.shares()).unwrap();
            // Weight moved towards differing responses, as far as the responses have it.
            let ends = |[a, w, o, n]: [f64; 4]| (-w.min(o), a.min(n));
            let moved = |[a, w, o, n]: [f64; 4], by: f64| [a - by, w + by, o + by, n - by];
            // Among others the two kinds that show no effect on record trade with the two that do.
            let (taker_ends, other_ends) = (ends(population.takers), ends(population.others));
            let corners = [
                (taker_ends.0, other_ends.0),
                (taker_ends.0, other_ends.1),
                (taker_ends.1, other_ends.0),
                (taker_ends.1, other_ends.1),
            ]
            .map(|(takers, others)| Population {
                takers: moved(population.takers, takers),
                others: moved(population.others, others),
            });
            let attained = |value: &dyn Fn(&Population) -> f64, bounds: Interval| {
                let values = corners.iter().map(value);
                let low = values.clone().fold(f64::INFINITY, f64::min);
                let high = values.fold(f64::NEG_INFINITY, f64::max);
                (low - bounds.low()).abs() < 1e-6 && (high - bounds.high()).abs() < 1e-6
            };
            prop_assert!(attained(&Population::necessity, evidence.pn_bounds().unwrap()));
            prop_assert!(attained(&Population::sufficiency, evidence.ps_bounds().unwrap()));
            prop_assert!(attained(&Population::both, evidence.pns_bounds()));
        }
    }
}
