use std::{fmt::Write as _, ops::Range};

use super::{
    Fault, Source,
    view::{View, plain},
};

/// How many faults are shown in full; the rest are counted.
const MOST: usize = 100;

/// What to write before and after a piece of text, such as the escape codes of a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Style<'a> {
    /// Written before.
    pub prefix: &'a str,
    /// Written after.
    pub suffix: &'a str,
}

impl Style<'_> {
    /// The text as it is.
    pub const NONE: Self = Self {
        prefix: "",
        suffix: "",
    };

    fn paint(&self, text: &str) -> String {
        format!("{}{text}{}", self.prefix, self.suffix)
    }
}

/// The styles of a rendering, by role.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Palette<'a> {
    /// `error[E004]`.
    pub error: Style<'a>,
    /// What is wrong.
    pub message: Style<'a>,
    /// Line numbers and the bars beside them.
    pub gutter: Style<'a>,
    /// The underline and what was expected.
    pub underline: Style<'a>,
    /// The word `help`.
    pub help: Style<'a>,
}

impl Palette<'_> {
    /// No style at all.
    pub const PLAIN: Self = Self {
        error: Style::NONE,
        message: Style::NONE,
        gutter: Style::NONE,
        underline: Style::NONE,
        help: Style::NONE,
    };
}

/// The faults as text for people: each with its place, its line with the text at fault underlined,
/// what was expected and what to do; at the end, their number.
///
/// A fault without a span shows its path instead of a line. A span of several lines is underlined on
/// the first. Beyond a hundred faults the rest are only counted. Long lines are cut around the
/// fault, tabs become blanks, and characters that could disturb a terminal are replaced.
///
/// ```
/// use detente::decode::{Faults, Node, Palette, Source, render};
/// let source = Source::new("case.toml", "decided = 1986-10-12\noutcome = nonagreement\n");
/// let mut faults = Faults::new();
/// source.node(&mut faults);
/// assert_eq!(render(&faults.into_vec(), &source, &Palette::PLAIN), "\
/// error[E001]: this is not a value
///   --> case.toml:2:11
///    |
///  2 | outcome = nonagreement
///    |           ^^^^^^^^^^^^ expected a value; text stands in quotes
///    = help: write `\"nonagreement\"`
///
/// 1 fault in case.toml
/// ");
/// ```
#[must_use]
pub fn render(faults: &[Fault], source: &Source, palette: &Palette<'_>) -> String {
    let shown = &faults[..faults.len().min(MOST)];
    let last = shown.iter().filter_map(|fault| fault.span.as_ref());
    let last = last.map(|span| source.locate(span.start).0).max();
    let renderer = Renderer {
        source,
        palette,
        width: last.unwrap_or_default().to_string().len().max(2),
    };
    let mut text: String = shown.iter().map(|fault| renderer.fault(fault)).collect();
    if faults.is_empty() {
        return text;
    }
    let name = plain(source.name());
    let count = match faults.len() {
        1 => format!("1 fault in {name}"),
        all if all > MOST => format!("{all} faults in {name}; the first {MOST} are shown"),
        all => format!("{all} faults in {name}"),
    };
    text.push_str(&count);
    text.push('\n');
    text
}

struct Renderer<'r> {
    source: &'r Source,
    palette: &'r Palette<'r>,
    /// The width of the greatest line number.
    width: usize,
}

