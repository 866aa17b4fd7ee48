//! Offers really made, and the barriers each passes.

use detente::{
    Assessment,
    assessment::{BarrierCheck, ProposalReport},
};

use crate::{
    layout::{Cell, Column, Page, Table, clean},
    names::Names,
    number,
    palette::Role,
    words,
};

pub(super) fn write(page: &mut Page, assessment: &Assessment, names: &Names<'_>) {
    if assessment.proposals.is_empty() {
        return;
    }
    page.heading("Offers really made");
    page.paragraph(
        Role::Quiet,
        "By the number of the barrier: ✓ passes, ✗ does not, each judged on its own at central \
         values; beside it the share of draws in which the offer passes.",
    );
    for proposal in &assessment.proposals {
        one(page, proposal, names);
    }
}

fn one(page: &mut Page, proposal: &ProposalReport, names: &Names<'_>) {
    page.blank();
    page.paragraph(Role::Strong, &title(proposal, names));
    page.paragraph(Role::Quiet, &names.terms_line(&proposal.terms));
    if !proposal.possible {
        page.paragraph(
            Role::Plain,
            "Never possible by the case's own rules, so no barrier is judged.",
        );
        return;
    }
    page.table(&table(&proposal.barriers));
    page.paragraph(Role::Plain, &ending(proposal, names));
}

fn title(proposal: &ProposalReport, names: &Names<'_>) -> String {
    let by = proposal.by.as_deref().map(|by| names.party(by));
    let made = [by, proposal.date.map(number::day)];
    let made: Vec<String> = made.into_iter().flatten().collect();
    let name = clean(&proposal.name);
    if made.is_empty() {
        name
    } else {
        format!("{name} ({})", made.join(", "))
    }
}

/// The five barriers side by side.
fn table(checks: &[BarrierCheck]) -> Table {
    let mut table = Table::new(vec![Column::left(""); checks.len()]);
    let cells = checks.iter().map(|check| {
        let (mark, role) = if check.passes {
            ("✓", Role::Good)
        } else {
            ("✗", Role::Bad)
        };
        let chance = check.chance.map(|it| number::probability(it.estimate));
        let chance = chance.map(|it| format!(" {it}")).unwrap_or_default();
        Cell::new(
            format!("{} {mark}{chance}", words::number(check.barrier)),
            role,
        )
    });
    table.row(cells.collect::<Vec<_>>());
    table
}

/// Where the offer ended.
fn ending(proposal: &ProposalReport, names: &Names<'_>) -> String {
    let Some(barrier) = proposal.stopped_by else {
        return "Passes all five.".to_owned();
    };
    let check = proposal.barriers.iter().find(|it| it.barrier == barrier);
    let parties = check.map(|check| names.party_list(&check.blocked_by));
    format!(
        "Stopped by {}, {}: {} {}.",
        words::number(barrier),
        words::barrier(barrier),
        parties.unwrap_or_default(),
        words::stopped(barrier)
    )
}
