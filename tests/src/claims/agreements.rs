//! Agreements (A-…): frontier, zone of agreement, bargaining solutions.

use crate::Claim;

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[];
