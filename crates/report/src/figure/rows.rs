//! Rows that each begin with a label on as many lines as it takes.

use super::{
    canvas::{Canvas, LINE, SMALL},
    label,
};

/// What a row is called.
#[derive(Debug)]
pub(crate) struct Label {
    /// What is cut where it is too long.
    words: String,
    /// What stands at the end and is not.
    end: String,
}

impl Label {
    /// Words that end in numbers.
    pub(crate) const fn ending(words: String, end: String) -> Self {
        Self { words, end }
    }

    fn lines(&self, room: f64) -> Vec<String> {
        let whole = format!("{}{}", self.words, self.end);
        let mut lines = label::lines(&whole, room, SMALL);
        if lines.len() > MOST {
            let left = room - label::width(&self.end, SMALL);
            // An end as long as a line is cut too.
            if left < room / 4.0 {
                return label::block(&whole, room, SMALL, MOST);
            }
            lines = label::block(&self.words, room, SMALL, MOST);
            if let Some(last) = lines.last_mut() {
                *last = format!("{}{}", label::cut(last, left, SMALL), self.end);
            }
        }
        lines
    }
}

impl From<String> for Label {
    fn from(words: String) -> Self {
        Self {
            words,
            end: String::new(),
        }
    }
}

/// Where rows stand below one another, and what they are called.
#[derive(Debug)]
pub(crate) struct Rows {
    rows: Vec<Row>,
    /// Of what follows each label.
    height: f64,
    bottom: f64,
}

/// A row.
#[derive(Debug)]
pub(crate) struct Row {
    /// The height of its top.
    pub(crate) top: f64,
    /// The height at which what follows the label begins.
    pub(crate) below: f64,
    /// Its label.
    pub(crate) lines: Vec<String>,
}

impl Rows {
    /// Rows from `top` on: labels in the room given, and `height` for what follows each.
    pub(crate) fn new(labels: &[Label], [top, height]: [f64; 2], room: f64) -> Self {
        let mut y = top;
        let rows = labels.iter().map(|label| {
            let lines = label.lines(SLACK * room);
            let below = y + LINE * lines.len() as f64 + 3.0;
            let row = Row {
                top: y,
                below,
                lines,
            };
            y = below + height;
            row
        });
        let rows = rows.collect();
        Self {
            rows,
            height,
            bottom: y,
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// A line down through every row, but for the labels.
    pub(crate) fn rule(&self, canvas: &mut Canvas, class: &str, x: f64) {
        for row in &self.rows {
            canvas.line(
                class,
                [x, row.below - 3.0],
                [x, row.below + self.height - 5.0],
            );
        }
    }

    /// Where the last one ends.
    pub(crate) const fn bottom(&self) -> f64 {
        self.bottom
    }
}

/// Lines of a label: the most that a telephone asks for.
const MOST: usize = 4;

/// The share of the room that is filled, since words of wide letters alone take more than is reckoned.
const SLACK: f64 = 0.95;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_at_the_end_of_a_label_are_never_cut() {
        let words = "one two three four five six seven eight nine ten eleven twelve";
        let label = Label::ending(words.to_owned(), ": 1\u{a0}to\u{a0}2".to_owned());
        let whole = label.lines(500.0).concat();
        assert!(whole.ends_with("twelve: 1\u{a0}to\u{a0}2"), "{whole}");
        let lines = label.lines(100.0);
        assert_eq!(lines.len(), MOST);
        assert!(lines[3].ends_with("…: 1\u{a0}to\u{a0}2"), "{lines:?}");
        assert!(lines.iter().all(|it| label::width(it, SMALL) <= 100.0));
        // Where they come to the last line just so, the words before them are kept.
        let label = Label::from("one two three".to_owned());
        assert_eq!(label.lines(500.0), ["one two three"]);
    }
}
