//! What the documents show is so.

use detente::library;
use detente_tests::schema;

use crate::{read, workspace};

#[test]
fn every_library_explains_itself() {
    let workspace = workspace();
    let libraries = workspace.libraries();
    assert!(libraries.len() >= 9);
    for package in libraries {
        let folder = package.folder();
        let readme = read(&folder.join("README.md"));
        assert!(
            readme.starts_with(&format!("# {}\n", package.name)),
            "{}",
            package.name
        );
        assert!(
            readme.contains("```rust"),
            "{}: the README shows no example",
            package.name
        );
        let library = package
            .library()
            .map(|library| read(&library.src_path))
            .unwrap();
        for line in [
            "#![doc = include_str!(\"../README.md\")]",
            "#![deny(missing_docs)]",
        ] {
            assert!(library.contains(line), "{} lacks {line}", package.name);
        }
    }
}

#[test]
fn the_schema_is_the_one_the_types_describe() {
    let kept = read(&workspace().root.join(schema::PATH));
    assert!(
        kept == schema::text(),
        "{} is stale: `cargo xtask schema`",
        schema::PATH
    );
}

/// Commands in the fenced blocks of a text, each as words.
fn commands(text: &str) -> Vec<Vec<String>> {
    text.split("```")
        .skip(1)
        .step_by(2)
        .flat_map(str::lines)
        .map(|line| line.split('#').next().unwrap_or_default())
        .map(|line| line.trim_start_matches("$ ").split_whitespace())
        .map(|words| words.map(str::to_owned).collect::<Vec<String>>())
        .filter(|words| {
            words
                .first()
                .is_some_and(|first| first == "cargo" || first == "detente")
        })
        .collect()
}

/// The word after `word`.
fn after<'w>(words: &'w [String], word: &str) -> Option<&'w str> {
    let place = words.iter().position(|it| it == word)?;
    words.get(place + 1).map(String::as_str)
}

#[test]
fn commands_in_the_documents_exist() {
    let workspace = workspace();
    let targets = |kind: &str| -> Vec<&str> {
        let all = workspace.packages.iter().flat_map(|it| &it.targets);
        all.filter(|it| it.kind.iter().any(|known| known == kind))
            .map(|it| it.name.as_str())
            .collect()
    };
    let shipped: Vec<&str> = library::ids().collect();
    let maintainer = read(&workspace.root.join("xtask/src/main.rs"));
    for document in ["README.md", "CONTRIBUTING.md"] {
        let commands = commands(&read(&workspace.root.join(document)));
        assert!(!commands.is_empty(), "{document} shows no command");
        for words in &commands {
            let line = words.join(" ");
            if let Some(case) = after(words, "assess").filter(|it| !it.contains('.')) {
                assert!(
                    shipped.contains(&case),
                    "{document}: no case {case}: {line}"
                );
            }
            let package = after(words, "-p").or_else(|| after(words, "--package"));
            if let Some(package) = package {
                let known = workspace.packages.iter().any(|it| it.name == package);
                assert!(known, "{document}: no package {package}: {line}");
            }
            for (flag, kind) in [
                ("--example", "example"),
                ("--test", "test"),
                ("--bench", "bench"),
            ] {
                if let Some(name) = after(words, flag) {
                    assert!(
                        targets(kind).contains(&name),
                        "{document}: no {kind} {name}: {line}"
                    );
                }
            }
            if let Some(command) = after(words, "xtask") {
                let known = maintainer.contains(&format!("[\"{command}\""));
                assert!(known, "{document}: no command {command}: {line}");
            }
        }
    }
}

#[test]
fn the_readme_shows_its_two_commands() {
    let shown = commands(&read(&workspace().root.join("README.md")));
    for command in [
        "cargo run --release -- assess reykjavik-1986",
        "cargo test --workspace",
    ] {
        assert!(
            shown.iter().any(|words| words.join(" ") == command),
            "{command}"
        );
    }
}

/// The property in the README is run as a test of its own.
#[test]
fn the_readme_shows_a_property_that_is_tried() {
    let root = workspace().root;
    let tried = read(&root.join("tests/tests/downstream.rs"));
    let (_, shown) = tried.split_once("\n\n").unwrap();
    assert!(read(&root.join("README.md")).contains(shown));
}

#[test]
fn the_readme_depends_on_crates_where_they_are() {
    let workspace = workspace();
    let readme = read(&workspace.root.join("README.md"));
    let shown: Vec<(&str, &str)> = readme
        .lines()
        .filter_map(|line| line.split_once(" = { path = \"../detente/"))
        .filter_map(|(name, rest)| Some((name, rest.split_once('"')?.0)))
        .collect();
    assert_eq!(shown.len(), 3);
    for (name, folder) in shown {
        let there = workspace
            .packages
            .iter()
            .any(|it| it.name == name && it.folder() == workspace.root.join(folder));
        assert!(there, "{name} is not in {folder}");
    }
}
