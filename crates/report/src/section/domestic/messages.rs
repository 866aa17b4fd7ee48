//! What each leader makes its audience believe.

use detente::{
    assessment::{Domestic, MessagesDraws, MessagesFound, MessagesReport},
    legitimacy::{Candour, PromotionEquilibrium, UnderstatementEquilibrium},
    quantity::Probability,
};

use super::draws::around;
use crate::{
    layout::{Page, clean},
    names::Names,
    number,
    palette::Role,
};

pub(super) fn write(page: &mut Page, found: &Domestic, names: &Names<'_>) {
    if found.fronts.iter().all(|front| front.messages.is_none()) {
        return;
    }
    page.heading("What leaders would make their audiences believe");
    for (place, front) in found.fronts.iter().enumerate() {
        let Some(messages) = &front.messages else {
            continue;
        };
        let who = names.decider(&front.party);
        for text in sentences(messages, &who) {
            page.entry(Role::Plain, &text);
        }
        let fronts = found.over_draws.as_ref().map(|it| &it.fronts);
        let drawn = fronts.and_then(|it| it.get(place)?.messages.as_ref());
        if let Some(drawn) = drawn {
            page.entry(Role::Plain, &over_draws(messages, drawn));
        }
    }
    page.paragraph(
        Role::Quiet,
        "Each leader comes to know whether the adversary is hostile and then speaks; true messages \
         are free, untrue ones cost what is coded. Terms are bargained over here: the good is the \
         nation's own payoff, up to the most it gets by any agreement that the other leaders would \
         sign. A threshold of belief at the terms of one agreement, as further down, is another number.",
    );
}

fn sentences(messages: &MessagesReport, who: &str) -> Vec<String> {
    match &messages.found {
        MessagesFound::Alarm(found) => alarm(messages, found, who),
        MessagesFound::Calm(found) => calm(messages, found, who),
        MessagesFound::Refused(reason) => {
            vec![format!("{who}: no equilibrium, because {}.", clean(reason))]
        }
    }
}

fn alarm(messages: &MessagesReport, found: &PromotionEquilibrium, who: &str) -> Vec<String> {
    let p = |it: Probability| number::probability(it.get());
    let first = match found.candour {
        Candour::Candid => format!(
            "{who} would be candid: even believed by all, crying wolf about a benign adversary would \
             not pay. An alarm is true, and believed."
        ),
        Candour::Mixed => format!(
            "{who} would cry wolf about a benign adversary with probability {}, just so often that \
             an alarm, believed with {}, only just pays (mixed).",
            p(found.inflation),
            p(found.alarm_belief)
        ),
        Candour::Saturated => format!(
            "{who} would raise the alarm about every adversary (saturated); it is believed with {}.",
            p(found.alarm_belief)
        ),
    };
    let closing = match found.closing_belief {
        Some(closing) => format!(
            "once its audience believes in hostility with more than {}, no terms are left that both \
             sides could sign",
            p(closing)
        ),
        None => {
            "whatever its audience believes, terms are left that both sides could sign".to_owned()
        }
    };
    let missed = format!(
        "{who}: {closing}; the chance that the adversary is benign and an agreement is missed by an \
         alarm is {}.",
        p(found.missed)
    );
    let mean = (found.mean_belief.get(), found.ex_ante_gain);
    vec![first, missed, accounting(messages.prior, mean, who)]
}

fn calm(messages: &MessagesReport, found: &UnderstatementEquilibrium, who: &str) -> Vec<String> {
    let p = |it: Probability| number::probability(it.get());
    let first = match found.candour {
        Candour::Candid => format!(
            "{who}, to whom an enemy costs support, would be candid: saying all is calm when it is \
             not would not pay. Calm is true, and believed."
        ),
        Candour::Mixed => format!(
            "{who}, to whom an enemy costs support, would say all is calm of a hostile adversary \
             with probability {}; the audience, told so, still believes in hostility with {} (mixed).",
            p(found.understatement),
            p(found.calm_belief)
        ),
        Candour::Saturated => format!(
            "{who}, to whom an enemy costs support, would say all is calm of every adversary \
             (saturated); the audience, told so, believes in hostility with {}.",
            p(found.calm_belief)
        ),
    };
    let mean = (found.mean_belief.get(), found.ex_ante_gain);
    vec![first, accounting(messages.prior, mean, who)]
}

/// Belief accounting (D-40) and what the messages bring (D-41).
fn accounting(prior: f64, (mean, gain): (f64, f64), who: &str) -> String {
    let belief = number::probability(mean);
    let misled = match number::is_close(mean, prior) {
        true => format!(
            "on average over messages its audience believes in hostility with {belief}, as before: \
             it is not misled on average"
        ),
        false => format!(
            "on average over messages its audience believes in hostility with {belief}, not with \
             {} as before: the credulous are misled",
            number::probability(prior)
        ),
    };
    let brings = match gain {
        gain if gain < -1e-12 => format!(
            "beside being known for candour this costs the leader {}: it defeats itself",
            number::value(-gain)
        ),
        gain if gain > 1e-12 => format!(
            "beside being known for candour this brings the leader {}",
            number::value(gain)
        ),
        _ => "being known for candour would bring the leader as much".to_owned(),
    };
    format!("{who}: {misled}; {brings}.")
}

fn over_draws(messages: &MessagesReport, drawn: &MessagesDraws) -> String {
    let kinds = [
        ("candid", &drawn.candid),
        ("mixed", &drawn.mixed),
        ("saturated", &drawn.saturated),
        ("no equilibrium", &drawn.refused),
    ];
    let kinds = kinds
        .into_iter()
        .filter(|(_, chance)| chance.estimate > 0.0);
    let kinds = kinds.map(|(words, chance)| format!("{words} in {}", number::chance(chance)));
    let message = match messages.found {
        MessagesFound::Calm(_) => "untrue calm",
        MessagesFound::Alarm(_) | MessagesFound::Refused(_) => "untrue alarms",
    };
    let bands = [
        (message, &drawn.untrue),
        ("belief after the message", &drawn.belief),
        ("mean belief", &drawn.mean_belief),
        ("agreements missed", &drawn.missed),
    ];
    let bands = bands.into_iter().filter_map(|(words, band)| {
        let band = around(band.as_ref()?, number::probability);
        Some(format!("{words} {band}"))
    });
    let said: Vec<String> = kinds.chain(bands).collect();
    format!("Over draws: {}.", said.join(", "))
}
