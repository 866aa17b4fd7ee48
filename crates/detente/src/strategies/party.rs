//! Parties: what they want, and the rest put together.

use proptest::prelude::*;

use super::{
    Frame,
    beliefs::{Beliefs, beliefs},
    home::{HomeFront, home_front},
    preferences::{by_issue, nonagreement, payoff, state},
    types::{Who, who},
};
use crate::case::{ByIssue, Nonagreement, Party, Preferences, Provenance};
use crate::decode::Ids;

/// The party at a place of the frame.
pub(super) fn party(frame: &Frame, place: usize) -> BoxedStrategy<Party> {
    let types = frame.types[place];
    (
        wants(frame, types),
        who(frame, types),
        beliefs(frame, place),
        home_front(frame.coding),
    )
        .prop_map(|(wants, who, beliefs, home)| assemble(wants, who, beliefs, home))
        .boxed()
}

#[derive(Debug, Clone)]
struct Wants {
    payoff: Preferences,
    nonagreement: Nonagreement,
    exposure: ByIssue,
    exposure_coded: bool,
}

/// Leaves out what has no meaning for the party, as the format asks.
fn assemble(wants: Wants, who: Who, beliefs: Beliefs, home: HomeFront) -> Party {
    let ranked = matches!(wants.payoff, Preferences::Ranking(_));
    let (prior, bias) = if ranked {
        (Ids::new(), None)
    } else {
        (beliefs.prior, beliefs.bias)
    };
    let exposed = !prior.is_empty() || (wants.exposure_coded && !ranked);
    Party {
        name: "A party".to_owned(),
        leader: None,
        nonagreement: Some(wants.nonagreement),
        payoff: wants.payoff,
        exposure: exposed.then_some(wants.exposure),
        temptation: who.temptation,
        detection: who.detection,
        types: who.types,
        true_type: who.true_type,
        bias: bias.filter(|_| !prior.is_empty()),
        prior,
        home: home.home.filter(|_| !ranked),
        ratification_floor: home.floor.filter(|_| !ranked),
        provenance: Provenance::default(),
    }
}

fn wants(frame: &Frame, types: usize) -> impl Strategy<Value = Wants> + use<> {
    (
        payoff(frame, types == 0),
        nonagreement(frame),
        state(frame),
        by_issue(frame, -1, 3, false),
        any::<bool>(),
    )
        .prop_map(
            |(payoff, nonagreement, state, exposure, exposure_coded)| Wants {
                // A place in a ranking cannot be compared with a number.
                nonagreement: match payoff {
                    Preferences::Ranking(_) => state,
                    Preferences::Numbers(_) => nonagreement,
                },
                payoff,
                exposure,
                exposure_coded,
            },
        )
}
