//! Games played once: payoffs by profile, equilibria, and what each player can be held to.

mod bimatrix;
mod normal_form;
mod pure;

pub use bimatrix::Bimatrix;
pub use normal_form::NormalForm;
