//! The hash by which a case is known.

use sha2::{Digest, Sha256};

use crate::case::Case;

/// SHA-256 of the case's JSON with every table's keys sorted: comments, spacing and the order of
/// tables do not change it.
pub(super) fn hash(case: &Case) -> String {
    let mut value = serde_json::to_value(case).unwrap_or_default();
    value.sort_all_objects();
    let digest = Sha256::digest(value.to_string().as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
