//! The answer in a few sentences.

use detente::assessment::{BindingRung, PathOutcome, PathReport, Refusal, RungSide};

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
             the last.",
            steps(path.rungs.len()),
            number::percent(path.exposure),
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
        _ => no_way(found, names),
    }
}

fn no_way(found: &PathReport, names: &Names<'_>) -> String {
    let most = steps(found.asked.most_rungs);
    let mut text = format!("No way led there in {most} or fewer: every one was covered.");
    match &found.blocked {
        Some(blocked) => {
            text.push(' ');
            text.push_str(&binding(blocked, names));
        }
        None => {
            text.push_str(" Only the number of steps stands in the way: every step was accepted.")
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
        Refusal::Distrust => format!("{who} trusts too little{}", asked(side)),
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
