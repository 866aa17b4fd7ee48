//! What an observer's bias made of the evidence, and what it would have taken to answer otherwise.

use detente::{
    beliefs::{AnswerReport, FlipRow, Misread, Undivided, ViewReport},
    quantity::Date,
};

use crate::{layout::clean, number, words};

/// One sentence or two on each; none where the observer reads as the evidence warrants.
pub(super) fn sentences(view: &ViewReport, until: Date) -> Vec<String> {
    if !view.has_bias {
        return Vec::new();
    }
    let observer = clean(&view.observer.name);
    let mut list: Vec<String> = lost(view).into_iter().collect();
    list.extend(view.misread.as_ref().map(|it| misread(it, &observer)));
    list.extend(view.answer.as_ref().map(|it| answer(it, &observer, until)));
    list
}

/// What was lost of the evidence in reading it, by mechanism.
fn lost(view: &ViewReport) -> Option<String> {
    let last = view.ledger.last()?;
    let held = last.read.as_ref()?;
    let Some(added) = &view.added else {
        return Some(format!(
            "At the end {} was warranted and {} held.{}",
            number::probability(last.trust.central),
            number::probability(held.trust),
            view.undivided.map(undivided).unwrap_or_default()
        ));
    };
    if added.is_empty() {
        return Some("Nothing of the evidence was lost in reading it.".to_owned());
    }
    let total: f64 = added.iter().map(|it| it.decibels).sum();
    let parts: Vec<String> = added
        .iter()
        .map(|it| format!("{} by {}", number::decibels(it.decibels), it.mechanism))
        .collect();
    Some(format!(
        "Between what the evidence warrants and what was held lie {}: {}.",
        number::decibels(total),
        words::list(&parts)
    ))
}

/// Why what was lost is not divided among the mechanisms.
fn undivided(why: Undivided) -> &'static str {
    match why {
        Undivided::Changing => {
            " It is not divided among the biases, for where types change or evidence fades part of what was \
             lost is forgotten again; without --drift, --change and --half-life it is."
        }
        Undivided::OneSided => {
            " It is not divided among the biases, for as every type is trusted or none is, nothing could move it."
        }
        Undivided::Proof => {
            " It cannot be divided among the biases, for on one reading the matter is settled beyond doubt, and proof has \
             no finite weight."
        }
        Undivided::ManyTypes => {
            " It is not divided among the biases, which is done for up to 64 types."
        }
    }
}

/// Where trust may have ended by chance.
fn misread(misread: &Misread, observer: &str) -> String {
    let chance = misread.accepts.map(|chance| {
        format!(
            " Over these ways it accepts the best agreement with chance {}.",
            number::probability(chance)
        )
    });
    let (low, high) = (
        number::probability(misread.low),
        number::probability(misread.high),
    );
    let ends = match low == high {
        true => format!("at {low}"),
        false => format!("between {low} and {high}"),
    };
    format!(
        "{observer} misreads by chance, and what is called held is the mean reading. Nine in ten of the ways \
         of misreading these acts end with trust {ends}.{}",
        chance.unwrap_or_default()
    )
}

/// Its answer, and what would have turned it.
fn answer(answer: &AnswerReport, observer: &str, until: Date) -> String {
    let word = |accepts: bool| if accepts { "accepts" } else { "refuses" };
    let day = number::day(until);
    let stands = match answer.warranted == answer.held {
        true => format!(
            "As of {day}, {observer} {} the best agreement on either reading of the evidence.",
            word(answer.held)
        ),
        false => format!(
            "As of {day}, {observer} {} the best agreement on the evidence as it was and {} it as it was read.",
            word(answer.warranted),
            word(answer.held)
        ),
    };
    let Some(flips) = &answer.flips else {
        return stands;
    };
    let (turning, still): (Vec<&FlipRow>, Vec<&FlipRow>) =
        flips.iter().partition(|it| !it.turned.is_empty());
    let other = word(!answer.held);
    let mut text = stands;
    if !turning.is_empty() {
        let list: Vec<String> = turning.iter().map(|it| turns(it)).collect();
        text.push_str(&format!(
            " Read otherwise in one respect, it {other}: {}.",
            words::either(&list)
        ));
    }
    if !still.is_empty() {
        let list: Vec<String> = still
            .iter()
            .map(|it| {
                format!(
                    "{} from {} to {}",
                    it.parameter,
                    number::value(it.lowest),
                    number::value(it.highest)
                )
            })
            .collect();
        text.push_str(&format!(
            " No level of the {} turns the answer by itself.",
            words::either(&list)
        ));
    }
    text
}

/// The levels at which the answer is the other one.
fn turns(flip: &FlipRow) -> String {
    // A turning that no digits tell from the coded value lies on it.
    let ends = flip.turned.iter().flatten().copied();
    let (on, off): (Vec<f64>, Vec<f64>) = ends.partition(|it| number::is_close(*it, flip.value));
    let coded = number::value_apart(flip.value, &off);
    let shown = |level: f64| match number::is_close(level, flip.value) {
        true => coded.clone(),
        false => number::value_apart(level, &[flip.value]),
    };
    let ranges = flip.turned.iter();
    let ranges: Vec<String> = ranges
        .map(|[low, high]| format!("from {} to {}", shown(*low), shown(*high)))
        .collect();
    let at = match on.is_empty() {
        true => format!("instead of {coded}"),
        false => format!("(it is coded at {coded}, the very level at which the answer turns)"),
    };
    format!(
        "with the {} {} {at}",
        flip.parameter,
        words::either(&ranges)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(value: f64, end: f64, expected: &str) {
        let flip = FlipRow {
            parameter: "weight on the evidence",
            value,
            turns_at: Some(end),
            lowest: 0.0,
            highest: 4.0,
            turned: vec![[0.0, end]],
        };
        assert_eq!(
            turns(&flip),
            format!("with the weight on the evidence {expected}")
        );
    }

    #[test]
    fn a_turning_is_told_from_the_coded_value_by_as_many_digits_as_it_takes() {
        check(0.9, 0.5, "from 0 to 0.5 instead of 0.9");
        check(0.604_149, 0.604_139, "from 0 to 0.60414 instead of 0.60415");
        let near = "from 0 to 0.6041391 instead of 0.604139102";
        check(0.604_139_102, 0.604_139_1, near);
        let on =
            "from 0 to 0.6041 (it is coded at 0.6041, the very level at which the answer turns)";
        check(0.604_139_1, 0.604_139_100_000_1, on);
    }
}
