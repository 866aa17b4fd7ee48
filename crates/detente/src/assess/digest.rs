//! The hash by which a case is known.

use serde_json::Value as Json;
use sha2::{Digest, Sha256};

use crate::{DetenteError, case::Case};

/// SHA-256 of the case's JSON in one order: tables by their keys, lists by their contents, but for
/// the ranks of a ranking, whose order is what it says. Comments, spacing and the order of a file do not change
/// it.
pub(super) fn hash(case: &Case) -> Result<String, DetenteError> {
    let mut value = serde_json::to_value(case)?;
    order(&mut value);
    value.sort_all_objects();
    let digest = Sha256::digest(value.to_string().as_bytes());
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// Brings every list but a ranking into the order of its members' text.
fn order(value: &mut Json) {
    match value {
        Json::Object(table) => {
            for (key, value) in table.iter_mut() {
                if key == "ranking" {
                    ranks(value);
                } else {
                    order(value);
                }
            }
        }
        Json::Array(list) => {
            for member in list.iter_mut() {
                order(member);
                member.sort_all_objects();
            }
            list.sort_by_cached_key(Json::to_string);
        }
        _ => {}
    }
}

/// Keeps the order of ranks, and brings the agreements tied at one into an order.
fn ranks(value: &mut Json) {
    for rank in value.as_array_mut().into_iter().flatten() {
        order(rank);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::library;

    #[test]
    fn the_order_of_acts_does_not_change_the_hash_but_a_date_does() {
        let case = library::case("reykjavik-1986").unwrap();
        let known = hash(&case).unwrap();
        let mut reordered = case.clone();
        reordered.acts.reverse();
        assert_eq!(hash(&reordered).unwrap(), known);
        let mut changed = case;
        changed.acts[0].date = changed.acts[1].date.clone();
        assert_ne!(hash(&changed).unwrap(), known);
    }

    #[test]
    fn the_order_of_a_ranking_is_what_it_says() {
        let text = library::text("euphrates-1975").unwrap();
        let case = Case::from_text("euphrates.toml", text).unwrap();
        let mut value = serde_json::to_value(&case).unwrap();
        let ranking = value["party"]["syria"]["payoff"]["ranking"].clone();
        order(&mut value);
        assert_eq!(value["party"]["syria"]["payoff"]["ranking"], ranking);
    }
}
