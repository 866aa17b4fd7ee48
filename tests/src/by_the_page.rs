//! The model computed a second time, straight from its page (§1–§6), at central values.
//!
//! Nothing is shared with the library but the case itself: beliefs are plain probabilities, names
//! are looked up where they stand, and every set is built on its own. Slow, and meant to be read
//! beside the page.

mod attribution;
mod beliefs;
pub(crate) mod home;
mod stakes;

use std::collections::BTreeSet;

use detente::case::{Case, Party, Terms, TrueType};

pub use attribution::{Attribution, shapley};

/// Beliefs on the evidence as it was, or as it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lens {
    /// As it was.
    Warranted,
    /// As it was read.
    Held,
}

/// Whose interest decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The nation's (M-03).
    Nation,
    /// The leader's (M-04).
    Leader,
}

/// What the page says of a case.
#[derive(Debug, Clone)]
pub struct Page {
    /// Every possible agreement with its intermediate values, the last issue fastest.
    pub rows: Vec<Row>,
    /// The sets of the funnel, by position of the agreement.
    pub funnel: [BTreeSet<usize>; 6],
    /// Accepted by every leader under held beliefs, with its own conduct.
    pub accepted_as_held: BTreeSet<usize>,
    /// Of these, the ones some true type would break.
    pub misplaced_trust: BTreeSet<usize>,
    /// Of these, the ones refused on warranted beliefs.
    pub without_warrant: BTreeSet<usize>,
    /// In Z, with every nation's margin above 0 under held beliefs.
    pub preferred_as_held: BTreeSet<usize>,
    /// In Z and self-enforcing.
    pub would_have_preferred: BTreeSet<usize>,
    /// Where Z holds something and nonagreement is expected.
    pub attribution: Option<Attribution>,
    /// Rounding may decide the sign of some margin.
    pub close: bool,
}

/// One agreement. Lists run over the parties.
#[derive(Debug, Clone)]
pub struct Row {
    /// One option an issue.
    pub terms: Terms,
    /// U.
    pub payoff: Vec<f64>,
    /// d, the same in every row.
    pub nonagreement: Vec<f64>,
    /// H of every type.
    pub honours: Vec<Vec<bool>>,
    /// Whether the true type would honour.
    pub truly: Vec<bool>,
    /// h, warranted and held.
    pub trust: [Vec<f64>; 2],
    /// The nation's margin with its own conduct, on warranted and on held beliefs.
    pub nation: [Vec<f64>; 2],
    /// The leader's, likewise.
    pub leader: [Vec<f64>; 2],
    /// The payoff reaches the ratification floor, or there is none.
    pub ratified: Vec<bool>,
}

impl Row {
    fn all(&self, holds: impl Fn(usize) -> bool) -> bool {
        (0..self.payoff.len()).all(holds)
    }

    /// Whether the agreement is in Z.
    #[must_use]
    pub fn preferred(&self) -> bool {
        self.all(|i| self.payoff[i] > self.nonagreement[i])
    }

    /// Whether every true type honours it.
    #[must_use]
    pub fn enforced(&self) -> bool {
        self.truly.iter().all(|&truly| truly)
    }

    fn nations_accept(&self, lens: Lens) -> bool {
        self.all(|i| self.nation[lens as usize][i] > 0.0)
    }

    fn leaders_accept(&self, lens: Lens) -> bool {
        self.all(|i| self.leader[lens as usize][i] > 0.0 && self.ratified[i])
    }
}

/// What the page says of a case; `None` where the case is not whole.
#[must_use]
pub fn page(case: &Case) -> Option<Page> {
    let agreements = stakes::agreements(case);
    let rows: Vec<Row> = agreements
        .iter()
        .map(|terms| row(case, &agreements, terms))
        .collect::<Option<_>>()?;
    let set = |member: &dyn Fn(&Row) -> bool| -> BTreeSet<usize> {
        let members = rows.iter().enumerate().filter(|(_, row)| member(row));
        members.map(|(place, _)| place).collect()
    };
    let both = |one: &BTreeSet<usize>, other: &BTreeSet<usize>| one & other;
    let preferred = set(&Row::preferred);
    let enforcing = both(&preferred, &set(&Row::enforced));
    let prudent = both(&enforcing, &set(&|row| row.nations_accept(Lens::Warranted)));
    let affordable = both(&prudent, &set(&|row| row.leaders_accept(Lens::Warranted)));
    let accepted_as_held = set(&|row| row.leaders_accept(Lens::Held));
    let perceived = both(&affordable, &accepted_as_held);
    let missed = !preferred.is_empty() && accepted_as_held.is_empty();
    let attribution = match missed {
        true => Some(attribution::attribution(case, &agreements)?),
        false => None,
    };
    let close = rows.iter().any(|row| is_close(case, row))
        || attribution.as_ref().is_some_and(|it| it.close);
    Some(Page {
        misplaced_trust: both(&accepted_as_held, &set(&|row| !row.enforced())),
        without_warrant: both(
            &accepted_as_held,
            &set(&|row| !row.leaders_accept(Lens::Warranted)),
        ),
        preferred_as_held: both(&preferred, &set(&|row| row.nations_accept(Lens::Held))),
        would_have_preferred: enforcing.clone(),
        accepted_as_held,
        funnel: [
            set(&|_| true),
            preferred,
            enforcing,
            prudent,
            affordable,
            perceived,
        ],
        attribution,
        close,
        rows,
    })
}

