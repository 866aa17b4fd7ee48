mod binding;

use std::{cmp::Reverse, collections::BinaryHeap};

use super::{
    Criterion, Judge, Path, PathAnswer, PathEnd, PathRung, PathTotals, SearchWork,
    order::{Key, stays_ahead},
};
use crate::{
    ReassuranceError,
    error::{no_such_target, not_negative},
};

/// Where a path is to lead and how far to search.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PathGoal {
    /// The rung that is the full agreement.
    pub target: usize,
    /// The criteria in order of importance: each once.
    pub order: [Criterion; 4],
    /// The most rungs a path may have, the full agreement included.
    pub most_rungs: usize,
    /// The most that the search may cost: see [`SearchWork::effort`]. Memory grows with it too.
    pub effort: usize,
}

/// The best path from `start` to the full agreement that both sides accept at every rung: least by the first
/// criterion, among those by the second, and so on. Exact search over belief states in order of the criteria;
/// a state is passed over only if another covers it (see [`Judge`]) at no more risk. If there is no
/// path, that is proved, and the binding rung named.
///
/// ```
/// use detente_quantity::Probability;
/// use detente_reassurance::{
///     Criterion, MutualRung, MutualTrust, PathEnd, PathGoal, RungStake, TrustPair, cheapest_path,
///     check_path,
/// };
/// let rung = |gain, loss, evidence| MutualRung {
///     sides: [RungStake { gain, loss, evidence }; 2],
///     time: 1.0,
/// };
/// // A hot line, a test ban, and the treaty that both want and neither trusts the other to keep.
/// let judge = MutualTrust::new(vec![rung(0.1, 0.05, 1.5), rung(0.3, 0.4, 4.0), rung(1.0, 2.0, 9.0)], 2)?;
/// let goal = PathGoal {
///     target: 2,
///     order: [Criterion::Exposure, Criterion::ExpectedLoss, Criterion::Rungs, Criterion::Time],
///     most_rungs: 6,
///     effort: 100_000,
/// };
/// let start = TrustPair::new([Probability::new(0.4)?.log_odds()?; 2]);
/// let answer = cheapest_path(&judge, &start, &goal)?;
/// let path = &answer.paths[0];
/// assert_eq!(check_path(&judge, &start, &goal, path), Ok(()));
/// assert_eq!(path.rungs.last().map(|it| it.rung), Some(2));
/// assert!(1 < path.rungs.len());
/// // With hardly any trust, not even the hot line is accepted: that is where it fails.
/// let start = TrustPair::new([Probability::new(0.3)?.log_odds()?; 2]);
/// let PathEnd::NoPath(Some(blocked)) = cheapest_path(&judge, &start, &goal)?.end else { panic!() };
/// assert_eq!(blocked.rung, 0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// O(states followed · (rungs + states followed)) rulings and comparisons, and never more than the goal's effort
/// allows; most states are passed over after few comparisons. If that does not suffice, the best path met so
/// far is given and the end says that it may not be the best.
///
/// # Errors
/// [`ReassuranceError::OutOfRange`] if the order names a criterion twice or the judge gives a risk that is
/// not a finite number from 0, and if there is no such target.
pub fn cheapest_path<J: Judge>(
    judge: &J,
    start: &J::State,
    goal: &PathGoal,
) -> Result<PathAnswer<J::State>, ReassuranceError> {
    Search::new(judge, goal, Wanted::Best)?.run(start)
}

/// Every path that no other betters in all four criteria at once (of equals, one): what can be had for what.
/// In order of the criteria. Where the effort does not suffice, those of the paths met so far that no other of
/// them betters.
///
/// # Errors
/// As [`cheapest_path`].
pub fn pareto_paths<J: Judge>(
    judge: &J,
    start: &J::State,
    goal: &PathGoal,
) -> Result<PathAnswer<J::State>, ReassuranceError> {
    Search::new(judge, goal, Wanted::ParetoSet)?.run(start)
}

