//! A table whose columns are as wide as they must be, one of which may take what is left and wrap. Where
//! there is no room for them side by side, bars are left out and the others stand in parts, one below
//! another.

use super::text::{columns, wrap};
use crate::palette::{Palette, Role};

/// Blanks between columns.
const GAP: usize = 2;

/// Less room than this for the column that wraps, and it goes below its row.
const LEAST: usize = 26;

/// A column that must give way keeps so much.
const LEAST_SQUEEZED: usize = 8;

/// A column no wider than this marks or counts rows; their names are in a later one.
const MARK: usize = 3;

/// What goes below its row stands below the second column, but no further in than this.
const DEEPEST: usize = 4;

/// Nor less, so that it does not stand below a first column that is blank.
const SHALLOWEST: usize = 3;

/// A piece of a row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    text: String,
    role: Role,
    /// What links point at to reach the row, in a document.
    anchor: Option<String>,
    /// What parts of the text point at, in a document.
    links: Vec<(String, String)>,
    /// What of the case the text stands for, whose source a document links to.
    source: Option<Source>,
    datum: Datum,
}

/// The number that a cell shows, for other programs.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Datum {
    pub(crate) value: Option<f64>,
    /// The ends of a range, a band or an interval.
    pub(crate) ends: Option<[f64; 2]>,
    /// Empty for payoffs, counts, and probabilities and shares from 0 to 1.
    pub(crate) unit: &'static str,
}

/// What of a case has a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Source {
    /// A number, by name.
    Number(String),
    /// An act, by id.
    Act(String),
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>, role: Role) -> Self {
        Self {
            text: text.into(),
            role,
            ..Self::default()
        }
    }

    /// The same, painted as this.
    pub(crate) const fn of(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    /// The same, where links under this name lead.
    pub(crate) fn anchored(mut self, name: String) -> Self {
        self.anchor = Some(name);
        self
    }

    /// The same, standing for something of the case.
    pub(crate) fn sourced(mut self, source: Source) -> Self {
        self.source = Some(source);
        self
    }

    /// The same, showing this number.
    pub(crate) fn worth(mut self, value: impl Into<Option<f64>>) -> Self {
        self.datum.value = value.into();
        self
    }

    /// The same, showing these ends.
    pub(crate) fn between(mut self, ends: impl Into<Option<[f64; 2]>>) -> Self {
        self.datum.ends = ends.into();
        self
    }

    /// The same, in a unit.
    pub(crate) const fn in_unit(mut self, unit: &'static str) -> Self {
        self.datum.unit = unit;
        self
    }

    /// Words that lead somewhere, each with where.
    pub(crate) fn linked(links: Vec<(String, String)>) -> Self {
        let words: Vec<&str> = links.iter().map(|(text, _)| text.as_str()).collect();
        Self {
            text: words.join(", "),
            links,
            ..Self::default()
        }
    }
}

impl Cell {
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) const fn role(&self) -> Role {
        self.role
    }

    pub(crate) fn is_bar(&self) -> bool {
        self.role == Role::Bar
    }

    pub(crate) fn anchor(&self) -> Option<&str> {
        self.anchor.as_deref()
    }

    pub(crate) const fn datum(&self) -> &Datum {
        &self.datum
    }

    pub(crate) const fn source(&self) -> Option<&Source> {
        self.source.as_ref()
    }

    pub(crate) fn links(&self) -> &[(String, String)] {
        &self.links
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::new(text, Role::Plain)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::new(text, Role::Plain)
    }
}

/// A column: its title and how its cells stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Column {
    title: &'static str,
    side: Side,
}

/// How the cells of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
    /// At the left, in the room that is left, or below where that is too little.
    Wrapped,
    /// On lines of their own below the row.
    Below,
}

