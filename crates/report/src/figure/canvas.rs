//! What is drawn so far: text and marks, each of a class that the theme paints.

use super::{label, scale::Scale};
use crate::{
    markup::{Element, element},
    number,
};

/// The size of text that explains.
pub(crate) const SMALL: f64 = 12.0;

/// The size of bold letters, which are wider than others.
pub(crate) const BOLD: f64 = 14.5;

/// From one line of text to the next.
pub(crate) const LINE: f64 = 15.0;

/// A place: across from the left, down from the top.
pub(crate) type Point = [f64; 2];

/// Where text stands beside its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

/// The shape of a mark, so that none is told by its colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Disc,
    Ring,
    Square,
    Diamond,
    Cross,
}

/// A drawing of some width, which grows downwards.
#[derive(Debug, Clone)]
pub(crate) struct Canvas {
    width: f64,
    height: f64,
    marks: Vec<Element>,
}

impl Canvas {
    pub(crate) const fn new(width: f64) -> Self {
        Self {
            width,
            height: 0.0,
            marks: Vec::new(),
        }
    }

    pub(crate) const fn width(&self) -> f64 {
        self.width
    }

    /// Whether it is drawn for a narrow page.
    pub(crate) fn is_narrow(&self) -> bool {
        self.width < 500.0
    }

    /// The drawing ends no higher than here.
    pub(crate) fn reach(&mut self, height: f64) {
        self.height = self.height.max(height);
    }

    pub(super) fn frame(&self) -> String {
        format!("0 0 {} {}", place(self.width), place(self.height.ceil()))
    }

    pub(super) fn marks(&self) -> impl Iterator<Item = Element> {
        self.marks.iter().cloned()
    }

    /// The ground that a drawing has on its own.
    pub(super) fn ground(&self) -> Element {
        element("rect")
            .class("ground")
            .set("width", place(self.width))
            .set("height", place(self.height.ceil()))
    }

    pub(crate) fn text(&mut self, [x, y]: Point, anchor: Anchor, class: &str, text: &str) {
        let class = match anchor {
            Anchor::Start => class.to_owned(),
            Anchor::Middle => format!("{class} mid"),
            Anchor::End => format!("{class} end"),
        };
        let text = element("text")
            .class(class.trim())
            .set("x", place(x))
            .set("y", place(y))
            .text(text);
        self.marks.push(text);
        self.reach(y + 5.0);
    }

    /// Text that keeps what is drawn below it off its letters.
    pub(crate) fn over(&mut self, at: Point, class: &str, text: &str) {
        self.text(at, Anchor::Start, &format!("{class} over"), text);
    }

    /// Lines of such text below one another.
    pub(crate) fn lines_over(&mut self, [x, y]: Point, class: &str, lines: &[String]) {
        for (nth, line) in lines.iter().enumerate() {
            self.over([x, y + LINE * nth as f64], class, line);
        }
    }

    /// What an axis or the whole drawing means, below it, on as many lines as it takes within the room.
    pub(crate) fn note(&mut self, [x, y]: Point, room: f64, text: &str) {
        for (nth, line) in label::lines(text, room, SMALL).iter().enumerate() {
            let y = y + LINE * nth as f64;
            self.text([x, y], Anchor::Start, "quiet small", line);
        }
    }

    pub(crate) fn line(&mut self, class: &str, from: Point, to: Point) {
        let line = element("line").class(class);
        let line = line.set("x1", place(from[0])).set("y1", place(from[1]));
        let line = line.set("x2", place(to[0])).set("y2", place(to[1]));
        self.marks.push(line);
        self.reach(from[1].max(to[1]) + 1.0);
    }

    /// A line through points.
    pub(crate) fn path(&mut self, class: &str, points: &[Point]) {
        self.shape(class, &outline(points));
    }

    /// An area with these corners.
    pub(crate) fn area(&mut self, class: &str, corners: &[Point]) {
        self.shape(class, &format!("{}z", outline(corners)));
    }

    /// A path in the notation of SVG.
    pub(crate) fn shape(&mut self, class: &str, outline: &str) {
        if !outline.is_empty() && outline != "z" {
            self.marks
                .push(element("path").class(class).set("d", outline));
        }
    }

    /// A box with the top left corner given; what it is stands in `tip`, shown where one points at it.
    pub(crate) fn rect(&mut self, class: &str, [x, y]: Point, [w, h]: [f64; 2], tip: &str) {
        let rect = element("rect").class(class);
        let rect = rect.set("x", place(x)).set("y", place(y));
        let rect = rect
            .set("width", place(w.max(0.0)))
            .set("height", place(h.max(0.0)));
        self.tipped(rect, tip);
        self.reach(y + h);
    }

    pub(crate) fn ellipse(&mut self, class: &str, [x, y]: Point, [a, b]: [f64; 2], degrees: f64) {
        let ellipse = element("ellipse").class(class);
        let ellipse = ellipse.set("rx", place(a)).set("ry", place(b));
        let turned = format!(
            "translate({} {})rotate({})",
            place(x),
            place(y),
            place(degrees)
        );
        self.marks.push(ellipse.set("transform", turned));
    }

