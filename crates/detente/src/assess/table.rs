use serde::Serialize;

use super::{Options, central::standing, until};
use crate::{
    DetenteError,
    case::Terms,
    evaluate::{Rule, Sight, World},
    model::Model,
};

/// Every intermediate value of the model at one agreement, at central values. Lists run over the
/// parties in the order of the case.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgreementRow {
    /// The agreement.
    pub terms: Terms,
    /// U: payoff by party.
    pub payoff: Vec<f64>,
    /// H: by party, whether each of its types would honour the agreement (M-02).
    pub honours: Vec<Vec<bool>>,
    /// h on the evidence as it was.
    pub trust_warranted: Vec<f64>,
    /// h on the evidence as it was read.
    pub trust_held: Vec<f64>,
    /// The nation's margin under warranted beliefs (M-03).
    pub nation_margin_warranted: Vec<f64>,
    /// The leader's margin under warranted beliefs (M-04).
    pub leader_margin_warranted: Vec<f64>,
    /// The leader's margin under held beliefs.
    pub leader_margin_held: Vec<f64>,
    /// How many of the five barriers the agreement survives in turn.
    pub barriers_survived: usize,
}

/// The model's intermediate values at every agreement, at central values, in the order of the
/// case: what a sceptical reader recomputes by hand.
///
/// Cost: O(agreements × (parties × issues + views × types)).
///
/// # Errors
/// [`DetenteError`] where a home front cannot be evaluated or a belief cannot be updated.
pub fn table(model: &Model, options: &Options) -> Result<Vec<AgreementRow>, DetenteError> {
    let mut world = World::default();
    world.fill(model, &model.central(), until(model, options), |_| None)?;
    (0..model.agreements.len())
        .map(|agreement| row(model, &world, agreement))
        .collect()
}

fn row(model: &Model, world: &World, agreement: usize) -> Result<AgreementRow, DetenteError> {
    let mut sight = Sight::default();
    world.look(agreement, &mut sight)?;
    let margins = |rule: Rule, trust: &[f64]| -> Result<Vec<f64>, DetenteError> {
        world
            .parties
            .iter()
            .enumerate()
            .map(|(idx, party)| {
                let conduct = party.conduct(agreement, sight.truly[idx])?;
                party
                    .margin(rule, conduct, trust[idx])
                    .map_err(|source| model.legitimacy(idx, source))
            })
            .collect()
    };
    Ok(AgreementRow {
        terms: model.terms(agreement),
        payoff: world
            .parties
            .iter()
            .map(|party| party.payoff[agreement])
            .collect(),
        nation_margin_warranted: margins(Rule::Nation, &sight.warranted)?,
        leader_margin_warranted: margins(Rule::Leader, &sight.warranted)?,
        leader_margin_held: margins(Rule::Leader, &sight.held)?,
        barriers_survived: standing(model, world, agreement)?.survived(),
        honours: sight.honours,
        trust_warranted: sight.warranted,
        trust_held: sight.held,
    })
}
