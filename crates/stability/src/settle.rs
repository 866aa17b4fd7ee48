//! Stability where credible answers depend on rankings that are known in part.

use std::cmp::Ordering;

use crate::{Coalition, Concept, Conflict, Standing, judge::Judge, view::View};

/// Words of bits that may be gone through in all searches of one analysis: a few seconds.
const MOST_WORK: usize = 1 << 31;

/// The same for one state.
const WORK_A_STATE: usize = 1 << 27;

/// What searching costs, and how much of it is left.
pub(crate) struct Effort {
    /// What one judgement costs.
    price: usize,
    left: usize,
}

impl Effort {
    pub(crate) fn of(conflict: &Conflict) -> Self {
        let (n_states, n_players) = (conflict.n_states(), conflict.n_players());
        let n_moves = conflict.graph().moves().count() + n_states * n_players * n_players;
        let cells = n_states * n_states * n_players + n_moves * n_players;
        Self {
            price: (n_states.div_ceil(64) * cells).max(1),
            left: MOST_WORK,
        }
    }

    /// How many judgements may be made for one more state, which are then paid for.
    fn judgements(&mut self, targets: usize) -> usize {
        let granted = self.left.min(WORK_A_STATE);
        self.left -= granted;
        granted / (self.price * targets)
    }
}

/// How a state stands as one that is stable for all `targets` at once: branches on what is not known
/// until two bounds agree, for each comparison that may matter in turn.
pub(crate) fn settle(
    conflict: &Conflict,
    targets: &[Coalition],
    state: usize,
    concept: Concept,
    effort: &mut Effort,
) -> Standing {
    let mut search = Search {
        targets,
        state,
        concept,
        left: effort.judgements(targets.len()),
        stable: false,
        unstable: false,
    };
    // Where none is granted nothing is copied: a conflict may be large, and this is asked state by state.
    if search.left == 0 {
        return Standing::Unsettled;
    }
    let mut open = vec![conflict.clone()];
    while let Some(conflict) = open.pop() {
        if search.stable && search.unstable {
            return Standing::Possible;
        }
        if search.left == 0 {
            return Standing::Unsettled;
        }
        search.left -= 1;
        open.extend(search.branches(&conflict));
    }
    match (search.stable, search.unstable) {
        (true, true) => Standing::Possible,
        (true, false) => Standing::Stable,
        (false, _) => Standing::Unstable,
    }
}

struct Search<'t> {
    targets: &'t [Coalition],
    state: usize,
    concept: Concept,
    left: usize,
    /// Whether it was found stable under some rankings, and unstable under some.
    stable: bool,
    unstable: bool,
}

impl Search<'_> {
    /// The same conflict with one comparison more known, in each way that it may come out; none where
    /// the bounds agree.
    fn branches(&mut self, conflict: &Conflict) -> Vec<Conflict> {
        if self.is_stable(conflict, &View::sure(conflict)) {
            self.stable = true;
            return Vec::new();
        }
        if !self.is_stable(conflict, &View::possible(conflict)) {
            self.unstable = true;
            return Vec::new();
        }
        let Some((player, one, other)) = self.open_comparison(conflict) else {
            return Vec::new();
        };
        let orders = [Ordering::Equal, Ordering::Less, Ordering::Greater];
        let branches = orders.map(|order| {
            let mut preference = conflict.preferences()[player].clone();
            if order != Ordering::Less {
                preference.suppose(one, other);
            }
            if order != Ordering::Greater {
                preference.suppose(other, one);
            }
            conflict.clone().with_preference(player, preference)
        });
        branches.into_iter().flatten().collect()
    }

    fn is_stable(&self, conflict: &Conflict, view: &View) -> bool {
        let judge = |target: &Coalition| Judge::new(conflict, view, *target, self.concept);
        self.targets
            .iter()
            .all(|target| judge(target).is_stable(self.state))
    }

    /// A comparison that is not known and that stability may turn on: of the state with another, or
    /// of two states between which the player can move.
    fn open_comparison(&self, conflict: &Conflict) -> Option<(usize, usize, usize)> {
        let is_open = |player: usize, one, other| {
            conflict.preferences()[player].compare(one, other).is_none()
        };
        let any = |test: &dyn Fn(&Coalition) -> bool| self.targets.iter().any(test);
        let answer = conflict.graph().moves().find(|it| {
            is_open(it.player, it.from, it.to) && any(&|target| !target.contains(it.player))
        });
        if let Some(answer) = answer {
            return Some((answer.player, answer.from, answer.to));
        }
        let members = (0..conflict.n_players()).filter(|it| any(&|target| target.contains(*it)));
        members.into_iter().find_map(|player| {
            let other = (0..conflict.n_states()).find(|it| is_open(player, self.state, *it))?;
            Some((player, self.state, other))
        })
    }
}
