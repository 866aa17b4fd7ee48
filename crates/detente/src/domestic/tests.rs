#[cfg(feature = "proptest")]
mod generated;
mod messages;

use detente_legitimacy::{Candour, LeaderStakes, StakeRange};
use detente_quantity::Probability;

use self::messages::{BASE, divided, messages};
use super::*;
use crate::{
    Case,
    assessment::{AgreementAtHome, DomesticDraws, MessagesFound, MessagesReport, ThresholdDraws},
    evaluate::{Rule, Sight},
    library,
};

/// The template, with the home front of East written anew.
fn template(front: &str) -> Model {
    rewritten(library::TEMPLATE, front)
}

/// The template with a West that takes nothing for good faith.
fn misreading(front: &str) -> Model {
    let bias = "[party.west.bias]\nbad_faith = true\n\n[party.west.prior.east]";
    rewritten(
        &library::TEMPLATE.replace("[party.west.prior.east]", bias),
        front,
    )
}

fn rewritten(text: &str, front: &str) -> Model {
    let (start, rest) = text.split_once("[party.east.home]\n").unwrap();
    let (_, end) = rest.split_once("\n\n").unwrap();
    let text = format!("{start}[party.east.home]\n{front}\n\n{end}");
    Model::compile(&Case::from_text("template.toml", &text).unwrap()).unwrap()
}

fn front(stake: f64, threat: f64) -> String {
    format!(
        "national_weight = 1\noffice_stake = {stake}\nsupport = 0.5\nthreat = {threat}\n\
         baseline = 0\ncurve = \"logit\"\naudience_hostility = 0.6"
    )
}

fn found(model: &Model) -> Domestic {
    drawn(model, 0)
}

fn drawn(model: &Model, draws: usize) -> Domestic {
    let options = Options {
        draws,
        ..Options::default()
    };
    domestic(model, &options).unwrap()
}

#[test]
fn leaders_accept_what_the_one_rule_accepts() {
    for id in library::ids() {
        agree_with_the_rule(&Model::compile(&library::case(id).unwrap()).unwrap());
    }
    for threat in [-1.0, 0.0, 0.5, 2.0] {
        agree_with_the_rule(&template(&front(1.5, threat)));
    }
}

#[track_caller]
fn agree_with_the_rule(model: &Model) {
    let mut world = World::default();
    let until = until(model, &Options::default());
    world
        .fill(model, &model.central(), until, |_| None)
        .unwrap();
    let mut sight = Sight::default();
    let (mut accepts, mut leaders) = (vec![0; world.parties.len()], 0);
    for agreement in 0..model.agreements().len() {
        world.look(agreement, &mut sight).unwrap();
        let mut all = true;
        for (idx, party) in world.parties.iter().enumerate() {
            let conduct = party.conduct(agreement, sight.truly[idx]).unwrap();
            let trust = sight.warranted[idx];
            let signs = party
                .accepts(Rule::Leader, agreement, conduct, trust)
                .unwrap();
            accepts[idx] += usize::from(signs);
            all &= signs;
        }
        leaders += usize::from(all);
    }
    let found = found(model);
    assert_eq!(found.leaders, leaders);
    for (front, accepts) in found.fronts.iter().zip(accepts) {
        assert_eq!(front.accepts, accepts, "{}", front.party);
        let kept = front.gains - front.refused;
        assert_eq!(front.accepts, kept + front.captured, "{}", front.party);
    }
}

/// Beyond the stake the zone is closed, below it open.
#[test]
fn the_closing_stake_closes() {
    let open = found(&template(&front(0.0, 3.0)));
    assert!(open.leaders > 0);
    let StakeRange::Below(end) = open.fronts[0].open_stakes else {
        panic!("{:?}", open.fronts[0]);
    };
    assert!(found(&template(&front(0.99 * end, 3.0))).leaders > 0);
    let closed = found(&template(&front(1.01 * end, 3.0)));
    assert_eq!(closed.leaders, 0);
    assert!(closed.national > 0);
    assert_eq!(closed.missed, Some(MissedBy::Incentive));
}

