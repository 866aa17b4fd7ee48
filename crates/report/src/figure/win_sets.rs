//! Win-sets (Putnam 1988): which agreements each nation gains by, each leader signs, and each audience
//! prefers to none; what all leaders sign is where they meet.

use detente::assessment::{Domestic, HomeFront, PartyAtHome};

use super::{
    Figure,
    canvas::{Anchor, BOLD, Canvas, Key, SMALL, Sign},
    label,
    scale::Scale,
};
use crate::{
    layout::{Cell, Column, Table},
    names::Names,
    number,
    palette::Role,
};

/// The height of an actor's row.
const ROW: f64 = 20.0;

/// Agreements drawn, those nearest to being signed; the table has more.
const DRAWN: usize = 40;

/// Agreements whose terms stand below the drawing.
const SPELT: usize = 6;

/// Rows of the table.
const LISTED: usize = 200;

/// Nobody's cell is wider than this.
const WIDEST: f64 = 64.0;

/// Agreements and who would have them.
struct WinSets {
    /// The terms of each agreement, in one line.
    agreements: Vec<String>,
    /// How many there are, of which those are the nearest to being signed.
    of: usize,
    /// By party, in the order of the case.
    parties: Vec<PartySets>,
}

/// The win-sets of one party.
struct PartySets {
    party: String,
    /// Nation, leader and, where a home front is coded, the audience.
    actors: Vec<Actor>,
}

/// One win-set.
struct Actor {
    /// Whose: a word or a name.
    who: String,
    /// By agreement what it is to the actor: above 0 exactly where it is in the win-set.
    margins: Vec<f64>,
    /// How many of all agreements are in it.
    inside: usize,
}

impl Actor {
    /// How many of all agreements are in the win-set, in words.
    fn count(&self, of: usize) -> String {
        let [inside, of] = [self.inside, of].map(|it| number::count(it as u64));
        format!("{inside} of {of}")
    }
}

/// `None` where no agreement is listed.
pub(crate) fn win_sets(found: &Domestic, names: &Names<'_>, finding: &str) -> Option<Figure> {
    figure(&WinSets::of(found, names), finding)
}

impl WinSets {
    fn of(found: &Domestic, names: &Names<'_>) -> Self {
        let fronts = found.fronts.iter().enumerate();
        Self {
            agreements: { found.win_sets.iter() }
                .map(|it| names.terms_line(&it.terms))
                .collect(),
            of: found.agreements,
            parties: fronts
                .map(|(place, front)| PartySets::of(found, place, front, names))
                .collect(),
        }
    }
}

impl PartySets {
    fn of(found: &Domestic, place: usize, front: &HomeFront, names: &Names<'_>) -> Self {
        let margins = |of: fn(&PartyAtHome) -> Option<f64>| -> Vec<f64> {
            let readings = found.win_sets.iter();
            let readings = readings.filter_map(|it| it.parties.get(place));
            readings.filter_map(of).collect()
        };
        let actor = |who: String, margins: Vec<f64>, inside: usize| Actor {
            who,
            margins,
            inside,
        };
        let party = names.party(&front.party);
        let decider = names.decider(&front.party);
        let leader = match decider == party {
            true => "leader".to_owned(),
            false => decider,
        };
        let mut actors = vec![
            actor(
                "nation".to_owned(),
                margins(|it| Some(it.nation)),
                front.gains,
            ),
            actor(leader, margins(|it| Some(it.leader)), front.accepts),
        ];
        if let Some(supported) = front.supported {
            actors.push(actor(
                "audience".to_owned(),
                margins(|it| it.audience),
                supported,
            ));
        }
        Self { party, actors }
    }
}

fn figure(sets: &WinSets, finding: &str) -> Option<Figure> {
    if sets.agreements.is_empty() || sets.parties.is_empty() {
        return None;
    }
    let title = "Who would have which agreement";
    let figure = Figure::new("win-sets", title, finding, |width| draw(sets, width));
    Some(figure.with(table(sets)))
}

fn table(sets: &WinSets) -> Table {
    let mut table = Table::new([
        Column::right("agreement"),
        Column::left("terms"),
        Column::left("party"),
        Column::left("who"),
        Column::right("margin"),
        Column::left("in the win-set"),
    ]);
    for (nth, terms) in sets.agreements.iter().enumerate().take(LISTED) {
        let mut place = 0;
        for party in &sets.parties {
            for actor in &party.actors {
                let Some(margin) = actor.margins.get(nth) else {
                    continue;
                };
                table.row([
                    Cell::from((nth + 1).to_string()).worth((nth + 1) as f64),
                    Cell::new(terms.as_str(), Role::leading(place)),
                    party.party.as_str().into(),
                    actor.who.as_str().into(),
                    Cell::from(number::signed(*margin)).worth(*margin),
                    if *margin > 0.0 { "yes" } else { "no" }.into(),
                ]);
                place += 1;
            }
        }
    }
    table
}

