//! The numbers of one draw, tabulated over agreements.

use detente_legitimacy::{Leader, LeaderParams, Signature};
use detente_quantity::{Date, DiscountFactor, Probability, Stakes};
use detente_reciprocity::repeated::Signatory;

use super::{
    acceptance::Conduct,
    beliefs::{self, Lens, ViewWorld},
};
use crate::{
    DetenteError,
    model::{Chances, Disagreement, Model, PartyModel, SUM_TOLERANCE, Slot},
};

/// What the parties face in one draw. Its tables over agreements are reused from draw to draw.
#[derive(Debug, Default)]
pub(crate) struct World {
    pub(crate) parties: Vec<PartyWorld>,
    pub(crate) views: Vec<ViewWorld>,
}

/// One party in one draw.
#[derive(Debug, Clone, Default)]
pub(crate) struct PartyWorld {
    /// U by agreement.
    pub(crate) payoff: Vec<f64>,
    /// e by agreement; zero where it is not coded.
    pub(crate) exposure: Vec<f64>,
    /// t by agreement; zero where it is not coded.
    pub(crate) temptation: Vec<f64>,
    /// d.
    pub(crate) nonagreement: f64,
    /// The least payoff over agreements and nonagreement: 0 on the normalised scale (model §4).
    pub(crate) least: f64,
    /// The width of the normalised scale; 0 where nothing differs.
    pub(crate) span: f64,
    pub(crate) types: Vec<TypeWorld>,
    /// Which type it is; `None` where types are not coded and it is taken to honour.
    pub(crate) true_type: Option<usize>,
    pub(crate) leader: Option<LeaderWorld>,
    pub(crate) floor: Option<f64>,
}

/// A type in one draw.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TypeWorld {
    pub(crate) patience: DiscountFactor,
    scale: f64,
    shift: f64,
    pub(crate) detection: Probability,
}

/// A leader in one draw; its home front is coded on the party's normalised scale.
#[derive(Debug, Clone)]
pub(crate) struct LeaderWorld {
    pub(crate) leader: Leader,
    pub(crate) audience: Option<Probability>,
    pub(crate) messages: Option<MessagesWorld>,
}

/// What a leader can make its audience believe, in one draw.
#[derive(Debug, Clone, Copy)]
pub(crate) struct MessagesWorld {
    pub(crate) cost: f64,
    pub(crate) credulous_share: Probability,
    pub(crate) bargaining_share: Probability,
    pub(crate) prior_hostility: Option<Probability>,
    pub(crate) signature: Signature,
}

/// What is seen at one agreement: who would honour it, and how far each party trusts the others.
#[derive(Debug, Default)]
pub(crate) struct Sight {
    /// By party, by type.
    pub(crate) honours: Vec<Vec<bool>>,
    /// By party: whether its true type would honour.
    pub(crate) truly: Vec<bool>,
    /// By party: h on the evidence as it was.
    pub(crate) warranted: Vec<f64>,
    /// By party: h on the evidence as it was read.
    pub(crate) held: Vec<f64>,
}

impl World {
    /// Fills the world with one draw: `values` by input, and for each party (by position) the uniform
    /// number that decides its true type, or `None` for the likeliest.
    ///
    /// Cost: O(parties × agreements × issues + views × acts × types).
    pub(crate) fn fill(
        &mut self,
        model: &Model,
        values: &[f64],
        until: Date,
        true_type_uniform: impl Fn(usize) -> Option<f64>,
    ) -> Result<(), DetenteError> {
        self.parties
            .resize_with(model.parties.len(), PartyWorld::default);
        let names = model.case.parties.names();
        let parties = self.parties.iter_mut().zip(&model.parties).zip(names);
        for (idx, ((world, party), name)) in parties.enumerate() {
            world.fill(model, party, values)?;
            world.leader = leader(party, values).map_err(|source| DetenteError::Legitimacy {
                party: name.to_owned(),
                source,
            })?;
            world.true_type = match &party.true_type {
                None => None,
                Some(chances) => {
                    let weights = resolve(chances, values)?;
                    Some(pick(&weights, &chances.by_name, true_type_uniform(idx)))
                }
            };
        }
        self.views = beliefs::views(model, values, until)?;
        Ok(())
    }

