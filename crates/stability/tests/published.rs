//! Conflicts of the literature with their published results, where they are published, and otherwise
//! with results worked out by hand or by enumeration.

#![allow(
    clippy::unwrap_used,
    reason = "a helper of a test that cannot go on is a test that fails"
)]

use detente_payoff::ZoneKind;
use detente_stability::{
    Choice, Coalition, Concept, Conflict, FeasibleStates, Follow, Move, MoveGraph, OptionForm,
    Pattern, Preference,
};

/// A conflict of an option form with the codes of its states.
struct Coded {
    states: FeasibleStates,
    conflict: Conflict,
}

impl Coded {
    fn new(form: &OptionForm, rankings: &[&[&[u64]]]) -> Self {
        let states = form.states().unwrap();
        let rank = |tiers: &&[&[u64]]| states.ranking(tiers).unwrap();
        let preferences = rankings.iter().map(rank).collect();
        let conflict = Conflict::new(states.graph().unwrap(), preferences).unwrap();
        Self { states, conflict }
    }

    fn codes(&self, found: &[usize]) -> Vec<u64> {
        found
            .iter()
            .map(|state| self.states.codes()[*state])
            .collect()
    }

    fn at(&self, code: u64) -> usize {
        self.states.position(code).unwrap()
    }

    fn equilibria(&self, concept: Concept) -> Vec<u64> {
        self.codes(&self.conflict.stability(concept).equilibria())
    }

    fn better_than(&self, code: u64) -> Vec<u64> {
        let zone = self.conflict.ranked_zone(self.at(code), ZoneKind::Strict);
        self.codes(&zone.unwrap().certain)
    }
}

/// Fraser and Hipel 1984: strike 1, blockade 2; withdraw 4, escalate 8.
fn cuba(strike: Choice) -> Coded {
    let form = OptionForm::new(
        2,
        &[strike, Choice::free(0), Choice::free(1), Choice::free(1)],
    );
    let us: &[&[u64]] = &[
        &[4],
        &[6],
        &[5],
        &[7],
        &[2],
        &[1],
        &[3],
        &[0],
        &[11],
        &[9],
        &[10],
        &[8],
    ];
    let ussr: &[&[u64]] = &[
        &[0],
        &[4],
        &[6],
        &[2],
        &[5],
        &[1],
        &[7],
        &[3],
        &[11],
        &[9],
        &[10],
        &[8],
    ];
    Coded::new(&form.unwrap().at_most_one(&[2, 3]).unwrap(), &[us, ussr])
}

#[test]
fn the_cuban_missile_crisis() {
    let crisis = cuba(Choice::for_good(0));
    assert_eq!(crisis.states.len(), 12);
    assert_eq!(crisis.equilibria(Concept::Nash), [5]);
    assert_eq!(crisis.equilibria(Concept::Sequential), [4, 5, 6]);
    assert_eq!(crisis.equilibria(Concept::General), [0, 1, 2, 4, 5, 6, 7]);
    assert_eq!(crisis.codes(&crisis.conflict.efficient()), [0, 4]);
    // Against missiles that stay nothing is better for both; against an air strike four states are.
    assert_eq!(crisis.better_than(0), [0_u64; 0]);
    assert_eq!(crisis.better_than(1), [2, 4, 5, 6]);
    // Were a strike something that one takes back, no state would hold but for foresight.
    let reversible = cuba(Choice::free(0));
    assert_eq!(reversible.equilibria(Concept::Nash), [0_u64; 0]);
    assert_eq!(reversible.equilibria(Concept::Sequential), [4, 6]);
}

/// Brams 1985: the first action gives way. The states in the order of rows, then columns.
#[test]
fn two_by_two_versions_of_the_crisis() {
    let graph = |n| {
        let steps = [(0, 0, 2), (0, 1, 3), (1, 0, 1), (1, 2, 3)];
        let both = steps.map(|(player, from, to)| {
            [
                Move { player, from, to },
                Move {
                    player,
                    from: to,
                    to: from,
                },
            ]
        });
        MoveGraph::new(2, n, both.as_flattened()).unwrap()
    };
    let equilibria = |scores: [[f64; 4]; 2], concept| {
        let ranked = scores.map(|it| Preference::scores(&it).unwrap());
        Conflict::new(graph(4), ranked.into())
            .unwrap()
            .stability(concept)
            .equilibria()
    };
    // Blockade or air strike against withdraw or maintain.
    let brams = [[3.0, 1.0, 2.0, 4.0], [3.0, 4.0, 2.0, 1.0]];
    assert_eq!(equilibria(brams, Concept::Nash), [0_usize; 0]);
    // Withdrawal under a strike (2) holds too: were the United States to call it off, the Soviet Union
    // would gain by leaving its missiles where they are.
    assert_eq!(equilibria(brams, Concept::Sequential), [0, 2]);
    let chicken = [[3.0, 2.0, 4.0, 1.0], [3.0, 4.0, 2.0, 1.0]];
    assert_eq!(equilibria(chicken, Concept::Nash), [1, 2]);
    assert_eq!(equilibria(chicken, Concept::Sequential), [1, 2]);
    // Giving way by both holds only among those who fear a crash that nobody would gain by.
    assert_eq!(equilibria(chicken, Concept::General), [0, 1, 2]);
}

