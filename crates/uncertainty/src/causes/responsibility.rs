use crate::{SetFunction, causes::minimal_sets::minimal};

impl SetFunction {
    /// The actual causes of the outcome as it is, where a set is the causes that are *removed* and
    /// a value above ½ says that the outcome then happens: the smallest sets whose removal turns
    /// the outcome into its opposite, sorted by size, then by number. Empty if no removal does.
    /// `O(n 2ⁿ)`.
    ///
    /// That is the modified definition of Halpern (2015) where causes do not act through each
    /// other: whatever is not removed stays as it is, so a set is a cause if changing all of it
    /// changes the outcome and changing part of it does not. The function need not be monotone:
    /// then removing *more* than an actual cause may restore the outcome. For a function of
    /// values 0 and 1, 0 with nothing removed, these are its [`minimal_sets`](Self::minimal_sets).
    #[must_use]
    pub fn actual_causes(&self) -> Vec<u32> {
        minimal(self.n_causes(), |set| self.flipped(set))
    }

    /// How responsible each cause is for the outcome as it is (Chockler & Halpern 2004): `1/(k+1)`,
    /// where `k` is the least number of *other* causes whose removal leaves the outcome as it is but
    /// makes it hinge on this one; 0 if no removal does. Sets and outcomes as in
    /// [`actual_causes`](Self::actual_causes). `O(n 2ⁿ)`.
    ///
    /// If removing more never undoes what removing less did (a monotone function), this is
    /// 1/(size of the smallest actual cause that it belongs to); otherwise it may be positive for a
    /// cause that belongs to none, see
    /// [`responsibilities_modified`](Self::responsibilities_modified).
    ///
    /// ```
    /// use detente_uncertainty::SetFunction;
    /// // Eleven votes to none: five must change before any single one decides.
    /// let vote = SetFunction::from_fn(11, |changed| f64::from(u8::from(changed.count_ones() >= 6)))?;
    /// assert_eq!(vote.responsibilities()[0], 1.0 / 6.0);
    /// # Ok::<(), detente_uncertainty::UncertaintyError>(())
    /// ```
    #[must_use]
    pub fn responsibilities(&self) -> Vec<f64> {
        let critical = |set: u32, cause: usize| {
            set & (1 << cause) == 0 && !self.flipped(set) && self.flipped(set | 1 << cause)
        };
        self.one_over(|set, cause| critical(set, cause).then(|| set.count_ones() + 1))
    }

    /// How responsible each cause is for the outcome by the modified definition (Halpern 2015):
    /// 1/(size of the smallest [actual cause](Self::actual_causes) that it belongs to), 0 if it
    /// belongs to none. `O(n 2ⁿ)`.
    #[must_use]
    pub fn responsibilities_modified(&self) -> Vec<f64> {
        let mut responsibilities = vec![0.0; self.n_causes()];
        for set in self.actual_causes() {
            for (cause, responsibility) in responsibilities.iter_mut().enumerate() {
                if set & (1 << cause) != 0 {
                    // Sets come by size, so that the first one is the smallest.
                    *responsibility = f64::max(*responsibility, 1.0 / f64::from(set.count_ones()));
                }
            }
        }
        responsibilities
    }

    /// Whether removing the set turns the outcome into its opposite.
    fn flipped(&self, set: u32) -> bool {
        (self.values()[set as usize] > 0.5) != (self.values()[0] > 0.5)
    }

    /// For each cause, one over the least number that any set gives it; 0 if none gives one.
    fn one_over(&self, number: impl Fn(u32, usize) -> Option<u32>) -> Vec<f64> {
        let sets = self.values().len() as u32;
        (0..self.n_causes())
            .map(|cause| {
                let least = (0..sets).filter_map(|set| number(set, cause)).min();
                least.map_or(0.0, |least| 1.0 / f64::from(least))
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn function(n_causes: usize, value: impl Fn(u32) -> bool) -> SetFunction {
        SetFunction::from_fn(n_causes, |set| f64::from(u8::from(value(set)))).unwrap()
    }

    #[test]
    fn votes() {
        // Eleven to none; six to five, where only the majority's votes are causes.
        let unanimous = function(11, |changed| changed.count_ones() >= 6);
        assert_eq!(unanimous.responsibilities(), [1.0 / 6.0; 11]);
        assert_eq!(unanimous.actual_causes().len(), 462);
        let close = function(11, |changed| {
            let (lost, won) = (changed & 0x3f, changed >> 6);
            6 - lost.count_ones() + won.count_ones() < 6
        });
        let expected: Vec<f64> = (0..11)
            .map(|voter| f64::from(u8::from(voter < 6)))
            .collect();
        assert_eq!(close.responsibilities(), expected);
        assert_eq!(close.responsibilities_modified(), expected);
    }

    #[test]
    fn barriers_that_must_fall_together() {
        let worked = function(4, |set| set & 3 == 3 || set & 13 == 13);
        assert_eq!(worked.actual_causes(), worked.minimal_sets().unwrap());
        assert_eq!(worked.responsibilities(), [0.5, 0.5, 1.0 / 3.0, 1.0 / 3.0]);
    }

    #[test]
    fn outcomes_that_happen_are_explained_too_and_constants_have_no_cause() {
        let lost = function(2, |set| set != 3);
        assert_eq!(lost.actual_causes(), [3]);
        assert_eq!(lost.responsibilities(), [0.5, 0.5]);
        let constant = function(2, |_| true);
        assert_eq!(constant.actual_causes(), [0_u32; 0]);
        assert_eq!(constant.responsibilities(), [0.0, 0.0]);
        assert_eq!(constant.responsibilities_modified(), [0.0, 0.0]);
    }

    #[test]
    fn without_monotony_the_definitions_part() {
        // Removing cause 0 alone flips, removing 0 and 1 restores, and then 2 decides: critical
        // after two changes, but part of no smallest set.
        let odd = function(3, |set| set == 0b001 || set == 0b111);
        assert_eq!(odd.actual_causes(), [0b001]);
        assert_eq!(odd.responsibilities_modified(), [1.0, 0.0, 0.0]);
        assert_eq!(odd.responsibilities()[2], 1.0 / 3.0);
    }

    fn monotone() -> impl Strategy<Value = SetFunction> {
        prop::collection::vec(0..32_u32, 0..5)
            .prop_map(|paths| function(5, |set| paths.iter().any(|path| set & path == *path)))
    }

    proptest! {
        #[test]
        fn on_monotone_functions_the_definitions_agree(function in monotone()) {
            prop_assert_eq!(function.responsibilities(), function.responsibilities_modified());
        }

        #[test]
        fn agrees_with_the_definitions(values in prop::collection::vec(any::<bool>(), 16)) {
            let function = function(4, |set| values[set as usize]);
            let flips = |set: u32| values[set as usize] != values[0];
            let causes: Vec<u32> = (0..16)
                .filter(|&set| flips(set) && (0..set).all(|part| part & set != part || !flips(part)))
                .collect();
            let mut found = function.actual_causes();
            found.sort_unstable();
            prop_assert_eq!(found, causes);
            for (cause, found) in function.responsibilities().into_iter().enumerate() {
                let mut expected = 0.0;
                for k in (0..4_u32).rev() {
                    if (0..16_u32).any(|set| set.count_ones() == k && set >> cause & 1 == 0 && !flips(set) && flips(set | 1 << cause)) {
                        expected = 1.0 / f64::from(k + 1);
                    }
                }
                prop_assert_eq!(found, expected);
            }
        }
    }
}
