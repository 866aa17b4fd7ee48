//! The smallest case: two sides, one treaty or none, types that keep and types that cheat.

use detente::{Assessment, Case, DetenteError, Options, assess, decode::Source};
use serde_json::{Value, json};

/// One side of a treaty. Nonagreement is worth 0 to it.
#[derive(Debug, Clone)]
pub(super) struct Side {
    /// U of the treaty.
    pub(super) gain: f64,
    /// e of the treaty.
    pub(super) exposure: f64,
    /// Whether it is truly of the type that keeps.
    pub(super) keeps: bool,
    /// How likely it thinks it, before the acts, that the other keeps; 0 and 1 are for good.
    pub(super) trust: f64,
    /// How it reads.
    pub(super) bias: Option<Value>,
    /// Whom its leader answers to.
    pub(super) home: Option<Value>,
    /// What its legislature asks at least.
    pub(super) floor: Option<f64>,
}

impl Default for Side {
    /// A side that keeps, stands to gain as much as to lose, and trusts for good.
    fn default() -> Self {
        Self {
            gain: 1.0,
            exposure: 1.0,
            keeps: true,
            trust: 1.0,
            bias: None,
            home: None,
            floor: None,
        }
    }
}

/// A leader who loses the rent of an enemy by making peace: on payoffs from 0 to 1 the treaty costs
/// it `rent`, at most 1, whatever it brings.
pub(super) fn rent_from_enmity(rent: f64) -> Value {
    json!({
        "national_weight": 1, "office_stake": 1, "support": 0, "threat": rent, "baseline": 0,
        "curve": "linear", "audience_hostility": 1,
    })
}

/// `count` concessions by the second side, each so many times as likely from one that keeps.
pub(super) fn concessions(count: usize, ratio: f64) -> Vec<Value> {
    (0..count)
        .map(|number| {
            json!({
                "id": format!("concession-{number}"), "date": "1986-01-15", "actor": "b",
                "tone": "cooperative", "event": "A concession",
                "likelihood_ratio": { "keeps": ratio, "cheats": 1 },
            })
        })
        .collect()
}

/// The case of sides `a` and `b`.
pub(super) fn case(a: &Side, b: &Side, acts: &[Value]) -> Result<Case, DetenteError> {
    let document = json!({
        "format": 1,
        "case": { "id": "deal", "title": "A treaty", "decided": "1986-12-31", "outcome": "nonagreement" },
        "issue": { "treaty": { "name": "The treaty", "option": { "none": "None", "signed": "Signed" } } },
        "party": { "a": party(a, "b"), "b": party(b, "a") },
        "act": acts,
    });
    Ok(Case::read(&Source::new("deal.json", document.to_string()))?)
}

/// The central run of the case of sides `a` and `b`.
pub(super) fn deal(a: &Side, b: &Side, acts: &[Value]) -> Result<Assessment, DetenteError> {
    let options = Options {
        draws: 0,
        ..Options::default()
    };
    assess(&case(a, b, acts)?, &options)
}

fn party(side: &Side, other: &str) -> Value {
    let at_treaty = |number: f64| json!({ "treaty": { "none": 0, "signed": number } });
    let certain = side.trust <= 0.0 || side.trust >= 1.0;
    let mut party = json!({
        "name": "A side",
        "nonagreement": 0,
        "payoff": at_treaty(side.gain),
        "exposure": at_treaty(side.exposure),
        "temptation": at_treaty(1.0),
        "detection": 1,
        "type": {
            "keeps": { "patience": 0.9, "temptation_scale": 0 },
            "cheats": { "patience": 0 },
        },
        "true_type": if side.keeps { "keeps" } else { "cheats" },
        "prior": { other: { "keeps": side.trust, "cheats": 1.0 - side.trust, "dogmatic": certain } },
    });
    for (key, value) in [
        ("bias", side.bias.clone()),
        ("home", side.home.clone()),
        ("ratification_floor", side.floor.map(Value::from)),
    ] {
        if let Some(value) = value {
            party[key] = value;
        }
    }
    party
}
