use detente_reassurance::{Criterion, SeriesEnd};

use super::*;
use crate::{
    Case,
    assessment::{NoSeries, Refusal},
};

/// A freeze and a cut, worked by hand in the file.
const FREEZE: &str = include_str!("../../../../tests/data/small/freeze.toml");

fn model(changes: &[(&str, &str)]) -> Model {
    let mut text = FREEZE.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    Model::compile(&Case::from_text("freeze.toml", &text).unwrap()).unwrap()
}

fn shortest() -> PathOptions {
    PathOptions {
        order: [
            Criterion::Rungs,
            Criterion::Exposure,
            Criterion::ExpectedLoss,
            Criterion::Time,
        ],
        ..PathOptions::default()
    }
}

fn close(given: f64, expected: f64) {
    assert!((given - expected).abs() < 1e-12, "{given} {expected}");
}

#[test]
fn two_freezes_build_the_trust_that_a_cut_asks() {
    let found = path(&model(&[]), &shortest()).unwrap();
    assert_eq!(found.outcome, PathOutcome::Found);
    let route = found.path.unwrap();
    let arms: Vec<&str> = route
        .rungs
        .iter()
        .map(|it| it.terms.get("arms").unwrap().as_str())
        .collect();
    assert_eq!(arms, ["freeze", "freeze", "cut"]);
    // Odds of 2 to 3, doubled at each freeze that is kept.
    for (rung, (trust, needed)) in
        route
            .rungs
            .iter()
            .zip([(0.4, 1.0 / 3.0), (4.0 / 7.0, 1.0 / 3.0), (8.0 / 11.0, 0.6)])
    {
        for side in &rung.sides {
            close(side.trust, trust);
            close(side.trust_needed.unwrap(), needed);
            close(side.broken, 1.0 - trust);
            close(side.expected_loss, (1.0 - trust) * side.exposure);
            // Ville: the odds against, times the odds of the threshold.
            let bound = (1.0 - trust) / trust * needed / (1.0 - needed);
            close(side.abandons_at_most.unwrap().get(), bound.min(1.0));
            assert!(side.margin > 0.0);
        }
    }
    let first = &route.rungs[0].sides[0];
    close(first.gain, 0.2);
    close(first.exposure, 0.1);
    let belief = &first.beliefs[0];
    assert_eq!((belief.about.as_str(), belief.telling), ("west", true));
    close(belief.if_kept, 4.0 / 7.0);
    // Only those that live for today would be seen to break it.
    close(belief.if_broken.unwrap(), 0.0);
    close(route.exposure, 0.1);
    close(
        route.expected_loss,
        // Of two that live for today, each freeze lets one go unseen.
        0.1 + 0.5 * 0.1 + 0.25 * 1.5,
    );
    close(route.expected_loss, 0.525);
    // Seen from the start it is of that kind with 0.6, and at each step what is left of those 0.6.
    let expected = route.rungs.iter().map(|rung| {
        let side = &rung.sides[0];
        0.4 / side.trust * side.expected_loss
    });
    close(expected.sum(), 0.315);
    close(route.abandons, 0.0);
    // No stakes matter but those of the agreements, and nothing was asked twice.
    assert!(found.work.more_trust_is_better);
    assert!(found.alternatives.contains(&route));
}

