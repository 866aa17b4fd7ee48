//! One answer for a name that is unknown wherever it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::Written;
use crate::decode::{Code, Fault};

/// From so many places on, a name is more likely to be missing where it should be declared than to
/// be misspelt at each.
const MANY: usize = 3;

/// Gathers faults of one unknown name at many places into one at the first, which names the others.
pub(super) fn gather(faults: Vec<Fault>, written: &Written<'_>) -> Vec<Fault> {
    let mut places: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (idx, fault) in faults.iter().enumerate() {
        if fault.code == Code::UnknownName {
            places.entry(fault.message.clone()).or_default().push(idx);
        }
    }
    places.retain(|_, faults| faults.len() >= MANY);
    let mut gathered = faults;
    let mut dropped = BTreeSet::new();
    for places in places.into_values() {
        let line = |idx: usize| (written.line_of(&gathered[idx]), idx);
        let mut lines: Vec<_> = places.into_iter().map(line).collect();
        lines.sort_unstable();
        let others = lines.split_off(1);
        if let [(_, first)] = lines[..] {
            let help = &mut gathered[first].help;
            let also = also(&others);
            *help = Some(match help.take() {
                Some(help) => format!("{help} It stands {also}"),
                None => format!("it stands {also}; declare it, or correct it at each place"),
            });
        }
        dropped.extend(others.into_iter().map(|(_, idx)| idx));
    }
    let mut idx = 0..;
    gathered.retain(|_| idx.next().is_none_or(|idx| !dropped.contains(&idx)));
    gathered
}

/// The other places, in words.
fn also(others: &[(Option<usize>, usize)]) -> String {
    const MOST: usize = 8;
    let mut lines: Vec<usize> = others.iter().filter_map(|(line, _)| *line).collect();
    lines.dedup();
    if lines.is_empty() {
        return format!("at {} other places as well", others.len());
    }
    let shown: Vec<String> = lines.iter().take(MOST).map(usize::to_string).collect();
    let more = if lines.len() > MOST { ", …" } else { "" };
    let word = if lines.len() == 1 { "line" } else { "lines" };
    format!("in {word} {}{more} as well", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decode::Path;

    #[test]
    fn a_name_unknown_at_many_places_is_one_fault() {
        let at = |key: &str, name: &str| {
            let path = Path::root().key(key);
            Fault::new(Code::UnknownName, path, format!("unknown party `{name}`"))
        };
        let faults = vec![
            at("a", "x"),
            at("b", "y"),
            at("c", "x"),
            at("d", "x"),
            at("e", "y"),
        ];
        let gathered = gather(faults, &Written::default());
        let found: Vec<String> = gathered.iter().map(ToString::to_string).collect();
        let help = "it stands at 2 other places as well; declare it, or correct it at each place";
        assert_eq!(
            found,
            [
                format!("E004 at a: unknown party `x` ({help})"),
                "E004 at b: unknown party `y`".to_owned(),
                "E004 at e: unknown party `y`".to_owned(),
            ]
        );
    }
}
