//! `detente stability`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on stops"
)]

mod run;

use run::{run, run_with};
use serde_json::{Value, json};

fn example() -> String {
    let (code, out, err) = run(&["stability", "--example"]);
    assert_eq!((code, err.as_str()), (0, ""));
    out
}

fn json_of(args: &[&str], text: &str) -> Value {
    let args = [&["stability", "-", "--json"], args].concat();
    let (code, out, err) = run_with(&args, text);
    assert_eq!((code, err.as_str()), (0, ""));
    serde_json::from_str(&out).unwrap()
}

fn page_of(args: &[&str], text: &str) -> String {
    let args = [&["stability", "-"], args].concat();
    let (code, out, err) = run_with(&args, text);
    assert_eq!((code, err.as_str()), (0, ""));
    out
}

/// The codes of the equilibria of a concept.
fn equilibria(found: &Value, letters: &str) -> Value {
    let concepts = found["concepts"].as_array().unwrap();
    let concept = concepts.iter().find(|it| it["letters"] == letters).unwrap();
    let states = concept["equilibria"].as_array().unwrap().iter();
    let codes = states
        .map(|it| found["states"][usize::try_from(it.as_u64().unwrap()).unwrap()]["code"].clone());
    codes.collect()
}

#[test]
fn the_example_is_the_missile_crisis_as_published() {
    let found = json_of(&[], &example());
    assert_eq!(found["schema"], 1);
    assert_eq!(found["states"].as_array().unwrap().len(), 12);
    assert_eq!(found["ranked"], json!([true, true]));
    assert_eq!(equilibria(&found, "R"), json!([5]));
    assert_eq!(equilibria(&found, "SEQ"), json!([4, 5, 6]));
    assert_eq!(found["efficient"], json!([0, 4]));
    // Against a strike that was being prepared; states stand by code.
    assert_eq!(found["zones"][0]["certain"], json!([2, 4, 5, 6]));
    let paths = found["status_quo"]["paths"].as_array().unwrap();
    let blockade = paths.iter().find(|it| it["to"] == 6).unwrap();
    let path = json!([
        {"player": 0, "from": 0, "to": 2}, {"player": 1, "from": 2, "to": 6}
    ]);
    assert_eq!(blockade["improvements"], path);
}

#[test]
fn a_page_tells_what_holds_and_what_would() {
    let page = page_of(
        &["--hold", "withdraw", "--concept", "seq", "--concept", "R"],
        &example(),
    );
    insta::assert_snapshot!(page);
    let page = page_of(&["--from", "5", "--nonagreement", "nothing"], &example());
    assert!(
        page.contains("No state is better than nothing for all"),
        "{page}"
    );
    assert!(
        page.contains("It stands at strike + withdraw, which nobody would leave alone."),
        "{page}"
    );
    for width in ["40", "60"] {
        let page = page_of(&["--hold", "withdraw", "--width", width], &example());
        let most = page.lines().map(|line| line.chars().count()).max();
        assert!(most <= width.parse().ok(), "{page}");
    }
}

/// Elmira by its moves; `modify` can be taken back or not.
fn elmira(arrow: &str) -> String {
    format!(
        "title = 'Elmira'\nstatus_quo = '5'\nnonagreement = '5'\n\
         [state]\n1 = 'delay'\n2 = 'modify, delay'\n3 = 'accept'\n4 = 'modify, accept'\n\
         5 = 'delay, insist'\n6 = 'modify, delay, insist'\n7 = 'accept, insist'\n\
         8 = 'modify, accept, insist'\n9 = 'abandon'\n\
         [player.ministry]\nranking = [7, 3, 4, 8, 5, 1, 2, 6, 9]\n\
         moves = ['1 {arrow} 2', '3 {arrow} 4', '5 {arrow} 6', '7 {arrow} 8']\n\
         [player.firm]\nranking = [1, 4, 8, 5, 9, 2, 3, 7, 6]\n\
         moves = ['1 -> 3 -> 9', '2 -> 4 -> 9', '5 -> 7 -> 9', '6 -> 8 -> 9', '1 -> 9', '2 -> 9', \
         '5 -> 9', '6 -> 9']\n\
         [player.town]\nranking = ['7', '3', '5', '1', '8', '6', '4', '2', '9']\n\
         moves = ['1 <-> 5', '2 <-> 6', '3 <-> 7', '4 <-> 8']\n"
    )
}

