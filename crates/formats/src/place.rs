use std::fmt;

/// Where in a text something stands. Lines and columns are counted from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Place {
    /// The beginning of a text.
    pub const START: Self = Self { line: 1, column: 1 };

    /// The place of a byte of a text, or of its end. O(bytes before it).
    pub(crate) fn of(text: &str, byte: usize) -> Self {
        let before = text.as_bytes().get(..byte).unwrap_or(text.as_bytes());
        Self::after(before)
    }

    /// The place after these bytes.
    pub(crate) fn after(before: &[u8]) -> Self {
        let breaks = before.iter().filter(|byte| **byte == b'\n').count();
        let last = before.rsplit(|byte| *byte == b'\n').next();
        // Of a character in UTF-8 one byte only is none that continues it.
        let starts = |byte: &&u8| (**byte & 0b1100_0000) != 0b1000_0000;
        let column = last.unwrap_or_default().iter().filter(starts).count();
        Self {
            line: breaks + 1,
            column: column + 1,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_characters() {
        let text = "ä\nöü x";
        assert_eq!(Place::of(text, 0), Place::START);
        let x = text.find('x').unwrap();
        assert_eq!(Place::of(text, x).to_string(), "line 2, column 4");
        assert_eq!(Place::of(text, 999), Place { line: 2, column: 5 });
    }
}
