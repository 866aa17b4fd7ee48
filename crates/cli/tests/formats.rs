//! Other tools' files: `detente convert`, and the commands that read them.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use std::fs;

use run::{file, fresh, run, run_with};
use serde_json::{Value, json};

/// A sample file.
fn sample(name: &str) -> String {
    format!(
        "{}/../../tests/data/formats/{name}",
        env!("CARGO_MANIFEST_DIR")
    )
}

#[track_caller]
fn found(args: &[&str]) -> Value {
    let (code, out, err) = run(args);
    assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
    serde_json::from_str(&out).unwrap()
}

#[track_caller]
fn refused(args: &[&str], code: i32, words: &str) {
    let (given, out, err) = run(args);
    assert_eq!((given, out.as_str()), (code, ""), "{args:?}: {err}");
    assert!(err.contains(words), "{err}");
}

#[test]
fn one_negotiation_is_the_same_in_every_format() {
    let sheet = found(&["agreements", &sample("border.csv"), "--json"]);
    assert_eq!(sheet["zone"]["exists"], true);
    let [domain, north, south] =
        ["border", "north", "south"].map(|it| sample(&format!("genius/{it}.xml")));
    let genius = found(&["agreements", &domain, &north, &south, "--json"]);
    assert_eq!(genius, sheet);
    for folder in ["genius", "geniusweb", "negmas"] {
        assert_eq!(
            found(&["agreements", &sample(folder), "--json"]),
            sheet,
            "{folder}"
        );
    }
}

#[test]
fn a_game_is_the_same_by_payoffs_by_outcomes_and_in_toml() {
    let toml = "title = \"arms\"\nplayers = [\"north\", \"south\"]\nrow = [[9, 1], [10, 3]]\ncol = [[9, 10], [1, 3]]\n\
        row_actions = [\"disarm\", \"arm\"]\ncol_actions = [\"disarm\", \"arm\"]\n";
    let (code, out, _) = run_with(&["game", "-", "--json"], toml);
    let expected: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(
        (code, &expected["class"]),
        (0, &json!("prisoner's dilemma"))
    );
    for name in ["arms.nfg", "arms-outcomes.nfg"] {
        assert_eq!(
            found(&["game", &sample(name), "--json"]),
            expected,
            "{name}"
        );
    }
    let (_, out, _) = run(&["game", &sample("arms.nfg")]);
    assert!(out.contains("prisoner's dilemma"), "{out}");
}

#[test]
fn a_tree_is_analysed_in_its_normal_form() {
    let direct = found(&["game", &sample("bluff.efg"), "--json"]);
    let out = fresh("bluff.nfg");
    let out = out.to_str().unwrap();
    let (code, said, _) = run(&["convert", &sample("bluff.efg"), out]);
    assert_eq!(code, 0);
    assert!(
        said.starts_with("wrote ") && said.ends_with("with 2 players\n"),
        "{said}"
    );
    assert_eq!(found(&["game", out, "--json"]), direct);
}

#[test]
fn what_was_converted_says_the_same() {
    let sheet = found(&["agreements", &sample("border.csv"), "--json"]);
    let written = fresh("border.csv");
    let written = written.to_str().unwrap();
    let told = found(&["convert", &sample("negmas"), written, "--json"]);
    assert_eq!(told["schema"], 1);
    assert_eq!(
        (&told["content"], &told["format"]),
        (&json!("negotiation"), &json!("csv"))
    );
    assert_eq!(
        (&told["agreements"], &told["parties"]),
        (&json!("12"), &json!(["north", "south"]))
    );
    assert_eq!(
        fs::read_to_string(written).unwrap(),
        fs::read_to_string(sample("border.csv")).unwrap()
    );
    assert_eq!(found(&["agreements", written, "--json"]), sheet);
    let (_, as_json, _) = run(&["convert", &sample("border.csv"), "-", "--to", "json"]);
    let (code, out, err) = run_with(&["agreements", "-", "--json"], &as_json);
    assert_eq!((code, err.as_str()), (0, ""));
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap(), sheet);
}

