//! Parties as slots: what they want and which types they might be.

use super::{
    Compiler,
    bias::BiasModel,
    chances::Chances,
    home::HomeModel,
    inputs::{Bounds, Field, Slot},
    preferences::{Disagreement, Schedule},
};
use crate::{
    case::{Number, Party, PartyType, Preferences, Provenance},
    decode::Path,
};

/// A party, every number a slot.
#[derive(Debug, Clone)]
pub(crate) struct PartyModel {
    pub(crate) payoff: Schedule,
    pub(crate) nonagreement: Disagreement,
    pub(crate) exposure: Option<Schedule>,
    pub(crate) temptation: Option<Schedule>,
    pub(crate) types: Vec<TypeModel>,
    pub(crate) true_type: Option<Chances>,
    pub(crate) bias: Option<BiasModel>,
    pub(crate) home: Option<HomeModel>,
    pub(crate) floor: Option<Slot>,
}

/// A type of a party.
#[derive(Debug, Clone)]
pub(crate) struct TypeModel {
    pub(crate) patience: Slot,
    pub(crate) scale: Slot,
    pub(crate) shift: Slot,
    pub(crate) detection: Slot,
}

impl PartyModel {
    /// The numbers that its payoffs are made of, with agreement and without.
    pub(crate) fn payoff_slots(&self) -> impl Iterator<Item = Slot> {
        let without = match self.nonagreement {
            Disagreement::Payoff(slot) => Some(slot),
            Disagreement::State(_) => None,
        };
        self.payoff.slots().into_iter().chain(without)
    }

    /// Whether a number is its payoff without agreement.
    pub(crate) fn is_nonagreement(&self, number: Slot) -> bool {
        matches!(self.nonagreement, Disagreement::Payoff(slot) if slot == number)
    }
}

impl Compiler<'_> {
    pub(super) fn party(&mut self, id: &str, party: &Party) -> Option<PartyModel> {
        let party = &inheriting(party);
        let path = Path::root().key("party").key(id);
        let because = "its payoff if nothing is agreed; never taken to be 0";
        self.require(&path, "nonagreement", party.nonagreement.is_some(), because);
        self.completeness(party, &path);
        for type_id in party.types.names() {
            self.reserved("type", type_id, &path.key("type").key(type_id));
        }
        let payoff = self.payoff(id, &party.payoff);
        let nonagreement = self.nonagreement(id, party.nonagreement.as_ref(), &party.provenance);
        let exposure = party
            .exposure
            .as_ref()
            .and_then(|table| self.by_issue(table, &path.key("exposure")));
        let temptation = party
            .temptation
            .as_ref()
            .and_then(|table| self.by_issue(table, &path.key("temptation")));
        let types = self.types(party, &path);
        let true_type = party
            .true_type
            .as_ref()
            .and_then(|known| self.true_type(known, (id, party), &path));
        let bias = party
            .bias
            .as_ref()
            .map(|bias| self.bias(bias, &path.key("bias")));
        let home = party
            .home
            .as_ref()
            .and_then(|home| self.home(home, &path.key("home")));
        let floor = party.ratification_floor.as_ref().map(|floor| {
            self.number(
                floor,
                &path.key("ratification_floor"),
                &party.provenance,
                Bounds::Any,
            )
        });
        Some(PartyModel {
            payoff: payoff?,
            nonagreement: nonagreement?,
            exposure,
            temptation,
            types: types?,
            true_type,
            bias,
            home,
            floor,
        })
    }

    fn types(&mut self, party: &Party, path: &Path) -> Option<Vec<TypeModel>> {
        let detection = party.detection.as_ref().map(|detection| {
            self.number(
                detection,
                &path.key("detection"),
                &party.provenance,
                Bounds::Probability,
            )
        });
        party
            .types
            .iter()
            .map(|(id, party_type)| {
                let path = path.key("type").key(id);
                let around = party_type.provenance.within(&party.provenance);
                self.party_type(party_type, &path, &around, detection)
            })
            .collect::<Vec<_>>()
            .into_iter()
            .collect()
    }

    fn party_type(
        &mut self,
        party_type: &PartyType,
        path: &Path,
        around: &Provenance,
        detection: Option<Slot>,
    ) -> Option<TypeModel> {
        let patience = party_type.patience.as_ref();
        self.require(
            path,
            "patience",
            patience.is_some(),
            "its discount factor, below 1",
        );
        let patience =
            patience.map(|it| self.number(it, &path.key("patience"), around, Bounds::Patience));
        let scale = party_type.temptation_scale.as_ref();
        let scale = self.or_default(
            scale,
            &path.key("temptation_scale"),
            around,
            Bounds::Any,
            1.0,
        );
        let shift = party_type.temptation_shift.as_ref();
        let shift = self.or_default(
            shift,
            &path.key("temptation_shift"),
            around,
            Bounds::Any,
            0.0,
        );
        let own = party_type.detection.as_ref();
        let own =
            own.map(|it| self.number(it, &path.key("detection"), around, Bounds::Probability));
        Some(TypeModel {
            patience: patience?,
            scale,
            shift,
            detection: own.or(detection)?,
        })
    }

    /// A slot for a number of the case.
    pub(super) fn number(
        &mut self,
        number: &Number,
        path: &Path,
        around: &Provenance,
        bounds: Bounds,
    ) -> Slot {
        let field = Field {
            name: path.to_string(),
            path: path.clone(),
            around,
        };
        self.inputs.add(field, number, bounds, &mut self.faults)
    }

    pub(super) fn or_default(
        &mut self,
        number: Option<&Number>,
        path: &Path,
        around: &Provenance,
        bounds: Bounds,
        default: f64,
    ) -> Slot {
        match number {
            Some(number) => self.number(number, path, around, bounds),
            None => self.inputs.constant(path.to_string(), default),
        }
    }
}

/// A party whose tables take from it what they do not say of their own provenance.
fn inheriting(party: &Party) -> Party {
    let mut party = party.clone();
    let around = party.provenance.clone();
    let inherit = |own: &mut Provenance| *own = own.within(&around);
    if let Preferences::Numbers(numbers) = &mut party.payoff {
        inherit(&mut numbers.provenance);
    }
    for table in [&mut party.exposure, &mut party.temptation]
        .into_iter()
        .flatten()
    {
        inherit(&mut table.provenance);
    }
    if let Some(bias) = &mut party.bias {
        inherit(&mut bias.provenance);
    }
    if let Some(home) = &mut party.home {
        inherit(&mut home.provenance);
    }
    party
}
