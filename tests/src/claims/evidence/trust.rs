//! Enough trust, and where it comes from: C-20, C-21, C-40, C-60, R-01.

use detente::{
    quantity::{Probability, Stakes, strategies as quantity},
    reputation::{
        Act, Belief, BetaReputation, Evidence, Relationship, Tone, Warranted, assurance_margin,
        assurance_threshold, engage, strategies as reputation, threshold, trust_margin,
    },
};
use proptest::{collection::vec, prelude::*};

use super::{binary, chance, number, refused, signal, trust_after};
use crate::Trial;
pub(super) fn coleman(trial: &mut Trial) {
    let needed = threshold(1.0, 2.0).map_or(f64::NAN, Probability::get);
    trial.close("gain 1, loss 2", needed, 0.6667, 1e-4);
    trial.for_all(
        "trust pays iff odds exceed loss over gain",
        2000,
        (quantity::open_probability(), 1e-3..1e3_f64, 1e-3..1e3_f64),
        |(trust, gain, loss)| {
            let odds = trust.get() / trust.complement().get();
            prop_assume!((odds * gain / loss - 1.0).abs() > 1e-9);
            let pays = odds > loss / gain;
            prop_assert_eq!(trust_margin(trust, gain, loss) > 0.0, pays);
            prop_assert_eq!(
                threshold(gain, loss).is_some_and(|needed| trust > needed),
                pays
            );
            Ok(())
        },
    );
    trial.for_all(
        "scaling gain and loss together changes nothing",
        1000,
        (1e-3..1e3_f64, 1e-3..1e3_f64, 1e-3..1e3_f64),
        |(gain, loss, scale)| {
            let needed = |scale: f64| threshold(gain * scale, loss * scale).map(Probability::get);
            let (Some(as_is), Some(scaled)) = (needed(1.0), needed(scale)) else {
                return Err(TestCaseError::fail("no threshold for positive stakes"));
            };
            prop_assert!((as_is - scaled).abs() < 1e-12, "{as_is} {scaled}");
            Ok(())
        },
    );
    trial.holds(
        "meeting the threshold is not enough",
        trust_margin(Probability::HALF, 1.0, 1.0) == 0.0
            && threshold(1.0, 1.0) == Some(Probability::HALF),
    );
    trial.holds(
        "at the limits any trust will do without loss and none without gain",
        threshold(1.0, 0.0) == Some(Probability::ZERO)
            && threshold(0.0, 1.0) == Some(Probability::ONE),
    );
}

pub(super) fn assurance(trial: &mut Trial) {
    let needed = |cc, dc, dd, cd| {
        let stakes = Stakes::new(dc, cc, dd, cd).ok();
        stakes
            .and_then(|stakes| assurance_threshold(&stakes))
            .map_or(f64::NAN, Probability::get)
    };
    trial.close("payoffs 4, 3, 2, 1", needed(4.0, 3.0, 2.0, 1.0), 0.5, 1e-12);
    trial.close(
        "sucker's payoff 1.9",
        needed(4.0, 3.0, 2.0, 1.9),
        0.0909,
        1e-4,
    );
    let stag_hunts = (
        1e-3..10.0_f64,
        1e-3..10.0_f64,
        1e-3..10.0_f64,
        -10.0..10.0_f64,
    )
        .prop_filter_map("a stag hunt", |(a, b, c, cd)| {
            Stakes::new(cd + a + b, cd + a + b + c, cd + a, cd).ok()
        });
    trial.for_all(
        "cooperation beats defection exactly above the threshold",
        2000,
        (stag_hunts, quantity::probability(), quantity::probability()),
        |(stakes, trust, wary)| {
            // Partners of the trustworthy type cooperate only with chance `wary`.
            let met = chance(trust.get() * wary.get());
            let cooperate = met.get() * stakes.r() + (1.0 - met.get()) * stakes.s();
            let defect = met.get() * stakes.t() + (1.0 - met.get()) * stakes.p();
            prop_assume!((cooperate - defect).abs() > 1e-9);
            let pays = cooperate > defect;
            prop_assert_eq!(assurance_margin(met, &stakes) > 0.0, pays);
            prop_assert_eq!(
                assurance_threshold(&stakes).is_some_and(|needed| met > needed),
                pays
            );
            prop_assert!(
                !pays || assurance_margin(trust, &stakes) > 0.0,
                "wariness created trust"
            );
            Ok(())
        },
    );
}

pub(super) fn bayes_benchmark(trial: &mut Trial) {
    // Likelihoods of each of four signals under each of three types, and a prior.
    let world = (
        vec(vec(0.01..1.0_f64, 4), 3),
        reputation::belief(3),
        0..3_usize,
    );
    trial.for_all(
        "the expected posterior of the true type is at least its prior",
        2000,
        world,
        |(weights, prior, truth)| {
            let chances: Vec<Vec<f64>> = weights
                .iter()
                .map(|row| {
                    row.iter()
                        .map(|weight| weight / row.iter().sum::<f64>())
                        .collect()
                })
                .collect();
            let mut expected = 0.0;
            for signal in 0..4 {
                let likelihoods = chances.iter().map(|row| chance(row[signal])).collect();
                let evidence =
                    Evidence::likelihoods(likelihoods, Probability::ZERO).map_err(refused)?;
                let mut belief = prior.clone();
                belief
                    .update(&Act::new(Tone::Hostile, evidence), &Warranted)
                    .map_err(refused)?;
                expected += chances[truth][signal] * belief.probability(truth).get();
            }
            let before = prior.probability(truth).get();
            prop_assert!(expected >= before - 1e-12, "{expected} < {before}");
            Ok(())
        },
    );
    let signals = |honest: f64| -> Result<f64, TestCaseError> {
        let up = trust_after(
            0.5,
            &[signal(Tone::Cooperative, honest / (1.0 - honest))?],
            &Warranted,
        )?;
        let down = trust_after(
            0.5,
            &[signal(Tone::Hostile, (1.0 - honest) / honest)?],
            &Warranted,
        )?;
        Ok(honest * up + (1.0 - honest) * down)
    };
    trial.close(
        "an uninformative signal teaches nothing",
        number(signals(0.5)),
        0.5,
        1e-12,
    );
    trial.close(
        "signals right four times in five",
        number(signals(0.8)),
        0.68,
        1e-12,
    );
}