#[test]
fn a_negotiation_is_written_as_a_case() {
    let sheet = found(&["agreements", &sample("border.csv"), "--json"]);
    let path = fresh("border.toml");
    let path = path.to_str().unwrap();
    let history = ["--decided", "1978-09-17", "--outcome", "nonagreement"];
    let genius = ["border", "north", "south"].map(|it| sample(&format!("genius/{it}.xml")));
    let genius: Vec<&str> = genius.iter().map(String::as_str).collect();
    for files in [
        vec![sample("border.csv")],
        genius.iter().map(|it| (*it).to_owned()).collect(),
    ] {
        let mut args = vec!["convert", "--force"];
        args.extend(files.iter().map(String::as_str));
        args.push(path);
        args.extend(history);
        let (code, out, err) = run(&args);
        assert_eq!((code, err.as_str()), (0, ""));
        assert!(
            out.contains("a case (TOML), with 3 issues, 2 parties"),
            "{out}"
        );
        let case = found(&["agreements", path, "--json"]);
        for key in [
            "parties",
            "issues",
            "zone",
            "frontier",
            "solutions",
            "nonagreement",
        ] {
            assert_eq!(case[key], sheet[key], "{key}");
        }
        assert_eq!(run(&["assess", path]).0, 0);
    }
    let awkward = "issue,option,\"a \"\"b\"\"\",Ü\nvalue,1,1..2,1\nvalue,1!,-1e30,0.5\nnonagreement,,0..1,0\n";
    let awkward = file("awkward.csv", awkward);
    let (code, out, _) = run(&[&["convert", &awkward, "-", "--to", "toml"][..], &history].concat());
    assert_eq!(code, 0);
    assert!(
        out.contains("[issue.value-2]") && out.contains("[party.party]"),
        "{out}"
    );
    let case = file("awkward.toml", out);
    let ranges = |path: &str| found(&["agreements", path, "--json"])["ranges"].clone();
    assert_eq!(ranges(&case)["certainty"], ranges(&awkward)["certainty"]);
    assert_eq!(ranges(&case)["possible"], 1);
    let (_, open, _) = run(&["convert", &sample("border.csv"), "-", "--to", "toml"]);
    assert!(
        open.contains("# decided = ") && open.contains("# outcome = "),
        "{open}"
    );
    refused(
        &["convert", &sample("arms.nfg"), "-", "--to", "toml"],
        1,
        "a game cannot",
    );
    refused(
        &[
            "convert",
            &sample("border.csv"),
            "-",
            "--to",
            "csv",
            "--decided",
            "1978-09-17",
        ],
        2,
        "only where a case is written",
    );
}

#[test]
fn every_file_is_told_by_content() {
    for (from, command) in [
        ("border.csv", "agreements"),
        ("arms.nfg", "game"),
        ("bluff.efg", "game"),
        ("geniusweb/north.json", "convert"),
        ("genius/north.xml", "convert"),
        ("negmas/domain.yml", "convert"),
    ] {
        let text = fs::read(sample(from)).unwrap();
        for ending in ["csv", "toml", "txt", "xml", "nfg"] {
            let path = file(&format!("told-{command}.{ending}"), text.clone());
            let (code, _, err) = match command {
                "convert" => run(&["convert", &path, "-", "--to", "json"]),
                _ => run(&[command, &path]),
            };
            assert_eq!((code, err.as_str()), (0, ""), "{from} as .{ending}");
        }
    }
}

#[test]
fn profiles_are_written_party_by_party() {
    let sheet = found(&["agreements", &sample("border.csv"), "--json"]);
    for to in ["genius", "geniusweb", "negmas"] {
        let paths = ["north", "south"].map(|party| {
            let path = file(&format!("{party}.{to}"), "");
            let args = [
                "convert",
                &sample("border.csv"),
                &path,
                "--to",
                to,
                "--party",
                party,
                "--force",
            ];
            assert_eq!(run(&args).0, 0, "{:?}", run(&args));
            path
        });
        let domain = file(&format!("domain.{to}"), "");
        let args = [
            "convert",
            &sample("border.csv"),
            &domain,
            "--to",
            to,
            "--domain",
            "--force",
        ];
        assert_eq!(run(&args).0, 0, "{:?}", run(&args));
        let back = found(&["agreements", &domain, &paths[0], &paths[1], "--json"]);
        assert_eq!(back, sheet, "{to}");
    }
    refused(
        &["convert", &sample("border.csv"), "-", "--to", "genius"],
        2,
        "choose one with --party",
    );
    let other = [
        "convert",
        &sample("border.csv"),
        "-",
        "--to",
        "genius",
        "--party",
        "nroth",
    ];
    refused(&other, 2, "did you mean \"north\"?");
}

