//! Small linear programs in `f64`: variables in a box, constraints that are not too many, answers with
//! a bound that rounding cannot break.

/// The largest c · x among the x with A x ≤ b and every |xⱼ| ≤ reach.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    n: usize,
    lines: Vec<f64>,
    bounds: Vec<f64>,
    reach: f64,
}

/// What a program comes to.
#[derive(Debug, Clone)]
pub(crate) enum Answer {
    /// No x meets all constraints: some of them, added up, contradict each other by more than
    /// rounding.
    Contradiction,
    /// A best x.
    Best(Best),
}

/// A best x, and how good it can be.
#[derive(Debug, Clone)]
pub(crate) struct Best {
    /// Meets all constraints but for rounding, unless the search was cut short.
    pub(crate) x: Vec<f64>,
    /// No x that meets the constraints does better: by weak duality, rounding made up for.
    pub(crate) bound: f64,
    /// The weights of the constraints that prove the bound.
    pub(crate) weights: Vec<(usize, f64)>,
}

/// By how much a constraint must be violated to count.
const VIOLATED: f64 = 1e-12;
/// By how much constraints must contradict each other.
const CONTRADICTION: f64 = 1e-9;
/// Entries smaller than this are taken for rounding.
const TINY: f64 = 1e-11;
/// By how much entries of an objective are moved apart.
const APART: f64 = 1e-13;

impl Program {
    /// A program without constraints but the box.
    pub(crate) const fn new(n: usize, reach: f64) -> Self {
        Self {
            n,
            lines: Vec::new(),
            bounds: Vec::new(),
            reach,
        }
    }

    /// Adds the constraint a · x ≤ b; `a` has an entry for each variable.
    pub(crate) fn at_most(&mut self, a: impl IntoIterator<Item = f64>, b: f64) {
        self.lines.extend(a.into_iter().take(self.n));
        self.lines.resize((self.bounds.len() + 1) * self.n, 0.0);
        self.bounds.push(b);
    }

    /// The same constraints where every pair of variables is a number times this pair.
    pub(crate) fn folded(&self, pair: [f64; 2]) -> Self {
        let entries = self.lines.chunks_exact(2);
        Self {
            n: self.n / 2,
            lines: entries
                .map(|it| it[0] * pair[0] + it[1] * pair[1])
                .collect(),
            bounds: self.bounds.clone(),
            reach: self.reach,
        }
    }

    /// The largest `objective` · x, by the dual simplex method from the best corner of the box
    /// (Lemke 1954). O(constraints · variables) a step.
    pub(crate) fn maximum(&self, objective: &[f64]) -> Answer {
        // Entries moved apart a little, so that ties do not keep the search going in circles.
        let apart = |(at, it): (usize, &f64)| it + APART * (1.0 + (at as f64 * 0.618_034).fract());
        let moved: Vec<f64> = objective.iter().enumerate().map(apart).collect();
        let mut basis = Basis::of(self, &moved);
        for _ in 0..200 + 20 * self.n {
            let x = basis.corner(self);
            let Some((entering, excess)) = self.worst(&x) else {
                break;
            };
            let line = &self.lines[entering * self.n..(entering + 1) * self.n];
            let mix = basis.mix(line);
            let weights = basis.mix(&moved);
            let ratio = |at: &usize| weights[*at].max(0.0) / mix[*at];
            let candidates = (0..self.n).filter(|&at| mix[at] > TINY);
            let leaving = candidates.min_by(|a, b| ratio(a).total_cmp(&ratio(b)));
            match leaving {
                Some(leaving) => basis.exchange(leaving, entering, &mix),
                None if excess > CONTRADICTION => return Answer::Contradiction,
                None => break,
            }
        }
        Answer::Best(self.proved(&basis, objective))
    }

    /// The constraint that x violates most.
    fn worst(&self, x: &[f64]) -> Option<(usize, f64)> {
        let excess = |(line, bound): (&[f64], &f64)| dot(line, x) - bound;
        let lines = self.lines.chunks_exact(self.n.max(1)).zip(&self.bounds);
        lines
            .map(excess)
            .enumerate()
            .filter(|it| it.1 > VIOLATED)
            .max_by(|a, b| a.1.total_cmp(&b.1))
    }

    fn proved(&self, basis: &Basis, objective: &[f64]) -> Best {
        let mut rest = objective.to_vec();
        let mut bound = 0.0;
        let mut weights = Vec::new();
        for (place, weight) in basis.members.iter().zip(basis.mix(objective)) {
            if weight <= 0.0 {
                continue;
            }
            match *place {
                Member::Line(line) => {
                    bound += weight * self.bounds[line];
                    let own = &self.lines[line * self.n..(line + 1) * self.n];
                    for (rest, entry) in rest.iter_mut().zip(own) {
                        *rest -= weight * entry;
                    }
                    weights.push((line, weight));
                }
                Member::Side(axis, sign) => {
                    bound += weight * self.reach;
                    rest[axis] -= weight * sign;
                }
            }
        }
        // What the weights do not account for is at most this much anywhere in the box.
        let missed: f64 = rest.iter().map(|it| it.abs() * self.reach).sum();
        Best {
            x: basis.corner(self),
            bound: bound + missed + 1e-14 * (1.0 + bound.abs()),
            weights,
        }
    }
}

