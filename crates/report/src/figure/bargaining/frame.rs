//! What the plane of two parties has to hold, and the key to its marks.

use detente::agreements::{Cloud, MarkedPayoffs, PayoffCloud, PayoffPlane};

use super::super::canvas::{Key, Shape, Sign};

/// The radius of an ellipse that holds 90% of a bivariate normal distribution, in standard deviations.
pub(super) const NINETY: f64 = 2.146;

pub(super) fn keys(cloud: &PayoffCloud, plane: &PayoffPlane) -> Vec<Key> {
    let mut keys = vec![match plane.cloud {
        Cloud::Points(_) => Key::new(Sign::Dot("rule dot"), "an agreement"),
        Cloud::Density(_) => Key::new(Sign::Patch("a-full"), "agreements, larger where more"),
    }];
    if cloud.parties.len() == 2 {
        keys.push(Key::new(Sign::Line("ink line"), "frontier"));
    }
    if plane.hull.len() > 2 {
        keys.push(Key::new(
            Sign::Line("rule thin dash"),
            "reached by lotteries",
        ));
    }
    keys.push(Key::new(Sign::Patch("c-full band"), "both prefer to none"));
    if cloud.marked.iter().any(|it| spreads(it, plane.parties)) {
        keys.push(Key::new(
            Sign::Mark(Shape::Ring, "a"),
            "about 90% of draws, taken as normal (ellipses)",
        ));
    }
    keys
}

/// Whether draws differ in what a mark is worth to two parties.
fn spreads(mark: &MarkedPayoffs, parties: [usize; 2]) -> bool {
    let variance = |party: usize| mark.spread.as_ref()?.covariance.get(party)?.get(party);
    parties
        .iter()
        .any(|party| variance(*party).is_some_and(|it| *it > 0.0))
}

/// Everything that has to fit along one axis.
pub(super) fn values(cloud: &PayoffCloud, plane: &PayoffPlane, axis: usize) -> Vec<f64> {
    let party = plane.parties[axis];
    let mut values: Vec<f64> = match &plane.cloud {
        Cloud::Points(points) => points.iter().map(|it| it[axis]).collect(),
        Cloud::Density(density) => [density.across, density.up][axis].to_vec(),
    };
    for MarkedPayoffs {
        payoffs, spread, ..
    } in &cloud.marked
    {
        values.extend(payoffs.get(party));
        if let Some(spread) = spread {
            let mean = spread.mean.get(party).copied().unwrap_or_default();
            let variance = spread.covariance.get(party).and_then(|it| it.get(party));
            let reach = NINETY * variance.copied().unwrap_or_default().max(0.0).sqrt();
            values.extend([mean - reach, mean + reach]);
        }
    }
    values
}

/// The payoffs of two parties.
pub(super) fn both(payoffs: &[f64], parties: [usize; 2]) -> [f64; 2] {
    parties.map(|party| payoffs.get(party).copied().unwrap_or_default())
}
