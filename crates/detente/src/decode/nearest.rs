use strsim::{jaro_winkler, osa_distance};

/// Names longer than this are not compared: no one mistypes them by a letter, and comparing costs
/// the product of the lengths.
const LONGEST: usize = 64;

/// The valid name that `given` was most likely meant to be, or none if nothing is near.
///
/// Near means: equal but for case and `_`, `-` or spaces; or at most one slip (a letter more, less,
/// other, or two swapped; the optimal string alignment distance) for every three letters of the
/// longer name; or one name the beginning of the other, from three letters on; or, from five letters
/// on, a Jaro–Winkler similarity of 0.9, for names that begin alike and end in a muddle (`onsight` for
/// `onsite`). The fewest slips win, the first name among equals. O(n·m²) for n names of m letters.
///
/// ```
/// use detente::decode::nearest;
/// assert_eq!(nearest("inspecton", ["arms", "inspection"]), Some("inspection"));
/// assert_eq!(nearest("zebra", ["arms", "inspection"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(given: &str, valid: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if given.len() > LONGEST {
        return None;
    }
    let folded = fold(given);
    let mut best: Option<(usize, &'a str)> = None;
    for name in valid {
        if let Some(distance) = distance(&folded, name)
            && best.is_none_or(|(least, _)| distance < least)
        {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}

/// How far the folded text is from the name; none if too far to be a slip.
fn distance(folded: &str, name: &str) -> Option<usize> {
    if name.len() > LONGEST {
        return None;
    }
    let name = fold(name);
    let slips = osa_distance(folded, &name);
    let longer = folded.chars().count().max(name.chars().count());
    let shorter = folded.chars().count().min(name.chars().count());
    let begins = shorter >= 3 && (name.starts_with(folded) || folded.starts_with(name.as_str()));
    // One-letter names are all one slip apart: only their case can be mistaken.
    let slip = slips == 0 || (longer > 1 && slips <= (longer / 3).max(1) && slips < shorter);
    let alike = shorter >= 5 && jaro_winkler(folded, &name) >= 0.9;
    (slip || begins || alike).then_some(slips)
}

/// The text without what people vary freely: case and word separators.
fn fold(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(given: &str, expected: Option<&str>) {
        let valid = ["arms", "inspection", "nonagreement", "id", "by", "patience"];
        assert_eq!(nearest(given, valid), expected, "{given}");
    }

    #[test]
    fn slips_are_understood() {
        check("arm", Some("arms"));
        check("amrs", Some("arms"));
        check("Inspection", Some("inspection"));
        check("non_agreement", Some("nonagreement"));
        check("non-agrement", Some("nonagreement"));
        check("patence", Some("patience"));
        check("nonagree", Some("nonagreement"));
        check("ID", Some("id"));
        assert_eq!(nearest("onsight", ["none", "onsite"]), Some("onsite"));
    }

    #[test]
    fn other_words_are_not_forced_on_anyone() {
        for given in ["", "x", "zebra", "de", "temptation"] {
            check(given, None);
        }
        check(&"arms".repeat(40), None);
        assert_eq!(nearest("a", ["b"]), None);
        assert_eq!(nearest("a", []), None);
        assert_eq!(nearest("interaction", ["interval"]), None);
    }

    #[test]
    fn the_first_of_two_equally_near_wins() {
        assert_eq!(nearest("eas", ["east", "ease"]), Some("east"));
        assert_eq!(nearest("eas", ["ease", "east"]), Some("ease"));
    }
}