fn draw(sets: &WinSets, width: f64) -> Canvas {
    let mut canvas = Canvas::new(width);
    let entries = [
        Key::new(Sign::Patch("a-full"), "would have it"),
        Key::new(Sign::Patch("rule thin"), "would not"),
        Key::new(Sign::Patch("c-full band"), "every leader would sign"),
    ];
    let top = canvas.key(0.0, &entries) + 8.0;
    let shown = sets.agreements.len().min(DRAWN);
    let names = width * if canvas.is_narrow() { 0.34 } else { 0.28 };
    let counts = sets.parties.iter().flat_map(|it| &it.actors);
    let counts = counts.map(|it| label::width(&it.count(sets.of), SMALL));
    let right = width - counts.fold(0.0, f64::max) - 12.0;
    let cell = ((right - names) / shown as f64).min(WIDEST);
    let across = Scale::over([0.0, shown as f64], [names, names + cell * shown as f64]);
    let rows = |party: &PartySets| ROW * (party.actors.len() as f64 + 1.0) + 4.0;
    let bottom = top + 16.0 + sets.parties.iter().map(rows).sum::<f64>();
    signed(&mut canvas, sets, &across, [top, bottom]);
    numbers(&mut canvas, &across, shown, top + 12.0);
    let mut y = top + 16.0;
    for party in &sets.parties {
        let name = label::fit(&party.party, width, BOLD);
        canvas.over([0.0, y + 14.0], "bold", &name);
        for (row, actor) in party.actors.iter().enumerate() {
            one(
                &mut canvas,
                (actor, sets.of),
                &across,
                y + ROW * (row as f64 + 1.0),
            );
        }
        y += rows(party);
    }
    let mut y = bottom + 18.0;
    for (nth, terms) in sets.agreements.iter().enumerate().take(SPELT) {
        let text = label::fit(&format!("{}  {terms}", nth + 1), width, 12.0);
        canvas.text([0.0, y], Anchor::Start, "quiet small", &text);
        y += 16.0;
    }
    if sets.of > shown {
        let (shown, of) = (number::count(shown as u64), number::count(sets.of as u64));
        let said = format!("the {shown} of {of} agreements that are nearest to being signed");
        canvas.note([0.0, y], width, &said);
    }
    canvas
}

/// A band behind each agreement that every leader would sign.
fn signed(canvas: &mut Canvas, sets: &WinSets, across: &Scale, [top, bottom]: [f64; 2]) {
    let leaders = sets.parties.iter().filter_map(|it| it.actors.get(1));
    let leaders: Vec<&Actor> = leaders.collect();
    for nth in 0..sets.agreements.len().min(DRAWN) {
        let signs = |it: &&Actor| it.margins.get(nth).is_some_and(|it| *it > 0.0);
        if leaders.iter().all(signs) {
            let (from, to) = (across.at(nth as f64), across.at(nth as f64 + 1.0));
            canvas.rect("c-full band", [from, top], [to - from, bottom - top], "");
        }
    }
}

/// The numbers of agreements above their columns: all, or every fifth where they are many.
fn numbers(canvas: &mut Canvas, across: &Scale, shown: usize, y: f64) {
    let cell = across.per_unit();
    for nth in 1..=shown {
        if cell >= 18.0 || nth % 5 == 0 {
            let x = across.at(nth as f64 - 0.5);
            canvas.text([x, y], Anchor::Middle, "quiet small", &nth.to_string());
        }
    }
}

fn one(canvas: &mut Canvas, (actor, of): (&Actor, usize), across: &Scale, y: f64) {
    let room = across.at(0.0) - 8.0;
    let who = label::fit(&actor.who, room, 12.0);
    canvas.text([0.0, y + 13.0], Anchor::Start, "small", &who);
    let cell = across.per_unit();
    let gap = (cell * 0.12).min(2.0);
    for (nth, margin) in actor.margins.iter().enumerate().take(DRAWN) {
        let class = if *margin > 0.0 { "a-full" } else { "rule thin" };
        let tip = format!("{}: {}", nth + 1, number::signed(*margin));
        let x = across.at(nth as f64) + gap;
        canvas.rect(class, [x, y + 3.0], [cell - 2.0 * gap, ROW - 6.0], &tip);
    }
    let said = actor.count(of);
    let x = across.at(actor.margins.len().min(DRAWN) as f64) + 8.0;
    canvas.text([x, y + 13.0], Anchor::Start, "small", &said);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn actor(who: &str, margins: &[f64]) -> Actor {
        Actor {
            who: who.to_owned(),
            margins: margins.to_vec(),
            inside: margins.iter().filter(|it| **it > 0.0).count(),
        }
    }

    fn sets() -> WinSets {
        WinSets {
            agreements: ["Both cut", "East cuts", "Neither cuts"]
                .map(str::to_owned)
                .to_vec(),
            of: 3,
            parties: vec![
                PartySets {
                    party: "East".to_owned(),
                    actors: vec![
                        actor("nation", &[0.4, -0.2, 0.1]),
                        actor("Leader of East", &[0.2, -0.4, 0.0]),
                        actor("audience", &[-0.1, -0.1, 0.3]),
                    ],
                },
                PartySets {
                    party: "West".to_owned(),
                    actors: vec![
                        actor("nation", &[0.3, 0.6, 0.0]),
                        actor("leader", &[0.3, 0.6, 0.0]),
                    ],
                },
            ],
        }
    }

    #[test]
    fn win_sets_are_drawn() {
        let figure = figure(&sets(), "One is signed by all.").unwrap();
        let svg = figure.svg();
        // One agreement is signed by both leaders, behind which a band stands, beside that of the key.
        assert_eq!(svg.matches("c-full band").count(), 2);
        assert_eq!(figure.table().rows().len(), 15);
        insta::assert_snapshot!(svg);
    }

    #[test]
    fn many_agreements_keep_the_figure_small() {
        let mut sets = sets();
        sets.agreements = (0..5_000).map(|it| format!("Agreement {it}")).collect();
        sets.of = 100_000;
        for actor in sets.parties.iter_mut().flat_map(|it| &mut it.actors) {
            actor.margins = vec![0.1; 5_000];
        }
        let figure = figure(&sets, "All.").unwrap();
        assert!(figure.svg().len() < 60_000);
        assert!(figure.table().rows().len() <= LISTED * 5);
    }
}
