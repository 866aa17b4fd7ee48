//! What each leader can afford at home, over draws.

use detente_legitimacy::{BeliefRange, Candour, StakeRange};
use detente_uncertainty::MAGNITUDE_LIMIT;

use super::{Scene, missed};
use crate::{
    DetenteError, Options,
    assess::{Tally, each_world},
    assessment::{
        Band, DomesticDraws, HomeFront, HomeFrontDraws, MessagesDraws, MessagesFound,
        MessagesReport, MissedBy, MissedChances, NearestDraws, NearestReading, Reservations,
        ThresholdDraws, ThresholdEnd,
    },
    model::Model,
};

/// What is kept of one draw.
struct HomeDraw {
    national: usize,
    leaders: usize,
    both: usize,
    missed: Option<MissedBy>,
    fronts: Vec<HomeFront>,
}

type Draws<'d> = Tally<'d, HomeDraw>;

/// The first `made` draws of a run: how leaders see agreements in them, and the one that is nearest
/// at central values; and, where it is asked, in what sense one was missed.
///
/// Cost: O(draws × (agreements × parties × issues + acts × types) + parties × draws × log draws).
pub(super) fn over_draws(
    model: &Model,
    options: &Options,
    made: usize,
    (nearest, is_asked): (Option<usize>, bool),
) -> Result<Option<DomesticDraws>, DetenteError> {
    let worlds = each_world(model, options, made, |world| {
        let scene = Scene::new(model, world)?;
        let zones = &scene.zones;
        Ok(HomeDraw {
            national: zones.national.len(),
            leaders: zones.leaders.len(),
            both: zones.both.len(),
            missed: missed(model, world, zones)?,
            fronts: scene.fronts(nearest)?,
        })
    })?;
    let draws = worlds.tally();
    let fronts = (0..model.parties.len()).map(|party| front(model, &draws, party));
    let fronts: Option<Vec<HomeFrontDraws>> = fronts.collect::<Result<_, _>>()?;
    let lost = |draw: &HomeDraw| {
        let kept = draw.both as f64 / draw.national as f64;
        (draw.national > 0).then_some(1.0 - kept)
    };
    let (Some(national), Some(leaders), Some(both), Some(nothing_to_miss), Some(fronts)) = (
        draws.band(|draw| Some(draw.national as f64))?,
        draws.band(|draw| Some(draw.leaders as f64))?,
        draws.band(|draw| Some(draw.both as f64))?,
        draws.chance(|draw| Some(draw.national == 0))?,
        fronts,
    ) else {
        return Ok(None);
    };
    Ok(Some(DomesticDraws {
        national,
        leaders,
        both,
        lost_share: draws.band(lost)?,
        nothing_to_miss,
        missed: match is_asked {
            true => missed_chances(&draws)?,
            false => None,
        },
        fronts,
    }))
}

/// What is kept of all draws must fit in memory.
pub(super) fn within_memory(model: &Model, options: &Options) -> Result<(), DetenteError> {
    const MOST: usize = 4 << 30;
    let record = size_of::<HomeDraw>() + model.parties.len() * (size_of::<HomeFront>() + 32);
    let most = MOST / record;
    if options.draws <= most {
        return Ok(());
    }
    Err(DetenteError::Option {
        option: "draws",
        given: options.draws.to_string(),
        expected: format!("at most {most} for a case of this size"),
    })
}

fn missed_chances(draws: &Draws<'_>) -> Result<Option<MissedChances>, DetenteError> {
    let chance = |by: MissedBy| draws.chance(|draw| Some(draw.missed == Some(by)));
    let (Some(incentive), Some(inference), Some(unexplained)) = (
        chance(MissedBy::Incentive)?,
        chance(MissedBy::Inference)?,
        chance(MissedBy::Unexplained)?,
    ) else {
        return Ok(None);
    };
    Ok(Some(MissedChances {
        incentive,
        inference,
        unexplained,
    }))
}

