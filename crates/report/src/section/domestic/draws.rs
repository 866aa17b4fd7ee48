//! Ranges over draws, in words.

use detente::assessment::{Band, Chance, Domestic, ThresholdDraws};

use crate::{estimate::Estimate, number};

/// The ends of 90% of draws, each written so; nothing where draws do not differ.
pub(super) fn ends(band: &Band, written: impl Fn(f64) -> String) -> Option<String> {
    let (low, high) = (written(band.low), written(band.high));
    (low != high).then(|| format!("{low} to {high}"))
}

/// A number with its range, or alone where draws do not differ.
pub(super) fn around(band: &Band, written: impl Fn(f64) -> String) -> String {
    match ends(band, &written) {
        Some(ends) => format!("{} ({ends})", written(band.median)),
        None => written(band.median),
    }
}

/// In what sense something was missed, over draws.
pub(super) fn answer(found: &Domestic) -> Option<String> {
    let drawn = found.over_draws.as_ref()?;
    let Some(missed) = &drawn.missed else {
        return Some(format!(
            "Over draws, that by none does every nation gain {}.",
            chance(&drawn.nothing_to_miss)
        ));
    };
    Some(format!(
        "Over draws, that an agreement was missed by incentive {}, that one was missed by inference \
         {}, that every leader would have signed one {}, and that there was none to miss {}.",
        chance(&missed.incentive),
        chance(&missed.inference),
        chance(&missed.unexplained),
        chance(&drawn.nothing_to_miss),
    ))
}

fn chance(it: &Chance) -> String {
    let words = Estimate::of(it.estimate).predicate();
    format!("{words} ({})", number::chance(it))
}

/// A threshold over draws, after what it is a threshold of: `below` and `above` say what lies there.
pub(super) fn threshold(
    drawn: &ThresholdDraws,
    written: impl Fn(f64) -> String,
    [always, below, above, never]: [&str; 4],
) -> String {
    let ends = [(below, &drawn.below), (above, &drawn.above)];
    let ends = ends.into_iter().filter_map(|(words, end)| {
        let end = end.as_ref().filter(|it| it.chance.estimate > 0.0)?;
        let share = number::chance(&end.chance);
        Some(format!("{words} {} in {share}", around(&end.end, &written)))
    });
    let whole = [(always, &drawn.always), (never, &drawn.never)];
    let whole = whole
        .into_iter()
        .filter(|(_, chance)| chance.estimate > 0.0);
    let whole = whole.map(|(words, chance)| format!("{words} in {}", number::chance(chance)));
    let said: Vec<String> = ends.chain(whole).collect();
    format!(" Over draws: {}.", said.join(", "))
}
