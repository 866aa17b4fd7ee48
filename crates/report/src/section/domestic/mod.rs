//! What each leader can afford at home: a page of its own.

mod changes;
mod draws;
mod keys;
mod messages;
mod nearest;
mod win_sets;

pub(super) use win_sets::write as write_win_sets;

use detente::{
    Assessment,
    assessment::{Domestic, HomeFront, HomeFrontDraws, MissedBy},
};

use crate::{
    layout::{Cell, Column, Page, Table},
    names::Names,
    number,
    palette::Role,
};

pub(crate) fn write(page: &mut Page, found: &Domestic) {
    let names = Names::of(&found.subject);
    let drawn = |place: usize| found.over_draws.as_ref()?.fronts.get(place);
    let (coded, uncoded): (Vec<_>, Vec<_>) = found.fronts.iter().partition(|it| it.front.is_some());
    page.lead(Role::Answer, &answer(found));
    if let Some(text) = draws::answer(found) {
        page.lead(Role::Plain, &text);
    }
    page.heading("Agreements each leader can afford");
    page.table(&table(found, &names));
    page.paragraph(
        Role::Quiet,
        &format!(
            "How many agreements the nation gains by, the leader signs, and so on (captured: signed \
             although the nation does not gain; home: preferred to none by the audience); and the weight \
             of office beside the nation's payoff (–: not coded). At central values{}, on the evidence as it was. \
             Without a home front in the case, the leader wants what the nation wants. An agreement \
             that would not be ratified is one its leader does not sign.",
            match found.over_draws {
                Some(_) => ", and below them in 90% of draws where draws differ",
                None => "",
            }
        ),
    );
    if let Some(terms) = &found.nearest {
        page.heading("The agreement that comes nearest");
        page.paragraph(Role::Strong, &names.terms_line(terms));
        for (place, front) in found.fronts.iter().enumerate() {
            if let Some(nearest) = &front.nearest {
                page.entry(Role::Plain, &nearest::reading(front, nearest, &names));
                if let Some(text) = nearest::over_draws(front, drawn(place), &names) {
                    page.entry(Role::Plain, &text);
                }
            }
        }
        if !coded.is_empty() {
            page.paragraph(
                Role::Quiet,
                "Payoffs on the scale on which 0 is the least the nation gets by any agreement or none \
                 and 1 the most, in each draw by its own numbers; what is asked can lie beyond.",
            );
        }
    }
    messages::write(page, found, &names);
    if !coded.is_empty() {
        changes::write(page, found, &names);
    }
    keys::write(page, &coded, &uncoded);
}

/// What an assessment says of home: in what sense an agreement was missed, and where that turns.
pub(super) fn write_in_short(page: &mut Page, assessment: &Assessment, names: &Names<'_>) {
    let Some(home) = &assessment.home else { return };
    page.heading("What home politics allowed");
    let zones = Zones {
        agreements: home.agreements,
        national: home.national,
        leaders: home.leaders,
        both: home.both,
        missed: home.missed,
    };
    page.paragraph(Role::Plain, &zones.answer());
    let is_asked = !home.thresholds.is_empty();
    if let Some(terms) = home.nearest.as_ref().filter(|_| is_asked) {
        let terms = names.terms_line(terms);
        let text = format!("Of these “the nearest one”, the nearest to being signed: {terms}.");
        page.paragraph(Role::Plain, &text);
    }
    for text in home
        .thresholds
        .iter()
        .flat_map(|it| changes::in_short(it, names))
    {
        page.entry(Role::Plain, &text);
    }
    let thresholds = match home.thresholds.is_empty() {
        true => "",
        false => {
            " What office is worth and what an audience believes have no accepted measure: read the \
             thresholds."
        }
    };
    page.paragraph(
        Role::Quiet,
        &format!(
            "At central values, on the evidence as it was.{thresholds} `detente domestic` tells how sure \
             all this is."
        ),
    );
}

/// How many agreements the nations and the leaders have, and in what sense one was missed.
fn answer(found: &Domestic) -> String {
    if found.national > 0 && found.fronts.iter().all(is_silent) {
        return format!(
            "No politics at home are coded, so what leaders could afford cannot be told apart from \
             what their nations gained: by {} of {}.",
            number::count(found.national as u64),
            agreements(found.agreements),
        );
    }
    let zones = Zones {
        agreements: found.agreements,
        national: found.national,
        leaders: found.leaders,
        both: found.both,
        missed: found.missed,
    };
    zones.answer()
}

/// The nations' and the leaders' agreements, and what follows.
struct Zones {
    agreements: usize,
    national: usize,
    leaders: usize,
    both: usize,
    missed: Option<MissedBy>,
}

