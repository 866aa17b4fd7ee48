//! C-02: rival explanations of a missed opportunity, in order.

use detente::{Assessment, DetenteError, assessment::Verdict};
use proptest::prelude::*;
use serde_json::json;

use super::{
    deal::{Side, concessions, deal, rent_from_enmity},
    verdict,
};
use crate::Trial;

/// The believer of the reference numbers: p₀ = .3 and a threshold of ½.
fn believer() -> Side {
    Side {
        trust: 0.3,
        ..Side::default()
    }
}

/// The last belief of side a that b keeps, warranted and as held.
fn beliefs(found: &Result<Assessment, DetenteError>) -> [f64; 2] {
    let last = found.as_ref().ok().and_then(|assessment| {
        let series = assessment.beliefs.iter().find(|it| it.observer == "a")?;
        let point = series.points.last()?;
        Some([point.warranted.types[0], point.held.types[0]])
    });
    last.unwrap_or([f64::NAN; 2])
}

pub(super) fn rival_explanations(trial: &mut Trial) {
    let heard = concessions(3, 2.0);
    let other = Side::default();
    // Psychology: p̂ < p̄ ≤ p*.
    let half_deaf = Side {
        bias: Some(json!({ "evidence_weight": 0.25 })),
        ..believer()
    };
    let missed = deal(&half_deaf, &other, &heard);
    let [warranted, held] = beliefs(&missed);
    trial.close(
        "p* after three concessions of ratio 2",
        warranted,
        0.7742,
        5e-5,
    );
    trial.close("p̂ with evidence weighed at .25", held, 0.4189, 5e-5);
    trial.close("p̄", thresholds(&missed).0, 0.5, 1e-12);
    trial.holds(
        "p̂ < p̄ ≤ p*: misperception",
        verdict(&missed) == Some(Verdict::Misperception),
    );
    let fair = deal(&believer(), &other, &heard);
    trial.holds(
        "p̄ ≤ p̂ = p*: agreement",
        verdict(&fair) == Some(Verdict::AgreementExpected),
    );

    // Soft-core Realism: p* < p̄, whatever the bias.
    let weak = deal(&half_deaf, &other, &concessions(1, 2.0));
    trial.holds(
        "p* < p̄: prudent distrust",
        verdict(&weak) == Some(Verdict::PrudentDistrust),
    );
    let cheat = Side {
        keeps: false,
        ..Side::default()
    };
    let broken = deal(&believer(), &cheat, &heard);
    trial.holds(
        "no type to keep it",
        verdict(&broken) == Some(Verdict::NotSelfEnforcing),
    );

    // Hard-core Realism: nothing to be had, even with trust.
    let satisfied = Side {
        gain: 0.0,
        ..believer()
    };
    let nothing = deal(&satisfied, &other, &heard);
    trial.holds(
        "no gain: conflict of interest",
        verdict(&nothing) == Some(Verdict::ConflictOfInterest),
    );

    domestic(trial);
    trial.for_all(
        "in this order: p* ≥ L/(G + L) and p* < (L + b)/(G + L) is domestic, p̂ below both is not yet psychology",
        1_000,
        (1..=8_u8, 1..=8_u8, 1..=15_u8, 0..=8_u8, 0..=4_usize),
        |(gain, loss, trust, rent, count)| {
            let (gain, loss) = (f64::from(gain), f64::from(loss));
            let (prior, rent) = (f64::from(trust) / 16.0, f64::from(rent) / 8.0);
            let side = Side {
                gain,
                exposure: loss,
                trust: prior,
                home: Some(rent_from_enmity(rent)),
                bias: Some(json!({ "bad_faith": true })),
                ..Side::default()
            };
            let odds = prior / (1.0 - prior) * 2.0_f64.powi(i32::try_from(count).unwrap_or(0));
            let warranted = odds / (1.0 + odds);
            let nation = loss / (gain + loss);
            // The rent is coded on payoffs from 0 to 1, of which the gain is the whole.
            let leader = (loss + rent * gain) / (gain + loss);
            let near = |p: f64, bar: f64| (p - bar).abs() < 1e-9;
            prop_assume!(!near(warranted, nation) && !near(warranted, leader) && !near(prior, leader));
            let expected = if warranted < nation {
                Verdict::PrudentDistrust
            } else if warranted < leader {
                Verdict::Domestic
            } else if prior < leader {
                Verdict::Misperception
            } else {
                Verdict::AgreementExpected
            };
            let found = deal(&side, &Side::default(), &concessions(count, 2.0));
            prop_assert_eq!(verdict(&found), Some(expected));
            Ok(())
        },
    );
}

/// The nation's and the leader's threshold of side a; NaN where there is none.
fn thresholds(found: &Result<Assessment, DetenteError>) -> (f64, f64) {
    let threshold = found.as_ref().ok().and_then(|assessment| {
        let series = assessment.beliefs.iter().find(|it| it.observer == "a")?;
        series.threshold.as_ref()
    });
    threshold.map_or((f64::NAN, f64::NAN), |it| {
        (it.nation.unwrap_or(f64::NAN), it.leader.unwrap_or(f64::NAN))
    })
}

/// Domestic structure: G = 1, L = 2 and a rent b of 0, ½ and 1.
fn domestic(trial: &mut Trial) {
    let at = |rent: f64, trust: f64| {
        let side = Side {
            exposure: 2.0,
            trust,
            home: Some(rent_from_enmity(rent)),
            ..Side::default()
        };
        deal(&side, &Side::default(), &[])
    };
    for (rent, threshold) in [(0.0, 0.6667), (0.5, 0.8333)] {
        let (nation, leader) = thresholds(&at(rent, 0.75));
        trial.close(
            &format!("b = {rent}: p̄ of the nation"),
            nation,
            0.6667,
            5e-5,
        );
        trial.close(
            &format!("b = {rent}: p̄ of the leader"),
            leader,
            threshold,
            5e-5,
        );
    }
    trial.holds(
        "b = 0, p* = .75: agreement",
        verdict(&at(0.0, 0.75)) == Some(Verdict::AgreementExpected),
    );
    trial.holds(
        "b = ½, p* = .75: domestic",
        verdict(&at(0.5, 0.75)) == Some(Verdict::Domestic),
    );
    // At b = 1 the threshold is 1 itself, which no trust exceeds.
    let (nation, leader) = thresholds(&at(1.0, 0.75));
    trial.close("b = 1: p̄ of the nation", nation, 0.6667, 5e-5);
    trial.holds("b = 1: no trust will do for the leader", leader.is_nan());
    trial.holds(
        "b = 1, p* = 1: domestic",
        verdict(&at(1.0, 1.0)) == Some(Verdict::Domestic),
    );
    let just_below = deal(
        &Side {
            exposure: 2.0,
            home: Some(rent_from_enmity(0.999)),
            ..Side::default()
        },
        &Side::default(),
        &[],
    );
    trial.holds(
        "b just below 1, p* = 1: agreement",
        verdict(&just_below) == Some(Verdict::AgreementExpected),
    );
}
