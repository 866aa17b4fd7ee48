//! What each leader can afford at home: a page of its own.

use detente::{
    assessment::{Domestic, HomeFront, MissedBy, NearestReading},
    legitimacy::{BeliefRange, StakeRange},
};

use crate::{
    layout::{Cell, Column, Page, Table, clean},
    names::Names,
    number,
    palette::Role,
};

/// What a home front is coded by, as in the case file.
const KEYS: [(&str, &str); 7] = [
    (
        "national_weight",
        "weight of the nation's payoff, above 0; 1 will do",
    ),
    (
        "office_stake",
        "what staying in office is worth, against the nation's span of payoffs",
    ),
    (
        "support",
        "support that a unit of the nation's payoff brings",
    ),
    (
        "threat",
        "support that a hostile adversary brings, below 0 if it costs some",
    ),
    (
        "baseline",
        "support before anything else; 0 on a curve is an even chance",
    ),
    (
        "curve",
        "how support turns into survival: logit, probit, cauchy or linear",
    ),
    (
        "audience_hostility",
        "chance the audience gives a hostile adversary; may be left out",
    ),
];

pub(crate) fn write(page: &mut Page, found: &Domestic) {
    let names = Names::of(&found.subject);
    let (coded, uncoded): (Vec<_>, Vec<_>) = found.fronts.iter().partition(|it| it.front.is_some());
    page.lead(Role::Answer, &answer(found));
    page.heading("Agreements each leader can afford");
    page.table(&table(found, &names));
    page.paragraph(
        Role::Quiet,
        "How many agreements the nation gains by, the leader signs, and so on (captured: signed \
         although the nation does not gain; home: preferred to none by the audience); and the weight of \
         office beside the nation's payoff (–: not coded). At central values, on the evidence as it was. Without a home \
         front in the case, the leader wants what the nation wants. An agreement that would not be \
         ratified is one its leader does not sign.",
    );
    if let Some(terms) = &found.nearest {
        page.heading("The agreement that comes nearest");
        page.paragraph(Role::Strong, &names.terms_line(terms));
        for front in &found.fronts {
            if let Some(nearest) = &front.nearest {
                page.entry(Role::Plain, &reading(front, nearest, &names));
            }
        }
        if !coded.is_empty() {
            page.paragraph(
                Role::Quiet,
                "Payoffs from 0, the least the nation can get here, to 1, the most.",
            );
        }
    }
    if !coded.is_empty() {
        write_changes(page, &coded, &names);
    }
    if let Some(one) = uncoded.first() {
        write_keys(page, one, coded.is_empty());
    }
}

fn write_changes(page: &mut Page, coded: &[&HomeFront], names: &Names<'_>) {
    page.heading("What would have to change at home");
    for front in coded {
        page.entry(Role::Plain, &stakes(front, names));
        if let Some(beliefs) = front.nearest.as_ref().and_then(|it| it.accepting_beliefs) {
            page.entry(Role::Plain, &audience(front, beliefs, names));
        }
        if let Some(cost) = front.candid_from {
            page.entry(Role::Plain, &alarm(front, cost, names));
        }
    }
    page.paragraph(
        Role::Quiet,
        "None of these has an accepted measure: read the thresholds, not the points. What office is \
         worth and what an alarm costs are on payoffs from 0 to 1; the other leaders are as they are.",
    );
}

