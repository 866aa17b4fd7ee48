//! What a coder makes of a world: every number a range, around a value that misses the truth.

use detente::{
    Case,
    case::{ByIssue, Nonagreement, Number, Party, Preferences},
    uncertainty::Uncertain,
};

use super::{Built, dice::Dice, world::World};

/// Half-widths of ranges, in units of the party's payoffs.
const PAYOFF: f64 = 0.08;
const SIDE: f64 = 0.02;
const FLOOR: f64 = 0.05;
/// Half-widths on the scale of chances.
const CHANCE: f64 = 0.05;
const PATIENCE: f64 = 0.04;
/// Half-widths as shares of the number.
const STAKE: f64 = 0.1;
const WEIGHT: f64 = 0.1;
const BIAS: f64 = 0.2;

/// The world as coded with an error of `epsilon`: each number is a triangle whose mode is the truth
/// plus ε × half-width × a standard normal, and which reaches one half-width to either side, all
/// within what its field allows. Errors of one seed and number are the same for every ε but for
/// their size.
///
/// What is exact stays so: the curve, bad faith, true types and a third type's prior.
///
/// # Errors
/// If a range cannot be built, which is a defect of this function.
pub fn coded(world: &World, epsilon: f64, seed: u64, number: usize) -> Built<Case> {
    let mut case = world.case.clone();
    let name = format!("coding {} {number}", world.kind.name());
    let mut coder = Coder {
        dice: Dice::new(seed, &name),
        epsilon,
    };
    for (party, &unit) in case.parties.values_mut().zip(&world.units) {
        coder.interests(party, unit)?;
        coder.conduct(party)?;
        coder.beliefs(party)?;
        coder.home(party, unit)?;
    }
    for act in &mut case.acts {
        let likelihood = act
            .likelihood
            .iter_mut()
            .flat_map(|it| it.types.values_mut());
        for number in likelihood.chain(act.forced.as_mut()) {
            coder.blur(number, CHANCE, (0.01, 0.99))?;
        }
    }
    Ok(case)
}

struct Coder {
    dice: Dice,
    epsilon: f64,
}

impl Coder {
    /// Replaces an exact number by a range of this half-width within bounds.
    fn blur(&mut self, number: &mut Number, half: f64, (least, most): (f64, f64)) -> Built<()> {
        let truth = number.value.central();
        let error = self.epsilon * half * self.dice.normal();
        if half > 0.0 {
            let mode = (truth + error).clamp(least, most);
            let (low, high) = ((mode - half).max(least), (mode + half).min(most));
            *number = Uncertain::triangular(low, mode, high)?.into();
        }
        Ok(())
    }

    /// The same with a half-width that is a share of the number, whose sign is not in doubt.
    fn scale(&mut self, number: &mut Number, share: f64) -> Built<()> {
        let truth = number.value.central();
        let bounds = if truth < 0.0 {
            (f64::NEG_INFINITY, 0.0)
        } else {
            (0.0, f64::INFINITY)
        };
        self.blur(number, share * truth.abs(), bounds)
    }

    fn interests(&mut self, party: &mut Party, unit: f64) -> Built<()> {
        let any = (f64::NEG_INFINITY, f64::INFINITY);
        if let Some(Nonagreement::Payoff(number)) = &mut party.nonagreement {
            self.blur(number, PAYOFF * unit, any)?;
        }
        if let Preferences::Numbers(table) = &mut party.payoff {
            for (issue, options) in table.issues.values_mut().enumerate() {
                let half = if issue == 0 { PAYOFF } else { SIDE };
                for number in options.values.values_mut() {
                    self.blur(number, half * unit, any)?;
                }
            }
        }
        for table in [&mut party.exposure, &mut party.temptation] {
            for number in table.iter_mut().flat_map(entries) {
                self.scale(number, STAKE)?;
            }
        }
        Ok(())
    }

    fn conduct(&mut self, party: &mut Party) -> Built<()> {
        if let Some(number) = &mut party.detection {
            self.blur(number, CHANCE, (0.01, 1.0))?;
        }
        for kind in party.types.values_mut() {
            if let Some(number) = &mut kind.patience {
                self.blur(number, PATIENCE, (0.0, 0.99))?;
            }
            if let Some(number) = &mut kind.temptation_scale {
                self.scale(number, STAKE)?;
            }
        }
        Ok(())
    }

    fn beliefs(&mut self, party: &mut Party) -> Built<()> {
        for prior in party.prior.values_mut() {
            let listed = prior.weights.types.values().map(|it| it.value.central());
            let rest = 1.0 - listed.sum::<f64>();
            // The first type's chance takes from that of the type left out, and leaves it some.
            for number in prior.weights.types.values_mut().take(1) {
                let truth = number.value.central();
                let half = CHANCE.min(truth / 2.0).min(rest / 2.0);
                self.blur(number, half, (truth / 100.0, truth + 0.99 * rest))?;
            }
        }
        if let Some(bias) = &mut party.bias {
            let tones = bias.situational.iter_mut();
            let tones = tones.flat_map(|it| it.cooperative.iter_mut().chain(it.hostile.as_mut()));
            let weights = bias
                .prior_weight
                .iter_mut()
                .chain(&mut bias.evidence_weight);
            for number in tones.chain(weights) {
                // What is neutral is not in doubt.
                let neutral = (number.value.central() - 1.0).abs() < f64::EPSILON;
                self.scale(number, if neutral { 0.0 } else { BIAS })?;
            }
        }
        Ok(())
    }

    fn home(&mut self, party: &mut Party, unit: f64) -> Built<()> {
        if let Some(home) = &mut party.home {
            let weights = [
                &mut home.national_weight,
                &mut home.office_stake,
                &mut home.support,
                &mut home.threat,
                &mut home.baseline,
            ];
            for number in weights.into_iter().flatten() {
                self.scale(number, WEIGHT)?;
            }
            if let Some(number) = &mut home.audience_hostility {
                self.blur(number, CHANCE, (0.0, 1.0))?;
            }
        }
        if let Some(floor) = &mut party.ratification_floor {
            self.blur(floor, FLOOR * unit, (f64::NEG_INFINITY, f64::INFINITY))?;
        }
        Ok(())
    }
}

fn entries(table: &mut ByIssue) -> impl Iterator<Item = &mut Number> {
    let issues = table.issues.values_mut();
    issues.flat_map(|options| options.values.values_mut())
}
