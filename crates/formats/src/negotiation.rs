use std::collections::BTreeSet;

use detente_payoff::{AgreementSpace, Utility};
use detente_quantity::Interval;

use crate::{
    FormatError,
    error::{inconsistent, quoted},
    text,
};

/// An issue and its options, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issue {
    /// What is to be settled.
    pub name: String,
    /// The ways to settle it.
    pub options: Vec<String>,
}

/// What agreements are worth to a party.
#[derive(Debug, Clone, PartialEq)]
pub enum Scores {
    /// Issue by issue: `constant + Σ_i tables[i][x_i]`.
    Additive {
        /// What every agreement is worth.
        constant: f64,
        /// By issue, what each of its options adds.
        tables: Vec<Vec<f64>>,
    },
    /// One payoff for each agreement, in lexicographic order, the last issue changing fastest.
    Table(Vec<f64>),
}

/// How far a party's payoffs are known, each number in a range of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreRanges {
    /// By issue, the ranges of what its options add.
    pub tables: Vec<Vec<Interval>>,
    /// The range of what the party has if nothing is agreed; `None` where that is exact, or not said.
    pub nonagreement: Option<Interval>,
}

/// An end of the ranges of payoffs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GainEnd {
    /// Where each party gains least from every agreement over none.
    Least,
    /// Where each gains most.
    Greatest,
}

/// A party to a negotiation.
#[derive(Debug, Clone, PartialEq)]
pub struct Party {
    /// Its name.
    pub name: String,
    /// What agreements are worth to it, a von Neumann–Morgenstern utility on its own scale.
    pub scores: Scores,
    /// What it has if nothing is agreed; `None` where no text says so.
    pub nonagreement: Option<f64>,
    /// What is left of a payoff at the deadline, from 0 to 1, where the text says that time costs. The
    /// models here do not count time; the number is kept so that nothing is lost on the way.
    pub discount: Option<f64>,
    /// How far payoffs that add up by issue are known; [`scores`](Self::scores) are then somewhere in the
    /// ranges, such as their middles. `None` where all are exact.
    pub ranges: Option<ScoreRanges>,
    /// Whether payoffs have an order and no size: they are minus the places in a ranking of agreements and
    /// nonagreement, of which the best has place 1.
    pub ranked: bool,
}

impl Party {
    /// A party whose payoffs are exact numbers, of which no text says what it has without agreement.
    #[must_use]
    pub fn new(name: impl Into<String>, scores: Scores) -> Self {
        Self {
            name: name.into(),
            scores,
            nonagreement: None,
            discount: None,
            ranges: None,
            ranked: false,
        }
    }

    /// The party with another payoff if nothing is agreed, exactly.
    #[must_use]
    pub fn with_nonagreement(mut self, payoff: Option<f64>) -> Self {
        if let Some(ranges) = &mut self.ranges
            && payoff != self.nonagreement
        {
            ranges.nonagreement = None;
        }
        self.nonagreement = payoff;
        self
    }

    /// Its payoff from agreements at an end of its ranges.
    fn utility_at(&self, end: GainEnd) -> Result<Utility, FormatError> {
        let (Scores::Additive { constant, .. }, Some(ranges)) = (&self.scores, &self.ranges) else {
            return self.utility();
        };
        let pick = |range: &Interval| match end {
            GainEnd::Least => range.low(),
            GainEnd::Greatest => range.high(),
        };
        let tables = ranges.tables.iter();
        let tables = tables.map(|table| table.iter().map(pick).collect());
        Ok(Utility::additive(*constant, tables.collect())?)
    }

    /// Its payoff from agreements, for [`detente_payoff`].
    ///
    /// # Errors
    /// [`FormatError::Payoff`] for numbers that are not finite, one by one or in sum.
    pub fn utility(&self) -> Result<Utility, FormatError> {
        Ok(match &self.scores {
            Scores::Additive { constant, tables } => Utility::additive(*constant, tables.clone())?,
            Scores::Table(payoffs) => Utility::table(payoffs.clone())?,
        })
    }
}

