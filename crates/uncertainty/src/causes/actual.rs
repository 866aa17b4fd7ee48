use crate::{
    UncertaintyError,
    causes::{CausalModel, Intervention, minimal_sets::minimal},
};

/// The subsets of a set, from the empty one up.
fn subsets(set: u32) -> impl Iterator<Item = u32> {
    let mut next = Some(0_u32);
    std::iter::from_fn(move || {
        let subset = next?;
        // Counting within the bits of the set.
        let following = (subset | !set).wrapping_add(1) & set;
        next = (following != 0).then_some(following);
        Some(subset)
    })
}

/// A context, what actually happened in it, and the effect to be explained.
struct Case<'a> {
    model: &'a CausalModel,
    context: u32,
    actual: u32,
    effect: usize,
}

impl Case<'_> {
    /// Whether the effect comes out otherwise if the variables of a set are turned into their
    /// opposites and others are held as they are.
    fn undone(&self, turned: u32, held: u32) -> bool {
        let intervention = Intervention {
            held: turned | held,
            values: self.actual ^ turned,
        };
        let state = self.model.state(self.context, intervention);
        (state ^ self.actual) >> self.effect & 1 == 1
    }

    /// Whether the set is enough of a change, with some others held as they are.
    fn enough(&self, turned: u32, relevant: u32) -> bool {
        subsets(relevant & !turned).any(|held| self.undone(turned, held))
    }

    /// Whether the effect hinges on `cause` once the variables of `turned` are turned and those of
    /// `held` kept: without the cause it is undone; with it, it stays whichever of the other
    /// variables are put back to what they were.
    fn hinges(&self, cause: u32, turned: u32, held: u32, rest: u32) -> bool {
        self.undone(cause | turned, held)
            && subsets(rest).all(|restored| !self.undone(turned, held | restored | cause))
    }
}

impl CausalModel {
    /// The actual causes of the effect variable's being as it is in a context, by the modified
    /// definition (Halpern 2015), each a set of variables; sorted by size, then by number.
    ///
    /// A set is a cause if the effect is undone when all of it is turned into its opposite while
    /// some other variables are held *at their actual values*, and no part of the set is: not the
    /// cause is asked to stand out, but what it was preempted by is kept from acting. Where several
    /// must change together, each is *part of* a cause. The effect itself is not counted among its
    /// causes. `O(3ⁿ)` states for `n` variables on which the effect depends.
    ///
    /// # Errors
    /// [`UncertaintyError::NoSuchNumber`] if there is no variable of that number.
    pub fn actual_causes(&self, context: u32, effect: usize) -> Result<Vec<u32>, UncertaintyError> {
        let case = self.case(context, effect)?;
        let relevant = self.ancestors(effect);
        // Only subsets of the relevant variables can be minimal.
        let candidate = |set: u32| set & !relevant == 0 && case.enough(set, relevant);
        Ok(minimal(self.n_variables(), candidate))
    }

    /// How responsible a variable is for the effect (Chockler & Halpern 2004): `1/(k+1)`, where `k`
    /// is the least number of other variables that must be *changed* for the effect to hinge on it;
    /// 0 if it is no cause.
    ///
    /// Cause is meant there in the original sense (Halpern & Pearl 2001): contingencies may hold
    /// others at values that they did not have, if the effect stays while the variable does,
    /// whichever variables outside the contingency are put back to their actual values. `O(4ⁿ)`
    /// states at worst for `n` variables on which the effect depends; far fewer if `k` is small.
    ///
    /// [`responsibility_modified`](Self::responsibility_modified) counts by the later definition.
    /// They agree where causes do not act through each other and only ever further the effect.
    ///
    /// # Errors
    /// [`UncertaintyError::NoSuchNumber`] if there are no variables of these numbers.
    pub fn responsibility(
        &self,
        context: u32,
        effect: usize,
        variable: usize,
    ) -> Result<f64, UncertaintyError> {
        self.check_variable(variable)?;
        let case = self.case(context, effect)?;
        let (relevant, cause) = (self.ancestors(effect), 1 << variable);
        if relevant & cause == 0 {
            return Ok(0.0);
        }
        let others = relevant & !cause;
        for changes in 0..=others.count_ones() {
            let critical = subsets(others)
                .filter(|turned| turned.count_ones() == changes)
                .any(|turned| {
                    let kept = others & !turned;
                    subsets(kept).any(|held| case.hinges(cause, turned, held, kept & !held))
                });
            if critical {
                return Ok(1.0 / f64::from(changes + 1));
            }
        }
        Ok(0.0)
    }

