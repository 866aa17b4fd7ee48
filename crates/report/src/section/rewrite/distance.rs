//! How far the answer is from turning when everything moves.

use detente::assessment::{ReliabilityReport, Rewrites, RobustnessReport};

use crate::{
    layout::{Page, clean},
    number,
    palette::Role,
    words,
};

/// Numbers named as those that carry the index.
const NAMED: usize = 3;

pub(super) fn write(page: &mut Page, found: &Rewrites) {
    page.heading("How far the answer is from turning");
    page.paragraph(Role::Quiet, "With every uncertain number free to move.");
    if let Some(robustness) = &found.robustness {
        page.paragraph(Role::Plain, &all_at_once(robustness));
    }
    page.paragraph(Role::Plain, &by_chance(&found.reliability));
}

pub(in crate::section) fn all_at_once(robustness: &RobustnessReport) -> String {
    let within = "at once that turns the answer";
    match robustness.radius {
        Some(radius) => format!(
            "A set of errors in all numbers {within} was found {} of the way from central values to \
             the ends of the coder's ranges{}.",
            number::percent(radius),
            if robustness.exact_if_monotone {
                ", and there is none nearer if more of a number helps throughout or hurts throughout"
            } else {
                "; there may be one nearer"
            },
        ),
        None => format!(
            "No set of errors in all numbers {within} was found within the coder's ranges{}.",
            if robustness.exact_if_monotone {
                ", and there is none if more of a number helps throughout or hurts throughout"
            } else {
                "; there may be one"
            },
        ),
    }
}

fn by_chance(reliability: &ReliabilityReport) -> String {
    let sampled = reliability.sampled.as_ref();
    let beside = match sampled.map(|chance| (chance.estimate, number::chance(chance))) {
        None => String::new(),
        Some((estimate, _)) if estimate <= 0.0 => "; no draw has one".to_owned(),
        Some((estimate, _)) if estimate >= 1.0 => "; every draw has one".to_owned(),
        Some((_, chance)) => format!("; {chance} of draws have one"),
    };
    let (Some(beta), Some(first_order)) = (reliability.beta, reliability.first_order) else {
        return format!(
            "By chance: within reach of the medians nothing was found that makes an agreement possible or impossible{beside}."
        );
    };
    let named: Vec<String> = reliability
        .importance
        .iter()
        .take(NAMED)
        .map(|it| format!("{} ({})", clean(&it.input), number::percent(it.share)))
        .collect();
    let carried = match named.is_empty() {
        true => String::new(),
        false => format!(" What carries it most: {}.", words::list(&named)),
    };
    format!(
        "By chance: the reliability index is {}, which by itself would make the chance of an agreement within \
         reach {}{beside}.{carried}",
        number::signed(beta),
        number::probability(first_order),
    )
}
