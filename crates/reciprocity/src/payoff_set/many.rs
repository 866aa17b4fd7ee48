//! Equilibrium payoffs of any number of players, from outside and from inside by linear programs in
//! fixed directions (Judd, Yeltekin and Conklin 2003).

use detente_quantity::DiscountFactor;

use super::rounds::Stop;
use crate::{
    NormalForm, ReciprocityError,
    program::{Answer, Program},
};

/// The most profiles of actions times directions that a round looks at.
const MAX_PROGRAMS: usize = 200_000;
/// The most linear programs over all rounds.
const MAX_WORK: usize = 4_000_000;
/// A bound that falls by less stands still.
const STILL: f64 = 1e-12;
/// How far promises are drawn towards the middle of the set.
const DRAWN: f64 = 1e-7;
/// Rounds after which drawing in is given up.
const MAX_DRAWS: usize = 300;
/// How far outside a set a point is taken for inside.
const INSIDE: f64 = 1e-12;

/// The pure-strategy subgame-perfect payoffs, with a public coin, of equally patient players who see
/// what each other does, between a polytope that holds them all and points whose hull sustains itself.
///
/// Outside, every direction's bound is proved by weak duality. Inside, each point is a profile of
/// actions and a promise that lies in the hull drawn in by 10⁻⁷; that is checked in `f64` with margins
/// far above rounding.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PayoffBounds {
    /// Half-spaces whose intersection holds every equilibrium payoff; none if there is no equilibrium.
    pub outer: Vec<HalfSpace>,
    /// Whether the half-spaces leave nothing: there is no equilibrium in pure strategies.
    pub empty: bool,
    /// Points, one payoff a player, whose convex hull consists of equilibrium payoffs.
    pub inner: Vec<Vec<f64>>,
    /// How much farther than the points the half-spaces reach at most, along any of their normals of
    /// length 1 in parts of each player's range of payoffs; infinite where there are half-spaces and no
    /// points. Between the directions the sets may differ by more.
    pub gap: f64,
    /// How often the half-spaces were drawn in.
    pub rounds: usize,
    /// Why no more often.
    pub stop: Stop,
}

/// The payoffs x with normal · x ≤ bound.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct HalfSpace {
    /// One number a player.
    pub normal: Vec<f64>,
    /// The bound.
    pub bound: f64,
}

/// Bounds on the equilibrium payoffs of a game of any number of players, in all directions whose
/// entries are −2, −1, 0, 1 or 2 up to length (98 for three players), or −1, 0 and 1 beyond three.
///
/// O(profiles · directions²) a round; the number of rounds grows with 1/(1 − δ) and is limited, which
/// [`PayoffBounds::stop`] then says.
///
/// # Errors
/// [`TooMany`](ReciprocityError::TooMany) where profiles times directions exceed 200,000.
///
/// ```
/// use detente_quantity::DiscountFactor;
/// use detente_reciprocity::{NormalForm, payoff_set::payoff_bounds};
/// // Three states may each keep a treaty, worth 2 to every one, at a cost of 3.
/// let payoffs: Vec<Vec<f64>> = (0..3_u32)
///     .map(|player| {
///         let pays = |profile: u32| {
///             let keeps = |who: u32| f64::from(1 - (profile >> (2 - who) & 1));
///             2.0 * (keeps(0) + keeps(1) + keeps(2)) - 3.0 * keeps(player)
///         };
///         (0..8).map(pays).collect()
///     })
///     .collect();
/// let game = NormalForm::new(&[2, 2, 2], &payoffs)?;
/// // Keeping it costs 1 a period more than it gives; breaking it costs the 3 that it gives together.
/// let best = |delta| {
///     let found = payoff_bounds(&game, DiscountFactor::new(delta)?)?;
///     let least = |point: &Vec<f64>| point.iter().copied().fold(f64::INFINITY, f64::min);
///     Ok::<_, detente_reciprocity::ReciprocityError>(found.inner.iter().map(least).fold(0.0, f64::max))
/// };
/// assert!((best(0.3)? - 3.0).abs() < 1e-6);
/// assert!(best(0.1)?.abs() < 1e-6);
/// # Ok::<(), detente_reciprocity::ReciprocityError>(())
/// ```
pub fn payoff_bounds(
    game: &NormalForm,
    delta: DiscountFactor,
) -> Result<PayoffBounds, ReciprocityError> {
    let n = game.n_players();
    let directions = directions(n)?;
    let given = game.n_profiles().saturating_mul(directions.len());
    if given > MAX_PROGRAMS {
        return Err(too_many(given));
    }
    let board = Board::of(game, delta.get());
    let (supports, rounds, stop) = board.outside(&directions);
    if stop == Stop::Empty {
        return Ok(PayoffBounds {
            outer: Vec::new(),
            empty: true,
            inner: Vec::new(),
            gap: 0.0,
            rounds,
            stop,
        });
    }
    let inner = board.inside(&directions, &supports);
    let reach = |direction: &Vec<f64>| {
        let worth = inner.iter().map(|point| dot(direction, point));
        worth.fold(f64::NEG_INFINITY, f64::max)
    };
    let gaps = directions.iter().zip(&supports);
    let gap = gaps
        .map(|(direction, bound)| (bound - reach(direction)) / dot(direction, direction).sqrt())
        .fold(0.0, f64::max);
    Ok(PayoffBounds {
        outer: board.half_spaces(&directions, &supports),
        empty: false,
        inner: inner.iter().map(|point| board.payoffs(point)).collect(),
        gap,
        rounds,
        stop,
    })
}

