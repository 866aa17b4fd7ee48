//! Parties as slots: types, conduct, beliefs before the acts, bias and home front.

use detente_legitimacy::SurvivalCurve;

use super::{
    Compiler,
    inputs::{Bounds, Field, Slot},
    names::{Declared, listed},
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
    /// Positions of the types in the order of their names, in which draws lay them out.
    pub(crate) by_name: Vec<usize>,
}

/// By how much probabilities may miss a sum of 1 through rounding.
pub(crate) const SUM_TOLERANCE: f64 = 1e-9;

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

    /// What must be coded together, and what cannot be.
    fn completeness(&mut self, party: &Party, path: &Path) {
        let ranked = matches!(party.payoff, Preferences::Ranking(_));
        if ranked {
            self.only_ranked(party, path);
        }
        // Where the table of types, or of priors, could not be read, none may still be meant.
        if !party.types.is_empty() {
            self.typed(party, path);
        } else if self.nothing_at(&path.key("type")) {
            self.untyped(party, path);
        }
        if !party.prior.is_empty() {
            let because = "a party with a prior weighs trust against it; 0 if it is nil";
            self.require(
                path,
                "exposure",
                party.exposure.is_some() || ranked,
                because,
            );
        } else if party.bias.is_some() && self.nothing_at(&path.key("prior")) {
            let why = "there is no prior for acts to move";
            self.idle(path, "bias", why, "expected a prior about another party");
        }
    }

    /// Whether the text has nothing at the path, or an empty table.
    pub(super) fn nothing_at(&self, path: &Path) -> bool {
        self.written.lacks(path) || self.written.is_whole(path)
    }

    /// A party with types, of which it must be known who would honour.
    fn typed(&mut self, party: &Party, path: &Path) {
        if matches!(party.payoff, Preferences::Ranking(_)) {
            return;
        }
        let because =
            "a party with types may be tempted; a table `constant = 0` says that it is not";
        self.require(path, "temptation", party.temptation.is_some(), because);
        let own = party.types.values().all(|it| it.detection.is_some());
        let because = "the chance per period that its cheating is seen";
        self.require(path, "detection", party.detection.is_some() || own, because);
        let because = "which type it was, as hindsight sees it";
        self.require(path, "true_type", party.true_type.is_some(), because);
    }

    /// A party without types, for which what types need would say nothing.
    fn untyped(&mut self, party: &Party, path: &Path) {
        for (key, present) in [
            ("temptation", party.temptation.is_some()),
            ("detection", party.detection.is_some()),
            ("true_type", party.true_type.is_some()),
        ] {
            if present {
                let expected = "expected types, such as `type.honours`, beside it";
                self.idle(path, key, "the party has no types", expected);
            }
        }
    }

    /// A party whose payoffs are only ranked, for which what needs numbers would say nothing.
    fn only_ranked(&mut self, party: &Party, path: &Path) {
        for (key, present) in [
            ("type", !party.types.is_empty()),
            ("exposure", party.exposure.is_some()),
            ("prior", !party.prior.is_empty()),
            ("home", party.home.is_some()),
            ("ratification_floor", party.ratification_floor.is_some()),
        ] {
            if present {
                let why = "its payoffs are only ranked, and this needs numbers";
                self.idle(path, key, why, "expected payoffs by issue beside it");
            }
        }
    }

    /// A key that says nothing without another.
    fn idle(&mut self, table: &Path, key: &str, why: &str, expected: &str) {
        let message = format!("`{key}` would say nothing here: {why}");
        let fault = Fault::new(Code::Contradiction, table.key(key), message)
            .at_key()
            .with_label(expected)
            .with_help(format!("code what it needs, or remove `{key}`"));
        self.faults.push(fault);
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

    fn true_type(
        &mut self,
        known: &TrueType,
        (id, party): (&str, &Party),
        path: &Path,
    ) -> Option<Chances> {
        let path = path.key("true_type");
        if party.types.is_empty() {
            return None;
        }
        match known {
            TrueType::Known(name) => {
                let declared = Declared::<PartyType>::types(id, party);
                self.resolve(name, &declared, &path)?;
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
                    by_name: by_name(&party.types),
                    types: certain,
                })
            }
            TrueType::Distribution(weights) => {
                let around = weights.provenance.within(&party.provenance);
                let declared = Declared::<PartyType>::types(id, party);
                let of = (&declared, &party.types);
                self.chances(weights, of, &path, &around, Bounds::Probability)
            }
        }
    }

    /// Probabilities of types, of which one may be left out.
    fn chances(
        &mut self,
        weights: &Weights,
        (declared, types): (&Declared<'_, PartyType>, &Ids<PartyType>),
        path: &Path,
        around: &Provenance,
        bounds: Bounds,
    ) -> Option<Chances> {
        let absent = self.absent(&weights.types, declared, path);
        let mut strangers = 0;
        for id in weights.types.names().filter(|id| !types.contains(id)) {
            strangers += 1;
            let fault = self.unknown(id, declared, &path.key(id), &absent);
            self.faults.extend(fault.map(Fault::at_key));
        }
        let mut slots = Vec::with_capacity(types.len());
        for id in types.names() {
            let number = weights.types.get(id);
            slots.push(number.map(|it| self.number(it, &path.key(id), around, bounds)));
        }
        if absent.len() > strangers + 1 {
            let message = format!("the types {} are left out", listed(&absent));
            let fault = Fault::new(Code::MissingKey, path.clone(), message)
                .with_label("needs a number for every type but one, which gets the rest");
            self.faults.push(fault);
        }
        let left_out = slots.iter().filter(|slot| slot.is_none()).count();
        if strangers == 0 && self.written.is_whole(path) && self.knows_all(declared) {
            self.check_sum(weights, left_out, path, bounds);
        }
        (left_out <= 1).then(|| Chances {
            name: path.to_string(),
            by_name: by_name(types),
            types: slots,
        })
    }

    /// Probabilities of types sum to 1, or to less where one type gets the rest, whatever their
    /// ranges.
    fn check_sum(&mut self, weights: &Weights, left_out: usize, path: &Path, bounds: Bounds) {
        let sum: f64 = weights.types.values().map(|it| it.value.central()).sum();
        let most: f64 = weights.types.values().map(|it| it.value.support().1).sum();
        let (sum, most) = ((sum * 1e9).round() / 1e9, (most * 1e9).round() / 1e9);
        // A single number of 1 is a fault already where evidence is to move it.
        let mut each = weights.types.values();
        let beliefs = bounds == Bounds::Belief && each.all(|it| bounds.allow(it.value.central()));
        let (message, label) = if left_out == 0 && (sum - 1.0).abs() > SUM_TOLERANCE {
            (
                format!("probabilities of types sum to {sum}"),
                "expected a sum of 1",
            )
        } else if left_out > 0 && sum > 1.0 + SUM_TOLERANCE {
            (
                format!("probabilities of types sum to {sum}"),
                "expected at most 1",
            )
        } else if left_out > 0 && most > 1.0 + SUM_TOLERANCE && most.is_finite() {
            (
                format!("the ranges of types reach a sum of {most}"),
                "expected at most 1, even if every number is at its highest",
            )
        } else if left_out > 0 && beliefs && sum >= 1.0 - SUM_TOLERANCE {
            (
                format!(
                    "probabilities of types sum to {sum}, and nothing is left for the one left out"
                ),
                "expected less than 1: certainty cannot be updated",
            )
        } else {
            return;
        };
        let help = match left_out {
            0 => "one type may be left out and gets the rest",
            _ => "lower the numbers: what they leave goes to the type left out",
        };
        let fault = Fault::new(Code::Contradiction, path.clone(), message)
            .with_label(label)
            .with_help(help);
        self.faults.push(fault);
    }

    /// What an observer believed of another party before the acts.
    pub(super) fn prior(
        &mut self,
        observer: (&str, &Party),
        about: (&str, &Party),
        prior: &Prior,
    ) -> Option<Chances> {
        let party = Path::root().key("party");
        let path = party.key(observer.0).key("prior").key(about.0);
        if about.1.types.is_empty() {
            if self.nothing_at(&party.key(about.0).key("type")) {
                let message = format!("a prior about `{}`, which has no types", about.0);
                let fault = Fault::new(Code::Contradiction, path, message)
                    .at_key()
                    .with_label("expected a party with types")
                    .with_help(format!(
                        "code `[party.{}.type.…]`, or remove the prior",
                        about.0
                    ));
                self.faults.push(fault);
            }
            return None;
        }
        let certain = prior.dogmatic || about.1.types.len() == 1;
        let bounds = if certain {
            Bounds::Probability
        } else {
            Bounds::Belief
        };
        let around = prior.weights.provenance.within(&observer.1.provenance);
        let declared = Declared::<PartyType>::types(about.0, about.1);
        let of = (&declared, &about.1.types);
        self.chances(&prior.weights, of, &path, &around, bounds)
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
        for (key, present) in [
            ("national_weight", home.national_weight.is_some()),
            ("office_stake", home.office_stake.is_some()),
            ("support", home.support.is_some()),
            ("threat", home.threat.is_some()),
            ("baseline", home.baseline.is_some()),
            ("curve", home.curve.is_some()),
        ] {
            self.require(
                path,
                key,
                present,
                "a home front is coded whole or not at all",
            );
        }
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

/// Positions of types in the order of their names.
fn by_name(types: &Ids<PartyType>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..types.len()).collect();
    order.sort_by_key(|&position| types.at(position).map(|(id, _)| id));
    order
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
