//! Seeing what one expects to see, as a matter of chance (claims C-44, C-45).

mod lead;
mod record;

pub use lead::{ConfirmatoryObserver, Leads, Perceived};
pub use record::{PossibleBelief, possible_beliefs};
