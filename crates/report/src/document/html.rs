//! A document as one file of HTML that needs nothing else: no address, no script to be read.

use std::collections::BTreeMap;

use detente::input_words;

use super::Findings;
use crate::{
    figure::{Figure, theme},
    layout::{Block, Cell, Place, Source, Table, clean},
    markup::{Element, element},
    palette::Role,
};

const STYLE: &str = include_str!("page.css");
/// Sorting, and unfolding before printing: whatever else there is can be read without.
const SCRIPT: &str = include_str!("page.js");

pub(crate) fn write(findings: &Findings<'_>) -> String {
    let page = super::page(findings);
    let coded = || findings.assessment.evidence.coded.iter().enumerate();
    // The first number of an act stands for all of them: what they rest on is coded together.
    let acts = coded().rev();
    let acts = acts.filter_map(|(idx, it)| match input_words(&it.name)[..] {
        ["act", id, ..] => Some((id.to_owned(), idx)),
        _ => None,
    });
    let writer = Writer {
        numbers: coded().map(|(idx, it)| (clean(&it.name), idx)).collect(),
        acts: acts.collect(),
    };
    let parts = parts(page.blocks());
    let title = clean(&findings.assessment.subject.title);
    let (answer, rest) = parts.split_at(parts.len().min(1));
    let part = |part: &Part<'_>| writer.part(part);
    let main = element("main").children(answer.iter().map(part));
    let main = main.child(contents(rest)).children(rest.iter().map(part));
    let body = element("body").child(banner(&title)).child(main);
    let body = body.child(element("script").code(SCRIPT));
    let html = element("html")
        .set("lang", "en")
        .child(head(&title))
        .child(body);
    format!("<!doctype html>\n{}\n", html.render())
}

/// The name of the row of the evidence table that holds a coded number.
pub(crate) fn number_row(idx: usize) -> String {
    format!("number-{}", idx + 1)
}

fn head(title: &str) -> Element {
    let viewport = element("meta").set("name", "viewport");
    element("head")
        .child(element("meta").set("charset", "utf-8"))
        .child(viewport.set("content", "width=device-width, initial-scale=1"))
        .child(
            element("meta")
                .set("name", "color-scheme")
                .set("content", "light dark"),
        )
        .child(element("title").text(format!("{title}: a Détente report")))
        .child(element("style").code(format!("{}{STYLE}", theme::page())))
}

fn banner(title: &str) -> Element {
    element("header")
        .child(element("span").class("brand").text("Détente"))
        .child(element("span").set("dir", "auto").text(title))
}

/// Blocks of one part.
struct Part<'p> {
    name: &'static str,
    folded: bool,
    blocks: Vec<&'p Block>,
}

impl Part<'_> {
    fn title(&self) -> Option<&str> {
        self.blocks.iter().find_map(|block| match block {
            Block::Heading(title) => Some(title.as_str()),
            _ => None,
        })
    }
}

fn parts(blocks: &[Block]) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for block in blocks {
        match (block, parts.last_mut()) {
            (Block::Part { name, folded }, _) => parts.push(Part {
                name,
                folded: *folded,
                blocks: Vec::new(),
            }),
            (block, Some(part)) => part.blocks.push(block),
            (_, None) => {}
        }
    }
    parts
}