/// A leader signs what pays more than its reservation, and only that.
#[test]
fn leaders_sign_what_pays_more_than_their_reservation() {
    for threat in [-0.5, 0.0, 0.5, 3.0] {
        for stake in [0.0, 0.5, 8.0] {
            let found = found(&template(&front(stake, threat)));
            let nearest = found.fronts[0].nearest.unwrap();
            let asked = nearest.reservations.unwrap();
            let pays = asked.offered - asked.leader.value;
            assert_eq!(pays > 0.0, nearest.reading.accepts(), "{asked:?}");
            let nation = asked.offered - asked.nation;
            assert!((nation - nearest.reading.national).abs() < 1e-12);
            let (low, high) = (asked.nation, asked.audience.unwrap());
            let between = low.min(high) - 1e-9..=low.max(high) + 1e-9;
            assert!(between.contains(&asked.leader.value), "{asked:?}");
        }
    }
}

/// Brute force over what an audience may be made to believe of a benign adversary, on every
/// agreement: no alarm gains the leader more than the cost told.
#[test]
fn no_alarm_is_worth_more_than_its_cost() {
    for threat in [-0.5, 0.2, 0.5, 3.0] {
        let model = template(&front(2.0, threat));
        let told = found(&model).fronts[0].most_alarm_gain.unwrap();
        let mut world = World::default();
        let last = until(&model, &Options::default());
        world
            .fill(&model, &model.central(), last, |_| None)
            .unwrap();
        let party = &world.parties[0];
        let home = party.leader.as_ref().unwrap();
        let mut most = f64::NEG_INFINITY;
        for agreement in 0..model.agreements().len() {
            let stakes = party.leader_stakes(home, party.conduct(agreement, true).unwrap(), 1.0);
            assert!(stakes.if_cheated <= stakes.if_honoured.max(stakes.nonagreement));
            let value = |belief: f64| {
                let params = home.leader.params();
                let audience_hostility = Probability::saturating(belief);
                let at = LeaderStakes {
                    audience_hostility,
                    ..stakes
                };
                let refused = params.baseline + params.support * stakes.nonagreement;
                let kept = params
                    .curve
                    .survival(refused + params.threat * belief)
                    .unwrap();
                params.office_stake * kept + home.leader.margin(at).unwrap().max(0.0)
            };
            for step in 1..=20 {
                most = most.max(value(f64::from(step) / 20.0) - value(0.0));
            }
        }
        assert!(most <= told + 1e-12, "{most} {told}");
    }
}

#[test]
fn nothing_follows_of_leaders_about_whom_nothing_is_coded() {
    let model = Model::compile(&library::case("reykjavik-1986").unwrap()).unwrap();
    let found = found(&model);
    assert!(found.national > 0 && found.missed.is_none());
    assert!(found.fronts.iter().all(|it| it.most_alarm_gain.is_none()));
}

/// Every agreement's numbers by the one rule and, of the audience, by the support of either answer.
#[test]
fn win_sets_are_what_the_rule_and_support_say() {
    let models = library::ids().map(|id| Model::compile(&library::case(id).unwrap()).unwrap());
    let threats = [-1.0, 0.0, 0.5, 2.0];
    for model in models.chain(threats.map(|threat| template(&front(1.5, threat)))) {
        let found = found(&model);
        assert_eq!(found.win_sets.len(), found.agreements);
        let mut world = World::default();
        let last = until(&model, &Options::default());
        world
            .fill(&model, &model.central(), last, |_| None)
            .unwrap();
        for agreement in 0..found.agreements {
            let terms = model.terms(agreement);
            let listed = found.win_sets.iter().find(|it| it.terms == terms).unwrap();
            check_win_sets(&world, agreement, listed);
        }
        let all = |holds: &dyn Fn(&AgreementAtHome) -> bool| {
            found.win_sets.iter().filter(|it| holds(it)).count()
        };
        assert_eq!(all(&|it| it.every_nation), found.national);
        assert_eq!(all(&|it| it.every_leader), found.leaders);
        assert_eq!(all(&|it| it.every_nation && it.every_leader), found.both);
        for (idx, front) in found.fronts.iter().enumerate() {
            let wins = |it: &AgreementAtHome| it.parties[idx].audience.is_some_and(|it| it > 0.0);
            let supported = front.front.map(|_| all(&wins));
            assert_eq!(front.supported, supported);
        }
    }
}

