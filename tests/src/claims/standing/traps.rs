//! Trustworthy parties that are given up, and trust passed on: C-61 to C-64, R-08.

use detente::{
    quantity::{DiscountFactor, Probability},
    reputation::{
        Act, Belief, Evidence, Relationship, Tone, Warranted,
        network::{EigenTrustParams, Vouch, eigen_trust},
        strategic::{
            ExperimentParams, HonourRates, LockOutParams, lock_out, lock_out_bound,
            stopping_belief, symmetric_lock_out,
        },
        threshold,
    },
};
use proptest::prelude::*;

use crate::Trial;

fn chance(value: f64) -> Probability {
    Probability::saturating(value)
}

fn refused(error: impl std::error::Error) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}

/// The trust that is enough where a loss weighs `loss` times a gain.
fn enough(loss: f64) -> Probability {
    threshold(1.0, loss).unwrap_or(Probability::ONE)
}

fn rates(honours: [f64; 2]) -> Result<HonourRates, TestCaseError> {
    HonourRates::new(chance(honours[0]), chance(honours[1])).map_err(refused)
}

/// The chance that a party that honours with chance `truth` is distrusted within `acts` acts, by
/// following every number of betrayals: beliefs by Bayes' rule as it is first taught.
fn distrusted_within(acts: usize, truth: f64, prior: f64, loss: f64, [high, low]: [f64; 2]) -> f64 {
    let mut alive = vec![1.0];
    let mut fallen = 0.0;
    let start = (prior / (1.0 - prior) / loss).ln();
    let honour = (high / low).ln();
    let betrayal = ((1.0 - high) / (1.0 - low)).ln();
    for n in 1..=acts {
        let mut next = vec![0.0; n + 1];
        for (betrayed, mass) in alive.iter().enumerate() {
            next[betrayed] += mass * truth;
            next[betrayed + 1] += mass * (1.0 - truth);
        }
        for (betrayed, mass) in next.iter_mut().enumerate() {
            let honoured = (n - betrayed) as f64;
            let learnt = honoured * honour + betrayed as f64 * betrayal;
            let log_odds = start + learnt;
            if log_odds <= 1e-12 {
                fallen += *mass;
                *mass = 0.0;
            }
        }
        alive = next;
    }
    fallen
}

pub(super) fn bound(trial: &mut Trial) {
    let half = lock_out_bound(Probability::HALF, enough(0.5)).get();
    trial.close("p₀ = ½, L/G = ½", half, 0.5, 1e-12);
    trial.for_all(
        "the trustworthy are never distrusted more often than the bound",
        300,
        (0.2..0.95_f64, 0.1..1.5_f64, 0.5..0.99_f64, 0.01..0.45_f64),
        |(prior, loss, high, low)| {
            let bound = lock_out_bound(chance(prior), enough(loss)).get();
            if prior / (1.0 - prior) > loss {
                let within = distrusted_within(200, high, prior, loss, [high, low]);
                prop_assert!(within <= bound + 1e-9, "{within} {bound}");
            } else {
                prop_assert!(bound > 1.0 - 1e-12);
            }
            Ok(())
        },
    );
    trial.for_all(
        "the untrustworthy are distrusted almost surely",
        100,
        (0.2..0.95_f64, 0.1..1.5_f64, 0.7..0.95_f64, 0.05..0.4_f64),
        |(prior, loss, high, low)| {
            prop_assume!(prior / (1.0 - prior) > loss);
            let within = distrusted_within(300, low, prior, loss, [high, low]);
            prop_assert!(within > 1.0 - 1e-3, "{within}");
            Ok(())
        },
    );
}