fn front(
    model: &Model,
    draws: &Draws<'_>,
    party: usize,
) -> Result<Option<HomeFrontDraws>, DetenteError> {
    let count = |of: &dyn Fn(&HomeFront) -> usize| -> Result<Option<Band>, DetenteError> {
        draws.band(|draw| Some(of(&draw.fronts[party]) as f64))
    };
    let (Some(gains), Some(accepts), Some(refused), Some(captured), Some(unratified)) = (
        count(&|it| it.gains)?,
        count(&|it| it.accepts)?,
        count(&|it| it.refused)?,
        count(&|it| it.captured)?,
        count(&|it| it.unratified)?,
    ) else {
        return Ok(None);
    };
    let stakes = |draw: &HomeDraw| Some(Ends::of_stakes(draw.fronts[party].open_stakes));
    let Some(open_stakes) = threshold(draws, stakes)? else {
        return Ok(None);
    };
    Ok(Some(HomeFrontDraws {
        party: model.party_id(party).to_owned(),
        political_weight: draws.band(|draw| draw.fronts[party].political_weight)?,
        gains,
        accepts,
        refused,
        captured,
        unratified,
        supported: draws.band(|draw| draw.fronts[party].supported.map(|it| it as f64))?,
        open_stakes,
        most_alarm_gain: draws.band(|draw| draw.fronts[party].most_alarm_gain)?,
        off_the_line: draws.chance(|draw| {
            let ends = draw.fronts[party].support_ends;
            ends.map(|ends| ends.leave_the_line())
        })?,
        messages: messages(draws, party)?,
        nearest: nearest(draws, party)?,
    }))
}

fn nearest(draws: &Draws<'_>, party: usize) -> Result<Option<NearestDraws>, DetenteError> {
    let reading = |draw: &HomeDraw| -> Option<NearestReading> { draw.fronts[party].nearest };
    let asked = |of: &dyn Fn(&Reservations) -> Option<f64>| -> Result<Option<Band>, DetenteError> {
        // What no payoff of any size makes up for, for want of support by it, is not asked in numbers.
        let finite = |asked: &f64| asked.abs() <= MAGNITUDE_LIMIT;
        draws.band(|draw| of(&reading(draw)?.reservations?).filter(finite))
    };
    let (Some(signs), Some(national), Some(survival)) = (
        draws.chance(|draw| Some(reading(draw)?.reading.accepts()))?,
        draws.band(|draw| Some(reading(draw)?.reading.national))?,
        draws.band(|draw| Some(reading(draw)?.reading.survival))?,
    ) else {
        return Ok(None);
    };
    let beliefs = |draw: &HomeDraw| reading(draw)?.accepting_beliefs.map(Ends::of_beliefs);
    Ok(Some(NearestDraws {
        signs,
        unratified: draws.chance(|draw| Some(!reading(draw)?.ratified?))?,
        national,
        survival,
        offered: asked(&|it| Some(it.offered))?,
        nation: asked(&|it| Some(it.nation))?,
        audience: asked(&|it| it.audience)?,
        leader: asked(&|it| Some(it.leader.value))?,
        distortion: asked(&|it| Some(it.leader.value - it.nation))?,
        beliefs: threshold(draws, beliefs)?,
    }))
}

/// Where something holds: below one end or above another.
#[derive(Default)]
struct Ends {
    always: bool,
    below: Option<f64>,
    above: Option<f64>,
}

impl Ends {
    fn always() -> Self {
        Self {
            always: true,
            ..Self::default()
        }
    }

    fn below(end: f64) -> Self {
        Self {
            below: Some(end),
            ..Self::default()
        }
    }

    fn above(end: f64) -> Self {
        Self {
            above: Some(end),
            ..Self::default()
        }
    }

    fn of_stakes(range: StakeRange) -> Self {
        match range {
            StakeRange::Any => Self::always(),
            StakeRange::Below(end) => Self::below(end),
            StakeRange::Above(end) => Self::above(end),
            StakeRange::Outside { below, above } => Self {
                above: Some(above),
                ..Self::below(below)
            },
            StakeRange::Never => Self::default(),
        }
    }

