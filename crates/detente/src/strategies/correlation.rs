//! Numbers that go together.

use proptest::{collection::vec, prelude::*, sample::Index};

use crate::{
    Model,
    case::{Case, Correlation, Provenance},
};

/// Correlates uncertain numbers with the one before them by name, in a chain that a correlation of
/// at most a quarter cannot contradict.
pub(super) fn with_pairs(cases: impl Strategy<Value = Case>) -> impl Strategy<Value = Case> {
    let pair = (any::<Index>(), -2_i8..=2);
    (cases, vec(pair, 1..=4)).prop_map(|(mut case, pairs)| {
        let names = uncertain(&case);
        let mut used = vec![false; names.len()];
        for (index, eighths) in pairs {
            if names.len() < 2 {
                break;
            }
            let place = 1 + index.index(names.len() - 1);
            if !std::mem::replace(&mut used[place], true) {
                case.correlations.push(Correlation {
                    between: [names[place].clone(), names[place - 1].clone()],
                    rank: f64::from(eighths) / 8.0,
                    provenance: Provenance::default(),
                });
            }
        }
        case
    })
}

/// Names of the uncertain numbers in order.
fn uncertain(case: &Case) -> Vec<String> {
    let Ok(model) = Model::compile(case) else {
        return Vec::new();
    };
    let inputs = model.inputs().iter();
    let uncertain = inputs.filter(|input| !input.value.is_exact());
    let mut names: Vec<String> = uncertain.map(|input| input.name.clone()).collect();
    names.sort();
    names
}