pub(super) fn gamblers_ruin(trial: &mut Trial) {
    for (prior, theta, betrayals, reference) in [
        (0.5, 0.8, 1, 0.25),
        (0.8, 0.8, 2, 0.0625),
        (0.8, 0.6, 6, 0.0878),
    ] {
        let ruin = symmetric_lock_out(chance(prior), enough(0.5), chance(theta)).ok();
        let name = format!("p₀ = {prior}, θ = {theta}, L/G = ½: k = {betrayals}");
        trial.holds(&name, ruin.is_some_and(|it| it.betrayals == betrayals));
        let probability = ruin.map_or(f64::NAN, |it| it.probability.get());
        trial.close(&name, probability, reference, 5e-5);
    }
    let asymmetric = rates([0.9, 0.5]).map(|rates| {
        let (prior, threshold) = (Probability::HALF, enough(0.5));
        lock_out(
            &LockOutParams {
                prior,
                threshold,
                rates,
            },
            1e-9,
        )
    });
    let value = asymmetric.as_ref().map_or(f64::NAN, |it| it.value().get());
    trial.close(
        "honour rates .9 and .5, p₀ = ½, L/G = ½",
        value,
        0.2542,
        5e-5,
    );
    trial.for_all(
        "the bracket holds what a thousand acts show, and closes",
        30,
        (0.3..0.9_f64, 0.1..1.0_f64, 0.6..0.95_f64, 0.1..0.5_f64),
        |(prior, loss, high, low)| {
            prop_assume!(prior / (1.0 - prior) > loss);
            let (prior_belief, threshold) = (chance(prior), enough(loss));
            let rates = rates([high, low])?;
            let params = LockOutParams {
                prior: prior_belief,
                threshold,
                rates,
            };
            let ruin = lock_out(&params, 1e-6);
            prop_assert!(ruin.error() <= 1e-6);
            let within = distrusted_within(1000, high, prior, loss, [high, low]);
            prop_assert!(ruin.low.get() - 1e-6 <= within && within <= ruin.high.get() + 1e-9);
            Ok(())
        },
    );
    trial.for_all(
        "mirrored types: the power of k",
        100,
        (0.3..0.95_f64, 0.1..1.5_f64, 0.6..0.95_f64),
        |(prior, loss, theta)| {
            let ruin = symmetric_lock_out(chance(prior), enough(loss), chance(theta));
            let ruin = ruin.map_err(refused)?;
            let within = distrusted_within(400, theta, prior, loss, [theta, 1.0 - theta]);
            prop_assume!(prior / (1.0 - prior) > loss);
            prop_assert!(
                (ruin.probability.get() - within).abs() < 2e-3,
                "{ruin:?} {within}"
            );
            Ok(())
        },
    );
}

pub(super) fn experimenting(trial: &mut Trial) {
    let stops = |honours: [f64; 2], loss, delta| {
        let problem = ExperimentParams {
            gain: 1.0,
            loss,
            rates: rates(honours)?,
            patience: DiscountFactor::new(delta).map_err(refused)?,
        };
        stopping_belief(&problem, 1e-5).map_err(refused)
    };
    trial.for_all(
        "patience lowers the stopping belief; the trustworthy are still given up by chance",
        12,
        (0.75..0.98_f64, 0.05..0.6_f64, 0.0..0.8_f64),
        |(high, low, delta)| {
            let loss = 2.0;
            let (myopic, patient) = (
                stops([high, low], loss, 0.0)?,
                stops([high, low], loss, delta)?,
            );
            let most_patient = stops([high, low], loss, delta + 0.1)?;
            prop_assert!(patient.low <= myopic.high && most_patient.low <= patient.high);
            // Without a future it stops where the next act alone is worth nothing: h = L / (G + L).
            let next_alone = (loss / (1.0 + loss) - low) / (high - low);
            prop_assert!(
                (myopic.value().get() - next_alone).abs() < 2e-5,
                "{myopic:?} {next_alone}"
            );
            prop_assert!(
                delta < 0.2 || most_patient.high < myopic.low,
                "{most_patient:?} {myopic:?}"
            );
            // One who has just decided to trust is within reach of stopping for good.
            let threshold = most_patient.value();
            let prior = chance(threshold.get() + 1e-3);
            let given_up = lock_out(
                &LockOutParams {
                    prior,
                    threshold,
                    rates: rates([high, low])?,
                },
                1e-4,
            );
            prop_assert!(given_up.low > Probability::ZERO, "{given_up:?}");
            Ok(())
        },
    );
    let at_once = stops([1.0, 0.0], 2.0, 0.9).map_or(f64::NAN, |it| it.value().get());
    trial.close(
        "types that show at once: the shadow of the future",
        at_once,
        1.0 / 6.0,
        2e-5,
    );
}