#[derive(Clone, Copy, PartialEq)]
enum Wanted {
    Best,
    ParetoSet,
}

/// A path so far. `state` is where it leads, or `None` once the full agreement is taken.
struct Label<S> {
    state: Option<S>,
    totals: PathTotals,
    /// The label before and the rung taken from it; `None` at the start.
    parent: Option<(usize, usize)>,
}

struct Search<'a, J: Judge> {
    judge: &'a J,
    goal: &'a PathGoal,
    wanted: Wanted,
    labels: Vec<Label<J::State>>,
    open: BinaryHeap<Reverse<(Key, usize)>>,
    /// Labels followed, in the order in which they were.
    closed: Vec<usize>,
    /// The same, those that cover others first.
    rivals: Vec<usize>,
    /// What the full agreement exposes at the least.
    least_exposure: f64,
    /// The paths found so far, by what they come to and the label where they end, those that another makes
    /// superfluous left out.
    reached: Vec<(PathTotals, usize)>,
    work: SearchWork,
}

impl<'a, J: Judge> Search<'a, J> {
    fn new(judge: &'a J, goal: &'a PathGoal, wanted: Wanted) -> Result<Self, ReassuranceError> {
        let mut named = goal.order;
        named.sort_unstable();
        let different = 1 + named.windows(2).filter(|pair| pair[0] != pair[1]).count();
        if different < named.len() {
            return Err(ReassuranceError::OutOfRange {
                quantity: "number of different criteria",
                given: different as f64,
                expected: "4, each once",
            });
        }
        if judge.rungs() <= goal.target {
            return Err(no_such_target(goal.target));
        }
        Ok(Self {
            judge,
            goal,
            wanted,
            labels: Vec::new(),
            open: BinaryHeap::new(),
            closed: Vec::new(),
            rivals: Vec::new(),
            least_exposure: 0.0,
            reached: Vec::new(),
            work: SearchWork::default(),
        })
    }

    fn run(mut self, start: &J::State) -> Result<PathAnswer<J::State>, ReassuranceError> {
        let (target, rungs) = (self.goal.target, self.goal.most_rungs);
        self.least_exposure = self.judge.least_ahead(start, target, rungs).exposure;
        self.push(Some(start.clone()), PathTotals::NONE, None);
        while !self.is_spent() {
            let Some(Reverse((_, at))) = self.open.pop() else {
                return Ok(self.exhausted());
            };
            let Some(state) = self.labels[at].state.clone() else {
                if self.wanted == Wanted::Best {
                    return Ok(self.answer(PathEnd::Found));
                }
                continue;
            };
            if self.is_covered(at, &state) {
                self.work.pruned += 1;
            } else if self.is_hopeless(at, &state) {
                self.work.outdone += 1;
            } else {
                self.closed.push(at);
                self.rivals.push(at);
                self.work.followed += 1;
                self.follow(at, &state)?;
            }
        }
        let open = self.open.iter();
        let states = open.filter(|Reverse((_, at))| self.labels[*at].state.is_some());
        self.work.waiting += states.count();
        Ok(self.answer(PathEnd::BudgetSpent))
    }

    /// Whether too little effort is left to follow another state.
    fn is_spent(&self) -> bool {
        self.goal.effort < self.work.effort().saturating_add(self.judge.rungs())
    }

    /// The answer once every state that can be reached was covered.
    fn exhausted(mut self) -> PathAnswer<J::State> {
        if self.reached.is_empty() {
            let blocked = self.nearest_refusal();
            return self.answer(PathEnd::NoPath(blocked));
        }
        self.answer(PathEnd::Found)
    }

