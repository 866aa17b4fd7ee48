//! Small linear programs in `f64`: variables in a box, constraints listed or looked up, answers with
//! a bound that rounding cannot break.

/// A constraint a · x ≤ b that an x violates, under a name.
#[derive(Debug, Clone)]
pub(crate) struct Cut {
    pub(crate) line: Vec<f64>,
    pub(crate) bound: f64,
    pub(crate) name: Name,
}

/// Which constraint it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Name {
    /// That a variable is as small as the box allows, or smaller.
    Least(usize),
    /// That it is as large, or larger.
    Greatest(usize),
    /// One of those that were listed or looked up.
    Listed(usize),
}

/// The corner at which a search ended, as the constraints that are met there with equality.
#[derive(Debug, Clone)]
pub(crate) struct Corner {
    pub(crate) x: Vec<f64>,
    /// The names of the constraints and their weights in the objective, moved apart; not negative but
    /// for rounding.
    pub(crate) weights: Vec<(Name, f64)>,
    basis: Basis,
    /// The constraint at which the search found that nothing can give way.
    stuck: Option<Cut>,
}

/// By how much a constraint must be violated to count.
const VIOLATED: f64 = 1e-12;
/// Entries smaller than this are taken for rounding.
const TINY: f64 = 1e-10;
/// By how much entries of an objective are moved apart.
const APART: f64 = 1e-13;
/// Exchanges after which the inverse is worked out anew.
const FRESH: usize = 24;

/// The x of a box, by the least and the greatest of each variable, at which `objective` · x is largest
/// under constraints of which `violated` names the one that an x violates most, by the dual simplex
/// method from the best corner of the box (Lemke 1954). O(variables²) a step beside looking it up.
pub(crate) fn search(
    objective: &[f64],
    sides: &[(f64, f64)],
    mut violated: impl FnMut(&[f64]) -> Option<Cut>,
) -> Corner {
    // Entries moved apart a little, so that ties do not keep the search going in circles.
    let apart = |(at, it): (usize, &f64)| it + APART * (1.0 + (at as f64 * 0.618_034).fract());
    let moved: Vec<f64> = objective.iter().enumerate().map(apart).collect();
    let mut basis = Basis::of(&moved, sides);
    let mut stuck = None;
    for step in 0..200 + 20 * moved.len() {
        if step % FRESH == FRESH - 1 {
            basis.refresh();
        }
        let x = basis.corner();
        let Some(cut) = outside(&x, sides).or_else(|| violated(&x)) else {
            break;
        };
        let mix = basis.mix(&cut.line);
        let weights = basis.mix(&moved);
        let ratio = |at: &usize| weights[*at].max(0.0) / mix[*at];
        let candidates = (0..mix.len()).filter(|&at| mix[at] > TINY);
        let Some(leaving) = candidates.min_by(|a, b| ratio(a).total_cmp(&ratio(b))) else {
            stuck = Some(cut);
            break;
        };
        basis.exchange(leaving, cut, &mix);
    }
    let weights = basis.mix(&moved);
    let names = basis.members.iter().map(|it| it.name);
    Corner {
        x: basis.corner(),
        weights: names.zip(weights).collect(),
        basis,
        stuck,
    }
}

/// The side of the box beyond which a point lies farthest, for its size.
fn outside(x: &[f64], sides: &[(f64, f64)]) -> Option<Cut> {
    let excess = |name: Name| match name {
        Name::Least(at) => (sides[at].0 - x[at]) / sides[at].0.abs().max(1.0),
        Name::Greatest(at) => (x[at] - sides[at].1) / sides[at].1.abs().max(1.0),
        Name::Listed(_) => 0.0,
    };
    let all = (0..x.len()).flat_map(|at| [Name::Least(at), Name::Greatest(at)]);
    let name = all.max_by(|&a, &b| excess(a).total_cmp(&excess(b)))?;
    (excess(name) > VIOLATED).then(|| side(name, sides))
}

fn side(name: Name, sides: &[(f64, f64)]) -> Cut {
    let (axis, sign, bound) = match name {
        Name::Least(at) => (at, -1.0, -sides[at].0),
        Name::Greatest(at) | Name::Listed(at) => (at, 1.0, sides[at].1),
    };
    let mut line = vec![0.0; sides.len()];
    line[axis] = sign;
    Cut { line, bound, name }
}

/// As many constraints as variables, and the inverse of their matrix.
#[derive(Debug, Clone)]
struct Basis {
    members: Vec<Cut>,
    inverse: Vec<f64>,
}

impl Basis {
    /// The corner of the box that is best for the objective.
    fn of(objective: &[f64], sides: &[(f64, f64)]) -> Self {
        let n = objective.len();
        let mut inverse = vec![0.0; n * n];
        let corner = objective.iter().enumerate().map(|(axis, &it)| {
            let (sign, name) = if it < 0.0 {
                (-1.0, Name::Least(axis))
            } else {
                (1.0, Name::Greatest(axis))
            };
            inverse[axis * n + axis] = sign;
            side(name, sides)
        });
        let members = corner.collect();
        Self { members, inverse }
    }