#[track_caller]
fn check_win_sets(world: &World, agreement: usize, listed: &AgreementAtHome) {
    let mut sight = Sight::default();
    world.look(agreement, &mut sight).unwrap();
    for (idx, (party, wins)) in world.parties.iter().zip(&listed.parties).enumerate() {
        let conduct = party.conduct(agreement, sight.truly[idx]).unwrap();
        let accepts = |rule| {
            let trust = sight.warranted[idx];
            party.accepts(rule, agreement, conduct, trust).unwrap()
        };
        assert_eq!(wins.nation > 0.0, accepts(Rule::Nation));
        assert_eq!(wins.leader > 0.0, accepts(Rule::Leader));
        let supports = party.leader.as_ref().map(|home| {
            let stakes = party.leader_stakes(home, conduct, sight.warranted[idx]);
            let (b, front) = (stakes.audience_hostility.get(), home.leader.params());
            let signed = (1.0 - b) * stakes.if_honoured + b * stakes.if_cheated;
            front.support * signed > front.support * stakes.nonagreement + front.threat * b
        });
        assert_eq!(wins.audience.map(|it| it > 0.0), supports);
    }
}

#[test]
fn win_sets_are_listed_from_the_nearest_on_and_no_further_than_asked() {
    let model = template(&front(1.5, 0.5));
    let whole = found(&model);
    assert_eq!(Some(&whole.win_sets[0].terms), whole.nearest.as_ref());
    let few = Options {
        draws: 0,
        list_limit: 2,
        ..Options::default()
    };
    let few = domestic(&model, &few).unwrap();
    assert_eq!(few.win_sets, whole.win_sets[..2]);
    assert_eq!(few.national, whole.national);
}

/// No draw of a home front's ranges stops the command, and numbers stay numbers.
#[test]
fn support_that_leaves_the_linear_curve_is_held_at_its_ends() {
    let text = "national_weight = 1\noffice_stake = 2\nsupport = 0.5\n\
                threat = { low = -0.5, mode = 0.3, high = 3 }\nbaseline = 0.4\ncurve = \"linear\"";
    let found = drawn(&template(text), 300);
    let over = found.over_draws.unwrap();
    let nearest = over.fronts[0].nearest.unwrap();
    assert!(nearest.signs.estimate > 0.0 && nearest.signs.estimate < 1.0);
    assert!(nearest.distortion.unwrap().high.is_finite());
    assert!(nearest.survival.low >= -1.0 && nearest.survival.high <= 1.0);
}

/// The assessment tells the sense in which an agreement was missed, and the same thresholds.
#[test]
fn an_assessment_says_in_short_what_the_page_says() {
    let options = Options {
        draws: 0,
        ..Options::default()
    };
    for (stake, threat) in [(0.5, 0.2), (9.0, 3.0), (2.0, -1.0)] {
        let model = template(&front(stake, threat));
        let short = assess_model(&model, &options, |_| {})
            .unwrap()
            .home
            .unwrap();
        let page = found(&model);
        assert_eq!(
            (short.national, short.leaders, short.both),
            (page.national, page.leaders, page.both)
        );
        assert_eq!((short.missed, &short.nearest), (page.missed, &page.nearest));
        let [leader] = short.thresholds.as_slice() else {
            panic!("{short:?}");
        };
        let told = &page.fronts[0];
        assert_eq!(
            (leader.open_stakes, leader.office_stake),
            (told.open_stakes, stake)
        );
        assert_eq!(
            leader.accepting_beliefs,
            told.nearest.unwrap().accepting_beliefs
        );
    }
    let uncoded = Model::compile(&library::case("reykjavik-1986").unwrap()).unwrap();
    assert_eq!(assess_model(&uncoded, &options, |_| {}).unwrap().home, None);
}

