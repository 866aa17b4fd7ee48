#![doc = include_str!("../README.md")]
//!
//! # Conventions
//!
//! - Payoffs are [`Stakes`](detente_quantity::Stakes): `t` cheats while all others honour, `r` all
//!   honour, `p` the agreement has collapsed, `s` honours while another cheats.
//! - Each period of the life of an agreement pays once; a payoff next period is worth δ of one now.
//! - Cheating is detected with probability `m` a period; once detected, it is answered by
//!   nonagreement for ever. `m = 1` is the grim trigger (claims M-02, S-01).
//! - In a two-party game the row is the first party; a profile is (row's conduct, column's conduct).
//! - Actions and players of larger games are counted from 0; in flat lists of payoffs the last
//!   player's action varies fastest.
//! - The rules for one agreement cannot fail: the types of `detente-quantity` have refused what is
//!   not a number. What takes a list, a size or a strategy may, with a [`ReciprocityError`].
#![deny(missing_docs)]
#![cfg_attr(
    test,
    allow(clippy::float_cmp, reason = "exact values are asserted exactly")
)]

pub mod automata;
mod error;
mod exact;
mod family;
mod game;
mod honour;
mod kind;
pub mod monitoring;
mod patience;
pub mod payoff_set;
mod program;
pub mod repeated;
mod search;
mod stage;
#[cfg(any(test, feature = "proptest"))]
pub mod strategies;
mod taxonomy;

pub use error::ReciprocityError;
pub use exact::Fraction;
pub use family::GameFamily;
pub use game::{BestReply, Conduct, ImplementationGame, Profile, Side};
pub use honour::{honour_margin, honours};
pub use kind::GameKind;
pub use patience::{CriticalPatience, critical_patience};
pub use stage::{
    Bimatrix, Equilibrium, EquilibriumComponent, EquilibriumSet, Limits, MixedMinmax,
    MixedStrategy, NashSubset, NormalForm, PureMinmax, all_equilibria, lemke_howson, mixed_minmax,
    one_equilibrium, pure_minmax, regrets,
};
pub use taxonomy::{
    ClassMove, Direction, Dominance, Expectation, GameClass, OutcomeFamily, PerceivedGame, Reading,
    class_moves, possible_classes, readings_with_temptation_first,
};

#[cfg(all(test, feature = "serde"))]
mod tests {
    use detente_quantity::{DiscountFactor, Stakes};

    use super::*;

    #[test]
    fn automata_and_agreements_are_checked_on_the_way_in() {
        let contrite = automata::named::contrite_tit_for_tat();
        let text = serde_json::to_string(&contrite).unwrap();
        let back: automata::Automaton = serde_json::from_str(&text).unwrap();
        assert_eq!(back, contrite);
        let lost = text.replace(r#""start":0"#, r#""start":9"#);
        assert!(serde_json::from_str::<automata::Automaton>(&lost).is_err());
        let stakes = Stakes::new(3.0, 2.0, 1.0, 0.0).unwrap();
        let party = repeated::Signatory::new(stakes, DiscountFactor::MYOPIC);
        let agreement = repeated::Agreement::between([party]).unwrap();
        let text = serde_json::to_string(&agreement).unwrap();
        let back: repeated::Agreement = serde_json::from_str(&text).unwrap();
        assert_eq!(back, agreement);
        assert!(serde_json::from_str::<repeated::Agreement>("[[]]").is_err());
        let report = serde_json::to_string(&agreement.report()).unwrap();
        assert!(report.contains(r#""self_enforcing":false"#));
    }

    #[test]
    fn results_survive_the_round_trip() {
        let bound = CriticalPatience::AtLeast(DiscountFactor::new(0.25).unwrap());
        let text = serde_json::to_string(&bound).unwrap();
        assert_eq!(text, r#"{"at_least":0.25}"#);
        assert_eq!(
            serde_json::from_str::<CriticalPatience>(&text).unwrap(),
            bound
        );
        assert!(serde_json::from_str::<CriticalPatience>(r#"{"at_least":1.0}"#).is_err());
        let stakes = Stakes::new(3.0, 2.0, 1.0, 0.0).unwrap();
        let game = ImplementationGame::new(stakes, stakes);
        let text = serde_json::to_string(&game).unwrap();
        assert_eq!(
            serde_json::from_str::<ImplementationGame>(&text).unwrap(),
            game
        );
        assert_eq!(
            serde_json::to_string(&GameKind::PrisonersDilemma).unwrap(),
            r#""prisoners_dilemma""#
        );
    }
}
