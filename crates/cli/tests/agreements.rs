//! `detente agreements`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use run::{file, run, run_with};
use serde_json::{Value, json};

/// Camp David, 1978: points on winning each issue (Brams & Togman 1996).
const CAMP_DAVID: &str = "\
issue,option,Israel,Egypt
Sinai,Israel,35,0
Sinai,Egypt,0,55
Diplomatic recognition,Israel,10,0
Diplomatic recognition,Egypt,0,5
West Bank,Israel,20,0
West Bank,Egypt,0,10
Gaza Strip,Israel,10,0
Gaza Strip,Egypt,0,5
Palestinian rights,Israel,5,0
Palestinian rights,Egypt,0,20
Jerusalem,Israel,20,0
Jerusalem,Egypt,0,5
nonagreement,,50,50
";

fn json_of(text: &str) -> Value {
    let (code, out, err) = run_with(&["agreements", "-", "--json"], text);
    assert_eq!((code, err.as_str()), (0, ""));
    serde_json::from_str(&out).unwrap()
}

#[test]
fn a_score_sheet_is_analysed() {
    let found = json_of(CAMP_DAVID);
    assert_eq!(found["schema"], 1);
    assert_eq!(found["agreements"], "64");
    assert_eq!(found["zone"]["exists"], true);
    assert_eq!(
        (&found["zone"]["strict"], &found["zone"]["weak"]),
        (&json!(4), &json!(6))
    );
    assert_eq!(found["frontier"]["vectors"], 11);
    assert_eq!(found["frontier"]["packages"], 16);
    assert_eq!(found["frontier"]["points"][5], json!([60.0, 75.0]));
    for concept in ["nash", "kalai_smorodinsky", "egalitarian", "utilitarian"] {
        assert_eq!(
            found["solutions"][concept],
            json!([[60.0, 75.0]]),
            "{concept}"
        );
    }
    for party in [0, 1] {
        let even = found["lottery"]["egalitarian"][party].as_f64().unwrap();
        assert!((even - 395.0 / 6.0).abs() < 1e-9, "{even}");
    }
    assert!(found["lottery"]["nash"].is_array());
}

#[test]
fn text_fits_its_width_and_names_the_package() {
    let sheet = file("camp-david.csv", CAMP_DAVID);
    for width in ["40", "70", "100"] {
        let (code, out, err) = run(&["agreements", &sheet, "--list", "--width", width]);
        assert_eq!((code, err.as_str()), (0, ""));
        let most = width.parse().unwrap();
        let too_long = out.lines().find(|line| line.chars().count() > most);
        assert!(too_long.is_none() || width == "40", "{width}: {too_long:?}");
    }
    let (_, out, _) = run(&["agreements", &sheet]);
    assert!(
        out.starts_with("Of 64 possible agreements, 4 gain for both parties"),
        "{out}"
    );
    assert!(out.contains("A: (60, 75)"), "{out}");
    assert!(!out.contains("no party can gain"), "{out}");
}

#[test]
fn efficient_agreements_can_be_listed() {
    let sheet = file("camp-david-2.csv", CAMP_DAVID);
    let (_, out, _) = run(&["agreements", &sheet, "--list", "--top", "3"]);
    assert!(out.contains("3 of 11 shown"), "{out}");
    let (code, out, err) = run(&["agreements", &sheet, "--csv"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), 17);
    assert_eq!(
        lines[1],
        "Israel,Israel,Israel,Israel,Israel,Israel,100,0,false"
    );
    assert!(lines.contains(&"Egypt,Israel,Israel,Israel,Egypt,Israel,60,75,true"));
    let (_, out, err) = run(&["agreements", &sheet, "--csv", "--top", "1"]);
    assert_eq!(out.lines().count(), 2);
    assert!(err.starts_with("note: 1 of 16"), "{err}");
}

#[test]
fn shipped_cases_and_case_files_are_analysed_too() {
    let (code, out, _) = run(&["agreements", "reykjavik-1986"]);
    assert_eq!(code, 0);
    assert!(out.contains("What was on the table"), "{out}");
    // Only the order of a ranking means anything.
    let (code, out, _) = run(&["agreements", "euphrates-1975", "--json"]);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &found["zone"]["exists"]), (0, &json!(false)));
    assert_eq!(
        (&found["solutions"]["nash"], &found["lottery"]["nash"]),
        (&json!([]), &Value::Null)
    );
    assert!(found["notes"][0].as_str().unwrap().contains("rankings"));
    let text = detente::library::text("reykjavik-1986").unwrap();
    let (code, out, _) = run_with(&["agreements", "-", "--json"], text);
    let (_, shipped, _) = run(&["agreements", "reykjavik-1986", "--json"]);
    assert_eq!((code, out), (0, shipped));
}

