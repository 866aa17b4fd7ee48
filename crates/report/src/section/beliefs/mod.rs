//! Who believed what when, beside the trust that it took.

mod sentences;
mod table;

use detente::{
    Assessment,
    assessment::{BeliefSeries, Threshold},
};

use crate::{layout::Page, names::Names, palette::Role};

pub(in crate::section) fn write(page: &mut Page, assessment: &Assessment, names: &Names<'_>) {
    let Some(first) = assessment.beliefs.first() else {
        return;
    };
    page.heading("Who believed what when");
    page.paragraph(Role::Quiet, &sentences::legend(assessment, first, names));
    if names.parties() > 2 && first.threshold.is_some() {
        page.paragraph(Role::Quiet, sentences::JOINT);
    }
    let mut answered: Vec<&str> = Vec::new();
    for series in &assessment.beliefs {
        one(page, series, names);
        // An observer answers an agreement once, whatever the number of parties it has to trust.
        let answer = series.threshold.as_ref();
        if let Some(threshold) = answer.filter(|_| !answered.contains(&series.observer.as_str())) {
            answered.push(&series.observer);
            let decider = names.decider(&series.observer);
            let sentence = sentences::answer(threshold, &decider, names.parties() > 2);
            page.paragraph(Role::Plain, &sentence);
        }
    }
}

fn one(page: &mut Page, series: &BeliefSeries, names: &Names<'_>) {
    let (observer, about) = (names.party(&series.observer), names.party(&series.about));
    page.blank();
    page.paragraph(Role::Strong, &format!("{observer} about {about}"));
    let joint = names.parties() > 2;
    let needed = series.threshold.as_ref().and_then(deciding);
    // Trust in one of several others does not decide alone.
    let needed = needed.filter(|_| !joint);
    if let Some(threshold) = &series.threshold {
        let decider = names.decider(&series.observer);
        page.paragraph(Role::Plain, &sentences::needs(threshold, &decider, joint));
        if let Some(last) = series.points.last() {
            page.paragraph(Role::Plain, &sentences::at_the_end(last, needed));
        }
        if let Some(note) = sentences::flat(series, &about) {
            page.paragraph(Role::Quiet, &note);
        }
    }
    page.table(&table::table(series, needed));
}

/// The trust that decides: the leader's where one is coded and turns on trust, else the nation's.
/// None where no trust makes a difference.
fn deciding(threshold: &Threshold) -> Option<f64> {
    threshold.leader.or(threshold.nation).filter(|&it| it > 0.0)
}

/// On which side of what is needed.
fn side(trust: f64, needed: f64) -> (&'static str, Role) {
    if trust > needed {
        ("above", Role::Good)
    } else if trust < needed {
        ("below", Role::Bad)
    } else {
        ("just at", Role::Bad)
    }
}
