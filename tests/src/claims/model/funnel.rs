//! M-06: each set of the funnel contains the next.

use detente::strategies::{case, uncertain_case};
use proptest::prelude::*;

use super::{central, run};
use crate::Trial;

pub(super) fn nested(trial: &mut Trial) {
    trial.for_all("by agreement, at central values", 2_000, case(), |case| {
        let funnel = central(&case)?.funnel;
        for (outer, inner) in funnel.iter().zip(&funnel[1..]) {
            for terms in &inner.agreements {
                prop_assert!(outer.agreements.contains(terms), "{:?}", inner.set);
            }
            for terms in &inner.best {
                prop_assert!(inner.agreements.contains(terms), "{:?}", inner.set);
            }
        }
        Ok(())
    });
    trial.for_all("by number, over draws", 300, uncertain_case(), |case| {
        let funnel = run(&case, 50)?.funnel;
        for (outer, inner) in funnel.iter().zip(&funnel[1..]) {
            let chance = |stage: &detente::assessment::FunnelStage| {
                stage.nonempty.map_or(f64::NAN, |it| it.estimate)
            };
            let mean = |stage: &detente::assessment::FunnelStage| {
                stage.over_draws.map_or(f64::NAN, |it| it.mean)
            };
            prop_assert!(chance(outer) >= chance(inner) && mean(outer) >= mean(inner));
        }
        Ok(())
    });
}
