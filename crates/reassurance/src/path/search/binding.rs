//! Which rung binds where there is no path.

use super::{Judge, Search};
use crate::Blocked;

impl<J: Judge> Search<'_, J> {
    /// Of the rungs refused anywhere that would have led somewhere new, the one nearest to acceptance; looked for
    /// with as much effort again as the search was allowed.
    pub(super) fn nearest_refusal(&mut self) -> Option<Blocked<J::State>> {
        let mut nearest: Option<Blocked<J::State>> = None;
        let mut least = f64::NAN;
        let most = self.goal.effort.saturating_add(self.work.effort());
        for place in 0..self.closed.len() {
            if most < self.work.effort() {
                break;
            }
            let label = &self.labels[self.closed[place]];
            let after = label.totals.rungs;
            let Some(state) = label.state.clone() else {
                continue;
            };
            for rung in 0..self.judge.rungs() {
                self.work.rulings += 1;
                let ruling = self.judge.ruling(&state, rung);
                if ruling.accepts() {
                    continue;
                }
                let shortfall = self.judge.shortfall(&state, rung);
                // What has no measure gives way to whatever has one.
                if nearest.is_some() && !(shortfall < least || least.is_nan()) {
                    continue;
                }
                if rung == self.goal.target || self.is_new(&self.judge.honoured(&state, rung)) {
                    least = shortfall;
                    nearest = Some(Blocked {
                        rung,
                        state: state.clone(),
                        ruling,
                        after,
                    });
                }
            }
        }
        nearest
    }

    fn is_new(&mut self, state: &J::State) -> bool {
        let mut known = self.closed.iter();
        let found = known.position(|&it| {
            let known = self.labels[it].state.as_ref();
            known.is_some_and(|known| self.judge.covers(known, state))
        });
        self.work.comparisons += found.map_or(self.closed.len(), |place| place + 1);
        found.is_none()
    }
}
