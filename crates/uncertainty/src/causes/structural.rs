use crate::UncertaintyError;

/// The largest number of context variables, of variables, and of parents of a variable.
pub const MAX_VARIABLES: usize = 16;

/// A finite structural model of binary variables without feedback (Halpern & Pearl 2005): a *context*
/// set from outside, and variables that follow from it and from each other by equations.
///
/// Variables are numbered in the order in which they were added, context first. A state is a bit
/// mask over the variables proper, as a set of causes is: variable `i` is true if bit `i` is 1.
///
/// ```
/// use detente_uncertainty::causes::CausalModel;
///
/// // Suzy and Billy throw at a bottle; hers arrives first, so that his finds it shattered.
/// let mut model = CausalModel::builder(2)?;
/// let [suzy_throws, billy_throws] = [model.copy_of_context(0)?, model.copy_of_context(1)?];
/// let suzy_hits = model.variable(&[suzy_throws], |p| p[0])?;
/// let billy_hits = model.variable(&[billy_throws, suzy_hits], |p| p[0] && !p[1])?;
/// let shatters = model.variable(&[suzy_hits, billy_hits], |p| p[0] || p[1])?;
/// let model = model.build();
///
/// let causes = model.actual_causes(0b11, shatters)?;
/// assert!(causes.contains(&(1 << suzy_throws)) && !causes.contains(&(1 << billy_throws)));
/// # Ok::<(), detente_uncertainty::UncertaintyError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CausalModel {
    n_context: usize,
    equations: Vec<Equation>,
}

/// A variable as the table of its values.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Equation {
    source: Source,
    /// By the number whose bits are the values of what it depends on.
    table: Vec<bool>,
}

/// What a variable depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Source {
    /// One context variable.
    Context(usize),
    /// Earlier variables.
    Parents(Vec<usize>),
}

/// A causal model in the making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CausalModelBuilder {
    model: CausalModel,
}

/// Variables that are held at values of our choosing, whatever their equations say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(deny_unknown_fields))]
pub struct Intervention {
    /// The set of variables that are held.
    pub held: u32,
    /// Their values; bits of variables that are not held mean nothing.
    pub values: u32,
}

impl CausalModelBuilder {
    /// Adds a variable that follows from variables added before, and returns its number. `equation`
    /// is given the values of the parents in the order of `parents`, and is tabulated here: `2^p`
    /// calls for `p` parents. Without parents it is a constant.
    ///
    /// # Errors
    /// [`UncertaintyError::BadCount`] beyond [`MAX_VARIABLES`] variables or parents,
    /// [`UncertaintyError::NoSuchNumber`] for a parent that was not added before.
    pub fn variable(
        &mut self,
        parents: &[usize],
        equation: impl Fn(&[bool]) -> bool,
    ) -> Result<usize, UncertaintyError> {
        at_most("parents of a variable", parents.len())?;
        let n = self.model.n_variables();
        if let Some(&given) = parents.iter().find(|&&parent| parent >= n) {
            return Err(UncertaintyError::NoSuchNumber {
                list: "parents of a variable",
                given,
                n,
            });
        }
        let rows = 0..1_usize << parents.len();
        let mut values = vec![false; parents.len()];
        let table = rows
            .map(|row| {
                for (bit, value) in values.iter_mut().enumerate() {
                    *value = row >> bit & 1 == 1;
                }
                equation(&values)
            })
            .collect();
        self.add(Source::Parents(parents.to_vec()), table)
    }

    /// Adds a variable that is as the context variable of this number is, and returns its number.
    ///
    /// # Errors
    /// [`UncertaintyError::BadCount`] beyond [`MAX_VARIABLES`] variables,
    /// [`UncertaintyError::NoSuchNumber`] if the context has no such variable.
    pub fn copy_of_context(&mut self, context: usize) -> Result<usize, UncertaintyError> {
        if context >= self.model.n_context {
            return Err(UncertaintyError::NoSuchNumber {
                list: "context of a variable",
                given: context,
                n: self.model.n_context,
            });
        }
        self.add(Source::Context(context), vec![false, true])
    }

    /// The model with the variables added so far.
    #[must_use]
    pub fn build(self) -> CausalModel {
        self.model
    }

    fn add(&mut self, source: Source, table: Vec<bool>) -> Result<usize, UncertaintyError> {
        let number = self.model.n_variables();
        at_most("variables of a causal model", number + 1)?;
        self.model.equations.push(Equation { source, table });
        Ok(number)
    }
}

