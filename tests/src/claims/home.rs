//! Domestic legitimacy (D-…): what a leader can afford.

use crate::Claim;

mod calm;
mod distrust;
mod neighbours;
mod statics;
mod tables;
mod zone;

/// The claims of this chapter.
pub(super) fn claims() -> Vec<Claim> {
    [
        zone::CLAIMS,
        tables::CLAIMS,
        distrust::CLAIMS,
        neighbours::CLAIMS,
    ]
    .concat()
}
