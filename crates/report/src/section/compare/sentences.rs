//! The answer of a comparison, and which difference decides.

use detente::assessment::{CodingDifference, CodingSummary, Comparison, Effect, Swap, Verdict};

use super::letter;
use crate::{layout::clean, words};

pub(super) fn answer(comparison: &Comparison) -> String {
    match (comparison.codings.len(), comparison.differences.as_slice()) {
        (2, [one]) => decides(comparison, one),
        _ => cases(comparison),
    }
}

/// Which of several come to which verdict: by their ids, or by letter where ids repeat.
fn cases(comparison: &Comparison) -> String {
    let codings = &comparison.codings;
    let mut ids: Vec<&str> = codings.iter().map(|it| it.case.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    let distinct = ids.len() == codings.len();
    let name = |(place, it): (usize, &CodingSummary)| match distinct {
        true => clean(&it.case),
        false => letter(place),
    };
    let parts: Vec<String> = Verdict::ALL
        .into_iter()
        .filter_map(|verdict| {
            let codings = codings.iter().enumerate();
            let of = codings.filter(|(_, it)| it.verdict.central == verdict);
            let names: Vec<String> = of.map(name).collect();
            let gist = words::verdict(verdict);
            (!names.is_empty()).then(|| format!("{gist} in {}", words::list(&names)))
        })
        .collect();
    match parts.as_slice() {
        [one] => format!("At central values all come to one verdict: {one}."),
        _ => format!(
            "At central values the verdicts differ: {}.",
            parts.join("; ")
        ),
    }
}

fn alike(from: &str, to: &str) -> String {
    format!("{from} and {to} do not differ: at most words and sources are not the same.")
}

/// One difference by name, with what it does.
type Named<'a> = (String, &'a Effect);

/// Which difference decides the verdict, if any.
pub(super) fn decides(comparison: &Comparison, difference: &CodingDifference) -> String {
    let (from, to) = (letter(difference.from), letter(difference.to));
    let [one, other] = difference.verdict;
    if difference.is_none() {
        return alike(&from, &to);
    }
    if one == other {
        return format!(
            "{from} and {to} differ in {}, but not in the verdict at central values: {}.{}",
            counted(difference),
            words::verdict(one),
            over_draws(comparison, difference)
        );
    }
    let named = named(difference);
    let turns = |swap: Option<Swap>, verdict: Verdict| swap.is_some_and(|it| it.verdict == verdict);
    let enough = |it: &&Named<'_>| turns(it.1.forward, other);
    let needed = |it: &&Named<'_>| turns(it.1.backward, one);
    let list = |keep: &dyn Fn(&&Named<'_>) -> bool| {
        let names: Vec<String> = named.iter().filter(keep).map(|it| it.0.clone()).collect();
        names
    };
    let both = list(&|it| enough(it) && needed(it));
    let enough_only = list(&|it| enough(it));
    let needed_only = list(&|it| needed(it));
    let what = match (
        both.as_slice(),
        enough_only.as_slice(),
        needed_only.as_slice(),
    ) {
        ([_, ..], ..) => format!(
            "What decides is {} alone: put from {to} into {from} it turns the verdict, and put back \
             it undoes that",
            either(&both)
        ),
        (_, [_, ..], _) => {
            let enough: Vec<&Named<'_>> = named.iter().filter(enough).collect();
            format!(
                "It is enough to put {} from {to} into {from} to turn the verdict, but {}",
                either(&enough_only),
                put_back(&enough, (&from, &to), other)
            )
        }
        (_, _, [_, ..]) => format!(
            "No difference{} is enough by itself, but without {} the verdict of {to} falls back",
            that_can(&named),
            either(&needed_only)
        ),
        _ => format!(
            "No single difference{} decides, only several together",
            that_can(&named)
        ),
    };
    format!(
        "{from} and {to} come to different verdicts at central values: in {from} that {}, in {to} \
         that {}. {what}.",
        words::gist(one),
        words::gist(other)
    )
}

/// What becomes of the second coding, of this verdict, with what is enough in the first put back to
/// what it is there: the rest turns the verdict too, that is no case, or a third verdict comes of it.
fn put_back(enough: &[&Named<'_>], (from, to): (&str, &str), verdict: Verdict) -> String {
    let mut outcomes: Vec<(Option<Verdict>, Vec<String>)> = Vec::new();
    for (name, effect) in enough {
        let outcome = effect.backward.map(|it| it.verdict);
        match outcomes.iter_mut().find(|(known, _)| *known == outcome) {
            Some((_, names)) => names.push(name.clone()),
            None => outcomes.push((outcome, vec![name.clone()])),
        }
    }
    let alone = outcomes.len() == 1;
    let clauses = outcomes.iter().map(|(outcome, names)| match outcome {
        Some(it) if *it == verdict && alone => "the rest turns it too".to_owned(),
        Some(it) if *it == verdict => format!("without {} the rest turns it too", either(names)),
        Some(it) => format!(
            "{to} with {} from {from} comes to a third verdict: {}",
            either(names),
            words::verdict(*it)
        ),
        None => format!("{to} with {} from {from} is no case", either(names)),
    });
    clauses.collect::<Vec<_>>().join("; ")
}

/// A restriction, where some difference cannot be exchanged by itself.
fn that_can(named: &[Named<'_>]) -> &'static str {
    let tried = |it: &Named<'_>| it.1.forward.is_some();
    match named.iter().all(tried) {
        true => "",
        false => " that can be put in alone",
    }
}

/// "a", "either of a and b".
fn either(names: &[String]) -> String {
    match names {
        [one] => one.clone(),
        [_, _] => format!("either of {}", words::list(names)),
        _ => format!("any one of {}", words::list(names)),
    }
}

fn named(difference: &CodingDifference) -> Vec<Named<'_>> {
    let structure = difference.structure_effect.iter();
    let structure = structure.map(|it| ("the structure".to_owned(), it));
    let numbers = difference.numbers.iter();
    structure
        .chain(numbers.map(|it| (clean(&it.name), &it.effect)))
        .collect()
}

fn counted(difference: &CodingDifference) -> String {
    let numbers = difference.numbers.len() as u64;
    let numbers = (numbers > 0).then(|| crate::number::count_of(numbers, "number"));
    let structure = (!difference.structure.is_empty()).then(|| "structure".to_owned());
    let parts: Vec<String> = numbers.into_iter().chain(structure).collect();
    words::list(&parts)
}

/// Where the likeliest verdict differs although the central one does not.
fn over_draws(comparison: &Comparison, difference: &CodingDifference) -> String {
    let likeliest = |place: usize| {
        let verdict = &comparison.codings.get(place)?.verdict;
        let chances = verdict.probabilities.iter();
        let most = chances.max_by(|one, other| one.1.total_cmp(other.1))?;
        Some(*most.0)
    };
    match (likeliest(difference.from), likeliest(difference.to)) {
        (Some(one), Some(other)) if one != other => format!(
            " Over draws they do: it is likeliest that {} in {}, that {} in {}.",
            words::gist(one),
            letter(difference.from),
            words::gist(other),
            letter(difference.to)
        ),
        _ => String::new(),
    }
}
