//! The answer in a few sentences.

use detente::{
    Partners,
    assessment::{
        BindingRung, LesserTried, PathInShort, PathOutcome, PathReport, Refusal, RungSide,
    },
};

use super::ladder::steps;
use crate::{names::Names, number};

/// Whether a way led to the full agreement, and if not, where it ends.
pub(crate) fn answer(found: &PathReport, names: &Names<'_>) -> String {
    let all = names.both_or_all();
    match (found.outcome, &found.path) {
        (PathOutcome::AcceptedAtOnce, _) => format!(
            "Nothing had to be built: {all} sides would have accepted the full agreement on the \
             beliefs they held."
        ),
        (PathOutcome::Found, Some(path)) => format!(
            "A way led there: {}, each acceptable to {all} sides on what they would then have \
             believed, with at most {} of what the full agreement would bring exposed before \
             the last.{}",
            steps(path.rungs.len()),
            number::percent(path.exposure),
            match found.path_is_best {
                true => "",
                false => " There may be a better one: the search ran out of effort.",
            },
        ),
        (PathOutcome::BudgetSpent, _) => {
            "Not known: the search ran out of effort before a way was \
             found or ruled out. Give it more, or allow fewer steps."
                .to_owned()
        }
        (PathOutcome::NothingToReach, _) => format!(
            "There is nothing to build trust for: no agreement is better than none for {all} sides \
             and would be kept by {all}."
        ),
        (PathOutcome::NotWanted, _) => format!(
            "No trust leads there: that agreement is no better than none for {}.",
            names.party_list(&found.unwanted_by)
        ),
        _ => no_way(found, names),
    }
}

/// Whether a path existed then, in one paragraph of an assessment.
pub(crate) fn in_short(path: &PathInShort, names: &Names<'_>) -> String {
    let all = names.both_or_all();
    let best = "the best agreement that all would have kept";
    let risk = format!(
        "each acceptable to {all} on what they would then have believed, with at most {} of its worth \
         exposed before the last and a chance of up to {} of being cheated at a step",
        number::percent(path.exposure),
        number::probability(path.broken),
    );
    let told = match (path.outcome, &path.reached) {
        (PathOutcome::AcceptedAtOnce, _) => {
            format!("No trust had to be built for {best}: {all} would have signed it at once.")
        }
        (PathOutcome::Found, _) => {
            let steps = steps(path.rungs);
            format!("It could have been had step by step: {steps} led to {best}, {risk}.")
        }
        (PathOutcome::NothingToReach, _) => {
            return format!(
                "No steps could have led to an agreement that {all} wanted and would have kept: there is none."
            );
        }
        (PathOutcome::BudgetSpent, _) => format!("Whether steps led to {best} was not settled."),
        (_, Some(terms)) => {
            let terms = names.terms_line(terms);
            let how = match path.rungs {
                1 => "at once".to_owned(),
                more => format!("in {}, {risk}", steps(more)),
            };
            format!(
                "No steps were sure to lead to {best}. One that was less could have been had {how}: {terms}."
            )
        }
        (_, None) => format!(
            "No steps were sure to lead to {best}{}.",
            path.lesser.as_ref().map_or_else(String::new, no_lesser)
        ),
    };
    format!("{told} `detente path` tells why.")
}

/// That none of the lesser agreements that were tried could be reached.
fn no_lesser(lesser: &LesserTried) -> String {
    let count = |n: usize| number::count(n as u64);
    let which = match (lesser.preferred, lesser.tried) {
        (0, _) => {
            return ", and there is no lesser one that all wanted and would have kept".to_owned();
        }
        (1, 1) => "the only lesser one".to_owned(),
        (all, tried) if tried < all => {
            format!("any of the {} next best of {}", count(tried), count(all))
        }
        (all, _) => format!("any of the {} lesser ones", count(all)),
    };
    match lesser.unsettled {
        0 => format!(", nor to {which}"),
        more => format!(
            ", nor to {which}, as far as is known: the search for {} ran out of effort",
            match more == lesser.tried {
                true => "them".to_owned(),
                false => format!("{} of them", count(more)),
            }
        ),
    }
}

fn no_way(found: &PathReport, names: &Names<'_>) -> String {
    let most = steps(found.asked.most_rungs);
    // What a step at which a cheat may play along shows, if anything, is not sure.
    let sure = match found.asked.partners {
        Partners::Strategic => "No way was sure to lead there",
        Partners::AtFaceValue => "No way led there",
    };
    let lesser = found.lesser.filter(|_| found.short_of.is_none());
    let mut text = format!(
        "{sure} in {most} or fewer{}: every one was covered.",
        lesser.as_ref().map_or_else(String::new, no_lesser)
    );
    match &found.blocked {
        Some(blocked) => {
            text.push(' ');
            text.push_str(&binding(blocked, names));
        }
        None => {
            text.push_str(" Only the number of steps stands in the way: every step was accepted.");
        }
    }
    if found.at_face_value == Some(true) {
        text.push_str(
            " There would be one if those who mean to cheat cheated at the first step that tempts \
             them; but they may play along, and then small steps show nothing.",
        );
    }
    if let Some(path) = &found.short_of {
        let reached = path.rungs.last().map(|rung| names.terms_line(&rung.terms));
        text.push_str(&format!(
            " What could be reached, in {}, is less: {}.",
            steps(path.rungs.len()),
            reached.unwrap_or_default(),
        ));
    }
    text
}

/// Which step binds, at whom, and why.
fn binding(blocked: &BindingRung, names: &Names<'_>) -> String {
    let who = names.decider(&blocked.party);
    let step = match blocked.rung.full {
        true => "the full agreement itself".to_owned(),
        false => format!("\u{201c}{}\u{201d}", names.terms_line(&blocked.rung.terms)),
    };
    let side = blocked
        .rung
        .sides
        .iter()
        .find(|it| it.party == blocked.party);
    let why = match blocked.because {
        Refusal::Distrust => format!("the trust of {who} is too low{}", asked(side)),
        Refusal::NotWorthIt => format!("it is not worth it to {who} even if kept by all"),
        Refusal::NotRatified => format!("{who} could not have it ratified"),
        _ => format!("{who} would not keep it"),
    };
    format!("What comes nearest is {step}, where {why}.")
}

fn asked(side: Option<&RungSide>) -> String {
    let numbers = side.and_then(|it| Some((it.trust, it.trust_needed?)));
    numbers.map_or_else(String::new, |(trust, needed)| {
        let digits = number::Digits::telling(trust, [needed]);
        format!(
            ": {}, where more than {} is asked",
            number::probability_to(trust, digits),
            number::probability_to(needed, digits),
        )
    })
}
