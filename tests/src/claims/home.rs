//! Domestic legitimacy (D-…): what a leader can afford.

use crate::Claim;

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[];
