//! Statements about options, by which preferences are written (option prioritising).

mod parse;

use std::fmt;

use crate::StabilityError;

/// The most options and connectives in one statement.
const LONGEST: usize = 1_000;

/// What is true of some states and false of others: which options are taken, joined by *not*, *and*,
/// *or*, *if* and *iff*.
///
/// A player that lists such statements from the most important to the least thereby ranks the states
/// ([`Preference::prioritised`](crate::Preference::prioritised); Fang, Hipel, Kilgour & Peng 2003).
///
/// ```
/// use detente_stability::Statement;
///
/// let names = ["strike", "blockade", "withdraw", "escalate"];
/// let option = |name: &str| names.iter().position(|it| *it == name);
/// // Rather no strike, unless the other side escalates.
/// let statement = Statement::parse("-strike if -escalate", option)?;
/// assert!(statement.holds(|option| option == 2));
/// assert!(!statement.holds(|option| option == 0));
/// assert!(statement.holds(|option| option == 0 || option == 3));
/// # Ok::<(), detente_stability::StabilityError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Statement(Vec<Step>);

/// A step of a statement in postfix order: each connective stands after what it joins, so that no
/// statement is too deep to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Step {
    Taken(usize),
    Not,
    And,
    Or,
    If,
    Iff,
}

impl Statement {
    /// The option, counted from 0, is taken.
    #[must_use]
    pub fn taken(option: usize) -> Self {
        Self(vec![Step::Taken(option)])
    }

    /// It is not so.
    ///
    /// # Errors
    /// [`StabilityError::StatementTooLong`] beyond 1,000 options and connectives.
    pub fn negated(mut self) -> Result<Self, StabilityError> {
        self.0.push(Step::Not);
        self.short()
    }

    /// Both are so.
    ///
    /// # Errors
    /// [`StabilityError::StatementTooLong`] beyond 1,000 options and connectives.
    pub fn and(self, other: Self) -> Result<Self, StabilityError> {
        self.joined(other, Step::And)
    }

    /// One of them is so, or both.
    ///
    /// # Errors
    /// [`StabilityError::StatementTooLong`] beyond 1,000 options and connectives.
    pub fn or(self, other: Self) -> Result<Self, StabilityError> {
        self.joined(other, Step::Or)
    }

    /// It is so where `condition` is; where that is not, the statement is true.
    ///
    /// # Errors
    /// [`StabilityError::StatementTooLong`] beyond 1,000 options and connectives.
    pub fn provided(self, condition: Self) -> Result<Self, StabilityError> {
        self.joined(condition, Step::If)
    }

    /// Both are so or neither is.
    ///
    /// # Errors
    /// [`StabilityError::StatementTooLong`] beyond 1,000 options and connectives.
    pub fn iff(self, other: Self) -> Result<Self, StabilityError> {
        self.joined(other, Step::Iff)
    }

    /// How many options and connectives it has.
    pub(crate) const fn length(&self) -> usize {
        self.0.len()
    }

    /// Whether it is true of the state in which the options are taken of which `taken` says so.
    /// O(length).
    #[must_use]
    pub fn holds(&self, taken: impl Fn(usize) -> bool) -> bool {
        let mut stack: Vec<bool> = Vec::new();
        for step in &self.0 {
            let mut last = || stack.pop().unwrap_or_default();
            let truth = match step {
                Step::Taken(option) => taken(*option),
                Step::Not => !last(),
                Step::And => last() & last(),
                Step::Or => last() | last(),
                // The condition was said last.
                Step::If => !last() | last(),
                Step::Iff => last() == last(),
            };
            stack.push(truth);
        }
        stack.pop().unwrap_or_default()
    }

    /// The options that it names, in order and each once.
    #[must_use]
    pub fn options(&self) -> Vec<usize> {
        let named = self.0.iter().filter_map(|step| match step {
            Step::Taken(option) => Some(*option),
            _ => None,
        });
        let mut options: Vec<usize> = named.collect();
        options.sort_unstable();
        options.dedup();
        options
    }

    fn joined(mut self, other: Self, connective: Step) -> Result<Self, StabilityError> {
        self.0.extend(other.0);
        self.0.push(connective);
        self.short()
    }

    fn short(self) -> Result<Self, StabilityError> {
        match self.0.len() {
            ..=LONGEST => Ok(self),
            given => Err(StabilityError::StatementTooLong {
                given,
                limit: LONGEST,
            }),
        }
    }
}

/// In symbols, options by their numbers: `-0 if (2 & -3)`.
impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut stack: Vec<(String, bool)> = Vec::new();
        for step in &self.0 {
            let mut last = || {
                let (text, simple) = stack.pop().unwrap_or_default();
                if simple { text } else { format!("({text})") }
            };
            let mut joined = |sign: &str| {
                let (second, first) = (last(), last());
                (format!("{first} {sign} {second}"), false)
            };
            let text = match step {
                Step::Taken(option) => (option.to_string(), true),
                Step::Not => (format!("-{}", last()), true),
                Step::And => joined("&"),
                Step::Or => joined("|"),
                Step::If => joined("if"),
                Step::Iff => joined("iff"),
            };
            stack.push(text);
        }
        f.write_str(&stack.pop().unwrap_or_default().0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    #[test]
    fn connectives_have_their_truth_tables() {
        let [a, b] = [0, 1].map(Statement::taken);
        let cases = [
            (a.clone().and(b.clone()), [false, false, false, true]),
            (a.clone().or(b.clone()), [false, true, true, true]),
            // `a if b`: false only where b holds without a. Codes: bit 0 is a, bit 1 is b.
            (a.clone().provided(b.clone()), [true, true, false, true]),
            (a.clone().iff(b), [true, false, false, true]),
            (a.negated(), [true, false, true, false]),
        ];
        for (statement, truths) in cases {
            let statement = statement.unwrap();
            let found = [0, 1, 2, 3].map(|code| statement.holds(|option| code >> option & 1 == 1));
            assert_eq!(found, truths, "{statement}");
        }
    }

    #[test]
    fn a_statement_cannot_outgrow_its_limit() {
        let mut statement = Statement::taken(0);
        let error = loop {
            match statement.negated() {
                Ok(longer) => statement = longer,
                Err(error) => break error,
            }
        };
        assert_eq!(
            error.to_string(),
            "statement has 1001 words; expected at most 1000"
        );
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_as_what_it_was(
            statement in strategies::statement(5), code in 0_u64..32,
        ) {
            let option = |name: &str| name.parse().ok().filter(|option| *option < 5);
            let read = Statement::parse(&statement.to_string(), option)?;
            let taken = |option: usize| code >> option & 1 == 1;
            prop_assert_eq!(read.holds(taken), statement.holds(taken));
            prop_assert_eq!(read.options(), statement.options());
        }

        #[test]
        fn no_text_is_too_odd(text in "[-!&|() a-c0-9iforn]{0,40}") {
            let option = |name: &str| name.parse().ok();
            let _ = Statement::parse(&text, option);
        }
    }
}
