//! What is settled of a world, in the case format.

use detente::{
    Case,
    case::{
        Act, Bias, ByIssue, Coded, History, Identity, Issue, Nonagreement, OptionTable, Party,
        PartyType, Preferences, Prior, Situational, TrueType, Weights,
    },
    decode::Ids,
    quantity::Date,
    reputation::Tone,
};

use super::{
    Built,
    dice::Dice,
    evidence::{Reading, Shown},
    kind::Kind,
    number,
    stakes::{Shape, Type, Types},
    world::Draft,
};

pub(super) fn identity(kind: Kind) -> Built<Identity> {
    let signed = kind.is_reachable() || kind == Kind::BrokenFaith;
    let outcome = if signed {
        History::Agreement
    } else {
        History::Nonagreement
    };
    Ok(Identity {
        id: "known-cause".to_owned(),
        title: "A world of known cause".to_owned(),
        decided: Some(Coded::bare(Date::new(2000, 12, 31)?)),
        outcome: Some(Coded::bare(outcome)),
        ..Identity::default()
    })
}

pub(super) fn issues(shape: &Shape) -> Built<Ids<Issue>> {
    let mut issues = Ids::new();
    for (place, &size) in shape.sizes.iter().enumerate() {
        let mut options = Ids::new();
        for option in 0..size {
            options.insert(format!("o{option}"), "an option".to_owned())?;
        }
        let issue = Issue {
            name: "an issue".to_owned(),
            options,
            ..Issue::default()
        };
        issues.insert(format!("i{place}"), issue)?;
    }
    Ok(issues)
}

/// A table by issue that says something of the first and, where given, of side issues.
fn by_issue(constant: f64, first: &[f64], sides: &[Vec<f64>]) -> Built<ByIssue> {
    let mut issues = Ids::new();
    let tables = std::iter::once(first).chain(sides.iter().map(Vec::as_slice));
    for (place, numbers) in tables.enumerate() {
        let mut values = Ids::new();
        for (option, &value) in numbers.iter().enumerate() {
            values.insert(format!("o{option}"), number(value)?)?;
        }
        let table = OptionTable {
            values,
            ..OptionTable::default()
        };
        issues.insert(format!("i{place}"), table)?;
    }
    Ok(ByIssue {
        constant: Some(number(constant)?),
        issues,
        ..ByIssue::default()
    })
}

pub(super) fn party(drafts: &[Draft], place: usize, dice: &mut Dice) -> Built<Party> {
    let draft = &drafts[place];
    let Draft {
        stakes,
        types,
        beliefs,
        front,
        ..
    } = draft;
    let mut kinds = Ids::new();
    for kind in &types.all {
        kinds.insert(kind.id, party_type(kind)?)?;
    }
    let mut priors = Ids::new();
    for (about, chances) in beliefs
        .priors
        .iter()
        .enumerate()
        .filter(|(it, _)| *it != place)
    {
        priors.insert(format!("p{about}"), prior(chances, &drafts[about].types)?)?;
    }
    let floor = front.floor.map(|above| number(stakes.nonagreement + above));
    Ok(Party {
        name: format!("Party {place}"),
        leader: None,
        nonagreement: Some(Nonagreement::Payoff(number(stakes.nonagreement)?)),
        payoff: Preferences::Numbers(by_issue(stakes.nonagreement, &stakes.gains, &stakes.sides)?),
        exposure: Some(by_issue(0.0, &draft.exposures, &[])?),
        temptation: Some(by_issue(0.0, &stakes.temptations, &[])?),
        detection: Some(number(types.detection)?),
        types: kinds,
        true_type: Some(true_type(draft, dice)?),
        prior: priors,
        bias: beliefs.reading.as_ref().map(bias).transpose()?,
        home: front.home.clone(),
        ratification_floor: floor.transpose()?,
        provenance: Default::default(),
    })
}

fn party_type(kind: &Type) -> Built<PartyType> {
    Ok(PartyType {
        name: None,
        patience: Some(number(kind.patience)?),
        temptation_scale: kind.scale.map(number).transpose()?,
        temptation_shift: None,
        detection: None,
        provenance: Default::default(),
    })
}

/// Hindsight is sure, or nearly so.
fn true_type(draft: &Draft, dice: &mut Dice) -> Built<TrueType> {
    let id = if draft.breaks { "hasty" } else { "patient" };
    if dice.chance(0.75) {
        return Ok(TrueType::Known(id.to_owned()));
    }
    let sure = dice.between(0.85, 0.95);
    let mut weights = Weights::default();
    let others = draft.types.all.len() as f64 - 1.0;
    for kind in &draft.types.all {
        let chance = if kind.id == id {
            sure
        } else {
            (1.0 - sure) / others
        };
        weights.types.insert(kind.id, number(chance)?)?;
    }
    Ok(TrueType::Distribution(weights))
}

/// Every type but `hasty`, which gets the rest.
fn prior(chances: &[f64], types: &Types) -> Built<Prior> {
    let mut prior = Prior::default();
    let listed = types.all.iter().zip(chances);
    for (kind, &chance) in listed.filter(|(kind, _)| kind.id != "hasty") {
        prior.weights.types.insert(kind.id, number(chance)?)?;
    }
    Ok(prior)
}

fn bias(reading: &Reading) -> Built<Bias> {
    Ok(Bias {
        situational: Some(Situational {
            cooperative: Some(number(reading.cooperative)?),
            hostile: Some(number(reading.hostile)?),
            ..Situational::default()
        }),
        bad_faith: Some(Coded::bare(reading.bad_faith)),
        prior_weight: Some(number(reading.prior_weight)?),
        evidence_weight: Some(number(reading.evidence_weight)?),
        ..Bias::default()
    })
}

/// Acts one a week, those of one party after those of another.
pub(super) fn acts(acts: &[Vec<Shown>], drafts: &[Draft]) -> Built<Vec<Act>> {
    let mut list = Vec::new();
    for (actor, acts) in acts.iter().enumerate() {
        for (row, shown) in acts.iter().enumerate() {
            let mut likelihood = Weights::default();
            for (kind, &chance) in drafts[actor].types.all.iter().zip(&shown.likelihood) {
                likelihood.types.insert(kind.id, number(chance)?)?;
            }
            let month = i8::try_from(1 + row)?;
            list.push(Act {
                id: format!("act-{actor}-{row}"),
                date: Some(Coded::bare(Date::new(
                    2000,
                    month,
                    i8::try_from(1 + actor)?,
                )?)),
                known: None,
                actor: format!("p{actor}"),
                seen_by: None,
                tone: Some(Coded::bare(if shown.cooperative {
                    Tone::Cooperative
                } else {
                    Tone::Hostile
                })),
                event: "an act".to_owned(),
                forced: Some(number(shown.forced)?),
                cost: None,
                likelihood: Some(likelihood),
                likelihood_ratio: None,
                retracts: None,
                clue: None,
                provenance: Default::default(),
            });
        }
    }
    Ok(list)
}

/// Leaves out what anarchy, distrust and misperception are coded by.
pub(super) fn strip(case: &mut Case) {
    case.acts.clear();
    for party in case.parties.values_mut() {
        party.types = Ids::new();
        party.prior = Ids::new();
        (party.temptation, party.detection) = (None, None);
        (party.true_type, party.bias) = (None, None);
    }
}
