//! The catalogue: every claim that is a test, one module a chapter of theory.

use crate::Claim;

mod agreements;
mod beliefs;
mod evidence;
mod home;
mod model;
mod monitoring;
mod reassurance;
mod reciprocity;
mod repeated;
mod stage_games;
mod standing;

/// Every claim, in the order of the chapters.
#[must_use]
pub fn all() -> Vec<Claim> {
    [
        agreements::CLAIMS,
        reciprocity::CLAIMS,
        repeated::CLAIMS,
        monitoring::CLAIMS,
        stage_games::CLAIMS,
        evidence::CLAIMS,
        beliefs::CLAIMS,
        standing::CLAIMS,
        reassurance::CLAIMS,
        &home::claims(),
        model::CLAIMS,
    ]
    .concat()
}