#[test]
fn nonagreement_is_never_taken_to_be_nothing() {
    let north = fs::read_to_string(sample("geniusweb/north.json")).unwrap();
    let at = north.find("{\"issuevalues\"").unwrap();
    let path = file("open.json", format!("{}null}}}}", &north[..at]));
    let south = sample("geniusweb/south.json");
    refused(
        &["agreements", &path, &south],
        1,
        "--nonagreement 'north=PAYOFF' gives it",
    );
    let sheet = found(&["agreements", &sample("border.csv"), "--json"]);
    for told in ["north=0.22", "0.22"] {
        let back = found(&[
            "agreements",
            &path,
            &south,
            "--nonagreement",
            told,
            "--json",
        ]);
        assert_eq!(back, sheet);
    }
    refused(
        &["agreements", &path, &south, "--nonagreement", "nroth=1"],
        2,
        "did you mean \"north\"?",
    );
    refused(
        &["agreements", &path, &south, "--nonagreement", "x"],
        2,
        "expected a payoff",
    );
    refused(
        &["agreements", &path],
        1,
        "only party \"north\" is described",
    );
}

#[test]
fn faults_have_their_file_and_place() {
    let bomb = file(
        "bomb.xml",
        "<!DOCTYPE a [<!ENTITY b \"bb\">]><utility_space>&b;</utility_space>",
    );
    refused(
        &["agreements", &bomb, &bomb],
        1,
        "bomb.xml: line 1, column 1: a document type cannot be represented",
    );
    let cut = file("cut.nfg", "NFG 1 R \"x\" { \"a\" \"b\" } { 2 2 } 1 2 3");
    refused(
        &["game", &cut],
        1,
        "cut.nfg: line 1, column 38: found the end of the text; expected 8 payoffs",
    );
    let three = file(
        "three.nfg",
        "NFG 1 R \"x\" { \"a\" \"b\" \"c\" } { 1 1 1 } 1 2 3",
    );
    refused(&["game", &three], 1, "the game has 3 players; expected two");
    let wide = file("wide.xml", b"\xff\xfe<\0a\0");
    refused(&["agreements", &wide, &wide], 1, "UTF-16");
    refused(
        &["convert", &sample("border.csv"), "border.xls"],
        2,
        "expected --to FORMAT",
    );
    refused(
        &["convert", &sample("border.csv"), "-", "--to", "xls"],
        2,
        "expected one of nfg, efg, genius",
    );
    refused(
        &["convert", &sample("border.csv"), "-", "--to", "nfg"],
        1,
        "a negotiation cannot be written as a game",
    );
    refused(
        &[
            "convert",
            &sample("border.csv"),
            "-",
            "--to",
            "csv",
            "--json",
        ],
        2,
        "expected a file in place of -",
    );
    let there = file("there.csv", "x");
    refused(
        &["convert", &sample("border.csv"), &there],
        1,
        "exists already; --force overwrites it",
    );
    let empty = fresh("empty-folder");
    fs::create_dir_all(&empty).unwrap();
    refused(
        &["agreements", empty.to_str().unwrap()],
        1,
        "has no file of Genius",
    );
}

#[test]
fn files_for_another_command_are_sent_there() {
    refused(
        &["assess", &sample("arms.nfg")],
        1,
        "`detente game` reads it",
    );
    refused(
        &["assess", &sample("genius/north.xml")],
        1,
        "`detente agreements` reads it",
    );
    refused(
        &["agreements", &sample("arms.nfg")],
        1,
        "`detente game` reads it",
    );
    refused(
        &["game", &sample("geniusweb/north.json")],
        1,
        "`detente agreements` reads it",
    );
}

#[test]
fn a_discount_is_told_or_refused() {
    let text = "{\"detente\":\"negotiation\",\"version\":1,\"title\":\"t\",\"issues\":[{\"name\":\"i\",\"options\":\
                [\"a\",\"b\"]}],\"parties\":[{\"name\":\"p\",\"tables\":[[1,2]],\"nonagreement\":0,\"discount\":0.5},\
                {\"name\":\"q\",\"tables\":[[2,1]],\"nonagreement\":0}]}";
    let (code, page, err) = run_with(&["agreements", "-"], text);
    assert_eq!((code, err.as_str()), (0, ""));
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        page.contains("says that time costs p (discount 0.5); that is not counted"),
        "{page}"
    );
    let path = file("discount.json", text);
    refused(
        &["convert", &path, "-", "--to", "csv"],
        1,
        "the discount of party \"p\"",
    );
    let (code, case, _) = run(&["convert", &path, "-", "--to", "toml"]);
    assert_eq!(code, 0);
    assert!(
        case.contains("# The file says that time costs \"p\" (discount 0.5)"),
        "{case}"
    );
    // Without it, numbers of any size come back.
    let patient = text.replace("0.5", "1").replace(":0}", ":1e300}");
    let patient = file("patient.json", patient);
    let (code, sheet, err) = run(&["convert", &patient, "-", "--to", "csv"]);
    assert_eq!(code, 0, "{err}");
    let (code, json, err) = run_with(&["convert", "-", "-", "--to", "json"], &sheet);
    assert_eq!(code, 0, "{err}");
    assert!(json.contains("\"nonagreement\": 1.0e+300"), "{json}");
}

