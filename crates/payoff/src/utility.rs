use crate::{
    Agreements, PayoffError,
    error::{finite, matching},
    parallel,
    space::check_option,
};

mod additive;
mod product;

pub(crate) use additive::Additive;

/// What two options of different issues are worth together, over and above what each is worth
/// alone. `value` has either sign: logrolling that pays twice, or concessions that hurt more
/// together.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Interaction {
    /// An issue and its option.
    pub first: (usize, usize),
    /// Another issue and its option.
    pub second: (usize, usize),
    /// What the two add together, in units of the party's payoff.
    pub value: f64,
}

/// A party's payoff from agreements: additive over issues with interactions between pairs of
/// issues, or a table with one payoff for each feasible agreement. Finite throughout.
///
/// Additive: `U(x) = constant + Σ_i table_i(x_i) + Σ interactions whose two options are in x`,
/// summed in a fixed order (the constant, then issue by issue, an interaction with the later of
/// its two issues), so that the same agreement has the same payoff to the last bit however it is
/// reached. Numbers that are short decimals ([`DecimalScale`](crate::DecimalScale)) are summed without
/// rounding and the sum rounded once: it is the double that stands for the sum on paper, so comparing it
/// with a nonagreement payoff tells gains from ties exactly. What another party's numbers are like
/// makes no difference.
///
/// ```
/// use detente_payoff::{AgreementSpace, Interaction, Utility};
///
/// let utility = Utility::additive(1.0, vec![vec![0.0, 4.0], vec![0.0, 2.0]])?
///     .with_interaction(Interaction { first: (0, 1), second: (1, 1), value: -3.0 })?;
/// let mut payoffs = [0.0; 4];
/// utility.tabulate(&AgreementSpace::new(&[2, 2])?.enumerate()?, &mut payoffs)?;
/// assert_eq!(payoffs, [1.0, 3.0, 5.0, 4.0]);
/// # Ok::<(), detente_payoff::PayoffError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Utility(pub(crate) Form);

#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "lowercase"))]
pub(crate) enum Form {
    Additive(Additive),
    Table(Vec<f64>),
}

impl Utility {
    /// The payoff that is `constant` plus `tables[i][o]` for each issue `i` settled at option `o`.
    ///
    /// # Errors
    /// [`PayoffError::NoIssues`], [`PayoffError::NoOptions`]; [`PayoffError::NotFinite`] naming
    /// the number that is NaN or infinite; [`PayoffError::Overflow`] if the largest numbers could
    /// add up to an infinity.
    pub fn additive(constant: f64, tables: Vec<Vec<f64>>) -> Result<Self, PayoffError> {
        if tables.is_empty() {
            return Err(PayoffError::NoIssues);
        }
        finite(|| "constant of the utility".to_owned(), constant)?;
        for (issue, table) in tables.iter().enumerate() {
            if table.is_empty() {
                return Err(PayoffError::NoOptions { issue });
            }
            for (option, &value) in table.iter().enumerate() {
                finite(
                    || format!("payoff of option {option} of issue {issue}"),
                    value,
                )?;
            }
        }
        Additive {
            constant,
            tables,
            interactions: Vec::new(),
            decimals: None,
        }
        .bounded()
    }

    /// The same payoff with an interaction added. Interactions on the same two options add up.
    ///
    /// # Errors
    /// [`PayoffError::NotAdditive`] for a table, [`PayoffError::SelfInteraction`],
    /// [`PayoffError::UnknownIssue`], [`PayoffError::UnknownOption`],
    /// [`PayoffError::NotFinite`], [`PayoffError::Overflow`].
    pub fn with_interaction(self, interaction: Interaction) -> Result<Self, PayoffError> {
        let Form::Additive(mut additive) = self.0 else {
            return Err(PayoffError::NotAdditive {
                purpose: "an interaction between issues",
            });
        };
        let sizes: Vec<usize> = additive.tables.iter().map(Vec::len).collect();
        let Interaction {
            first,
            second,
            value,
        } = interaction;
        for (issue, option) in [first, second] {
            check_option(&sizes, issue, option)?;
        }
        if first.0 == second.0 {
            return Err(PayoffError::SelfInteraction { issue: first.0 });
        }
        finite(
            || format!("interaction of {first:?} with {second:?}"),
            value,
        )?;
        additive.insert(Interaction {
            first: first.min(second),
            second: first.max(second),
            value,
        });
        additive.bounded()
    }

