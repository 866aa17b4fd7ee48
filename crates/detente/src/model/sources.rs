//! Sources must be declared where they are named.

use serde_json::Value as Json;

use super::{Compiler, names::Declared};
use crate::{case::Source, decode::Path};

impl Compiler<'_> {
    /// Reports every `source` of the case that the source table does not declare. The case is
    /// walked in the shape it has in a file, so no field can be forgotten here.
    pub(super) fn sources(&mut self) {
        let Ok(Json::Object(top)) = serde_json::to_value(self.case) else {
            return;
        };
        let declared = Declared::<Source>::sources(self.case);
        for (key, value) in &top {
            if key != "source" {
                self.sources_in(value, &Path::root().key(key), &declared);
            }
        }
    }

    fn sources_in(&mut self, value: &Json, path: &Path, declared: &Declared<'_, Source>) {
        match value {
            Json::Object(table) => {
                for (key, value) in table {
                    let path = path.key(key);
                    match value {
                        Json::Array(keys) if key == "source" => {
                            self.source_keys(keys, &path, declared);
                        }
                        _ => self.sources_in(value, &path, declared),
                    }
                }
            }
            Json::Array(list) => {
                for (row, value) in list.iter().enumerate() {
                    self.sources_in(value, &path.index(row), declared);
                }
            }
            _ => {}
        }
    }

    fn source_keys(&mut self, keys: &[Json], path: &Path, declared: &Declared<'_, Source>) {
        let list = self.written.is_list(path);
        for (row, key) in keys.iter().enumerate() {
            let path = if list { path.index(row) } else { path.clone() };
            self.resolve(key.as_str().unwrap_or_default(), declared, &path);
        }
    }
}
