//! §1 and §2: what is at stake, and who would honour.

use detente::case::{ByIssue, Case, Nonagreement, Number, Party, Preferences, Terms};

/// Every possible agreement, the last issue fastest.
pub(super) fn agreements(case: &Case) -> Vec<Terms> {
    let mut begun = vec![Terms::new()];
    for (issue, declared) in case.issues.iter() {
        let mut longer = Vec::new();
        for terms in &begun {
            for option in declared.options.names() {
                let mut terms = terms.clone();
                if terms.insert(issue, option.to_owned()).is_ok() {
                    longer.push(terms);
                }
            }
        }
        begun = longer;
    }
    let forbidden = |terms: &Terms| case.forbidden.iter().any(|it| holds(&it.when, terms));
    begun
        .into_iter()
        .filter(|terms| !forbidden(terms))
        .collect()
}

/// Whether the terms take every option of `when`.
fn holds(when: &Terms, terms: &Terms) -> bool {
    when.iter()
        .all(|(issue, option)| terms.get(issue) == Some(option))
}

pub(super) fn value(number: Option<&Number>, absent: f64) -> f64 {
    number.map_or(absent, |number| number.value.central())
}

fn by_issue(table: &ByIssue, terms: &Terms) -> f64 {
    let issues = terms.iter().map(|(issue, option)| {
        let number = table.issues.get(issue).and_then(|it| it.values.get(option));
        value(number, 0.0)
    });
    let met = table
        .interactions
        .iter()
        .filter(|it| holds(&it.when, terms));
    let met = met.map(|it| it.add.value.central());
    value(table.constant.as_ref(), 0.0) + issues.sum::<f64>() + met.sum::<f64>()
}

/// U: for a ranking, how many ranks lie below.
pub(super) fn payoff(party: &Party, terms: &Terms) -> Option<f64> {
    match &party.payoff {
        Preferences::Numbers(table) => Some(by_issue(table, terms)),
        Preferences::Ranking(ranking) => {
            let worst_first = ranking.ranks.iter().rev().enumerate();
            let rank = worst_first
                .filter(|(_, tied)| tied.iter().any(|it| holds(it, terms)))
                .map(|(rank, _)| rank);
            rank.map(|rank| rank as f64).next()
        }
    }
}

/// d.
pub(super) fn nonagreement(party: &Party) -> Option<f64> {
    match party.nonagreement.as_ref()? {
        Nonagreement::Payoff(number) => Some(number.value.central()),
        Nonagreement::State { r#as, .. } => payoff(party, r#as),
    }
}

/// T, R, P and S of one type, or of a party without types, that is not tempted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stakes {
    t: f64,
    r: f64,
    p: f64,
    s: f64,
}

impl Stakes {
    /// e, the loss below nonagreement.
    pub(super) fn exposure(self) -> f64 {
        self.p - self.s
    }

    /// t, the gain over the payoff from cheating.
    pub(super) fn temptation(self) -> f64 {
        self.t - self.r
    }

    /// (A, B): what the party gets if all others honour, and if some other cheats.
    pub(super) fn conduct(self, honours: bool) -> (f64, f64) {
        if honours {
            (self.r, self.s)
        } else {
            (self.t, self.p)
        }
    }
}

fn of_type(party: &Party, kind: Option<usize>, terms: &Terms) -> Option<Stakes> {
    let (u, d) = (payoff(party, terms)?, nonagreement(party)?);
    let table = |table: Option<&ByIssue>| table.map_or(0.0, |table| by_issue(table, terms));
    let (e, t) = (
        table(party.exposure.as_ref()),
        table(party.temptation.as_ref()),
    );
    let t = match kind {
        None => 0.0,
        Some(kind) => {
            let (_, kind) = party.types.at(kind)?;
            let scale = value(kind.temptation_scale.as_ref(), 1.0);
            scale * t + value(kind.temptation_shift.as_ref(), 0.0)
        }
    };
    Some(Stakes {
        t: u + t,
        r: u,
        p: d,
        s: d - e,
    })
}

/// The stakes of a party's true type.
pub(super) fn of(party: &Party, terms: &Terms) -> Option<Stakes> {
    of_type(party, super::true_type(party), terms)
}

/// H of every type: (1 − δ)(T − R) ≤ δm(R − P).
pub(super) fn honours(party: &Party, terms: &Terms) -> Option<Vec<bool>> {
    (0..party.types.len())
        .map(|place| {
            let (_, kind) = party.types.at(place)?;
            let Stakes { t, r, p, .. } = of_type(party, Some(place), terms)?;
            let delta = kind.patience.as_ref()?.value.central();
            let detection = kind.detection.as_ref().or(party.detection.as_ref())?;
            let m = detection.value.central();
            Some((1.0 - delta) * (t - r) <= delta * m * (r - p))
        })
        .collect()
}
