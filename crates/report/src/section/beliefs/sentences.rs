//! Sentences about beliefs.

use std::cmp::Ordering::Equal;

use detente::{
    Assessment,
    assessment::{BeliefPoint, BeliefSeries, Threshold, TypeBelief},
    beliefs::DayRow,
};

use super::answer::{Needed, TurnsOn, has_home, is_turning};
use crate::{
    names::Names,
    number::{self, Digits},
};

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
    let band = if is_banded(first) {
        "; the band holds 90% of the draws of held trust"
    } else {
        ""
    };
    format!(
        "Trust is the probability that the other party keeps the best agreement{terms}. \
         Warranted: on the evidence as it was. Held: on the evidence as it was read{band}. The weight of \
         an act is what it adds to the odds of trust: +3 dB doubles them."
    )
}

/// What hindsight makes of the days before, where it makes something else of them.
pub(super) fn hindsight(series: &BeliefSeries) -> Option<String> {
    let days = series.points.iter().filter_map(|it| it.smoothed.as_ref());
    let gap = |day: &DayRow| day.trust.hindsight_gap.map(f64::abs);
    let widest = days.max_by(|one, other| gap(one).partial_cmp(&gap(other)).unwrap_or(Equal))?;
    let (known, hindsight) = (widest.trust.filtered, widest.trust.smoothed?);
    let (known_text, hindsight_text) = (number::probability(known), number::probability(hindsight));
    (known_text != hindsight_text).then(|| {
        format!(
            "Knowing every act up to the decision, one would put it at {hindsight_text} on {}; at the time \
             it could be {known_text}.",
            number::day(widest.date)
        )
    })
}

/// What it takes to accept.
pub(super) fn needs(threshold: &Threshold, decider: &str, joint: bool, digits: Digits) -> String {
    let shown = |needed: f64| number::probability_to(needed, digits);
    let whom = if joint {
        " in all the others at once"
    } else {
        ""
    };
    let nation = match threshold.nation {
        None => "The nation refuses at any trust".to_owned(),
        Some(needed) if !is_turning(needed) => "The nation accepts at any trust above 0".to_owned(),
        Some(needed) => format!(
            "To accept, the nation needs trust above {}{whom}",
            shown(needed)
        ),
    };
    match threshold.leader {
        Some(needed) if is_turning(needed) => {
            format!(
                "{nation}; {decider}, with a home front, above {}.",
                shown(needed)
            )
        }
        Some(_) => {
            format!("{nation}; {decider}, with a home front, would accept at any trust above 0.")
        }
        None if has_home(threshold) => format!(
            "{nation}; with a home front, the answer of {decider} does not turn on trust alone."
        ),
        None => format!("{nation}."),
    }
}

/// Where trust stood when it mattered.
pub(super) fn at_the_end(
    last: &BeliefPoint,
    turns: TurnsOn,
    needed: Option<Needed>,
    decider: &str,
) -> String {
    let stood = |belief: &TypeBelief| belief.trust.unwrap_or_default();
    let (warranted, held) = (stood(&last.warranted), stood(&last.held));
    let digits = needed.map_or(Digits::Two, |it| it.digits);
    let shown = |trust: f64| number::probability_to(trust, digits);
    let (due, kept) = (shown(warranted), shown(held));
    let Some(needed) = needed else {
        return format!("At the decision {due} was warranted and {kept} held.");
    };
    let what = match turns {
        TurnsOn::Leader(_) => format!("what it takes for {decider} to accept"),
        _ => "what it takes".to_owned(),
    };
    let (first, second) = (needed.side(warranted).0, needed.side(held).0);
    if first == second {
        format!("At the decision {due} was warranted and {kept} held, both {first} {what}.")
    } else {
        format!(
            "At the decision {due} was warranted, {first} {what}, but {kept} held, {second} it."
        )
    }
}

/// How the observer answers the agreement, with its own conduct and all that weighs on it; with
/// several others also the trust in all of them, to as many digits.
pub(super) fn answer(threshold: &Threshold, decider: &str, joint: Option<Digits>) -> String {
    let word = |accepts: bool| if accepts { "accept" } else { "refuse" };
    let trust = |trust: f64| {
        let shown = joint.map(|digits| number::probability_to(trust, digits));
        shown.map_or_else(String::new, |it| format!(" (trust in all others {it})"))
    };
    let (warranted, held) = (&threshold.warranted, &threshold.held);
    let (first, second) = (word(warranted.accepts), word(held.accepts));
    let (due, kept) = (trust(warranted.trust), trust(held.trust));
    let reason = match TurnsOn::of(threshold) {
        TurnsOn::Floor => ": it pays less than ratification asks for, whatever the trust",
        _ => "",
    };
    if first == second && due == kept {
        return format!(
            "At the decision {decider} would {first} it, on either reading of the evidence{due}{reason}."
        );
    }
    format!(
        "At the decision {decider} would {first} it on the evidence as it was{due} and {second} it on \
         the evidence as it was read{kept}{reason}."
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
        let mut bands = series.points.iter().filter_map(|point| point.held.band);
        let band = match bands.any(|band| band.low < 1.0) {
            true => " The band shows draws in which some type would break it.",
            false => "",
        };
        Some(format!(
            "At central values every type that {about} might be would keep this agreement, so acts \
             change beliefs about its type but not trust.{band}"
        ))
    } else if all(0.0) {
        Some(format!(
            "At central values no type that {about} might be would keep this agreement."
        ))
    } else {
        None
    }
}

/// Whether beliefs are shown with their spread over draws.
pub(super) fn is_banded(series: &BeliefSeries) -> bool {
    let mut points = series.points.iter();
    points.any(|point| point.held.band.is_some())
}