/// Hipel, Kilgour, Fang and Peng 1997: the states 1 to 9 by the codes of their options.
const ELMIRA: [u64; 9] = [2, 3, 4, 5, 18, 19, 20, 21, 8];

fn elmira(modify: Choice, uniroyal: [usize; 9]) -> Coded {
    let insist = Choice::free(2);
    let choices = [
        modify,
        Choice::free(1),
        Choice::free(1),
        Choice::for_good(1),
        insist,
    ];
    let form = OptionForm::new(3, &choices).unwrap();
    let form = form
        .at_most_one(&[1, 2, 3])
        .unwrap()
        .at_least_one(&[1, 2, 3])
        .unwrap();
    let form = form.merging(Pattern::new(&[3], &[]).unwrap()).unwrap();
    // What was accepted is not delayed again.
    let bar = |taken| Pattern::new(&[taken], &[]).unwrap();
    let form = form.barring(bar(2), bar(1)).unwrap();
    let tiers = |order: [usize; 9]| order.map(|number| [ELMIRA[number - 1]]);
    let all = [
        [7, 3, 4, 8, 5, 1, 2, 6, 9],
        uniroyal,
        [7, 3, 5, 1, 8, 6, 4, 2, 9],
    ]
    .map(tiers);
    let all = all
        .each_ref()
        .map(|tiers| tiers.each_ref().map(<[u64; 1]>::as_slice));
    Coded::new(&form, &all.each_ref().map(<[&[u64]; 9]>::as_slice))
}

/// States 1 to 9 of codes.
fn numbered(codes: &[u64]) -> Vec<usize> {
    let number = |code: &u64| ELMIRA.iter().position(|it| it == code).unwrap() + 1;
    let mut numbers: Vec<usize> = codes.iter().map(number).collect();
    numbers.sort_unstable();
    numbers
}

/// Two rankings of Uniroyal are in print, which differ in states 2, 3 and 7 only. All that is said of
/// the conflict here is so under both.
#[test]
fn elmira_under_both_readings_of_modify_and_both_printed_rankings() {
    for uniroyal in [[1, 4, 8, 5, 9, 2, 3, 7, 6], [1, 4, 8, 5, 9, 3, 7, 2, 6]] {
        let for_good = elmira(Choice::for_good(0), uniroyal);
        assert_eq!(
            numbered(for_good.states.codes()),
            [1, 2, 3, 4, 5, 6, 7, 8, 9]
        );
        let stable = |it: &Coded, concept| numbered(&it.equilibria(concept));
        assert_eq!(stable(&for_good, Concept::Nash), [5, 8, 9]);
        assert_eq!(stable(&for_good, Concept::Sequential), [5, 8, 9]);
        assert_eq!(stable(&for_good, Concept::General), [1, 4, 5, 8, 9]);

        let reversible = elmira(Choice::free(0), uniroyal);
        assert_eq!(stable(&reversible, Concept::Nash), [5, 9]);
        // Foresight makes 4 and 8 hold even then.
        assert_eq!(stable(&reversible, Concept::Sequential), [4, 5, 8, 9]);

        for conflict in [for_good, reversible] {
            // From 5 nothing is better for all three; the ministry and Uniroyal both gain at 8.
            assert!(conflict.better_than(ELMIRA[4]).is_empty());
            let start = conflict.at(ELMIRA[4]);
            let pair = Coalition::new([0, 1]).unwrap();
            let gains = conflict
                .conflict
                .coalition_improvements(pair, start)
                .unwrap();
            assert_eq!(numbered(&conflict.codes(&gains)), [8]);
            let single = |player| {
                let alone = Coalition::new([player]).unwrap();
                conflict
                    .conflict
                    .coalition_improvements(alone, start)
                    .unwrap()
            };
            assert!((0..3).all(|player| single(player).is_empty()));
            let diagram = conflict.conflict.status_quo(start, Follow::Moves).unwrap();
            let path = diagram.path_to(conflict.at(ELMIRA[7])).unwrap();
            let movers: Vec<usize> = path.iter().map(|it| it.player).collect();
            assert_eq!(movers.len(), 2);
        }
    }
}

