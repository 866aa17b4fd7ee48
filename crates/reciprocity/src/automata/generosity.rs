use detente_quantity::{DiscountFactor, Probability, Stakes};

/// How often generous tit for tat can afford to forgive when the other may do what it likes: the
/// largest g at which answering it with itself is a best reply (claim S-07),
///
/// **g = min{ 1 − (T − R)/(δ(R − S)), [(R − (1 − δ)T)/δ − P]/(T − P) }**
///
/// The first bound keeps a single act of cheating from paying, the second cheating for ever.
/// `None` where not even g = 0 does, or the stakes are no prisoner's dilemma (T > R > P > S).
/// O(1).
///
/// Source: Molander (1985) and Nowak and Sigmund (1992) at δ = 1; derived for δ < 1.
///
/// ```
/// use detente_quantity::{DiscountFactor, Stakes};
/// use detente_reciprocity::automata::{most_generous, most_generous_in_the_long_run};
/// let stakes = Stakes::new(5.0, 3.0, 1.0, 0.0)?;
/// let today = most_generous(&stakes, DiscountFactor::new(0.95)?).map(|g| g.get());
/// assert!(today.is_some_and(|g| (g - 0.2982).abs() < 5e-5));
/// let ever = most_generous_in_the_long_run(&stakes).map(|g| g.get());
/// assert!(ever.is_some_and(|g| (g - 1.0 / 3.0).abs() < 1e-15));
/// # Ok::<(), detente_quantity::QuantityError>(())
/// ```
#[must_use]
pub fn most_generous(stakes: &Stakes, patience: DiscountFactor) -> Option<Probability> {
    bound(stakes, patience.get())
}

/// The same for parties to whom all periods weigh the same (claim S-06):
/// g = min{ 1 − (T − R)/(R − S), (R − P)/(T − P) }.
///
/// `None` where not even g = 0 does, or the stakes are no prisoner's dilemma.
///
/// Source: Molander (1985); Nowak and Sigmund (1992).
#[must_use]
pub fn most_generous_in_the_long_run(stakes: &Stakes) -> Option<Probability> {
    bound(stakes, 1.0)
}

fn bound(stakes: &Stakes, delta: f64) -> Option<Probability> {
    // A quarter of each payoff keeps every difference finite and changes no ratio.
    let [t, r, p, s] = [stakes.t(), stakes.r(), stakes.p(), stakes.s()].map(|it| it / 4.0);
    let dilemma = t > r && r > p && p > s;
    if !dilemma || delta <= 0.0 {
        return None;
    }
    let once = 1.0 - (t - r) / (r - s) / delta;
    // (R − (1 − δ)T)/δ − P, written as what is left of R − P when cheating is paid for.
    let for_ever = ((r - p) - (t - r) * ((1.0 - delta) / delta)) / (t - p);
    let least = once.min(for_ever);
    (least >= 0.0).then(|| Probability::saturating(least))
}

#[cfg(test)]
mod tests {
    use detente_quantity::strategies;
    use proptest::prelude::*;

    use super::*;
    use crate::{
        ImplementationGame,
        automata::{RepeatedGame, named},
    };

    fn stakes(t: f64, r: f64, p: f64, s: f64) -> Stakes {
        Stakes::new(t, r, p, s).unwrap()
    }

    #[test]
    fn limits_are_limits() {
        let dilemma = stakes(5.0, 3.0, 1.0, 0.0);
        assert_eq!(most_generous(&dilemma, DiscountFactor::MYOPIC), None);
        let nearly = DiscountFactor::new(1.0_f64.next_down()).unwrap();
        approx::assert_relative_eq!(
            most_generous(&dilemma, nearly).unwrap().get(),
            most_generous_in_the_long_run(&dilemma).unwrap().get(),
            epsilon = 1e-15
        );
        assert_eq!(
            most_generous_in_the_long_run(&stakes(3.0, 5.0, 1.0, 0.0)),
            None
        );
        let vast = stakes(f64::MAX, 0.0, -f64::MAX / 2.0, -f64::MAX);
        assert_eq!(
            most_generous_in_the_long_run(&vast),
            Some(Probability::ZERO)
        );
    }

    proptest! {
        #[test]
        fn generosity_up_to_the_bound_is_answered_in_kind_and_beyond_it_is_not(
            stakes in strategies::prisoners_dilemma(), delta in 0.05..0.99_f64, g in 0.0..=1.0_f64,
        ) {
            let patience = DiscountFactor::new(delta).unwrap();
            let bound = most_generous(&stakes, patience).map_or(-1.0, Probability::get);
            prop_assume!((g - bound).abs() > 1e-6);
            let game = RepeatedGame::new(ImplementationGame::new(stakes, stakes), patience);
            let it = named::generous_tit_for_tat(Probability::new(g).unwrap());
            // The smallest distance from the bound outweighs rounding at gaps of 10⁻³.
            prop_assert_eq!(game.nash(&it, &it).unwrap().holds(), g < bound);
        }
    }
}