/// At patience .9 and one in two breaches seen, with gains of .2, .2, 1 and exposures of .1, .1, 1.5.
#[test]
fn each_rung_has_its_worth_and_every_type_its_conduct() {
    use crate::assessment::StepConduct::{Breaks, Either, Keeps};
    let found = path(&model(&[]), &shortest()).unwrap();
    let route = found.path.unwrap();
    for worth in &route.worth {
        // From the top down: 1, then .1·.2 + .9 of what follows.
        for (from, expected) in worth.from.iter().zip([0.848, 0.92, 1.0]) {
            close(from.if_kept, expected);
        }
        // −.1·1.5/(1 − .45), then −.1·.1 + .45 of what follows.
        let last = -0.15 / 0.55;
        let before = -0.01 + 0.45 * last;
        for (from, expected) in worth.from.iter().zip([-0.01 + 0.45 * before, before, last]) {
            close(from.at_worst, expected);
        }
    }
    assert_eq!(route.worth.len(), 2);
    for side in route.rungs.iter().flat_map(|rung| &rung.sides) {
        let told = side.types.iter().map(|it| (it.kind.as_str(), it.does));
        assert!(told.eq([("keeps", Keeps), ("cheats", Breaks)]));
    }
    // An East with a future may wait at a freeze for the cut, where there is nothing left to wait for.
    let waiting = model(&[
        (
            "patience = 0 }\ntrue_type = \"keeps\"\nprior.west",
            "patience = 0.4 }\ntrue_type = \"keeps\"\nprior.west",
        ),
        (
            "prior.east = { keeps = 0.4 }",
            "prior.east = { keeps = 0.7 }",
        ),
    ]);
    let route = path(&waiting, &shortest()).unwrap().path.unwrap();
    let does = |party: usize| {
        let sides = route.rungs.iter().map(move |rung| &rung.sides[party]);
        sides.map(|side| side.types[1].does).collect::<Vec<_>>()
    };
    assert_eq!(does(0), [Either, Either, Breaks]);
    assert_eq!(does(1), [Breaks, Breaks, Breaks]);
    // To West such a one is worse than one that breaks a freeze, and may be seen to, before the loss at the cut.
    let last = -0.15 / 0.55;
    let from = &route.worth[1].from;
    close(from[2].at_worst, last);
    close(from[1].at_worst, 0.02 + 0.9 * last);
    close(from[0].at_worst, 0.02 + 0.9 * (0.02 + 0.9 * last));
    // At the full agreement it breaks it, however much a lesser one would have tempted it.
    // So there is however much a lesser agreement would have tempted it.
    let at_the_cut = model(&[
        ("patience = 0 }", "patience = 0.5 }"),
        ("freeze = 1, cut = 5", "freeze = 60, cut = 6"),
    ]);
    let target = path(&at_the_cut, &shortest()).unwrap().target.unwrap();
    let types = &target.sides[0].types;
    assert_eq!((types[0].does, types[1].does), (Keeps, Breaks));
}

#[test]
fn exposure_first_then_expected_loss_asks_for_more_freezes() {
    let found = path(&model(&[]), &PathOptions::default()).unwrap();
    let route = found.path.unwrap();
    assert_eq!(route.rungs.len(), 6);
    close(route.exposure, 0.1);
    let shorter: Vec<usize> = found.alternatives.iter().map(|it| it.rungs.len()).collect();
    assert!(shorter.contains(&3), "{shorter:?}");
}

#[test]
fn a_test_too_cheap_is_mimicked_and_shows_nothing() {
    // With a future to cheat in, the untrustworthy play along: 5 − 2·(…) no more pays at once.
    let patient = model(&[
        ("patience = 0 }", "patience = 0.5 }"),
        ("freeze = 1, cut = 5", "freeze = 4, cut = 30"),
    ]);
    let found = path(&patient, &PathOptions::default()).unwrap();
    assert_eq!(found.outcome, PathOutcome::NoPath);
    assert_eq!(found.at_face_value, Some(true));
    let blocked = found.blocked.unwrap();
    assert_eq!(blocked.because, Refusal::Distrust);
    assert!(blocked.rung.full);
    let naive = PathOptions {
        partners: Partners::AtFaceValue,
        ..PathOptions::default()
    };
    let found = path(&patient, &naive).unwrap();
    assert_eq!(found.outcome, PathOutcome::Found);
    assert_eq!(found.at_face_value, None);
}

#[test]
fn trust_that_is_there_needs_no_ladder() {
    let trusting = model(&[("keeps = 0.4", "keeps = 0.61")]);
    let found = path(
        &trusting,
        &PathOptions {
            most_rungs: 1,
            ..shortest()
        },
    )
    .unwrap();
    assert_eq!(found.outcome, PathOutcome::AcceptedAtOnce);
    assert_eq!(found.path.unwrap().rungs.len(), 1);
    // Hardly any trust: not even the freeze is accepted.
    let wary = model(&[("keeps = 0.4", "keeps = 0.3")]);
    let found = path(&wary, &PathOptions::default()).unwrap();
    assert_eq!(found.outcome, PathOutcome::NoPath);
    let blocked = found.blocked.unwrap();
    assert_eq!(
        blocked.rung.terms.get("arms").map(String::as_str),
        Some("freeze")
    );
    assert_eq!(blocked.because, Refusal::Distrust);
}

