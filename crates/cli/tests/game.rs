//! `detente game`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use run::{file, run, run_with};
use serde_json::{Value, json};

/// A prisoner's dilemma, the first action to cooperate.
const DILEMMA: &str = "\
title = 'Arms race'
players = ['Athens', 'Sparta']
row_actions = ['disarm', 'arm']
col_actions = ['disarm', 'arm']
row = [[9, 1], [10, 3]]
col = [[9, 10], [1, 3]]
";

fn json_of(args: &[&str], text: &str) -> Value {
    let args = [&["game", "-", "--json"], args].concat();
    let (code, out, err) = run_with(&args, text);
    assert_eq!((code, err.as_str()), (0, ""));
    serde_json::from_str(&out).unwrap()
}

#[test]
fn a_dilemma_has_its_class_equilibrium_and_critical_patience() {
    let found = json_of(&[], DILEMMA);
    assert_eq!(found["schema"], 1);
    assert_eq!(found["class"], "prisoner's dilemma");
    assert_eq!(found["taxonomy"]["trap"], true);
    assert_eq!(found["taxonomy"]["distance"], 1.0);
    assert_eq!(found["taxonomy"]["dominant_action"], json!([1, 1]));
    assert_eq!(found["equilibria"].as_array().unwrap().len(), 1);
    assert_eq!(found["equilibria"][0]["payoffs"], json!([3.0, 3.0]));
    let delta = &found["critical_delta"];
    assert_eq!(delta["mutual_cooperation"], 1.0 / 7.0);
    assert_eq!(delta["full"], 0.25);
    let first = delta["first_cooperation"].as_f64().unwrap();
    assert!((1.0 / 7.0..1.0 / 7.0 + 1e-6).contains(&first), "{first}");
    assert_eq!(delta["bounds"]["full"], json!({"exactly": "1/4"}));
    assert_eq!(found["agreement"], Value::Null);
}

#[test]
fn all_that_can_be_sustained_is_a_point_a_segment_or_a_polygon() {
    for (delta, kind, corners) in [
        ("0.1", "point", json!([[3.0, 3.0]])),
        (
            "0.14285714285714285",
            "segment",
            json!([[3.0, 3.0], [9.0, 9.0]]),
        ),
        (
            "0.75",
            "polygon",
            json!([[3.0, 3.0], [9.75, 3.0], [9.0, 9.0], [3.0, 9.75]]),
        ),
    ] {
        let found = json_of(&["--delta", delta], DILEMMA);
        let set = &found["payoff_set"];
        assert_eq!(set["kind"], kind);
        assert_eq!(set["vertices"], corners);
        assert!(set["gap"].as_f64().unwrap() < 1e-11, "{set}");
        assert_eq!(found["some_path"]["agreement"], kind != "point");
    }
    let pennies = "row = [[1, -1], [-1, 1]]\ncol = [[-1, 1], [1, -1]]\n";
    let set = &json_of(&["--delta", "0.9"], pennies)["payoff_set"];
    assert_eq!(
        (&set["kind"], &set["vertices"]),
        (&json!("empty"), &json!([]))
    );
    assert_eq!(json_of(&[], DILEMMA)["payoff_set"], Value::Null);
}

#[test]
fn some_path_may_sustain_what_honouring_together_cannot() {
    let usual = "row = [[3, 0], [5, 1]]\ncol = [[3, 5], [0, 1]]\n\
                 row_actions = ['honour', 'cheat']\ncol_actions = ['honour', 'cheat']\n";
    let path = &json_of(&["--delta", "0.3"], usual)["some_path"];
    assert_eq!(path["agreement"], false);
    assert_eq!(path["gain"], true);
    assert_eq!(path["payoffs"], json!([2.5, 2.5]));
    assert_eq!(path["start"][0]["actions"], json!(["cheat", "honour"]));
    let out = words(&["--delta", "0.3"], usual);
    assert!(
        out.contains("some give both more than their second ones: (2.5, 2.5)"),
        "{out}"
    );
    let out = words(&["--delta", "0.2"], usual);
    assert!(out.contains("No path at all gives both more"), "{out}");
}

