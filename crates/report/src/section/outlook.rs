//! What would have turned the answer and what drives it, in short.

use detente::{
    Aspect, Assessment,
    assessment::{Driver, Outlook, Rewrite, Within},
    quantity::Interval,
};

use super::rewrite::{all_at_once, fewest, sentence};
use crate::{layout::Page, names::Names, number, palette::Role, words};

pub(super) fn write(page: &mut Page, assessment: &Assessment, names: &Names<'_>) {
    let Some(outlook) = &assessment.outlook else {
        return;
    };
    if is_silent(assessment) {
        return;
    }
    page.heading("What would have changed the answer");
    for text in changes(outlook, names) {
        page.entry(Role::Plain, &text);
    }
    if let Some(robustness) = &outlook.robustness {
        page.paragraph(Role::Plain, &all_at_once(robustness));
    }
    if let Some(path) = &outlook.path {
        page.paragraph(Role::Plain, &super::path::in_short(path, names));
    }
    if page.is_document() {
        return;
    }
    write_drivers(page, assessment);
    page.paragraph(
        Role::Quiet,
        "`detente rewrite` tells of more such changes, and `detente sensitivity` which numbers carry \
         these shares.",
    );
}

/// Whether nothing is known of what would have turned the answer.
pub(super) fn is_silent(assessment: &Assessment) -> bool {
    let outlook = assessment.outlook.as_ref();
    outlook.is_none_or(|it| it.robustness.is_none())
}

/// What the numbers that drive the answer are about.
pub(super) fn write_drivers(page: &mut Page, assessment: &Assessment) {
    let outlook = assessment.outlook.as_ref();
    if let Some(text) = outlook.and_then(|it| drivers(&it.drivers)) {
        page.paragraph(Role::Plain, &text);
    }
}

/// The smallest change of beliefs alone and the smallest of all, or that there is none.
fn changes(outlook: &Outlook, names: &Names<'_>) -> Vec<String> {
    let changes = &outlook.changes;
    let Some(fewest) = fewest(changes) else {
        return vec![
            "No change was found among the uncertain numbers that turns the answer.".to_owned(),
        ];
    };
    let of_beliefs = |rewrite: &&Rewrite| rewrite.within == Within::Aspect(Aspect::Beliefs);
    let beliefs = changes.rewrites.iter().find(of_beliefs);
    let beliefs = beliefs.filter(|beliefs| **beliefs != *fewest);
    let mut told = vec![sentence(changes, fewest, names)];
    told.extend(
        beliefs.map(|beliefs| format!("By beliefs alone: {}", sentence(changes, beliefs, names))),
    );
    told
}

/// The shares of aspects in the variance of the last margin.
fn drivers(drivers: &[Driver]) -> Option<String> {
    let told: Vec<String> = drivers
        .iter()
        .filter(|driver| !driver.shapley.is_nil() && driver.shapley.estimate >= 0.005)
        .filter_map(|driver| {
            Some(format!(
                "{} {}",
                words::aspect(driver.aspect?),
                share(driver)
            ))
        })
        .collect();
    (!told.is_empty()).then(|| {
        format!(
            "What drives how near the best agreement comes to passing every barrier, in shares of its \
             variance: {}.",
            words::list(&told)
        )
    })
}

fn share(driver: &Driver) -> String {
    let estimate = number::signed(driver.shapley.estimate);
    let ends = |interval: Interval| {
        let (low, high) = (interval.low(), interval.high());
        format!(" ({}–{})", number::signed(low), number::signed(high))
    };
    let interval = driver.shapley.interval.map(ends);
    format!("{estimate}{}", interval.unwrap_or_default())
}