fn is_close(case: &Case, row: &Row) -> bool {
    case.parties.values().enumerate().any(|(i, party)| {
        let margins = row.nation.iter().chain(&row.leader);
        let trust = row.trust.iter().cycle();
        let mut pairs = margins.zip(trust);
        pairs.any(|(margin, trust)| home::is_close(case, party, margin[i], trust[i]))
    })
}

fn row(case: &Case, agreements: &[Terms], terms: &Terms) -> Option<Row> {
    let honours: Vec<Vec<bool>> = case
        .parties
        .values()
        .map(|party| stakes::honours(party, terms))
        .collect::<Option<_>>()?;
    let truly: Vec<bool> = case
        .parties
        .values()
        .zip(&honours)
        .map(|(party, honours)| true_type(party).is_none_or(|truth| honours[truth]))
        .collect();
    let trust = |lens| -> Option<Vec<f64>> {
        case.parties
            .names()
            .map(|observer| beliefs::trust(case, observer, lens, &honours))
            .collect()
    };
    let trust = [trust(Lens::Warranted)?, trust(Lens::Held)?];
    let margins = |rule, trust: &[f64]| -> Option<Vec<f64>> {
        case.parties
            .values()
            .enumerate()
            .map(|(i, party)| {
                let stakes = stakes::of(party, terms)?;
                let conduct = stakes.conduct(truly[i]);
                home::margin(party, agreements, rule, conduct, trust[i])
            })
            .collect()
    };
    let of_all = |number: &dyn Fn(&Party) -> Option<f64>| -> Option<Vec<f64>> {
        case.parties.values().map(number).collect()
    };
    let payoff = of_all(&|party| stakes::payoff(party, terms))?;
    let ratified = case.parties.values().zip(&payoff);
    Some(Row {
        terms: terms.clone(),
        nonagreement: of_all(&stakes::nonagreement)?,
        nation: [
            margins(Rule::Nation, &trust[0])?,
            margins(Rule::Nation, &trust[1])?,
        ],
        leader: [
            margins(Rule::Leader, &trust[0])?,
            margins(Rule::Leader, &trust[1])?,
        ],
        ratified: ratified
            .map(|(party, &payoff)| home::ratified(party, payoff))
            .collect(),
        payoff,
        honours,
        truly,
        trust,
    })
}

/// The place of a party's true type: the mode of what hindsight says, the first of those tied.
fn true_type(party: &Party) -> Option<usize> {
    match party.true_type.as_ref()? {
        TrueType::Known(name) => party.types.index_of(name),
        TrueType::Distribution(weights) => {
            let chances = beliefs::chances(weights, &party.types);
            let most = chances.iter().copied().fold(0.0, f64::max);
            chances.iter().position(|&chance| chance >= most)
        }
    }
}

/// d of a party.
#[must_use]
pub fn nonagreement(party: &Party) -> Option<f64> {
    stakes::nonagreement(party)
}

/// e of every party at an agreement.
#[must_use]
pub fn exposures(case: &Case, terms: &Terms) -> Option<Vec<f64>> {
    let of = |party| stakes::of(party, terms).map(stakes::Stakes::exposure);
    case.parties.values().map(of).collect()
}

/// t of every party's true type at an agreement.
#[must_use]
pub fn temptations(case: &Case, terms: &Terms) -> Option<Vec<f64>> {
    let of = |party| stakes::of(party, terms).map(stakes::Stakes::temptation);
    case.parties.values().map(of).collect()
}