    /// Takes every accepted rung that leads anywhere new.
    fn follow(&mut self, at: usize, state: &J::State) -> Result<(), ReassuranceError> {
        let totals = self.labels[at].totals;
        if self.goal.most_rungs <= totals.rungs {
            return Ok(());
        }
        // What is reached at once may outdo what takes longer.
        self.arrive(at, state)?;
        // With one rung left, only the full agreement can be it.
        if totals.rungs + 1 == self.goal.most_rungs {
            return Ok(());
        }
        // Whatever rung is taken now, with all that may follow, the full agreement risks this.
        let rungs = self.goal.most_rungs - totals.rungs - 1;
        let ahead = self.judge.least_ahead(state, self.goal.target, rungs);
        let mut found = Vec::new();
        for rung in (0..self.judge.rungs()).filter(|&it| it != self.goal.target) {
            self.work.rulings += 1;
            if !self.judge.ruling(state, rung).accepts() {
                continue;
            }
            let totals = self.taken(totals, state, rung)?;
            if self.is_outdone(totals.with(ahead)) {
                self.work.outdone += 1;
                continue;
            }
            let next = self.judge.honoured(state, rung);
            if self.judge.covers(state, &next) {
                self.work.pruned += 1;
                continue;
            }
            found.push((self.key(Some(&next), totals), next, totals, rung));
        }
        self.take_up(at, found);
        Ok(())
    }

    /// Takes the full agreement, if it is accepted.
    fn arrive(&mut self, at: usize, state: &J::State) -> Result<(), ReassuranceError> {
        let target = self.goal.target;
        self.work.rulings += 1;
        if self.judge.ruling(state, target).accepts() {
            let totals = self.taken(self.labels[at].totals, state, target)?;
            if self.is_outdone(totals) {
                self.work.outdone += 1;
                return Ok(());
            }
            let mut reached = std::mem::take(&mut self.reached);
            self.work.comparisons += reached.len();
            reached.retain(|(it, _)| !self.no_worse(totals, *it));
            reached.push((totals, self.labels.len()));
            self.reached = reached;
            self.work.told += totals.rungs;
            self.push(None, totals, Some((at, target)));
        }
        Ok(())
    }

    /// Whether a path that comes to `mine` makes one that comes to `yours` superfluous.
    fn no_worse(&self, mine: PathTotals, yours: PathTotals) -> bool {
        let order = self.goal.order;
        match self.wanted {
            Wanted::ParetoSet => mine.no_worse(yours),
            Wanted::Best => Key::new(order, mine) <= Key::new(order, yours),
        }
    }

    /// What a path comes to with one more rung.
    fn taken(
        &self,
        totals: PathTotals,
        state: &J::State,
        rung: usize,
    ) -> Result<PathTotals, ReassuranceError> {
        let risk = self.judge.risk(state, rung);
        check_risk(risk.exposure, risk.expected_loss, risk.time)?;
        Ok(totals.with(risk))
    }

    /// What any path that begins so and stands there comes to at the least, now that the full agreement is
    /// still to be taken.
    fn at_least(&self, state: &J::State, totals: PathTotals) -> PathTotals {
        // How many rungs may come before it.
        let rungs = self.goal.most_rungs.saturating_sub(totals.rungs + 1);
        totals.with(self.judge.least_ahead(state, self.goal.target, rungs))
    }

    /// What is taken up first: what may lead to the least.
    fn key(&self, state: Option<&J::State>, totals: PathTotals) -> Key {
        let totals = match state {
            Some(state) => self.at_least(state, totals),
            None => totals,
        };
        Key::new(self.goal.order, totals)
    }

    /// The same with no less exposed than any path has by its end.
    fn exposed(&self, totals: PathTotals) -> PathTotals {
        PathTotals {
            exposure: totals.exposure.max(self.least_exposure),
            ..totals
        }
    }

    /// Whether a path already found is no worse than one that comes to this.
    fn is_outdone(&mut self, at_least: PathTotals) -> bool {
        let mut reached = self.reached.iter();
        let found = reached.position(|(it, _)| self.no_worse(*it, at_least));
        self.work.comparisons += found.map_or(self.reached.len(), |place| place + 1);
        found.is_some()
    }

    /// Whether a path already found is no worse than any through this label.
    fn is_hopeless(&mut self, at: usize, state: &J::State) -> bool {
        let at_least = self.at_least(state, self.labels[at].totals);
        self.is_outdone(at_least)
    }

