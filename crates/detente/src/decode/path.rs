use std::fmt;

/// One step from a value to a part of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// Into a table, by key.
    Key(String),
    /// Into an array, by place; the first element is 0.
    Index(usize),
}

/// The way from the top of a document to one value.
///
/// Shown as it would be written in TOML, with the places of arrays in brackets, counted from 0 as in
/// JSON Pointer: `party.us.payoff`, `act[2].date`. Keys that are not bare TOML keys are quoted.
///
/// ```
/// use detente::decode::Path;
/// let date = Path::root().key("act").index(2).key("date");
/// assert_eq!(date.to_string(), "act[2].date");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Path(Vec<Segment>);

impl Path {
    /// The way to the document itself: no step at all.
    #[must_use]
    pub const fn root() -> Self {
        Self(Vec::new())
    }

    /// One step further, to the value of `key`.
    #[must_use]
    pub fn key(&self, key: &str) -> Self {
        self.then(Segment::Key(key.to_owned()))
    }

    /// One step further, to the element at place `index`, counted from 0.
    #[must_use]
    pub fn index(&self, index: usize) -> Self {
        self.then(Segment::Index(index))
    }

    /// The steps, from the top down.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.0
    }

    /// Whether this is the document itself.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// One step back; none from the document itself.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        let (_, before) = self.0.split_last()?;
        Some(Self(before.to_vec()))
    }

    /// One step further.
    pub(crate) fn then(&self, segment: Segment) -> Self {
        let mut segments = Vec::with_capacity(self.0.len() + 1);
        segments.extend_from_slice(&self.0);
        segments.push(segment);
        Self(segments)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, segment) in self.0.iter().enumerate() {
            match segment {
                Segment::Index(index) => write!(f, "[{index}]")?,
                Segment::Key(key) => {
                    let dot = if place > 0 { "." } else { "" };
                    if is_bare(key) {
                        write!(f, "{dot}{key}")?;
                    } else {
                        write!(f, "{dot}{key:?}")?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Whether TOML lets the key stand without quotes.
fn is_bare(key: &str) -> bool {
    !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_reads_as_it_would_be_written() {
        assert_eq!(Path::root().to_string(), "");
        let payoff = Path::root().key("party").key("us").key("payoff");
        assert_eq!(payoff.to_string(), "party.us.payoff");
        assert_eq!(payoff.key("a b").to_string(), "party.us.payoff.\"a b\"");
        assert_eq!(payoff.key("").to_string(), "party.us.payoff.\"\"");
        assert_eq!(Path::root().index(0).index(3).to_string(), "[0][3]");
    }

    #[test]
    fn steps_do_not_change_the_path_they_start_from() {
        let party = Path::root().key("party");
        let _ = party.key("us");
        assert_eq!(party.segments(), [Segment::Key("party".to_owned())]);
        assert!(Path::root().is_root() && !party.is_root());
        assert_eq!(party.key("us").parent(), Some(party));
        assert_eq!(Path::root().parent(), None);
    }
}