#[test]
fn the_conflict_is_described() {
    let conflict = &json_of(CAMP_DAVID)["conflict"];
    assert_eq!(conflict["integrative"]["split"], json!([50.0, 50.0]));
    // Trading raises both by 95/6 of 100, as Adjusted Winner does.
    for gain in [
        &conflict["integrative"]["potential"],
        &conflict["linkage"]["gain"],
    ] {
        assert!(
            (gain.as_f64().unwrap() - 95.0 / 600.0).abs() < 1e-9,
            "{gain}"
        );
    }
    assert_eq!(conflict["linkage"]["stuck"].as_array().unwrap().len(), 6);
    assert_eq!(conflict["issue_values"][1][0], 0.55);
    let (_, out, _) = run(&["agreements", "inf-1987", "--json"]);
    let found: Value = serde_json::from_str(&out).unwrap();
    let agreed = found["conflict"]["proposals"]
        .as_array()
        .unwrap()
        .last()
        .unwrap();
    assert_eq!(
        (&agreed["improvements"], &agreed["issues_at_once"]),
        (&json!(4), &json!(2))
    );
    let closed = json_of("issue,option,a,b\nx,p,10,2\nx,q,4,9\nnonagreement,,12,4\n");
    let miss = &closed["conflict"]["nearest_miss"];
    assert_eq!(
        (&miss["party"], &miss["payoffs"]),
        (&json!("a"), &json!([10.0, 2.0]))
    );
    assert_eq!(miss["limits"][0], 4.0);
}

#[test]
fn a_sheet_of_any_size_is_analysed() {
    let mut sheet = "issue,option,a,b\n".to_owned();
    for issue in 0..250 {
        for option in 0..10 {
            sheet.push_str(&format!("x{issue},o{option},{option},{}\n", 9 - option));
        }
    }
    sheet.push_str("nonagreement,,1000,1000\n");
    let found = json_of(&sheet);
    assert_eq!(found["agreements"], format!("1{}", "0".repeat(250)));
    assert_eq!(
        (&found["zone"]["exists"], &found["frontier"]["vectors"]),
        (&json!(true), &json!(2251))
    );
    assert!(found["frontier"]["packages"].is_string());
    assert_eq!(found["solutions"]["nash"], json!([[1125.0, 1125.0]]));
    assert_eq!(found["lottery"]["nash"], json!([1125.0, 1125.0]));
}

#[test]
fn without_a_zone_there_is_no_solution() {
    let found = json_of("issue,option,a,b\nx,p,0,2\nx,q,1,1\nx,r,2,0\nnonagreement,,5,5\n");
    assert_eq!(found["zone"]["exists"], false);
    assert_eq!(
        (&found["zone"]["weak"], &found["zone"]["by_lottery"]),
        (&json!(0), &json!(false))
    );
    assert_eq!(found["solutions"]["nash"], json!([]));
    assert_eq!(found["lottery"]["egalitarian"], Value::Null);
}

#[test]
fn nonagreement_worse_than_everything_counts() {
    let sheet =
        |d: &str| format!("issue,option,a,b\nx,p,1,10\nx,q,9,6\nx,r,4,8\nnonagreement,,{d}\n");
    assert_eq!(
        json_of(&sheet("-10,0"))["solutions"]["nash"],
        json!([[9.0, 6.0]])
    );
    assert_eq!(
        json_of(&sheet("-100,0"))["solutions"]["nash"],
        json!([[1.0, 10.0]])
    );
}

#[test]
fn faulty_sheets_are_refused_in_words() {
    let head = "issue,option,a,b\n";
    let cases: [(&[u8], &str); 9] = [
        (b" \n", "is empty"),
        (
            b"issue,option,a\nx,p,1\nnonagreement,,0\n",
            "only party \"a\"",
        ),
        (
            b"issue,option,a,b\nx,p,1,NaN\n",
            "faulty-2.csv: line 2, column 4: found \"NaN\"",
        ),
        (
            b"issue,option,a,b\nx,p,1,2\nx,p,1,2\n",
            "line 3, column 2: option \"p\" of issue \"x\" is there twice",
        ),
        (b"issue,option,a,b\nx,p,1,2\n", "never taken to be 0"),
        (
            b"issue,option,a,b\nx,\xff,1,2\n",
            "line 2, column 3: found the byte 0xff; expected text in UTF-8",
        ),
        (
            b"issue,option,a,b\nx,p,1\n",
            "line 2, column 1: found 3 cells; expected 4 as in the header",
        ),
        (b"issue;option;a;b\nx;p;1;2,5\n", "found \"2,5\""),
        (
            b"issue,option,a,b\nx,p,1e308,2\ny,p,1e308,2\nnonagreement,,0,0\n",
            "add up to more",
        ),
    ];
    for (place, (text, words)) in cases.iter().enumerate() {
        let sheet = file(&format!("faulty-{place}.csv"), text);
        let (code, out, err) = run(&["agreements", &sheet]);
        assert_eq!((code, out.as_str()), (1, ""), "{words}");
        assert!(
            err.contains(words) && !err.contains("panicked"),
            "{words}: {err}"
        );
    }
    let mut long = head.to_owned();
    for option in 0..1_000_000 {
        long.push_str(&format!("x,{option},1,2\n"));
    }
    let (code, _, err) = run(&["agreements", &file("long.csv", &long)]);
    assert_eq!(code, 1);
    assert!(err.contains("options number more than 100000"), "{err}");
    let named = file("no-sheet.csv", "item,choice,a,b\n");
    assert!(
        run(&["agreements", &named])
            .2
            .contains("column 1: found \"item\"; expected issue")
    );
}

