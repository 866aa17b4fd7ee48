//! Trust and its biases (C-…): belief, reputation, perception.

use crate::Claim;

/// The claims of this chapter.
pub(super) const CLAIMS: &[Claim] = &[];
