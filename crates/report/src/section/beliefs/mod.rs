//! Who believed what when, beside the trust that it took.

mod answer;
mod sentences;
mod table;

use detente::{Assessment, assessment::BeliefSeries};

use answer::{Needed, TurnsOn};
use table::Told;

use crate::{figure, layout::Page, names::Names, number::Digits, palette::Role};

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
    for (nth, series) in assessment.beliefs.iter().enumerate() {
        one(page, nth, series, names);
        // An observer answers an agreement once, whatever the number of parties it has to trust.
        let answer = series.threshold.as_ref();
        if let Some(threshold) = answer.filter(|_| !answered.contains(&series.observer.as_str())) {
            answered.push(&series.observer);
            let decider = names.decider(&series.observer);
            let joint = (names.parties() > 2).then(|| digits(series));
            let sentence = sentences::answer(threshold, &decider, joint);
            page.paragraph(Role::Plain, &sentence);
        }
    }
}

fn one(page: &mut Page, nth: usize, series: &BeliefSeries, names: &Names<'_>) {
    let (observer, about) = (names.party(&series.observer), names.party(&series.about));
    page.blank();
    let whose = format!("{observer} about {about}");
    match page.is_document() {
        true => page.heading(&whose),
        false => page.paragraph(Role::Strong, &whose),
    }
    let joint = names.parties() > 2;
    let mut is_flat = series.threshold.is_none();
    // Trust in one of several others does not decide alone.
    let needed = needed(series).filter(|_| !joint);
    if let Some(threshold) = &series.threshold {
        let decider = names.decider(&series.observer);
        let digits = digits(series);
        page.paragraph(
            Role::Plain,
            &sentences::needs(threshold, &decider, joint, digits),
        );
        if let Some(last) = series.points.last() {
            let turns = TurnsOn::of(threshold);
            page.paragraph(
                Role::Plain,
                &sentences::at_the_end(last, turns, needed, &decider),
            );
        }
        let note = sentences::flat(series, &about);
        is_flat = note.is_some();
        if let Some(note) = note {
            page.paragraph(Role::Quiet, &note);
        }
    }
    let mut told = Told {
        needed,
        is_flat,
        is_roomy: page.is_document(),
        hindsight: Vec::new(),
    };
    let table = match page.is_document() {
        true => {
            told.hindsight = figure::hindsight(series).unwrap_or_default();
            table::table(series, &told).numbered("tick")
        }
        false => table::table(series, &told),
    };
    page.drawn(&table, || figure::beliefs(nth, series, names));
    page.figure(|| figure::ledger(nth, series, names));
    // Where no type's conduct differs, what hindsight adds to trust is not what the ledger weighs.
    if let Some(sentence) = sentences::hindsight(series).filter(|_| !is_flat) {
        page.paragraph(Role::Quiet, &sentence);
    }
}

/// The trust that decides, where trust decides.
fn needed(series: &BeliefSeries) -> Option<Needed> {
    let trust = TurnsOn::of(series.threshold.as_ref()?).needed()?;
    Some(Needed {
        trust,
        digits: digits(series),
    })
}

/// Digits that tell what is needed from the trusts that stand beside it.
fn digits(series: &BeliefSeries) -> Digits {
    let Some(threshold) = &series.threshold else {
        return Digits::Two;
    };
    let held = series.points.iter().filter_map(|point| point.held.trust);
    let answers = [threshold.warranted.trust, threshold.held.trust];
    let shown: Vec<f64> = held.chain(answers).collect();
    let thresholds = threshold.leader.iter().chain(&threshold.nation);
    let mut digits = thresholds.map(|&it| Digits::telling(it, shown.iter().copied()));
    match digits.any(|it| it == Digits::Four) {
        true => Digits::Four,
        false => Digits::Two,
    }
}