    /// Looks at one agreement.
    ///
    /// Cost: O(views × types).
    pub(crate) fn look(&self, agreement: usize, sight: &mut Sight) -> Result<(), DetenteError> {
        let parties = self.parties.len();
        sight.honours.resize_with(parties, Vec::new);
        sight.truly.resize(parties, true);
        for (idx, party) in self.parties.iter().enumerate() {
            let row = &mut sight.honours[idx];
            row.clear();
            for kind in &party.types {
                row.push(party.signatory(agreement, kind)?.honours());
            }
            sight.truly[idx] = party.true_type.is_none_or(|true_type| row[true_type]);
        }
        sight.warranted.clear();
        sight.warranted.resize(parties, 1.0);
        sight.held.clear();
        sight.held.resize(parties, 1.0);
        for view in &self.views {
            let honours = &sight.honours[view.about];
            sight.warranted[view.observer] *= view.trust(Lens::Warranted, honours);
            sight.held[view.observer] *= view.trust(Lens::Held, honours);
        }
        Ok(())
    }
}

impl PartyWorld {
    fn fill(
        &mut self,
        model: &Model,
        party: &PartyModel,
        values: &[f64],
    ) -> Result<(), DetenteError> {
        let agreements = &model.agreements;
        party
            .payoff
            .tabulate(values, agreements, &mut self.payoff)?;
        for (schedule, table) in [
            (&party.exposure, &mut self.exposure),
            (&party.temptation, &mut self.temptation),
        ] {
            match schedule {
                Some(schedule) => schedule.tabulate(values, agreements, table)?,
                None => table.resize(agreements.len(), 0.0),
            }
        }
        self.nonagreement = match party.nonagreement {
            Disagreement::Payoff(slot) => slot.of(values),
            Disagreement::State(position) => self.payoff[position],
        };
        let ends = (self.nonagreement, self.nonagreement);
        let (least, most) = self.payoff.iter().fold(ends, |(least, most), &payoff| {
            (least.min(payoff), most.max(payoff))
        });
        (self.least, self.span) = (least, most - least);
        self.types.clear();
        for kind in &party.types {
            self.types.push(TypeWorld {
                patience: DiscountFactor::new(kind.patience.of(values))?,
                scale: kind.scale.of(values),
                shift: kind.shift.of(values),
                detection: Probability::new(kind.detection.of(values))?,
            });
        }
        self.floor = party.floor.map(|slot| slot.of(values));
        Ok(())
    }

    /// The stakes of a type at an agreement (model §1): its temptation is scaled and shifted.
    pub(crate) fn stakes(
        &self,
        agreement: usize,
        kind: Option<&TypeWorld>,
    ) -> Result<Stakes, DetenteError> {
        let temptation = kind.map_or(0.0, |kind| {
            kind.scale * self.temptation[agreement] + kind.shift
        });
        Ok(Stakes::at_agreement(
            self.payoff[agreement],
            self.nonagreement,
            temptation,
            self.exposure[agreement],
        )?)
    }

    /// A type as a party to an agreement: the one place where it is settled who honours (M-02).
    fn signatory(&self, agreement: usize, kind: &TypeWorld) -> Result<Signatory, DetenteError> {
        let stakes = self.stakes(agreement, Some(kind))?;
        Ok(Signatory {
            detection: kind.detection,
            ..Signatory::new(stakes, kind.patience)
        })
    }

    /// Its types as parties to an agreement.
    pub(crate) fn signatories(&self, agreement: usize) -> Result<Vec<Signatory>, DetenteError> {
        let types = self.types.iter();
        types.map(|kind| self.signatory(agreement, kind)).collect()
    }

    /// What it gets by its own conduct at an agreement, `truly` saying whether it would honour it.
    pub(crate) fn conduct(&self, agreement: usize, truly: bool) -> Result<Conduct, DetenteError> {
        let stakes = self.true_stakes(agreement)?;
        Ok(if truly {
            Conduct::honouring(&stakes)
        } else {
            Conduct::cheating(&stakes)
        })
    }

    /// 1 over the width of the normalised scale. Where nothing differs there is no scale, and nothing
    /// to gain.
    pub(crate) fn scale(&self) -> f64 {
        if self.span > 0.0 {
            1.0 / self.span
        } else {
            0.0
        }
    }

