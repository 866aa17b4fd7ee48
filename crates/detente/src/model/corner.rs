//! Where every number that an agreement turns on is as bad for it as its range allows, or as good.

use detente_payoff::PayoffError;

use super::{
    Disagreement, Model, PartyModel,
    inputs::{Input, Slot},
    preferences::Schedule,
};

/// Which corner of the ranges.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    /// Where agreements are worth least and keeping them is hardest.
    Worst,
    /// Where they are worth most and keeping them is easiest.
    Best,
}

/// A corner of the ranges, shrunk evenly towards the central values.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Corner {
    pub(crate) side: Side,
    /// How much of each range is left, from 0 to 1.
    pub(crate) share: f64,
}

impl Corner {
    /// Where a number stands of which more helps agreement.
    fn helping(self, input: &Input) -> f64 {
        let (low, high) = input.value.support();
        self.towards(input, [low, high])
    }

    /// Where a number stands of which more hurts it.
    fn hurting(self, input: &Input) -> f64 {
        let (low, high) = input.value.support();
        self.towards(input, [high, low])
    }

    fn towards(self, input: &Input, [worst, best]: [f64; 2]) -> f64 {
        let end = match self.side {
            Side::Worst => worst,
            Side::Best => best,
        };
        let central = input.value.central();
        match self.share < 1.0 {
            true => central + self.share * (end - central),
            false => end,
        }
    }
}

impl Model {
    /// The numbers of payoffs, with agreement and without.
    pub(crate) fn payoff_slots(&self) -> impl Iterator<Item = Slot> {
        self.parties.iter().flat_map(PartyModel::payoff_slots)
    }

    /// The numbers of what parties want, are tempted by, risk and can see: payoffs, exposure, temptation,
    /// ratification floors, and the patience, detection and temptation of types.
    pub(crate) fn stake_slots(&self) -> Vec<Slot> {
        let mut slots: Vec<Slot> = self.payoff_slots().collect();
        for party in &self.parties {
            let schedules = [&party.exposure, &party.temptation];
            slots.extend(schedules.into_iter().flatten().flat_map(Schedule::slots));
            slots.extend(party.floor);
            for kind in &party.types {
                slots.extend([kind.patience, kind.detection, kind.scale, kind.shift]);
            }
        }
        slots
    }

    /// Whether some of these numbers has a range, and all have ends that their fields allow.
    pub(crate) fn have_ranges(&self, slots: impl IntoIterator<Item = Slot>) -> bool {
        let mut wide = false;
        let bounded = slots.into_iter().all(|slot| {
            let input = &self.inputs[slot.position()];
            let (low, high) = input.value.support();
            wide |= low < high;
            input.bounds.allow(low) && input.bounds.allow(high)
        });
        bounded && wide
    }

    /// Puts payoffs where every gain from every agreement over none is at the corner: payoffs at one end
    /// and nonagreement at the other. Where nonagreement is a package, what that package is paid stands at
    /// the other end too, and cancels out of the gains of agreements that share it.
    pub(crate) fn put_gains(&self, corner: Corner, values: &mut [f64]) {
        for party in &self.parties {
            let own = match party.nonagreement {
                Disagreement::State(position) => self.agreements.get(position),
                Disagreement::Payoff(_) => None,
            };
            for slot in party.payoff_slots() {
                let opposes = match own {
                    Some(package) => party.payoff.is_paid_at(slot, package),
                    None => party.is_nonagreement(slot),
                };
                let input = &self.inputs[slot.position()];
                values[slot.position()] = match opposes {
                    true => corner.hurting(input),
                    false => corner.helping(input),
                };
            }
        }
    }

    /// Puts all [`stake_slots`](Self::stake_slots) where every agreement is at the corner, gains and the
    /// readiness to honour it alike; `false` where no one point of the ranges is that for all agreements
    /// at once. O(agreements · issues).
    pub(crate) fn put_stakes(
        &self,
        corner: Corner,
        values: &mut [f64],
    ) -> Result<bool, PayoffError> {
        self.put_gains(corner, values);
        let mut everywhere = true;
        for party in &self.parties {
            let schedules = [&party.exposure, &party.temptation];
            let schedules = schedules.into_iter().flatten();
            for slot in schedules.flat_map(Schedule::slots).chain(party.floor) {
                values[slot.position()] = corner.hurting(&self.inputs[slot.position()]);
            }
            for kind in &party.types {
                for slot in [kind.patience, kind.detection] {
                    values[slot.position()] = corner.helping(&self.inputs[slot.position()]);
                }
                values[kind.shift.position()] = corner.hurting(&self.inputs[kind.shift.position()]);
            }
            // A floor asks for the payoff and not for the gain, and of those a package for nonagreement
            // has its own options at opposite ends.
            let states = matches!(party.nonagreement, Disagreement::State(_));
            everywhere &= !(states && party.floor.is_some());
            everywhere &= self.put_scales(party, corner, values)?;
        }
        Ok(everywhere)
    }

    /// Puts the scales of temptation where temptation is at the corner: more of a temptation that is above
    /// 0, less of one below. `false` where agreements differ in that, or where a scale below 0 turns round
    /// which end of the temptation itself is worst.
    fn put_scales(
        &self,
        party: &PartyModel,
        corner: Corner,
        values: &mut [f64],
    ) -> Result<bool, PayoffError> {
        let Some(schedule) = &party.temptation else {
            return Ok(true);
        };
        let exact = |slot: Slot| slot.exact(&self.inputs).is_some();
        let scales = || party.types.iter().map(|kind| kind.scale);
        let coded_exactly = schedule.slots().into_iter().all(exact);
        let turned = scales().any(|slot| self.inputs[slot.position()].value.support().0 < 0.0);
        if coded_exactly && scales().all(exact) {
            return Ok(true);
        }
        let mut temptation = Vec::new();
        schedule.tabulate(values, &self.agreements, &mut temptation)?;
        let tempting = temptation.iter().all(|it| *it >= 0.0);
        let repelling = temptation.iter().all(|it| *it <= 0.0);
        for slot in scales() {
            let input = &self.inputs[slot.position()];
            values[slot.position()] = match tempting {
                true => corner.hurting(input),
                false => corner.helping(input),
            };
        }
        Ok(scales().all(exact) && !turned || (tempting || repelling) && (!turned || coded_exactly))
    }
}