impl Column {
    pub(crate) const fn title(&self) -> &'static str {
        self.title
    }

    /// Whether it holds numbers to be read below one another.
    pub(crate) fn is_right(&self) -> bool {
        self.side == Side::Right
    }

    pub(crate) const fn is_titled(&self) -> bool {
        !self.title.is_empty()
    }

    /// Cells begin at the left.
    pub(crate) const fn left(title: &'static str) -> Self {
        Self {
            title,
            side: Side::Left,
        }
    }

    /// Cells end at the right.
    pub(crate) const fn right(title: &'static str) -> Self {
        Self {
            title,
            side: Side::Right,
        }
    }

    /// The last column, which takes the room that is left and wraps; where that is little, its cells
    /// go below their rows.
    pub(crate) const fn wrapped(title: &'static str) -> Self {
        Self {
            title,
            side: Side::Wrapped,
        }
    }

    /// The last column, whose cells go below their rows.
    pub(crate) const fn below() -> Self {
        Self {
            title: "",
            side: Side::Below,
        }
    }
}

/// Rows under columns.
#[derive(Debug, Clone)]
pub(crate) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(crate) fn new(columns: impl Into<Vec<Column>>) -> Self {
        Self {
            columns: columns.into(),
            rows: Vec::new(),
        }
    }

    pub(crate) fn columns(&self) -> &[Column] {
        &self.columns
    }

    pub(crate) fn rows(&self) -> &[Vec<Cell>] {
        &self.rows
    }

    /// The columns that say something to a reader who sees no bars.
    pub(crate) fn shown(&self) -> Vec<usize> {
        let says = |idx: &usize| {
            let mut cells = self.rows.iter().filter_map(|row| row.get(*idx));
            let titled = !self.columns[*idx].title.is_empty();
            titled || cells.any(|cell| !cell.is_bar() && !cell.text.is_empty())
        };
        (0..self.columns.len()).filter(says).collect()
    }

    /// The same without those of some columns in which no row has anything.
    pub(crate) fn without_empty(&self, places: &[usize]) -> Self {
        let holds = |idx: &usize| {
            let mut cells = self.rows.iter().filter_map(|row| row.get(*idx));
            cells.any(|cell| !cell.text.is_empty())
        };
        let kept = (0..self.columns.len()).filter(|idx| !places.contains(idx) || holds(idx));
        self.of_columns(&kept.collect::<Vec<_>>())
    }

    /// The same with a first column that counts rows from 0.
    pub(crate) fn numbered(mut self, title: &'static str) -> Self {
        self.columns.insert(0, Column::right(title));
        for (nth, row) in self.rows.iter_mut().enumerate() {
            row.insert(0, Cell::from(nth.to_string()).worth(nth as f64));
        }
        self
    }

    /// Adds a row, one cell a column.
    pub(crate) fn row(&mut self, cells: impl Into<Vec<Cell>>) {
        self.rows.push(cells.into());
    }

    /// The lines of the table in at most `room` columns, titles first if there are any.
    pub(crate) fn lines(&self, room: usize, palette: Palette) -> Vec<String> {
        if self.layout(room).taken() <= room {
            return self.side_by_side(room, palette);
        }
        let plain = self.of_columns(&self.shown());
        let parts = plain.parts(room).into_iter();
        parts
            .flat_map(|part| plain.of_columns(&part).side_by_side(room, palette))
            .collect()
    }

    /// Some of the columns, in this order.
    fn of_columns(&self, columns: &[usize]) -> Self {
        let of_row = |row: &Vec<Cell>| {
            let cells = columns.iter().filter_map(|idx| row.get(*idx));
            cells.cloned().collect()
        };
        Self {
            columns: columns.iter().map(|idx| self.columns[*idx]).collect(),
            rows: self.rows.iter().map(of_row).collect(),
        }
    }

    /// The columns in parts that fit, each part with those that name the rows. What goes below its
    /// row takes no room.
    fn parts(&self, room: usize) -> Vec<Vec<usize>> {
        let widths = self.natural_widths();
        let marks = widths.iter().take_while(|width| **width <= MARK).count();
        let names: Vec<usize> = (0..self.columns.len().min(marks + 1)).collect();
        let named: usize = names.iter().map(|idx| widths[*idx] + GAP).sum();
        let (mut parts, mut part, mut taken) = (Vec::new(), names.clone(), named);
        for (idx, column) in self.columns.iter().enumerate().skip(names.len()) {
            let is_beside = matches!(column.side, Side::Left | Side::Right);
            let wide = if is_beside { widths[idx] + GAP } else { 0 };
            if taken + wide > room + GAP && part.len() > names.len() {
                parts.push(std::mem::replace(&mut part, names.clone()));
                taken = named;
            }
            part.push(idx);
            taken += wide;
        }
        parts.push(part);
        parts
    }

    fn side_by_side(&self, room: usize, palette: Palette) -> Vec<String> {
        let layout = self.squeezed(self.layout(room), room);
        let mut lines = Vec::new();
        if self.columns.iter().any(|column| !column.title.is_empty()) {
            let titles = self.columns.iter();
            let titles: Vec<Cell> = titles
                .map(|column| Cell::new(column.title, Role::Quiet))
                .collect();
            let beside = &titles[..layout.widths.len()];
            self.beside(beside, &layout.widths, palette, &mut lines);
        }
        for row in &self.rows {
            let beside = &row[..row.len().min(layout.widths.len())];
            self.beside(beside, &layout.widths, palette, &mut lines);
            if let Some(cell) = row.get(layout.widths.len()) {
                below(cell, layout.indent, room, palette, &mut lines);
            }
        }
        lines
    }

    /// How wide the columns are that stand beside one another, and how far in the last one stands
    /// if it goes below.
    fn layout(&self, room: usize) -> Layout {
        let mut widths = self.natural_widths();
        let indent = widths
            .first()
            .map_or(0, |first| (first + GAP).clamp(SHALLOWEST, DEEPEST));
        let side = self.columns.last().map(|column| column.side);
        if matches!(side, Some(Side::Wrapped | Side::Below)) {
            let wanted = widths.pop().unwrap_or_default();
            let taken: usize = widths.iter().map(|width| width + GAP).sum();
            let left = room.saturating_sub(taken);
            if side == Some(Side::Wrapped) && (wanted <= left || left >= LEAST) {
                widths.push(wanted.min(left));
            }
        }
        Layout { widths, indent }
    }

    fn natural_widths(&self) -> Vec<usize> {
        let widest = |(idx, column): (usize, &Column)| {
            let cells = self.rows.iter().filter_map(|row| row.get(idx));
            let widest = cells.map(|cell| columns(&cell.text)).max();
            widest.unwrap_or_default().max(columns(column.title))
        };
        self.columns.iter().enumerate().map(widest).collect()
    }

    /// The layout in which the widest columns of words give way to the others, where they must.
    fn squeezed(&self, mut layout: Layout, room: usize) -> Layout {
        for _ in 0..layout.widths.len() {
            let over = layout.taken().saturating_sub(room);
            let words = layout.widths.iter_mut().zip(&self.columns);
            let words = words.filter(|(_, column)| column.side == Side::Left);
            let widest = words.map(|(width, _)| width).max();
            if let Some(width) = widest.filter(|width| **width > LEAST_SQUEEZED) {
                *width = width.saturating_sub(over).max(LEAST_SQUEEZED);
            }
        }
        layout
    }

    /// Cells beside one another, on as many lines as the longest takes.
    fn beside(&self, row: &[Cell], widths: &[usize], palette: Palette, lines: &mut Vec<String>) {
        let cells = self.columns.iter().zip(row).zip(widths);
        let parts: Vec<Vec<String>> = cells
            .clone()
            .map(|((column, cell), &width)| {
                let breaks = column.side == Side::Wrapped || columns(&cell.text) > width;
                match breaks {
                    true => wrap(&cell.text, width),
                    false => vec![cell.text.clone()],
                }
            })
            .collect();
        for nth in 0..parts.iter().map(Vec::len).max().unwrap_or_default() {
            let mut line = String::new();
            for (((column, cell), &width), parts) in cells.clone().zip(&parts) {
                let text = parts.get(nth).map_or("", String::as_str);
                line.push_str(&placed(text, cell.role, column.side, width, palette));
                line.push_str(&" ".repeat(GAP));
            }
            lines.push(line.trim_end().to_owned());
        }
    }
}

