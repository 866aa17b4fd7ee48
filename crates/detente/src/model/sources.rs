//! Sources must be declared where they are named.

use serde_json::Value as Json;

use super::names::unknown;
use crate::{
    case::Case,
    decode::{Faults, Path},
};

/// Reports every `source` of the case that the source table does not declare. The case is walked in
/// the shape it has in a file, so no field can be forgotten here.
pub(super) fn check(case: &Case, faults: &mut Faults) {
    let Ok(Json::Object(top)) = serde_json::to_value(case) else {
        return;
    };
    for (key, value) in &top {
        if key != "source" {
            walk(case, value, &Path::root().key(key), faults);
        }
    }
}

fn walk(case: &Case, value: &Json, path: &Path, faults: &mut Faults) {
    match value {
        Json::Object(table) => {
            for (key, value) in table {
                let path = path.key(key);
                match value {
                    Json::Array(keys) if key == "source" => keys
                        .iter()
                        .filter_map(Json::as_str)
                        .filter(|source| case.sources.get(source).is_none())
                        .for_each(|source| {
                            faults.push(unknown("source", source, &case.sources, path.clone()));
                        }),
                    _ => walk(case, value, &path, faults),
                }
            }
        }
        Json::Array(list) => {
            for (row, value) in list.iter().enumerate() {
                walk(case, value, &path.index(row), faults);
            }
        }
        _ => {}
    }
}
