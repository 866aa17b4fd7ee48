//! What was asked, and the verdict over draws.

use std::collections::BTreeSet;

use detente::{Assessment, assessment::Verdict};

use crate::{
    estimate::Estimate,
    layout::{Cell, Column, Page, Table, bar, clean},
    number,
    palette::Role,
    spread::Spread,
    words,
};

pub(super) fn write(page: &mut Page, assessment: &Assessment, spread: Spread) {
    let subject = &assessment.subject;
    page.heading(&clean(&subject.title));
    if let Some(question) = &subject.question {
        page.paragraph(Role::Plain, &clean(question));
    }
    if let Some(summary) = &subject.summary {
        page.paragraph(Role::Quiet, &clean(summary));
    }
    page.heading("The verdict, and how sure it is");
    if let Some(notice) = left_out(assessment) {
        page.paragraph(Role::Strong, &notice);
    }
    let central = words::verdict(assessment.verdict.central);
    match spread {
        Spread::Drawn => drawn(page, assessment),
        Spread::Exact => {
            page.paragraph(Role::Strong, &format!("► {central}"));
            page.paragraph(
                Role::Quiet,
                "No number of this case is uncertain: the answer is exact, given the coding.",
            );
        }
        Spread::Unknown => {
            page.paragraph(Role::Plain, &format!("At central values: {central}."));
            page.paragraph(
                Role::Quiet,
                "No draws were made, so nothing is said about the coder's uncertainty.",
            );
        }
    }
}

/// That evidence was left out, and how much.
fn left_out(assessment: &Assessment) -> Option<String> {
    let until = assessment.reproducibility.until;
    let asked = until != assessment.subject.decided;
    let list = assessment.evidence.left_out.iter();
    let acts: BTreeSet<&str> = list.map(|it| it.act.as_str()).collect();
    if acts.is_empty() && !asked {
        return None;
    }
    let (day, count) = (
        number::day(until),
        number::count_of(acts.len() as u64, "act"),
    );
    let decision = if asked { "" } else { " (the decision)" };
    // A belief that no act moved has its prior alone.
    let mut series = assessment.beliefs.iter();
    let all = !acts.is_empty() && series.all(|it| it.points.len() <= 1);
    Some(match all {
        true => format!(
            "Every act that the case codes ({count}) became known after {day}{decision} and is left \
             out throughout: if that is not meant, check the dates."
        ),
        false => format!(
            "Evidence that became known after {day}{decision} is left out throughout: {count}."
        ),
    })
}

/// The table of verdicts over draws.
fn drawn(page: &mut Page, assessment: &Assessment) {
    let cells = if page.is_narrow() {
        0
    } else {
        page.bar_cells()
    };
    page.table(&table(assessment, cells));
    let draws = number::count_of(assessment.reproducibility.draws as u64, "draw");
    page.paragraph(
        Role::Quiet,
        &format!(
            "Shares of {draws} of every uncertain number, ± one standard error of the \
             sampling. ► marks the verdict at central values."
        ),
    );
}

fn table(assessment: &Assessment, cells: usize) -> Table {
    let verdict = &assessment.verdict;
    let mut table = Table::new([
        Column::left(""),
        Column::left(""),
        Column::left(""),
        Column::left(""),
        Column::wrapped(""),
    ]);
    for one in Verdict::ALL {
        let Some(chance) = verdict.chances.get(&one) else {
            continue;
        };
        let central = one == verdict.central;
        let (mark, role) = match chance.estimate {
            _ if central => ("►", Role::Strong),
            p if p > 0.0 => ("", Role::Plain),
            _ => ("", Role::Quiet),
        };
        table.row([
            mark.into(),
            Cell::new(words::verdict(one), role),
            number::chance_cell(Some(chance)).into(),
            Cell::new(bar(chance.estimate, cells), Role::Bar),
            Cell::new(Estimate::of(chance.estimate).words(), Role::Quiet),
        ]);
    }
    table
}
