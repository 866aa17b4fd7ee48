//! One section a file, in the order of the page.

mod agreements;
mod attribution;
mod beliefs;
mod bias;
mod compare;
mod domestic;
mod drivers;
mod errors;
mod evidence;
mod funnel;
mod game;
mod headline;
mod indicators;
mod judges;
mod ledger;
mod margins;
mod method;
mod outlook;
mod path;
mod proposals;
mod ranges;
mod readings;
mod record;
mod report;
mod rewrite;
mod run;
mod stability;
mod tournament;
mod verdict;
mod why;

use detente::Assessment;

pub(crate) use agreements::write as write_agreements;
pub(crate) use compare::write as write_comparison;
pub(crate) use domestic::write as write_domestic;
pub(crate) use drivers::{write as write_drivers, write_tornado};
pub(crate) use game::write as write_game;
pub(crate) use headline::headline;
pub(crate) use indicators::write as indicators_toml;
pub(crate) use ledger::write as write_ledger;
pub(crate) use path::write as write_path;
pub(crate) use report::write as write_report;
pub(crate) use rewrite::write as write_rewrites;
pub(crate) use stability::write as write_stability;
pub(crate) use tournament::{write as write_tournament, write_strategies};
pub(crate) use why::write as write_why;

use crate::{
    layout::Page,
    names::Names,
    palette::Role,
    spread::{Spread, without_draws},
};

/// Writes every section that has something to say.
pub(crate) fn write_all(page: &mut Page, assessment: &Assessment, names: &Names<'_>) {
    page.lead(Role::Answer, &headline(assessment, names));
    let spread = Spread::of(assessment);
    let bare = (spread == Spread::Exact).then(|| without_draws(assessment));
    let assessment = bare.as_ref().unwrap_or(assessment);
    verdict::write(page, assessment, spread);
    funnel::write(page, assessment, names);
    attribution::write(page, assessment);
    readings::write(page, assessment, names);
    domestic::write_in_short(page, assessment, names);
    errors::write(page, assessment);
    outlook::write(page, assessment, names);
    beliefs::write(page, assessment, names);
    proposals::write(page, assessment, names);
    record::write(page, assessment, names);
    evidence::write(page, assessment, names);
    run::write(page, assessment);
}
