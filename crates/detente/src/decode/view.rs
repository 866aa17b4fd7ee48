use std::ops::Range;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::Source;

/// The most columns of a line that are shown; a longer one is cut around the fault.
const WIDEST: usize = 120;
/// How many columns before the fault stay when a line is cut.
const LEAD: usize = 40;
/// How many bytes on either side of where a fault begins are looked at: more than a screen of them, so that
/// a line of megabytes costs no more than a short one.
const NEAR: usize = 4_096;
/// Blanks for a tab.
const TAB: &str = "    ";

/// One line as a terminal can show it, and the part of it to underline, in columns.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct View {
    /// The line.
    pub(super) text: String,
    /// Columns before the part.
    pub(super) indent: usize,
    /// Columns of the part, at least 1.
    pub(super) width: usize,
}

impl View {
    /// The view of a line, counted from 1, in which `span` begins.
    pub(super) fn new(source: &Source, line: usize, span: &Range<usize>) -> Self {
        let (text, start) = near(source.line(line), source.line_start(line), span.start);
        let mut cells = Vec::new();
        let (mut indent, mut width) = (0, 0);
        for (at, c) in text.char_indices() {
            let cell = show(c);
            let columns = cell.width();
            if start + at < span.start && start + at + c.len_utf8() <= span.start {
                indent += columns;
            } else if start + at < span.end {
                width += columns;
            }
            cells.push(cell);
        }
        Self {
            text: cells.concat(),
            indent,
            width: width.max(1),
        }
        .cut()
    }

    /// The same view with an over-long line cut on both sides of the fault.
    fn cut(self) -> Self {
        if self.text.chars().count() <= WIDEST {
            return self;
        }
        let drop = self.indent.saturating_sub(LEAD);
        let (mut text, mut column) = (String::new(), 0);
        let mut dropped = 0;
        for c in self.text.chars() {
            let columns = c.width().unwrap_or(0);
            if column < drop {
                dropped = column + columns;
            } else if column + columns <= drop + WIDEST {
                text.push(c);
            }
            column += columns;
        }
        let (before, after) = (
            if drop > 0 { "…" } else { "" },
            if column > drop + WIDEST { "…" } else { "" },
        );
        let indent = self.indent - dropped + before.chars().count();
        Self {
            text: format!("{before}{text}{after}"),
            indent,
            width: self.width.min(WIDEST - (self.indent - drop)).max(1),
        }
    }
}

/// What of a line is worth looking at for a fault, and where that begins.
fn near(line: &str, start: usize, fault: usize) -> (&str, usize) {
    let fault = fault.saturating_sub(start).min(line.len());
    let from = line.ceil_char_boundary(fault.saturating_sub(NEAR));
    let to = line.floor_char_boundary(fault.saturating_add(NEAR));
    (line.get(from..to).unwrap_or(line), start + from)
}

/// The text on one line, without characters that could disturb a terminal.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(show).collect()
}

/// What to show for a character: control characters and those that turn the direction of writing
/// around, with which a text could pass for another, become `U+FFFD`.
fn show(c: char) -> String {
    match c {
        '\t' => TAB.to_owned(),
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => char::REPLACEMENT_CHARACTER.to_string(),
        _ if c.is_control() => char::REPLACEMENT_CHARACTER.to_string(),
        _ => c.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The view of the part of a line between two bars, its underline written below it.
    #[track_caller]
    fn check(marked: &str, expected: &str) {
        let start = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let end = text.find('|').unwrap();
        let text = text.replacen('|', "", 1);
        let source = Source::new("x", text);
        let view = View::new(&source, source.locate(start).0, &(start..end));
        let (indent, under) = (" ".repeat(view.indent), "^".repeat(view.width));
        assert_eq!(format!("{}\n{indent}{under}", view.text), expected);
    }

    #[test]
    fn the_part_is_underlined() {
        check("a = |high|", "a = high\n    ^^^^");
        check("a\n|b|\nc", "b\n^");
    }

    #[test]
    fn an_empty_part_is_one_mark() {
        check("a = ||", "a = \n    ^");
        check("||", "\n^");
        check("a\n||", "\n^");
    }

    #[test]
    fn a_part_of_several_lines_is_underlined_on_the_first() {
        check("a = |[\r\n1\r\n]|", "a = [\n    ^");
    }

    #[test]
    fn tabs_and_wide_characters_keep_the_underline_in_place() {
        check("\ta\t= |x\ty|", "    a    = x    y\n           ^^^^^^");
        check("é = |ü|", "é = ü\n    ^");
        check("平和 = |和|", "平和 = 和\n       ^^");
        check("e\u{301} = |1|", "e\u{301} = 1\n    ^");
        check("\u{feff}a = |1|", "a = 1\n    ^");
    }

    #[test]
    fn what_could_disturb_a_terminal_is_replaced() {
        check(
            "a = |'\u{1b}[31m\u{202e}'|",
            "a = '\u{fffd}[31m\u{fffd}'\n    ^^^^^^^^",
        );
        assert_eq!(plain("a\nb\u{7}"), "a\u{fffd}b\u{fffd}");
    }

    #[test]
    fn long_lines_are_cut_around_the_part() {
        let (long, wide) = ("x".repeat(500), "和".repeat(500));
        for before in [&long, &wide] {
            let text = format!("{before}|<fault>|{long}").replace('|', "");
            let (start, source) = (before.len(), Source::new("x", text));
            let view = View::new(&source, 1, &(start..start + 7));
            let under: String = view
                .text
                .chars()
                .scan(0, |column, c| {
                    let at = *column;
                    *column += c.width().unwrap_or(0);
                    Some((at, c))
                })
                .filter(|(at, _)| (view.indent..view.indent + view.width).contains(at))
                .map(|(_, c)| c)
                .collect();
            assert_eq!(under, "<fault>");
            assert!(view.text.starts_with('…') && view.text.ends_with('…'));
            assert!(view.text.width() <= WIDEST + 2);
        }
    }

    #[test]
    fn a_line_of_megabytes_is_looked_at_around_the_part_alone() {
        let text = format!("{}<fault>{}", "和".repeat(100_000), "x".repeat(100_000));
        let start = text.find('<').unwrap();
        assert!(near(&text, 0, start).0.len() <= 2 * NEAR);
        let view = View::new(&Source::new("x", text), 1, &(start..start + 7));
        assert!(view.text.starts_with('…') && view.text.ends_with('…'));
        assert!(view.text.contains("<fault>") && view.width == 7, "{view:?}");
    }

    #[test]
    fn a_long_part_is_cut_with_its_line() {
        let source = Source::new("x", "x".repeat(1_000));
        let view = View::new(&source, 1, &(10..900));
        assert_eq!((view.indent, view.width), (10, WIDEST - 10));
    }
}
