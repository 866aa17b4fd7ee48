//! What drives the margin of the last barrier: a page of its own.

mod distances;
mod pairs;
mod screened;
mod shares;
mod tornado;

use detente::{
    Aspect, Grouping, SensitivityMethod,
    assessment::{MarginDrivers, Sensitivity},
};

pub(crate) use tornado::write as write_tornado;

use crate::{
    layout::{Page, clean},
    number,
    palette::Role,
    words,
};

/// Factors listed by name; the rest are counted.
const LISTED: usize = 15;

pub(crate) fn write(page: &mut Page, sensitivity: &Sensitivity) {
    let Some(margin) = sensitivity.margins.last() else {
        return;
    };
    if is_steady(margin) {
        page.lead(Role::Answer, &steady(sensitivity));
        return;
    }
    match sensitivity.method {
        SensitivityMethod::Morris => screened::write(page, sensitivity, margin),
        SensitivityMethod::Pawn => distances::write(page, sensitivity, margin),
        _ => {
            page.lead(
                Role::Answer,
                &shares::answer(sensitivity.by, &margin.drivers),
            );
            page.heading("What drives the answer");
            shares::write(page, sensitivity, margin);
        }
    }
    joined(page, margin);
}

/// What the figure of shares finds: the sentence that the page of drivers begins with.
pub(crate) fn finding(sensitivity: &Sensitivity) -> Option<String> {
    let margin = sensitivity.margins.last()?;
    let told = !margin.drivers.is_empty();
    told.then(|| shares::answer(sensitivity.by, &margin.drivers))
}

/// The rest of that page, below the figure.
pub(crate) fn write_below(page: &mut Page, sensitivity: &Sensitivity) {
    if let Some(margin) = sensitivity.margins.last() {
        shares::write(page, sensitivity, margin);
        joined(page, margin);
    }
}

fn joined(page: &mut Page, margin: &MarginDrivers) {
    if names(margin).any(|name| name.contains(" + ")) {
        page.paragraph(
            Role::Quiet,
            "What is joined by + holds numbers that go together in this case, and is judged as one.",
        );
    }
}

/// Whether nothing moves the margin.
fn is_steady(margin: &MarginDrivers) -> bool {
    margin.drivers.is_empty() && margin.screened.is_empty() && margin.distances.is_none()
}

fn names(margin: &MarginDrivers) -> impl Iterator<Item = &str> {
    let drivers = margin.drivers.iter().map(|driver| driver.name.as_str());
    drivers.chain(margin.screened.iter().map(|it| it.name.as_str()))
}

fn steady(sensitivity: &Sensitivity) -> String {
    format!(
        "No uncertain number of {} moves how far its best agreement is from passing every barrier.",
        clean(&sensitivity.case)
    )
}

/// A factor's name: what an aspect is in words, and the case's own names as they are.
fn name(by: Grouping, name: &str) -> String {
    if by != Grouping::Aspect {
        return clean(name);
    }
    let words = name.split(" + ").map(aspect);
    words.collect::<Vec<_>>().join(" + ")
}

fn aspect(word: &str) -> String {
    let found = Aspect::ALL.into_iter().find(|aspect| aspect.word() == word);
    let words = found.map(words::aspect);
    words.map_or_else(|| clean(word), str::to_owned)
}

/// The title of the column of names.
const fn title(by: Grouping) -> &'static str {
    match by {
        Grouping::Party => "numbers of",
        Grouping::Aspect => "about",
        _ => "number",
    }
}

/// How many evaluations it took, and how to repeat them.
fn run(sensitivity: &Sensitivity) -> String {
    let cut = sensitivity.cut_from.map(|asked| {
        let asked = number::count(asked as u64);
        format!(" ({asked} were asked for; more do not fit in memory)")
    });
    format!(
        "{} evaluations of the case{}, seed {}.",
        number::count(sensitivity.evaluations + sensitivity.shapley_evaluations),
        cut.unwrap_or_default(),
        sensitivity.reproducibility.seed,
    )
}
