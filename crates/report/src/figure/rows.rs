//! Rows that each begin with a label on as many lines as it takes.

use super::{
    canvas::{Canvas, LINE, SMALL},
    label,
};

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
    pub(crate) fn new(labels: &[String], [top, height]: [f64; 2], room: f64) -> Self {
        let mut y = top;
        let rows = labels.iter().map(|text| {
            let lines = label::block(text, SLACK * room, SMALL, MOST);
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
