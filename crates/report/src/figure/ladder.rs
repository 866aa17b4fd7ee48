//! The trust ladder: rung by rung what each party believes of the other before and after, how little it
//! would take to stop, and what it stands to lose.

use detente::assessment::{AgreedPath, AgreedRung, PathReport, RungSide};

use super::{
    Figure,
    canvas::{Anchor, BOLD, Canvas, Key, LINE, SMALL, Shape, Sign},
    label,
    scale::Scale,
};
use crate::{
    layout::{Cell, Column, Table},
    names::Names,
    number,
    palette::Role,
    words,
};

/// The height of what one party believes.
const SIDE: f64 = 26.0;

/// What it takes more where the party's name stands above it.
const ABOVE: f64 = 14.0;

/// The height of the name of a rung, beside that of its lines.
const NAME: f64 = 7.0;

/// Lines of the name of a rung.
const LINES: usize = 8;

/// More beliefs than this are not told one by one.
const NAMED: usize = 4;

/// Rungs drawn; the table has all.
const DRAWN: usize = 12;

/// A rung as it is drawn.
struct Rung {
    /// What is agreed.
    name: String,
    /// What it is to each party, by observer.
    sides: Vec<Side>,
}

/// What one party believes of another at a rung, and what the rung could cost it.
struct Side {
    /// Who believes.
    party: String,
    /// The chance, as it believes before the rung, that the other would keep what the ladder leads to.
    before: f64,
    /// The same once the rung is seen to be kept.
    if_kept: f64,
    /// And once it is seen to be broken, where that can be.
    if_broken: Option<f64>,
    /// The trust that the last step asks for, be it the full agreement or a lesser one, where one belief decides.
    needed: Option<f64>,
    /// What is lost if the other breaks the rung.
    exposure: f64,
    /// That times the chance of it, as the party believes.
    expected: f64,
}

/// The path to the full agreement or, where none leads there, to the best that can be reached; `None` where
/// there is neither, or no belief along it.
pub(crate) fn ladder(found: &PathReport, names: &Names<'_>) -> Option<Figure> {
    let path = found.path.as_ref().or(found.short_of.as_ref())?;
    let rungs = path.rungs.iter();
    let asks = path.rungs.last().map_or(&[][..], |it| &it.sides);
    let rungs: Vec<Rung> = rungs.map(|it| Rung::of(it, asks, names)).collect();
    figure(&rungs, &finding(&rungs, path, found))
}

impl Rung {
    fn of(rung: &AgreedRung, asks: &[RungSide], names: &Names<'_>) -> Self {
        let share = match rung.share < 1.0 {
            true => format!(", at {} of the stakes", number::percent(rung.share)),
            false => String::new(),
        };
        let sides = rung.sides.iter();
        Self {
            name: format!("{}{share}", names.terms_line(&rung.terms)),
            sides: sides.flat_map(|it| Side::of(it, asks, names)).collect(),
        }
    }
}

impl Side {
    /// One for each other party about which there is a belief. `asks` are the sides at the last rung, which is what
    /// all numbers are about: the full agreement, or a lesser one.
    fn of(side: &RungSide, asks: &[RungSide], names: &Names<'_>) -> Vec<Self> {
        let alone = side.beliefs.len() == 1;
        let party = names.party(&side.party);
        let last = asks.iter().find(|it| it.party == side.party);
        let needed = last.and_then(|it| it.trust_needed).filter(|_| alone);
        let beliefs = side.beliefs.iter().map(|belief| Self {
            party: match alone {
                true => party.clone(),
                false => format!("{party} of {}", names.party(&belief.about)),
            },
            before: belief.before,
            if_kept: belief.if_kept,
            if_broken: belief.if_broken,
            needed,
            exposure: side.exposure,
            expected: side.expected_loss,
        });
        beliefs.collect()
    }
}

/// How far trust rises, and at what risk.
fn finding(rungs: &[Rung], path: &AgreedPath, found: &PathReport) -> String {
    let (first, last) = (rungs.first(), rungs.last());
    let ends = first.into_iter().flat_map(|it| &it.sides);
    let ends: Vec<(&Side, &Side)> = ends
        .zip(last.into_iter().flat_map(|it| &it.sides))
        .collect();
    let steps = number::count_of(rungs.len() as u64, "step");
    let risk = match rungs.len() {
        1 => String::new(),
        _ => format!(
            "; before the last at most {} of what the last brings is exposed",
            number::percent(path.exposure)
        ),
    };
    let whither = match found.path {
        Some(_) => "",
        None => "No steps lead to the full agreement, but some to a lesser one. ",
    };
    format!(
        "{whither}If all keep every step, {steps} would {}{risk}.",
        rises(&ends)
    )
}

