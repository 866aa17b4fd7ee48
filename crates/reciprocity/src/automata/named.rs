//! Strategies of the literature as automata.
//!
//! ```
//! use detente_reciprocity::automata::named;
//! assert_eq!(named::contrite_tit_for_tat().states().len(), 3);
//! assert_eq!(named::tit_for_tat().name(), "tit for tat");
//! ```

mod catalogue;
mod classic;
mod contrite;
mod gradual;
mod grit;
mod punishment;
mod zero_determinant;

pub use catalogue::NamedStrategy;
pub use classic::{
    always_cheat, always_honour, firm_but_fair, generous_tit_for_tat, random,
    suspicious_tit_for_tat, tit_for_tat, tit_for_two_tats, win_stay_lose_shift,
};
pub use contrite::contrite_tit_for_tat;
pub use gradual::{MAX_SERIES, gradual};
pub use grit::Grit;
pub use punishment::{MAX_PUNISHMENT, grim, limited_punishment};
pub use zero_determinant::ZeroDeterminant;
