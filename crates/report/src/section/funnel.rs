//! How many agreements get past each barrier, and which came furthest.

use detente::{
    Assessment,
    assessment::{Barrier, Chance, FunnelStage, NotCoded, OverRanges},
    game::JudgedAgreement,
    payoff::Certainty,
};

use super::margins;
use crate::{
    figure,
    layout::{Cell, Column, Page, Table, bar},
    names::Names,
    number,
    palette::Role,
    words,
};

pub(super) fn write(page: &mut Page, assessment: &Assessment, names: &Names<'_>) {
    page.heading("How far the possible agreements get");
    page.drawn(&table(assessment, page.bar_cells()), || {
        figure::funnel(assessment)
    });
    not_coded(page, &assessment.verdict.not_coded, names);
    let margins = margins::sentences(assessment, names).join(" ");
    if !margins.is_empty() {
        page.blank();
        page.paragraph(Role::Plain, &margins);
    }
    if let Some(found) = &assessment.over_ranges {
        page.blank();
        page.paragraph(Role::Plain, &over_ranges(found, names));
    }
    best(page, &assessment.funnel, names);
    if let Some(agreement) = &assessment.enforcement {
        first_to_cheat(page, agreement);
    }
}

fn table(assessment: &Assessment, cells: usize) -> Table {
    let drawn = assessment.funnel.iter().any(|it| it.nonempty.is_some());
    let mut columns = vec![
        Column::left(""),
        Column::left("barrier"),
        Column::right("left"),
        Column::right("share"),
        Column::left(""),
    ];
    columns.extend(drawn.then(|| Column::left("chance of any")));
    columns.push(Column::below());
    let mut table = Table::new(columns);
    for stage in &assessment.funnel {
        let coded = stage
            .barrier
            .is_none_or(|it| words::is_coded(assessment, it));
        let (number, name, question) = match stage.barrier {
            None => (Cell::default(), "all possible", String::new()),
            Some(it) => (words::number_cell(it), words::barrier(it), asks(it, coded)),
        };
        let mut row: Vec<Cell> = vec![
            number,
            Cell::new(name, Role::Strong),
            Cell::from(number::count(stage.survivors)).worth(stage.survivors as f64),
            Cell::from(number::percent(stage.share)).worth(stage.share),
            Cell::new(bar(stage.share, cells), Role::Bar),
        ];
        row.extend(drawn.then(|| chance(stage.nonempty.as_ref())));
        row.push(Cell::new(question, Role::Quiet));
        table.row(row);
    }
    table
}

fn chance(chance: Option<&Chance>) -> Cell {
    Cell::from(number::chance_cell(chance))
        .worth(chance.map(|it| it.estimate))
        .between(chance.map(|it| it.interval))
}

fn asks(barrier: Barrier, coded: bool) -> String {
    let question = words::question(barrier);
    if coded {
        question.to_owned()
    } else {
        format!("{question} Not coded.")
    }
}

/// Barriers that the case leaves open, and for whom.
pub(super) fn not_coded(page: &mut Page, list: &[NotCoded], names: &Names<'_>) {
    if list.is_empty() {
        return;
    }
    // Barriers left open for the same parties are named together.
    let mut groups: Vec<(&NotCoded, Vec<String>)> = Vec::new();
    for it in list.iter().filter(|it| !it.parties.is_empty()) {
        let name = words::barrier(it.barrier).to_owned();
        match groups
            .iter_mut()
            .find(|(first, _)| first.parties == it.parties)
        {
            Some((_, names)) => names.push(name),
            None => groups.push((it, vec![name])),
        }
    }
    let mut sentences: Vec<String> = groups
        .iter()
        .map(|(first, barriers)| {
            let whom = if first.altogether {
                "any party".to_owned()
            } else {
                names.party_list(&first.parties)
            };
            format!("Not coded for {whom}: {}.", words::list(barriers))
        })
        .collect();
    if !groups.is_empty() {
        sentences.push("A barrier that is not coded stops nobody.".to_owned());
    }
    for pair in list.iter().flat_map(|it| &it.taken_on_trust) {
        let (observer, about) = (names.party(&pair.observer), names.party(&pair.about));
        sentences.push(format!(
            "The case does not say what {observer} believed of {about}, so {observer} is taken to trust \
             it fully."
        ));
    }
    page.blank();
    page.paragraph(Role::Plain, &sentences.join(" "));
}

