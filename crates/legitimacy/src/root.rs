//! Where a continuous increasing function crosses zero.

use crate::LegitimacyError;

/// A number found by bisection or in closed form, with what is known of its error.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Root {
    /// The number.
    pub value: f64,
    /// It is off by no more than this, but for rounding in the survival curve itself; 0 where a
    /// closed form was used.
    pub error: f64,
    /// How often the leader's margin was evaluated; 0 where a closed form was used.
    pub evaluations: u32,
}

impl Root {
    pub(crate) const fn exact(value: f64) -> Self {
        Self {
            value,
            error: 0.0,
            evaluations: 0,
        }
    }
}

/// The root of the increasing `function` between 0 and `end` (of either sign), as [`between`].
pub(crate) fn between_zero_and(
    end: f64,
    function: impl Fn(f64) -> Result<f64, LegitimacyError>,
) -> Result<Root, LegitimacyError> {
    between(end.min(0.0), end.max(0.0), function)
}

/// The root of the increasing `function` between `low` and `high`, on which it is known to change
/// sign. Bisection to four units in the last place: some 50 evaluations, and no more than about
/// 1,100 (a root that vanishes against the ends).
pub(crate) fn between(
    mut low: f64,
    mut high: f64,
    function: impl Fn(f64) -> Result<f64, LegitimacyError>,
) -> Result<Root, LegitimacyError> {
    let mut evaluations = 0;
    while high - low > 4.0 * f64::EPSILON * low.abs().max(high.abs()) {
        let middle = f64::midpoint(low, high);
        if middle <= low || middle >= high {
            break;
        }
        evaluations += 1;
        if function(middle)? <= 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(Root {
        value: f64::midpoint(low, high),
        error: (high - low) / 2.0,
        evaluations,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_empty_bracket_is_its_own_root() {
        assert_eq!(between_zero_and(0.0, Ok).unwrap(), Root::exact(0.0));
    }

    #[test]
    fn a_vanishing_root_still_ends() {
        let root = between_zero_and(-f64::MAX, Ok).unwrap();
        assert!(
            root.value.abs() <= root.error + f64::MIN_POSITIVE,
            "{root:?}"
        );
        assert!(root.evaluations < 2200, "{root:?}");
    }

    #[test]
    fn an_error_in_the_function_is_passed_on() {
        let refuse = |given| Err(LegitimacyError::OffLinearCurve { given });
        assert_eq!(
            between_zero_and(1.0, refuse),
            Err(LegitimacyError::OffLinearCurve { given: 0.5 })
        );
    }

    proptest! {
        #[test]
        fn the_root_lies_within_the_stated_error(at in -1e3..1e3_f64, beyond in 1.0..1e6_f64) {
            let root = between_zero_and(at * beyond, |x| Ok((x - at).powi(3))).unwrap();
            prop_assert!((root.value - at).abs() <= root.error + 1e-15 * at.abs());
            prop_assert!(root.error <= 1e-15 * at.abs());
            prop_assert!(root.evaluations < 90);
        }
    }
}
