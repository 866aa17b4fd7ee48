//! §3 and §4: the nation's margin and the leader's.

use std::f64::consts::PI;

use detente::{
    case::{Case, Home, Party, Terms},
    legitimacy::SurvivalCurve,
};

use super::{Rule, stakes};

/// Whether the payoff reaches the ratification floor.
pub(super) fn ratified(party: &Party, payoff: f64) -> bool {
    let floor = party.ratification_floor.as_ref();
    floor.is_none_or(|floor| payoff >= floor.value.central())
}

/// The margin of a rule at trust h, for a party that gets A or B.
pub(super) fn margin(
    party: &Party,
    agreements: &[Terms],
    rule: Rule,
    (a, b): (f64, f64),
    h: f64,
) -> Option<f64> {
    let d = stakes::nonagreement(party)?;
    let (Rule::Leader, Some(home)) = (rule, &party.home) else {
        return Some(h * (a - d) + (1.0 - h) * (b - d));
    };
    let mut reached: Vec<f64> = agreements
        .iter()
        .map(|terms| stakes::payoff(party, terms))
        .collect::<Option<_>>()?;
    reached.push(d);
    let least = reached.iter().copied().fold(f64::INFINITY, f64::min);
    let most = reached.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    // A party to whom everything is one has no scale: nothing is worth anything to it.
    let tilde = |payoff: f64| {
        if most > least {
            (payoff - least) / (most - least)
        } else {
            0.0
        }
    };
    leader(home, tilde(a), tilde(b), tilde(d), h)
}

/// Whether rounding may decide the sign of a margin: it is all but 0, and trust, which two ways of
/// computing round differently, enters into it. A tie of coarse numbers is a tie either way.
pub(super) fn is_close(case: &Case, party: &Party, margin: f64, h: f64) -> bool {
    let certain = h <= 0.0 || h >= 1.0;
    let coarse = certain || (case.acts.is_empty() && party.home.is_none());
    margin.abs() < 1e-10 && !(margin == 0.0 && coarse)
}

pub(crate) fn leader(home: &Home, a: f64, b: f64, d: f64, h: f64) -> Option<f64> {
    let omega = home.national_weight.as_ref()?.value.central();
    let office = home.office_stake.as_ref()?.value.central();
    let kappa = home.support.as_ref()?.value.central();
    let threat = home.threat.as_ref()?.value.central();
    let baseline = home.baseline.as_ref()?.value.central();
    let hostile = stakes::value(home.audience_hostility.as_ref(), 1.0 - h);
    let curve = home.curve.as_ref()?.value;
    let agreed = survival(
        curve,
        baseline + kappa * ((1.0 - hostile) * a + hostile * b),
    );
    let refused = survival(curve, baseline + kappa * d + threat * hostile);
    Some(omega * (h * a + (1.0 - h) * b - d) + office * (agreed - refused))
}

fn survival(curve: SurvivalCurve, z: f64) -> f64 {
    match curve {
        SurvivalCurve::Logit => 1.0 / (1.0 + (-z).exp()),
        SurvivalCurve::Probit => normal(z),
        SurvivalCurve::Cauchy => 0.5 + z.atan() / PI,
        SurvivalCurve::Linear => z.clamp(0.0, 1.0),
    }
}

/// Φ by the series φ(z)(z + z³/3 + z⁵/(3·5) + …), all of whose terms have the sign of z.
fn normal(z: f64) -> f64 {
    if z.abs() > 12.0 {
        return if z > 0.0 { 1.0 } else { 0.0 };
    }
    let (mut term, mut sum, mut odd) = (z, z, 3.0);
    while (term / sum).abs() > 1e-18 {
        term *= z * z / odd;
        sum += term;
        odd += 2.0;
    }
    0.5 + sum * (-z * z / 2.0).exp() / (2.0 * PI).sqrt()
}