impl CausalModel {
    /// Starts a model over `n_context` context variables.
    ///
    /// # Errors
    /// [`UncertaintyError::BadCount`] beyond [`MAX_VARIABLES`].
    pub fn builder(n_context: usize) -> Result<CausalModelBuilder, UncertaintyError> {
        at_most("context variables of a causal model", n_context)?;
        Ok(CausalModelBuilder {
            model: Self {
                n_context,
                equations: Vec::new(),
            },
        })
    }

    /// The number of variables, the context apart.
    #[must_use]
    pub const fn n_variables(&self) -> usize {
        self.equations.len()
    }

    /// The state that follows from a context (a bit mask; bits beyond it mean nothing) under an
    /// intervention. `O(variables · parents)`.
    #[must_use]
    pub fn state(&self, context: u32, intervention: Intervention) -> u32 {
        let mut state = 0;
        for (variable, equation) in self.equations.iter().enumerate() {
            let value = if intervention.held >> variable & 1 == 1 {
                intervention.values >> variable & 1 == 1
            } else {
                equation.table[equation.row(context, state)]
            };
            state |= u32::from(value) << variable;
        }
        state
    }

    /// The set of variables on which this one depends, at any remove, itself not among them.
    pub(super) fn ancestors(&self, variable: usize) -> u32 {
        let mut ancestors = 1_u32 << variable;
        for (number, equation) in self.equations.iter().enumerate().rev() {
            if let (Source::Parents(parents), true) =
                (&equation.source, ancestors >> number & 1 == 1)
            {
                ancestors |= parents.iter().fold(0, |set, parent| set | 1 << parent);
            }
        }
        ancestors & !(1 << variable)
    }

    /// Refuses a number that is no variable's.
    pub(super) fn check_variable(&self, given: usize) -> Result<(), UncertaintyError> {
        if given < self.n_variables() {
            return Ok(());
        }
        Err(UncertaintyError::NoSuchNumber {
            list: "variable of a causal model",
            given,
            n: self.n_variables(),
        })
    }
}

impl Equation {
    fn row(&self, context: u32, state: u32) -> usize {
        match &self.source {
            Source::Context(number) => (context >> number & 1) as usize,
            Source::Parents(parents) => parents.iter().enumerate().fold(0, |row, (bit, parent)| {
                row | ((state >> parent & 1) as usize) << bit
            }),
        }
    }
}

fn at_most(list: &'static str, given: usize) -> Result<(), UncertaintyError> {
    if given <= MAX_VARIABLES {
        return Ok(());
    }
    Err(UncertaintyError::BadCount {
        list,
        given,
        low: 0,
        high: MAX_VARIABLES,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_follow_the_equations_and_interventions() {
        let mut builder = CausalModel::builder(1).unwrap();
        let rain = builder.copy_of_context(0).unwrap();
        let wet = builder.variable(&[rain], |p| p[0]).unwrap();
        let slip = builder.variable(&[wet, rain], |p| p[0] && !p[1]).unwrap();
        let model = builder.build();
        assert_eq!(model.state(1, Intervention::default()), 0b011);
        let sprinkled = Intervention {
            held: 1 << wet,
            values: 1 << wet,
        };
        assert_eq!(model.state(0, sprinkled), 0b110);
        assert_eq!((model.ancestors(slip), model.ancestors(rain)), (0b011, 0));
    }

    #[test]
    fn what_does_not_exist_or_is_too_much_is_refused() {
        assert!(CausalModel::builder(17).is_err());
        let mut builder = CausalModel::builder(1).unwrap();
        assert!(builder.copy_of_context(1).is_err());
        assert_eq!(
            builder.variable(&[0], |p| p[0]).unwrap_err().to_string(),
            "parents of a variable names number 0; there are 0, counted from 0"
        );
        for _ in 0..MAX_VARIABLES {
            builder.variable(&[], |_| true).unwrap();
        }
        assert!(builder.variable(&[], |_| true).is_err());
        assert!(builder.variable(&[0; 17], |_| true).is_err());
        let model = builder.build();
        assert_eq!(model.state(u32::MAX, Intervention::default()), 0xffff);
        assert!(model.actual_causes(0, 16).is_err());
        assert!(model.responsibility(0, usize::MAX, 0).is_err());
    }
}