    /// Pushes those of the labels found from one state that no other of them covers.
    fn take_up(&mut self, at: usize, mut found: Vec<(Key, J::State, PathTotals, usize)>) {
        found.sort_by_key(|label| label.0);
        let mut kept: Vec<usize> = Vec::new();
        for (_, next, totals, rung) in found {
            // Dropping a label is no proof of anything, so the search ends as spent.
            if self.goal.effort < self.work.effort() {
                self.work.waiting += 1;
                continue;
            }
            let (covered, asked) =
                covered_by(&mut kept, |it| self.covers(&self.labels[it], &next, totals));
            self.work.comparisons += asked;
            if covered {
                self.work.pruned += 1;
            } else {
                kept.push(self.labels.len());
                self.push(Some(next), totals, Some((at, rung)));
            }
        }
    }

    fn push(
        &mut self,
        state: Option<J::State>,
        totals: PathTotals,
        parent: Option<(usize, usize)>,
    ) {
        let place = self.labels.len();
        let key = self.key(state.as_ref(), totals);
        self.open.push(Reverse((key, place)));
        self.labels.push(Label {
            state,
            totals,
            parent,
        });
    }

    fn is_covered(&mut self, at: usize, state: &J::State) -> bool {
        let totals = self.labels[at].totals;
        let mut rivals = std::mem::take(&mut self.rivals);
        let (covered, asked) = covered_by(&mut rivals, |it| {
            self.covers(&self.labels[it], state, totals)
        });
        self.rivals = rivals;
        self.work.comparisons += asked;
        covered
    }

    /// Whether `label` makes one with this state and these totals superfluous.
    fn covers(&self, label: &Label<J::State>, state: &J::State, totals: PathTotals) -> bool {
        let further = label.totals.rungs <= totals.rungs
            && (label.state.as_ref()).is_some_and(|mine| self.judge.covers(mine, state));
        let (mine, yours) = (self.exposed(label.totals), self.exposed(totals));
        further
            && match self.wanted {
                Wanted::ParetoSet => mine.no_worse(yours),
                Wanted::Best => stays_ahead(self.goal.order, mine, yours),
            }
    }

    /// The paths found, in the order of the criteria.
    fn answer(self, end: PathEnd<J::State>) -> PathAnswer<J::State> {
        let mut reached = self.reached.clone();
        reached.sort_by_key(|(totals, at)| (Key::new(self.goal.order, *totals), *at));
        PathAnswer {
            paths: reached.iter().map(|(_, at)| self.path(*at)).collect(),
            end,
            work: self.work,
        }
    }

    fn path(&self, last: usize) -> Path<J::State> {
        let mut rungs = Vec::new();
        let mut at = last;
        while let Some((before, rung)) = self.labels[at].parent {
            if let Some(state) = self.labels[before].state.as_ref() {
                rungs.push(PathRung {
                    rung,
                    state: state.clone(),
                    ruling: self.judge.ruling(state, rung),
                    risk: self.judge.risk(state, rung),
                });
            }
            at = before;
        }
        rungs.reverse();
        Path {
            rungs,
            totals: self.labels[last].totals,
        }
    }
}

/// Whether one of these labels covers another, and how many were asked. One that does moves halfway to the front:
/// those that cover much are then asked first, and most labels are passed over after a few questions.
fn covered_by(labels: &mut [usize], covers: impl Fn(usize) -> bool) -> (bool, usize) {
    let Some(place) = labels.iter().position(|&it| covers(it)) else {
        return (false, labels.len());
    };
    labels.swap(place, place / 2);
    (true, place + 1)
}

fn check_risk(exposure: f64, expected_loss: f64, time: f64) -> Result<(), ReassuranceError> {
    not_negative("exposure of a rung", exposure)?;
    not_negative("expected loss of a rung", expected_loss)?;
    not_negative("time of a rung", time)?;
    Ok(())
}
