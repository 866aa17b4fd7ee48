//! Where each of two leaders' rates of untrue alarm replies to the other.

use super::{PromotionPair, Sides};

/// A rate of the first side, and by how much its reply to the second's reply exceeds it.
type Point = (f64, f64);

/// The reply counts as touching the rate where it comes so near.
const TOUCHING: f64 = 1e-12;

/// The pairs of rates that reply to each other, in rising order of the first side's, and how many
/// replies were worked out.
pub(super) fn rates(pair: &PromotionPair, steps: u32) -> (Vec<Sides<f64>>, u32) {
    let mut scan = Scan {
        pair,
        found: Vec::new(),
        run: None,
        evaluations: 0,
    };
    let point = |scan: &mut Scan<'_>, step: u32| {
        let rate = (f64::from(step) / f64::from(steps)).min(1.0);
        scan.point(rate)
    };
    let mut older = None;
    let mut before = point(&mut scan, 0);
    scan.meet(before);
    for step in 1..=steps {
        let after = point(&mut scan, step);
        if differ(before, after) {
            scan.cross(before, after);
        } else if let Some(older) = older.filter(|older| is_dip(*older, before, after)) {
            scan.touch((older, after), before);
        }
        scan.meet(after);
        (older, before) = (Some(before), after);
    }
    scan.close();
    scan.found.sort_by(|a, b| a.first.total_cmp(&b.first));
    (scan.found, scan.evaluations)
}

struct Scan<'p> {
    pair: &'p PromotionPair,
    found: Vec<Sides<f64>>,
    /// The start and the latest of a run of rates on the grid that reply to their replies.
    run: Option<(f64, f64)>,
    evaluations: u32,
}

impl Scan<'_> {
    fn point(&mut self, rate: f64) -> Point {
        self.evaluations += 1;
        let second = self.second(rate);
        (rate, self.first(second) - rate)
    }

    fn first(&self, rate: f64) -> f64 {
        self.pair.first_answer(rate).0.inflation.get()
    }

    fn second(&self, rate: f64) -> f64 {
        self.pair.second_answer(rate).0.inflation.get()
    }

    /// Between two rates at which the excess differs in sign: first the first side's rate; then the
    /// second's, which is no single number if its reply jumps there.
    fn cross(&mut self, low: Point, high: Point) {
        let rising = low.1 < 0.0;
        let above = |excess: f64| (excess > 0.0) == rising;
        let (mut low, mut high) = (low.0, high.0);
        while let Some(middle) = between(low, high) {
            let (_, excess) = self.point(middle);
            *(if above(excess) { &mut high } else { &mut low }) = middle;
        }
        let first = f64::midpoint(low, high);
        let (mut low, mut high) = (self.second(low), self.second(high));
        while let Some(middle) = between(low, high) {
            self.evaluations += 1;
            let excess = self.first(middle) - first;
            *(if above(excess) { &mut high } else { &mut low }) = middle;
        }
        let second = f64::midpoint(low, high);
        self.found.push(Sides { first, second });
    }

    /// A dip of the excess towards 0 between `ends`: two crossings, one touch, or none. By golden
    /// section, which finds the minimum if it is the only one there.
    fn touch(&mut self, ends: (Point, Point), inside: Point) {
        const GOLDEN: f64 = 0.618_033_988_749_894_9;
        let (mut low, mut high) = (ends.0.0, ends.1.0);
        let mut nearest = inside;
        // Sixty steps narrow the bracket by a factor of 10¹².
        for _ in 0..60 {
            let (left, right) = (high - GOLDEN * (high - low), low + GOLDEN * (high - low));
            let (at_left, at_right) = (self.point(left), self.point(right));
            for point in [at_left, at_right] {
                if differ(ends.0, point) {
                    self.cross(ends.0, point);
                    self.cross(point, ends.1);
                    return;
                }
                if point.1.abs() < nearest.1.abs() {
                    nearest = point;
                }
            }
            if at_left.1.abs() <= at_right.1.abs() {
                high = right;
            } else {
                low = left;
            }
        }
        if nearest.1.abs() <= TOUCHING {
            self.found.push(self.pair_at(nearest.0));
        }
    }

    fn meet(&mut self, (at, excess): Point) {
        if excess == 0.0 {
            let start = self.run.map_or(at, |(start, _)| start);
            self.run = Some((start, at));
        } else {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some((start, end)) = self.run.take() {
            self.found.push(self.pair_at(start));
            if end > start {
                self.found.push(self.pair_at(end));
            }
        }
    }

    fn pair_at(&self, first: f64) -> Sides<f64> {
        Sides {
            first,
            second: self.second(first),
        }
    }
}

/// Whether the excess is above 0 at one and below at the other.
fn differ(one: Point, other: Point) -> bool {
    (one.1 > 0.0 && other.1 < 0.0) || (one.1 < 0.0 && other.1 > 0.0)
}

/// Whether the excess, of one sign, comes nearer to 0 in the middle than at either end.
fn is_dip(low: Point, middle: Point, high: Point) -> bool {
    let none_is_root = [low, middle, high].iter().all(|point| point.1 != 0.0);
    let one_sign = !differ(low, middle) && !differ(middle, high);
    none_is_root && one_sign && middle.1.abs() <= low.1.abs() && middle.1.abs() < high.1.abs()
}

/// A number strictly between, in whichever order they come.
fn between(one: f64, other: f64) -> Option<f64> {
    let middle = f64::midpoint(one, other);
    (one.min(other) < middle && middle < one.max(other)).then_some(middle)
}
