//! From which patience on well-known strategies are equilibria of a prisoner's dilemma that is the
//! same for both sides. Each is `None` where the stakes are no dilemma, T > R > P > S.

use detente_quantity::{DiscountFactor, Stakes};

use crate::{CriticalPatience, search::first_pass};

/// The payoffs of a dilemma, a quarter of each so that no difference overflows.
struct Dilemma {
    t: f64,
    r: f64,
    p: f64,
    s: f64,
}

impl Dilemma {
    fn of(stakes: &Stakes) -> Option<Self> {
        let [t, r, p, s] = [stakes.t(), stakes.r(), stakes.p(), stakes.s()].map(|it| it / 4.0);
        (t > r && r > p && p > s).then_some(Self { t, r, p, s })
    }
}

/// From a positive quotient upwards, if it is below 1.
fn from(quotient: f64) -> CriticalPatience {
    match DiscountFactor::new(quotient) {
        Ok(least) if quotient > 0.0 => CriticalPatience::AtLeast(least),
        Ok(_) => CriticalPatience::Always,
        Err(_) => CriticalPatience::Never,
    }
}

/// Taking turns, one honouring while the other cheats, with a public coin that says whose turn it
/// is and mutual cheating for ever as the punishment: **δ ≥ (P − S)/(T − P)**, possible only where
/// T + S > 2P (claim S-02). Where R is tempting to leave it takes less patience than honouring
/// together: 1/4 against 1/2 at 5, 3, 1, 0.
///
/// Source: derived; the least δ of any partial cooperation is the smaller of this and
/// (T − R)/(T − P).
///
/// ```
/// use detente_quantity::{DiscountFactor, Stakes};
/// use detente_reciprocity::{CriticalPatience, repeated::alternation};
/// let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0)?;
/// let quarter = CriticalPatience::AtLeast(DiscountFactor::new(0.25)?);
/// assert_eq!(alternation(&stakes), Some(quarter));
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[must_use]
pub fn alternation(stakes: &Stakes) -> Option<CriticalPatience> {
    let Dilemma { t, p, s, .. } = Dilemma::of(stakes)?;
    Some(from((p - s) / (t - p)))
}

/// Tit for tat on both sides is a Nash equilibrium:
/// **δ ≥ max{(T − R)/(T − P), (T − R)/(R − S)}**: neither cheating for ever nor taking turns at it
/// pays (claim S-03).
///
/// Source: Axelrod (1981), theorem 2.
#[must_use]
pub fn tit_for_tat(stakes: &Stakes) -> Option<CriticalPatience> {
    let Dilemma { t, r, p, s } = Dilemma::of(stakes)?;
    let tempted = t - r;
    Some(from((tempted / (t - p)).max(tempted / (r - s))))
}

/// The one discount factor, if any, at which tit for tat on both sides is subgame-perfect:
/// **δ = (T − R)/(R − S) = (P − S)/(T − P)** (claim S-03). After a lapse each punishes the other in
/// turn, and both must be as ready to go on as to stop. The two quotients are compared by
/// cross-multiplication, up to one part in 10¹⁵.
///
/// Source: Kalai, Samet and Stanford (1988); derived.
#[must_use]
pub fn tit_for_tat_perfect(stakes: &Stakes) -> Option<DiscountFactor> {
    let Dilemma { t, r, p, s } = Dilemma::of(stakes)?;
    let (go_on, stop) = ((t - r) / (r - s), (p - s) / (t - p));
    let same = (go_on - stop).abs() <= 1e-15 * go_on.max(stop);
    DiscountFactor::new(go_on).ok().filter(|_| same)
}

/// Honouring until somebody cheats, then cheating for `periods` periods and starting anew, is
/// subgame-perfect: **T − R ≤ (R − P)(δ + δ² + … + δᵏ)** (claim S-04). `Never` where even the most
/// patient gain, k(R − P) ≤ T − R. As k grows the bound falls to the grim trigger's.
///
/// Source: after Green and Porter (1984); derived.
#[must_use]
pub fn limited_punishment(stakes: &Stakes, periods: u32) -> Option<CriticalPatience> {
    let Dilemma { t, r, p, .. } = Dilemma::of(stakes)?;
    let (tempted, gain) = (t - r, r - p);
    let sustained = |delta: f64| {
        // (δ − δᵏ⁺¹)/(1 − δ) without its cancellation near 1.
        let fading = f64::from(periods) * delta.ln();
        tempted <= gain * delta * (-fading.exp_m1() / (1.0 - delta))
    };
    let grim = tempted / (t - p);
    let least = first_pass(grim, sustained).and_then(|least| DiscountFactor::new(least).ok());
    Some(least.map_or(CriticalPatience::Never, CriticalPatience::AtLeast))
}

