//! What witnesses are worth.

use detente::{
    quantity::Probability,
    reputation::{Discounting, Opinion, Travos, strategies as reputation},
};
use proptest::prelude::*;

use super::{chance, counts, number, refused};
use crate::Trial;

fn paper() -> Result<Travos, TestCaseError> {
    Travos::new(chance(0.2), 5).map_err(refused)
}

pub(super) fn travos(trial: &mut Trial) {
    for (good, bad, trust, confidence) in [
        (17.0, 5.0, 0.75, 0.98060),
        (2.0, 15.0, 0.15789, 0.97984),
        (18.0, 5.0, 0.76, 0.98347),
    ] {
        let mean = counts(good, bad).map(|it| it.mean().get());
        trial.close("trust", number(mean), trust, 5e-6);
        let sure = paper().and_then(|it| Ok(it.confidence(&counts(good, bad)?).get()));
        trial.close("confidence", number(sure), confidence, 5e-6);
    }
    let advice = |good: f64, bad: f64| {
        let advice = paper()?.advice(&counts(45.0, 5.0)?, &counts(good, bad)?);
        let (r, s) = (advice.counts.good(), advice.counts.bad());
        Ok([advice.accuracy.get(), r, s])
    };
    let parts = |advice: Result<[f64; 3], TestCaseError>| advice.unwrap_or([f64::NAN; 3]);
    let [accuracy, r, s] = parts(advice(15.0, 3.0));
    trial.close("accuracy of a proved kind", accuracy, 0.54491, 5e-6);
    trial.close("good acts it counts for", r, 4.35448, 5e-6);
    trial.close("bad acts it counts for", s, 1.19149, 5e-6);
    let [_, r, s] = parts(advice(3.0, 15.0));
    trial.close("acts a disproved kind counts for", r + s, 0.0, 1e-4);
    trial.for_all(
        "no opinion counts for more than it claims",
        500,
        (reputation::beta_reputation(), reputation::beta_reputation()),
        |(opinion, history)| {
            let counted = paper()?.advice(&opinion, &history).counts;
            let claimed = opinion.good() + opinion.bad();
            prop_assert!(counted.good() + counted.bad() <= claimed * (1.0 + 1e-9) + 1e-9);
            Ok(())
        },
    );
}

pub(super) fn subjective_logic(trial: &mut Trial) {
    let fused = counts(7.0, 1.0)
        .and_then(|one| Ok(Opinion::of(&one).fused_with(&Opinion::of(&counts(3.0, 1.0)?))));
    let part = |part: fn(&Opinion) -> f64| fused.as_ref().map_or(f64::NAN, part);
    trial.close("fused belief", part(Opinion::belief), 0.714_286, 5e-7);
    trial.close("fused disbelief", part(Opinion::disbelief), 0.142_857, 5e-7);
    trial.close(
        "fused uncertainty",
        part(Opinion::uncertainty),
        0.142_857,
        5e-7,
    );
    let discounted = |form| {
        let (report, witness) = (counts(7.0, 1.0)?, counts(10.0, 0.0)?);
        let opinion = Opinion::of(&report).discounted(&Opinion::of(&witness), form);
        Ok(opinion.projected().get())
    };
    let (by_belief, by_chance) = (Discounting::Belief, Discounting::ProjectedProbability);
    trial.close("by belief", number(discounted(by_belief)), 0.75, 1e-12);
    trial.close("by chance", number(discounted(by_chance)), 0.775, 1e-12);
    trial.for_all(
        "fusing adds up acts, and discounting by belief is beta discounting",
        1000,
        (reputation::beta_reputation(), reputation::beta_reputation()),
        |(one, other)| {
            let (first, second) = (Opinion::of(&one), Opinion::of(&other));
            let together = one.and_counts(other.good(), other.bad()).map_err(refused)?;
            let fused = first.fused_with(&second).projected();
            prop_assert!((fused.get() - together.mean().get()).abs() < 1e-12);
            let weakened = first.discounted(&second, by_belief).projected();
            let reported = one.as_reported_by(&other).mean();
            prop_assert!((weakened.get() - reported.get()).abs() < 1e-12);
            Ok(())
        },
    );
    let inferred = |honest: f64, lies: f64| {
        let report = counts(7.0, 1.0)?.as_inferred_from(&counts(honest, lies)?);
        Ok(report.mean().get())
    };
    let silent = |lies: f64| {
        let report = counts(7.0, 1.0)?.as_reported_by(&counts(0.0, lies)?);
        Ok::<bool, TestCaseError>(report.mean() == Probability::HALF)
    };
    trial.holds(
        "by belief a known liar and a stranger are both silent",
        matches!((silent(10.0), silent(0.0)), (Ok(true), Ok(true))),
    );
    trial.close(
        "inferred from a stranger",
        number(inferred(0.0, 0.0)),
        0.5,
        1e-15,
    );
    trial.close(
        "inferred from the honest",
        number(inferred(1e15, 0.0)),
        0.8,
        1e-12,
    );
    trial.close(
        "inferred from a liar",
        number(inferred(0.0, 1e15)),
        0.2,
        1e-12,
    );
    let ten = (1.0 + 10.0 / 12.0) / (2.0 + 80.0 / 12.0);
    trial.close(
        "inferred from ten lies",
        number(inferred(0.0, 10.0)),
        ten,
        1e-12,
    );
}