#[test]
fn a_misread_step_ends_the_path_with_its_chance() {
    let misread = PathOptions {
        misread: detente_quantity::Probability::new(0.05).unwrap(),
        ..shortest()
    };
    let found = path(&model(&[]), &misread).unwrap();
    let route = found.path.unwrap();
    close(
        route.abandons,
        1.0 - 0.95_f64.powi(2 * route.rungs.len() as i32),
    );
    // A breach that was seen may have been none: 0.05 from those that keep, 0.525 from those that break.
    let belief = &route.rungs[0].sides[0].beliefs[0];
    close(
        belief.if_broken.unwrap(),
        0.4 * 0.05 / (0.4 * 0.05 + 0.6 * 0.525),
    );
    close(belief.if_kept, 4.0 / 7.0);
}

#[test]
fn what_others_make_of_gestures_and_series() {
    let found = path(&model(&[]), &PathOptions::default()).unwrap();
    // One that lives for today wins nothing by being trusted tomorrow: any cost is believed.
    for gestures in &found.gestures {
        close(gestures.costs_at_least, 0.0);
        close(gestures.costs_at_most, 9.0);
        assert_eq!((gestures.believed, gestures.count), (2, 2));
        let unread = (gestures.too_cheap, gestures.too_dear, gestures.perverse);
        assert_eq!(unread, (0, 0, 0));
        // A cut tempts with 5, half of the 10 it brings, and one in two breaches is seen.
        close(gestures.tied_hands.unwrap(), 1.0);
    }
    // The one act on record tells nothing.
    let (east, west) = (&found.series[0], &found.series[1]);
    assert_eq!(
        (east.receiver.as_str(), east.sender.as_str()),
        ("east", "west")
    );
    close(east.needed.unwrap().get(), 0.6);
    assert_eq!(east.held.as_ref().unwrap().end, SeriesEnd::NoneSuffices);
    assert_eq!(west.unanswered, Some(NoSeries::NoFriendlyAct));
    // Twice as likely from one that keeps its word: at odds of 4 to 3 once it is done, and 8 to 3 after another.
    let telling = model(&[("keeps = 2, cheats = 2", "keeps = 2, cheats = 1")]);
    let found = path(&telling, &PathOptions::default()).unwrap();
    let held = found.series[0].held.as_ref().unwrap();
    close(held.before.get(), 4.0 / 7.0);
    assert_eq!(
        (held.steps.len(), held.steps[0].act.as_str()),
        (1, "troops-home")
    );
    close(held.trust.get(), 8.0 / 11.0);
    // A bare ratio holds nothing that a trade or a loophole could change.
    assert_eq!(found.series[0].other_terms, None);
}

#[test]
fn trades_and_loopholes_take_more_concessions() {
    // The act is on record once, so that odds of 1 to 9 stand at 4 to 9; 3 to 2 are asked.
    let coded = model(&[
        ("{ keeps = 0.4 }", "{ keeps = 0.1 }"),
        (
            "likelihood_ratio = { keeps = 2, cheats = 2 }",
            "likelihood = { keeps = 0.4, cheats = 0.1 }\nforced = 0",
        ),
    ]);
    let found = path(&coded, &PathOptions::default()).unwrap();
    let series = &found.series[0];
    assert_eq!(series.held.as_ref().unwrap().steps.len(), 1);
    let terms = series.other_terms.as_ref().unwrap();
    assert_eq!(terms.chance, detente_quantity::Probability::HALF);
    // Traded: 0.7 / 0.55 each, and ln 3.375 / ln 1.273 = 5.04; with a loophole 0.4 / 0.55 speaks against.
    assert_eq!(terms.traded.acts, Some(6));
    assert_eq!(
        (terms.revocable.acts, terms.revocable.end),
        (None, SeriesEnd::NoneSuffices)
    );
}

