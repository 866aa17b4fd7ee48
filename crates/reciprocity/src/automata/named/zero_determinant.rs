use detente_quantity::{Probability, Stakes};

use crate::{ReciprocityError, automata::MemoryOne, error::out_of_range};

/// A zero-determinant strategy (Press and Dyson 2012): whatever the other does, the long-run
/// payoffs X of the player and Y of the other, in a game that is the same for both, satisfy
///
/// **X − κ = χ(Y − κ)**
///
/// with χ = `slope` and κ = `baseline`. κ = P and χ > 1 extorts; κ = R and χ > 1 is generous (Stewart
/// and Plotkin 2013); χ = 1 is fair. `step` φ > 0 scales how fast it answers; it changes neither
/// line nor payoffs on it.
///
/// ```
/// use detente_quantity::Stakes;
/// use detente_reciprocity::automata::named::ZeroDeterminant;
/// let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0)?;
/// // ZDExtort-2 of Stewart and Plotkin (2012): 8/9, 1/2, 1/3, 0.
/// let extort = ZeroDeterminant { slope: 2.0, baseline: 1.0, step: 1.0 / 18.0 };
/// let after = extort.memory_one(&stakes)?.after.map(|p| p.get());
/// assert!(after.iter().zip([8.0 / 9.0, 0.5, 1.0 / 3.0, 0.0]).all(|(a, b)| (a - b).abs() < 1e-15));
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ZeroDeterminant {
    /// χ: how much of what the other gains over the baseline it gains itself.
    pub slope: f64,
    /// κ: the payoff that both can have together, in payoff units.
    pub baseline: f64,
    /// φ: the scale of its answers, in probability per payoff unit.
    pub step: f64,
}

impl ZeroDeterminant {
    /// The memory-one strategy, which honours first:
    ///
    /// p_CC = 1 − φ(χ − 1)(R − κ), p_CD = 1 − φ[χ(T − κ) + κ − S],
    /// p_DC = φ[T − κ + χ(κ − S)], p_DD = φ(χ − 1)(κ − P).
    ///
    /// # Errors
    /// [`Quantity`](ReciprocityError::Quantity) naming the first that is no probability (beyond
    /// a rounding of 10⁻¹²): not every line can be enforced, and not at every step.
    pub fn memory_one(&self, stakes: &Stakes) -> Result<MemoryOne, ReciprocityError> {
        let Self {
            slope,
            baseline,
            step,
        } = *self;
        let tilt = |own: f64, other: f64| step * ((own - baseline) - slope * (other - baseline));
        let (t, r, p, s) = (stakes.t(), stakes.r(), stakes.p(), stakes.s());
        Ok(MemoryOne {
            first: Probability::ONE,
            after: [
                chance("the chance after both honoured", 1.0 + tilt(r, r))?,
                chance("the chance after being cheated", 1.0 + tilt(s, t))?,
                chance("the chance after cheating", tilt(t, s))?,
                chance("the chance after both cheated", tilt(p, p))?,
            ],
        })
    }
}

fn chance(parameter: &'static str, given: f64) -> Result<Probability, ReciprocityError> {
    const ROUNDING: f64 = 1e-12;
    if (-ROUNDING..=1.0 + ROUNDING).contains(&given) {
        Ok(Probability::saturating(given))
    } else {
        Err(out_of_range(
            parameter,
            given,
            "a slope, baseline and step that make it a number from 0 to 1",
        ))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        Side,
        automata::{Automaton, Encounter, Noise},
    };

    #[test]
    fn a_generous_line_has_its_published_strategy() {
        let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0).unwrap();
        let generous = ZeroDeterminant {
            slope: 2.0,
            baseline: 3.0,
            step: 0.125,
        };
        let after = generous
            .memory_one(&stakes)
            .unwrap()
            .after
            .map(Probability::get);
        assert_eq!(after, [1.0, 0.125, 1.0, 0.25]);
    }

    #[test]
    fn lines_that_nobody_can_enforce_are_refused() {
        let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0).unwrap();
        for (slope, step) in [
            (2.0, 1.0),
            (0.5, 0.01),
            (f64::NAN, 0.1),
            (2.0, f64::INFINITY),
        ] {
            let line = ZeroDeterminant {
                slope,
                baseline: 1.0,
                step,
            };
            assert!(line.memory_one(&stakes).is_err(), "{line:?}");
        }
    }

    proptest! {
        #[test]
        fn the_line_holds_against_anyone(
            slope in 1.0..4.0_f64, baseline in 1.0..=3.0_f64, share in 0.1..1.0_f64,
            after in prop::array::uniform4(0.05..0.95_f64),
        ) {
            let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0).unwrap();
            // The largest step keeps the chance after being cheated, or after cheating, legal.
            let bound = (slope * (5.0 - baseline) + baseline).max(5.0 - baseline + slope * baseline);
            let line = ZeroDeterminant { slope, baseline, step: share / bound };
            let player = Automaton::from(line.memory_one(&stakes).unwrap());
            let chances = after.map(|it| Probability::new(it).unwrap());
            let other = Automaton::from(MemoryOne { first: Probability::HALF, after: chances });
            let end = Encounter::new(&player, &other, Noise::NONE).unwrap().long_run().unwrap();
            let own = end.outcomes.payoff(Side::Row, &stakes) - baseline;
            let others = end.outcomes.payoff(Side::Column, &stakes) - baseline;
            prop_assert!((own - slope * others).abs() < 1e-10, "{own} {others}");
        }
    }
}