const fn too_many(given: usize) -> ReciprocityError {
    ReciprocityError::TooMany {
        what: "profiles of actions times directions",
        given,
        limit: MAX_PROGRAMS,
    }
}

/// All vectors of small whole numbers without a common divisor but 0.
fn directions(n: usize) -> Result<Vec<Vec<f64>>, ReciprocityError> {
    let most: i8 = if n <= 3 { 2 } else { 1 };
    let mut all = vec![Vec::new()];
    for _ in 0..n {
        let longer = all.iter().flat_map(|start: &Vec<i8>| {
            (-most..=most).map(move |entry| start.iter().copied().chain([entry]).collect())
        });
        all = longer.collect();
        if all.len() > MAX_PROGRAMS {
            return Err(too_many(all.len()));
        }
    }
    all.retain(|it| it.iter().any(|entry| entry.abs() == 1));
    Ok(all
        .iter()
        .map(|it| it.iter().copied().map(f64::from).collect())
        .collect())
}

/// A profile of actions with what it pays and tempts each player with, on the unit cube.
struct Profile {
    paid: Vec<f64>,
    /// What a promise must exceed the threat by.
    extra: Vec<f64>,
}

/// A point of a set and what sustains it, on the unit cube.
#[derive(Debug, Clone)]
struct Plan {
    worth: Vec<f64>,
    promise: Vec<f64>,
    /// What the promise must exceed the threat by; nothing for an equilibrium of the stage game.
    least: Option<Vec<f64>>,
}

impl Plan {
    /// Whether no player gains by leaving what is played, for fear of a threat.
    fn is_kept(&self, threat: &[f64]) -> bool {
        let Some(least) = &self.least else {
            return true;
        };
        let bounds = threat.iter().zip(least);
        let pairs = self.promise.iter().zip(bounds);
        pairs
            .into_iter()
            .all(|(promise, (threat, extra))| *extra <= 0.0 || *promise >= threat + extra)
    }
}

/// A game on the unit cube, each player's payoffs from 0 to 1.
struct Board {
    delta: f64,
    profiles: Vec<Profile>,
    minmax: Vec<f64>,
    least: Vec<f64>,
    range: Vec<f64>,
}

impl Board {
    fn of(game: &NormalForm, delta: f64) -> Self {
        let n = game.n_players();
        let mut board = Self {
            delta,
            profiles: Vec::new(),
            minmax: Vec::new(),
            least: Vec::new(),
            range: Vec::new(),
        };
        let mut paid: Vec<Vec<f64>> = Vec::new();
        let mut best: Vec<Vec<f64>> = Vec::new();
        for player in 0..n {
            let payoffs = game.payoffs(player).unwrap_or_default();
            let least = payoffs.iter().copied().fold(f64::INFINITY, f64::min);
            let most = payoffs.iter().copied().fold(least, f64::max);
            let range = most / 4.0 - least / 4.0;
            let share = |it: &f64| {
                if range > 0.0 {
                    (it / 4.0 - least / 4.0) / range
                } else {
                    0.0
                }
            };
            paid.push(payoffs.iter().map(share).collect());
            best.push(best_replies(&paid[player], game, player));
            let held = best[player].iter().copied().fold(f64::INFINITY, f64::min);
            board.minmax.push(held);
            board.least.push(least);
            board.range.push(range);
        }
        let rate = (1.0 - delta) / delta;
        board.profiles = (0..game.n_profiles())
            .map(|at| Profile {
                paid: paid.iter().map(|it| it[at]).collect(),
                extra: (0..n)
                    .map(|player| {
                        let tempted = best[player][at] - paid[player][at];
                        if tempted > 0.0 {
                            (rate * tempted).min(f64::MAX)
                        } else {
                            0.0
                        }
                    })
                    .collect(),
            })
            .collect();
        board
    }

