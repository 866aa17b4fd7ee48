use crate::{Proportion, UncertaintyError};

/// How often each pair of outcomes occurred, one pair a draw: the outcome with the cause in place
/// and the outcome without it, everything else the same.
///
/// The four counts are the four ways of responding to the cause; a draw knows its own because both
/// of its outcomes are computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Pairs {
    /// The effect with the cause and without it: it comes about anyway.
    pub always: u64,
    /// The effect with the cause only: the cause makes the difference.
    pub with_only: u64,
    /// The effect without the cause only: the cause prevents it.
    pub without_only: u64,
    /// No effect, with the cause or without it.
    pub never: u64,
}

impl FromIterator<(bool, bool)> for Pairs {
    /// Counts pairs of (effect with the cause, effect without it). `O(n)`.
    fn from_iter<I: IntoIterator<Item = (bool, bool)>>(pairs: I) -> Self {
        let mut counts = Self::default();
        for pair in pairs {
            *match pair {
                (true, true) => &mut counts.always,
                (true, false) => &mut counts.with_only,
                (false, true) => &mut counts.without_only,
                (false, false) => &mut counts.never,
            } += 1;
        }
        counts
    }
}

/// The probabilities of causation of a binary cause `x` for a binary effect `y`, counted over draws
/// (Pearl 2009, ch. 9; Tian & Pearl 2000).
///
/// With `y_x` for "the effect, had the cause been in place" and `x′`, `y′` for their absence:
///
/// - necessity `PN = P(y′_{x′} | y_x)`: of the draws with the effect under the cause, the share in
///   which it would not have come about without it;
/// - sufficiency `PS = P(y_x | y′_{x′})`: of the draws without the effect in the absence of the
///   cause, the share in which the cause would have brought it about;
/// - necessity and sufficiency `PNS = P(y_x, y′_{x′})`: the share in which it makes the difference.
///
/// Each is a counterfactual, found in three steps: *abduction*, the background conditions are drawn
/// from what is believed of them given the record; *action*, the cause is put in place or taken
/// away; *prediction*, the same background is followed to the effect. A model that computes both
/// outcomes of every draw **on common random numbers** does just that, so the chances are counted
/// here, not bounded. They take the cause to be assigned independently of the background, as in
/// such a model it is; for records in which it was not, see [`Evidence`](crate::causes::Evidence).
///
/// ```
/// use detente_uncertainty::causes::Necessity;
/// // Distrust in place: no agreement (the effect) in three draws; taken away: in one of them still.
/// let pairs = [(true, false), (true, true), (true, false), (false, false)];
/// let distrust = Necessity::of(pairs)?;
/// assert_eq!(distrust.necessity.unwrap().estimate().get(), 2.0 / 3.0);
/// assert_eq!(distrust.sufficiency.unwrap().estimate().get(), 2.0 / 3.0);
/// assert_eq!(distrust.both.estimate().get(), 0.5);
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Necessity {
    /// The counts behind the rest.
    pub pairs: Pairs,
    /// PN; `None` if the effect never occurred under the cause.
    pub necessity: Option<Proportion>,
    /// PS; `None` if the effect occurred in every draw without the cause.
    pub sufficiency: Option<Proportion>,
    /// PNS.
    pub both: Proportion,
}

impl Necessity {
    /// From the counts of a two-by-two table.
    ///
    /// # Errors
    /// [`UncertaintyError::EmptySample`] if all counts are 0, [`UncertaintyError::OutOfRange`] if
    /// their sum does not fit 64 bits.
    pub fn from_pairs(pairs: Pairs) -> Result<Self, UncertaintyError> {
        let total = u128::from(pairs.always)
            + u128::from(pairs.with_only)
            + u128::from(pairs.without_only)
            + u128::from(pairs.never);
        let n = u64::try_from(total).map_err(|_| UncertaintyError::OutOfRange {
            parameter: "number of paired draws",
            given: total as f64,
            expected: "at most 2^64 - 1",
        })?;
        // Neither partial sum overflows, since the whole does not.
        Ok(Self {
            pairs,
            necessity: Proportion::new(pairs.with_only, pairs.with_only + pairs.always).ok(),
            sufficiency: Proportion::new(pairs.with_only, pairs.with_only + pairs.never).ok(),
            both: Proportion::new(pairs.with_only, n)?,
        })
    }

    /// From pairs of (effect with the cause, effect without it), one a draw. `O(n)`.
    ///
    /// # Errors
    /// [`UncertaintyError::EmptySample`] if there are none.
    pub fn of(pairs: impl IntoIterator<Item = (bool, bool)>) -> Result<Self, UncertaintyError> {
        Self::from_pairs(pairs.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn counted(always: u64, with_only: u64, without_only: u64, never: u64) -> Necessity {
        Necessity::from_pairs(Pairs {
            always,
            with_only,
            without_only,
            never,
        })
        .unwrap()
    }

    #[test]
    fn worked_numbers() {
        let worked = counted(10, 30, 5, 55);
        assert_eq!(worked.necessity, Proportion::new(30, 40).ok());
        assert_eq!(worked.sufficiency, Proportion::new(30, 85).ok());
        assert_eq!(worked.both, Proportion::new(30, 100).unwrap());
    }

    #[test]
    fn a_condition_that_never_occurs_leaves_no_chance() {
        let impossible = counted(0, 0, 3, 7);
        assert_eq!(impossible.necessity, None);
        assert_eq!(impossible.sufficiency, Proportion::new(0, 7).ok());
        let inevitable = counted(7, 0, 3, 0);
        assert_eq!(inevitable.sufficiency, None);
        assert_eq!(inevitable.necessity, Proportion::new(0, 7).ok());
    }

    #[test]
    fn no_draws_and_too_many() {
        assert!(matches!(
            Necessity::of([]),
            Err(UncertaintyError::EmptySample { .. })
        ));
        let pairs = Pairs {
            always: u64::MAX,
            never: 1,
            ..Pairs::default()
        };
        assert!(matches!(
            Necessity::from_pairs(pairs),
            Err(UncertaintyError::OutOfRange { .. })
        ));
        assert_eq!(counted(u64::MAX, 0, 0, 0).both.n(), u64::MAX);
    }

    proptest! {
        #[test]
        fn agrees_with_the_definitions(pairs in prop::collection::vec(any::<(bool, bool)>(), 1..60)) {
            let counted = Necessity::of(pairs.clone()).unwrap();
            let share = |of: &dyn Fn(&&(bool, bool)) -> bool, hit: &dyn Fn(&(bool, bool)) -> bool| {
                Proportion::of(pairs.iter().filter(of).map(hit)).ok()
            };
            prop_assert_eq!(counted.necessity, share(&|pair| pair.0, &|pair| !pair.1));
            prop_assert_eq!(counted.sufficiency, share(&|pair| !pair.1, &|pair| pair.0));
            prop_assert_eq!(Some(counted.both), share(&|_| true, &|pair| pair.0 && !pair.1));
            // Without prevention, PNS is the effect of the cause on the chance: P(y_x) − P(y_x′).
            if counted.pairs.without_only == 0 {
                let count = |side: fn(&(bool, bool)) -> bool| pairs.iter().filter(|pair| side(pair)).count() as u64;
                prop_assert_eq!(counted.both.successes(), count(|pair| pair.0) - count(|pair| pair.1));
            }
        }
    }
}