impl Renderer<'_> {
    fn fault(&self, fault: &Fault) -> String {
        let palette = self.palette;
        let code = palette
            .error
            .paint(&format!("error[{}]", fault.code.code()));
        let message = palette.message.paint(&plain(&fault.message));
        let mut text = format!("{code}: {message}\n");
        match &fault.span {
            Some(span) => self.line(&mut text, fault, span),
            None => self.path(&mut text, fault),
        }
        if let Some(help) = &fault.help {
            let (bar, help) = (self.gutter("", '='), plain(help));
            let word = palette.help.paint("help");
            // A String never refuses to be written to.
            let _ = writeln!(text, "{bar} {word}: {help}");
        }
        text.push('\n');
        text
    }

    /// The place by path, for documents whose values have no spans.
    fn path(&self, text: &mut String, fault: &Fault) {
        let name = plain(self.source.name());
        let arrow = self.arrow();
        let _ = match fault.path.is_root() {
            true => writeln!(text, "{arrow} {name}"),
            false => writeln!(text, "{arrow} {name}: {}", plain(&fault.path.to_string())),
        };
        if let Some(label) = &fault.label {
            let _ = writeln!(text, "{} {}", self.gutter("", '='), plain(label));
        }
    }

    /// The place by line, with the line underlined.
    fn line(&self, text: &mut String, fault: &Fault, span: &Range<usize>) {
        let (line, column) = self.source.locate(span.start);
        let _ = writeln!(
            text,
            "{} {}:{line}:{column}",
            self.arrow(),
            plain(self.source.name())
        );
        let view = View::new(self.source, line, span);
        let bar = self.gutter("", '|');
        let numbered = self.gutter(&line.to_string(), '|');
        let _ = writeln!(text, "{bar}");
        let _ = writeln!(text, "{}", format!("{numbered} {}", view.text).trim_end());
        let mut under = "^".repeat(view.width);
        if let Some(label) = &fault.label {
            under.push(' ');
            under.push_str(&plain(label));
        }
        let blanks = " ".repeat(view.indent);
        let _ = writeln!(
            text,
            "{bar} {blanks}{}",
            self.palette.underline.paint(&under)
        );
    }

    fn arrow(&self) -> String {
        let arrow = format!("{}-->", " ".repeat(self.width));
        self.palette.gutter.paint(&arrow)
    }

    fn gutter(&self, number: &str, bar: char) -> String {
        let gutter = format!("{number:>width$} {bar}", width = self.width);
        self.palette.gutter.paint(&gutter)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::{Code, Path};

    fn fault(message: &str, span: Option<Range<usize>>) -> Fault {
        let path = Path::root().key("act").index(0);
        Fault::new(Code::UnknownName, path, message).with_span(span)
    }

    #[test]
    fn a_fault_shows_its_line_what_was_expected_and_what_to_do() {
        let text = "\n".repeat(33) + "arm = { none = 0, half = 1 }\n";
        let source = Source::new("case.toml", text);
        let fault = fault("unknown issue `arm`", Some(33..36))
            .with_label("expected one of: arms, inspection")
            .with_nearest("arm", ["arms", "inspection"]);
        let expected = "\
error[E004]: unknown issue `arm`
  --> case.toml:34:1
   |
34 | arm = { none = 0, half = 1 }
   | ^^^ expected one of: arms, inspection
   = help: did you mean `arms`?

1 fault in case.toml
";
        assert_eq!(render(&[fault], &source, &Palette::PLAIN), expected);
    }

    #[test]
    fn without_lines_the_path_is_shown() {
        let fault = fault("m", None).with_label("expected x").with_help("h");
        let expected = "\
error[E004]: m
  --> case.json: act[0]
   = expected x
   = help: h

1 fault in case.json
";
        let source = Source::new("case.json", "{}");
        assert_eq!(render(&[fault], &source, &Palette::PLAIN), expected);
    }

    #[test]
    fn styles_stand_around_what_they_style() {
        let style = |prefix| Style {
            prefix,
            suffix: ">",
        };
        let palette = Palette {
            error: style("<e:"),
            message: style("<m:"),
            gutter: Style::NONE,
            underline: style("<u:"),
            help: style("<h:"),
        };
        let fault = fault("bad", Some(0..1)).with_help("do");
        let text = render(&[fault], &Source::new("f", "x"), &palette);
        for part in ["<e:error[E004]>: <m:bad>", "   | <u:^>", "= <h:help>: do"] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }

    #[test]
    fn no_fault_is_no_text() {
        assert_eq!(render(&[], &Source::new("f", "x"), &Palette::PLAIN), "");
    }

    #[test]
    fn beyond_a_hundred_faults_are_counted() {
        let faults = vec![fault("m", Some(0..1)); 250];
        let text = render(&faults, &Source::new("f", "x"), &Palette::PLAIN);
        assert_eq!(text.matches("error[").count(), MOST);
        assert!(text.ends_with("\n250 faults in f; the first 100 are shown\n"));
    }

    #[test]
    fn great_line_numbers_keep_the_bars_in_line() {
        let source = Source::new("f", "\n".repeat(12_344) + "x");
        let text = render(
            &[fault("m", Some(12_344..12_345))],
            &source,
            &Palette::PLAIN,
        );
        assert!(
            text.contains("\n     --> f:12345:1\n      |\n12345 | x\n      | ^\n"),
            "{text}"
        );
    }

    #[test]
    fn spans_beyond_the_text_or_inside_a_character_do_no_harm() {
        let source = Source::new("f", "é");
        let reversed = Range { start: 2, end: 0 };
        for span in [1..2, 5..9, usize::MAX..usize::MAX, reversed] {
            let text = render(&[fault("m", Some(span))], &source, &Palette::PLAIN);
            assert!(text.contains("1 | é\n"), "{text}");
        }
    }
}