/// The average over all sequences of `left` more acts, each honoured with chance `rate`, of what a learner
/// ends with who stops for good once trust is not invited: the share of acts honoured, and the belief.
fn stopped(
    belief: &Belief,
    (honoured, seen): (u32, u32),
    left: u32,
    case: &HotStove,
) -> Result<[f64; 2], TestCaseError> {
    let share = f64::from(honoured) / f64::from(seen.max(1));
    if left == 0 || !case.business.invites_trust(belief) {
        return Ok([share, case.business.trust(belief).get()]);
    }
    let mut ends = [0.0; 2];
    for (kept, chance) in [(true, case.rate), (false, 1.0 - case.rate)] {
        let mut next = belief.clone();
        next.update(&case.acts[usize::from(kept)], &Warranted)
            .map_err(refused)?;
        let so_far = (honoured + u32::from(kept), seen + 1);
        let end = stopped(&next, so_far, left - 1, case)?;
        for (sum, end) in ends.iter_mut().zip(end) {
            *sum += chance * end;
        }
    }
    Ok(ends)
}

struct HotStove {
    rate: f64,
    business: Relationship,
    /// A betrayal and an honoured act.
    acts: [Act; 2],
}

pub(super) fn hot_stove(trial: &mut Trial) {
    trial.for_all(
        "going on only while trust is invited: shares fall short on average, Bayesian beliefs do not",
        300,
        (0.35..0.9_f64, (0.6..0.95_f64, 0.05..0.4_f64), 0.5..1.5_f64),
        |(prior, (high, low), exposure)| {
            let act = |tone, [t, u]: [f64; 2]| {
                let evidence = Evidence::ratios(vec![t, u]).map_err(refused)?;
                Ok::<_, TestCaseError>(Act::new(tone, evidence))
            };
            let case = |rate| {
                Ok::<_, TestCaseError>(HotStove {
                    rate,
                    business: Relationship { gain: 1.0, exposure, trustworthy: 0 },
                    acts: [
                        act(Tone::Hostile, [1.0 - high, 1.0 - low])?,
                        act(Tone::Cooperative, [high, low])?,
                    ],
                })
            };
            let belief = Belief::binary(chance(prior)).map_err(refused)?;
            let trustworthy = case(high)?;
            // Otherwise nobody has an estimate.
            prop_assume!(trustworthy.business.invites_trust(&belief));
            let [share, with] = stopped(&belief, (0, 0), 8, &trustworthy)?;
            let [other, without] = stopped(&belief, (0, 0), 8, &case(low)?)?;
            prop_assert!(share <= high + 1e-12 && other <= low + 1e-12, "{share} {other}");
            let average = prior * with + (1.0 - prior) * without;
            prop_assert!((average - prior).abs() < 1e-12, "{average} {prior}");
            Ok(())
        },
    );
    // E[x₁; x₁ ≤ 0] + E[(x₁ + x₂)/2; x₁ > 0] for standard normals, by the midpoint rule.
    let (steps, width) = (400_000_u32, 20.0);
    let step = width / f64::from(steps);
    let mean: f64 = (0..steps)
        .map(|place| {
            let x = (f64::from(place) + 0.5) * step - width / 2.0;
            let density = (-x * x / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
            density * step * if x > 0.0 { x / 2.0 } else { x }
        })
        .sum();
    trial.close(
        "the two-period average of a standard normal",
        mean,
        -0.1995,
        5e-5,
    );
}

pub(super) fn eigen_trust_reference(trial: &mut Trial) {
    let vouch = |from, to, weight| Vouch { from, to, weight };
    let vouches = [
        vouch(0, 1, 2.0),
        vouch(0, 2, 1.0),
        vouch(1, 2, 1.0),
        vouch(2, 0, 1.0),
    ];
    let params = EigenTrustParams {
        pre_trusted: vec![1.0, 0.0, 0.0],
        restart: Probability::HALF,
        tolerance: 1e-12,
    };
    let trust = eigen_trust(&vouches, &params)
        .map(|it| it.trust)
        .unwrap_or_default();
    for (party, reference) in [0.6, 0.2, 0.2].into_iter().enumerate() {
        let computed = trust.get(party).copied().unwrap_or(f64::NAN);
        trial.close(&format!("party {party}"), computed, reference, 1e-12);
    }
    // Whoever vouches for nobody hands trust back to those trusted beforehand.
    let silent = eigen_trust(&vouches[..1], &params)
        .map(|it| it.trust)
        .unwrap_or_default();
    trial.holds(
        "who vouches for nobody hands its trust back",
        silent
            .iter()
            .zip([2.0 / 3.0, 1.0 / 3.0, 0.0])
            .all(|(one, two)| (one - two).abs() < 1e-11),
    );
}
