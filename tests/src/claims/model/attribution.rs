//! M-08 and M-09: shares of the barriers.

use detente::{
    Assessment, Case, DetenteError,
    assessment::{Attribution, Barrier},
    strategies,
};
use proptest::prelude::*;
use serde_json::json;

use super::{
    central, central_shares,
    deal::{Side, concessions, deal, rent_from_enmity},
    is,
};
use crate::{Trial, by_the_page};

pub(super) fn shares(trial: &mut Trial) {
    trial.for_all(
        "every missed opportunity: shares sum to v(all) − v(none) = 1, to each what it brings about",
        4_000,
        strategies::case(),
        |case| {
            let Some(attribution) = central(&case)?.attribution else {
                return Ok(());
            };
            let v = values(&attribution)?;
            prop_assert_eq!((v[0], v[15]), (0.0, 1.0));
            let shares = found(central_shares(&attribution))?;
            prop_assert!((shares.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            let averaged = by_the_page::shapley(|set| v[set]);
            for (share, averaged) in shares.iter().zip(averaged) {
                prop_assert!((share - averaged).abs() < 1e-12);
            }
            for needed in 1..16_usize {
                let binds = (0..16).all(|set| (v[set] > 0.5) == (set & needed == needed));
                let apiece = 1.0 / f64::from(needed.count_ones());
                for (bit, share) in shares.iter().enumerate().filter(|_| binds) {
                    let due = if needed >> bit & 1 == 1 { apiece } else { 0.0 };
                    prop_assert!((share - due).abs() < 1e-12, "{:?}", shares);
                }
            }
            Ok(())
        },
    );
    for (name, missed, barriers) in constructed() {
        let due = 1.0 / barriers.len() as f64;
        let as_built = is(&missed, |assessment| {
            assessment.attribution.as_ref().is_some_and(|attribution| {
                let shares = attribution.shares.iter();
                let right = |share: &detente::assessment::BarrierShare| {
                    let due = if barriers.contains(&share.barrier) {
                        due
                    } else {
                        0.0
                    };
                    share
                        .central
                        .is_some_and(|share| (share - due).abs() < 1e-12)
                };
                attribution.minimal_sets == [barriers.clone()] && shares.clone().all(right)
            })
        });
        trial.holds(name, as_built);
    }
}

fn found<T>(value: Option<T>) -> Result<T, TestCaseError> {
    value.ok_or_else(|| TestCaseError::fail("no central value"))
}

/// v by set: bit 0 anarchy, bit 1 distrust, bit 2 domestic, bit 3 misperception.
fn values(attribution: &Attribution) -> Result<[f64; 16], TestCaseError> {
    let central = found(attribution.central.as_ref())?;
    let mut v = [f64::NAN; 16];
    for (name, &value) in central {
        let bit = |part: &str| match part {
            "anarchy" => 1,
            "prudent_distrust" => 2,
            "domestic_legitimacy" => 4,
            "misperception" => 8,
            _ => 0,
        };
        v[name.split('+').map(bit).sum::<usize>()] = value;
    }
    prop_assert!(v.iter().all(|v| !v.is_nan()));
    Ok(v)
}

/// Cases made so that one barrier binds, or two do together.
fn constructed() -> Vec<(&'static str, Result<Assessment, DetenteError>, Vec<Barrier>)> {
    use Barrier::{Anarchy, DomesticLegitimacy, Misperception, PrudentDistrust};
    let trusting = Side::default;
    let wary = || Side {
        trust: 0.25,
        ..Side::default()
    };
    let rentier = |side: Side| Side {
        home: Some(rent_from_enmity(1.0)),
        ..side
    };
    // Told the truth by three concessions, it hears none of them.
    let deaf = || Side {
        trust: 0.3,
        bias: Some(json!({ "bad_faith": true })),
        ..Side::default()
    };
    let cheat = || Side {
        keeps: false,
        ..Side::default()
    };
    // Sure of being cheated, it gains by bearing it (e < 0), but not by cheating back.
    let chicken = Side {
        trust: 0.0,
        exposure: -1.0,
        ..cheat()
    };
    let heard = concessions(3, 2.0);
    vec![
        (
            "anarchy alone",
            deal(&chicken, &trusting(), &[]),
            vec![Anarchy],
        ),
        (
            "distrust alone",
            deal(&wary(), &trusting(), &[]),
            vec![PrudentDistrust],
        ),
        (
            "a rent from enmity alone",
            deal(&rentier(trusting()), &trusting(), &[]),
            vec![DomesticLegitimacy],
        ),
        (
            "bad faith alone",
            deal(&deaf(), &trusting(), &heard),
            vec![Misperception],
        ),
        (
            "a cheat rightly distrusted",
            deal(&wary(), &cheat(), &[]),
            vec![Anarchy, PrudentDistrust],
        ),
        (
            "a wary nation whose leader lives on enmity",
            deal(&rentier(wary()), &trusting(), &[]),
            vec![PrudentDistrust, DomesticLegitimacy],
        ),
        (
            "a deaf nation whose leader lives on enmity",
            deal(&rentier(deaf()), &trusting(), &heard),
            vec![DomesticLegitimacy, Misperception],
        ),
        (
            "one side deaf, the other wary",
            deal(&deaf(), &wary(), &heard),
            vec![PrudentDistrust, Misperception],
        ),
    ]
}

pub(super) fn uncoded(trial: &mut Trial) {
    let without = |change: fn(&mut Case)| {
        strategies::case().prop_map(move |mut case| {
            change(&mut case);
            case
        })
    };
    let unbiased = without(|case| {
        for party in case.parties.values_mut() {
            party.bias = None;
        }
    });
    let no_politics = without(|case| {
        for party in case.parties.values_mut() {
            (party.home, party.ratification_floor) = (None, None);
        }
    });
    trial.for_all("no bias: misperception 0", 1_500, unbiased, |case| {
        none(&case, 3)
    });
    trial.for_all(
        "no home front and no floor: domestic 0",
        1_500,
        no_politics,
        |case| none(&case, 2),
    );
    trial.for_all(
        "all honour all of Z: anarchy 0",
        1_500,
        strategies::case(),
        |case| {
            let Some(page) = by_the_page::page(&case) else {
                return Err(TestCaseError::fail("a case that is not whole"));
            };
            let mut z = page.rows.iter().filter(|row| row.preferred());
            prop_assume!(z.all(by_the_page::Row::enforced));
            none(&case, 0)
        },
    );
    // A legislature is home politics too: "no home front" is not enough.
    let bound = Side {
        floor: Some(2.0),
        ..Side::default()
    };
    let shares = deal(&bound, &Side::default(), &[])
        .ok()
        .and_then(|assessment| central_shares(&assessment.attribution?));
    trial.counterexample(
        "no home front, yet a ratification floor: domestic 1",
        shares == Some(vec![0.0, 0.0, 1.0, 0.0]),
    );
}

/// The central share of a barrier is 0 wherever there is one.
fn none(case: &Case, barrier: usize) -> Result<(), TestCaseError> {
    let shares = central(case)?.attribution.as_ref().and_then(central_shares);
    let share = shares.map_or(0.0, |shares| shares[barrier]);
    prop_assert!(share.abs() <= 0.0, "{}", share);
    Ok(())
}
