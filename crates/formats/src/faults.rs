use crate::FormatError;

/// How many faults of a text are listed; the others are counted.
const MOST: usize = 20;

/// The faults of a text met so far.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    listed: Vec<FormatError>,
    others: usize,
}

impl Faults {
    pub(crate) fn note(&mut self, fault: FormatError) {
        match self.listed.len() < MOST {
            true => self.listed.push(fault),
            false => self.others += 1,
        }
    }

    /// What was read, if it could be; its fault is noted.
    pub(crate) fn keep<T>(&mut self, read: Result<T, FormatError>) -> Option<T> {
        read.map_err(|fault| self.note(fault)).ok()
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Nothing, if nothing was noted; a fault that stands alone as it is.
    pub(crate) fn none(mut self) -> Result<(), FormatError> {
        match (self.listed.pop(), self.listed.is_empty()) {
            (None, _) => Ok(()),
            (Some(only), true) => Err(only),
            (Some(last), false) => {
                self.listed.push(last);
                Err(FormatError::Several {
                    listed: self.listed,
                    others: self.others,
                })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_fault_stands_alone_and_many_are_listed_up_to_twenty() {
        let said = |count: usize| {
            let mut faults = Faults::default();
            for limit in 1..=count {
                let fault = FormatError::TooMany {
                    what: "rows",
                    limit,
                };
                assert_eq!(faults.keep(Err::<(), _>(fault)), None);
            }
            assert_eq!(faults.keep(Ok(7)), Some(7));
            faults.none().map_err(|error| error.to_string())
        };
        assert_eq!(said(0), Ok(()));
        let one = "rows number more than 1; expected at most so many";
        assert_eq!(said(1), Err(one.to_owned()));
        let two = said(2).unwrap_err();
        assert!(
            two.starts_with(&format!("2 faults\n  {one}\n  rows number more than 2")),
            "{two}"
        );
        let many = said(23).unwrap_err();
        assert!(many.starts_with("23 faults\n"), "{many}");
        assert!(many.ends_with("so many\n  and 3 more"), "{many}");
    }
}