    /// The payoff given for each feasible agreement, in the order of [`Agreements`].
    ///
    /// # Errors
    /// [`PayoffError::NotFinite`] naming the agreement whose payoff is NaN or infinite.
    pub fn table(values: Vec<f64>) -> Result<Self, PayoffError> {
        for (agreement, &value) in values.iter().enumerate() {
            finite(|| format!("payoff of agreement {agreement}"), value)?;
        }
        Ok(Self(Form::Table(values)))
    }

    /// Every number that was coded.
    pub(crate) fn numbers(&self) -> Vec<f64> {
        match &self.0 {
            Form::Additive(additive) => additive.numbers().collect(),
            Form::Table(values) => values.clone(),
        }
    }

    /// The utility with every number replaced.
    pub(crate) fn map(&self, of: impl Fn(f64) -> f64) -> Result<Self, PayoffError> {
        match &self.0 {
            Form::Additive(additive) => additive.map(of).bounded(),
            Form::Table(values) => Self::table(values.iter().copied().map(of).collect()),
        }
    }

    /// The payoff of one agreement, given by its options: the number, to the last bit, that
    /// [`tabulate`](Self::tabulate) gives. O(issues · log interactions), and O(options) for decimals.
    ///
    /// # Errors
    /// [`PayoffError::NotAdditive`] for a table, which knows agreements only by their place;
    /// [`PayoffError::Mismatch`] or [`PayoffError::UnknownOption`] if the options do not fit.
    pub fn at(&self, agreement: &[u32]) -> Result<f64, PayoffError> {
        let Form::Additive(additive) = &self.0 else {
            return Err(PayoffError::NotAdditive {
                purpose: "the payoff of an agreement given by its options",
            });
        };
        matching(
            || "agreement".to_owned(),
            agreement.len(),
            additive.tables.len(),
        )?;
        let (additive, scale) = additive.to_add_up();
        let mut sum = additive.constant;
        for (issue, &option) in agreement.iter().enumerate() {
            let (n_options, option) = (additive.tables[issue].len(), option as usize);
            if option >= n_options {
                return Err(PayoffError::UnknownOption {
                    issue,
                    option,
                    n_options,
                });
            }
            sum = additive.settle(sum, agreement, issue, additive.ending_at((issue, option)));
        }
        Ok(scale.map_or(sum, |scale| scale.coded(sum, 1)) + 0.0)
    }

