//! Colours by role.

use anstyle::{AnsiColor, Style};

/// What a piece of text is there for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Role {
    /// Most text.
    #[default]
    Plain,
    /// The answer.
    Answer,
    /// The name of a section.
    Heading,
    /// A term or a figure that stands out.
    Strong,
    /// What explains or repeats.
    Quiet,
    /// A barrier passed, a threshold reached.
    Good,
    /// A barrier that stops, a threshold missed.
    Bad,
    /// A bar.
    Bar,
}

impl Role {
    /// Of a name that every row of a group says, so that none loses it in sorting: strong in the first.
    pub(crate) const fn leading(row: usize) -> Self {
        match row {
            0 => Self::Strong,
            _ => Self::Quiet,
        }
    }

    /// The same of words that are no name.
    pub(crate) const fn following(row: usize) -> Self {
        match row {
            0 => Self::Plain,
            _ => Self::Quiet,
        }
    }
}

/// Which style each role has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Palette {
    /// No style at all.
    Plain,
    /// The sixteen colours that every terminal has, so that its theme decides their shade.
    Ansi,
}

impl Palette {
    pub(crate) fn paint(self, role: Role, text: &str) -> String {
        let style = self.style(role);
        if text.is_empty() || style.is_plain() {
            return text.to_owned();
        }
        format!("{style}{text}{style:#}")
    }

    fn style(self, role: Role) -> Style {
        if self == Self::Plain {
            return Style::new();
        }
        match role {
            Role::Plain => Style::new(),
            Role::Answer | Role::Strong => Style::new().bold(),
            Role::Heading => AnsiColor::Cyan.on_default().bold(),
            Role::Quiet => Style::new().dimmed(),
            Role::Good => AnsiColor::Green.on_default(),
            Role::Bad => AnsiColor::Red.on_default(),
            Role::Bar => AnsiColor::Blue.on_default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_holds_no_escape_code() {
        assert_eq!(Palette::Plain.paint(Role::Bad, "no"), "no");
        assert_eq!(Palette::Ansi.paint(Role::Plain, "no"), "no");
        assert_eq!(Palette::Ansi.paint(Role::Bad, ""), "");
        assert_eq!(Palette::Ansi.paint(Role::Bad, "no"), "\x1b[31mno\x1b[0m");
    }
}