/// What to write into the case.
fn write_keys(page: &mut Page, front: &HomeFront, alone: bool) {
    if !alone {
        let text = "A party without a home front can have one too: see `detente init`.";
        page.paragraph(Role::Quiet, text);
        return;
    }
    page.heading("What to code");
    let table_name = format!("[party.{}.home]", clean(&front.party));
    page.paragraph(
        Role::Plain,
        &format!("For each leader whose politics at home mattered, a table such as {table_name}:"),
    );
    let mut table = Table::new([Column::left(""), Column::left("")]);
    for (key, meaning) in KEYS {
        table.row([Cell::new(key, Role::Strong), Cell::from(meaning.to_owned())]);
    }
    page.table(&table);
    page.paragraph(
        Role::Quiet,
        "`ratification_floor` in the party's own table is the least payoff its legislature ratifies. \
         `detente init` writes an example. Guesses will do: this page then tells at which values the \
         answer turns.",
    );
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
        match found.both {
            0 => "none".to_owned(),
            both => count(both),
        },
    );
    match found.missed {
        Some(MissedBy::Incentive) => format!(
            "{zones} What was missed was missed by incentive: the leaders, not the nations, had no \
             agreement."
        ),
        Some(MissedBy::Inference) if found.both == 0 => format!(
            "{zones} Leaders had others, by which some nation does not gain: what was missed was missed by \
             inference, not by incentive."
        ),
        Some(MissedBy::Inference) => format!(
            "{zones} Leaders had an agreement on the evidence as it was: what was missed was missed \
             by inference, not by incentive."
        ),
        None if found.fronts.iter().all(is_silent) => format!(
            "No politics at home are coded, so what leaders could afford cannot be told apart from \
             what their nations gained: by {} of {}.",
            count(found.national),
            agreements(found.agreements),
        ),
        None => zones,
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
    let mut table = Table::new([
        Column::left(""),
        Column::right("gains"),
        Column::right("signs"),
        Column::right("refused"),
        Column::right("unratified"),
        Column::right("captured"),
        Column::right("home"),
        Column::right("office"),
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
                .supported
                .map_or_else(|| "–".to_owned(), |n| number::count(n as u64))
                .into(),
            front
                .political_weight
                .map_or_else(|| "–".to_owned(), number::share)
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
    let Some(front) = &front.front else {
        return format!(
            "{who} {verdict}: the nation gains {} of its span of payoffs. No home front is coded.",
            number::signed(reading.national)
        );
    };
    let survival = match reading.survival {
        rise if rise > 0.0 => format!(
            "raises the chance of staying in office by {}",
            number::percent(rise)
        ),
        fall if fall < 0.0 => format!(
            "lowers the chance of staying in office by {}",
            number::percent(-fall)
        ),
        _ => "leaves the chance of staying in office as it is".to_owned(),
    };
    let audience = |share: f64| format!(", the audience {}", number::signed(share));
    let asked = nearest.reservations.map_or_else(String::new, |asked| {
        format!(
            " It pays {}; to be indifferent the nation asks {}{} and the leader {}, a distortion of \
             {}.",
            number::signed(asked.offered),
            number::signed(asked.nation),
            asked.audience.map_or_else(String::new, audience),
            number::signed(asked.leader.value),
            number::signed(asked.leader.value - asked.nation),
        )
    });
    format!(
        "{who} {verdict}: the nation gains {}, and agreement {survival}; office is coded at {}.{asked}",
        number::signed(reading.national),
        number::value(front.office_stake),
    )
}

/// At which beliefs of the audience the nearest agreement would be signed.
fn audience(front: &HomeFront, beliefs: BeliefRange, names: &Names<'_>) -> String {
    let who = names.decider(&front.party);
    let at = |value: f64| number::probability(value);
    match beliefs {
        BeliefRange::Any => format!("{who}: signs the nearest one whatever the audience believes."),
        BeliefRange::Never => {
            format!("{who}: no belief of the audience would have the nearest one signed.")
        }
        BeliefRange::Below(root) => format!(
            "{who}: signs the nearest one while the audience's belief in a hostile adversary is \
             below {}.",
            at(root.value)
        ),
        BeliefRange::Above(root) => format!(
            "{who}: signs the nearest one only while the audience's belief in a hostile adversary is \
             above {}.",
            at(root.value)
        ),
    }
}

/// When the leader has no reason to promote distrust.
fn alarm(front: &HomeFront, cost: f64, names: &Names<'_>) -> String {
    let who = names.decider(&front.party);
    match cost > 0.0 {
        true => format!(
            "{who}: has no reason to cry wolf about a benign adversary if that costs {} or more.",
            number::value(cost)
        ),
        false => format!("{who}: gains nothing by crying wolf about a benign adversary."),
    }
}

/// At which office stakes the leaders have an agreement.
fn stakes(front: &HomeFront, names: &Names<'_>) -> String {
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
