//! A world of known cause as a case: every number exact.

use detente::{Case, assessment::Barrier, case::FORMAT, decode::Ids};

use super::{
    Built,
    dice::Dice,
    evidence::{self, Beliefs, Decoys, Shown},
    exposure::exposures,
    front::{Desk, HomeFront},
    kind::Kind,
    plan::Plan,
    stakes::{Shape, Stakes, Types},
    written,
};

/// A world whose cause is known, because it was built to have it.
#[derive(Debug, Clone)]
pub struct World {
    /// Its cause.
    pub kind: Kind,
    /// The world as it is.
    pub case: Case,
    /// What each party's payoffs are measured in.
    pub units: Vec<f64>,
}

/// What is settled of one party before it is written down.
pub(super) struct Draft {
    pub(super) stakes: Stakes,
    pub(super) types: Types,
    pub(super) beliefs: Beliefs,
    pub(super) exposures: Vec<f64>,
    pub(super) front: HomeFront,
    pub(super) breaks: bool,
}

impl World {
    /// World `number` of a kind: always the same one for the same seed.
    ///
    /// # Errors
    /// If the construction goes wrong, which is a defect of it.
    pub fn build(kind: Kind, seed: u64, number: usize) -> Built<Self> {
        let dice = &mut Dice::new(seed, &format!("{} {number}", kind.name()));
        let plan = Plan::new(kind, dice);
        let shape = Shape::new(&plan, dice);
        let decoys = match kind {
            Kind::Reachable => Decoys::Never,
            Kind::Decoys => Decoys::Always,
            _ => Decoys::Some,
        };
        let mut acts = Vec::new();
        let drafts = drafts(&plan, &shape, decoys, &mut acts, dice)?;
        let mut parties = Ids::new();
        for place in 0..drafts.len() {
            parties.insert(format!("p{place}"), written::party(&drafts, place, dice)?)?;
        }
        let mut case = Case {
            format: FORMAT,
            identity: written::identity(kind)?,
            issues: written::issues(&shape)?,
            parties,
            acts: written::acts(&acts, &drafts)?,
            ..Case::default()
        };
        let bare = matches!(
            kind,
            Kind::Reachable | Kind::Only(Barrier::ConflictOfInterest | Barrier::DomesticLegitimacy)
        );
        if bare && dice.chance(0.25) {
            written::strip(&mut case);
        }
        let units = drafts.iter().map(|draft| draft.stakes.unit).collect();
        Ok(Self { kind, case, units })
    }
}

fn drafts(
    plan: &Plan,
    shape: &Shape,
    decoys: Decoys,
    acts: &mut Vec<Vec<Shown>>,
    dice: &mut Dice,
) -> Built<Vec<Draft>> {
    let places = 0..plan.roles.len();
    let stakes: Vec<Stakes> = places
        .clone()
        .map(|party| Stakes::new(shape, party, dice))
        .collect();
    let types: Vec<Types> = stakes
        .iter()
        .zip(&plan.roles)
        .map(|(stakes, role)| Types::new(stakes, role.faith, dice))
        .collect();
    for (party, types) in types.iter().enumerate() {
        acts.push(evidence::acts(types, plan.is_misread(party), dice));
    }
    let mut drafts = Vec::new();
    for (party, stakes) in places.zip(stakes) {
        let beliefs = evidence::beliefs(plan, party, (&types, acts), decoys, dice);
        let exposures = exposures(plan, party, &stakes, &beliefs, dice);
        let desk = Desk {
            plan,
            party,
            stakes: &stakes,
            exposures: &exposures,
            beliefs: &beliefs,
        };
        let front = desk.front(decoys.here(dice), dice)?;
        drafts.push(Draft {
            stakes,
            types: types[party].clone(),
            beliefs,
            exposures,
            front,
            breaks: plan.roles[party].breaks,
        });
    }
    Ok(drafts)
}
