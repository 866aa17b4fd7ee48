//! Parties as slots: types, conduct, beliefs before the acts, bias and home front.

use detente_legitimacy::SurvivalCurve;

use super::{
    Compiler,
    inputs::{Bounds, Field, Slot},
    names::{missing, unknown},
    preferences::{Disagreement, Schedule},
};
use crate::{
    case::{
        Bias, Home, Number, Party, PartyType, Preferences, Prior, Provenance, TrueType, Weights,
    },
    decode::{Code, Fault, Ids, Path},
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

/// Probabilities of a party's types: at most one is left out and gets the rest.
#[derive(Debug, Clone)]
pub(crate) struct Chances {
    /// The table, for messages and for the name of its random stream.
    pub(crate) name: String,
    pub(crate) types: Vec<Option<Slot>>,
}

/// A bias profile.
#[derive(Debug, Clone)]
pub(crate) struct BiasModel {
    pub(crate) cooperative: Slot,
    pub(crate) hostile: Slot,
    pub(crate) bad_faith: bool,
    pub(crate) prior_weight: Slot,
    pub(crate) evidence_weight: Slot,
}

/// A home front.
#[derive(Debug, Clone)]
pub(crate) struct HomeModel {
    pub(crate) national_weight: Slot,
    pub(crate) office_stake: Slot,
    pub(crate) support: Slot,
    pub(crate) threat: Slot,
    pub(crate) baseline: Slot,
    pub(crate) curve: SurvivalCurve,
    pub(crate) audience_hostility: Option<Slot>,
}

impl Compiler<'_> {
    pub(super) fn party(&mut self, id: &str, party: &Party) -> Option<PartyModel> {
        let path = Path::root().key("party").key(id);
        self.completeness(party, &path);
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
            .and_then(|known| self.true_type(known, party, &path));
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

    /// What must be coded together, and what cannot be.
    fn completeness(&mut self, party: &Party, path: &Path) {
        let typed = !party.types.is_empty();
        let believes = !party.prior.is_empty();
        let ranked = matches!(party.payoff, Preferences::Ranking(_));
        let mut require = |key: &str, present: bool, needed: bool, because: &str| {
            if needed && !present {
                let message = format!("{key} is missing: {because}");
                self.faults
                    .push(Fault::new(Code::MissingKey, path.key(key), message));
            }
        };
        let because = "a party with types needs it to say who would honour; write 0 if it is nil";
        require("temptation", party.temptation.is_some(), typed, because);
        let detects = party.detection.is_some()
            || party
                .types
                .iter()
                .all(|(_, party_type)| party_type.detection.is_some());
        require("detection", detects, typed, because);
        require(
            "true_type",
            party.true_type.is_some(),
            typed,
            "hindsight's view of its type",
        );
        let because = "a party with a prior needs it to weigh trust; write 0 if it is nil";
        require("exposure", party.exposure.is_some(), believes, because);

        let idle = [
            (
                "temptation",
                party.temptation.is_some() && !typed,
                "no type is coded",
            ),
            (
                "detection",
                party.detection.is_some() && !typed,
                "no type is coded",
            ),
            (
                "true_type",
                party.true_type.is_some() && !typed,
                "no type is coded",
            ),
            (
                "bias",
                party.bias.is_some() && !believes,
                "there is no prior for acts to move",
            ),
        ];
        let numeric = "its payoffs are only ranked, and this needs numbers";
        let beyond_ranks = [
            ("type", ranked && typed, numeric),
            ("exposure", ranked && party.exposure.is_some(), numeric),
            ("prior", ranked && believes, numeric),
            ("home", ranked && party.home.is_some(), numeric),
            (
                "ratification_floor",
                ranked && party.ratification_floor.is_some(),
                numeric,
            ),
        ];
        for (key, at_fault, why) in idle.into_iter().chain(beyond_ranks) {
            if at_fault {
                let message = format!("{key} would have no meaning here: {why}");
                self.faults
                    .push(Fault::new(Code::Contradiction, path.key(key), message).at_key());
            }
        }
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

    fn true_type(&mut self, known: &TrueType, party: &Party, path: &Path) -> Option<Chances> {
        let path = path.key("true_type");
        match known {
            TrueType::Known(name) => {
                if party.types.get(name).is_none() {
                    self.faults.push(unknown("type", name, &party.types, path));
                    return None;
                }
                let certain = party
                    .types
                    .names()
                    .map(|id| {
                        let chance = if id == name { 1.0 } else { 0.0 };
                        Some(self.inputs.constant(format!("{path}.{id}"), chance))
                    })
                    .collect();
                Some(Chances {
                    name: path.to_string(),
                    types: certain,
                })
            }
            TrueType::Distribution(weights) => {
                let around = weights.provenance.within(&party.provenance);
                self.chances(weights, &party.types, &path, &around, Bounds::Probability)
            }
        }
    }

    /// Probabilities of types, of which one may be left out.
    fn chances(
        &mut self,
        weights: &Weights,
        declared: &Ids<PartyType>,
        path: &Path,
        around: &Provenance,
        bounds: Bounds,
    ) -> Option<Chances> {
        for (id, _) in weights.types.iter() {
            if declared.get(id).is_none() {
                self.faults
                    .push(unknown("type", id, declared, path.key(id)).at_key());
            }
        }
        let types: Vec<Option<Slot>> = declared
            .names()
            .map(|id| {
                let number = weights.types.get(id)?;
                Some(self.number(number, &path.key(id), around, bounds))
            })
            .collect();
        let left_out = types.iter().filter(|slot| slot.is_none()).count();
        if left_out > 1 {
            missing("type", &weights.types, declared, path, &mut self.faults);
        }
        let listed = weights
            .types
            .iter()
            .filter(|(id, _)| declared.get(id).is_some());
        let sum: f64 = listed.map(|(_, number)| number.value.central()).sum();
        let impossible = if left_out == 0 {
            (sum - 1.0).abs() > 1e-9
        } else {
            sum > 1.0 + 1e-9
        };
        if impossible {
            let expected = if left_out == 0 { "1" } else { "at most 1" };
            let message = format!("probabilities of types sum to {sum}; expected {expected}");
            self.faults
                .push(Fault::new(Code::Contradiction, path.clone(), message));
        }
        (left_out <= 1).then(|| Chances {
            name: path.to_string(),
            types,
        })
    }

    /// What an observer believed of another party before the acts.
    pub(super) fn prior(
        &mut self,
        observer: (&str, &Party),
        about: (&str, &Party),
        prior: &Prior,
    ) -> Option<Chances> {
        let path = Path::root()
            .key("party")
            .key(observer.0)
            .key("prior")
            .key(about.0);
        if about.1.types.is_empty() {
            let message = format!(
                "a prior about {:?} needs its types, and none is coded",
                about.0
            );
            self.faults
                .push(Fault::new(Code::Contradiction, path, message));
            return None;
        }
        let certain = prior.dogmatic || about.1.types.len() == 1;
        let bounds = if certain {
            Bounds::Probability
        } else {
            Bounds::Belief
        };
        let around = prior.weights.provenance.within(&observer.1.provenance);
        self.chances(&prior.weights, &about.1.types, &path, &around, bounds)
    }

    fn bias(&mut self, bias: &Bias, path: &Path) -> BiasModel {
        let around = &bias.provenance;
        let situational = bias.situational.clone().unwrap_or_default();
        let within = situational.provenance.within(around);
        let by_tone = path.key("situational");
        let mut weight = |number: Option<&Number>, path: &Path, around: &Provenance| {
            self.or_default(number, path, around, Bounds::NonNegative, 1.0)
        };
        BiasModel {
            cooperative: weight(
                situational.cooperative.as_ref(),
                &by_tone.key("cooperative"),
                &within,
            ),
            hostile: weight(
                situational.hostile.as_ref(),
                &by_tone.key("hostile"),
                &within,
            ),
            bad_faith: bias
                .bad_faith
                .as_ref()
                .is_some_and(|bad_faith| bad_faith.value),
            prior_weight: weight(
                bias.prior_weight.as_ref(),
                &path.key("prior_weight"),
                around,
            ),
            evidence_weight: weight(
                bias.evidence_weight.as_ref(),
                &path.key("evidence_weight"),
                around,
            ),
        }
    }

    fn home(&mut self, home: &Home, path: &Path) -> Option<HomeModel> {
        let mut slot = |number: Option<&Number>, key: &str, bounds: Bounds| {
            number.map(|it| self.number(it, &path.key(key), &home.provenance, bounds))
        };
        let national_weight = slot(
            home.national_weight.as_ref(),
            "national_weight",
            Bounds::Positive,
        );
        let office_stake = slot(
            home.office_stake.as_ref(),
            "office_stake",
            Bounds::NonNegative,
        );
        let support = slot(home.support.as_ref(), "support", Bounds::NonNegative);
        let threat = slot(home.threat.as_ref(), "threat", Bounds::Any);
        let baseline = slot(home.baseline.as_ref(), "baseline", Bounds::Any);
        let audience = home.audience_hostility.as_ref();
        let audience_hostility = slot(audience, "audience_hostility", Bounds::Probability);
        Some(HomeModel {
            national_weight: national_weight?,
            office_stake: office_stake?,
            support: support?,
            threat: threat?,
            baseline: baseline?,
            curve: home.curve.as_ref()?.value,
            audience_hostility,
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

    fn or_default(
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