#[test]
fn patience_and_detection_decide_who_would_cheat() {
    let found = json_of(&["--delta", "0.2"], DILEMMA);
    assert_eq!(found["at_delta"]["mutual_cooperation"], true);
    assert_eq!(found["at_delta"]["full"], false);
    assert_eq!(found["agreement"]["self_enforcing"], true);
    // (1 − δ)(T − R) / (δ(R − P)) = 0.8 / 1.2.
    let least = &found["agreement"]["parties"][0]["types"][0]["least_detection"];
    assert!(
        (least.as_f64().unwrap() - 2.0 / 3.0).abs() < 1e-12,
        "{least}"
    );
    let text = format!("{DILEMMA}delta = 0.2\ndetection = 0.5\n");
    let found = json_of(&[], &text);
    assert_eq!(found["agreement"]["self_enforcing"], false);
    assert_eq!(found["agreement"]["first_to_cheat"]["party"], "Athens");
    let margin = found["agreement"]["first_to_cheat"]["delta_margin"].as_f64();
    assert!((margin.unwrap() + 0.05).abs() < 1e-12);
    // The option goes before the file.
    let found = json_of(&["--delta", "0.25"], &text);
    assert_eq!(found["agreement"]["self_enforcing"], true);
}

#[test]
fn players_may_differ_in_patience_and_in_how_they_are_watched() {
    let unequal = "row = [[5, 0], [8, 2]]\ncol = [[4, 6], [-1, 1]]\n";
    let found = json_of(&["--delta", "0.6,0.3"], unequal);
    assert_eq!(found["critical_delta"]["by_player"], json!([0.5, 0.4]));
    assert_eq!(found["at_delta"]["delta"], Value::Null);
    assert_eq!(found["at_delta"]["deltas"], json!([0.6, 0.3]));
    assert_eq!(found["at_delta"]["mutual_cooperation"], false);
    assert_eq!(found["agreement"]["first_to_cheat"]["party"], "column");
    assert_eq!(
        (&found["payoff_set"], &found["some_path"]),
        (&Value::Null, &Value::Null)
    );
    let (_, out, _) = run_with(&["game", "-", "--delta", "0.6,0.3"], unequal);
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        out.contains("is judged only where both are equally patient"),
        "{out}"
    );
    let found = json_of(&["--delta", "0.5,0.4"], unequal);
    assert_eq!(found["at_delta"]["mutual_cooperation"], true);
    // Half as watched, the column must be (T − R)/(T − R + m(R − P)) = 2/3.5 patient.
    let file = format!("{unequal}delta = [0.6, 0.5]\ndetection = [1, 0.5]\n");
    let found = json_of(&[], &file);
    let column = &found["agreement"]["parties"][1]["types"][0];
    let least = column["critical_delta"]["at_least"].as_f64().unwrap();
    assert!((least - 4.0 / 7.0).abs() < 1e-15);
    assert_eq!(found["agreement"]["self_enforcing"], false);
    let found = json_of(&["--detection", "1"], &file);
    assert_eq!(found["agreement"]["self_enforcing"], true);
    // Answered two periods late, a bound of 1/7 is asked of δ³.
    let found = json_of(&["--delta", "0.5", "--delay", "2"], DILEMMA);
    assert_eq!(found["agreement"]["self_enforcing"], false);
    let least = &found["agreement"]["parties"][0]["types"][0]["critical_delta"]["at_least"];
    assert!((least.as_f64().unwrap().powi(3) - 1.0 / 7.0).abs() < 1e-12);
    let (_, out, _) = run(&[
        "game",
        "reykjavik-1986",
        "--delay",
        "3",
        "--detection",
        "0.5,1",
    ]);
    assert!(out.contains("answered 3 periods later"), "{out}");
}

