//! What each leader thinks of the agreement that comes nearest.

use detente::assessment::{HomeFront, HomeFrontDraws, NearestReading};

use super::draws::around;
use crate::{names::Names, number};

pub(super) fn reading(front: &HomeFront, nearest: &NearestReading, names: &Names<'_>) -> String {
    let reading = &nearest.reading;
    let who = names.decider(&front.party);
    let verdict = if reading.accepts() {
        "would sign"
    } else {
        "would not sign"
    };
    let Some(coded) = &front.front else {
        let gain = match names.ranks(&front.party) {
            true if reading.national > 0.0 => "the nation ranks it above nonagreement".to_owned(),
            true => "the nation does not rank it above nonagreement".to_owned(),
            false => format!(
                "the nation gains {} of its span of payoffs",
                number::signed(reading.national)
            ),
        };
        return format!("{who} {verdict}: {gain}. No home front is coded.");
    };
    let survival = match reading.survival {
        rise if rise > 0.0 => format!("raises the chance of staying in office by {}", points(rise)),
        fall if fall < 0.0 => format!(
            "lowers the chance of staying in office by {}",
            points(-fall)
        ),
        _ => "leaves the chance of staying in office as it is".to_owned(),
    };
    let audience = |share: f64| format!(", the audience {}", number::signed(share));
    let asked = nearest.reservations.map_or_else(String::new, |asked| {
        format!(
            " It pays {}; to be indifferent the nation asks {}{} and the leader {}, a distortion of \
             {}.",
            number::signed(asked.offered),
            number::signed(asked.nation),
            asked.audience.map_or_else(String::new, audience),
            number::signed(asked.leader.value),
            number::signed(asked.leader.value - asked.nation),
        )
    });
    format!(
        "{who} {verdict}: the nation gains {}, and agreement {survival}; office is coded at {}.{asked}",
        number::signed(reading.national),
        number::value(coded.office_stake),
    )
}

/// By how much a chance is raised or lowered.
fn points(change: f64) -> String {
    match change < 0.005 {
        true => "less than 0.01".to_owned(),
        false => number::signed(change),
    }
}

/// How sure that is.
pub(super) fn over_draws(
    front: &HomeFront,
    drawn: Option<&HomeFrontDraws>,
    names: &Names<'_>,
) -> Option<String> {
    let (drawn, who) = (drawn?.nearest.as_ref()?, names.decider(&front.party));
    let mut parts = vec![
        format!("signed by {who} in {}", number::chance(&drawn.signs)),
        format!(
            "the nation gains {}",
            around(&drawn.national, number::signed)
        ),
    ];
    if let Some(falls) = &drawn.unratified {
        parts.push(format!(
            "it would fall at ratification in {}, by surprise if the leader does not know what home \
             will ratify",
            number::chance(falls)
        ));
    }
    if front.front.is_some() {
        let survival = around(&drawn.survival, number::signed);
        parts.push(format!(
            "the chance of staying in office changes by {survival}"
        ));
    }
    let asked = [
        ("it pays", &drawn.offered),
        ("the nation asks", &drawn.nation),
        ("the audience", &drawn.audience),
        ("the leader", &drawn.leader),
        ("the distortion is", &drawn.distortion),
    ];
    let asked = asked.into_iter().filter_map(|(words, band)| {
        let band = around(band.as_ref()?, number::signed);
        Some(format!("{words} {band}"))
    });
    parts.extend(asked);
    Some(format!("Over draws, median and 90%: {}.", parts.join(", ")))
}