/// Hipel and Fraser 1980: 1 full, 2 reduced, 4 appease; 8 legal challenge; 16 treaty challenge; the
/// International Joint Commission backs 32 full, 64 reduced, 128 Lonetree, 256 suspension.
#[test]
fn garrison_diversion() {
    let players = [0, 0, 0, 1, 2, 3, 3, 3, 3];
    let form = OptionForm::new(4, &players.map(Choice::free)).unwrap();
    let feasible = [
        34, 36, 41, 42, 50, 52, 57, 58, 66, 68, 74, 82, 84, 89, 90, 146, 148, 153, 154, 274, 276,
        281, 282,
    ];
    let support: &[&[u64]] = &[
        &[41],
        &[57],
        &[34, 36],
        &[42],
        &[50, 52],
        &[58],
        &[66],
        &[82],
        &[74],
        &[90],
        &[68],
        &[84],
        &[89],
        &[148],
        &[146],
        &[153],
        &[154],
        &[276],
        &[274],
        &[281],
        &[282],
    ];
    let opposition: &[&[u64]] = &[
        &[276, 148, 84, 68, 52, 36],
        &[282, 154],
        &[90],
        &[74],
        &[58],
        &[42],
        &[281],
        &[153],
        &[89],
        &[57],
        &[41],
        &[274],
        &[146],
        &[82],
        &[66],
        &[50],
        &[34],
    ];
    let canada: &[&[u64]] = &[
        &[282],
        &[274, 276],
        &[154],
        &[146, 148],
        &[74],
        &[66, 68],
        &[90],
        &[82, 84],
        &[36],
        &[42],
        &[34],
        &[58],
        &[50, 52],
        &[281],
        &[153],
        &[89],
        &[41],
        &[57],
    ];
    let commission: &[&[u64]] = &[&feasible];
    let form = form.only(&feasible).unwrap();
    let garrison = Coded::new(&form, &[support, opposition, canada, commission]);
    assert_eq!(garrison.states.len(), 23);
    let expected = [36, 41, 74, 148, 153, 276, 281];
    assert_eq!(garrison.equilibria(Concept::Sequential), expected);
    assert_eq!(
        garrison.codes(&garrison.conflict.efficient()),
        [36, 41, 57, 66, 68, 74, 82, 90, 148, 154, 276, 282]
    );
}

/// The Euphrates, 1975: Syria releases water 1, escalates 2; Iraq attacks 4.
#[test]
fn the_euphrates() {
    let form = OptionForm::new(2, &[Choice::free(0), Choice::free(0), Choice::free(1)]).unwrap();
    let syria: &[&[u64]] = &[&[0], &[2], &[6], &[1], &[4], &[5]];
    let iraq: &[&[u64]] = &[&[1], &[4], &[6], &[0], &[5], &[2]];
    let euphrates = Coded::new(&form.at_most_one(&[0, 1]).unwrap(), &[syria, iraq]);
    for concept in [Concept::Nash, Concept::Sequential, Concept::Symmetric] {
        assert_eq!(euphrates.equilibria(concept), [6], "{concept}");
    }
    // Who fears even an answer that would hurt its author leaves things as they are.
    assert_eq!(euphrates.equilibria(Concept::General), [0, 6]);
    assert_eq!(euphrates.codes(&euphrates.conflict.efficient()), [0, 1, 6]);
    // An empty zone of agreement, and no opportunity missed.
    assert_eq!(euphrates.better_than(6), [0_u64; 0]);
    // What mediation had to change, for a release (1) to hold: Iraq already would not move.
    let wanted = euphrates
        .conflict
        .to_equilibrium(euphrates.at(1), Concept::Nash)
        .unwrap();
    let change = |player: usize| wanted.changes[player].as_ref().unwrap();
    assert!(change(1).level_with.is_empty());
    assert_eq!(euphrates.codes(&change(0).level_with), [0]);
    assert_eq!((change(0).tiers_up, wanted.together), (3, Some(true)));
}
