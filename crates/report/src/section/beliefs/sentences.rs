//! Sentences about beliefs.

use detente::{
    Assessment,
    assessment::{BeliefPoint, BeliefSeries, Threshold, TypeBelief},
};

use super::side;
use crate::{names::Names, number};

/// Where there are several others.
pub(super) const JOINT: &str = "What an observer needs is trust in all the others at once, the \
                                product of its trust in each: too little in one is enough to \
                                refuse, enough in each is not enough to accept.";

/// What the figures are.
pub(super) fn legend(assessment: &Assessment, first: &BeliefSeries, names: &Names<'_>) -> String {
    let Some(threshold) = &first.threshold else {
        return "No agreement was better than none for every party, so there was none to trust \
                anybody with. What is shown is the belief about what the other party is."
            .to_owned();
    };
    let mut stages = assessment.funnel.iter().rev();
    let shown = stages.find_map(|stage| stage.best.first());
    let terms = if shown == Some(&threshold.agreement) {
        ", named above".to_owned()
    } else {
        format!(" ({})", names.terms_line(&threshold.agreement))
    };
    format!(
        "Trust is the probability that the other party keeps the best agreement{terms}. \
         Warranted: on the evidence as it was. Held: on the evidence as it was read; the band \
         holds 90% of the draws of held trust."
    )
}

/// What it takes to accept.
pub(super) fn needs(threshold: &Threshold, decider: &str, joint: bool) -> String {
    let nation = match threshold.nation {
        None => "The nation refuses whatever it believes".to_owned(),
        Some(needed) if needed <= 0.0 => "The nation accepts whatever it believes".to_owned(),
        Some(needed) => format!(
            "To accept, the nation needs trust above {}{}",
            number::probability(needed),
            if joint {
                " in all the others at once"
            } else {
                ""
            }
        ),
    };
    match threshold.leader {
        Some(needed) => format!(
            "{nation}; {decider}, with a home front, above {}.",
            number::probability(needed)
        ),
        None => format!("{nation}."),
    }
}

/// Where trust stood when it mattered.
pub(super) fn at_the_end(last: &BeliefPoint, needed: Option<f64>) -> String {
    let stood = |belief: &TypeBelief| belief.trust.unwrap_or_default();
    let (warranted, held) = (stood(&last.warranted), stood(&last.held));
    let (due, kept) = (number::probability(warranted), number::probability(held));
    let Some(needed) = needed else {
        return format!("At the decision {due} was warranted and {kept} held.");
    };
    let (first, second) = (side(warranted, needed).0, side(held, needed).0);
    if first == second {
        format!("At the decision {due} was warranted and {kept} held, both {first} what it takes.")
    } else {
        format!(
            "At the decision {due} was warranted, {first} what it takes, but {kept} held, {second} it."
        )
    }
}

/// How the observer answers the agreement, with its own conduct and all that weighs on it.
pub(super) fn answer(threshold: &Threshold, decider: &str, joint: bool) -> String {
    let word = |accepts: bool| if accepts { "accepts" } else { "refuses" };
    let trust = |trust: f64| match joint {
        true => format!(" (trust in all others {})", number::probability(trust)),
        false => String::new(),
    };
    let (warranted, held) = (&threshold.warranted, &threshold.held);
    let (first, second) = (word(warranted.accepts), word(held.accepts));
    let (due, kept) = (trust(warranted.trust), trust(held.trust));
    if first == second && !joint {
        return format!("At the decision {decider} {first} it, on either reading of the evidence.");
    }
    format!(
        "At the decision {decider} {first} it on the evidence as it was{due} and {second} it on the \
         evidence as it was read{kept}."
    )
}

/// Why trust does not move where it never does.
pub(super) fn flat(series: &BeliefSeries, about: &str) -> Option<String> {
    let all = |value: f64| {
        let trusts = series.points.iter();
        let mut trusts = trusts.flat_map(|point| [point.warranted.trust, point.held.trust]);
        trusts.all(|trust| trust == Some(value))
    };
    if all(1.0) {
        Some(format!(
            "At central values every type that {about} might be would keep this agreement, so acts \
             change beliefs about its type but not trust. The band shows draws in which some type \
             would break it."
        ))
    } else if all(0.0) {
        Some(format!(
            "At central values no type that {about} might be would keep this agreement."
        ))
    } else {
        None
    }
}