/// Links to the parts.
fn contents(parts: &[Part<'_>]) -> Element {
    let titled = parts
        .iter()
        .filter_map(|part| Some((part.name, part.title()?)));
    let links = titled.map(|(name, title)| {
        let link = element("a").set("href", format!("#{name}")).text(title);
        element("li").child(link)
    });
    element("nav")
        .set("aria-label", "Contents")
        .child(element("ol").children(links))
}

/// Puts blocks into elements.
struct Writer {
    /// The place of every coded number in the evidence table, by name.
    numbers: BTreeMap<String, usize>,
    /// The same of the first number of every act, by id.
    acts: BTreeMap<String, usize>,
}

impl Writer {
    fn part(&self, part: &Part<'_>) -> Element {
        let section = element("section").set("id", part.name);
        let mut groups: Vec<(Option<&str>, Vec<Element>)> = vec![(None, Vec::new())];
        // Entries of a list, or figures side by side, that follow one another.
        let mut run = Run::default();
        for block in &part.blocks {
            if let Some((kind, element)) = self.running(block) {
                if run.kind != Some(kind) {
                    run.end(&mut groups);
                }
                run.kind = Some(kind);
                run.elements.push(element);
                continue;
            }
            run.end(&mut groups);
            if let Block::Heading(title) = block {
                groups.push((Some(title), Vec::new()));
                continue;
            }
            let under = groups.iter().rev().find_map(|(title, _)| *title);
            let shown = self.block(block, part.name == "answer", under.unwrap_or("Table"));
            if let (Some(shown), Some((_, group))) = (shown, groups.last_mut()) {
                group.push(shown);
            }
        }
        run.end(&mut groups);
        let mut headed = 0;
        section.children(groups.into_iter().flat_map(|(title, content)| {
            headed += usize::from(title.is_some());
            group(title, content, headed > 1, part.folded)
        }))
    }

    /// What stands in one frame with others of its kind that are beside it.
    fn running(&self, block: &Block) -> Option<(Kind, Element)> {
        match block {
            Block::Text {
                place: Place::Entry,
                role,
                text,
            } => Some((Kind::List, spoken("li", *role, text))),
            Block::Figure(figure) if figure.is_panel() => Some((Kind::Panels, self.figure(figure))),
            _ => None,
        }
    }

    fn block(&self, block: &Block, answer: bool, under: &str) -> Option<Element> {
        Some(match block {
            Block::Text {
                place: Place::Lead,
                role: Role::Answer,
                text,
            } if answer => quoting(element("h1").set("dir", "auto"), text),
            Block::Text {
                place: Place::Lead,
                text,
                ..
            } => quoting(element("p").class("lead").set("dir", "auto"), text),
            Block::Text { role, text, .. } => spoken("p", *role, text),
            Block::Table(table) => self.table(table, under)?,
            Block::Figure(figure) => self.figure(figure),
            Block::Part { .. } | Block::Heading(_) | Block::Blank => return None,
        })
    }

    fn figure(&self, figure: &Figure) -> Element {
        let caption = element("figcaption")
            .child(element("strong").set("dir", "auto").text(figure.title()))
            .child(element("span").set("dir", "auto").text(figure.finding()));
        let shown = element("figure")
            .set("id", figure.name())
            .child(caption)
            .children(figure.drawings());
        match self.table(figure.table(), figure.title()) {
            None => shown,
            Some(table) => {
                let summary = element("summary").text("The numbers behind it");
                shown.child(element("details").child(summary).child(table))
            }
        }
    }

    /// A table without its bars, named by what it stands under; `None` where nothing is in it.
    fn table(&self, table: &Table, name: &str) -> Option<Element> {
        let shown = table.shown();
        if table.rows().is_empty() || shown.is_empty() {
            return None;
        }
        let columns = table.columns();
        let side = |idx: usize| match columns[idx].is_right() {
            true => "right",
            false => breadth(table, idx),
        };
        let stacked = is_wide(table, &shown);
        let mut whole = element("table").class(if stacked { "stack" } else { "" });
        if shown.iter().any(|&idx| !columns[idx].title().is_empty()) {
            let titles = shown.iter().map(|&idx| {
                let title = element("th").set("scope", "col").class(side(idx));
                title.text(columns[idx].title())
            });
            whole = whole.child(element("thead").child(element("tr").children(titles)));
        }
        let rows = table.rows().iter().map(|row| {
            let anchor = row.iter().find_map(Cell::anchor);
            let cells = shown.iter().map(|&idx| match row.get(idx) {
                Some(cell) if stacked && columns[idx].is_titled() && !cell.text().is_empty() => {
                    let shown = self.cell(cell, side(idx));
                    shown.set("data-title", columns[idx].title())
                }
                Some(cell) => self.cell(cell, side(idx)),
                None => element("td"),
            });
            let line = element("tr").children(cells.collect::<Vec<_>>());
            match anchor {
                Some(anchor) => line.set("id", anchor),
                None => line,
            }
        });
        let whole = whole.child(element("tbody").children(rows.collect::<Vec<_>>()));
        let frame = element("div")
            .class("table")
            .set("tabindex", "0")
            .set("role", "group");
        Some(frame.set("aria-label", name).child(whole))
    }

    /// The place of a coded number; of what is coded by several, as a true type by its chances, that of the
    /// first.
    fn number(&self, name: &str) -> Option<&usize> {
        let within = format!("{name}.");
        let several = || {
            let (first, place) = self.numbers.range(within.clone()..).next()?;
            first.starts_with(&within).then_some(place)
        };
        self.numbers.get(name).or_else(several)
    }

    fn cell(&self, cell: &Cell, side: &str) -> Element {
        let class = format!("{} {side}", class(cell.role()));
        let shown = element("td").class(class.trim()).set("dir", "auto");
        let link = |text: &str, to: &str| element("a").set("href", format!("#{to}")).text(text);
        if !cell.links().is_empty() {
            let links = cell.links().iter().enumerate();
            return links.fold(shown, |shown, (nth, (text, to))| {
                let comma = if nth > 0 { ", " } else { "" };
                shown.text(comma).child(link(text, to))
            });
        }
        let source = match cell.source() {
            Some(Source::Number(name)) => self.number(name),
            Some(Source::Act(id)) => self.acts.get(id),
            None => None,
        };
        if let Some(&idx) = source {
            return shown.child(link(cell.text(), &number_row(idx)));
        }
        match self.numbers.get(cell.text()) {
            Some(&idx) if cell.anchor().is_none() => {
                let link = element("a").set("href", format!("#{}", number_row(idx)));
                shown.child(breakable(link, cell.text()))
            }
            Some(_) => breakable(shown, cell.text()),
            None => shown.text(cell.text()),
        }
    }
}

/// A name with places where it may be broken.
fn breakable(element: Element, name: &str) -> Element {
    let mut parts = name.split_inclusive(['.', '(', ',', '=']);
    let first = parts.next().unwrap_or_default();
    parts.fold(element.text(first), |element, part| {
        element.child(crate::markup::element("wbr")).text(part)
    })
}

/// Whether a table is too wide for a telephone, where each row of it then stands as a paragraph.
fn is_wide(table: &Table, shown: &[usize]) -> bool {
    /// Letters beside one another, about.
    const ROOM: usize = 44;
    /// Letters at which a column of words may be broken into lines.
    const BROKEN: usize = 18;
    let widest = |idx: &usize| {
        let column = &table.columns()[*idx];
        let cells = table.rows().iter().filter_map(|row| row.get(*idx));
        let cells = cells.map(|cell| cell.text().chars().count());
        let widest = cells.max().unwrap_or_default();
        match column.is_right() {
            true => widest.max(4),
            false => widest.min(BROKEN),
        }
    };
    shown.iter().map(|idx| widest(idx) + 2).sum::<usize>() > ROOM
}

/// How much room the cells of a column take: little enough not to be broken, or more.
fn breadth(table: &Table, idx: usize) -> &'static str {
    let cells = table.rows().iter().filter_map(|row| row.get(idx));
    let widest = cells.map(|cell| cell.text().chars().count()).max();
    match widest.unwrap_or_default() {
        0..=1 => "sign short",
        2..=20 => "short",
        21..=60 => "text",
        _ => "long",
    }
}