/// What is negotiated, and what it is worth to whom: the issues with their options and any number of
/// parties. A domain has no party, a profile one; [`Negotiation::join`] brings them together.
///
/// ```
/// use detente_formats::{Issue, Negotiation, Party, Scores};
///
/// let water = Issue { name: "water".into(), options: vec!["shared".into(), "divided".into()] };
/// let north = Party {
///     nonagreement: Some(2.0),
///     ..Party::new("north", Scores::Additive { constant: 0.0, tables: vec![vec![3.0, 1.0]] })
/// };
/// let negotiation = Negotiation::new("a river", vec![water], vec![north])?;
/// assert_eq!(negotiation.utilities()?[0].at(&[0])?, 3.0);
/// assert_eq!(negotiation.nonagreement()?, [2.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Negotiation {
    title: String,
    issues: Vec<Issue>,
    parties: Vec<Party>,
}

impl Negotiation {
    /// A negotiation of these issues between these parties. O(options + payoffs).
    ///
    /// # Errors
    /// [`FormatError::Inconsistent`] where a name is empty or there twice, where scores do not fit
    /// the issues, or for a discount outside 0 to 1; [`FormatError::Payoff`] without issues or
    /// options, or for numbers that are not finite.
    pub fn new(
        title: impl Into<String>,
        issues: Vec<Issue>,
        parties: Vec<Party>,
    ) -> Result<Self, FormatError> {
        let sizes: Vec<usize> = issues.iter().map(|issue| issue.options.len()).collect();
        let space = AgreementSpace::new(&sizes)?;
        check_names("issue", issues.iter().map(|it| it.name.as_str()))?;
        for issue in &issues {
            let what = format!("option of issue {}", quoted(&issue.name));
            check_names(&what, issue.options.iter().map(String::as_str))?;
        }
        check_names("party", parties.iter().map(|it| it.name.as_str()))?;
        for party in &parties {
            check_party(party, &space)?;
        }
        Ok(Self {
            title: text::name(&title.into()),
            issues,
            parties,
        })
    }

    /// What the negotiation is called.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The issues; at least one.
    #[must_use]
    pub fn issues(&self) -> &[Issue] {
        &self.issues
    }

    /// The parties; none in a domain.
    #[must_use]
    pub fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// The agreements that could be written down. None is impossible: no format says so.
    ///
    /// # Errors
    /// None of a valid negotiation; the payoff crate's check is passed on.
    pub fn space(&self) -> Result<AgreementSpace, FormatError> {
        let sizes: Vec<usize> = { self.issues.iter() }.map(|it| it.options.len()).collect();
        Ok(AgreementSpace::new(&sizes)?)
    }

    /// The parties' payoffs from agreements, for [`detente_payoff`]. O(payoffs).
    ///
    /// # Errors
    /// As [`Party::utility`].
    pub fn utilities(&self) -> Result<Vec<Utility>, FormatError> {
        self.parties.iter().map(Party::utility).collect()
    }

    /// What each party has if nothing is agreed.
    ///
    /// # Errors
    /// [`FormatError::MissingNonagreement`] naming the first party of which no text says so (A-06).
    pub fn nonagreement(&self) -> Result<Vec<f64>, FormatError> {
        let payoff = |party: &Party| {
            party
                .nonagreement
                .ok_or_else(|| FormatError::MissingNonagreement {
                    party: party.name.clone(),
                })
        };
        self.parties.iter().map(payoff).collect()
    }

    /// Whether some payoff is a range.
    #[must_use]
    pub fn has_ranges(&self) -> bool {
        self.parties.iter().any(|party| party.ranges.is_some())
    }

