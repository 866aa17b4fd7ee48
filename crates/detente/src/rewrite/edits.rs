//! From a point of a search to numbers that can be written down.

use std::collections::BTreeMap;

use detente_uncertainty::{
    Kind,
    flip::{Distances, Flip},
};

use super::confirm::Confirm;
use crate::{
    Aspect, DetenteError,
    assess::type_names,
    assessment::{Edit, Rewrite, RewrittenAct, Within},
    model::{Input, Model, Slot},
    probe::{Frame, Probe, range, score, words},
};

/// Digits beyond the first that a rounded value may have, in steps of its range.
const DIGITS: i32 = 6;

/// The rewrite that a flip stands for, with values rounded as far as the answer allows; `None` if it does
/// not turn the answer when the case is run with them.
pub(super) fn written(
    model: &Model,
    probe: &Probe<'_>,
    confirm: &mut Confirm<'_>,
    within: Within,
    flip: &Flip,
) -> Result<Option<Rewrite>, DetenteError> {
    let central = model.central();
    let moves: Vec<Move<'_>> = flip
        .changed
        .iter()
        .filter_map(|&coordinate| {
            let (idx, input) = probe.input(coordinate)?;
            let to = Frame::Score.value(input, flip.u[coordinate]);
            let distance = flip.displacement[coordinate];
            ((to - central[idx]).abs() > 0.0).then_some(Move {
                idx,
                input,
                to,
                distance,
            })
        })
        .collect();
    let before = confirm.agrees(&central)?;
    for digits in (1..=DIGITS).map(Some).chain([None]) {
        let mut values = central.clone();
        for step in &moves {
            values[step.idx] = digits.map_or(step.to, |digits| step.rounded(digits));
        }
        settle(model, &moves, digits, &mut values);
        // A rounded value may be one that no case could have; more digits are tried then.
        if confirm.agrees(&values).is_ok_and(|agrees| agrees != before) {
            let edits = edits(model, &moves, (&central, &values));
            return Ok(Some(rewrite(confirm, within, flip, edits, &values)?));
        }
    }
    Ok(None)
}

/// Beliefs that give every type its probability count as shares of their sum: where one of them
/// moves, all are written as they count, so that they sum to 1.
fn settle(model: &Model, moves: &[Move<'_>], digits: Option<i32>, values: &mut [f64]) {
    for view in &model.views {
        let slots: Option<Vec<usize>> = view
            .prior
            .types
            .iter()
            .map(|slot| slot.map(Slot::position))
            .collect();
        let Some(slots) = slots.filter(|slots| moves.iter().any(|step| slots.contains(&step.idx)))
        else {
            continue;
        };
        let sum: f64 = slots.iter().map(|&idx| values[idx]).sum();
        let mut rest = 1.0;
        for (place, &idx) in slots.iter().enumerate() {
            let share = values[idx] / sum;
            let share = digits.map_or(share, |digits| decimal(share, digits + 2));
            let share = if place + 1 < slots.len() { share } else { rest };
            rest -= share;
            values[idx] = share;
        }
    }
}

/// The number with so many decimals.
fn decimal(x: f64, decimals: i32) -> f64 {
    let decimals = usize::try_from(decimals).unwrap_or_default();
    // Through decimal text: multiples of a step are not the doubles nearest to their decimals.
    format!("{x:.decimals$}").parse().unwrap_or(x)
}

/// One number that a search moved.
struct Move<'m> {
    idx: usize,
    input: &'m Input,
    to: f64,
    distance: f64,
}

impl Move<'_> {
    /// How far a value near the one that was found lies out.
    fn distance_to(&self, to: f64) -> f64 {
        match self.input.value.kind() {
            Kind::Discrete { .. } => self.distance,
            _ => score(&self.input.value, to),
        }
    }

    /// The value to so many digits of its range or more, away from the central one; to the fewest that
    /// do not take it much further. Discrete values stay as they are.
    fn rounded(&self, digits: i32) -> f64 {
        let number = &self.input.value;
        let (low, high) = range(number);
        if high <= low || matches!(number.kind(), Kind::Discrete { .. }) {
            return self.to;
        }
        let first = (high - low).log10().floor() as i32;
        let no_further = |to: f64| score(number, to).abs() <= 1.1 * self.distance.abs() + 0.02;
        (digits..=DIGITS)
            .map(|digits| outwards(self.to, number.central(), first - digits))
            .find(|&to| self.input.bounds.allow(to) && no_further(to))
            .unwrap_or(self.to)
    }
}

/// The multiple of a power of ten next to `to`, on the side away from `from`.
fn outwards(to: f64, from: f64, exponent: i32) -> f64 {
    let step = 10_f64.powi(exponent);
    let steps = to / step;
    let whole = if to > from {
        steps.ceil()
    } else {
        steps.floor()
    };
    decimal(whole * step, -exponent)
}

/// Every number that differs, the largest distance first.
fn edits(model: &Model, moves: &[Move<'_>], (central, values): (&[f64], &[f64])) -> Vec<Edit> {
    let inputs = model.inputs.iter().zip(central).zip(values).enumerate();
    let mut edits: Vec<Edit> = inputs
        .filter(|(_, ((_, from), to))| (*to - *from).abs() > 0.0)
        .map(|(idx, ((input, &from), &to))| {
            let (low, high) = range(&input.value);
            let step = moves.iter().find(|step| step.idx == idx);
            Edit {
                input: input.name.clone(),
                aspect: Aspect::of(&input.name),
                from,
                to,
                distance: step.map_or(0.0, |step| step.distance_to(to)),
                range: [low, high],
            }
        })
        .collect();
    edits.sort_by(|left, right| {
        let by_distance = right.distance.abs().total_cmp(&left.distance.abs());
        by_distance.then_with(|| left.input.cmp(&right.input))
    });
    edits
}

fn rewrite(
    confirm: &mut Confirm<'_>,
    within: Within,
    flip: &Flip,
    edits: Vec<Edit>,
    values: &[f64],
) -> Result<Rewrite, DetenteError> {
    let outcome = confirm.run(values)?;
    let distances: Vec<f64> = edits.iter().map(|edit| edit.distance).collect();
    let Distances { l1, l2, .. } = Distances::of(&distances);
    Ok(Rewrite {
        within,
        edits,
        sum: l1,
        length: l2,
        verdict: outcome.verdict,
        margin: outcome.margin,
        terms: outcome.terms,
        converged: flip.converged,
    })
}

/// The acts whose numbers some rewrite moves.
pub(super) fn acts(model: &Model, rewrites: &[Rewrite]) -> BTreeMap<String, RewrittenAct> {
    let edits = rewrites.iter().flat_map(|rewrite| &rewrite.edits);
    let ids = edits.filter_map(|edit| match words(&edit.input)[..] {
        ["act", id, ..] => Some(id),
        _ => None,
    });
    let acts = |id: &str| model.case.acts.iter().find(|act| act.id == id);
    ids.filter_map(|id| {
        let act = acts(id)?;
        let named = RewrittenAct {
            actor: act.actor.clone(),
            event: act.event.clone(),
            date: act.date.as_ref().map(|date| date.value),
        };
        Some((id.to_owned(), named))
    })
    .collect()
}

/// The types that have a name, by party and id.
pub(super) fn types(model: &Model) -> BTreeMap<String, BTreeMap<String, String>> {
    let parties = model.case.parties.iter();
    parties
        .map(|(id, party)| (id.to_owned(), type_names(&party.types)))
        .filter(|(_, names)| !names.is_empty())
        .collect()
}