/// What is certain wherever payoffs and their like are in their ranges.
fn over_ranges(found: &OverRanges, names: &Names<'_>) -> String {
    let past = |least: Certainty| {
        let far = { found.barriers.iter() }.take_while(|it| it.certainty <= least);
        far.count()
    };
    let (certain, possible) = (past(Certainty::Certain), past(Certainty::Possible));
    let first = |barriers: usize| match barriers {
        1 => "barrier 1".to_owned(),
        5 => "all five barriers".to_owned(),
        some => format!("the first {some} barriers"),
    };
    let mut parts = Vec::new();
    if certain > 0 {
        parts.push(format!(
            "some agreement gets past {}, for certain",
            first(certain)
        ));
    }
    if possible > certain {
        parts.push(format!(
            "for some such numbers an agreement gets past {}, for others not",
            first(possible)
        ));
    }
    if possible < found.barriers.len() {
        parts.push(format!(
            "none gets past barrier {}, for certain",
            possible + 1
        ));
    }
    let types = match found.types {
        1 => "",
        _ => ", and whichever types the parties truly were",
    };
    let mut text = format!(
        "Wherever payoffs, temptation, exposure, patience and detection are in the ranges coded{types}: {}. Found \
         from the ends of the ranges, beliefs at central values, and not by sampling.",
        parts.join("; ")
    );
    if let Some(share) = found.same_within.filter(|_| certain < possible) {
        text.push_str(&same_within(share, found));
    }
    if found.barriers.len() < Barrier::ALL.len() {
        text.push_str(&format!(
            " Barriers 4 and 5 turn on the home front of {} and are only sampled.",
            names.party_list(&found.home_fronts)
        ));
    }
    text
}

/// How far the answer at central values holds.
fn same_within(share: f64, found: &OverRanges) -> String {
    let types = match found.types {
        1 => "",
        _ => ", each party being of its likeliest type",
    };
    format!(
        " How far the furthest agreement gets is the same as at central values within {} of the ranges round \
         them{types}.",
        number::percent(share)
    )
}

/// The agreement that came furthest, in the words of the case.
fn best(page: &mut Page, funnel: &[FunnelStage], names: &Names<'_>) {
    let furthest = funnel.iter().rev().find(|stage| !stage.best.is_empty());
    let Some((stage, terms)) = furthest.and_then(|it| Some((it, it.best.first()?))) else {
        return;
    };
    page.blank();
    let passed = stage.barrier.map_or(0, words::number);
    let passed = match passed {
        5 => "all five barriers".to_owned(),
        1 => "the first barrier and no further".to_owned(),
        some => format!("the first {some} barriers and no further"),
    };
    let ties = match stage.best.len() {
        1 => String::new(),
        all => format!("; {} tie, the first is shown", number::count(all as u64)),
    };
    // A product of places in a ranking would mean nothing.
    let best = match names.ranking_parties() {
        0 => "greatest product of the parties' gains, the Nash bargaining solution",
        all if all == names.parties() => {
            "no other that does is better for one party and no worse for another"
        }
        _ => "greatest product of the gains of those whose payoffs are numbers",
    };
    page.paragraph(
        Role::Plain,
        &format!("The best that passes {passed} ({best}{ties}):"),
    );
    let mut table = Table::new([Column::left(""), Column::left(""), Column::wrapped("")]);
    for (issue, option) in names.terms(terms) {
        table.row(["".into(), Cell::new(issue, Role::Quiet), option.into()]);
    }
    page.table(&table);
}

/// Who would break the best agreement first, the parties being what they are.
fn first_to_cheat(page: &mut Page, agreement: &JudgedAgreement) {
    if let Some(first) = &agreement.first_as_they_are {
        let who = words::first_to_cheat(first);
        let alone = first.as_near.is_empty();
        let (being, whose) = match alone {
            true => ("being what it is", "whose δ"),
            false => ("being what they are", "each of whose δ"),
        };
        let text = if first.delta_margin < 0.0 {
            let short = number::value(-first.delta_margin);
            format!("Least likely to keep it, {being}: {who}, {whose} is short by {short}.")
        } else {
            let spare = number::value(first.delta_margin);
            format!("First to break it if patience fell: {who}, {whose} has {spare} to spare.")
        };
        page.paragraph(Role::Plain, &text);
    }
    if let Some(text) = words::taken_on_trust(agreement) {
        page.paragraph(Role::Plain, &text);
    }
}