#[test]
fn ranges_of_payoffs_are_answered_for_all_of_them() {
    let sheet = |p: &str, d: &str| {
        format!("issue,option,a,b\nx,p,{p}\nx,q,0,9\ny,r,2..4,1\ny,s,0,0\nnonagreement,,{d}\n")
    };
    for (text, certainty, certain, possible) in [
        (sheet("5,5", "3,3"), "certain", 2, 1),
        (sheet("0..5,5", "3,3"), "possible", 0, 3),
        (sheet("0..5,5", "2..9,10.5"), "none", 0, 0),
    ] {
        let found = json_of(&text);
        assert_eq!(found["ranges"]["certainty"], certainty);
        assert_eq!(
            (&found["ranges"]["certain"], &found["ranges"]["possible"]),
            (&json!(certain), &json!(possible)),
            "{text}"
        );
    }
    let (_, page, _) = run_with(
        &["agreements", "-", "--width", "60"],
        &sheet("0..5,5", "3,3"),
    );
    assert!(page.contains("Possible, not certain"), "{page}");
    assert!(
        page.lines().all(|line| line.chars().count() <= 60),
        "{page}"
    );
    assert!(json_of(CAMP_DAVID)["ranges"].is_null());
    let found = json_of("issue,option,a,b\nx,p,5,3..4..9\nnonagreement,,1,1\n");
    assert_eq!(found["frontier"]["points"], json!([[5.0, 4.0]]));
}

#[test]
fn rankings_need_no_numbers() {
    let head = "issue,option,rank: a,rank: b\nend,war,4,4\n";
    let text = format!("{head}end,truce,1,1..3\nend,peace,3,1\nnonagreement,,2,2\n");
    let found = json_of(&text);
    assert_eq!(found["ranges"]["certainty"], "possible");
    assert_eq!(found["ranges"]["possible_terms"], json!([["truce"]]));
    assert!(found["picks"].as_array().unwrap().is_empty());
    assert!(found["notes"][0].as_str().unwrap().contains("rankings"));
    let exact = text.replace("1..3", "1");
    assert!(json_of(&exact)["ranges"].is_null());
    assert_eq!(json_of(&exact)["zone"]["strict"], 1);
    let (code, _, err) = run_with(
        &["agreements", "-"],
        "issue,option,rank: a,b\nx,p,1,1\ny,q,1,1\n",
    );
    assert_eq!(code, 1);
    assert!(err.contains("places do not add up over issues"), "{err}");
}

#[test]
fn what_completes_other_files_is_refused_beside_a_case() {
    for args in [
        &["agreements", "reykjavik-1986", "--nonagreement", "1"][..],
        &["agreements", "reykjavik-1986", "--real-options", "5"],
    ] {
        let (code, out, err) = run(args);
        assert_eq!((code, out.as_str()), (2, ""), "{args:?}");
        assert!(err.contains("beside it"), "{err}");
    }
}

#[test]
fn wrong_usage_exits_with_two() {
    for args in [
        &["agreements"][..],
        &["agreements", "reykjavik-1986", "--top", "-1"],
        &["agreements", "reykjavik-1986", "--csv", "--json"],
        &["agreements", "reykjavik-1986", "--width", "3"],
    ] {
        assert_eq!(run(args).0, 2, "{args:?}");
    }
    let (code, _, err) = run(&["agreements", "no-such-case"]);
    assert_eq!(code, 1);
    assert!(err.contains("no shipped case and no file"), "{err}");
}