    /// Writes the payoff of every agreement to `out`, in order. O(agreements · issues) at worst;
    /// sums over the issues that an agreement shares with the one before it are not repeated.
    ///
    /// # Errors
    /// [`PayoffError::Mismatch`] if `out`, the issues or the table do not fit the agreements.
    pub fn tabulate(&self, agreements: &Agreements, out: &mut [f64]) -> Result<(), PayoffError> {
        let len = agreements.len();
        matching(|| "output".to_owned(), out.len(), len)?;
        match &self.0 {
            Form::Table(values) => {
                matching(|| "utility table".to_owned(), values.len(), len)?;
                for (slot, &value) in out.iter_mut().zip(values) {
                    *slot = value + 0.0;
                }
            }
            Form::Additive(additive) => {
                additive.check_fit(agreements.space())?;
                let (additive, scale) = additive.to_add_up();
                let as_coded = |out: &mut [f64]| {
                    let Some(scale) = scale else { return };
                    out.iter_mut().for_each(|it| *it = scale.coded(*it, 1));
                };
                let apart = additive.interactions.is_empty() && agreements.is_complete();
                match additive.tables.split_last().filter(|_| apart) {
                    Some((last, leading)) => {
                        let heads = product::sums(additive.constant, leading);
                        parallel::fill(out, |first, out| {
                            product::fill(&heads, last, first, out);
                            as_coded(out);
                        });
                    }
                    None => {
                        let filed = additive.filed();
                        parallel::fill(out, |first, out| {
                            additive.fill(agreements.flat_from(first), &filed, out);
                            as_coded(out);
                        });
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{AgreementSpace, strategies};

    fn additive(tables: &[&[f64]]) -> Utility {
        Utility::additive(0.0, tables.iter().map(|table| table.to_vec()).collect()).unwrap()
    }

    fn interaction(first: (usize, usize), second: (usize, usize), value: f64) -> Interaction {
        Interaction {
            first,
            second,
            value,
        }
    }

    #[test]
    fn numbers_that_are_not_finite_are_named() {
        let error = Utility::additive(0.0, vec![vec![1.0], vec![0.0, f64::NAN]]).unwrap_err();
        assert_eq!(
            error.to_string(),
            "payoff of option 1 of issue 1 is NaN; expected a finite number"
        );
        assert!(Utility::additive(f64::INFINITY, vec![vec![0.0]]).is_err());
        assert!(Utility::table(vec![0.0, f64::NEG_INFINITY]).is_err());
        assert_eq!(Utility::additive(0.0, vec![]), Err(PayoffError::NoIssues));
        let huge = vec![vec![f64::MAX], vec![f64::MAX]];
        assert!(matches!(
            Utility::additive(0.0, huge),
            Err(PayoffError::Overflow { .. })
        ));
    }

    #[test]
    fn misplaced_interactions_are_refused() {
        let refused = |first, second, value| {
            additive(&[&[0.0, 1.0], &[0.0]])
                .with_interaction(interaction(first, second, value))
                .unwrap_err()
        };
        assert_eq!(
            refused((0, 0), (0, 1), 1.0),
            PayoffError::SelfInteraction { issue: 0 }
        );
        assert!(matches!(
            refused((2, 0), (0, 0), 1.0),
            PayoffError::UnknownIssue { .. }
        ));
        assert!(matches!(
            refused((0, 0), (1, 1), 1.0),
            PayoffError::UnknownOption { .. }
        ));
        assert!(matches!(
            refused((0, 0), (1, 0), f64::NAN),
            PayoffError::NotFinite { .. }
        ));
        let table = Utility::table(vec![1.0]).unwrap();
        assert!(matches!(
            table.at(&[0]),
            Err(PayoffError::NotAdditive { .. })
        ));
        assert!(
            table
                .with_interaction(interaction((0, 0), (1, 0), 1.0))
                .is_err()
        );
    }

    #[test]
    fn the_order_of_coding_interactions_does_not_matter() {
        let (one, two) = (
            interaction((1, 0), (0, 1), 0.1),
            interaction((0, 1), (2, 1), 0.7),
        );
        let base = || additive(&[&[0.3, 0.4], &[0.1], &[0.2, 0.6]]);
        let forward = base()
            .with_interaction(one)
            .unwrap()
            .with_interaction(two)
            .unwrap();
        let backward = base()
            .with_interaction(two)
            .unwrap()
            .with_interaction(one)
            .unwrap();
        assert_eq!(forward, backward);
        assert_eq!(forward.at(&[1, 0, 1]), Ok(1.9));
        assert_eq!(forward.at(&[0, 0, 1]), Ok(1.0));
    }

    #[test]
    fn tenths_add_up_as_on_paper() {
        let tenths = additive(&[&[0.1, 0.7], &[0.2, 0.1], &[0.0, 0.3]]);
        assert_eq!(tenths.at(&[0, 0, 0]), Ok(0.3));
        assert_eq!(tenths.at(&[1, 1, 1]), Ok(1.1));
        let listed = AgreementSpace::new(&[2, 2, 2])
            .unwrap()
            .enumerate()
            .unwrap();
        let mut out = [0.0; 8];
        tenths.tabulate(&listed, &mut out).unwrap();
        assert_eq!(out, [0.3, 0.6, 0.2, 0.5, 0.9, 1.2, 0.8, 1.1]);
        // Seventeen digits are a double's, not a person's.
        let rough = additive(&[&[0.1], &[0.2], &[0.1 + 0.2]]);
        assert_eq!(rough.at(&[0, 0, 0]), Ok(0.1 + 0.2 + (0.1 + 0.2)));
    }

    #[test]
    fn payoffs_do_not_fit_other_spaces() {
        let agreements = AgreementSpace::new(&[2, 2]).unwrap().enumerate().unwrap();
        let mut out = [0.0; 4];
        for stranger in [
            additive(&[&[0.0, 1.0]]),
            additive(&[&[0.0, 1.0], &[0.0, 1.0, 2.0]]),
            Utility::table(vec![0.0; 3]).unwrap(),
        ] {
            let error = stranger.tabulate(&agreements, &mut out).unwrap_err();
            assert!(matches!(error, PayoffError::Mismatch { .. }), "{error}");
        }
        let fits = additive(&[&[0.0, 1.0], &[0.0, 1.0]]);
        assert!(fits.tabulate(&agreements, &mut [0.0; 3]).is_err());
        assert!(fits.at(&[0]).is_err() && fits.at(&[0, 2]).is_err());
    }

    /// The definition, term by term, exact for whole numbers.
    fn by_definition(utility: &Utility, agreement: &[u32]) -> f64 {
        let Form::Additive(additive) = &utility.0 else {
            unreachable!("only additive utilities are generated");
        };
        let at = |place: (usize, usize)| agreement[place.0] as usize == place.1;
        let own: f64 = additive
            .tables
            .iter()
            .zip(agreement)
            .map(|(table, &option)| table[option as usize])
            .sum();
        let joint: f64 = additive
            .interactions
            .iter()
            .filter(|joint| at(joint.first) && at(joint.second))
            .map(|joint| joint.value)
            .sum();
        additive.constant + own + joint
    }

    fn any_problem() -> impl Strategy<Value = (AgreementSpace, Utility, Utility)> {
        strategies::space().prop_flat_map(|space| {
            let whole = strategies::utility(space.sizes());
            let rough = strategies::rough_utility(space.sizes());
            (Just(space), whole, rough)
        })
    }

    proptest! {
        #[test]
        fn tabulated_payoffs_are_those_of_each_agreement((space, whole, rough) in any_problem()) {
            let agreements = space.enumerate().unwrap();
            let mut out = vec![0.0; agreements.len()];
            whole.tabulate(&agreements, &mut out).unwrap();
            for (agreement, payoff) in agreements.iter().zip(&out) {
                prop_assert_eq!(*payoff, by_definition(&whole, agreement));
            }
            rough.tabulate(&agreements, &mut out).unwrap();
            for (agreement, payoff) in agreements.iter().zip(&out) {
                prop_assert_eq!(payoff.to_bits(), rough.at(agreement).unwrap().to_bits());
            }
        }
    }

    #[test]
    fn pieces_of_a_large_space_are_tabulated_alike() {
        let tables: Vec<Vec<f64>> = (1..=5_i32)
            .map(|issue| {
                (0..10_i32)
                    .map(|option| f64::from(issue * option) * 0.1)
                    .collect()
            })
            .collect();
        let utility = Utility::additive(0.7, tables)
            .and_then(|utility| utility.with_interaction(interaction((4, 3), (0, 1), 0.3)))
            .unwrap();
        let agreements = AgreementSpace::new(&[10; 5]).unwrap().enumerate().unwrap();
        let mut out = vec![0.0; agreements.len()];
        utility.tabulate(&agreements, &mut out).unwrap();
        let alike = |(agreement, payoff): (&[u32], &f64)| utility.at(agreement) == Ok(*payoff);
        assert!(agreements.iter().zip(&out).all(alike));
    }
}