pub(super) fn absorption(trial: &mut Trial) {
    trial.for_all(
        "below the threshold no act is seen, above it the filter runs until it is crossed",
        1000,
        (
            quantity::open_probability(),
            0.1..10.0_f64,
            0.1..10.0_f64,
            vec(0.1..10.0_f64, 1..20),
        ),
        |(prior, gain, exposure, ratios)| {
            let relationship = Relationship {
                gain,
                exposure,
                trustworthy: 0,
            };
            let acts: Vec<Act> = ratios
                .iter()
                .map(|&ratio| signal(Tone::Cooperative, ratio))
                .collect::<Result<_, _>>()?;
            // Coleman's rule in its own words, not the library's.
            let trusts = |belief: &Belief| {
                let trust = belief.probability(0);
                trust.get() / trust.complement().get() > exposure / gain
            };
            let prior = binary(prior)?;
            let path = engage(&prior, relationship, &acts, &Warranted).map_err(refused)?;
            let seen = path.len() - 1;
            prop_assert!(path[..seen].iter().all(trusts));
            if !trusts(&prior) {
                prop_assert_eq!(seen, 0);
            }
            if seen < acts.len() {
                let last = &path[seen];
                prop_assert!(!trusts(last));
                // Once there, whatever comes next, belief stays.
                let after = engage(last, relationship, &acts, &Warranted).map_err(refused)?;
                prop_assert_eq!(&after, &vec![last.clone()]);
            }
            Ok(())
        },
    );
}

pub(super) fn beta_reputation(trial: &mut Trial) {
    let known_by = |good, bad| BetaReputation::from_counts(good, bad).unwrap_or_default();
    let reputation = known_by(7.0, 1.0);
    trial.close("seven good, one bad", reputation.mean().get(), 0.8, 1e-15);
    let interval = reputation.credible(chance(0.95));
    trial.close("lower end at 95%", interval.low.get(), 0.51750, 5e-6);
    trial.close("upper end at 95%", interval.high.get(), 0.97186, 5e-6);
    let fading = |retained: f64, acts: &[Tone]| {
        acts.iter()
            .fold(BetaReputation::UNKNOWN, |reputation, &tone| {
                reputation.faded(chance(retained)).observed(tone)
            })
    };
    let record = [
        Tone::Cooperative,
        Tone::Cooperative,
        Tone::Hostile,
        Tone::Cooperative,
    ];
    for (retained, mean) in [(1.0, 0.666667), (0.9, 0.650671), (0.5, 0.612903)] {
        let check = format!("retaining {retained}");
        trial.close(&check, fading(retained, &record).mean().get(), mean, 5e-7);
    }
    trial.close("faded good acts", fading(0.9, &record).good(), 2.539, 1e-12);
    trial.close("faded bad acts", fading(0.9, &record).bad(), 0.9, 1e-12);
    let always = fading(0.9, &[Tone::Cooperative; 1000]);
    trial.close("good acts tend to 1/(1 − λ)", always.good(), 10.0, 1e-9);
    for (witness, mean) in [(known_by(10.0, 0.0), 0.75), (known_by(2.0, 0.0), 0.65)] {
        let heard = reputation.as_reported_by(&witness);
        trial.close("a witness's report", heard.mean().get(), mean, 1e-12);
    }
    trial.for_all(
        "the mean is (r+1)/(r+s+2) and the interval holds its level",
        300,
        (reputation::beta_reputation(), 0.05..0.99_f64),
        |(reputation, level)| {
            let (r, s) = (reputation.good(), reputation.bad());
            prop_assert!((reputation.mean().get() - (r + 1.0) / (r + s + 2.0)).abs() < 1e-15);
            let interval = reputation.credible(chance(level));
            let up_to = |rate| reputation.probability_up_to(rate).get();
            let held = up_to(interval.high) - up_to(interval.low);
            prop_assert!((held - level).abs() < 1e-9, "{held}");
            Ok(())
        },
    );
    trial.for_all(
        "with whole counts the distribution is the binomial's tail",
        300,
        (0..40_u32, 0..40_u32, 0.01..0.99_f64),
        |(r, s, rate)| {
            // The rate is at most x as often as r + s + 1 tries at rate x succeed r + 1 times.
            let (mut term, mut tail) = ((1.0 - rate).powf(f64::from(r + s + 1)), 0.0);
            for successes in 0..=r + s + 1 {
                if successes > r {
                    tail += term;
                }
                let left = f64::from(r + s + 1 - successes);
                term *= left / f64::from(successes + 1) * rate / (1.0 - rate);
            }
            let up_to = known_by(f64::from(r), f64::from(s)).probability_up_to(chance(rate));
            prop_assert!((up_to.get() - tail).abs() < 1e-10, "{up_to} {tail}");
            Ok(())
        },
    );
}