    fn n(&self) -> usize {
        self.least.len()
    }

    /// What an equilibrium can be worth at most in each direction.
    fn outside(&self, directions: &[Vec<f64>]) -> (Vec<f64>, usize, Stop) {
        let mut supports: Vec<f64> = directions.iter().map(|it| self.feasible(it)).collect();
        let downwards = self.downwards(directions);
        for (&at, held) in downwards.iter().zip(&self.minmax) {
            supports[at] = supports[at].min(-held + INSIDE);
        }
        let mut alive: Vec<usize> = (0..self.profiles.len()).collect();
        let mut rounds = 0;
        let mut work = 0;
        loop {
            rounds += 1;
            work += alive.len() * directions.len();
            let mut program = Program::new(self.n(), 2.0);
            for (direction, bound) in directions.iter().zip(&supports) {
                program.at_most(direction.iter().copied(), *bound);
            }
            let threat: Vec<f64> = downwards.iter().map(|&at| -supports[at]).collect();
            let mut next = vec![f64::NEG_INFINITY; directions.len()];
            alive.retain(|&at| {
                self.widen(&self.profiles[at], &program, &threat, directions, &mut next)
            });
            if alive.is_empty() {
                return (supports, rounds, Stop::Empty);
            }
            let fallen = supports.iter().zip(&next).map(|(old, new)| old - new);
            let most = fallen.fold(0.0, f64::max);
            for (old, new) in supports.iter_mut().zip(next) {
                *old = old.min(new);
            }
            if most <= STILL {
                return (supports, rounds, Stop::Still);
            }
            if work > MAX_WORK {
                return (supports, rounds, Stop::Limit);
            }
        }
    }

    /// Raises the bounds to what a profile can be worth; whether it can be enforced at all.
    fn widen(
        &self,
        profile: &Profile,
        program: &Program,
        threat: &[f64],
        directions: &[Vec<f64>],
        bounds: &mut [f64],
    ) -> bool {
        let least = self.promises(profile, threat, -INSIDE);
        if least.iter().any(|it| *it > 1.0 + INSIDE) {
            return false;
        }
        let mut program = program.clone();
        for (player, least) in least.iter().enumerate() {
            program.at_most(self.axis(player, -1.0), -least);
        }
        for (direction, bound) in directions.iter().zip(bounds) {
            let Answer::Best(best) = program.maximum(direction) else {
                return false;
            };
            let today = (1.0 - self.delta) * dot(direction, &profile.paid);
            *bound = bound.max(today + self.delta * best.bound + 1e-15);
        }
        true
    }

    /// What each must be promised to play its part, and a margin if it is tempted.
    fn promises(&self, profile: &Profile, threat: &[f64], margin: f64) -> Vec<f64> {
        let pairs = threat.iter().zip(&profile.extra);
        pairs
            .map(|(threat, extra)| threat + extra + if *extra > 0.0 { margin } else { 0.0 })
            .collect()
    }

    /// Points whose hull sustains itself, drawn in from the bounds; static equilibria if that fails.
    fn inside(&self, directions: &[Vec<f64>], supports: &[f64]) -> Vec<Vec<f64>> {
        let statics = { self.profiles.iter() }
            .filter(|it| it.extra.iter().all(|extra| *extra <= 0.0))
            .map(|it| Plan {
                worth: it.paid.clone(),
                promise: it.paid.clone(),
                least: None,
            });
        let statics: Vec<Plan> = statics.collect();
        let mut plans = statics.clone();
        plans.extend(self.touching(directions, supports));
        let mut plans = extremes(directions, plans);
        for _ in 0..MAX_DRAWS {
            let points: Vec<Vec<f64>> = plans.iter().map(|it| it.worth.clone()).collect();
            let threat: Vec<f64> = (0..self.n())
                .map(|player| lowest(&points, player))
                .collect();
            let kept: Vec<bool> = { plans.iter() }
                .map(|plan| plan.is_kept(&threat) && is_in_hull(&plan.promise, &points))
                .collect();
            if kept.iter().all(|kept| *kept) {
                return points;
            }
            let mut next = self.generated(directions, &points, &threat);
            next.extend(statics.iter().cloned());
            let pairs = plans.into_iter().zip(kept);
            let held = pairs.filter_map(|(plan, kept)| kept.then_some(plan));
            // What holds comes last, and so first where it reaches as far.
            next.extend(held);
            plans = extremes(directions, next);
            if plans.is_empty() {
                break;
            }
        }
        statics.into_iter().map(|it| it.worth).collect()
    }