    /// The parties' payoffs from agreements and what they have without, at the end of their ranges where
    /// every gain from every agreement over none is least, or greatest: payoffs at one end and
    /// nonagreement at the other. O(payoffs).
    ///
    /// # Errors
    /// As [`utilities`](Self::utilities) and [`nonagreement`](Self::nonagreement).
    pub fn at(&self, end: GainEnd) -> Result<(Vec<Utility>, Vec<f64>), FormatError> {
        let utilities = self.parties.iter().map(|party| party.utility_at(end));
        let without = self.nonagreement()?;
        let without = self.parties.iter().zip(without).map(|(party, payoff)| {
            let range = party.ranges.as_ref().and_then(|it| it.nonagreement);
            range.map_or(payoff, |range| match end {
                GainEnd::Least => range.high(),
                GainEnd::Greatest => range.low(),
            })
        });
        Ok((utilities.collect::<Result<_, _>>()?, without.collect()))
    }

    /// The same negotiation with `change` made to each party.
    ///
    /// # Errors
    /// As [`Negotiation::new`].
    pub fn with_parties(self, change: impl FnMut(Party) -> Party) -> Result<Self, FormatError> {
        let parties = self.parties.into_iter().map(change).collect();
        Self::new(self.title, self.issues, parties)
    }
}

fn check_names<'n>(what: &str, names: impl Iterator<Item = &'n str>) -> Result<(), FormatError> {
    let mut seen = BTreeSet::new();
    for name in names {
        if name.is_empty() {
            return Err(inconsistent(format!("{what} has no name"), "a name"));
        }
        if text::name(name) != name {
            let odd = format!(
                "{what} {} has blanks around it or breaks its line",
                quoted(name)
            );
            return Err(inconsistent(odd, "a name on one line"));
        }
        if !seen.insert(name) {
            let twice = format!("{what} {} is there twice", quoted(name));
            return Err(inconsistent(twice, "different names"));
        }
    }
    Ok(())
}

fn check_party(party: &Party, space: &AgreementSpace) -> Result<(), FormatError> {
    let name = quoted(&party.name);
    let mismatch = |what: String, given: usize, expected: usize| match given == expected {
        true => Ok(()),
        false => Err(inconsistent(
            format!("{what} of party {name} has {given} entries"),
            expected.to_string(),
        )),
    };
    match &party.scores {
        Scores::Additive { tables, .. } => {
            mismatch(
                "the list of tables".to_owned(),
                tables.len(),
                space.n_issues(),
            )?;
            for (issue, (table, size)) in tables.iter().zip(space.sizes()).enumerate() {
                mismatch(format!("the table for issue {issue}"), table.len(), *size)?;
            }
        }
        Scores::Table(payoffs) => {
            let count = space.combinations().and_then(|it| usize::try_from(it).ok());
            let count = count.unwrap_or(usize::MAX);
            mismatch("the table over agreements".to_owned(), payoffs.len(), count)?;
        }
    }
    party.utility()?;
    if party.nonagreement.is_some_and(|it| !it.is_finite()) {
        let what = format!("the nonagreement payoff of party {name} is not finite");
        return Err(inconsistent(what, "a finite number"));
    }
    if party.discount.is_some_and(|it| !(0.0..=1.0).contains(&it)) {
        let what = format!("the discount of party {name} is not a share");
        return Err(inconsistent(what, "a number from 0 to 1"));
    }
    let by_issue = matches!(party.scores, Scores::Additive { .. });
    if party.ranked && by_issue && space.n_issues() > 1 {
        let what = format!("the ranking of party {name} is by issue");
        return Err(inconsistent(
            what,
            "one issue whose options are whole agreements, as places do not add up",
        ));
    }
    match &party.ranges {
        Some(ranges) => check_ranges(party, ranges),
        None => Ok(()),
    }
}