#[test]
fn states_that_are_listed_go_with_moves() {
    let labels = |found: &Value| -> Vec<String> {
        let states = found["concepts"][0]["equilibria"]
            .as_array()
            .unwrap()
            .iter();
        let label = |it: &Value| {
            found["states"][usize::try_from(it.as_u64().unwrap()).unwrap()]["label"].clone()
        };
        states
            .map(|it| label(it).as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        labels(&json_of(&["--concept", "r"], &elmira("->"))),
        ["5", "8", "9"]
    );
    assert_eq!(
        labels(&json_of(&["--concept", "r"], &elmira("<->"))),
        ["5", "9"]
    );
    let page = page_of(&[], &elmira("->"));
    assert!(
        page.contains("All gain by moving together: ministry and firm at 8."),
        "{page}"
    );
    assert!(page.contains("No state is better than 5 for all"), "{page}");
}

const TABLE: &str = "\
state,Syria: release,Syria: escalate,Iraq: attack,rank: Syria,rank: Iraq
as it is,N,N,N,1,4
released,Y,N,N,4,1
escalated,N,Y,N,2,6
attacked,N,N,Y,5,2
released too late,Y,N,Y,6,5
war,N,Y,Y,3,3
";

#[test]
fn a_table_of_states_is_read() {
    let found = json_of(
        &["--from", "escalate + attack", "--nonagreement", "6"],
        TABLE,
    );
    assert_eq!(found["states"][5]["name"], "war");
    assert_eq!(equilibria(&found, "R"), json!([6]));
    assert_eq!(equilibria(&found, "GMR"), json!([0, 6]));
    assert_eq!(found["zones"][0]["certain"], json!([]));
    // States go by what the table calls them, and are shown by it.
    for war in ["war", "escalate + attack", "6"] {
        let again = json_of(&["--from", "war", "--nonagreement", war], TABLE);
        assert_eq!(again, found, "{war}");
    }
    assert!(page_of(&["--from", "war"], TABLE).contains("then Syria to as it is"));
    // Without its place for the release, Iraq may like it or not.
    let partly = TABLE.replace("released,Y,N,N,4,1", "released,Y,N,N,4,");
    let found = json_of(&["--nonagreement", "6"], &partly);
    assert_eq!(found["ranked"], json!([true, false]));
    assert_eq!(
        found["zones"][0],
        json!({"kind": "strict", "certain": [], "possible": []})
    );
    assert_eq!(found["concepts"][0]["players"][1][1], "possible");
}

#[track_caller]
fn refuse(args: &[&str], text: &str, code: i32, message: &str) {
    let args = [&["stability", "-"], args].concat();
    let (found, out, err) = run_with(&args, text);
    assert_eq!((found, out.as_str()), (code, ""), "{err}");
    assert!(err.contains(message), "{err}");
}

#[test]
fn mistakes_are_told_with_their_place() {
    let text = example();
    refuse(
        &[],
        " \n",
        1,
        "`detente stability --example` prints a conflict",
    );
    refuse(
        &["--from", "wra"],
        TABLE,
        1,
        "called \"wra\"; did you mean \"war\"?",
    );
    let twice = TABLE.replace("released too late", "war");
    refuse(&[], &twice, 1, "line 7: state \"war\" is on line 6 already");
    refuse(
        &[],
        "issue,option,a,b\nx,p,1,2\nnonagreement,,0,0\n",
        1,
        "this is a score sheet; `detente agreements` reads it",
    );
    refuse(
        &[],
        "NFG 1 R \"x\" { \"a\" \"b\" }",
        1,
        "`detente game` reads it",
    );
    refuse(
        &["--from", "blokade"],
        &text,
        1,
        "there is no option called \"blokade\"; did you mean \"blockade\"?",
    );
    refuse(
        &["--hold", "12"],
        &text,
        1,
        "there is no feasible state called \"12\"",
    );
    refuse(
        &["--concept", "nash"],
        &text,
        2,
        "expected r, gmr, smr, seq or sseq",
    );
    let typo = text.replace("\"-blockade if -escalate\"", "\"-blokade if -escalate\"");
    refuse(&[], &typo, 1, "did you mean `blockade`?");
    refuse(&[], &typo, 1, "standard input:");
    let short = text.replace("    \"strike + escalate\",\n", "");
    refuse(
        &[],
        &short,
        1,
        "`strike + escalate` has no place in the ranking",
    );
    let twice = text.replace(
        "at_most_one = [[\"withdraw\", \"escalate\"]]",
        "at_most_one = [[\"withdraw\", \"withdraw\"]]",
    );
    refuse(&[], &twice, 1, "error[E009]");
    let circle = "[player.a]\noptions = { x = 'x' }\nknown = ['x > nothing', 'nothing > x']\n";
    refuse(&[], circle, 1, "is to be better than");
    refuse(&[], "[player.a]\noptions = { x = 'x' }\n", 1, "known = []");
    refuse(
        &[],
        "[state]\na = 'a'\n[player.a]\nmoves = ['a - b']\nknown = []\n",
        1,
        "is no move",
    );
    refuse(
        &[],
        &TABLE.replace("war,N,Y,Y,3,3", "war,N,Y,maybe,3,3"),
        1,
        "line 7, column 4 (Iraq: attack): found \"maybe\"; expected Y or N",
    );
    refuse(
        &[],
        &TABLE.replace(",rank: Iraq", ",ranks: Iraq"),
        1,
        "no column `rank: Iraq`",
    );
    refuse(&[], "", 1, "empty");
    let many: Vec<String> = (0..20).map(|k| format!("o{k} = 'o'")).collect();
    refuse(
        &[],
        &format!(
            "[player.a]\nknown = []\n[player.a.options]\n{}\n",
            many.join("\n")
        ),
        1,
        "expected at most 4096",
    );
}

#[test]
fn what_is_known_in_part_is_told_as_such() {
    let text = "[player.a]\nname = 'A'\noptions = { x = 'x', y = 'y' }\n\
                known = ['x > nothing = y']\nat_most_one = []\n";
    let text = text.replace("at_most_one = []\n", "");
    let page = page_of(&[], &text);
    assert!(
        page.contains("The ranking of A is known in part."),
        "{page}"
    );
    assert!(page.contains("maybe"), "{page}");
}

#[test]
fn what_players_together_would_do_may_not_be_known() {
    // Whether either prefers both to nothing is not said.
    let text = "[player.a]\noptions = { x = 'x' }\nknown = ['nothing > x']\n\
                [player.b]\noptions = { y = 'y' }\nknown = ['nothing > y']\n";
    let page = page_of(
        &["--concept", "r", "--concept", "seq", "--hold", "x + y"],
        text,
    );
    insta::assert_snapshot!(page);
}

#[test]
fn huge_conflicts_are_refused_in_time() {
    let many = |of: fn(usize) -> String| (0..100_000).map(of).collect::<String>();
    let start = std::time::Instant::now();
    for (text, message) in [
        (
            format!("state{}\n", many(|k| format!(",rank: p{k}"))),
            "conflict has 100000 players; expected at most 16",
        ),
        (
            format!("state{}\n", many(|k| format!(",p{k}: o{k}"))),
            "conflict has 100000 players; expected at most 16",
        ),
        (
            format!("state{}\n", many(|k| format!(",p: o{k}"))),
            "option form has 100000 options; expected at most 63",
        ),
        (
            format!(
                "[player.a]\nknown = []\n[player.a.options]\n{}",
                many(|k| format!("o{k} = 'o'\n"))
            ),
            "option form has 100000 options; expected at most 63",
        ),
        (
            format!(
                "[state]\n{}[player.a]\nknown = []\nmoves = []\n",
                many(|k| format!("s{k} = 's'\n"))
            ),
            "conflict has 100000 states; expected at most 4096",
        ),
        (
            format!(
                "[state]\n{}[player.a]\nmoves = []\nknown = [{}]\n",
                (0..4_000)
                    .map(|k| format!("s{k} = 's'\n"))
                    .collect::<String>(),
                many(|k| format!("'s0 > unknown-{k}',\n"))
            ),
            "there is no state `unknown-0`",
        ),
    ] {
        refuse(&[], &text, 1, message);
    }
    // Each took minutes, or would have on a slower machine, where the work grew with the square of the size.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn an_empty_name_is_no_state() {
    let unnamed = TABLE.replace("as it is,", ",");
    refuse(&["--from", ""], &unnamed, 1, "\"\"");
}

#[test]
fn files_of_other_tools_are_told_to_the_command_that_reads_them() {
    for command in ["stability", "beliefs", "assess"] {
        for (text, reader) in [
            ("NFG 1 R \"t\" { \"a\" \"b\" } { 1 1 } 0 0", "game"),
            ("EFG 2 R \"t\" { \"a\" \"b\" } t \"\" 0", "game"),
            ("<utility_space><objective/></utility_space>", "agreements"),
            (
                "{\"issuesValues\": {\"a\": {\"values\": [\"x\"]}}}",
                "agreements",
            ),
            ("name: a\nissues:\n- name: b\n  values: [x]\n", "agreements"),
        ] {
            let (code, out, err) = run_with(&[command, "-"], text);
            assert_eq!((code, out.as_str()), (1, ""), "{command} {err}");
            let hint = format!("`detente {reader}` reads it");
            assert!(err.contains(&hint), "{command} {err}");
        }
    }
}

#[test]
fn a_table_is_named_where_it_has_faults_and_its_states_are_not_called_options() {
    let faulty = run::file("faulty.csv", "state,US: strike,rank: US\na,Y,one\nb,Q,2\n");
    let (code, _, err) = run(&["stability", &faulty]);
    assert_eq!(code, 1);
    assert!(
        err.contains("faulty.csv: 2 faults\n  line 2, column 3"),
        "{err}"
    );
    let text = "state,US: strike,rank: US\nwar,Y,1\npeace,N,\n";
    let (_, _, err) = run_with(&["stability", "-", "--hold", "peac"], text);
    let said = "there is no state or option called \"peac\"; did you mean \"peace\"?";
    assert!(err.contains(said), "{err}");
    // Of a ranking known in part no least change is told, and nothing said of how least it is.
    let page = page_of(&["--hold", "war"], text);
    assert!(page.contains("--json has all conditions"), "{page}");
    assert!(!page.contains("Each player's change"), "{page}");
}