#[test]
fn ids_are_found_in_time_where_names_have_no_latin_letters() {
    let options = (0..20_000_u32).filter_map(|k| char::from_u32(0x4e00 + k));
    let rows: String = options.map(|it| format!("x,{it},1,1\n")).collect();
    let sheet = format!("issue,option,a,b\n{rows}nonagreement,,0,0\n");
    let start = std::time::Instant::now();
    let (code, case, err) = run_with(&["convert", "-", "-", "--to", "toml"], &sheet);
    assert_eq!(code, 0, "{err}");
    assert!(case.contains("option.option-20000 = "));
    assert!(start.elapsed().as_secs() < 30, "{:?}", start.elapsed());
}

#[test]
fn every_fault_of_a_sheet_is_told_under_its_name() {
    let sheet = file(
        "faults.csv",
        "issue,option,a,b\nx,p,one,2..1\nx,q\nx,r,1,2\n",
    );
    let third = "faults.csv: 3 faults\n  line 2, column 3: found \"one\"";
    refused(&["agreements", &sheet], 1, third);
    refused(
        &["agreements", &sheet],
        1,
        "\n  line 3, column 1: found 2 cells",
    );
}

#[test]
fn a_case_is_not_written_with_numbers_that_no_case_may_have() {
    let sheet = "issue,option,A,B\nx,lo,1e101,1\nx,hi,1,3\nnonagreement,,0,0\n";
    let sheet = file("beyond.csv", sheet);
    let out = fresh("beyond.toml").to_str().unwrap().to_owned();
    let args = ["convert", &sheet, &out, "--decided", "2020-01-01"];
    refused(
        &args,
        1,
        "what option \"lo\" of issue \"x\" is worth to party \"A\" is 1e101; a case has numbers from -1e100",
    );
    assert!(!fs::exists(&out).unwrap());
    let sheet = "issue,option,A,B\nx,lo,1,1\nnonagreement,,0,-2e100\n";
    let args = ["convert", &file("below.csv", sheet), &out];
    refused(&args, 1, "what party \"B\" has without agreement is -2e100");
}

#[test]
fn fractions_and_comments_come_through() {
    let text = "NFG 1 R \"x\" { \"a\" \"b\" } { 2 2 } \"as published\" 1/3 0 0 1 1e-5 3 1/7 2/3";
    let game = file("thirds.nfg", text);
    let (code, out, err) = run(&["convert", &game, "-", "--to", "nfg"]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("\"as published\""), "{out}");
    assert!(out.contains("1/3 0\n0 1\n0.00001 3\n1/7 2/3\n"), "{out}");
    let once = file("thirds-again.nfg", &out);
    assert_eq!(run(&["convert", &once, "-", "--to", "nfg"]).1, out);
    let equilibria = |named: &str| found(&["game", named, "--json"])["equilibria"].clone();
    assert_eq!(equilibria(&once), equilibria(&game));
    let (_, page, _) = run(&["game", &once]);
    assert!(page.contains("9/10") && page.contains("1/10"), "{page}");
    let (_, json, _) = run(&["convert", &game, "-", "--to", "json"]);
    assert!(json.contains("\"comment\": \"as published\""), "{json}");
    let bluff = sample("bluff.efg");
    let (_, tree, _) = run(&["convert", &bluff, "-", "--to", "efg"]);
    assert!(tree.contains("South sees only the demand."), "{tree}");
    let (_, normal, _) = run(&["convert", &bluff, "-", "--to", "nfg"]);
    assert!(normal.contains("South sees only the demand."), "{normal}");
}

#[test]
fn what_is_empty_is_told_what_was_expected_there() {
    let empty = file("empty.txt", "\n");
    for (args, words) in [
        (
            &["game", &empty][..],
            "expected a game as `detente game --help`",
        ),
        (&["tournament", &empty], "expected strategies and stakes"),
        (
            &["convert", &empty, "-", "--to", "nfg"],
            "expected a score sheet, a game",
        ),
    ] {
        refused(args, 1, words);
    }
    let comments = file("comments.toml", "# nothing yet\n\n  # here\n");
    refused(
        &["tournament", &comments],
        1,
        "expected strategies and stakes",
    );
}
