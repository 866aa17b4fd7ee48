//! What would have to change at home.

use detente::{
    assessment::{
        Band, Domestic, HomeFront, HomeFrontDraws, LeaderThresholds, MessagesFound, SupportEnds,
    },
    legitimacy::{BeliefRange, Candour, StakeRange},
};

use super::draws::{around, threshold};
use crate::{layout::Page, names::Names, number, palette::Role};

/// Each leader's thresholds, with their ranges over draws.
pub(super) fn write(page: &mut Page, found: &Domestic, names: &Names<'_>) {
    page.heading("What would have to change at home");
    for (place, front) in found.fronts.iter().enumerate() {
        let Some(params) = front.front else { continue };
        let who = names.decider(&front.party);
        let drawn = found
            .over_draws
            .as_ref()
            .and_then(|it| it.fronts.get(place));
        let text = stakes(&who, (front.open_stakes, params.office_stake))
            + &drawn.map_or_else(String::new, stakes_drawn);
        page.entry(Role::Plain, &text);
        if let Some(beliefs) = front.nearest.as_ref().and_then(|it| it.accepting_beliefs) {
            let drawn = drawn.map_or_else(String::new, audience_drawn);
            page.entry(Role::Plain, &(audience(&who, beliefs) + &drawn));
        }
        if let Some(text) = candour(front, drawn, names) {
            page.entry(Role::Plain, &text);
        }
        if let Some(text) = off_the_line(&who, front.support_ends, drawn) {
            page.entry(Role::Plain, &text);
        }
    }
    page.paragraph(
        Role::Quiet,
        "None of these has an accepted measure: read the thresholds, not the points. What office is \
         worth and what an alarm costs are on payoffs from 0 to 1; the other leaders are as they are.",
    );
}

/// The thresholds of one leader, as an assessment has them.
pub(super) fn in_short(leader: &LeaderThresholds, names: &Names<'_>) -> Vec<String> {
    let who = names.decider(&leader.party);
    let mut said = vec![stakes(&who, (leader.open_stakes, leader.office_stake))];
    said.extend(
        leader
            .accepting_beliefs
            .map(|beliefs| audience(&who, beliefs)),
    );
    said.extend(off_the_line(&who, leader.support_ends, None));
    said
}

/// That support comes to an end of the linear curve, where it does.
fn off_the_line(
    who: &str,
    ends: Option<SupportEnds>,
    drawn: Option<&HomeFrontDraws>,
) -> Option<String> {
    let share = drawn.and_then(|it| it.off_the_line.as_ref());
    let share = share.filter(|it| it.estimate > 0.0).map(number::chance);
    let Some(ends) = ends.filter(SupportEnds::leave_the_line) else {
        return share.map(|share| {
            format!(
                "{who}: over draws support leaves the linear curve at some agreement in {share}; \
                 survival is held at 0 or 1 there."
            )
        });
    };
    let held = match (ends.least < 0.0, ends.most > 1.0) {
        (true, true) => "at 0 below it and at 1 above it",
        (true, false) => "at 0",
        _ => "at 1",
    };
    let over = share.map_or_else(String::new, |share| format!(" So too in {share} of draws."));
    Some(format!(
        "{who}: support runs from {} to {} over these agreements, beyond the linear curve from 0 to \
         1, and survival is held {held} there.{over}",
        number::signed(ends.least),
        number::signed(ends.most),
    ))
}

/// At which beliefs of the audience the nearest agreement would be signed, its terms as they are.
fn audience(who: &str, beliefs: BeliefRange) -> String {
    let at = |value: f64| number::probability(value);
    match beliefs {
        BeliefRange::Any => {
            format!("{who}: would sign the nearest one whatever the audience believes.")
        }
        BeliefRange::Never => {
            format!(
                "{who}: no belief of the audience would have the nearest one signed on its terms."
            )
        }
        BeliefRange::Below(root) => format!(
            "{who}: would sign the nearest one, on its terms, while the audience's belief in a hostile \
             adversary is below {}.",
            at(root.value)
        ),
        BeliefRange::Above(root) => format!(
            "{who}: would sign the nearest one, on its terms, only while the audience's belief in a \
             hostile adversary is above {}.",
            at(root.value)
        ),
    }
}