#[test]
fn decimals_add_up_as_on_paper() {
    let tenths = "issue,option,p,q\na,x,0.1,0.1\na,y,0,0\nb,x,0.2,0.2\nb,y,0,0\n";
    let found = json_of(&format!("{tenths}nonagreement,,0.3,0.3\n"));
    assert_eq!(
        (&found["zone"]["strict"], &found["zone"]["weak"]),
        (&json!(0), &json!(1))
    );
    assert_eq!(found["frontier"]["points"], json!([[0.3, 0.3]]));
    assert_eq!(found["nonagreement"], json!([0.3, 0.3]));
    let found = json_of(&format!("{tenths}nonagreement,,0.2,0.25\n"));
    assert_eq!(found["solutions"]["nash"], json!([[0.3, 0.3]]));
    assert_eq!(found["picks"][0]["value"], 0.005);
    let found = json_of(
        "issue,option,p,q\na,x,0.7,0.7\na,y,0,0\nb,x,0.1,0.1\nb,y,0,0\nnonagreement,,0.8,0.8\n",
    );
    assert_eq!(
        (&found["zone"]["strict"], &found["zone"]["weak"]),
        (&json!(0), &json!(1))
    );
}

#[test]
fn what_is_too_much_is_said_in_good_time() {
    let mut sheet = "issue,option,a,b\n".to_owned();
    let mut state = 1_u64;
    let mut random = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695);
        (state >> 33) % 100_000
    };
    for issue in 0..400 {
        for option in 0..10 {
            sheet.push_str(&format!("x{issue},o{option},{},{}\n", random(), random()));
        }
    }
    sheet.push_str("nonagreement,,20000000,20000000\n");
    let sheet = file("large.csv", &sheet);
    let (code, out, _) = run(&["agreements", &sheet, "--json"]);
    let found: Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &found["zone"]["exists"]), (0, &json!(true)));
    for name in ["vectors", "packages", "points"] {
        let members = found["frontier"].as_object().unwrap();
        assert_eq!(members.get(name), Some(&Value::Null), "{name}");
    }
    assert!(
        found["frontier"]["reason"]
            .as_str()
            .unwrap()
            .contains("too many")
    );
    assert!(found["lottery"]["nash"].is_array());
    let (_, out, _) = run(&["agreements", &sheet]);
    let place = out.find("Which agreements stand out").unwrap();
    assert!(out[place..].contains("too many to find"), "{out}");
}

#[test]
fn a_sheet_is_no_case_and_that_is_said_once() {
    let sheet = file("no-case.csv", CAMP_DAVID);
    for command in ["assess", "why", "rewrite", "sensitivity", "check"] {
        let (code, _, err) = run(&[command, &sheet]);
        assert_eq!(code, 1, "{command}");
        assert_eq!(
            err.matches("this is a score sheet; `detente agreements` reads it")
                .count(),
            1,
            "{err}"
        );
        assert!(!err.contains("line 1"), "{command}: {err}");
    }
}

#[test]
fn tiny_payoffs_and_single_agreements_are_written_rightly() {
    let sheet = file(
        "tiny.csv",
        "issue,option,a,b\nx,p,1e-300,2e-300\nnonagreement,,0,0\n",
    );
    let (_, out, _) = run(&["agreements", &sheet, "--width", "200"]);
    assert!(out.contains("(1.00e−300, 2.00e−300)"), "{out}");
    assert!(
        out.contains("at 1 agreement, with 1 vector of payoffs; 1 of these leaves"),
        "{}",
        out.replace('\n', " ")
    );
}

#[test]
fn places_are_shown_as_they_were_written() {
    let text = "issue,option,rank: A,B\nx,lo,1,1\nx,hi,2,2\nnonagreement,,3,0.5\n";
    let (code, out, err) = run_with(&["agreements", "-", "--list"], text);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("Without agreement: A 3 and B 0.5."), "{out}");
    assert!(out.contains("(1, 1)") && out.contains("(2, 2)"), "{out}");
    assert!(out.contains("places, 1 the best"), "{out}");
    let (_, out, _) = run_with(&["agreements", "-", "--csv"], text);
    let expected = "x,rank: A,B,gains for all\nlo,1,1,true\nhi,2,2,true\n";
    assert_eq!(out, expected);
}

#[test]
fn long_numbers_fit_the_width() {
    let text = "issue,option,north,south,east\nwater,shared,40000000.79,123456.78,87654321.5\n\
                water,divided,31234567.25,223456.5,81234567.75\nborder,open,4e7,5000000.25,1e7\n\
                border,closed,5e7,4000000.25,3e7\nnonagreement,,100,200,300\n";
    let huge = text.replace("4e7", "4e299");
    for (text, width) in [(text, "60"), (text, "80"), (&huge, "60")] {
        let (code, out, err) = run_with(&["agreements", "-", "--list", "--width", width], text);
        assert_eq!((code, err.as_str()), (0, ""));
        let most = width.parse().unwrap();
        for line in out.lines() {
            assert!(line.chars().count() <= most, "{line}");
        }
    }
}
