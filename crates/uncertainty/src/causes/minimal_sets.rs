use crate::{SetFunction, UncertaintyError};

impl SetFunction {
    /// The smallest sets of causes that bring the outcome about: sets of value 1 of which no
    /// proper subset has value 1. Sorted by size, then by number; `[0]` if it comes about without
    /// any cause, empty if nothing brings it about. `O(n 2ⁿ)`.
    ///
    /// The function need not be monotone, so a set that *contains* a minimal one may have value 0.
    ///
    /// # Errors
    /// [`UncertaintyError::BadElement`] naming the first set whose value is neither 0 nor 1.
    pub fn minimal_sets(&self) -> Result<Vec<u32>, UncertaintyError> {
        let neither = |value: &f64| ![0.0, 1.0].contains(value);
        if let Some(position) = self.values().iter().position(neither) {
            return Err(UncertaintyError::BadElement {
                list: "values of a set function",
                position,
                given: self.values()[position],
                expected: "0 or 1, since minimal sets are of outcomes that happen or do not",
            });
        }
        Ok(minimal(self.n_causes(), |set| {
            self.values()[set as usize] > 0.5
        }))
    }
}

/// The sets that `reaches` of which no proper subset does, by size, then by number. `O(n 2ⁿ)`.
pub(crate) fn minimal(n_causes: usize, reaches: impl Fn(u32) -> bool) -> Vec<u32> {
    let mut minimal = Vec::new();
    // Whether the set or a subset of it reaches. Removing a cause lowers the number, so every
    // proper subset is settled before the set.
    let mut reached = vec![false; 1 << n_causes];
    for set in 0..1_usize << n_causes {
        let smaller = (0..n_causes)
            .filter(|cause| set & (1 << cause) != 0)
            .any(|cause| reached[set & !(1 << cause)]);
        let hit = !smaller && reaches(set as u32);
        reached[set] = smaller || hit;
        if hit {
            minimal.push(set as u32);
        }
    }
    minimal.sort_by_key(|set: &u32| (set.count_ones(), *set));
    minimal
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn function(n_causes: usize, value: impl Fn(u32) -> bool) -> SetFunction {
        SetFunction::from_fn(n_causes, |set| f64::from(u8::from(value(set)))).unwrap()
    }

    #[test]
    fn the_worked_case() {
        // {2, 3} and {2, 4, 5} with barrier 2 on bit 0.
        let worked = function(4, |set| set & 3 == 3 || set & 13 == 13);
        assert_eq!(worked.minimal_sets(), Ok(vec![0b0011, 0b1101]));
    }

    #[test]
    fn small_sets_come_first() {
        let worked = function(3, |set| set == 4 || set & 3 == 3);
        assert_eq!(worked.minimal_sets(), Ok(vec![0b100, 0b011]));
    }

    #[test]
    fn always_and_never() {
        assert_eq!(function(3, |_| true).minimal_sets(), Ok(vec![0]));
        assert_eq!(function(3, |_| false).minimal_sets(), Ok(vec![]));
        let error = SetFunction::new(1, vec![0.0, 0.5]).unwrap().minimal_sets();
        assert_eq!(
            error.unwrap_err().to_string(),
            "values of a set function: position 1 holds 0.5; expected 0 or 1, since minimal sets \
             are of outcomes that happen or do not"
        );
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(bits in prop::collection::vec(any::<bool>(), 32)) {
            let happens = |set: u32| bits[set as usize];
            let minimal = function(5, happens).minimal_sets().unwrap();
            for set in 0..32_u32 {
                let by_definition = happens(set) && (0..set).all(|other| other & set != other || !happens(other));
                prop_assert_eq!(minimal.contains(&set), by_definition, "{}", set);
            }
            prop_assert!(minimal.is_sorted_by_key(|set| (set.count_ones(), *set)));
        }
    }
}