    fn of_beliefs(range: BeliefRange) -> Self {
        match range {
            BeliefRange::Any => Self::always(),
            BeliefRange::Below(root) => Self::below(root.value),
            BeliefRange::Above(root) => Self::above(root.value),
            BeliefRange::Never => Self::default(),
        }
    }

    fn never(&self) -> bool {
        !self.always && self.below.is_none() && self.above.is_none()
    }
}

/// A range over the draws in which it is known.
fn threshold(
    draws: &Draws<'_>,
    of: impl Fn(&HomeDraw) -> Option<Ends>,
) -> Result<Option<ThresholdDraws>, DetenteError> {
    let end = |of_end: &dyn Fn(&HomeDraw) -> Option<Option<f64>>| {
        let chance = draws.chance(|draw| of_end(draw).map(|it| it.is_some()))?;
        let end = draws.band(|draw| of_end(draw).flatten())?;
        let both = chance.zip(end);
        Ok::<_, DetenteError>(both.map(|(chance, end)| ThresholdEnd { chance, end }))
    };
    let always = draws.chance(|draw| of(draw).map(|it| it.always))?;
    let never = draws.chance(|draw| of(draw).map(|it| it.never()))?;
    let Some((always, never)) = always.zip(never) else {
        return Ok(None);
    };
    Ok(Some(ThresholdDraws {
        always,
        never,
        below: end(&|draw| of(draw).map(|it| it.below))?,
        above: end(&|draw| of(draw).map(|it| it.above))?,
    }))
}

fn messages(draws: &Draws<'_>, party: usize) -> Result<Option<MessagesDraws>, DetenteError> {
    fn report(draw: &HomeDraw, party: usize) -> Option<&MessagesReport> {
        draw.fronts[party].messages.as_ref()
    }
    let is = |candour: Option<Candour>| {
        draws.chance(|draw| Some(Told::of(report(draw, party)?).map(|it| it.candour) == candour))
    };
    let (Some(candid), Some(mixed), Some(saturated), Some(refused), Some(prior)) = (
        is(Some(Candour::Candid))?,
        is(Some(Candour::Mixed))?,
        is(Some(Candour::Saturated))?,
        is(None)?,
        draws.band(|draw| Some(report(draw, party)?.prior))?,
    ) else {
        return Ok(None);
    };
    let told = |of: &dyn Fn(Told) -> Option<f64>| -> Result<Option<Band>, DetenteError> {
        draws.band(|draw| of(Told::of(report(draw, party)?)?))
    };
    Ok(Some(MessagesDraws {
        candid,
        mixed,
        saturated,
        refused,
        untrue: told(&|it| Some(it.untrue))?,
        belief: told(&|it| Some(it.belief))?,
        mean_belief: told(&|it| Some(it.mean_belief))?,
        prior,
        missed: told(&|it| it.missed)?,
        ex_ante_gain: told(&|it| Some(it.ex_ante_gain))?,
        candid_cost: draws.band(|draw| report(draw, party)?.candid_cost)?,
    }))
}

/// What the equilibria of either message have in common.
struct Told {
    candour: Candour,
    untrue: f64,
    belief: f64,
    mean_belief: f64,
    missed: Option<f64>,
    ex_ante_gain: f64,
}

impl Told {
    fn of(report: &MessagesReport) -> Option<Self> {
        match &report.found {
            MessagesFound::Alarm(found) => Some(Self {
                candour: found.candour,
                untrue: found.inflation.get(),
                belief: found.alarm_belief.get(),
                mean_belief: found.mean_belief.get(),
                missed: Some(found.missed.get()),
                ex_ante_gain: found.ex_ante_gain,
            }),
            MessagesFound::Calm(found) => Some(Self {
                candour: found.candour,
                untrue: found.understatement.get(),
                belief: found.calm_belief.get(),
                mean_belief: found.mean_belief.get(),
                missed: None,
                ex_ante_gain: found.ex_ante_gain,
            }),
            MessagesFound::Refused(_) => None,
        }
    }
}