    /// Whether its true type would honour an agreement, and by how much honouring beats cheating
    /// (M-02); by infinitely much where types are not coded.
    pub(crate) fn honouring(&self, agreement: usize) -> Result<(bool, f64), DetenteError> {
        let Some(kind) = self.true_type.and_then(|kind| self.types.get(kind)) else {
            return Ok((true, f64::INFINITY));
        };
        let signatory = self.signatory(agreement, kind)?;
        Ok((signatory.honours(), signatory.margin()))
    }

    /// The stakes of its true type at an agreement.
    pub(crate) fn true_stakes(&self, agreement: usize) -> Result<Stakes, DetenteError> {
        self.stakes(
            agreement,
            self.true_type.and_then(|kind| self.types.get(kind)),
        )
    }
}

/// The leader of a party whose home front is coded.
fn leader(
    party: &PartyModel,
    values: &[f64],
) -> Result<Option<LeaderWorld>, detente_legitimacy::LegitimacyError> {
    let Some(home) = &party.home else {
        return Ok(None);
    };
    let leader = Leader::new(LeaderParams {
        national_weight: home.national_weight.of(values),
        office_stake: home.office_stake.of(values),
        support: home.support.of(values),
        threat: home.threat.of(values),
        baseline: home.baseline.of(values),
        curve: home.curve,
    })?;
    let chance = |slot: Slot| Probability::saturating(slot.of(values));
    let messages = home.messages.as_ref().map(|coded| MessagesWorld {
        cost: coded.cost.of(values),
        credulous_share: chance(coded.credulous_share),
        bargaining_share: chance(coded.bargaining_share),
        prior_hostility: coded.prior_hostility.map(chance),
        signature: coded.signature,
    });
    Ok(Some(LeaderWorld {
        leader,
        audience: home.audience_hostility.map(chance),
        messages,
    }))
}

/// The probabilities of one draw: the type that was left out gets the rest; a full list is divided
/// by its sum.
pub(crate) fn resolve(chances: &Chances, values: &[f64]) -> Result<Vec<f64>, DetenteError> {
    let listed: f64 = chances
        .types
        .iter()
        .flatten()
        .map(|slot| slot.of(values))
        .sum();
    let complete = chances.types.iter().all(Option::is_some);
    let expected = match complete {
        true if listed <= 0.0 => Some("above 0"),
        false if listed > 1.0 + SUM_TOLERANCE => Some("at most 1"),
        _ => None,
    };
    if let Some(expected) = expected {
        return Err(DetenteError::Chances {
            place: chances.name.clone(),
            sum: listed,
            expected,
        });
    }
    let divisor = if complete { listed } else { 1.0 };
    let rest = (1.0 - listed).max(0.0);
    let chance = |slot: &Option<Slot>| slot.map_or(rest, |slot| slot.of(values) / divisor);
    Ok(chances.types.iter().map(chance).collect())
}

/// The type a uniform number falls on; without one, the likeliest. Types are laid out and ties
/// broken by their names (`by_name` lists their positions), so that the order of the file changes
/// nothing.
fn pick(weights: &[f64], by_name: &[usize], uniform: Option<f64>) -> usize {
    let mut likeliest = by_name.first().copied().unwrap_or(0);
    let mut cumulated = 0.0;
    let mut last_possible = likeliest;
    for &idx in by_name {
        let weight = weights[idx];
        cumulated += weight;
        if uniform.is_some_and(|uniform| uniform < cumulated) {
            return idx;
        }
        if weight > 0.0 {
            last_possible = idx;
        }
        if weight > weights[likeliest] {
            likeliest = idx;
        }
    }
    if uniform.is_some() {
        last_possible
    } else {
        likeliest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_uniform_number_falls_on_types_in_proportion() {
        let (weights, order) = ([0.25, 0.5, 0.25], [0, 1, 2]);
        let picked = [0.1, 0.25, 0.7, 0.75, 0.999].map(|u| pick(&weights, &order, Some(u)));
        assert_eq!(picked, [0, 1, 1, 2, 2]);
        assert_eq!(pick(&weights, &order, None), 1);
        assert_eq!(pick(&[0.3, 0.7, 0.0], &order, Some(1.0)), 1);
    }

    #[test]
    fn the_order_of_types_in_the_file_changes_nothing() {
        for uniform in [None, Some(0.2), Some(0.6)] {
            // The same two types, in either order of the file.
            assert_eq!(
                pick(&[0.5, 0.5], &[0, 1], uniform),
                1 - pick(&[0.5, 0.5], &[1, 0], uniform)
            );
        }
    }
}
