use crate::model::Model;

/// The words of an input's name, from the top of the case down. An id that holds a dot stands in
/// quotes in the name, and without them here; what stands in brackets is one word.
///
/// ```
/// use detente::input_words;
/// assert_eq!(input_words("party.us.bias.prior_weight"), ["party", "us", "bias", "prior_weight"]);
/// assert_eq!(input_words("party.\"u.s\".detection"), ["party", "u.s", "detection"]);
/// assert_eq!(input_words("party.us.payoff.interaction(a=x.y,b=z)")[3], "interaction(a=x.y,b=z)");
/// ```
///
/// Cost: O(letters).
#[must_use]
pub fn words(name: &str) -> Vec<&str> {
    let (mut words, mut start) = (Vec::new(), 0);
    let (mut quoted, mut depth) = (false, 0_usize);
    for (at, letter) in name.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ')' if !quoted => depth = depth.saturating_sub(1),
            '.' if !quoted && depth == 0 => {
                words.push(bare(&name[start..at]));
                start = at + 1;
            }
            _ => {}
        }
    }
    words.push(bare(&name[start..]));
    words
}

fn bare(word: &str) -> &str {
    let inside = word
        .strip_prefix('"')
        .and_then(|word| word.strip_suffix('"'));
    inside.unwrap_or(word)
}

/// The party whose number it is: its own, or that of an act it did.
pub(crate) fn party_of<'n>(model: &'n Model, name: &'n str) -> Option<&'n str> {
    match words(name)[..] {
        ["act", id, ..] => {
            let mut acts = model.case.acts.iter();
            acts.find(|act| act.id == id).map(|act| act.actor.as_str())
        }
        [_, party, ..] => Some(party),
        _ => None,
    }
}
