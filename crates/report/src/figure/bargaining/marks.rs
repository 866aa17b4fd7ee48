//! What is marked among the agreements, what coincides under one label.

use detente::agreements::{PayoffCloud, PayoffMark, PayoffSpread};

use super::super::canvas::Shape;
use crate::{layout::clean, words};

/// A mark of the plot with its label.
pub(super) struct Mark {
    pub(super) text: String,
    /// The same in fewer words.
    pub(super) short: String,
    pub(super) shape: Shape,
    pub(super) series: &'static str,
    pub(super) payoffs: Vec<f64>,
    pub(super) spread: Option<PayoffSpread>,
}

/// The name of a concept without what tells it from its like, of which none is marked.
fn short(name: &str) -> String {
    clean(name.split(" (").next().unwrap_or(name))
}

/// Nonagreement, solutions and offers; those of the same payoffs share a mark.
pub(super) fn marks(cloud: &PayoffCloud, parties: [usize; 2]) -> Vec<Mark> {
    let mut groups: Vec<(Vec<String>, Mark)> = Vec::new();
    for marked in &cloud.marked {
        let (text, shape, series) = match &marked.mark {
            PayoffMark::Nonagreement => ("no agreement".to_owned(), Shape::Cross, "ink"),
            PayoffMark::Solution(name) => (short(name), Shape::Diamond, "b"),
            PayoffMark::Tabled(name) => (clean(name), Shape::Square, "a"),
        };
        let place = |payoffs: &[f64]| parties.map(|it| payoffs.get(it).copied());
        let same = |(_, it): &&mut (Vec<String>, Mark)| {
            it.shape == shape && place(&it.payoffs) == place(&marked.payoffs)
        };
        match groups.iter_mut().find(same) {
            Some((names, _)) => names.push(text),
            None => groups.push((
                vec![text],
                Mark {
                    text: String::new(),
                    short: String::new(),
                    shape,
                    series,
                    payoffs: marked.payoffs.clone(),
                    spread: marked.spread.clone(),
                },
            )),
        }
    }
    let labelled = groups.into_iter().map(|(names, mark)| Mark {
        text: words::list(&names),
        short: match names.as_slice() {
            [first, _, ..] => format!("{first} and {} more", names.len() - 1),
            _ => words::list(&names),
        },
        ..mark
    });
    labelled.collect()
}