    /// What profiles can be worth in each direction with promises within the bounds.
    fn touching(&self, directions: &[Vec<f64>], supports: &[f64]) -> Vec<Plan> {
        let downwards = self.downwards(directions);
        let threat: Vec<f64> = downwards.iter().map(|&at| -supports[at]).collect();
        let mut plans = Vec::new();
        for profile in &self.profiles {
            let mut program = Program::new(self.n(), 2.0);
            for (direction, bound) in directions.iter().zip(supports) {
                program.at_most(direction.iter().copied(), *bound);
            }
            for (player, least) in self.promises(profile, &threat, 0.0).iter().enumerate() {
                program.at_most(self.axis(player, -1.0), -least);
            }
            for direction in directions {
                if let Answer::Best(best) = program.maximum(direction) {
                    plans.push(self.plan(profile, best.x));
                }
            }
        }
        plans
    }

    /// The plans that reach farthest with promises in the hull of points, drawn in.
    fn generated(&self, directions: &[Vec<f64>], points: &[Vec<f64>], threat: &[f64]) -> Vec<Plan> {
        let drawn = drawn_in(points);
        let mut found = Vec::new();
        for profile in &self.profiles {
            let least = self.promises(profile, threat, DRAWN);
            if profile
                .paid
                .iter()
                .zip(&least)
                .all(|(paid, least)| paid >= least)
            {
                found.push(Plan {
                    worth: profile.paid.clone(),
                    promise: profile.paid.clone(),
                    least: Some(profile.extra.clone()),
                });
                continue;
            }
            if (0..self.n()).any(|player| drawn.iter().all(|it| it[player] < least[player])) {
                continue;
            }
            for direction in directions {
                if let Some(promise) = farthest(&drawn, direction, &least) {
                    found.push(self.plan(profile, promise));
                }
            }
        }
        found
    }

    /// An axis of the cube with a sign.
    fn axis(&self, player: usize, sign: f64) -> impl Iterator<Item = f64> {
        (0..self.n()).map(move |it| if it == player { sign } else { 0.0 })
    }

    /// A profile once, and then a promise.
    fn plan(&self, profile: &Profile, promise: Vec<f64>) -> Plan {
        let pairs = profile.paid.iter().zip(&promise);
        let mix = |(paid, promise)| (1.0 - self.delta) * paid + self.delta * promise;
        Plan {
            worth: pairs.map(mix).collect(),
            promise,
            least: Some(profile.extra.clone()),
        }
    }

    /// The most that any profile is worth in a direction.
    fn feasible(&self, direction: &[f64]) -> f64 {
        let worths = self.profiles.iter().map(|it| dot(direction, &it.paid));
        worths.fold(f64::NEG_INFINITY, f64::max)
    }

    /// Where the directions stand that point down one axis each.
    fn downwards(&self, directions: &[Vec<f64>]) -> Vec<usize> {
        let down = |player: usize| {
            directions.iter().position(|it| {
                let mut entries = it.iter().enumerate();
                entries.all(|(at, &entry)| {
                    if at == player {
                        entry < 0.0
                    } else {
                        entry == 0.0
                    }
                })
            })
        };
        (0..self.n()).filter_map(down).collect()
    }

    fn payoffs(&self, point: &[f64]) -> Vec<f64> {
        let scales = self.least.iter().zip(&self.range);
        scales
            .zip(point)
            .map(|((least, range), share)| 4.0 * (least / 4.0 + share * range))
            .collect()
    }

    /// The bounds in payoffs.
    fn half_spaces(&self, directions: &[Vec<f64>], supports: &[f64]) -> Vec<HalfSpace> {
        let space = |(direction, bound): (&Vec<f64>, &f64)| {
            let scales = direction.iter().zip(&self.range);
            // A player who gets the same whatever happens has no range to bound.
            let normal: Vec<f64> = scales
                .map(|(entry, range)| {
                    if *range > 0.0 {
                        entry / range / 4.0
                    } else {
                        *entry
                    }
                })
                .collect();
            let from = dot(&normal, &self.least);
            HalfSpace {
                bound: from + bound,
                normal,
            }
        };
        directions.iter().zip(supports).map(space).collect()
    }
}

