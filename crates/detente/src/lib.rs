#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]

pub mod agreements;
mod assess;
pub mod assessment;
pub mod beliefs;
pub mod case;
mod compare;
pub mod conflict;
pub mod decode;
mod domestic;
mod error;
mod evaluate;
pub mod game;
pub mod indicators;
pub mod library;
mod model;
mod path;
mod probe;
mod rewrite;
mod sensitivity;
#[cfg(feature = "proptest")]
pub mod strategies;
pub mod tabular;
pub mod tournament;

pub use assess::{AgreementRow, Options, assess, assess_model, table};
pub use assessment::Assessment;
pub use case::Case;
pub use compare::{Coding, compare};
pub use domestic::domestic;
pub use error::DetenteError;
pub use model::{Bounds, Input, Model};
pub use path::{Destination, Partners, PathOptions, ReadAs, path};
pub use probe::{Aspect, words as input_words};
pub use rewrite::{RewriteOptions, rewrite, rewrite_of};
pub use sensitivity::{
    Grouping, SensitivityMethod, SensitivityOptions, sensitivity, sensitivity_with,
};

pub use detente_legitimacy as legitimacy;
pub use detente_payoff as payoff;
pub use detente_perception as perception;
pub use detente_quantity as quantity;
pub use detente_reassurance as reassurance;
pub use detente_reciprocity as reciprocity;
pub use detente_reputation as reputation;
pub use detente_stability as stability;
pub use detente_uncertainty as uncertainty;

/// What most programs that assess cases need.
pub mod prelude {
    pub use crate::{
        Assessment, Case, DetenteError, Model, Options, assess,
        assessment::{Barrier, Verdict},
        case::History,
        library,
        quantity::{DiscountFactor, Interval, LogOdds, Probability, Stakes},
    };
}
