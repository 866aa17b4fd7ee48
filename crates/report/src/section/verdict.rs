//! What was asked, and the verdict over draws.

use detente::{Assessment, assessment::Verdict};

use crate::{
    estimate::Estimate,
    layout::{Cell, Column, Page, Table, bar, clean},
    number,
    palette::Role,
    words,
};

pub(super) fn write(page: &mut Page, assessment: &Assessment) {
    let subject = &assessment.subject;
    page.heading(&clean(&subject.title));
    if let Some(question) = &subject.question {
        page.paragraph(Role::Plain, &clean(question));
    }
    if let Some(summary) = &subject.summary {
        page.paragraph(Role::Quiet, &clean(summary));
    }
    page.heading("The verdict, and how sure it is");
    let until = assessment.reproducibility.until;
    if until != subject.decided {
        let until = number::day(until);
        page.paragraph(
            Role::Strong,
            &format!("Evidence that became known after {until} is left out throughout."),
        );
    }
    if assessment.verdict.chances.is_empty() {
        let central = words::verdict(assessment.verdict.central);
        page.paragraph(Role::Plain, &format!("At central values: {central}."));
        page.paragraph(
            Role::Quiet,
            "No draws were made, so nothing is said about the coder's uncertainty.",
        );
        return;
    }
    let cells = if page.is_narrow() {
        0
    } else {
        page.bar_cells()
    };
    page.table(&table(assessment, cells));
    let draws = number::count(assessment.reproducibility.draws as u64);
    page.paragraph(
        Role::Quiet,
        &format!(
            "Shares of {draws} draws of every uncertain number, ± one standard error of the \
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