/// At which office stakes the leaders have an agreement.
fn stakes(who: &str, (open, stake): (StakeRange, f64)) -> String {
    let now = format!("it is coded at {}", number::value(stake));
    match open {
        StakeRange::Any => {
            format!("{who}: whatever office is worth, an agreement is left that all leaders sign.")
        }
        StakeRange::Never => {
            format!("{who}: no office stake leaves an agreement that all leaders sign.")
        }
        StakeRange::Below(end) if stake >= end => format!(
            "{who}: the leaders' zone is closed, and would open if office were worth less than {}; {now}.",
            number::value(end)
        ),
        StakeRange::Below(end) => format!(
            "{who}: the leaders' zone closes once office is worth {} or more; {now}.",
            number::value(end)
        ),
        StakeRange::Above(end) if end <= 0.0 && stake > 0.0 => format!(
            "{who}: an agreement is left that all leaders sign as long as office is worth anything; {now}."
        ),
        StakeRange::Above(end) if stake <= end => format!(
            "{who}: the leaders' zone is closed, and would open if office were worth more than {}; {now}.",
            number::value(end)
        ),
        StakeRange::Above(end) => format!(
            "{who}: the leaders' zone is open only while office is worth more than {}; {now}.",
            number::value(end)
        ),
        StakeRange::Outside { below, above } => format!(
            "{who}: the leaders' zone is closed while office is worth from {} to {}; {now}{}.",
            number::value(below),
            number::value(above),
            if open.contains(stake) {
                ""
            } else {
                ", so it is closed"
            }
        ),
    }
}

fn stakes_drawn(drawn: &HomeFrontDraws) -> String {
    let words = [
        "open whatever office is worth",
        "closed from",
        "open only while it is worth more than",
        "closed whatever it is worth",
    ];
    threshold(&drawn.open_stakes, number::value, words)
}

fn audience_drawn(drawn: &HomeFrontDraws) -> String {
    let beliefs = drawn.nearest.as_ref().and_then(|it| it.beliefs.as_ref());
    let words = ["any belief", "below", "above", "no belief"];
    beliefs.map_or_else(String::new, |it| threshold(it, number::probability, words))
}

/// What would make the leader's messages true: from the equilibrium where one is coded, otherwise by
/// the most that any untrue alarm could gain.
fn candour(front: &HomeFront, drawn: Option<&HomeFrontDraws>, names: &Names<'_>) -> Option<String> {
    let who = names.decider(&front.party);
    let solved = front
        .messages
        .as_ref()
        .filter(|it| it.candid_cost.is_some());
    let Some(messages) = solved else {
        let range = drawn.and_then(|it| it.most_alarm_gain.as_ref());
        let cost = front.most_alarm_gain?;
        return Some(alarm(&who, cost) + &range.map_or_else(String::new, over));
    };
    let (candour, message) = match &messages.found {
        MessagesFound::Alarm(found) => (found.candour, "an untrue alarm"),
        MessagesFound::Calm(found) => (found.candour, "untrue calm"),
        MessagesFound::Refused(_) => return None,
    };
    let least = messages.candid_cost.unwrap_or_default();
    let range = drawn.and_then(|it| it.messages.as_ref()?.candid_cost.as_ref());
    let range = range.map_or_else(String::new, over);
    if least <= 0.0 {
        return Some(format!(
            "{who}: would be candid at central values whatever {message} costs.{range}"
        ));
    }
    let cost = number::value(least);
    let stake = messages.candid_stake.map(number::value);
    let told = match (candour, stake) {
        (Candour::Candid, None) => format!("would stay candid while {message} cost {cost} or more"),
        (Candour::Candid, Some(stake)) => format!(
            "would stay candid while {message} cost {cost} or more and, at its coded cost, while \
             office were worth no more than {stake}"
        ),
        (_, None) => format!("would be candid if {message} cost {cost} or more"),
        (_, Some(stake)) => format!(
            "would be candid if {message} cost {cost} or more, or if office were worth no more than \
             {stake}"
        ),
    };
    Some(format!("{who}: {told}.{range}"))
}

fn over(band: &Band) -> String {
    format!(
        " Over draws the cost that keeps it candid is {}.",
        around(band, number::value)
    )
}

/// When the leader has no reason to promote distrust.
fn alarm(who: &str, cost: f64) -> String {
    match cost > 0.0 {
        true => format!(
            "{who}: would have no reason to cry wolf about a benign adversary if that cost {} or more.",
            number::value(cost)
        ),
        false => format!("{who}: would gain nothing by crying wolf about a benign adversary."),
    }
}
