//! What a coordinate between 0 and 1 means for an uncertain number.

use detente_uncertainty::{Kind, Uncertain, flip::normal_score};

use crate::model::{Bounds, Input};

/// What a coordinate between 0 and 1 means for an uncertain number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Frame {
    /// The probability of a smaller value, as draws are made.
    Quantile,
    /// ½ is the central value itself; on either side of it the coordinate runs through that side's
    /// probability, so that its normal score tells how far out on its side a value lies: for a
    /// symmetric number the ordinary score, for any other one that is 0 at the central value.
    Score,
    /// ½ is the central value, 0 and 1 are the ends of the coder's range (the 2.5% and 97.5% quantiles
    /// where it has no end), and in between values move in a straight line.
    Range,
}

impl Frame {
    /// The value of a number at a coordinate. In frames around the central value, which leave the
    /// distribution's own measure, values are kept inside what the field allows.
    pub(crate) fn value(self, input: &Input, coordinate: f64) -> f64 {
        let number = &input.value;
        match self {
            Self::Quantile => number.quantile(coordinate),
            Self::Score => within(input.bounds, around(number, coordinate)),
            Self::Range => within(input.bounds, across(number, coordinate)),
        }
    }

    /// The uniform number that decides a true type; around the central value it is the likeliest
    /// type throughout.
    pub(crate) fn true_type(self, coordinate: f64) -> Option<f64> {
        (self == Self::Quantile).then_some(coordinate)
    }
}

fn around(number: &Uncertain, coordinate: f64) -> f64 {
    let below = share_below(number);
    let out = 2.0 * coordinate - 1.0;
    // The central value itself, which rounding would miss, and which a quantile need not reach.
    if out == 0.0 || (out < 0.0 && below <= 0.0) || (out > 0.0 && below >= 1.0) {
        return number.central();
    }
    let u = if out > 0.0 {
        below + (1.0 - below) * out
    } else {
        below * (1.0 + out)
    };
    let value = number.quantile(u);
    // Where the distribution is flat, a quantile may fall on the other side by rounding.
    if out > 0.0 {
        value.max(number.central())
    } else {
        value.min(number.central())
    }
}

/// How far out on its side of the central value a value lies: the normal score of its coordinate in
/// [`Frame::Score`]; infinite beyond what the number can be.
pub(crate) fn score(number: &Uncertain, value: f64) -> f64 {
    let below = share_below(number);
    let u = number.cdf(value).get();
    let out = if value > number.central() {
        (u - below) / (1.0 - below)
    } else {
        (u - below) / below
    };
    if out.is_nan() {
        return 0.0;
    }
    normal_score(f64::midpoint(1.0, out.abs().min(1.0))).copysign(out)
}

/// The probability of a value below the central one; at one of several values, up to the middle
/// of it.
fn share_below(number: &Uncertain) -> f64 {
    let central = number.central();
    let at_most = number.cdf(central).get();
    let Kind::Discrete { outcomes } = number.kind() else {
        return at_most;
    };
    let total: f64 = outcomes.iter().map(|(_, weight)| weight).sum();
    let below: f64 = outcomes
        .iter()
        .filter(|(value, _)| *value < central)
        .map(|(_, weight)| weight)
        .sum();
    (below / total + at_most) / 2.0
}

fn across(number: &Uncertain, coordinate: f64) -> f64 {
    let (low, high) = range(number);
    let central = number.central();
    let out = 2.0 * coordinate - 1.0;
    if out > 0.0 {
        central + out * (high - central)
    } else {
        central + out * (central - low)
    }
}

/// The ends of the coder's range.
pub(crate) fn range(number: &Uncertain) -> (f64, f64) {
    let (low, high) = number.support();
    let end = |end: f64, u: f64| {
        if end.is_finite() {
            end
        } else {
            number.quantile(u)
        }
    };
    (end(low, 0.025), end(high, 0.975))
}

/// The nearest value that the field allows.
fn within(bounds: Bounds, value: f64) -> f64 {
    match bounds {
        Bounds::Any => value,
        Bounds::Probability => value.clamp(0.0, 1.0),
        Bounds::Belief => value.clamp(f64::EPSILON, 1.0 - f64::EPSILON),
        Bounds::Likelihood => value.clamp(f64::EPSILON, 1.0),
        Bounds::Patience => value.clamp(0.0, 1.0 - f64::EPSILON),
        Bounds::Positive => value.max(f64::EPSILON),
        Bounds::NonNegative => value.max(0.0),
        Bounds::NonPositive => value.min(0.0),
    }
}