impl Zones {
    fn answer(&self) -> String {
        let agreements = agreements(self.agreements);
        if self.national == 0 {
            return format!(
                "By none of {agreements} does every nation gain, whatever its leader can afford."
            );
        }
        format!(
            "Every nation gains by {} of {agreements}{}{}",
            number::count(self.national as u64),
            self.signed(),
            self.follows()
        )
    }

    /// How many of the nations' agreements the leaders would sign.
    fn signed(&self) -> String {
        match (self.national, self.both) {
            (1, 0) => ", but some leader would not sign it.".to_owned(),
            (1, _) => ", and every leader would sign it.".to_owned(),
            (_, 0) => ", but each of them some leader would not sign.".to_owned(),
            (_, both) => format!(
                "; {} of them would be signed by every leader.",
                number::count(both as u64)
            ),
        }
    }

    /// In what sense an agreement was missed.
    fn follows(&self) -> &'static str {
        match self.missed {
            Some(MissedBy::Incentive) if self.leaders > 0 => {
                " What was missed was missed by incentive: all that every leader would sign are \
                 agreements by which some nation does not gain."
            }
            Some(MissedBy::Incentive) => {
                " What was missed was missed by incentive: the leaders, not the nations, had no \
                 agreement."
            }
            Some(MissedBy::Inference) => {
                " Leaders had an agreement on the evidence as it was, and none of these on the \
                 evidence as they read it: what was missed was missed by inference, not by incentive."
            }
            Some(MissedBy::Unexplained) => {
                " Nothing was missed by incentive at home, nor by reading the evidence wrongly: on \
                 either reading every leader would sign, and the model does not say why none did."
            }
            None => "",
        }
    }
}

/// Whether the case says nothing about a leader's politics at home.
fn is_silent(front: &HomeFront) -> bool {
    front.front.is_none() && front.ratification_floor.is_none()
}

fn agreements(count: usize) -> String {
    number::count_of(count as u64, "agreement")
}

fn table(found: &Domestic, names: &Names<'_>) -> Table {
    let is_ratified = found
        .fronts
        .iter()
        .any(|it| it.ratification_floor.is_some());
    let columns = [
        Column::left(""),
        Column::right("gains"),
        Column::right("signs"),
        Column::right("refused"),
        Column::right("unratified"),
        Column::right("captured"),
        Column::right("home"),
        Column::right("office"),
    ];
    let mut table = Table::new(asked(columns, is_ratified));
    for (place, front) in found.fronts.iter().enumerate() {
        let count = |n: usize| Cell::from(number::count(n as u64));
        let row = [
            Cell::new(names.decider(&front.party), Role::Strong),
            count(front.gains),
            count(front.accepts),
            Cell::new(
                number::count(front.refused as u64),
                if front.refused > 0 {
                    Role::Bad
                } else {
                    Role::Plain
                },
            ),
            count(front.unratified),
            count(front.captured),
            front
                .supported
                .map_or_else(|| "–".to_owned(), |n| number::count(n as u64))
                .into(),
            front
                .political_weight
                .map_or_else(|| "–".to_owned(), number::percent)
                .into(),
        ];
        table.row(asked(row, is_ratified));
        let drawn = found.over_draws.as_ref();
        if let Some(row) = drawn.and_then(|it| ranges(it.fronts.get(place)?)) {
            table.row(asked(row, is_ratified));
        }
    }
    table
}

/// The columns that are asked: what would not be ratified is, where some ratification floor is coded.
fn asked<T>(columns: [T; 8], is_ratified: bool) -> Vec<T> {
    const UNRATIFIED: usize = 4;
    let columns = columns.into_iter().enumerate();
    let columns = columns.filter(|(idx, _)| is_ratified || *idx != UNRATIFIED);
    columns.map(|(_, column)| column).collect()
}

/// The row of ranges over draws, where any differs.
fn ranges(front: &HomeFrontDraws) -> Option<[Cell; 8]> {
    let counts = [
        Some(front.gains),
        Some(front.accepts),
        Some(front.refused),
        Some(front.unratified),
        Some(front.captured),
        front.supported,
    ];
    let compact = |text: String| text.replace(" to ", "–");
    let counts = counts.map(|band| draws::ends(&band?, number::value).map(compact));
    let office = front.political_weight;
    let office = office.and_then(|it| draws::ends(&it, number::percent).map(compact));
    if office.is_none() && counts.iter().all(Option::is_none) {
        return None;
    }
    let cell = |text: Option<String>| Cell::new(text.unwrap_or_default(), Role::Quiet);
    let [gains, accepts, refused, unratified, captured, audience] = counts.map(cell);
    let name = Cell::new("  in draws", Role::Quiet);
    Some([
        name,
        gains,
        accepts,
        refused,
        unratified,
        captured,
        audience,
        cell(office),
    ])
}
