//! Why an agreement was missed, as a reader sees it.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod small;

use detente::{Assessment, Options, assess, library};
use detente_report::{TerminalOptions, why};
use small::{Small, TRICK, from_text};

fn shipped(id: &str) -> Assessment {
    let options = Options {
        draws: 200,
        ..Options::default()
    };
    assess(&library::case(id).unwrap(), &options).unwrap()
}

/// East distrusts on the evidence, and reads it worse; it takes both to fall.
fn doubled(draws: usize) -> Assessment {
    let small = Small {
        prior: "{ low = 0.1, mode = 0.15, high = 0.2 }",
        outcome: "nonagreement",
        east: "ratification_floor = 2.5",
        ..Small::default()
    };
    small.assess(draws)
}

fn page(assessment: &Assessment, width: usize) -> String {
    let options = TerminalOptions {
        width,
        colour: false,
    };
    why(assessment, &options)
}

#[test]
fn open_skies() {
    insta::assert_snapshot!(
        "why-open-skies-1955",
        page(&shipped("open-skies-1955"), 100)
    );
}

#[test]
fn euphrates() {
    insta::assert_snapshot!("why-euphrates-1975", page(&shipped("euphrates-1975"), 100));
}

#[test]
fn two_barriers_at_once() {
    insta::assert_snapshot!("why-doubled", page(&doubled(100), 100));
}

/// Some draws are judged and others not: the legend says which, and whose the measures are.
#[test]
fn the_legend_says_of_which_draws() {
    let page = page(&doubled(100), 10_000);
    assert!(!page.contains("all draws, those"), "{page}");
    for said in [
        "All four are of the draws in which something is better than none for all, but for those in \
         which an agreement would be signed only to be broken",
        "(necessity and sufficiency; Tian and Pearl 2000). alone: ",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[test]
fn what_stood_in_the_way_twice_over_is_called_overdetermined() {
    for draws in [0, 100] {
        let page = page(&doubled(draws), 10_000);
        for sentence in [
            "At central values the failure was overdetermined",
            "A, prudent distrust and domestic legitimacy together.",
            "As far as they name one, the ways of judging agree on prudent distrust",
        ] {
            assert!(page.contains(sentence), "{sentence}: {page}");
        }
        assert_eq!(page.contains("necessity names none"), draws > 0, "{page}");
    }
}

#[test]
fn an_agreement_that_was_expected_tells_what_came_nearest_to_failing() {
    let page = page(&Small::default().assess(0), 10_000);
    assert!(page.contains("passes all five barriers by 0.70"), "{page}");
    assert!(
        page.contains("prudent distrust is nearest to stopping it"),
        "{page}"
    );
    assert!(page.contains("there is no failure to share out"), "{page}");
}

#[test]
fn misreading_is_named_by_every_way() {
    let small = Small {
        prior: "0.2",
        outcome: "nonagreement",
        more: TRICK,
        ..Small::default()
    };
    let text = small.text().replace(
        "[party.west.prior.east]\nkeeps = 0.2",
        "[party.west.prior.east]\nkeeps = 0.95",
    );
    let page = page(&from_text(&text, 100), 10_000);
    assert!(
        page.contains("Every way of judging names misperception."),
        "{page}"
    );
}

#[test]
fn every_width_from_sixty_is_kept() {
    let mut assessments: Vec<Assessment> = library::ids().map(shipped).collect();
    assessments.extend([doubled(0), doubled(50)]);
    for assessment in &assessments {
        for width in [60, 75, 76, 80, 99, 100, 101, 200] {
            for line in page(assessment, width).lines() {
                assert!(line.chars().count() <= width, "{width}: {line}");
                assert_eq!(line, line.trim_end(), "{width}");
            }
        }
    }
}
