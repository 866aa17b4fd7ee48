//! Which numbers may change.

use super::RewriteOptions;
use crate::{
    Aspect, DetenteError,
    decode::nearest,
    model::{Input, Model, Slot},
};

/// By input, whether a rewrite may change it: it is uncertain, not about true types, and the options
/// leave it free. Of probabilities given for every type all may change or none.
pub(super) fn free(model: &Model, asked: &RewriteOptions) -> Result<Vec<bool>, DetenteError> {
    for name in asked.only.iter().chain(&asked.hold) {
        known(model, name)?;
    }
    let named = |list: &[String], input: &Input| list.iter().any(|name| begins(&input.name, name));
    let free = |input: &Input| {
        is_changeable(input)
            && (asked.only.is_empty() || named(&asked.only, input))
            && !named(&asked.hold, input)
    };
    let mut free: Vec<bool> = model.inputs.iter().map(free).collect();
    // Probabilities given for every type move together, so one that may not move holds the others.
    for view in &model.views {
        let slots: Option<Vec<Slot>> = view.prior.types.iter().copied().collect();
        let slots = slots.unwrap_or_default();
        if slots.iter().any(|slot| !free[slot.position()]) {
            for slot in slots {
                free[slot.position()] = false;
            }
        }
    }
    let is_limited = !asked.only.is_empty() || !asked.hold.is_empty();
    if is_limited && !free.contains(&true) {
        return Err(DetenteError::Option {
            option: "only and hold",
            given: format!("{:?} and {:?}", asked.only, asked.hold),
            expected: "at least one number that is left to change".to_owned(),
        });
    }
    Ok(free)
}

fn is_changeable(input: &Input) -> bool {
    !input.value.is_exact() && Aspect::of(&input.name) != Aspect::TrueType
}

/// Whether a name is another or begins with its words.
fn begins(name: &str, words: &str) -> bool {
    let rest = name.strip_prefix(words);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || words.ends_with('.'))
}

fn known(model: &Model, given: &str) -> Result<(), DetenteError> {
    let changeable = || model.inputs.iter().filter(|input| is_changeable(input));
    if changeable().any(|input| begins(&input.name, given)) {
        return Ok(());
    }
    let near = nearest(
        given,
        changeable().flat_map(|input| beginnings(&input.name)),
    );
    Err(DetenteError::UnknownInput {
        given: given.to_owned(),
        nearest: near.map(str::to_owned),
    })
}

/// A name and every shorter run of its first words.
fn beginnings(name: &str) -> impl Iterator<Item = &str> {
    let ends = name.match_indices('.').map(|(at, _)| at);
    ends.chain([name.len()]).map(|end| &name[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_begin_word_by_word() {
        assert!(begins("party.us.detection", "party.us"));
        assert!(begins("party.us.detection", "party.us.detection"));
        assert!(begins("party.us.detection", "party."));
        assert!(!begins("party.ussr.detection", "party.us"));
        let list: Vec<&str> = beginnings("act.letter.forced").collect();
        assert_eq!(list, ["act", "act.letter", "act.letter.forced"]);
    }
}
