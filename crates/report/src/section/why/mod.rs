//! Why an agreement was missed: a page of its own.

mod causes;
mod parties;
mod waterfall;

use detente::{
    Assessment,
    assessment::{Attribution, Verdict},
};

use super::{attribution, funnel, headline, judges, margins};
use crate::{
    layout::{Page, clean},
    names::Names,
    number,
    palette::Role,
    spread::{Spread, without_draws},
};

pub(crate) fn write(page: &mut Page, assessment: &Assessment, names: &Names<'_>) {
    page.lead(Role::Answer, &headline(assessment, names));
    let exact = Spread::of(assessment) == Spread::Exact;
    let bare = exact.then(|| without_draws(assessment));
    let assessment = bare.as_ref().unwrap_or(assessment);
    page.heading("By how much");
    margins::table(page, &assessment.margins);
    page.paragraph(
        Role::Quiet,
        "The margin of the agreement that gets furthest, over this barrier and all before it, in \
         shares of a party's span of payoffs; above 0 it passes.",
    );
    for sentence in margins::sentences(assessment, names) {
        page.paragraph(Role::Plain, &sentence);
    }
    nearest(page, assessment, names);
    page.heading("Why");
    match &assessment.attribution {
        Some(attribution) => missed(page, assessment, attribution, names),
        None => attribution::nothing(page, assessment),
    }
    funnel::not_coded(page, &assessment.verdict.not_coded, names);
    scale(page, assessment);
    run(page, assessment);
}

/// How the chance of agreement rises as barriers fall in order, and at whom they stood: what a report
/// adds to its attribution.
pub(super) fn write_order_and_parties(page: &mut Page, assessment: &Assessment, names: &Names<'_>) {
    if let Some(attribution) = &assessment.attribution {
        waterfall::write(page, attribution);
        parties::write(page, attribution, names);
    }
}

/// The agreement that came nearest, where there was none that all preferred.
fn nearest(page: &mut Page, assessment: &Assessment, names: &Names<'_>) {
    let first = assessment.margins.first();
    let conflict = assessment.verdict.central == Verdict::ConflictOfInterest;
    if let Some(first) = first.filter(|it| conflict && !it.terms.is_empty()) {
        let text = format!(
            "What came nearest to being better than none for all: {}.",
            names.terms_line(&first.terms)
        );
        page.paragraph(Role::Plain, &text);
    }
}

fn missed(page: &mut Page, assessment: &Assessment, attribution: &Attribution, names: &Names<'_>) {
    attribution::gate(page, attribution.conflict_of_interest.as_ref());
    page.paragraph(Role::Plain, &attribution::scope(assessment, attribution));
    page.blank();
    causes::write(page, assessment, attribution);
    let judged = judges::sentences(assessment, attribution);
    if !judged.is_empty() {
        page.heading("Do the ways of judging agree?");
        let standpoint = attribution::standpoint(assessment.verdict.central);
        let said = standpoint.map(str::to_owned).into_iter().chain(judged);
        for sentence in said {
            page.paragraph(Role::Plain, &sentence);
        }
    }
    waterfall::write(page, attribution);
    parties::write(page, attribution, names);
}

/// What the words of likelihood mean.
fn scale(page: &mut Page, assessment: &Assessment) {
    if assessment.verdict.chances.is_empty() {
        return;
    }
    page.blank();
    page.paragraph(
        Role::Quiet,
        "Words for probabilities (ICD 203): almost no chance to 0.05, very unlikely to 0.20, \
         unlikely to 0.45, roughly even chance to 0.55, likely to 0.80, very likely to 0.95, almost \
         certain above.",
    );
}

fn run(page: &mut Page, assessment: &Assessment) {
    let run = &assessment.reproducibility;
    let text = format!(
        "{}, {}, seed {}, evidence until {}.",
        clean(&assessment.subject.id),
        number::count_of(run.draws as u64, "draw"),
        run.seed,
        number::day(run.until)
    );
    page.paragraph(Role::Quiet, &text);
}