/// Where the cells of a row go.
struct Layout {
    /// Of the columns beside one another.
    widths: Vec<usize>,
    /// Of what goes below.
    indent: usize,
}

impl Layout {
    /// What the columns beside one another take.
    fn taken(&self) -> usize {
        let widths = self.widths.iter().map(|width| width + GAP);
        widths.sum::<usize>().saturating_sub(GAP)
    }
}

/// A cell on lines of its own; an empty one has none.
fn below(cell: &Cell, indent: usize, room: usize, palette: Palette, lines: &mut Vec<String>) {
    if cell.text.is_empty() {
        return;
    }
    for part in wrap(&cell.text, room.saturating_sub(indent)) {
        let painted = palette.paint(cell.role, &part);
        lines.push(format!("{}{painted}", " ".repeat(indent)));
    }
}

/// A cell's text, painted, with the blanks that fill its column.
fn placed(text: &str, role: Role, side: Side, width: usize, palette: Palette) -> String {
    let blanks = " ".repeat(width.saturating_sub(columns(text)));
    let text = palette.paint(role, text);
    if side == Side::Right {
        format!("{blanks}{text}")
    } else {
        format!("{text}{blanks}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table::new([
            Column::left("day"),
            Column::right("trust"),
            Column::wrapped("act"),
        ]);
        table.row([
            "1".into(),
            "0.5".into(),
            "a word and another word and more words yet".into(),
        ]);
        table.row(["12".into(), "0.25".into(), "é".into()]);
        table
    }

    #[test]
    fn the_last_column_wraps_in_its_place() {
        let lines = table().lines(40, Palette::Plain);
        assert_eq!(
            lines,
            [
                "day  trust  act",
                "1      0.5  a word and another word and",
                "            more words yet",
                "12    0.25  é",
            ]
        );
    }

    #[test]
    fn with_little_room_it_goes_below_its_row() {
        let lines = table().lines(30, Palette::Plain);
        assert_eq!(
            lines,
            [
                "day  trust",
                "1      0.5",
                "    a word and another word",
                "    and more words yet",
                "12    0.25",
                "    é",
            ]
        );
    }

    #[test]
    fn a_table_too_wide_stands_in_parts_without_its_bars() {
        let mut table = Table::new([
            Column::left(""),
            Column::left(""),
            Column::right("gains"),
            Column::left(""),
            Column::right("refused"),
        ]);
        let row = |mark: &str, name: &str, [gains, refused]: [&str; 2]| {
            let bar = Cell::new("████░░", Role::Bar);
            let [mark, name, gains, refused] = [mark, name, gains, refused].map(Cell::from);
            [mark, name, gains, bar, refused]
        };
        table.row(row("►", "one leader", ["1", "2"]));
        table.row(row("", "another", ["3", "44"]));
        let lines = |room| table.lines(room, Palette::Plain);
        assert_eq!(lines(37)[1], "►  one leader      1  ████░░        2");
        assert_eq!(lines(36)[1], "►  one leader      1        2");
        assert_eq!(
            lines(20),
            [
                "               gains",
                "►  one leader      1",
                "   another         3",
                "             refused",
                "►  one             2",
                "   leader",
                "   another        44",
            ]
        );
    }

    #[test]
    fn a_table_without_titles_has_no_line_for_them() {
        let mut table = Table::new([Column::left(""), Column::left("")]);
        table.row(["a".into(), "b".into()]);
        assert_eq!(table.lines(80, Palette::Plain), ["a  b"]);
    }
}