/// Ranges are of payoffs by issue, one for each, and hold them.
fn check_ranges(party: &Party, ranges: &ScoreRanges) -> Result<(), FormatError> {
    let refused = |what: &str, expected: &str| {
        let what = format!("{what} of party {}", quoted(&party.name));
        Err(inconsistent(what, expected))
    };
    let Scores::Additive { tables, .. } = &party.scores else {
        return refused("ranges of a table over agreements", "payoffs by issue");
    };
    let holds = |(ranges, payoffs): (&Vec<Interval>, &Vec<f64>)| {
        let each = ranges.iter().zip(payoffs);
        ranges.len() == payoffs.len() && each.into_iter().all(|(range, it)| range.contains(*it))
    };
    if ranges.tables.len() != tables.len() || !ranges.tables.iter().zip(tables).all(holds) {
        return refused("the ranges", "one for each payoff, that holds it");
    }
    let without = ranges.nonagreement.zip(party.nonagreement);
    match ranges.nonagreement.is_none() || without.is_some_and(|(range, it)| range.contains(it)) {
        true => Ok(()),
        false => refused(
            "the range of the nonagreement payoff",
            "a range that holds the payoff",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issue(name: &str, options: &[&str]) -> Issue {
        Issue {
            name: name.to_owned(),
            options: options.iter().map(|&it| it.to_owned()).collect(),
        }
    }

    fn party(name: &str, tables: &[&[f64]]) -> Party {
        let tables = tables.iter().map(|it| it.to_vec()).collect();
        Party::new(
            name,
            Scores::Additive {
                constant: 0.0,
                tables,
            },
        )
    }

    #[track_caller]
    fn refused(issues: &[Issue], parties: &[Party], message: &str) {
        let error = Negotiation::new("x", issues.to_vec(), parties.to_vec()).unwrap_err();
        assert!(error.to_string().contains(message), "{error}");
    }

    #[test]
    fn what_does_not_hold_together_is_refused() {
        let one = issue("i", &["a", "b"]);
        refused(&[], &[], "no issues");
        refused(&[issue("i", &[])], &[], "issue 0 has no options");
        refused(
            &[one.clone(), one.clone()],
            &[],
            "issue \"i\" is there twice",
        );
        refused(
            &[issue("i", &["a", "a"])],
            &[],
            "option of issue \"i\" \"a\" is there twice",
        );
        refused(&[issue("", &["a"])], &[], "issue has no name");
        let good = party("p", &[&[1.0, 2.0]]);
        let both = [good.clone(), good.clone()];
        refused(
            std::slice::from_ref(&one),
            &both,
            "party \"p\" is there twice",
        );
        refused(
            std::slice::from_ref(&one),
            &[party("p", &[&[1.0]])],
            "has 1 entries; expected 2",
        );
        refused(
            std::slice::from_ref(&one),
            &[party("p", &[&[1.0, f64::NAN]])],
            "NaN",
        );
        let table = Party {
            scores: Scores::Table(vec![1.0; 3]),
            ..good.clone()
        };
        refused(
            std::slice::from_ref(&one),
            &[table],
            "has 3 entries; expected 2",
        );
        let late = Party {
            discount: Some(1.5),
            ..good.clone()
        };
        refused(std::slice::from_ref(&one), &[late], "from 0 to 1");
        let never = Party {
            nonagreement: Some(f64::NEG_INFINITY),
            ..good.clone()
        };
        refused(std::slice::from_ref(&one), &[never], "not finite");
        let negotiation = Negotiation::new("x", vec![one], vec![good]).unwrap();
        assert_eq!(
            negotiation.nonagreement(),
            Err(FormatError::MissingNonagreement {
                party: "p".to_owned()
            })
        );
    }

    #[test]
    fn a_table_over_more_agreements_than_numbers_is_refused() {
        let issues: Vec<Issue> = (0..200)
            .map(|i| issue(&i.to_string(), &["a", "b"]))
            .collect();
        let table = Party {
            scores: Scores::Table(vec![]),
            ..party("p", &[])
        };
        refused(&issues, &[table], "has 0 entries");
    }
}