/// What steps that are kept do to trust, from what it is at first to what it is at last.
fn rises(ends: &[(&Side, &Side)]) -> String {
    let told = |from: f64, to: f64| [from, to].map(number::probability);
    if ends.len() > NAMED {
        let least = |of: fn(&(&Side, &Side)) -> f64| ends.iter().map(of).fold(1.0, f64::min);
        let [before, after] = told(least(|it| it.0.before), least(|it| it.1.if_kept));
        return format!("carry trust, where it is least, from {before} to {after}");
    }
    let (mut rising, mut staying) = (Vec::new(), Vec::new());
    for (first, last) in ends {
        let [before, after] = told(first.before, last.if_kept);
        match before == after {
            true => staying.push(format!("that of {} at {after}", first.party)),
            false => rising.push(format!("that of {} from {before} to {after}", first.party)),
        }
    }
    match (words::list(&rising), words::list(&staying)) {
        (rising, staying) if staying.is_empty() => format!("carry trust: {rising}"),
        (rising, staying) if rising.is_empty() => format!("leave trust as it is: {staying}"),
        (rising, staying) => format!("carry trust: {rising}; and leave {staying}"),
    }
}

/// `None` without beliefs, or with numbers that have no place.
fn figure(rungs: &[Rung], finding: &str) -> Option<Figure> {
    let sides = rungs.iter().flat_map(|it| &it.sides);
    let finite = |it: &Side| {
        let numbers = [it.before, it.if_kept, it.exposure, it.expected];
        numbers.iter().all(|it| it.is_finite())
    };
    let mut sides = sides.peekable();
    sides.peek()?;
    sides.all(finite).then(|| {
        let shown = &rungs[..rungs.len().min(DRAWN)];
        let figure = Figure::new("ladder", "Step by step", finding, |width| {
            draw(shown, width)
        });
        figure.with(table(rungs))
    })
}

fn table(rungs: &[Rung]) -> Table {
    let mut table = Table::new([
        Column::right("rung"),
        Column::left("party"),
        Column::right("trust before"),
        Column::right("if kept"),
        Column::right("if broken"),
        Column::right("last step asks"),
        Column::right("exposed"),
        Column::right("expected loss"),
        Column::wrapped("what is agreed"),
    ]);
    let shown =
        |it: Option<f64>| Cell::from(it.map(number::probability).unwrap_or_default()).worth(it);
    let share = |it: f64| Cell::from(number::percent(it)).worth(it);
    for (nth, rung) in rungs.iter().enumerate() {
        for (place, side) in rung.sides.iter().enumerate() {
            table.row([
                Cell::from((nth + 1).to_string()).worth((nth + 1) as f64),
                Cell::new(side.party.as_str(), Role::Strong),
                shown(Some(side.before)),
                shown(Some(side.if_kept)),
                shown(side.if_broken),
                shown(side.needed),
                share(side.exposure),
                share(side.expected),
                Cell::new(rung.name.as_str(), Role::following(place)),
            ]);
        }
    }
    table
}

/// Where the parts of a row begin and end, from the left.
struct Columns {
    /// Names stand above the rest, where there is no room for them beside it.
    above: bool,
    names: f64,
    trust: Scale,
    loss: Scale,
}

impl Columns {
    fn new(rungs: &[Rung], width: f64) -> Self {
        let narrow = width < 500.0;
        let room = width * 0.2;
        let sides = || rungs.iter().flat_map(|it| &it.sides);
        let long = |it: &Side| label::width(&it.party, SMALL) > room - 4.0;
        let above = narrow || sides().any(long);
        let names = if above { 0.0 } else { room };
        let split = width * if narrow { 0.56 } else { 0.64 };
        let losses = sides().map(|it| it.exposure);
        Self {
            above,
            names,
            trust: Scale::over([0.0, 1.0], [names + 8.0, split - 14.0]),
            loss: Scale::over(losses.chain([0.0]), [split + 10.0, width - 40.0]),
        }
    }
}

fn draw(rungs: &[Rung], width: f64) -> Canvas {
    let mut canvas = Canvas::new(width);
    let top = canvas.key(0.0, &key(rungs)) + 8.0;
    let columns = Columns::new(rungs, width);
    let mut y = top;
    let most = if canvas.is_narrow() { 2 } else { 5 };
    let side_height = SIDE + if columns.above { ABOVE } else { 0.0 };
    let named = |nth: usize, rung: &Rung| {
        let name = format!("{}  {}", nth + 1, rung.name);
        label::block(&name, width, BOLD, LINES)
    };
    let height = |(nth, rung): (usize, &Rung)| {
        NAME + LINE * named(nth, rung).len() as f64 + side_height * rung.sides.len() as f64
    };
    let bottom = top + rungs.iter().enumerate().map(height).sum::<f64>() + 2.0;
    let first = rungs.first().map_or(0, |rung| named(0, rung).len());
    canvas.axis(
        &columns.trust,
        most,
        [top + NAME + LINE * first as f64, bottom],
    );
    for (nth, rung) in rungs.iter().enumerate() {
        let lines = named(nth, rung);
        canvas.lines_over([0.0, y + 15.0], "bold", &lines);
        y += NAME + LINE * lines.len() as f64;
        for side in &rung.sides {
            one(&mut canvas, side, &columns, y);
            y += side_height;
        }
    }
    let (left, right) = (columns.trust.at(0.0), columns.loss.at(0.0));
    canvas.note(
        [left, bottom + 32.0],
        right - left - 12.0,
        "trust that the other keeps the last step",
    );
    canvas.note(
        [right, bottom + 32.0],
        width - right,
        "lost if cheated, in shares of what the last step brings",
    );
    canvas
}