    /// Where all members are met with equality.
    fn corner(&self) -> Vec<f64> {
        let bounds: Vec<f64> = self.members.iter().map(|it| it.bound).collect();
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

    fn exchange(&mut self, leaving: usize, entering: Cut, mix: &[f64]) {
        let n = self.members.len();
        for line in self.inverse.chunks_exact_mut(n) {
            let pivot = line[leaving] / mix[leaving];
            for (entry, weight) in line.iter_mut().zip(mix) {
                *entry -= weight * pivot;
            }
            line[leaving] = pivot;
        }
        self.members[leaving] = entering;
    }

    /// Works the inverse out from the members (Gauss and Jordan), without the rounding that exchanges
    /// have piled up.
    fn refresh(&mut self) {
        let n = self.members.len();
        // Line by line, a member and its line of the unit matrix.
        let mut lines: Vec<Vec<f64>> = { self.members.iter().enumerate() }
            .map(|(at, it)| {
                let unit = (0..n).map(|other| if other == at { 1.0 } else { 0.0 });
                it.line.iter().copied().chain(unit).collect()
            })
            .collect();
        for column in 0..n {
            let size = |at: &usize| lines[*at][column].abs();
            let Some(best) = (column..n).max_by(|a, b| size(a).total_cmp(&size(b))) else {
                return;
            };
            if size(&best) < TINY * TINY {
                return;
            }
            lines.swap(column, best);
            let pivot = lines[column][column];
            for entry in &mut lines[column] {
                *entry /= pivot;
            }
            let own = lines[column].clone();
            for (at, line) in lines.iter_mut().enumerate() {
                let factor = line[column];
                if at != column && factor.abs() > 0.0 {
                    for (entry, own) in line.iter_mut().zip(&own) {
                        *entry -= factor * own;
                    }
                }
            }
        }
        self.inverse = lines
            .into_iter()
            .flat_map(|it| it.into_iter().skip(n))
            .collect();
    }
}

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

    /// The largest `objective` · x. O(constraints · variables) a step.
    pub(crate) fn maximum(&self, objective: &[f64]) -> Answer {
        let sides = vec![(-self.reach, self.reach); self.n];
        let corner = search(objective, &sides, |x| self.worst(x));
        if corner
            .stuck
            .as_ref()
            .is_some_and(|it| self.is_contradicted(&corner.basis, it))
        {
            return Answer::Contradiction;
        }
        Answer::Best(self.proved(corner, objective))
    }

    /// The constraint that x violates most.
    fn worst(&self, x: &[f64]) -> Option<Cut> {
        let excess = |(line, bound): (&[f64], &f64)| dot(line, x) - bound;
        let lines = || self.lines.chunks_exact(self.n.max(1)).zip(&self.bounds);
        let (name, _) = lines()
            .map(excess)
            .enumerate()
            .filter(|it| it.1 > VIOLATED)
            .max_by(|a, b| a.1.total_cmp(&b.1))?;
        let (line, bound) = lines().nth(name)?;
        Some(Cut {
            line: line.to_vec(),
            bound: *bound,
            name: Name::Listed(name),
        })
    }

    /// Whether a constraint and some members of a basis, added up, ask for less than there is
    /// anywhere in the box (Farkas 1902).
    fn is_contradicted(&self, basis: &Basis, cut: &Cut) -> bool {
        let mut rest = cut.line.clone();
        let mut bound = cut.bound;
        let mut size = bound.abs();
        for (member, weight) in basis.members.iter().zip(basis.mix(&cut.line)) {
            let weight = (-weight).max(0.0);
            bound += weight * member.bound;
            size += weight * member.bound.abs();
            for (rest, entry) in rest.iter_mut().zip(&member.line) {
                *rest += weight * entry;
            }
        }
        let least: f64 = rest.iter().map(|it| -it.abs() * self.reach).sum();
        bound < least - VIOLATED * (1.0 + size)
    }

    fn proved(&self, corner: Corner, objective: &[f64]) -> Best {
        let members = &corner.basis.members;
        let missed = |weights: &[f64]| {
            let mut rest = objective.to_vec();
            for (member, weight) in members.iter().zip(weights) {
                for (rest, entry) in rest.iter_mut().zip(&member.line) {
                    *rest -= weight * entry;
                }
            }
            rest
        };
        let weights: Vec<f64> = corner.weights.iter().map(|it| it.1.max(0.0)).collect();
        // What rounding in the inverse lost is found from what is missing, and then hardly anything is.
        let found = corner.basis.mix(&missed(&weights));
        let refined = weights
            .iter()
            .zip(found)
            .map(|(it, more)| (it + more).max(0.0));
        let weights: Vec<f64> = refined.collect();
        let rest = missed(&weights);
        let terms = || weights.iter().zip(members);
        let bound: f64 = terms().map(|(weight, it)| weight * it.bound).sum();
        let size = 1.0
            + terms()
                .map(|(weight, it)| weight * it.bound.abs())
                .sum::<f64>();
        // What the weights do not account for is at most this much anywhere in the box.
        let missed: f64 = rest.iter().map(|it| it.abs() * self.reach).sum();
        Best {
            x: corner.x,
            bound: bound + missed + 1e-14 * size,
            weights: { corner.weights.into_iter() }
                .filter_map(|(name, weight)| match name {
                    Name::Listed(line) if weight > 0.0 => Some((line, weight)),
                    _ => None,
                })
                .collect(),
        }
    }
}

/// The sum of products of entries in the same places.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
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
