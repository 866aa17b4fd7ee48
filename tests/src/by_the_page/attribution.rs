//! §6: what would be accepted with barriers removed.

use detente::case::{Case, Terms};

use super::{Lens, Rule, beliefs, home, stakes, true_type};

/// v and its shares. Bits of a set: 2 anarchy, 3 prudent distrust, 4 domestic, 5 misperception.
#[derive(Debug, Clone)]
pub struct Attribution {
    /// v(B), by set.
    pub v: [bool; 16],
    /// Shapley shares, averaged over the 24 orders.
    pub shares: [f64; 4],
    /// Rounding may decide the sign of some margin.
    pub close: bool,
}

const ANARCHY: usize = 1;
const DISTRUST: usize = 2;
const DOMESTIC: usize = 4;
const MISPERCEPTION: usize = 8;

pub(super) fn attribution(case: &Case, agreements: &[Terms]) -> Option<Attribution> {
    let (mut v, mut close) = ([false; 16], false);
    for (removed, v) in v.iter_mut().enumerate() {
        for terms in agreements {
            *v |= accepted(case, agreements, terms, removed, &mut close)?;
        }
    }
    let shares = shapley(|set| f64::from(u8::from(v[set])));
    Some(Attribution { v, shares, close })
}

/// Whether x is in Z and would be accepted by all with the barriers removed.
fn accepted(
    case: &Case,
    agreements: &[Terms],
    terms: &Terms,
    removed: usize,
    close: &mut bool,
) -> Option<bool> {
    let without = |barrier: usize| removed & barrier != 0;
    let honours: Vec<Vec<bool>> = case
        .parties
        .values()
        .map(|party| stakes::honours(party, terms))
        .collect::<Option<_>>()?;
    let mut parties = case.parties.iter().enumerate();
    for ((_, party), honours) in case.parties.iter().zip(&honours) {
        if stakes::payoff(party, terms)? <= stakes::nonagreement(party)? {
            return Some(false);
        }
        if !without(ANARCHY) && !true_type(party).is_none_or(|truth| honours[truth]) {
            return Some(false);
        }
    }
    let rule = if without(DOMESTIC) {
        Rule::Nation
    } else {
        Rule::Leader
    };
    parties.try_fold(true, |so_far, (_, (observer, party))| {
        let conduct = stakes::of(party, terms)?.conduct(true);
        let mut accepts = |h: f64| {
            let margin = home::margin(party, agreements, rule, conduct, h)?;
            *close |= home::is_close(case, party, margin, h);
            let payoff = stakes::payoff(party, terms)?;
            Some(margin > 0.0 && (rule == Rule::Nation || home::ratified(party, payoff)))
        };
        let warranted = accepts(beliefs::trust(case, observer, Lens::Warranted, &honours)?)?;
        let held = accepts(beliefs::trust(case, observer, Lens::Held, &honours)?)?;
        // By now the truth is that all honour.
        let base = if without(DISTRUST) {
            accepts(1.0)?
        } else {
            warranted
        };
        let misread = warranted && !held;
        Some(so_far && base && (without(MISPERCEPTION) || !misread))
    })
}

/// Shapley shares of four causes: the mean of what each adds, over the 24 orders.
#[must_use]
pub fn shapley(v: impl Fn(usize) -> f64) -> [f64; 4] {
    let mut shares = [0.0; 4];
    for order in orders() {
        let mut present = 0;
        for cause in order {
            let with = present | 1 << cause;
            shares[cause] += (v(with) - v(present)) / 24.0;
            present = with;
        }
    }
    shares
}

fn orders() -> impl Iterator<Item = [usize; 4]> {
    let every = (0..256_usize).map(|code| [code & 3, code >> 2 & 3, code >> 4 & 3, code >> 6]);
    every.filter(|order| (0..4).all(|cause| order.contains(&cause)))
}
