//! A document as Markdown (GitHub's dialect, for its tables): the words and the tables, without figures.

use super::Findings;
use crate::{
    layout::{Block, Cell, Page, Place, Table},
    palette::Role,
};

pub(crate) fn write(findings: &Findings<'_>) -> String {
    let page: Page = super::page(findings);
    let mut text = String::new();
    let (mut first, mut answered, mut listing) = (true, false, false);
    for block in page.blocks() {
        let entry = matches!(
            block,
            Block::Text {
                place: Place::Entry,
                ..
            }
        );
        if listing && !entry {
            text.push('\n');
        }
        listing = entry;
        match block {
            Block::Part { .. } => first = true,
            Block::Blank => {}
            Block::Heading(title) => {
                let marks = if first { "##" } else { "###" };
                text.push_str(&format!("{marks} {}\n\n", escaped(title)));
                first = false;
            }
            Block::Text {
                place,
                role,
                text: said,
            } => {
                let line = match (place, role) {
                    (Place::Lead, _) if !answered => format!("# {}\n\n", escaped(said)),
                    (Place::Entry, _) => format!("- {}\n", escaped(said)),
                    (_, Role::Strong | Role::Answer) => format!("**{}**\n\n", escaped(said)),
                    _ => format!("{}\n\n", escaped(said)),
                };
                answered |= *place == Place::Lead;
                text.push_str(&line);
            }
            Block::Table(table) => text.push_str(&rows(table)),
            Block::Figure(figure) => {
                text.push_str(&format!(
                    "**{}.** {}\n\n",
                    escaped(figure.title()),
                    escaped(figure.finding())
                ));
                text.push_str(&rows(figure.table()));
            }
        }
    }
    format!("{}\n", text.trim_end())
}

/// A table, without its bars.
fn rows(table: &Table) -> String {
    let shown = table.shown();
    if table.rows().is_empty() || shown.is_empty() {
        return String::new();
    }
    let titles = shown
        .iter()
        .map(|&idx| escaped(table.columns()[idx].title()));
    let marks = shown
        .iter()
        .map(|&idx| match table.columns()[idx].is_right() {
            true => "---:".to_owned(),
            false => "---".to_owned(),
        });
    let mut text = format!("{}{}", line(titles), line(marks));
    for row in table.rows() {
        let cells = shown
            .iter()
            .map(|&idx| row.get(idx).map_or_else(String::new, cell));
        text.push_str(&line(cells));
    }
    text.push('\n');
    text
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {} |\n", cells.join(" | "))
}

fn cell(cell: &Cell) -> String {
    let text = escaped(cell.text());
    match cell.role() {
        Role::Strong if !text.is_empty() => format!("**{}**", text.trim()),
        _ => text,
    }
}

/// Text in which nothing is markup: every sign that could be is escaped, whatever it would mean.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_{}[]<>#|~&!".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    // At the beginning of a line these begin a list or a rule, and a number before a stop a list.
    match out.chars().next() {
        Some('-' | '+' | '=') => format!("\\{out}"),
        Some(digit) if digit.is_ascii_digit() => out.replacen(". ", "\\. ", 1),
        _ => out,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_said_is_markup() {
        assert_eq!(
            escaped("<b> *x* [y](z) | `c`"),
            "\\<b\\> \\*x\\* \\[y\\](z) \\| \\`c\\`"
        );
        assert_eq!(escaped("- 1"), "\\- 1");
        assert_eq!(escaped("3. x"), "3\\. x");
    }
}
