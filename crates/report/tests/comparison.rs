//! Cases side by side, as a reader sees them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod small;

use detente::{
    Case, Coding, Model, Options,
    assessment::{Swap, Verdict},
    compare, library,
};
use detente_report::{TerminalOptions, comparison};
use small::{Small, TRICK};

fn small(small: &Small) -> Model {
    let case = Case::from_text("small.toml", &small.text()).unwrap();
    Model::compile(&case).unwrap()
}

fn page(models: &[(&str, &Model)], width: usize) -> String {
    let codings: Vec<Coding<'_>> = models
        .iter()
        .map(|&(name, model)| Coding { name, model })
        .collect();
    let options = Options {
        draws: 100,
        ..Options::default()
    };
    let page = TerminalOptions {
        width,
        colour: false,
    };
    comparison(&compare(&codings, &options).unwrap(), &page)
}

/// How the answer of a comparison of two codings reads with the effects of its differences altered:
/// by number, the verdict with it alone in the first and with it alone back in the second, `None` for
/// what is no case.
fn answer(effects: &[[Option<Verdict>; 2]]) -> String {
    let (one, other) = (trusting(), wary());
    let codings = [("a", &one), ("b", &other)].map(|(name, model)| Coding { name, model });
    let options = Options {
        draws: 0,
        ..Options::default()
    };
    let mut found = compare(&codings, &options).unwrap();
    let difference = &mut found.differences[0];
    difference.structure_effect = None;
    difference.verdict = [Verdict::AgreementExpected, Verdict::PrudentDistrust];
    difference.numbers.truncate(1);
    let number = difference.numbers[0].clone();
    difference.numbers.clear();
    for (place, effect) in effects.iter().enumerate() {
        let swap = effect.map(|verdict| {
            verdict.map(|verdict| Swap {
                margin: 0.0,
                change: 0.0,
                verdict,
                within_reach: None,
            })
        });
        let mut number = number.clone();
        number.name = format!("n{place}");
        [number.effect.forward, number.effect.backward] = swap;
        difference.numbers.push(number);
    }
    let page = TerminalOptions {
        width: 10_000,
        colour: false,
    };
    let text = comparison(&found, &page);
    text.lines().next().unwrap_or_default().to_owned()
}

/// What is enough in the first is put back in the second: a third verdict and no case are not the
/// verdict of the second.
#[test]
fn what_is_put_back_is_told_as_it_comes_out() {
    use Verdict::{AgreementExpected as Agreement, Misperception, PrudentDistrust as Distrust};
    let cases = [
        (
            &[[Some(Distrust), Some(Distrust)]][..],
            "It is enough to put n0 from B into A to turn the verdict, but the rest turns it too.",
        ),
        (
            &[[Some(Distrust), None]],
            "to turn the verdict, but B with n0 from A is no case.",
        ),
        (
            &[[Some(Distrust), Some(Misperception)]],
            "to turn the verdict, but B with n0 from A comes to a third verdict: ",
        ),
        (
            &[[Some(Distrust), Some(Distrust)], [Some(Distrust), None]],
            "either of n0 and n1 from B into A to turn the verdict, but without n0 the rest turns \
             it too; B with n1 from A is no case.",
        ),
        (
            &[[None, Some(Agreement)]],
            "No difference that can be put in alone is enough by itself, but without n0 the \
             verdict of B falls back.",
        ),
        (
            &[[Some(Agreement), Some(Distrust)], [Some(Agreement), None]],
            "No single difference decides, only several together.",
        ),
        (
            &[[Some(Distrust), Some(Agreement)]],
            "What decides is n0 alone",
        ),
    ];
    for (effects, said) in cases {
        let answer = answer(effects);
        assert!(answer.contains(said), "{said}: {answer}");
    }
    assert!(!answer(&[[Some(Distrust), None]]).contains("the rest turns it"));
    assert!(!answer(&[[Some(Distrust), Some(Misperception)]]).contains("the rest turns it"));
}

fn trusting() -> Model {
    small(&Small::default())
}

fn wary() -> Model {
    small(&Small {
        prior: "{ low = 0.1, mode = 0.2, high = 0.3 }",
        outcome: "nonagreement",
        gain: "1.5",
        ..Small::default()
    })
}

fn tricked() -> Model {
    small(&Small {
        prior: "0.2",
        more: TRICK,
        ..Small::default()
    })
}

#[test]
fn two_codings() {
    let (one, other) = (trusting(), wary());
    insta::assert_snapshot!(
        "two-codings",
        page(&[("small", &one), ("other.toml", &other)], 100)
    );
}

#[test]
fn three_codings() {
    let (one, two, three) = (trusting(), wary(), tricked());
    let list = [("one", &one), ("two", &two), ("three", &three)];
    insta::assert_snapshot!("three-codings", page(&list, 100));
}

#[test]
fn shipped_cases() {
    let models: Vec<(&str, Model)> = library::ids()
        .map(|id| (id, Model::compile(&library::case(id).unwrap()).unwrap()))
        .collect();
    let list: Vec<(&str, &Model)> = models.iter().map(|(id, model)| (*id, model)).collect();
    insta::assert_snapshot!("shipped-compared", page(&list, 100));
}

#[test]
fn every_width_from_sixty_is_kept() {
    let (one, two, three) = (trusting(), wary(), tricked());
    let list = [("one", &one), ("two", &two), ("three", &three)];
    for width in [60, 76, 80, 100, 200] {
        for line in page(&list, width).lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
            assert_eq!(line, line.trim_end(), "{width}");
        }
    }
}
