//! Games played once: payoffs by profile, equilibria, and what each player can be held to.

mod bimatrix;
mod bits;
mod equilibria;
mod equilibrium;
mod exact_game;
mod lemke_howson;
mod limits;
mod minmax;
mod mixed;
mod normal_form;
#[cfg(test)]
mod oracle;
mod pure;
mod subsets;
mod undominated;

pub use bimatrix::Bimatrix;
pub use equilibria::{EquilibriumComponent, EquilibriumSet, NashSubset, all_equilibria};
pub use equilibrium::{Equilibrium, regrets};
pub use lemke_howson::{lemke_howson, one_equilibrium};
pub use limits::Limits;
pub use minmax::{MixedMinmax, PureMinmax, mixed_minmax, pure_minmax};
pub use mixed::MixedStrategy;
pub use normal_form::NormalForm;
