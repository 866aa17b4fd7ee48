//! The definitions, one state and one sequence of moves at a time.

use std::collections::BTreeSet;

use detente_payoff::ZoneKind;
use detente_stability::{Concept, Conflict, Move, Preference};

/// A conflict by its moves and comparisons alone.
pub(crate) struct Brute {
    n_states: usize,
    n_players: usize,
    moves: Vec<Move>,
    preferences: Vec<Preference>,
}

impl Brute {
    pub(crate) fn of(conflict: &Conflict) -> Self {
        Self {
            n_states: conflict.n_states(),
            n_players: conflict.n_players(),
            moves: conflict.graph().moves().collect(),
            preferences: conflict.preferences().to_vec(),
        }
    }

    pub(crate) fn prefers(&self, player: usize, one: usize, other: usize) -> bool {
        self.preferences[player].prefers(one, other)
    }

    fn next(&self, player: usize, state: usize, improving: bool) -> Vec<usize> {
        let moves = self
            .moves
            .iter()
            .filter(|it| it.player == player && it.from == state);
        let to = moves.map(|it| it.to);
        to.filter(|to| !improving || self.prefers(player, *to, state))
            .collect()
    }

    /// The states that players lead a state to, none moving twice in a row.
    pub(crate) fn reached(
        &self,
        players: &[usize],
        state: usize,
        improving: bool,
    ) -> BTreeSet<usize> {
        let mut seen = BTreeSet::new();
        self.follow(players, state, None, improving, &mut seen);
        seen.into_iter().map(|(state, _)| state).collect()
    }

    fn follow(
        &self,
        players: &[usize],
        state: usize,
        last: Option<usize>,
        improving: bool,
        seen: &mut BTreeSet<(usize, usize)>,
    ) {
        for player in players.iter().filter(|it| Some(**it) != last) {
            for to in self.next(*player, state, improving) {
                if seen.insert((to, *player)) {
                    self.follow(players, to, Some(*player), improving, seen);
                }
            }
        }
    }

    /// Whether some member finds a state no better than another.
    fn is_deterring(&self, members: &[usize], state: usize, than: usize) -> bool {
        members.iter().any(|it| !self.prefers(*it, state, than))
    }

    pub(crate) fn is_stable(&self, members: &[usize], state: usize, concept: Concept) -> bool {
        let others: Vec<usize> = (0..self.n_players)
            .filter(|it| !members.contains(it))
            .collect();
        let improvements = { self.reached(members, state, false) }
            .into_iter()
            .filter(|to| !self.is_deterring(members, *to, state));
        let credible = matches!(concept, Concept::Sequential | Concept::SymmetricSequential);
        let symmetric = matches!(concept, Concept::Symmetric | Concept::SymmetricSequential);
        improvements.into_iter().all(|to| {
            if concept == Concept::Nash {
                return false;
            }
            self.reached(&others, to, credible)
                .into_iter()
                .any(|answer| {
                    let deters = |at: usize| self.is_deterring(members, at, state);
                    deters(answer)
                        && (!symmetric
                            || self.reached(members, answer, false).into_iter().all(deters))
                })
        })
    }

    pub(crate) fn is_in_zone(&self, state: usize, nonagreement: usize, kind: ZoneKind) -> bool {
        let gains = |it: usize| self.prefers(it, state, nonagreement);
        let loses = |it: usize| self.prefers(it, nonagreement, state);
        let players = 0..self.n_players;
        match kind {
            ZoneKind::Strict => players.clone().all(gains),
            ZoneKind::Weak => !players.clone().any(loses),
            ZoneKind::ParetoImproving => !players.clone().any(loses) && players.clone().any(gains),
        }
    }

    /// After how many moves each state is first reached, and every move with the step at which it can
    /// first be made, by all legal sequences one move at a time.
    pub(crate) fn sequences(
        &self,
        start: usize,
        improving: bool,
    ) -> (Vec<Option<usize>>, Vec<(usize, Move)>) {
        let mut first = vec![None; self.n_states];
        first[start] = Some(0);
        let mut made: Vec<(usize, Move)> = Vec::new();
        let mut ends: BTreeSet<(usize, Option<usize>)> = BTreeSet::from([(start, None)]);
        for step in 1..=self.n_states * self.n_players + 1 {
            let mut further = BTreeSet::new();
            for (from, last) in ends {
                for player in (0..self.n_players).filter(|it| Some(*it) != last) {
                    for to in self.next(player, from, improving) {
                        let this = Move { player, from, to };
                        if !made.iter().any(|(_, it)| *it == this) {
                            made.push((step, this));
                        }
                        first[to].get_or_insert(step);
                        further.insert((to, Some(player)));
                    }
                }
            }
            ends = further;
        }
        made.sort();
        (first, made)
    }

    pub(crate) fn is_legal(&self, start: usize, path: &[Move], improving: bool) -> bool {
        let from_start = path.first().is_none_or(|it| it.from == start);
        let joined = path
            .windows(2)
            .all(|pair| pair[0].to == pair[1].from && pair[0].player != pair[1].player);
        let made = |it: &Move| self.next(it.player, it.from, improving).contains(&it.to);
        from_start && joined && path.iter().all(made)
    }
}

/// Every full ranking of so many states, ties included.
pub(crate) fn weak_orders(n_states: usize) -> Vec<Preference> {
    let mut found = Vec::new();
    let mut places = vec![0; n_states];
    loop {
        let n_tiers = places.iter().max().map_or(0, |it| it + 1);
        if (0..n_tiers).all(|tier| places.contains(&tier)) {
            let tier = |place| (0..n_states).filter(|it| places[*it] == place).collect();
            let tiers: Vec<Vec<usize>> = (0..n_tiers).map(tier).collect();
            found.push(Preference::ranking(n_states, &tiers).unwrap());
        }
        let Some(next) = places.iter().rposition(|it| *it + 1 < n_states) else {
            return found;
        };
        places[next] += 1;
        places[next + 1..].fill(0);
    }
}

/// Whether a full ranking is one of those that what is known may be.
pub(crate) fn agrees(known: &Preference, ranking: &Preference) -> bool {
    let states = 0..known.n_states();
    states.clone().all(|one| {
        states.clone().all(|other| {
            let order = known.compare(one, other);
            order.is_none() || order == ranking.compare(one, other)
        })
    })
}

/// The conflict with every choice of full rankings that agree with what is known of them.
pub(crate) fn completions(conflict: &Conflict) -> Vec<Conflict> {
    let n_states = conflict.n_states();
    let mut worlds = vec![conflict.clone()];
    for (player, known) in conflict.preferences().iter().enumerate() {
        let rankings: Vec<Preference> = { weak_orders(n_states).into_iter() }
            .filter(|ranking| agrees(known, ranking))
            .collect();
        worlds = worlds
            .iter()
            .flat_map(|world| {
                let with = |it: &Preference| world.clone().with_preference(player, it.clone());
                rankings
                    .iter()
                    .map(with)
                    .map(Result::unwrap)
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    worlds
}