/// Nations and leaders with a zone each and no agreement in common: what the nations missed was missed
/// by incentive, whatever else leaders had to sign; and where no nation gains nothing was missed.
#[test]
fn disjoint_zones_and_an_empty_one() {
    let between = |payoffs: [f64; 2], stake: f64| {
        let text = format!(
            "format = 1\n[case]\nid = \"two\"\ntitle = \"Two\"\ndecided = 2000-01-01\n\
             outcome = \"nonagreement\"\n[issue.x]\nname = \"X\"\noption.a = \"A\"\noption.b = \"B\"\n\
             [party.east]\nname = \"East\"\nnonagreement = 0\n\
             [party.east.payoff]\nx = {{ a = {}, b = {} }}\n\
             [party.east.exposure]\nx = {{ a = 0, b = 1 }}\n\
             [party.east.home]\nnational_weight = 1\noffice_stake = {stake}\nsupport = 0\n\
             threat = -0.4\nbaseline = 0.5\ncurve = \"linear\"\naudience_hostility = 1\n\
             [party.west]\nname = \"West\"\nnonagreement = 0\nratification_floor = 1\n\
             [party.west.payoff]\nx = {{ a = 0.5, b = 2 }}\n",
            payoffs[0], payoffs[1]
        );
        found(&Model::compile(&Case::from_text("two.toml", &text).unwrap()).unwrap())
    };
    // Both nations gain by A, which West would not ratify, and by B.
    let open = between([1.0, 1.0], 0.0);
    assert_eq!((open.national, open.leaders, open.both), (2, 1, 1));
    assert_eq!(open.missed, Some(MissedBy::Unexplained));
    // By A alone: incentive.
    let shut = between([1.0, -1.0], 0.0);
    assert_eq!((shut.national, shut.leaders), (1, 0));
    assert_eq!(shut.missed, Some(MissedBy::Incentive));
    // By A alone, and East's leader, to whom an enemy costs office, would sign B: disjoint zones.
    let apart = between([1.0, -1.0], 20.0);
    assert_eq!((apart.national, apart.leaders, apart.both), (1, 1, 0));
    assert_eq!(apart.missed, Some(MissedBy::Incentive));
    // By neither.
    let none = between([-1.0, -1.0], 0.0);
    assert_eq!((none.national, none.missed), (0, None));
}

#[test]
fn messages_are_coded_whole_and_within_their_ranges() {
    let home = |messages: &str| {
        let text =
            format!("{BASE}threat = 0.3\noffice_stake = 2\n[party.east.home.messages]\n{messages}");
        divided(&text).unwrap_err().to_string()
    };
    let missing = home("cost = 0.15\ncredulous_share = 0");
    assert!(
        missing.contains("missing key `bargaining_share`"),
        "{missing}"
    );
    let free = home("cost = 0\ncredulous_share = 2\nbargaining_share = 0.5");
    assert!(free.contains("a number above 0"), "{free}");
    assert!(free.contains("a number from 0 to 1"), "{free}");
}

/// Exact numbers: every draw is the central one.
#[test]
fn over_draws_of_exact_numbers_all_is_as_at_central_values() {
    let found = drawn(
        &messages("0.3", "2", "cost = 0.15\ncredulous_share = 0"),
        50,
    );
    let over = found.over_draws.unwrap();
    let (front, central) = (&over.fronts[0], &found.fronts[0]);
    assert_eq!(over.national.low, found.national as f64);
    assert_eq!(front.accepts.high, central.accepts as f64);
    let (drawn, told) = (
        front.messages.as_ref().unwrap(),
        central.messages.as_ref().unwrap(),
    );
    let MessagesFound::Alarm(alarm) = &told.found else {
        panic!("{told:?}");
    };
    assert_eq!(drawn.mixed.estimate, 1.0);
    assert_eq!(drawn.candid.estimate + drawn.refused.estimate, 0.0);
    assert_eq!(drawn.missed.unwrap().median, alarm.missed.get());
    let (nearest, asked) = (front.nearest.unwrap(), central.nearest.unwrap());
    let reservations = asked.reservations.unwrap();
    assert_eq!(nearest.leader.unwrap().median, reservations.leader.value);
    assert_eq!(nearest.signs.estimate == 1.0, asked.reading.accepts());
}

fn total(ends: &ThresholdDraws) -> f64 {
    let share = |end: &Option<crate::assessment::ThresholdEnd>| {
        end.as_ref().map_or(0.0, |it| it.chance.estimate)
    };
    ends.always.estimate + ends.never.estimate + share(&ends.below) + share(&ends.above)
}

