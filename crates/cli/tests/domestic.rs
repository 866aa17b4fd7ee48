//! `detente domestic`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use detente::library;
use run::{run, run_with};
use serde_json::Value;

#[test]
fn every_shipped_case_has_its_page() {
    for id in library::ids() {
        let (code, out, err) = run(&["domestic", id]);
        assert_eq!((code, err.as_str()), (0, ""), "{id}");
        assert!(
            out.contains("\nAgreements each leader can afford\n"),
            "{out}"
        );
        // None codes a home front, so nothing is said to have been missed at one.
        // What is only ranked can have none, and is not told to.
        let is_ranked = out.contains("only ranked can have no home front");
        assert_eq!(out.contains("\nWhat to code\n"), !is_ranked, "{out}");
        assert_eq!(out.contains("office_stake"), !is_ranked, "{out}");
        assert_eq!(is_ranked, id == "euphrates-1975", "{out}");
        assert!(!out.contains("missed by"), "{out}");
        assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    }
}

#[test]
fn a_home_front_is_told_with_what_would_have_to_change() {
    let (code, out, _) = run_with(&["domestic", "-"], library::TEMPLATE);
    assert_eq!(code, 0, "{out}");
    assert!(
        out.contains("\nWhat would have to change at home\n"),
        "{out}"
    );
    assert!(
        out.contains("Over draws, that an agreement was missed by incentive"),
        "{out}"
    );
    let (code, out, _) = run_with(&["domestic", "-", "--json"], library::TEMPLATE);
    assert_eq!(code, 0, "{out}");
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["schema"], 1);
    let fronts = found["fronts"].as_array().unwrap();
    assert_eq!(fronts[0]["front"]["office_stake"], 0.5);
    assert!(fronts[1]["front"].is_null());
    let asked = &fronts[0]["nearest"]["reservations"];
    assert!(asked["offered"].as_f64().unwrap() > asked["leader"]["value"].as_f64().unwrap());
    assert!(fronts[0]["most_alarm_gain"].as_f64().unwrap() > 0.0);
}

#[test]
fn what_is_missed_by_incentive_is_told_from_what_is_missed_by_inference() {
    let coded = |stake: &str, threat: &str| {
        let text = library::TEMPLATE.replace("office_stake = 0.5", stake);
        let text = text.replace("threat = 0.2", threat);
        run_with(&["domestic", "-"], &text).1
    };
    let page = coded("office_stake = 9", "threat = 3");
    assert!(page.contains("missed by incentive:"), "{page}");
    assert!(
        page.contains("would open if office were worth less than"),
        "{page}"
    );
    assert!(page.contains("is closed"), "{page}");
    // Both would sign on either reading: of neither is it said that it kept them from it.
    let page = coded("office_stake = 0.1", "threat = 0.2").replace('\n', " ");
    assert!(page.contains("every leader would sign it"), "{page}");
    assert!(page.contains("does not say why none did"), "{page}");
    assert!(!page.contains("What was missed was"), "{page}");
    // West takes nothing for good faith, and refuses what it would have signed on the evidence.
    let text = library::TEMPLATE.replace(
        "[party.west.prior.east]",
        "[party.west.bias]\nbad_faith = true\n\n[party.west.prior.east]",
    );
    let page = run_with(&["domestic", "-"], &text).1.replace('\n', " ");
    assert!(page.contains("inference, not by incentive"), "{page}");
    // The assessment says the same, in short.
    let text = library::TEMPLATE.replace("office_stake = 0.5", "office_stake = 9");
    let text = text.replace("threat = 0.2", "threat = 3");
    let (_, page, _) = run_with(&["assess", "-", "--draws", "0"], &text);
    assert!(page.contains("missed by incentive:"), "{page}");
    assert!(
        page.contains("would open if office were worth less than"),
        "{page}"
    );
    let (_, out, _) = run_with(&["assess", "-", "--draws", "0", "--json"], &text);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["home"]["missed"], "incentive");
    assert!(
        found["home"]["thresholds"][0]["open_stakes"]["below"]
            .as_f64()
            .unwrap()
            < 9.0
    );
}

/// The template, its messages coded and its curve the one they need.
fn speaking() -> String {
    let text = library::TEMPLATE
        .replace("curve = \"logit\"", "curve = \"linear\"")
        .replace("\nbaseline = 0 ", "\nbaseline = 0.4 ")
        .replace("\nsupport = 0.5 ", "\nsupport = 0.4 ");
    let (start, rest) = text.split_once("# [party.east.home.messages]\n").unwrap();
    let (commented, end) = rest.split_once("\n\n").unwrap();
    let keys = commented.lines().map(|line| line.trim_start_matches("# "));
    let keys: Vec<&str> = keys.collect();
    format!(
        "{start}[party.east.home.messages]\n{}\n\n{end}",
        keys.join("\n")
    )
}

