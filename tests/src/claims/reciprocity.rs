//! Reciprocity: who would honour an agreement (M-02, C-03).

use crate::Claim;

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[];
