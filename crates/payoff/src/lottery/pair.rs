//! Solutions of two parties in closed form on the efficient border.

use super::{
    Target,
    chain::{Chain, Place},
};
use crate::Ideal;

type Pair = [f64; 2];

/// Two parties' lotteries: the border and what they have without agreement.
#[derive(Debug)]
pub(super) struct Pairwise<'a> {
    pub(super) chain: &'a Chain,
    pub(super) nonagreement: Pair,
}

impl Pairwise<'_> {
    /// The part of the border on which nobody loses, from the best for the first party to the best
    /// for the second; `None` unless somewhere both gain.
    pub(super) fn zone(&self) -> Option<[Place; 2]> {
        let gains = |point: Pair| minus(point, self.nonagreement);
        let even = self.chain.passing(|point| {
            let [first, second] = gains(point);
            first - second
        });
        let least = gains(self.chain.payoffs(even));
        let inside = match even.share > 0.0 {
            // Without rounding: whether nonagreement lies below the side.
            true => self.chain.is_below(even.point, self.nonagreement),
            false => least[0] > 0.0 && least[1] > 0.0,
        };
        inside.then(|| self.part(self.nonagreement))
    }

    /// The part of the border on which nobody gets less than the floor.
    fn part(&self, floor: Pair) -> [Place; 2] {
        let from = self.chain.passing(|point| floor[1] - point[1]);
        let to = self.chain.passing(|point| point[0] - floor[0]);
        [from, to]
    }

    /// The best payoffs over all lotteries, or over those from which nobody loses.
    pub(super) fn ideal(&self, ideal: Ideal) -> Pair {
        match ideal {
            Ideal::Rational => self.ideal_above(self.nonagreement),
            Ideal::Global => {
                let points = self.chain.points();
                [points[0][0], points[points.len() - 1][1]]
            }
        }
    }

    fn ideal_above(&self, floor: Pair) -> Pair {
        let [from, to] = self.part(floor).map(|place| self.chain.payoffs(place));
        [from[0], to[1]]
    }

    /// The places that the target picks: one, or the two ends of a side along which a sum is
    /// highest.
    pub(super) fn pick(&self, target: &Target, zone: [Place; 2]) -> Vec<Place> {
        match target {
            Target::Product => vec![within(zone, self.product())],
            Target::Level { origin, units } => {
                vec![within(zone, self.level(pair(origin), pair(units)))]
            }
            Target::Sum { units, .. } => {
                let units = pair(units);
                let rise = |[first, second]: Pair| first / units[0] + second / units[1];
                let first = within(zone, self.chain.climb(|_, step| rise(step) > 0.0));
                let last = within(zone, self.chain.climb(|_, step| rise(step) >= 0.0));
                match first < last {
                    true => vec![first, last],
                    false => vec![first],
                }
            }
            Target::Raiffa => vec![within(zone, self.raiffa())],
        }
    }

    /// Where both are equally far from `origin` in units of `units`, or as nearly as can be.
    fn level(&self, origin: Pair, units: Pair) -> Place {
        self.chain.passing(|point| {
            let [first, second] = minus(point, origin);
            first / units[0] - second / units[1]
        })
    }

    /// Where the product of gains is highest: along a straight side it is a parabola.
    fn product(&self) -> Place {
        let gains = |point: usize| minus(self.chain.points()[point], self.nonagreement);
        let rises = |point: usize, step: Pair| {
            let [first, second] = gains(point);
            second <= 0.0 || (first > 0.0 && step[0] * second + step[1] * first > 0.0)
        };
        let climbed = self.chain.climb(rises);
        let Some(point) = climbed.point.checked_sub(1) else {
            return climbed;
        };
        let ([first, second], [loss, gain]) = (gains(point), self.chain.step(point));
        // Half the way between the two places at which one party gains nothing.
        self.chain
            .on_the_way(point, -(first / loss + second / gain) / 2.0)
    }

    /// Raiffa's steps, until nothing is left between a step and its ideal point.
    fn raiffa(&self) -> Place {
        let mut step = self.nonagreement;
        // Each step halves the way at least: none is left after as many as a number has bits.
        for _ in 0..64 {
            let ideal = self.ideal_above(step);
            let next = [0, 1].map(|party| f64::midpoint(step[party], ideal[party]));
            if next[0] >= ideal[0] || next[1] >= ideal[1] {
                break;
            }
            step = next;
        }
        let units = minus(self.ideal_above(step), step);
        match units.iter().all(|way| *way > 0.0) {
            true => self.level(step, units),
            false => self.chain.passing(|point| point[0] - step[0]),
        }
    }
}

fn within([from, to]: [Place; 2], place: Place) -> Place {
    if place < from {
        from
    } else if place > to {
        to
    } else {
        place
    }
}

fn pair(numbers: &[f64]) -> Pair {
    [numbers[0], numbers[1]]
}

fn minus(a: Pair, b: Pair) -> Pair {
    [a[0] - b[0], a[1] - b[1]]
}
