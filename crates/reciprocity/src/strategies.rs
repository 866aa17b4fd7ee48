//! Generators for property tests (feature `proptest`), beside those of `detente-quantity`.

use detente_quantity::{DiscountFactor, Probability, Stakes, strategies};
use proptest::{collection, prelude::*};

use crate::{
    Bimatrix, ImplementationGame, NormalForm,
    automata::{Automaton, AutomatonState, Noise},
    repeated::Signatory,
};

/// A party at the very boundary of M-02, where honouring and cheating are worth the same, with
/// every number a small integer or a power of two so that the equality is exact in `f64`.
pub fn indifferent() -> impl Strategy<Value = (Stakes, Probability, DiscountFactor)> {
    (1..=8_u8, -16..=16_i8, 0..=4_i32, 1..=8_i32, -16..=16_i8).prop_filter_map(
        "an indifferent party",
        |(gain, r, halvings, patience, s)| {
            // δ = 1 − 2⁻ⁿ makes δ/(1 − δ) the integer 2ⁿ − 1, so the temptation m·g·(2ⁿ − 1) is exact.
            let m = 0.5_f64.powi(halvings);
            let (gain, r) = (f64::from(gain), f64::from(r));
            let temptation = m * gain * (2.0_f64.powi(patience) - 1.0);
            Some((
                Stakes::new(r + temptation, r, r - gain, f64::from(s)).ok()?,
                Probability::new(m).ok()?,
                DiscountFactor::new(1.0 - 0.5_f64.powi(patience)).ok()?,
            ))
        },
    )
}

/// A two-party game on small integers, ties included.
pub fn game() -> impl Strategy<Value = ImplementationGame> {
    (strategies::stakes(), strategies::stakes())
        .prop_map(|(row, column)| ImplementationGame::new(row, column))
}

/// A two-player game of one to five actions a side, on small integers, ties included.
pub fn bimatrix() -> impl Strategy<Value = Bimatrix> {
    (1..=5_usize, 1..=5_usize, 0..=6_i8)
        .prop_flat_map(|(n_rows, n_columns, most)| {
            let payoffs =
                || collection::vec((-most..=most).prop_map(f64::from), n_rows * n_columns);
            (Just((n_rows, n_columns)), payoffs(), payoffs())
        })
        .prop_filter_map("a game", |((n_rows, n_columns), row, column)| {
            Bimatrix::from_flat(n_rows, n_columns, row, column).ok()
        })
}

/// A game of one to four players with one to three actions each, on small integers.
pub fn normal_form() -> impl Strategy<Value = NormalForm> {
    collection::vec(1..=3_usize, 1..=4)
        .prop_flat_map(|n_actions| {
            let n_profiles = n_actions.iter().product::<usize>();
            let payoffs = collection::vec((-3..=3_i8).prop_map(f64::from), n_profiles);
            let players = collection::vec(payoffs, n_actions.len());
            (Just(n_actions), players)
        })
        .prop_filter_map("a game", |(n_actions, payoffs)| {
            NormalForm::new(&n_actions, &payoffs).ok()
        })
}

/// An automaton of one to four states, pure in most of them.
pub fn automaton() -> impl Strategy<Value = Automaton> {
    (1..=4_usize).prop_flat_map(|n| {
        let honours = prop_oneof![
            2 => Just(Probability::ZERO),
            2 => Just(Probability::ONE),
            1 => strategies::probability(),
        ];
        let state = (honours, prop::array::uniform4(0..n))
            .prop_map(|(honours, next)| AutomatonState { honours, next });
        collection::vec(state, n).prop_filter_map("an automaton", |states| {
            Automaton::new("any", 0, states).ok()
        })
    })
}

/// Errors of any kind and size.
pub fn noise() -> impl Strategy<Value = Noise> {
    prop::array::uniform4(strategies::probability()).prop_map(
        |[
            honouring_slips,
            cheating_slips,
            honouring_misread,
            cheating_misread,
        ]| Noise {
            honouring_slips,
            cheating_slips,
            honouring_misread,
            cheating_misread,
        },
    )
}

/// A party to an agreement, its cheating answered with up to five periods of delay.
pub fn signatory() -> impl Strategy<Value = Signatory> {
    (
        strategies::stakes(),
        strategies::discount_factor(),
        strategies::probability(),
        0..=5_u32,
    )
        .prop_map(|(stakes, patience, detection, delay)| Signatory {
            stakes,
            patience,
            detection,
            delay,
        })
}
