//! What could be agreed.

use proptest::{collection::vec, option, prelude::*};

use super::{entries, table};
use crate::case::{Issue, Terms};
use crate::decode::Ids;

/// Issues with their options, what is forbidden, and the agreements that are left.
#[derive(Debug, Clone)]
pub(super) struct Space {
    pub(super) issues: Ids<Issue>,
    pub(super) sizes: Vec<usize>,
    pub(super) forbidden: Vec<Terms>,
    /// At least one.
    pub(super) feasible: Vec<Terms>,
}

/// 1 to 3 issues of 2 or 3 options, up to two combinations forbidden.
pub(super) fn space() -> impl Strategy<Value = Space> {
    vec(2..=3_usize, 1..=3)
        .prop_flat_map(|sizes| {
            let combination: Vec<_> = sizes.iter().map(|&size| option::of(0..size)).collect();
            let some =
                combination.prop_filter("names an option", |it| it.iter().any(Option::is_some));
            (Just(sizes), vec(some, 0..=2))
        })
        .prop_filter_map("something is left to agree on", |(sizes, forbidden)| {
            let forbidden: Vec<Terms> = forbidden.iter().map(|it| partial(it)).collect();
            let feasible: Vec<Terms> = all(&sizes)
                .iter()
                .map(|options| whole(options))
                .filter(|terms| !forbidden.iter().any(|when| contains(terms, when)))
                .collect();
            let issues = sizes.iter().map(|&size| issue(size)).collect();
            (!feasible.is_empty()).then(|| Space {
                issues: table("i", issues),
                sizes,
                forbidden,
                feasible,
            })
        })
}

fn issue(size: usize) -> Issue {
    Issue {
        name: "An issue".to_owned(),
        options: table("o", vec!["An option".to_owned(); size]),
        ..Issue::default()
    }
}

/// Every choice of one option an issue, the last issue fastest.
fn all(sizes: &[usize]) -> Vec<Vec<usize>> {
    sizes.iter().fold(vec![Vec::new()], |begun, &size| {
        begun
            .iter()
            .flat_map(|chosen| (0..size).map(move |option| [chosen.as_slice(), &[option]].concat()))
            .collect()
    })
}

/// One option for every issue.
pub(super) fn whole(options: &[usize]) -> Terms {
    let names = options.iter().map(|option| format!("o{option}"));
    entries(names.enumerate(), "i")
}

fn partial(options: &[Option<usize>]) -> Terms {
    let named = options.iter().enumerate();
    entries(
        named.filter_map(|(issue, option)| Some((issue, format!("o{}", (*option)?)))),
        "i",
    )
}

fn contains(terms: &Terms, when: &Terms) -> bool {
    when.iter()
        .all(|(issue, option)| terms.get(issue) == Some(option))
}