/// Each draw anew, by hand, from the same values: the same shares, and every share counts up to 1.
#[test]
fn over_draws_chances_are_shares_of_the_draws_of_an_assessment() {
    let text = "national_weight = 1\noffice_stake = { low = 0, mode = 2, high = 8 }\n\
                support = { low = 0.1, mode = 0.5, high = 1 }\n\
                threat = { low = 0, mode = 0.5, high = 3 }\nbaseline = 0\ncurve = \"probit\"\n\
                audience_hostility = { low = 0.1, mode = 0.6, high = 0.9 }";
    let model = misreading(text);
    let draws = 300;
    let found = drawn(&model, draws);
    let over: DomesticDraws = found.over_draws.unwrap();
    let missed = over.missed.unwrap();
    let sum = missed.incentive.estimate + missed.inference.estimate + missed.unexplained.estimate;
    assert!((sum + over.nothing_to_miss.estimate - 1.0).abs() < 1e-12);
    let options = Options {
        draws,
        ..Options::default()
    };
    let worlds = crate::assess::each_world(&model, &options, draws, |world| {
        let mut sight = Sight::default();
        let (mut national, mut leaders, mut both, mut read) = (0, 0, 0, 0);
        for agreement in 0..model.agreements().len() {
            world.look(agreement, &mut sight)?;
            let (mut gain, mut sign, mut sign_as_read) = (true, true, true);
            for (idx, party) in world.parties.iter().enumerate() {
                let conduct = party.conduct(agreement, sight.truly[idx])?;
                let trust = sight.warranted[idx];
                gain &= party
                    .accepts(Rule::Nation, agreement, conduct, trust)
                    .unwrap();
                sign &= party
                    .accepts(Rule::Leader, agreement, conduct, trust)
                    .unwrap();
                sign_as_read &= party
                    .accepts(Rule::Leader, agreement, conduct, sight.held[idx])
                    .unwrap();
            }
            national += u32::from(gain);
            leaders += u32::from(sign);
            both += u32::from(gain && sign);
            read += u32::from(gain && sign && sign_as_read);
        }
        Ok([national, leaders, both, read])
    })
    .unwrap();
    let tally = worlds.tally();
    let chance = |of: &dyn Fn(&[u32; 4]) -> bool| tally.chance(|draw| Some(of(draw))).unwrap();
    let incentive = chance(&|[national, _, both, _]| *national > 0 && *both == 0);
    assert_eq!(Some(missed.incentive), incentive);
    let inference = chance(&|[_, _, both, read]| *both > 0 && *read == 0);
    assert_eq!(Some(missed.inference), inference);
    let unexplained = chance(&|[.., read]| *read > 0);
    assert_eq!(Some(missed.unexplained), unexplained);
    for chance in [missed.incentive, missed.inference, missed.unexplained] {
        assert!(chance.estimate > 0.01, "{missed:?}");
    }
    let mean = tally
        .band(|[_, leaders, ..]| Some(f64::from(*leaders)))
        .unwrap();
    assert_eq!(Some(over.leaders), mean);
    for front in &over.fronts {
        assert!((total(&front.open_stakes) - 1.0).abs() < 1e-12);
    }
    let beliefs = over.fronts[0].nearest.unwrap().beliefs.unwrap();
    assert!((total(&beliefs) - 1.0).abs() < 1e-12);
    // The very draws of an assessment: as many are told, and the verdict's seed is theirs.
    assert_eq!(found.reproducibility.draws, draws);
    assert_eq!(drawn(&model, draws).over_draws.unwrap(), over);
}

#[test]
fn more_draws_than_fit_in_memory_are_refused() {
    let options = Options {
        draws: Options::MAX_DRAWS,
        ..Options::default()
    };
    let error = domestic(&template(&front(1.0, 0.5)), &options).unwrap_err();
    assert!(
        matches!(
            error,
            DetenteError::Option {
                option: "draws",
                ..
            }
        ),
        "{error}"
    );
}

/// Survival so sure, or so hopeless, that only an office worth more than any number of a case would
/// turn the answer: to draws too that is whatever office is worth, and not a fault.
#[test]
fn extreme_baselines_are_limits() {
    let baselines = [
        ("logit", [250.0, 300.0, 711.0, 745.0]),
        ("probit", [22.5, 30.0, 37.0, 50.0]),
    ];
    for (curve, baselines) in baselines {
        for baseline in baselines.into_iter().flat_map(|it| [it, -it]) {
            let text = format!(
                "national_weight = 1\noffice_stake = 0.5\nsupport = 0.5\nthreat = 0.2\n\
                 baseline = {baseline:?}\ncurve = \"{curve}\""
            );
            let found = drawn(&template(&text), 60);
            assert_eq!(found.fronts[0].open_stakes, StakeRange::Any, "{text}");
            let over = &found.over_draws.unwrap().fronts[0];
            let told = &over.open_stakes;
            assert!(told.below.is_none() && told.above.is_none(), "{text}");
        }
    }
    // Hardly any support for what the nation gets: the audience asks more than any number of a case.
    let text = "national_weight = 1\noffice_stake = 2\nsupport = 1e-200\nthreat = 0.2\n\
                baseline = 0\ncurve = \"logit\"";
    let found = drawn(&template(text), 60);
    let over = found.over_draws.unwrap().fronts[0].nearest.unwrap();
    assert!(over.audience.is_none(), "{over:?}");
}