/// The text of the page without its line breaks.
fn words(args: &[&str], text: &str) -> String {
    let (code, out, err) = run_with(&[&["game", "-"], args].concat(), text);
    assert_eq!((code, err.as_str()), (0, ""));
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn a_threat_that_nobody_would_carry_out_is_taken_on_trust() {
    let chicken = "row = [[3, 1], [4, 0]]\ncol = [[3, 4], [1, 0]]\n";
    let found = json_of(&["--delta", "0.3"], chicken);
    // At its word the threat of 0 for ever would do from 1/4 on; what is credible takes 1/3.
    assert_eq!(found["agreement"]["self_enforcing"], true);
    assert_eq!(
        found["agreement"]["taken_on_trust"],
        json!(["row", "column"])
    );
    assert_eq!(
        found["critical_delta"]["bounds"]["mutual_cooperation"],
        json!({"exactly": "1/3"})
    );
    assert_eq!(found["at_delta"]["mutual_cooperation"], false);
    let out = words(&["--delta", "0.3"], chicken);
    assert!(!out.contains("It enforces itself."), "{out}");
    assert!(
        out.contains("row and column would rather honour while cheated"),
        "{out}"
    );
    assert!(
        out.contains("it can be sustained from 1/3: not here."),
        "{out}"
    );
    let out = words(&["--delta", "0.4"], chicken);
    assert!(
        out.contains("it can be sustained from 1/3: here too."),
        "{out}"
    );
    // Where cheating together is an equilibrium, and where nobody is tempted, nothing is on trust.
    for text in [DILEMMA, "row = [[4, 2], [3, 1]]\ncol = [[4, 3], [2, 1]]\n"] {
        let found = json_of(&["--delta", "0.3"], text);
        assert_eq!(found["agreement"]["taken_on_trust"], json!([]));
        assert!(words(&["--delta", "0.3"], text).contains("It enforces itself."));
    }
}

#[test]
fn all_who_are_as_near_to_cheating_are_named() {
    let found = json_of(&["--delta", "0.3"], DILEMMA);
    let first = &found["agreement"]["first_to_cheat"];
    assert_eq!(first["party"], "Athens");
    assert_eq!(first["as_near"], json!([{"party": "Sparta", "kind": null}]));
    let out = words(&["--delta", "0.3"], DILEMMA);
    assert!(
        out.contains("Athens and Sparta, 0.1571 in δ from it each."),
        "{out}"
    );
    let unequal = "row = [[5, 0], [8, 2]]\ncol = [[4, 6], [-1, 1]]\n";
    let first = &json_of(&["--delta", "0.6"], unequal)["agreement"]["first_to_cheat"];
    assert_eq!(
        (&first["party"], &first["as_near"]),
        (&json!("row"), &json!([]))
    );
}

#[test]
fn what_no_patience_would_sustain_is_never() {
    // Honouring together pays less than each can be held to.
    let deadlock = "row = [[2, 1], [4, 3]]\ncol = [[2, 4], [1, 3]]\n";
    let found = json_of(&["--delta", "0.9"], deadlock);
    assert_eq!(
        found["critical_delta"]["bounds"]["mutual_cooperation"],
        "never"
    );
    assert_eq!(found["at_delta"]["mutual_cooperation"], false);
    // A third action of the row's leaves it more than its first, and no static equilibrium holds
    // it there.
    let larger = "row = [[-1, 2], [0, 3], [1, -1]]\ncol = [[0, 1], [1, 0], [0, 1]]\n";
    let found = json_of(&[], larger);
    assert_eq!(
        found["critical_delta"]["bounds"]["mutual_cooperation"],
        "never"
    );
    assert!(words(&[], larger).contains("cannot be sustained at any patience"));
}

#[test]
fn ties_are_told_as_ties() {
    let nothing = words(&[], "row = [[1, 1], [1, 1]]\ncol = [[2, 2], [2, 2]]\n");
    assert!(nothing.contains("Nothing is at stake"), "{nothing}");
    assert!(!nothing.contains("away in one payoff"), "{nothing}");
    let tied = "row = [[3, 0], [3, 1]]\ncol = [[3, 5], [0, 1]]\n";
    let found = json_of(&[], tied);
    assert_eq!(found["taxonomy"]["distance"], 0.0);
    let borders = json!(["prisoner's dilemma", "stag hunt × prisoner's dilemma"]);
    assert_eq!(found["taxonomy"]["borders"], borders);
    let out = words(&[], tied);
    assert!(
        out.contains("breaks all ties makes it prisoner's dilemma or stag hunt"),
        "{out}"
    );
    assert_eq!(json_of(&[], DILEMMA)["taxonomy"]["borders"], json!([]));
}

#[test]
fn payments_pool_what_players_would_lose() {
    let unequal = "row = [[5, 0], [8, 2]]\ncol = [[4, 6], [-1, 1]]\n";
    let found = json_of(&["--transfers", "--delta", "0.6"], unequal);
    let least = found["with_transfers"]["mutual_cooperation"]
        .as_f64()
        .unwrap();
    assert!((least - 5.0 / 11.0).abs() < 1e-15);
    assert_eq!(found["with_transfers"]["at_delta"]["joint_payoff"], 9.0);
    assert_eq!(
        found["with_transfers"]["at_delta"]["punishments"],
        json!([2.0, 1.0])
    );
    assert_eq!(
        json_of(&["--delta", "0.6"], unequal)["with_transfers"],
        Value::Null
    );
    let out = words(&["--transfers", "--delta", "0.6"], unequal);
    assert!(out.contains("If the players may pay each other"), "{out}");
    assert!(out.contains("get 9 together"), "{out}");
}

#[test]
fn brackets_carry_their_proof() {
    let found = json_of(&[], "row = [[3, 0], [5, 1]]\ncol = [[3, 5], [0, 1]]\n");
    let first = &found["critical_delta"]["bounds"]["first_cooperation"]["between"];
    let (below, above) = (
        first["below"].as_f64().unwrap(),
        first["above"].as_f64().unwrap(),
    );
    assert!(below < 0.25 && above - below < 1e-9);
    assert_eq!(first["above"], 0.25);
    let proof = &first["certificate"];
    assert_eq!(proof["delta"], first["above"]);
    assert!(proof["corners"].as_array().unwrap().len() >= 2, "{proof}");
    assert!(
        proof["stays"].as_array().unwrap().contains(&json!([1, 1])),
        "{proof}"
    );
}

#[test]
fn larger_and_degenerate_games_have_components() {
    let pennies = json_of(&[], "row = [[1, -1], [-1, 1]]\ncol = [[-1, 1], [1, -1]]\n");
    assert_eq!(pennies["equilibria"][0]["row"], json!([0.5, 0.5]));
    assert_eq!(pennies["minmax"][0]["pure"], 1.0);
    assert_eq!(pennies["minmax"][0]["mixed"], 0.0);
    assert_eq!(pennies["critical_delta"]["full"], Value::Null);
    let flat = json_of(&[], "row = [[1, 1, 1]]\ncol = [[2, 2, 1]]\n");
    assert_eq!(flat["class"], Value::Null);
    assert_eq!(flat["equilibria"].as_array().unwrap().len(), 2);
    assert_eq!(flat["components"].as_array().unwrap().len(), 1);
    let one = json_of(&["--delta", "0"], "row = [[1e300]]\ncol = [[5e-324]]\n");
    assert_eq!(one["critical_delta"]["mutual_cooperation"], 0.0);
    assert_eq!(one["complete"], true);
}

#[test]
fn a_game_too_large_to_solve_says_so() {
    let line = |by: usize| {
        let cells: Vec<String> = (0..70).map(|at| (at * by % 71).to_string()).collect();
        format!("[{}]", cells.join(","))
    };
    let matrix = |by: usize| {
        (1..=70)
            .map(|it| line(it * by))
            .collect::<Vec<_>>()
            .join(",")
    };
    let text = format!("row = [{}]\ncol = [{}]\n", matrix(1), matrix(3));
    let found = json_of(&[], &text);
    assert_eq!(found["complete"], false);
    assert!(!found["notes"].as_array().unwrap().is_empty());
}

#[test]
fn a_case_is_judged_at_its_best_agreement() {
    let (code, out, err) = run(&["game", "reykjavik-1986", "--json"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let found: Value = serde_json::from_str(&out).unwrap();
    assert!(found["terms"].is_object());
    assert_eq!(
        found["actions"],
        json!([["honour", "cheat"], ["honour", "cheat"]])
    );
    let parties = found["agreement"]["parties"].as_array().unwrap();
    assert_eq!(parties.len(), 2);
    for party in parties {
        let types = party["types"].as_array().unwrap();
        assert_eq!(types[0]["name"], "keeps");
        assert_eq!(types.iter().filter(|it| it["is_true"] == true).count(), 1);
        for kind in types {
            let margin = kind["delta_margin"].as_f64();
            assert_eq!(kind["honours"], margin.is_none_or(|it| it >= 0.0));
        }
    }
    let first = &found["agreement"]["first_to_cheat"];
    assert_eq!(first["kind"], "cheats");
    let truly = &found["agreement"]["first_as_they_are"];
    let party = parties
        .iter()
        .find(|it| it["party"] == truly["party"])
        .unwrap();
    let mut types = party["types"].as_array().unwrap().iter();
    let kind = types.find(|it| it["name"] == truly["kind"]).unwrap();
    assert_eq!(
        (&kind["is_true"], &kind["delta_margin"]),
        (&json!(true), &truly["delta_margin"])
    );
    // Parties with no patience at all keep only what it does not pay to break.
    let (_, out, _) = run(&["game", "reykjavik-1986", "--json", "--delta", "0"]);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["agreement"]["as_they_are"], false);
    let (code, out, err) = run(&["game", "euphrates-1975"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("holds no game of two"), "{err}");
}

#[test]
fn text_fits_its_width_and_names_things() {
    let game = file("arms.toml", format!("{DILEMMA}delta = 0.2\n"));
    let (_, out, _) = run(&["game", &game]);
    assert!(
        out.starts_with("Arms race: prisoner's dilemma, 1 isolated equilibrium"),
        "{out}"
    );
    assert!(out.contains("from 1/7"), "{out}");
    assert!(out.contains("Athens"), "{out}");
    let chicken = "row = [[3, 1], [4, 0]]\ncol = [[3, 4], [1, 0]]\ndelta = 0.3\n";
    let chicken = file("chicken.toml", chicken);
    for asked in [&game, &chicken, "open-skies-1955", "reykjavik-1986"] {
        for width in ["60", "76", "100"] {
            let (code, out, _) = run(&["game", asked, "--width", width]);
            assert_eq!(code, 0);
            let most = width.parse().unwrap();
            let too_long = out.lines().find(|line| line.chars().count() > most);
            assert!(too_long.is_none(), "{width}: {too_long:?}");
        }
    }
}

#[test]
fn bad_files_and_bad_usage_are_told_apart() {
    #[track_caller]
    fn refused(content: impl AsRef<[u8]>, about: &[&str]) {
        let game = file("bad.toml", content);
        let (code, out, err) = run(&["game", &game]);
        assert_eq!((code, out.as_str()), (1, ""), "{err}");
        for about in about {
            assert!(err.contains(about), "{about}: {err}");
        }
    }
    refused(
        "row = [[1, 2], [3]]\ncol = [[1, 2], [3, 4]]\n",
        &[
            "1 payoff, but `row[0]` has 2",
            "bad.toml:1:",
            "expected 2 payoffs",
        ],
    );
    refused(
        "row = [[nan, 'x']]\ncol = [[1, inf]]\n",
        &["not a finite number", "a number"],
    );
    refused(
        "row = [[1]]\nkol = [[1]]\n",
        &["unknown key `kol`", "did you mean `col`?"],
    );
    refused("row = []\ncol = []\n", &["without actions"]);
    refused(
        "title = 'no game'\n",
        &["missing key `row`", "missing key `col`"],
    );
    refused(b"row = [[1]]\ncol = [[\xff]]\n", &["UTF-8"]);
    refused("\n", &["is empty"]);
    for wrong in [
        ["--delta", "1"],
        ["--delta", "x"],
        ["--delta", "0.5,1"],
        ["--detection", "0.5,2"],
        ["--delay", "-1"],
        ["--width", "3"],
    ] {
        let (code, out, err) = run(&[&["game", "reykjavik-1986"], &wrong[..]].concat());
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
    }
    assert_eq!(run(&["game", "reykjavik"]).0, 1);
}

#[test]
fn what_is_judged_with_a_patience_asks_for_one() {
    for (option, value) in [("--detection", "0.5"), ("--delay", "3")] {
        let (code, out, err) = run_with(&["game", "-", option, value], DILEMMA);
        assert_eq!((code, out.as_str()), (2, ""), "{err}");
        let words = format!("{} is {value}; expected a patience (delta)", &option[2..]);
        assert!(err.contains(&words), "{err}");
        let (code, ..) = run_with(&["game", "-", option, value, "--delta", "0.5"], DILEMMA);
        assert_eq!(code, 0);
    }
}

#[test]
fn a_game_without_pure_equilibria_is_not_said_to_have_some() {
    let (_, out, _) = run_with(
        &["game", "-"],
        "row = [[1, -1], [-1, 1]]\ncol = [[-1, 1], [1, -1]]\n",
    );
    assert!(
        out.contains("There is no equilibrium in pure strategies."),
        "{out}"
    );
    assert!(!out.contains("Pareto-inferior"), "{out}");
    let three = "row = [[3,0,1],[5,1,2],[0,0,7]]\ncol = [[3,5,1],[0,1,2],[1,1,6]]\n";
    let (_, out, _) = run_with(&["game", "-"], three);
    let words = "row not up to 0.500000, and above that not settled";
    let flat = out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(words), "{out}");
}

#[test]
fn long_fractions_are_rounded_on_the_page() {
    let text =
        "row = [[3333333.3333333, 0], [5e9, 0.1]]\ncol = [[0.333333333, 5e-9], [0, 1e-12]]\n";
    let (code, out, err) = run_with(&["game", "-", "--width", "60"], text);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("about "), "{out}");
    for line in out.lines() {
        assert!(line.chars().count() <= 60, "{line}");
    }
}
