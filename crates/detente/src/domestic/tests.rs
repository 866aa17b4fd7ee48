use detente_quantity::Probability;

use detente_legitimacy::{LeaderStakes, StakeRange};

use super::*;
use crate::{Case, assessment::AgreementAtHome, evaluate::Sight, library};

/// The template, with the home front of East written anew.
fn template(front: &str) -> Model {
    let text = library::TEMPLATE;
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
    domestic(model, &Options::default()).unwrap()
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
        let told = found(&model).fronts[0].candid_from.unwrap();
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
    assert!(found.fronts.iter().all(|it| it.candid_from.is_none()));
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
        list_limit: 2,
        ..Options::default()
    };
    let few = domestic(&model, &few).unwrap();
    assert_eq!(few.win_sets, whole.win_sets[..2]);
    assert_eq!(few.national, whole.national);
}