/// A constraint that is met with equality at a corner.
#[derive(Debug, Clone, Copy)]
enum Member {
    Line(usize),
    /// A side of the box: ±x ≤ reach.
    Side(usize, f64),
}

/// As many constraints as variables, and the inverse of their matrix.
#[derive(Debug, Clone)]
struct Basis {
    members: Vec<Member>,
    inverse: Vec<f64>,
}

impl Basis {
    /// The corner of the box that is best for the objective.
    fn of(program: &Program, objective: &[f64]) -> Self {
        let n = program.n;
        let mut inverse = vec![0.0; n * n];
        let sides = objective.iter().take(n).enumerate().map(|(axis, &it)| {
            let sign = if it < 0.0 { -1.0 } else { 1.0 };
            inverse[axis * n + axis] = sign;
            Member::Side(axis, sign)
        });
        let members = sides.collect();
        Self { members, inverse }
    }

    /// Where all members are met with equality.
    fn corner(&self, program: &Program) -> Vec<f64> {
        let bound = |member: &Member| match *member {
            Member::Line(line) => program.bounds[line],
            Member::Side(..) => program.reach,
        };
        let bounds: Vec<f64> = self.members.iter().map(bound).collect();
        let lines = self.inverse.chunks_exact(self.members.len().max(1));
        lines.map(|line| dot(line, &bounds)).collect()
    }

    /// The weights with which the members add up to a vector.
    fn mix(&self, vector: &[f64]) -> Vec<f64> {
        let n = self.members.len();
        let mut mix = vec![0.0; n];
        for (line, entry) in self.inverse.chunks_exact(n.max(1)).zip(vector) {
            for (sum, own) in mix.iter_mut().zip(line) {
                *sum += entry * own;
            }
        }
        mix
    }

    fn exchange(&mut self, leaving: usize, entering: usize, mix: &[f64]) {
        let n = self.members.len();
        for line in self.inverse.chunks_exact_mut(n) {
            let pivot = line[leaving] / mix[leaving];
            for (entry, weight) in line.iter_mut().zip(mix) {
                *entry -= weight * pivot;
            }
            line[leaving] = pivot;
        }
        self.members[leaving] = Member::Line(entering);
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use proptest::{collection, prelude::*};

    use super::*;

    #[test]
    fn what_contradicts_itself_has_no_answer() {
        let mut program = Program::new(1, 10.0);
        program.at_most([1.0], -1.0);
        assert!(matches!(program.maximum(&[1.0]), Answer::Best(best) if best.x == [-1.0]));
        program.at_most([-1.0], 0.5);
        assert!(matches!(program.maximum(&[1.0]), Answer::Contradiction));
    }

    /// Corners of two lines each, the box among them: the best of those that meet all.
    fn by_hand(lines: &[[f64; 3]], objective: [f64; 2]) -> Option<f64> {
        let sides = [
            [1.0, 0.0, 2.0],
            [-1.0, 0.0, 2.0],
            [0.0, 1.0, 2.0],
            [0.0, -1.0, 2.0],
        ];
        let all: Vec<[f64; 3]> = lines.iter().chain(&sides).copied().collect();
        let mut best: Option<f64> = None;
        for [a, b, c] in &all {
            for [d, e, f] in &all {
                let area = a * e - b * d;
                if area.abs() < 1e-9 {
                    continue;
                }
                let x = [(c * e - b * f) / area, (a * f - c * d) / area];
                if all
                    .iter()
                    .all(|it| it[0] * x[0] + it[1] * x[1] <= it[2] + 1e-9)
                {
                    let worth = dot(&objective, &x);
                    best = Some(best.map_or(worth, |best| best.max(worth)));
                }
            }
        }
        best
    }

    proptest! {
        #[test]
        fn programs_of_two_variables_are_solved(
            lines in collection::vec(prop::array::uniform3((-4..=4_i8).prop_map(f64::from)), 0..8),
            objective in prop::array::uniform2((-4..=4_i8).prop_map(f64::from)),
        ) {
            let mut program = Program::new(2, 2.0);
            for [a, b, c] in &lines {
                program.at_most([*a, *b], *c);
            }
            match (program.maximum(&objective), by_hand(&lines, objective)) {
                (Answer::Best(best), Some(expected)) => {
                    prop_assert!((best.bound - expected).abs() < 1e-9, "{best:?} {expected}");
                    prop_assert!(best.bound >= dot(&objective, &best.x) - 1e-12);
                    for [a, b, c] in &lines {
                        prop_assert!(a * best.x[0] + b * best.x[1] <= c + 1e-9);
                    }
                    prop_assert!(best.weights.iter().all(|it| it.0 < lines.len() && it.1 > 0.0));
                }
                (Answer::Contradiction, None) => {}
                (found, expected) => prop_assert!(false, "{found:?} {expected:?}"),
            }
        }
    }
}