fn best_replies(paid: &[f64], game: &NormalForm, player: usize) -> Vec<f64> {
    let stride: usize = game.n_actions().iter().skip(player + 1).product();
    let n_actions = game.n_actions().get(player).copied().unwrap_or(1);
    let replies = |at: usize| {
        let first = at - (at / stride % n_actions) * stride;
        (0..n_actions).map(move |action| first + action * stride)
    };
    (0..paid.len())
        .map(|at| {
            replies(at)
                .map(|it| paid[it])
                .fold(f64::NEG_INFINITY, f64::max)
        })
        .collect()
}

/// The plans that reach farthest in some direction; the last of several.
fn extremes(directions: &[Vec<f64>], plans: Vec<Plan>) -> Vec<Plan> {
    let mut kept = vec![false; plans.len()];
    for direction in directions {
        let worths: Vec<f64> = plans.iter().map(|it| dot(direction, &it.worth)).collect();
        let most = worths.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if let Some(best) = worths.iter().rposition(|it| *it >= most - DRAWN / 16.0) {
            kept[best] = true;
        }
    }
    let pairs = plans.into_iter().zip(kept);
    pairs
        .filter_map(|(plan, kept)| kept.then_some(plan))
        .collect()
}

/// Points a little way towards their mean.
fn drawn_in(points: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let n_points = points.len() as f64;
    let n = points.first().map_or(0, Vec::len);
    let mean: Vec<f64> = (0..n)
        .map(|axis| points.iter().map(|it| it[axis] / n_points).sum())
        .collect();
    let drawn = |point: &Vec<f64>| {
        let pairs = point.iter().zip(&mean);
        pairs
            .map(|(own, mean)| own + DRAWN * (mean - own))
            .collect()
    };
    points.iter().map(drawn).collect()
}

fn lowest(points: &[Vec<f64>], player: usize) -> f64 {
    let payoffs = points.iter().map(|it| it[player]);
    payoffs.fold(f64::INFINITY, f64::min)
}

/// The point of a hull that reaches farthest in a direction and gives each player at least so much.
///
/// The program's dual: the least t + Σ sᵢ·(−leastᵢ) with t ≥ d·z + s·z for every point z, s ≥ 0; the
/// weights of its constraints are those of the points.
fn farthest(points: &[Vec<f64>], direction: &[f64], least: &[f64]) -> Option<Vec<f64>> {
    const STEEPEST: f64 = 1e6;
    let n = least.len();
    let mut program = Program::new(n + 1, STEEPEST);
    for player in 0..n {
        program.at_most((0..=n).map(|it| if it == player { -1.0 } else { 0.0 }), 0.0);
    }
    for point in points {
        let line = point.iter().copied().chain([-1.0]);
        program.at_most(line, -dot(direction, point));
    }
    let objective: Vec<f64> = least.iter().copied().chain([-1.0]).collect();
    let Answer::Best(best) = program.maximum(&objective) else {
        return None;
    };
    let mut promise = vec![0.0; n];
    let mut total = 0.0;
    for (line, weight) in best.weights {
        if let Some(point) = line.checked_sub(n).and_then(|at| points.get(at)) {
            total += weight;
            for (sum, own) in promise.iter_mut().zip(point) {
                *sum += weight * own;
            }
        }
    }
    let met = promise
        .iter()
        .zip(least)
        .all(|(given, least)| *given >= least - DRAWN / 8.0);
    ((total - 1.0).abs() < 10.0 * INSIDE && met).then_some(promise)
}

/// Whether a point lies in the hull of others, but for rounding: no direction in which it reaches
/// farther than all of them.
fn is_in_hull(point: &[f64], others: &[Vec<f64>]) -> bool {
    let n = point.len();
    let mut program = Program::new(n + 1, 1.0);
    for other in others {
        // A separating direction of entries up to 1/n keeps its bound within the box.
        let line = other.iter().map(|it| it / n as f64).chain([-1.0]);
        program.at_most(line, 0.0);
    }
    let objective: Vec<f64> = point.iter().map(|it| it / n as f64).chain([-1.0]).collect();
    matches!(program.maximum(&objective), Answer::Best(best) if best.bound <= INSIDE)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}