/// Win-stay lose-shift on both sides is subgame-perfect: **δ ≥ (T − R)/(R − P)** (claim S-05), one
/// period of punishment. Never at 5, 3, 1, 0.
///
/// Source: after Nowak and Sigmund (1993); derived.
#[must_use]
pub fn win_stay_lose_shift(stakes: &Stakes) -> Option<CriticalPatience> {
    let Dilemma { t, r, p, .. } = Dilemma::of(stakes)?;
    Some(from((t - r) / (r - p)))
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        ImplementationGame,
        automata::{Automaton, RepeatedGame, named},
    };

    fn stakes(t: f64, r: f64, p: f64, s: f64) -> Stakes {
        Stakes::new(t, r, p, s).unwrap()
    }

    fn patience(delta: f64) -> DiscountFactor {
        DiscountFactor::new(delta).unwrap()
    }

    fn game(stakes: Stakes, delta: f64) -> RepeatedGame {
        RepeatedGame::new(ImplementationGame::new(stakes, stakes), patience(delta))
    }

    fn perfect(it: &Automaton, stakes: Stakes, delta: f64) -> bool {
        game(stakes, delta).subgame_perfect(it, it).unwrap().holds()
    }

    #[test]
    fn bounds_at_the_usual_payoffs() {
        let usual = stakes(5.0, 3.0, 1.0, 0.0);
        let at_least = |delta| Some(CriticalPatience::AtLeast(patience(delta)));
        assert_eq!(tit_for_tat(&usual), at_least(2.0 / 3.0));
        assert_eq!(win_stay_lose_shift(&usual), Some(CriticalPatience::Never));
        assert_eq!(limited_punishment(&usual, 1), Some(CriticalPatience::Never));
        assert_eq!(limited_punishment(&usual, 0), Some(CriticalPatience::Never));
        assert_eq!(tit_for_tat_perfect(&usual), None);
        assert_eq!(
            tit_for_tat_perfect(&stakes(3.0, 2.0, 1.0, 0.0)),
            Some(patience(0.5))
        );
        assert_eq!(
            alternation(&stakes(3.0, 2.9, 2.0, 0.0)),
            Some(CriticalPatience::Never)
        );
        assert_eq!(alternation(&stakes(3.0, 4.0, 2.0, 0.0)), None);
    }

    #[test]
    fn the_longest_punishment_is_the_grim_trigger() {
        let usual = stakes(5.0, 3.0, 1.0, 0.0);
        let Some(CriticalPatience::AtLeast(least)) = limited_punishment(&usual, u32::MAX) else {
            panic!("no bound");
        };
        approx::assert_relative_eq!(least.get(), 0.5, max_relative = 1e-14);
    }

    proptest! {
        #[test]
        fn tit_for_tat_is_an_equilibrium_from_its_bound(
            stakes in strategies::prisoners_dilemma(), delta in 0.01..0.99_f64,
        ) {
            let it = named::tit_for_tat();
            let found = tit_for_tat(&stakes).unwrap();
            if let CriticalPatience::AtLeast(least) = found {
                prop_assume!((least.get() - delta).abs() > 1e-6);
            }
            let holds = game(stakes, delta).nash(&it, &it).unwrap().holds();
            prop_assert_eq!(holds, found.admits(patience(delta)));
        }

        #[test]
        fn limited_punishment_is_perfect_from_its_bound(
            stakes in strategies::prisoners_dilemma(), delta in 0.01..0.99_f64, k in 1..8_u32,
        ) {
            let it = named::limited_punishment(k as usize).unwrap();
            let found = limited_punishment(&stakes, k).unwrap();
            if let CriticalPatience::AtLeast(least) = found {
                prop_assume!((least.get() - delta).abs() > 1e-6);
            }
            prop_assert_eq!(perfect(&it, stakes, delta), found.admits(patience(delta)));
        }

        #[test]
        fn win_stay_lose_shift_is_perfect_from_its_bound(
            stakes in strategies::prisoners_dilemma(), delta in 0.01..0.99_f64,
        ) {
            let found = win_stay_lose_shift(&stakes).unwrap();
            if let CriticalPatience::AtLeast(least) = found {
                prop_assume!((least.get() - delta).abs() > 1e-6);
            }
            let it = named::win_stay_lose_shift();
            prop_assert_eq!(perfect(&it, stakes, delta), found.admits(patience(delta)));
        }

        #[test]
        fn tit_for_tat_is_perfect_at_one_patience_at_most(
            // T − R = P − S makes both quotients the same.
            (s, exposure, gain) in (-8..8_i8, 1..8_i8, 1..8_i8), delta in 0.01..0.99_f64,
        ) {
            let (s, exposure, gain) = (f64::from(s), f64::from(exposure), f64::from(gain));
            let stakes = stakes(s + 2.0 * exposure + gain, s + exposure + gain, s + exposure, s);
            let it = named::tit_for_tat();
            let Some(at) = tit_for_tat_perfect(&stakes) else {
                return Err(TestCaseError::fail("the quotients are the same"));
            };
            prop_assert!(perfect(&it, stakes, at.get()));
            prop_assume!((at.get() - delta).abs() > 1e-6);
            prop_assert!(!perfect(&it, stakes, delta));
        }
    }
}
