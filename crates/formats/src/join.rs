//! One negotiation from several texts.

use std::collections::{BTreeMap, BTreeSet};

use crate::{FormatError, Issue, Negotiation, Party, ScoreRanges, Scores};

impl Negotiation {
    /// The same negotiation with the parties of another text about it. Issues and options are those
    /// of this one, in its order; the other may list them in another, and must name the same. A
    /// party of the other that is called as one of this is numbered.
    ///
    /// O(payoffs · log options).
    ///
    /// # Errors
    /// [`FormatError::Disagree`] naming the issue or option that only one of them has.
    pub fn join(self, other: &Self) -> Result<Self, FormatError> {
        let order = Order::of(self.issues(), other.issues())?;
        let title = self.title().to_owned();
        let mut parties = self.parties().to_vec();
        let mut taken: BTreeSet<String> = parties.iter().map(|it| it.name.clone()).collect();
        for party in other.parties() {
            parties.push(Party {
                name: unused(&party.name, &mut taken),
                scores: order.applied(&party.scores, other.issues()),
                ranges: party.ranges.as_ref().map(|ranges| ScoreRanges {
                    tables: order.tables(&ranges.tables),
                    nonagreement: ranges.nonagreement,
                }),
                ..party.clone()
            });
        }
        Self::new(title, self.issues().to_vec(), parties)
    }
}

/// A name that is not taken, and is then.
fn unused(name: &str, taken: &mut BTreeSet<String>) -> String {
    let mut found = name.to_owned();
    let mut number = 2;
    while !taken.insert(found.clone()) {
        found = format!("{name} {number}");
        number += 1;
    }
    found
}

/// Where the issues and options of one text stand in another.
struct Order {
    /// By issue of the first: its place in the second, and by option its place there.
    issues: Vec<(usize, Vec<usize>)>,
}

impl Order {
    fn of(first: &[Issue], second: &[Issue]) -> Result<Self, FormatError> {
        let names =
            |issues: &[Issue]| -> Vec<String> { issues.iter().map(|it| it.name.clone()).collect() };
        let places = matched("issues", &names(first), &names(second))?;
        let of_issue = |(issue, place): (&Issue, usize)| {
            let what = format!("options of issue {:?}", issue.name);
            Ok((
                place,
                matched(&what, &issue.options, &second[place].options)?,
            ))
        };
        let issues = first.iter().zip(places).map(of_issue);
        Ok(Self {
            issues: issues.collect::<Result<_, FormatError>>()?,
        })
    }

    /// Scores of the second text in the order of the first.
    fn applied(&self, scores: &Scores, second: &[Issue]) -> Scores {
        match scores {
            Scores::Additive { constant, tables } => Scores::Additive {
                constant: *constant,
                tables: self.tables(tables),
            },
            Scores::Table(payoffs) => Scores::Table(self.reordered(payoffs, second)),
        }
    }

    /// What the second text says of every option, in the order of the first.
    fn tables<T: Copy>(&self, tables: &[Vec<T>]) -> Vec<Vec<T>> {
        let table = |(issue, options): &(usize, Vec<usize>)| {
            let of = options.iter().map(|option| tables[*issue][*option]);
            of.collect()
        };
        self.issues.iter().map(table).collect()
    }

    fn reordered(&self, payoffs: &[f64], second: &[Issue]) -> Vec<f64> {
        // How far apart agreements stand in the second text that differ by one in an issue.
        let mut strides = vec![1; second.len()];
        for issue in (1..second.len()).rev() {
            strides[issue - 1] = strides[issue] * second[issue].options.len();
        }
        let mut places = vec![0];
        for (issue, options) in &self.issues {
            let stride = strides[*issue];
            let next = |place: &usize| {
                let place = *place;
                options.iter().map(move |option| place + option * stride)
            };
            places = places.iter().flat_map(next).collect();
        }
        places.into_iter().map(|place| payoffs[place]).collect()
    }
}

/// By name of the first list, its place in the second, which has to hold the same names.
fn matched(what: &str, first: &[String], second: &[String]) -> Result<Vec<usize>, FormatError> {
    let disagree = |first: &str, second: &str| FormatError::Disagree {
        what: what.to_owned(),
        first: first.to_owned(),
        second: second.to_owned(),
    };
    if first.len() != second.len() {
        return Err(disagree(
            &first.len().to_string(),
            &second.len().to_string(),
        ));
    }
    let places: BTreeMap<&String, usize> = second
        .iter()
        .enumerate()
        .map(|(place, name)| (name, place))
        .collect();
    let place = |name: &String| {
        places.get(name).copied().ok_or_else(|| {
            let known: BTreeSet<&String> = first.iter().collect();
            let other = second.iter().find(|it| !known.contains(it));
            disagree(name, other.map_or("", String::as_str))
        })
    };
    first.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::strategies;

    fn issue(name: &str, options: &[&str]) -> Issue {
        Issue {
            name: name.to_owned(),
            options: options.iter().map(|&it| it.to_owned()).collect(),
        }
    }

    fn of(issues: Vec<Issue>, name: &str, scores: Scores) -> Negotiation {
        let party = Party::new(name, scores);
        Negotiation::new("x", issues, vec![party]).unwrap()
    }

    #[test]
    fn parties_are_brought_into_one_order() {
        let first = vec![issue("i", &["a", "b"]), issue("j", &["c", "d", "e"])];
        let second = vec![issue("j", &["e", "c", "d"]), issue("i", &["b", "a"])];
        let additive = |tables: Vec<Vec<f64>>| Scores::Additive {
            constant: 0.5,
            tables,
        };
        let one = of(
            first.clone(),
            "p",
            additive(vec![vec![0.0, 1.0], vec![2.0, 3.0, 4.0]]),
        );
        let other = of(
            second.clone(),
            "p",
            additive(vec![vec![4.0, 2.0, 3.0], vec![1.0, 0.0]]),
        );
        let joined = one.clone().join(&other).unwrap();
        assert_eq!(joined.parties()[1].name, "p 2");
        assert_eq!(joined.parties()[1].scores, one.parties()[0].scores);
        // ec, ec.. of the second: e·b, e·a, c·b, c·a, d·b, d·a.
        let table = of(
            second,
            "q",
            Scores::Table(vec![5.0, 2.0, 3.0, 0.0, 4.0, 1.0]),
        );
        let joined = one.join(&table).unwrap();
        let expected = Scores::Table(vec![0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(joined.parties()[1].scores, expected);
    }

    #[test]
    fn texts_about_different_things_are_told_apart() {
        let scores = || Scores::Table(vec![1.0, 2.0]);
        let one = of(vec![issue("i", &["a", "b"])], "p", scores());
        let refused = |other: Negotiation, message: &str| {
            let error = one.clone().join(&other).unwrap_err();
            assert_eq!(error.to_string(), message);
        };
        refused(
            of(vec![issue("j", &["a", "b"])], "p", scores()),
            "issues: \"i\" in one text and \"j\" in another; expected one negotiation",
        );
        refused(
            of(vec![issue("i", &["a", "c"])], "p", scores()),
            "options of issue \"i\": \"b\" in one text and \"c\" in another; expected one negotiation",
        );
    }

    proptest! {
        #[test]
        fn joining_a_text_with_itself_doubles_the_parties(one in strategies::negotiation()) {
            let joined = one.clone().join(&one).unwrap();
            let count = one.parties().len();
            prop_assert_eq!(joined.parties().len(), 2 * count);
            for (own, again) in one.parties().iter().zip(&joined.parties()[count..]) {
                prop_assert_eq!(&own.scores, &again.scores);
            }
        }
    }
}
