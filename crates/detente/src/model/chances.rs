//! Probabilities of types: which type a party was, and what was believed of it.

use super::{
    Compiler,
    inputs::{Bounds, Slot},
    names::{Declared, listed},
};
use crate::{
    case::{Party, PartyType, Prior, Provenance, TrueType, Weights},
    decode::{Code, Fault, Ids, Path},
};

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

impl Compiler<'_> {
    pub(super) fn true_type(
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
}

/// Positions of types in the order of their names.
fn by_name(types: &Ids<PartyType>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..types.len()).collect();
    order.sort_by_key(|&position| types.at(position).map(|(id, _)| id));
    order
}
