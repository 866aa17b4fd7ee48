//! Offers really made, and the barriers each passes.

use detente::{
    Assessment,
    assessment::{Barrier, BarrierCheck, ProposalReport},
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
    page.paragraph(Role::Quiet, &legend(assessment));
    for proposal in &assessment.proposals {
        one(page, proposal, assessment, names);
    }
}

/// What the marks mean, and why one cause can show at three barriers.
fn legend(assessment: &Assessment) -> String {
    let coded = |barrier: Barrier| words::is_coded(assessment, barrier);
    let open = if Barrier::ALL.into_iter().all(coded) {
        ""
    } else {
        ", – is not coded"
    };
    let mut checks = assessment.proposals.iter().flat_map(|it| &it.barriers);
    let shares = if checks.any(|check| check.chance.is_some()) {
        "; beside it the share of draws in which the offer passes"
    } else {
        ""
    };
    let home = match (
        coded(Barrier::DomesticLegitimacy),
        coded(Barrier::Misperception),
    ) {
        (true, true) => {
            "At 4 and 5 it is the leader who answers, on the evidence as it was and as it was read"
        }
        (true, false) => "At 4 it is the leader who answers, on the evidence as it was",
        (false, true) => "At 5 it is the leader who answers, on the evidence as it was read",
        (false, false) => "",
    };
    let home = match home {
        "" => String::new(),
        told => format!(
            " {told}, so an offer that fails at 3 for want of trust mostly fails there too."
        ),
    };
    format!(
        "By the number of the barrier: ✓ passes, ✗ does not{open}, each judged on its own at \
         central values{shares}.{home}"
    )
}

fn one(page: &mut Page, proposal: &ProposalReport, assessment: &Assessment, names: &Names<'_>) {
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
    page.table(&table(&proposal.barriers, assessment));
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
fn table(checks: &[BarrierCheck], assessment: &Assessment) -> Table {
    let mut table = Table::new(vec![Column::left(""); checks.len()]);
    let cells = checks.iter().map(|check| {
        if !words::is_coded(assessment, check.barrier) {
            return Cell::new(format!("{} –", words::number(check.barrier)), Role::Quiet);
        }
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