    /// How responsible a variable is for the effect by the modified definition (Halpern 2015): 1/(size
    /// of the smallest [actual cause](Self::actual_causes) that it is part of), 0 if it is part of
    /// none.
    ///
    /// # Errors
    /// As [`responsibility`](Self::responsibility).
    pub fn responsibility_modified(
        &self,
        context: u32,
        effect: usize,
        variable: usize,
    ) -> Result<f64, UncertaintyError> {
        self.check_variable(variable)?;
        let causes = self.actual_causes(context, effect)?;
        let smallest = causes.into_iter().find(|set| set >> variable & 1 == 1);
        Ok(smallest.map_or(0.0, |set| 1.0 / f64::from(set.count_ones())))
    }

    fn case(&self, context: u32, effect: usize) -> Result<Case<'_>, UncertaintyError> {
        self.check_variable(effect)?;
        Ok(Case {
            model: self,
            context,
            actual: self.state(context, Intervention::default()),
            effect,
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::SetFunction;

    /// Copies of the context and one variable that follows from them.
    fn flat(n: usize, effect: impl Fn(&[bool]) -> bool) -> CausalModel {
        let mut builder = CausalModel::builder(n).unwrap();
        let causes: Vec<usize> = (0..n)
            .map(|i| builder.copy_of_context(i).unwrap())
            .collect();
        builder.variable(&causes, effect).unwrap();
        builder.build()
    }

    fn majority(votes: &[bool]) -> bool {
        2 * votes.iter().filter(|&&vote| vote).count() > votes.len()
    }

    #[test]
    fn forest_fire() {
        // Lightning and a match: if both are needed each is a cause, if either does, only both.
        let conjunctive = flat(2, |p| p[0] && p[1]);
        assert_eq!(conjunctive.actual_causes(0b11, 2), Ok(vec![0b01, 0b10]));
        assert_eq!(conjunctive.responsibility(0b11, 2, 0), Ok(1.0));
        let disjunctive = flat(2, |p| p[0] || p[1]);
        assert_eq!(disjunctive.actual_causes(0b11, 2), Ok(vec![0b11]));
        assert_eq!(disjunctive.actual_causes(0b01, 2), Ok(vec![0b01]));
        assert_eq!(disjunctive.responsibility(0b11, 2, 1), Ok(0.5));
        assert_eq!(disjunctive.responsibility_modified(0b11, 2, 1), Ok(0.5));
        assert_eq!(disjunctive.responsibility(0b01, 2, 1), Ok(0.0));
    }

    #[test]
    fn votes() {
        let vote = flat(11, majority);
        // Eleven to none, and six to five: the majority's votes are causes, the others are not.
        assert_eq!(vote.responsibility(0x7ff, 11, 3), Ok(1.0 / 6.0));
        assert_eq!(vote.responsibility(0x3f, 11, 3), Ok(1.0));
        assert_eq!(vote.responsibility(0x3f, 11, 8), Ok(0.0));
        assert_eq!(vote.responsibility_modified(0x3f, 11, 3), Ok(1.0));
        let five = flat(5, majority);
        assert_eq!(five.actual_causes(0b11111, 5).unwrap().len(), 10);
        assert_eq!(five.responsibility_modified(0b11111, 5, 0), Ok(1.0 / 3.0));
    }

    #[test]
    fn preemption() {
        let mut builder = CausalModel::builder(2).unwrap();
        let [suzy, billy] = [0, 1].map(|context| builder.copy_of_context(context).unwrap());
        let suzy_hits = builder.variable(&[suzy], |p| p[0]).unwrap();
        let billy_hits = builder
            .variable(&[billy, suzy_hits], |p| p[0] && !p[1])
            .unwrap();
        let shatters = builder
            .variable(&[suzy_hits, billy_hits], |p| p[0] || p[1])
            .unwrap();
        let model = builder.build();
        let causes = model.actual_causes(0b11, shatters).unwrap();
        assert_eq!(causes, [1 << suzy, 1 << suzy_hits]);
        for (variable, expected) in [
            (suzy, 1.0),
            (suzy_hits, 1.0),
            (billy, 0.0),
            (billy_hits, 0.0),
        ] {
            assert_eq!(
                model.responsibility(0b11, shatters, variable),
                Ok(expected),
                "{variable}"
            );
            assert_eq!(
                model.responsibility_modified(0b11, shatters, variable),
                Ok(expected)
            );
        }
        // Without Suzy it is Billy's doing.
        assert_eq!(model.actual_causes(0b10, shatters).unwrap()[0], 1 << billy);
    }

    #[test]
    fn nothing_explains_itself_or_a_constant() {
        let constant = flat(3, |_| true);
        assert_eq!(constant.actual_causes(0b101, 3), Ok(vec![]));
        assert_eq!(constant.responsibility(0b101, 3, 3), Ok(0.0));
        assert_eq!(constant.responsibility(0b101, 3, 0), Ok(0.0));
        assert_eq!(constant.actual_causes(0b101, 0), Ok(vec![]));
    }

    /// The definition without short cuts: some set of other variables held as they are, and some
    /// setting of the candidates, undo the effect; no proper subset of the candidates can.
    fn by_definition(model: &CausalModel, context: u32, effect: usize) -> Vec<u32> {
        let all = (1_u32 << model.n_variables()) - 1;
        let actual = model.state(context, Intervention::default());
        let can = |set: u32| {
            (0..=all).filter(|held| held & set == 0).any(|held| {
                (0..=all).filter(|values| values & !set == 0).any(|values| {
                    let state = model.state(
                        context,
                        Intervention {
                            held: held | set,
                            values: (actual & !set) | values,
                        },
                    );
                    (state ^ actual) >> effect & 1 == 1
                })
            })
        };
        let able: Vec<bool> = (0..=all).map(can).collect();
        (1..=all)
            .filter(|set| set >> effect & 1 == 0 && able[*set as usize])
            .filter(|set| (0..*set).all(|part| part & set != part || !able[part as usize]))
            .collect()
    }

    proptest! {
        #[test]
        fn agrees_with_the_definition(tables in prop::collection::vec(any::<u8>(), 4), context in 0..4_u32) {
            let mut builder = CausalModel::builder(2).unwrap();
            let mut all: Vec<usize> = (0..2).map(|i| builder.copy_of_context(i).unwrap()).collect();
            for table in tables {
                let parents: Vec<usize> = all.iter().rev().take(3).copied().collect();
                let row = |values: &[bool]| values.iter().rev().fold(0_u32, |row, &is| row << 1 | u32::from(is));
                all.push(builder.variable(&parents, |values| table >> row(values) & 1 == 1).unwrap());
            }
            let model = builder.build();
            let mut found = model.actual_causes(context, 5).unwrap();
            found.sort_unstable();
            prop_assert_eq!(found, by_definition(&model, context, 5));
        }

        #[test]
        fn flat_models_agree_with_set_functions(values in prop::collection::vec(any::<bool>(), 16), context in 0..16_u32) {
            let row = |values: &[bool]| values.iter().rev().fold(0_usize, |row, &is| row << 1 | usize::from(is));
            let model = flat(4, |p| values[row(p)]);
            let turned = SetFunction::from_fn(4, |set| f64::from(u8::from(values[(context ^ set) as usize]))).unwrap();
            prop_assert_eq!(model.actual_causes(context, 4).unwrap(), turned.actual_causes());
            for variable in 0..4 {
                prop_assert_eq!(model.responsibility(context, 4, variable).unwrap(), turned.responsibilities()[variable]);
                prop_assert_eq!(model.responsibility_modified(context, 4, variable).unwrap(), turned.responsibilities_modified()[variable]);
            }
        }
    }
}