    pub(crate) fn mark(&mut self, shape: Shape, series: &str, [x, y]: Point, tip: &str) {
        let r = 5.0;
        let at = |dx: f64, dy: f64| [x + dx * r, y + dy * r];
        let full = format!("{series}-full halo");
        let corners = |corners: &[Point]| format!("{}z", outline(corners));
        let mark = match shape {
            Shape::Disc | Shape::Ring => {
                let circle = element("circle").class(&match shape {
                    Shape::Ring => format!("{series} ground line"),
                    _ => full,
                });
                circle
                    .set("cx", place(x))
                    .set("cy", place(y))
                    .set("r", place(r))
            }
            Shape::Cross => {
                let outline = format!(
                    "{}{}",
                    outline(&[at(-1.0, -1.0), at(1.0, 1.0)]),
                    outline(&[at(-1.0, 1.0), at(1.0, -1.0)])
                );
                element("path")
                    .class(&format!("{series} line"))
                    .set("d", outline)
            }
            Shape::Square => element("path").class(&full).set(
                "d",
                corners(&[at(-0.9, -0.9), at(0.9, -0.9), at(0.9, 0.9), at(-0.9, 0.9)]),
            ),
            Shape::Diamond => element("path").class(&full).set(
                "d",
                corners(&[at(0.0, -1.3), at(1.1, 0.0), at(0.0, 1.3), at(-1.1, 0.0)]),
            ),
        };
        self.tipped(mark, tip);
        self.reach(y + r + 1.0);
    }

    /// From one number to another on a scale, with a stop at either end.
    pub(crate) fn whisker(&mut self, class: &str, scale: &Scale, [low, high]: [f64; 2], y: f64) {
        let (from, to) = (scale.at(low), scale.at(high));
        let class = format!("{class} line");
        self.line(&class, [from, y], [to, y]);
        for x in [from, to] {
            self.line(&class, [x, y - 4.0], [x, y + 4.0]);
        }
    }

    /// Marks of an axis across: faint lines from `top` to `bottom` with their numbers below.
    pub(crate) fn axis(&mut self, scale: &Scale, most: usize, [top, bottom]: [f64; 2]) {
        for tick in scale.ticks(most) {
            let x = scale.at(tick);
            self.line("faint thin", [x, top], [x, bottom]);
            let text = number::value(tick);
            let x = x.min(self.width - label::width(&text, SMALL) / 2.0 - 2.0);
            self.text([x, bottom + 15.0], Anchor::Middle, "quiet small", &text);
        }
    }

    /// A key: marks and lines with what they stand for, one after the other from the left. Returns the
    /// height it ends at.
    pub(crate) fn key(&mut self, top: f64, entries: &[Key]) -> f64 {
        let (mut x, mut y) = (0.0, top + 12.0);
        for entry in entries {
            let room = label::width(&entry.text, SMALL) + 46.0;
            if x > 0.0 && x + room > self.width {
                (x, y) = (0.0, y + 19.0);
            }
            let middle = y - 4.0;
            match entry.sign {
                Sign::Line(class) => self.line(class, [x, middle], [x + 22.0, middle]),
                Sign::Dot(class) => {
                    let dot = format!("{}h0", outline(&[[x + 11.0, middle]]));
                    self.shape(class, &dot);
                }
                Sign::Mark(shape, series) => self.mark(shape, series, [x + 11.0, middle], ""),
                Sign::Patch(class) => self.rect(class, [x, middle - 6.0], [22.0, 12.0], ""),
                Sign::Whisker(class) => {
                    let scale = Scale::over([0.0, 1.0], [x, x + 22.0]);
                    self.whisker(class, &scale, [0.0, 1.0], middle);
                }
            }
            let lines = label::lines(&entry.text, self.width - x - 28.0, SMALL);
            for (nth, line) in lines.iter().enumerate() {
                y += if nth > 0 { LINE } else { 0.0 };
                self.text([x + 28.0, y], Anchor::Start, "small", line);
            }
            x += room;
        }
        y + 8.0
    }

    fn tipped(&mut self, mark: Element, tip: &str) {
        self.marks.push(match tip {
            "" => mark,
            tip => element("g").child(element("title").text(tip)).child(mark),
        });
    }
}

/// An entry of a key.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    sign: Sign,
    text: String,
}

/// What an entry of a key shows.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Sign {
    Line(&'static str),
    Dot(&'static str),
    Mark(Shape, &'static str),
    Patch(&'static str),
    Whisker(&'static str),
}

impl Key {
    pub(crate) fn new(sign: Sign, text: impl Into<String>) -> Self {
        Self {
            sign,
            text: text.into(),
        }
    }
}

/// A path from point to point.
pub(crate) fn outline(points: &[Point]) -> String {
    let mut text = String::new();
    for (nth, [x, y]) in points.iter().enumerate() {
        let step = if nth == 0 { 'M' } else { 'L' };
        text.push_str(&format!("{step}{} {}", place(*x), place(*y)));
    }
    text
}

/// A place to a tenth of a pixel.
pub(crate) fn place(x: f64) -> String {
    if !x.is_finite() {
        return "0".to_owned();
    }
    let text = format!("{x:.1}");
    let short = text.trim_end_matches('0').trim_end_matches('.');
    match short {
        "-0" => "0".to_owned(),
        short => short.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_short_and_finite() {
        for (x, text) in [
            (1.0, "1"),
            (0.04, "0"),
            (-0.01, "0"),
            (12.34, "12.3"),
            (f64::NAN, "0"),
            (100.0, "100"),
        ] {
            assert_eq!(place(x), text);
        }
    }
}
