//! The whole report, in the order of a document: the answer first, then what it follows from, then what
//! it rests on.

use detente::{Assessment, assessment::Sensitivity};

use super::{
    agreements, attribution, beliefs, domestic, drivers, errors, evidence, funnel, headline,
    method, outlook, path, proposals, readings, record, rewrite, run, verdict, why,
};
use crate::{
    coded::Coded,
    document::Findings,
    figure,
    layout::Page,
    names::Names,
    palette::Role,
    spread::{Spread, without_draws},
};

pub(crate) fn write(page: &mut Page, findings: &Findings<'_>) {
    let assessment = findings.assessment;
    let names = Names::of(&assessment.subject);
    let spread = Spread::of(assessment);
    page.part("answer");
    page.lead(Role::Answer, &headline(assessment, &names));
    let bare = (spread == Spread::Exact).then(|| without_draws(assessment));
    let assessment = bare.as_ref().unwrap_or(assessment);
    verdict::write(page, assessment, spread);
    bargaining_set(page, findings, assessment, &names);
    page.part("barriers");
    funnel::write(page, assessment, &names);
    if let Some(found) = findings.domestic {
        domestic::write_win_sets(page, found);
    }
    page.part("why");
    attribution::write(page, assessment);
    why::write_order_and_parties(page, assessment, &names);
    readings::write(page, assessment, &names);
    domestic::write_in_short(page, assessment, &names);
    errors::write(page, assessment);
    record::write(page, assessment, &names);
    changes(page, findings, assessment, &names);
    steps(page, findings);
    drives(page, findings, assessment);
    page.part("beliefs");
    beliefs::write(page, assessment, &names);
    if assessment.beliefs.is_empty() {
        absent(
            page,
            "Who believed what when",
            "The case says of no party what it believed about another. To see beliefs move, code the \
             types a party might be (`type`), a `prior` for each observer, and dated acts (`act`).",
        );
    }
    page.folded_part("evidence");
    evidence::write(page, assessment, &names);
    evidence::write_numbers(page, &assessment.evidence);
    page.part("method");
    method::write(page);
    page.part("run");
    run::write(page, assessment);
}

/// A part whose analysis the case or the run lacks.
fn absent(page: &mut Page, title: &str, what: &str) {
    page.heading(title);
    page.paragraph(Role::Quiet, what);
}

fn bargaining_set(
    page: &mut Page,
    findings: &Findings<'_>,
    assessment: &Assessment,
    names: &Names<'_>,
) {
    page.folded_part("bargaining-set");
    page.heading("What could have been agreed");
    if let Some(report) = findings.agreements {
        agreements::write_zone(page, report);
    }
    if let Some(cloud) = findings.cloud {
        for figure in figure::bargaining(cloud) {
            page.figure(|| Some(figure));
        }
        page.figure(|| figure::surplus(cloud));
    }
    if findings.agreements.is_none() && findings.cloud.is_none() {
        page.paragraph(
            Role::Quiet,
            "The set of agreements was not asked for in this run.",
        );
    }
    proposals::write(page, assessment, names);
    if let Some(report) = findings.agreements {
        agreements::write_rest(page, report);
    }
}

fn changes(page: &mut Page, findings: &Findings<'_>, assessment: &Assessment, names: &Names<'_>) {
    page.folded_part("changes");
    match findings.rewrites {
        Some(found) => {
            page.heading("What would have changed the answer");
            rewrite::write_cards(page, found, &Coded::of(assessment));
        }
        None => outlook::write(page, assessment, names),
    }
    if findings.rewrites.is_none() && outlook::is_silent(assessment) {
        let said = unless_certain(
            assessment,
            "which changes would have turned the answer",
            "What would have turned the answer was not asked for in this run.",
        );
        absent(page, "What would have changed the answer", &said);
    }
}

fn steps(page: &mut Page, findings: &Findings<'_>) {
    page.folded_part("path");
    match findings.path {
        Some(found) => path::write_part(page, found),
        None => absent(
            page,
            "The path",
            "How trust could have been built step by step was not asked for in this run.",
        ),
    }
}

/// Why an analysis of uncertain numbers is missing: there are none, or it was `not_asked`.
fn unless_certain(assessment: &Assessment, what: &str, not_asked: &str) -> String {
    match assessment.evidence.uncertain {
        0 => format!(
            "No number of the case is uncertain: give numbers ranges (`{{ low = …, mode = …, high = … }}`) \
             to see {what}."
        ),
        _ => not_asked.to_owned(),
    }
}

fn drives(page: &mut Page, findings: &Findings<'_>, assessment: &Assessment) {
    page.folded_part("drivers");
    page.heading("What drives the answer");
    outlook::write_drivers(page, assessment);
    let Some(sensitivity) = findings.sensitivity else {
        let said = unless_certain(
            assessment,
            "on which the answer hangs",
            "Which numbers the answer hangs on was not asked for in this run.",
        );
        page.paragraph(Role::Quiet, &said);
        return;
    };
    let coded = Coded::of(assessment);
    page.figure(|| figure::tornado(sensitivity, &coded));
    let said = in_words(sensitivity, &coded);
    match drivers::finding(&said) {
        Some(finding) => {
            page.figure(|| figure::indices(sensitivity, &coded, &finding));
            drivers::write_below(page, &said);
        }
        None => drivers::write(page, &said),
    }
}

/// The same with numbers named in words.
fn in_words(sensitivity: &Sensitivity, coded: &Coded<'_>) -> Sensitivity {
    let mut said = sensitivity.clone();
    for driver in said.margins.iter_mut().flat_map(|it| &mut it.drivers) {
        driver.name = coded.phrase(&driver.name);
    }
    said
}