/// A section of a part under its title, the second and further ones folded where the part is.
fn group(title: Option<&str>, content: Vec<Element>, further: bool, folded: bool) -> Vec<Element> {
    let Some(title) = title else {
        return content;
    };
    if further && folded {
        let heading = element("summary").child(element("h3").text(title));
        return vec![
            element("details")
                .class("more")
                .child(heading)
                .children(content),
        ];
    }
    let heading = element(if further { "h3" } else { "h2" })
        .set("dir", "auto")
        .text(title);
    let mut shown = vec![heading];
    shown.extend(content);
    shown
}

/// What frames elements of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    List,
    Panels,
}

/// Elements of one kind that follow one another.
#[derive(Default)]
struct Run {
    kind: Option<Kind>,
    elements: Vec<Element>,
}

impl Run {
    /// Puts them into their frame at the end of the last group.
    fn end(&mut self, groups: &mut [(Option<&str>, Vec<Element>)]) {
        let frame = match self.kind.take() {
            Some(Kind::List) => element("ul"),
            Some(Kind::Panels) => element("div").class("panels"),
            None => return,
        };
        if let Some((_, group)) = groups.last_mut() {
            group.push(frame.children(std::mem::take(&mut self.elements)));
        }
    }
}

fn spoken(tag: &'static str, role: Role, text: &str) -> Element {
    quoting(element(tag).class(class(role)).set("dir", "auto"), text)
}

/// Text in which what stands between two backticks is to be typed as it is.
fn quoting(element: Element, text: &str) -> Element {
    let parts: Vec<&str> = text.split('`').collect();
    if parts.len().is_multiple_of(2) {
        return element.text(text);
    }
    parts
        .iter()
        .enumerate()
        .fold(element, |element, (nth, part)| {
            if nth % 2 == 1 {
                return element.child(crate::markup::element("code").text(*part));
            }
            element.text(*part)
        })
}

const fn class(role: Role) -> &'static str {
    match role {
        Role::Quiet => "quiet",
        Role::Strong | Role::Answer | Role::Heading => "strong",
        Role::Good => "good",
        Role::Bad => "bad",
        Role::Plain | Role::Bar => "",
    }
}