/// Where the effort does not suffice, what was found is told, that it may not be the best, and how much was not
/// searched; whatever number of steps is allowed.
#[test]
fn effort_bounds_the_search_and_says_what_it_left() {
    let options = PathOptions {
        most_rungs: 100_000,
        effort: 100,
        ..PathOptions::default()
    };
    let found = path(&model(&[]), &options).unwrap();
    assert_eq!(found.outcome, PathOutcome::Found);
    assert!(!found.path_is_best && !found.alternatives_complete);
    assert!(found.alternatives.len() <= 100);
    assert!(found.alternatives.len() <= found.alternatives_found);
    for work in [found.work.best, found.work.pareto] {
        assert!(
            0 < work.waiting && work.effort() <= options.effort + 100,
            "{work:?}"
        );
    }
    let plenty = path(&model(&[]), &PathOptions::default()).unwrap();
    assert!(plenty.path_is_best && plenty.alternatives_complete);
    assert_eq!(plenty.alternatives_found, plenty.alternatives.len());
    assert_eq!(plenty.work.best.waiting, 0);
}

#[test]
fn agreements_are_asked_for_by_name_or_refused() {
    let asked = |to: &str| {
        let options = PathOptions {
            to: Some(to.parse().unwrap()),
            ..PathOptions::default()
        };
        path(&model(&[]), &options).map_err(|error| error.to_string())
    };
    let found = asked("arms=freeze").unwrap();
    assert_eq!(found.outcome, PathOutcome::AcceptedAtOnce);
    let unwanted = asked("arms=on").unwrap();
    assert_eq!(unwanted.outcome, PathOutcome::NotWanted);
    assert_eq!(unwanted.unwanted_by, ["east", "west"]);
    assert!(asked("arms=frieze").unwrap_err().contains("\"freeze\""));
    assert!(asked("harms=cut").unwrap_err().contains("\"arms\""));
    assert!(asked("plan").unwrap_err().contains("proposal"));
    assert!("arms".parse::<Destination>().is_ok() && "a=b=c,".parse::<Destination>().is_err());
    for refused in [
        PathOptions {
            most_rungs: 0,
            ..PathOptions::default()
        },
        PathOptions {
            shares: vec![],
            ..PathOptions::default()
        },
        PathOptions {
            shares: vec![f64::NAN],
            ..PathOptions::default()
        },
        PathOptions {
            shares: vec![1.5],
            ..PathOptions::default()
        },
        PathOptions {
            misread: detente_quantity::Probability::ONE,
            ..PathOptions::default()
        },
    ] {
        assert!(path(&model(&[]), &refused).is_err(), "{refused:?}");
    }
}

#[test]
fn smaller_stakes_expose_less_and_change_no_threshold() {
    let shares = PathOptions {
        shares: vec![0.5, 1.0],
        ..PathOptions::default()
    };
    let found = path(&model(&[]), &shares).unwrap();
    let route = found.path.unwrap();
    close(route.exposure, 0.05);
    close(route.rungs[0].sides[0].trust_needed.unwrap(), 1.0 / 3.0);
    close(route.rungs[0].share, 0.5);
}

#[test]
fn what_falls_short_is_told() {
    // The cut stays out of reach in two rungs; the freeze is there at once.
    let found = path(
        &model(&[]),
        &PathOptions {
            most_rungs: 2,
            ..PathOptions::default()
        },
    )
    .unwrap();
    assert_eq!(found.outcome, PathOutcome::NoPath);
    let short = found.short_of.unwrap();
    assert_eq!(
        short.rungs[0].terms.get("arms").map(String::as_str),
        Some("freeze")
    );
    let tried = |preferred, tried, unsettled| LesserTried {
        preferred,
        tried,
        unsettled,
    };
    assert_eq!(found.lesser, Some(tried(1, 1, 0)));
    // With hardly any trust neither is; with hardly any effort it is not known.
    let wary = model(&[("keeps = 0.4", "keeps = 0.3")]);
    let found = path(&wary, &PathOptions::default()).unwrap();
    assert_eq!((found.short_of, found.lesser), (None, Some(tried(1, 1, 0))));
    let poor = PathOptions {
        effort: 1,
        ..PathOptions::default()
    };
    let found = path(&wary, &poor).unwrap();
    assert_eq!(found.lesser, Some(tried(1, 1, 1)));
}
