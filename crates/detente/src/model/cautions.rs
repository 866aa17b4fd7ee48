//! What a case may say without fault, and hardly means.

use detente_legitimacy::SurvivalCurve;

use super::{Model, PartyModel, Slot, home::HomeModel};
use crate::{
    DetenteError,
    evaluate::{PartyWorld, Sight, World},
};

/// Sums of decimal fractions miss 0 and 1 by a few units in the last place.
const ROUNDING: f64 = 1e-9;

impl Model {
    /// What is no fault and yet may not be what was meant, a sentence each, named by its place in the
    /// case:
    ///
    /// - a home front on the linear survival curve whose numbers, over their ranges, bring support to
    ///   an end of the curve, where survival is held at 0 or 1. Payoffs are taken at central values.
    ///
    /// Cost: O(agreements × (parties × issues + views × types)).
    ///
    /// # Errors
    /// As [`assess`](crate::assess()) without draws.
    pub fn cautions(&self) -> Result<Vec<String>, DetenteError> {
        let mut world = World::default();
        world.fill(self, &self.central(), self.decided, |_| None)?;
        let parties = self.parties.iter().zip(&world.parties).enumerate();
        let mut cautions = Vec::new();
        for (idx, (party, at)) in parties {
            let Some(home) = linear(party) else { continue };
            let (least, most) = self.support(home, &self.payoffs(&world, idx, at)?);
            if least < -ROUNDING || most > 1.0 + ROUNDING {
                cautions.push(ends(self.party_id(idx), least, most));
            }
        }
        Ok(cautions)
    }

    /// What a party gets without agreement, and the least and the most by any, normalised.
    fn payoffs(
        &self,
        world: &World,
        idx: usize,
        party: &PartyWorld,
    ) -> Result<Payoffs, DetenteError> {
        let normalised = |payoff: f64| (payoff - party.least) * party.scale();
        let nonagreement = normalised(party.nonagreement);
        let mut payoffs = Payoffs {
            nonagreement,
            least: nonagreement,
            most: nonagreement,
        };
        let mut sight = Sight::default();
        for agreement in 0..self.agreements.len() {
            world.look(agreement, &mut sight)?;
            let conduct = party.conduct(agreement, sight.truly[idx])?;
            for payoff in [conduct.if_honoured, conduct.if_cheated].map(normalised) {
                payoffs.least = payoffs.least.min(payoff);
                payoffs.most = payoffs.most.max(payoff);
            }
        }
        Ok(payoffs)
    }

    /// The least and the most support over the ranges of a home front's numbers. Support is linear in
    /// each of them, so their ends suffice.
    fn support(&self, home: &HomeModel, payoffs: &Payoffs) -> (f64, f64) {
        let range = |slot: Slot| self.inputs[slot.position()].value.support();
        let (baseline, support, threat) = (
            range(home.baseline),
            range(home.support),
            range(home.threat),
        );
        let (afraid, calm) = home.audience_hostility.map_or((0.0, 1.0), range);
        let corners = |of: (f64, f64)| [of.0, of.1];
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut meet = |index: f64| {
            least = least.min(index);
            most = most.max(index);
        };
        for m in corners(baseline) {
            for k in corners(support) {
                for payoff in [payoffs.least, payoffs.most] {
                    meet(m + k * payoff);
                }
                for l in corners(threat) {
                    for b in [afraid, calm] {
                        meet(m + k * payoffs.nonagreement + l * b);
                    }
                }
            }
        }
        (least, most)
    }
}

/// A party's payoffs on the scale of its home front.
struct Payoffs {
    nonagreement: f64,
    least: f64,
    most: f64,
}

fn linear(party: &PartyModel) -> Option<&HomeModel> {
    let home = party.home.as_ref();
    home.filter(|home| home.curve == SurvivalCurve::Linear)
}

fn ends(party: &str, least: f64, most: f64) -> String {
    let written = |x: f64| ((x * 100.0).round() / 100.0 + 0.0).to_string();
    format!(
        "party.{party}.home: support can reach from {} to {}, and on the linear curve survival is held \
         at 0 and 1; lower `support` or `threat`, bring `baseline` nearer 0.5, or take a curve without \
         ends, such as \"logit\"",
        written(least),
        written(most)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Case, library};

    fn cautions(text: &str) -> Vec<String> {
        let case = Case::from_text("template.toml", text).unwrap();
        Model::compile(&case).unwrap().cautions().unwrap()
    }

    #[test]
    fn a_linear_curve_that_support_can_leave_is_told() {
        let linear = library::TEMPLATE.replace("curve = \"logit\"", "curve = \"linear\"");
        let at = |baseline: &str, support: &str| {
            let text = linear.replace("\nbaseline = 0 ", &format!("\nbaseline = {baseline} "));
            cautions(&text.replace("\nsupport = 0.5 ", &format!("\nsupport = {support} ")))
        };
        // Payoffs from below 0 up: whoever is cheated on loses more than the least it could agree to.
        let found = at("0", "0.5");
        assert_eq!(found.len(), 1);
        assert!(
            found[0].starts_with("party.east.home: support can reach from -"),
            "{found:?}"
        );
        assert!(at("{ low = 0.4, mode = 0.5, high = 0.9 }", "0.4")[0].contains(" to 1."));
        assert!(at("0.5", "0.1").is_empty());
        assert!(cautions(library::TEMPLATE).is_empty());
    }
}
