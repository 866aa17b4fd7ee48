//! What each type does along a path, and what the path is worth to each party from every rung on.

use detente_reassurance::Path;

use super::{
    judge::{CaseJudge, Standpoint},
    rungs::Rung,
};
use crate::assessment::{PathWorth, StepConduct, TypeAtStep, WorthFromHere};

/// What each type of a party does at a rung.
pub(super) fn types(judge: &CaseJudge<'_>, rung: usize, party: usize) -> Vec<TypeAtStep> {
    let id = judge.model.party_id(party);
    let coded = judge.model.case.parties.get(id);
    let names = coded.into_iter().flat_map(|it| it.types.names());
    let rung = &judge.rungs[rung];
    let told = names.enumerate().map(|(kind, name)| TypeAtStep {
        kind: name.to_owned(),
        does: does(rung, party, kind),
    });
    told.collect()
}

fn does(rung: &Rung, party: usize, kind: usize) -> StepConduct {
    let side = &rung.sides[party];
    match (side.honours[kind], side.breaks[kind]) {
        (true, _) => StepConduct::Keeps,
        (false, true) => StepConduct::Breaks,
        (false, false) => StepConduct::Either,
    }
}

/// What a path is worth, by party with types, which have a patience. O(rungs · parties · types).
pub(super) fn worth(judge: &CaseJudge<'_>, path: &Path<Standpoint>) -> Vec<PathWorth> {
    let parties = judge.world.parties.iter().enumerate();
    let worth = parties.filter_map(|(party, world)| {
        let own = world.types.get(world.true_type?)?;
        let asked = Asked {
            judge,
            path,
            party,
            patience: own.patience.get(),
        };
        Some(PathWorth {
            party: judge.model.party_id(party).to_owned(),
            patience: own.patience,
            from: asked.by_rung(),
        })
    });
    worth.collect()
}

struct Asked<'a, 'c> {
    judge: &'a CaseJudge<'c>,
    path: &'a Path<Standpoint>,
    party: usize,
    patience: f64,
}

impl Asked<'_, '_> {
    fn by_rung(&self) -> Vec<WorthFromHere> {
        let kept = self.against(|_| StepConduct::Keeps, 1.0);
        let mut worst = kept.clone();
        for (about, kind) in self.thought_possible() {
            let seen = self.judge.world.parties[about].types[kind].detection;
            let met = self.against(|rung| does(rung, about, kind), seen.complement().get());
            for (worst, met) in worst.iter_mut().zip(met) {
                *worst = worst.min(met);
            }
        }
        let both = kept.into_iter().zip(worst);
        both.map(|(if_kept, at_worst)| WorthFromHere { if_kept, at_worst })
            .collect()
    }

    /// The other parties' types that this one thinks possible where the path begins.
    fn thought_possible(&self) -> Vec<(usize, usize)> {
        let Some(first) = self.path.rungs.first() else {
            return Vec::new();
        };
        let views = self.judge.world.views.iter().enumerate();
        let own = views.filter(|(_, view)| view.observer == self.party);
        own.flat_map(|(place, view)| {
            let chances = self.judge.chances(&first.state, place).iter().enumerate();
            let possible = chances.filter(|(_, chance)| **chance > 0.0);
            possible.map(|(kind, _)| (view.about, kind))
        })
        .collect()
    }

    /// From each rung on, against one that does this at each.
    fn against(&self, does: impl Fn(&Rung) -> StepConduct, unseen: f64) -> Vec<f64> {
        let rungs = self.path.rungs.iter().map(|step| {
            let rung = &self.judge.rungs[step.rung];
            let side = &rung.sides[self.party];
            Met {
                gain: side.gain,
                exposure: side.exposure,
                does: does(rung),
            }
        });
        least(&rungs.collect::<Vec<_>>(), self.patience, unseen)
    }
}

/// A rung as a party meets it.
struct Met {
    gain: f64,
    exposure: f64,
    does: StepConduct,
}

/// From each rung on, what a party gets that keeps every rung, the last for ever, against one that does the worst it
/// may, until a breach is seen; as a share of 1 a period for ever.
///
/// With `w` what is worth from the next rung on, keeping gives `(1 − δ)g + δw` and breaking `−(1 − δ)e + δ(1 − m)w`.
/// What the last gives lasts: `g`, or `−(1 − δ)e/(1 − δ(1 − m))`.
fn least(rungs: &[Met], patience: f64, unseen: f64) -> Vec<f64> {
    let now = 1.0 - patience;
    let mut ahead: Option<f64> = None;
    let mut from: Vec<f64> = Vec::with_capacity(rungs.len());
    for rung in rungs.iter().rev() {
        let (kept, broken) = match ahead {
            None => (rung.gain, -now * rung.exposure / (1.0 - patience * unseen)),
            Some(ahead) => (
                now * rung.gain + patience * ahead,
                -now * rung.exposure + patience * unseen * ahead,
            ),
        };
        let here = match rung.does {
            StepConduct::Keeps => kept,
            StepConduct::Breaks => broken,
            StepConduct::Either => kept.min(broken),
        };
        ahead = Some(here);
        from.push(here);
    }
    from.reverse();
    from
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn met() -> impl Strategy<Value = Met> {
        let does = prop_oneof![
            Just(StepConduct::Keeps),
            Just(StepConduct::Breaks),
            Just(StepConduct::Either),
        ];
        (-1.0..2.0_f64, 0.0..3.0_f64, does).prop_map(|(gain, exposure, does)| Met {
            gain,
            exposure,
            does,
        })
    }

    impl std::fmt::Debug for Met {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "({}, {}, {:?})", self.gain, self.exposure, self.does)
        }
    }

    /// Period by period: the chance that nothing was seen yet, times what this period brings.
    fn played_out(rungs: &[Met], breaks: u32, patience: f64, unseen: f64) -> f64 {
        let (mut there, mut weight, mut sum) = (1.0, 1.0 - patience, 0.0);
        for period in 0..2_000 {
            let place = period.min(rungs.len() - 1);
            if breaks & (1 << place) == 0 {
                sum += there * weight * rungs[place].gain;
            } else {
                sum -= there * weight * rungs[place].exposure;
                there *= unseen;
            }
            weight *= patience;
        }
        sum
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_worst_is_the_worst_of_all_that_one_may_do(
            rungs in vec(met(), 1..5), patience in 0.0..0.98_f64, unseen in 0.0..=1.0_f64,
        ) {
            let from = least(&rungs, patience, unseen);
            for (start, found) in from.iter().enumerate() {
                let rest = &rungs[start..];
                let may = |plan: &u32| rest.iter().enumerate().all(|(place, rung)| {
                    let breaks = plan & (1 << place) != 0;
                    match rung.does {
                        StepConduct::Keeps => !breaks,
                        StepConduct::Breaks => breaks,
                        StepConduct::Either => true,
                    }
                });
                let plans = (0..1_u32 << rest.len()).filter(may);
                let worst = plans
                    .map(|plan| played_out(rest, plan, patience, unseen))
                    .fold(f64::INFINITY, f64::min);
                prop_assert!((found - worst).abs() < 1e-9, "{found} {worst}");
            }
        }
    }
}
