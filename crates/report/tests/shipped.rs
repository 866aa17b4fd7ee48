//! The shipped cases, as a reader sees them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

use detente::{Assessment, Options, assess, library};
use detente_report::{TerminalOptions, terminal};

fn assessment(id: &str) -> Assessment {
    let options = Options {
        draws: 200,
        seed: 1997,
        ..Options::default()
    };
    assess(&library::case(id).unwrap(), &options).unwrap()
}

#[track_caller]
fn check(id: &str) {
    insta::assert_snapshot!(id, terminal(&assessment(id), &TerminalOptions::default()));
}

#[test]
fn reykjavik() {
    check("reykjavik-1986");
}

#[test]
fn inf() {
    check("inf-1987");
}

#[test]
fn open_skies() {
    check("open-skies-1955");
}

#[test]
fn test_ban() {
    check("test-ban-1963");
}

#[test]
fn joint_plan() {
    check("joint-plan-2013");
}

#[test]
fn euphrates() {
    check("euphrates-1975");
}

#[test]
fn every_width_from_sixty_is_kept() {
    for id in library::ids() {
        let assessment = assessment(id);
        for width in [60, 61, 75, 76, 79, 80, 97, 98, 100, 120, 200] {
            let page = terminal(
                &assessment,
                &TerminalOptions {
                    width,
                    colour: false,
                },
            );
            for line in page.lines() {
                assert!(line.chars().count() <= width, "{id} at {width}: {line}");
                assert_eq!(line, line.trim_end(), "{id} at {width}");
            }
        }
    }
}

#[test]
fn colour_changes_no_word() {
    for id in library::ids() {
        let assessment = assessment(id);
        let painted = terminal(
            &assessment,
            &TerminalOptions {
                width: 100,
                colour: true,
            },
        );
        let plain = terminal(&assessment, &TerminalOptions::default());
        assert!(painted.contains('\x1b') && !plain.contains('\x1b'));
        assert_eq!(stripped(&painted), plain);
    }
}

/// Text without its escape codes.
fn stripped(text: &str) -> String {
    let mut parts = text.split('\x1b');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| {
        text + part.split_once('m').map_or("", |(_, rest)| rest)
    })
}
