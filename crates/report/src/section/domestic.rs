//! What each leader can afford at home: a page of its own.

use detente::{
    assessment::{Domestic, HomeFront, MissedBy, NearestReading},
    legitimacy::{BeliefRange, StakeRange},
};

use crate::{
    layout::{Cell, Column, Page, Table},
    names::Names,
    number,
    palette::Role,
};

pub(crate) fn write(page: &mut Page, found: &Domestic) {
    let names = Names::of(&found.subject);
    page.lead(Role::Answer, &answer(found));
    page.heading("Agreements each leader can afford");
    page.table(&table(found, &names));
    page.paragraph(
        Role::Quiet,
        "At central values, on the evidence as it was. Without a home front in the case, the leader \
         wants what the nation wants. An agreement that would not be ratified is one its leader \
         does not sign.",
    );
    if let Some(terms) = &found.nearest {
        page.heading("The agreement that comes nearest");
        page.paragraph(Role::Strong, &names.terms_line(terms));
        for front in &found.fronts {
            if let Some(nearest) = &front.nearest {
                page.entry(Role::Plain, &reading(front, nearest, &names));
            }
        }
    }
    let coded: Vec<&HomeFront> = found
        .fronts
        .iter()
        .filter(|it| it.front.is_some())
        .collect();
    if !coded.is_empty() {
        page.heading("What would have to change at home");
        for front in coded {
            page.entry(Role::Plain, &change(front, &names));
        }
        page.paragraph(
            Role::Quiet,
            "Office stakes have no accepted measure: read the threshold, not the point. They are on \
             payoffs normalised to 0–1, the other leaders as they are.",
        );
    }
}

/// How many agreements the nations and the leaders have, and in what sense one was missed.
fn answer(found: &Domestic) -> String {
    let count = |n: usize| number::count(n as u64);
    if found.national == 0 {
        return format!(
            "By none of {} does every nation gain, whatever its leader can afford.",
            agreements(found.agreements)
        );
    }
    let zones = format!(
        "Every nation gains by {} of {}, and every leader would sign {} of them.",
        count(found.national),
        agreements(found.agreements),
        count(found.both),
    );
    match found.missed {
        Some(MissedBy::Incentive) => format!(
            "{zones} With none that all leaders would sign, what was missed was missed by incentive: \
             the leaders, not the nations, had no agreement."
        ),
        Some(MissedBy::Inference) => format!(
            "{zones} Leaders had an agreement on the evidence as it was, so what was missed was \
             missed by inference."
        ),
        None => zones,
    }
}

fn agreements(count: usize) -> String {
    number::count_of(count as u64, "agreement")
}

fn table(found: &Domestic, names: &Names<'_>) -> Table {
    let mut table = Table::new([
        Column::left(""),
        Column::right("nation gains"),
        Column::right("leader signs"),
        Column::right("refused"),
        Column::right("unratified"),
        Column::right("against nation"),
        Column::right("weight of office"),
    ]);
    for front in &found.fronts {
        let count = |n: usize| Cell::from(number::count(n as u64));
        table.row([
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
                .political_weight
                .map_or_else(|| "not coded".to_owned(), number::share)
                .into(),
        ]);
    }
    table
}

fn reading(front: &HomeFront, nearest: &NearestReading, names: &Names<'_>) -> String {
    let reading = &nearest.reading;
    let who = names.decider(&front.party);
    let verdict = if reading.accepts() {
        "would sign"
    } else {
        "would not sign"
    };
    if front.front.is_none() {
        return format!(
            "{who} {verdict}; the nation's margin is {}.",
            number::signed(reading.national)
        );
    }
    let survival = match reading.survival >= 0.0 {
        true => "agreement raises",
        false => "agreement lowers",
    };
    let belief = nearest.accepting_beliefs.and_then(|range| match range {
        BeliefRange::Below(root) => Some(("below", root.value)),
        BeliefRange::Above(root) => Some(("above", root.value)),
        BeliefRange::Any | BeliefRange::Never => None,
    });
    let belief = belief.map_or_else(String::new, |(side, value)| {
        format!(
            " It would be signed with an audience that believes the adversary hostile with a \
             probability {side} {}.",
            number::probability(value)
        )
    });
    format!(
        "{who} {verdict}: the nation gains {} of its span of payoffs, and {survival} the chance of \
         staying in office by {}.{belief}",
        number::signed(reading.national),
        number::percent(reading.survival.abs()),
    )
}

fn change(front: &HomeFront, names: &Names<'_>) -> String {
    let who = names.decider(&front.party);
    let stake = front.front.map_or(0.0, |params| params.office_stake);
    let now = format!("it is coded at {}", number::value(stake));
    match front.open_stakes {
        StakeRange::Any => {
            format!("{who}: whatever office is worth, an agreement is left that all leaders sign.")
        }
        StakeRange::Never => {
            format!("{who}: no office stake leaves an agreement that all leaders sign.")
        }
        StakeRange::Below(end) => format!(
            "{who}: the leaders' zone closes once office is worth {} or more; {now}.",
            number::value(end)
        ),
        StakeRange::Above(end) => format!(
            "{who}: the leaders' zone is open only while office is worth more than {}; {now}.",
            number::value(end)
        ),
        StakeRange::Outside { below, above } => format!(
            "{who}: the leaders' zone is closed while office is worth from {} to {}; {now}.",
            number::value(below),
            number::value(above)
        ),
    }
}
