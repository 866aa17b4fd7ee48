use std::{error::Error, fmt};

/// How many faults of a text are listed; the others are counted.
const MOST: usize = 20;

/// Everything that is wrong with a text in rows and columns, in the order of its lines: one fault or more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFaults<E> {
    listed: Vec<E>,
    others: usize,
}

impl<E> TableFaults<E> {
    /// The faults, the first twenty where there are more.
    #[must_use]
    pub fn listed(&self) -> &[E] {
        &self.listed
    }

    /// How many there are beyond those listed.
    #[must_use]
    pub const fn others(&self) -> usize {
        self.others
    }
}

impl<E> From<E> for TableFaults<E> {
    fn from(fault: E) -> Self {
        Self {
            listed: vec![fault],
            others: 0,
        }
    }
}

impl<E: fmt::Display> fmt::Display for TableFaults<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let ([only], 0) = (self.listed.as_slice(), self.others) {
            return only.fmt(f);
        }
        write!(f, "{} faults", self.listed.len() + self.others)?;
        for fault in &self.listed {
            write!(f, "\n  {fault}")?;
        }
        match self.others {
            0 => Ok(()),
            others => write!(f, "\n  and {others} more"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> Error for TableFaults<E> {}

/// The faults met so far.
#[derive(Debug)]
pub(crate) struct Gathered<E>(TableFaults<E>);

impl<E> Default for Gathered<E> {
    fn default() -> Self {
        Self(TableFaults {
            listed: Vec::new(),
            others: 0,
        })
    }
}

impl<E> Gathered<E> {
    pub(crate) fn note(&mut self, fault: impl Into<E>) {
        match self.0.listed.len() < MOST {
            true => self.0.listed.push(fault.into()),
            false => self.0.others += 1,
        }
    }

    /// What was read, if it could be; its fault is noted.
    pub(crate) fn keep<T, F: Into<E>>(&mut self, read: Result<T, F>) -> Option<T> {
        read.map_err(|fault| self.note(fault)).ok()
    }

    /// Nothing, if nothing was noted.
    pub(crate) fn none(self) -> Result<(), TableFaults<E>> {
        match self.0.listed.is_empty() {
            true => Ok(()),
            false => Err(self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_fault_stands_alone_and_many_are_listed_up_to_twenty() {
        let said = |count: usize| {
            let mut gathered = Gathered::<String>::default();
            for n in 1..=count {
                assert_eq!(gathered.keep(Err::<(), _>(format!("fault {n}"))), None);
            }
            assert_eq!(gathered.keep(Ok::<_, String>(7)), Some(7));
            gathered.none().map_err(|faults| faults.to_string())
        };
        assert_eq!(said(0), Ok(()));
        assert_eq!(said(1), Err("fault 1".to_owned()));
        assert_eq!(said(2), Err("2 faults\n  fault 1\n  fault 2".to_owned()));
        let many = said(23).unwrap_err();
        assert!(many.starts_with("23 faults\n  fault 1\n"), "{many}");
        assert!(many.ends_with("\n  fault 20\n  and 3 more"), "{many}");
    }
}
