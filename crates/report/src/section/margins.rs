//! By how much the best agreement passes or fails, in sentences and as a table.

use detente::{
    Assessment,
    assessment::{BarrierMargin, Clearance},
};

use super::attribution::range;
use crate::{
    estimate::Estimate,
    layout::{Cell, Column, Page, Table, clean},
    names::Names,
    number,
    palette::Role,
    words,
};

/// The clearance that sentences and the table speak of, in shares of a party's span of payoffs.
const CLEARANCE: f64 = 0.05;

/// By how much at central values, and how that holds over draws.
pub(super) fn sentences(assessment: &Assessment, names: &Names<'_>) -> Vec<String> {
    let parties = &assessment.subject.parties;
    let ranking: Vec<String> = { parties.iter().filter(|it| it.ranked) }
        .map(|it| clean(&it.name))
        .collect();
    let sized = ranking.len() < parties.len();
    let mut list: Vec<String> = Vec::new();
    list.extend(match sized {
        true => central(&assessment.margins, names),
        false => without_size(&assessment.margins, names),
    });
    list.extend(assessment.margins.last().and_then(over_draws));
    if !ranking.is_empty() && !assessment.margins.is_empty() {
        list.push(format!(
            "What is said of margins counts, for {}, places in a ranking, which have an order and no \
             size: only whether it is above 0 means anything.",
            words::list(&ranking)
        ));
    }
    list
}

fn central(margins: &[BarrierMargin], names: &Names<'_>) -> Option<String> {
    let last = margins.last()?;
    let Some(failed) = margins.iter().position(|it| it.central <= 0.0) else {
        // What stays of the margin is set by the first barrier that leaves no more.
        let nearest = margins.iter().find(|it| it.central <= last.central)?;
        return Some(format!(
            "At central values the best agreement passes all five barriers by {} of a \
             party's span of payoffs, and {} is nearest to stopping it.",
            amount(last.central),
            words::barrier(nearest.barrier)
        ));
    };
    let here = &margins[failed];
    let before = failed.checked_sub(1).and_then(|it| margins.get(it));
    let before = before.map(|it| {
        format!(
            "an agreement passes {} by {} of a party's span of payoffs, but ",
            words::barrier(it.barrier),
            amount(it.central)
        )
    });
    let short = match here.central < 0.0 {
        true => format!("falls short by {} of a span", amount(here.central)),
        false => "is only level with no agreement".to_owned(),
    };
    Some(format!(
        "At central values {}none passes {}: the one that comes nearest ({}) {short}.",
        before.unwrap_or_default(),
        words::barrier(here.barrier),
        names.terms_line(&here.terms),
    ))
}

/// Where all only rank: how far agreements get, and not by how much.
fn without_size(margins: &[BarrierMargin], names: &Names<'_>) -> Option<String> {
    margins.last()?;
    let failed = margins.iter().find(|it| it.central <= 0.0);
    Some(match failed {
        Some(here) if here.central < 0.0 => {
            format!(
                "At central values none passes {}.",
                words::barrier(here.barrier)
            )
        }
        Some(here) => format!(
            "At central values none passes {}: the one that comes nearest ({}) is only level with no agreement.",
            words::barrier(here.barrier),
            names.terms_line(&here.terms),
        ),
        None => "At central values an agreement passes all five barriers.".to_owned(),
    })
}

/// How likely an agreement passes everything, and with room to spare.
fn over_draws(last: &BarrierMargin) -> Option<String> {
    let passes = last.passes.as_ref()?;
    let said = |p: f64, figure: String| format!("{} ({figure})", Estimate::of(p).predicate());
    let whole = said(passes.estimate, number::chance(passes));
    let some = passes.estimate > 0.0;
    let spare = clearance(last).filter(|_| some).map(|it| {
        let chance = &it.chance;
        format!(
            "; that one does so by more than {} {}",
            number::signed(it.clearance),
            said(chance.estimate, number::chance(chance))
        )
    });
    Some(format!(
        "Over draws, that some agreement passes all five {whole}{}.",
        spare.unwrap_or_default()
    ))
}

fn clearance(margin: &BarrierMargin) -> Option<&Clearance> {
    let near = |it: &&Clearance| (it.clearance - CLEARANCE).abs() < 1e-9;
    margin.clears.iter().find(near)
}

/// How much, without its sign; never nothing.
fn amount(margin: f64) -> String {
    let size = margin.abs();
    match size < 0.005 {
        true => "less than 0.01".to_owned(),
        false => number::signed(size),
    }
}

/// The margins of the five barriers in a table.
pub(super) fn table(page: &mut Page, margins: &[BarrierMargin]) {
    let drawn = margins.iter().any(|it| it.passes.is_some());
    let mut columns = vec![
        Column::left(""),
        Column::left("up to barrier"),
        Column::right("margin"),
    ];
    if drawn {
        columns.extend([Column::left("above 0"), Column::left("above 0.05")]);
    }
    let band = drawn && !page.is_narrow();
    columns.extend(band.then(|| Column::left("90% of draws")));
    let mut table = Table::new(columns);
    for margin in margins {
        let mut row: Vec<Cell> = vec![
            words::number(margin.barrier).to_string().into(),
            Cell::new(words::barrier(margin.barrier), Role::Strong),
            Cell::new(number::signed(margin.central), role(margin.central)),
        ];
        if drawn {
            let clears = clearance(margin).map(|it| &it.chance);
            for chance in [margin.passes.as_ref(), clears] {
                row.push(match band {
                    true => number::chance_cell(chance).into(),
                    false => chance
                        .map(|it| number::probability(it.estimate))
                        .unwrap_or_default()
                        .into(),
                });
            }
        }
        if band {
            let over = margin.over_draws.as_ref();
            let shown = over.map(|it| range([it.low, it.high]));
            row.push(shown.unwrap_or_default().into());
        }
        table.row(row);
    }
    page.table(&table);
}

fn role(margin: f64) -> Role {
    if margin > 0.0 { Role::Good } else { Role::Bad }
}