#[test]
fn messages_are_told_with_belief_accounting_and_what_would_make_them_true() {
    let text = speaking();
    let (code, out, err) = run_with(&["domestic", "-", "--draws", "200"], &text);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(
        out.contains("\nWhat leaders would make their audiences believe\n"),
        "{out}"
    );
    assert!(out.contains("on average over messages"), "{out}");
    assert!(out.contains("candid"), "{out}");
    assert!(
        !out.contains("is told where its messages are coded"),
        "{out}"
    );
    assert!(out.lines().all(|line| line.chars().count() <= 100), "{out}");
    let asked = ["domestic", "-", "--draws", "200", "--json"];
    let (_, out, _) = run_with(&asked, &text);
    let found: Value = serde_json::from_str(&out).unwrap();
    let told = &found["over_draws"]["fronts"][0]["messages"];
    let share = |key: &str| told[key]["estimate"].as_f64().unwrap();
    let sum = share("candid") + share("mixed") + share("saturated") + share("refused");
    assert!((sum - 1.0).abs() < 1e-12, "{told}");
    assert!(
        found["fronts"][0]["messages"]["found"]["alarm"].is_object(),
        "{out}"
    );
    assert_eq!(run_with(&asked, &text).1, out);
    let (_, out, _) = run_with(&["domestic", "-", "--draws", "0", "--json"], &text);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert!(found["over_draws"].is_null());
    let (code, _, err) = run_with(&["domestic", "-"], &text.replace("\"linear\"", "\"logit\""));
    assert_eq!(code, 1);
    assert!(
        err.contains("`messages` would say nothing here: an audience's beliefs cannot be averaged"),
        "{err}"
    );
}

/// A range that carries support beyond the linear curve is a warning of `check`, and stops nobody.
#[test]
fn draws_that_leave_the_linear_curve_do_not_stop_the_command() {
    let text = library::TEMPLATE
        .replace("curve = \"logit\"", "curve = \"linear\"")
        .replace("\nbaseline = 0 ", "\nbaseline = 0.4 ")
        .replace("\noffice_stake = 0.5 ", "\noffice_stake = 2 ")
        .replace("\nthreat = 0.2 ", "\nthreat = 0.3 ");
    for command in ["assess", "domestic"] {
        let (code, out, err) = run_with(&[command, "-", "--draws", "500"], &text);
        assert_eq!((code, err.as_str()), (0, ""), "{out}");
        let page = out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(
            page.contains("survival is held at"),
            command == "domestic",
            "{out}"
        );
    }
    // Where it happens at central values an assessment says so too.
    let worse = text.replace("\nthreat = 0.3 ", "\nthreat = 3 ");
    for command in ["assess", "domestic"] {
        let (_, out, _) = run_with(&[command, "-", "--draws", "100"], &worse);
        let page = out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(page.contains("and survival is held at 1 there."), "{out}");
    }
    let (code, out, err) = run_with(&["check", "-"], &text);
    assert_eq!((code, out.as_str()), (0, "1 file, 0 faults, 1 warning\n"));
    assert!(err.contains("party.east.home: in "), "{err}");
    assert!(err.contains("\"logit\""), "{err}");
}

/// Pages keep within a narrow window, tables included.
#[test]
fn pages_keep_within_the_width() {
    let within = |args: &[&str], text: &str, width: usize| {
        let columns = width.to_string();
        let args = [args, &["--width", &columns]].concat();
        let (code, out, _) = run_with(&args, text);
        assert_eq!(code, 0, "{out}");
        for line in out.lines() {
            assert!(line.chars().count() <= width, "{args:?}: {line}");
        }
    };
    for width in [40, 50, 60, 80] {
        within(&["domestic", "-", "--draws", "100"], &speaking(), width);
        within(&["assess", "-", "--draws", "100"], library::TEMPLATE, width);
        within(&["beliefs", "-"], library::TEMPLATE, width);
        for id in ["euphrates-1975", "reykjavik-1986"] {
            within(&["domestic", id, "--draws", "100"], "", width);
        }
    }
}

/// Each nation gains by one agreement only, which East's leader refuses; every leader would sign others.
#[test]
fn what_leaders_refuse_is_missed_by_incentive_whatever_else_they_would_sign() {
    let (start, rest) = library::TEMPLATE.split_once("[party.east.home]\n").unwrap();
    let (_, end) = rest.split_once("\n\n").unwrap();
    let east = "national_weight = 1\noffice_stake = 20\nsupport = 0.5\nthreat = -0.18\n\
                baseline = 0.5\ncurve = \"linear\"\naudience_hostility = 0.95";
    let west = "[party.west.home]\nnational_weight = 1\noffice_stake = 2\nsupport = 0.5\n\
                threat = -0.2\nbaseline = 0.5\ncurve = \"linear\"\n\n[party.west.prior.east]";
    let end = end.replace("[party.west.prior.east]", west);
    let text = format!("{start}[party.east.home]\n{east}\n\n{end}");
    let (_, out, _) = run_with(&["domestic", "-", "--json", "--draws", "0"], &text);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["both"], 0);
    assert!(found["leaders"].as_u64().unwrap() > 0, "{out}");
    assert_eq!(found["missed"], "incentive");
    assert_eq!(found["verdict"], "domestic");
    for command in ["domestic", "assess"] {
        let (_, out, _) = run_with(&[command, "-", "--draws", "0"], &text);
        let page = out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            page.contains("missed by incentive: all that every leader"),
            "{out}"
        );
        assert!(!page.contains("missed by inference"), "{out}");
    }
}
