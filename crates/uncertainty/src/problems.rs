//! Test problems with known answers: models whose sensitivity indices have closed forms.
//!
//! ```
//! use detente_uncertainty::problems::Ishigami;
//!
//! let exact = Ishigami::usual().exact();
//! assert_eq!(format!("{:.4}", exact.variance), "13.8446");
//! assert_eq!(format!("{:.4}", exact.shapley[0]), "0.4357");
//! ```

mod additive;
mod exact;
mod g_function;
mod ishigami;

pub use additive::Additive;
pub use exact::ExactIndices;
pub use g_function::GFunction;
pub use ishigami::Ishigami;