fn key(rungs: &[Rung]) -> Vec<Key> {
    let mut sides = rungs.iter().flat_map(|it| &it.sides);
    let mut key = vec![
        Key::new(Sign::Mark(Shape::Ring, "a"), "before the step"),
        Key::new(Sign::Mark(Shape::Disc, "a"), "if it is kept"),
    ];
    if sides.clone().any(|it| it.if_broken.is_some()) {
        key.push(Key::new(
            Sign::Mark(Shape::Cross, "b"),
            "if it is broken: stop",
        ));
    }
    if sides.any(|it| it.needed.is_some()) {
        key.push(Key::new(
            Sign::Line("ink line"),
            "what the last step asks for",
        ));
    }
    key.push(Key::new(Sign::Patch("b-full half"), "lost if cheated"));
    key.push(Key::new(Sign::Patch("b-full"), "expected loss"));
    key
}

fn one(canvas: &mut Canvas, side: &Side, columns: &Columns, y: f64) {
    let Columns {
        above,
        names,
        trust,
        loss,
    } = columns;
    let middle = y + SIDE / 2.0 - 2.0 + if *above { ABOVE } else { 0.0 };
    let (room, base) = match above {
        true => (canvas.width(), y + 11.0),
        false => (names - 4.0, middle + 4.0),
    };
    let party = label::fit(&side.party, room, SMALL);
    canvas.text([0.0, base], Anchor::Start, "small over", &party);
    canvas.line(
        "rule thin",
        [trust.at(0.0), middle],
        [trust.at(1.0), middle],
    );
    if let Some(needed) = side.needed {
        let x = trust.at(needed);
        canvas.line("ink line", [x, middle - 8.0], [x, middle + 8.0]);
    }
    let (from, to) = (trust.at(side.before), trust.at(side.if_kept));
    canvas.line("a line", [from, middle], [to, middle]);
    if let Some(broken) = side.if_broken {
        let tip = format!("if broken {}", number::probability(broken));
        canvas.mark(Shape::Cross, "b", [trust.at(broken), middle], &tip);
    }
    let tip = format!("before {}", number::probability(side.before));
    canvas.mark(Shape::Ring, "a", [from, middle], &tip);
    let tip = format!("if kept {}", number::probability(side.if_kept));
    canvas.mark(Shape::Disc, "a", [to, middle], &tip);
    let zero = loss.at(0.0);
    for (class, amount) in [("b-full half", side.exposure), ("b-full", side.expected)] {
        let wide = (loss.at(amount) - zero).abs();
        canvas.rect(class, [zero, middle - 6.0], [wide, 12.0], "");
    }
    let said = number::percent(side.exposure);
    let x = loss.at(side.exposure) + 6.0;
    canvas.over([x, middle + 4.0], "small", &said);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(party: &str, before: f64, if_kept: f64, exposure: f64) -> Side {
        Side {
            party: party.to_owned(),
            before,
            if_kept,
            if_broken: Some(0.04),
            needed: Some(0.6),
            exposure,
            expected: exposure * (1.0 - before),
        }
    }

    fn rungs() -> Vec<Rung> {
        let rung = |name: &str, east: Side, west: Side| Rung {
            name: name.to_owned(),
            sides: vec![east, west],
        };
        vec![
            rung(
                "An exchange of observers",
                side("East", 0.3, 0.45, 0.1),
                side("West", 0.35, 0.5, 0.2),
            ),
            rung(
                "A freeze, half of it",
                side("East", 0.45, 0.62, 0.4),
                side("West", 0.5, 0.66, 0.5),
            ),
            rung(
                "The whole",
                side("East", 0.62, 0.9, 1.5),
                side("West", 0.66, 0.92, 1.25),
            ),
        ]
    }

    #[test]
    fn a_ladder_is_drawn() {
        let drawn = figure(&rungs(), "Three steps lead there.").unwrap();
        insta::assert_snapshot!(drawn.svg());
        assert_eq!(drawn.table().rows().len(), 6);
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        assert!(figure(&[], "None.").is_none());
        let mut rungs = rungs();
        rungs[0].sides[0].exposure = f64::NAN;
        assert!(figure(&rungs, "None.").is_none());
    }
}
