//! What a manifest says.

use std::{collections::BTreeMap, path::Path};

use toml::{Table, Value};

use crate::{assert_none, read, workspace};

/// What a library may bring in from outside. Everything heavier belongs to the report, the command
/// or the tests.
const OUTSIDE: [(&str, &[&str]); 11] = [
    (
        "detente-quantity",
        &["jiff", "proptest", "serde", "thiserror"],
    ),
    (
        "detente-payoff",
        &["num-bigint", "proptest", "rayon", "serde", "thiserror"],
    ),
    ("detente-stability", &["proptest", "serde", "thiserror"]),
    (
        "detente-reciprocity",
        &["num-bigint", "proptest", "serde", "thiserror"],
    ),
    (
        "detente-reputation",
        &["proptest", "rayon", "serde", "statrs", "thiserror"],
    ),
    (
        "detente-perception",
        &["proptest", "serde", "statrs", "thiserror"],
    ),
    ("detente-reassurance", &["proptest", "serde", "thiserror"]),
    (
        "detente-legitimacy",
        &["proptest", "serde", "statrs", "thiserror"],
    ),
    (
        "detente-formats",
        &["csv", "proptest", "roxmltree", "saphyr-parser", "thiserror"],
    ),
    (
        "detente-uncertainty",
        &[
            "nalgebra",
            "proptest",
            "rand",
            "rayon",
            "serde",
            "statrs",
            "thiserror",
        ],
    ),
    (
        "detente",
        &[
            "csv",
            "jiff",
            "proptest",
            "rayon",
            "serde",
            "serde_json",
            "sha2",
            "strsim",
            "thiserror",
            "toml",
            "unicode-width",
        ],
    ),
];

fn manifest(path: &Path) -> Table {
    read(path)
        .parse()
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The value under a path of keys.
fn at<'t>(table: &'t Table, keys: &[&str]) -> Option<&'t Value> {
    let (last, path) = keys.split_last()?;
    path.iter()
        .try_fold(table, |table, key| table.get(*key)?.as_table())?
        .get(*last)
}

#[test]
fn libraries_bring_in_only_what_was_argued_for() {
    let allowed = BTreeMap::from(OUTSIDE);
    let mut found = Vec::new();
    for package in &workspace().packages {
        let Some(allowed) = allowed.get(package.name.as_str()) else {
            continue;
        };
        for dependency in &package.dependencies {
            let outside = dependency.kind.is_none() && dependency.path.is_none();
            if outside && !allowed.contains(&dependency.name.as_str()) {
                found.push(format!("{} uses {}", package.name, dependency.name));
            }
            let must_be_asked_for = match dependency.name.as_str() {
                "proptest" | "rayon" => true,
                "serde" => package.name != "detente",
                _ => false,
            };
            if outside && must_be_asked_for && !dependency.optional {
                found.push(format!(
                    "{} always brings in {}",
                    package.name, dependency.name
                ));
            }
        }
    }
    assert_none(
        &found,
        "argue for it in the commit message and list it here, or leave it to report and cli",
    );
}

#[test]
fn versions_are_written_once() {
    let workspace = workspace();
    let mut found = Vec::new();
    for package in &workspace.packages {
        let manifest = manifest(&package.manifest_path);
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let entries = manifest.get(kind).and_then(Value::as_table);
            for (name, entry) in entries.into_iter().flatten() {
                if entry.get("workspace") != Some(&Value::Boolean(true)) {
                    found.push(format!(
                        "{}: {name} is not `workspace = true`",
                        package.name
                    ));
                }
            }
        }
        for key in ["version", "edition", "license"] {
            if at(&manifest, &["package", key, "workspace"]) != Some(&Value::Boolean(true)) {
                found.push(format!("{}: {key} is not the workspace's", package.name));
            }
        }
        if at(&manifest, &["lints", "workspace"]) != Some(&Value::Boolean(true)) {
            found.push(format!("{}: lints are not the workspace's", package.name));
        }
    }
    assert_none(&found, "what the root manifest says once");
}

#[test]
fn the_binary_leaves_the_facade_its_documentation() {
    let workspace = workspace();
    let cli = workspace
        .packages
        .iter()
        .find(|it| it.name == "detente-cli")
        .unwrap();
    let binary = cli.targets.iter().find(|it| it.name == "detente").unwrap();
    assert!(!binary.doc);
}

#[test]
fn the_root_is_set_for_users_and_suites() {
    let root = workspace().root;
    let cargo = manifest(&root.join("Cargo.toml"));
    // `cargo run` at the root is the command.
    let members = at(&cargo, &["workspace", "default-members"]).and_then(Value::as_array);
    assert_eq!(members.unwrap(), &[Value::from("crates/cli")]);
    // Property suites try thousands of cases.
    assert_eq!(
        at(&cargo, &["profile", "dev", "opt-level"]),
        Some(&Value::from(1))
    );
    let parts = at(&cargo, &["profile", "dev", "package", "*", "opt-level"]);
    assert_eq!(parts, Some(&Value::from(3)));
    let unsafe_code = at(&cargo, &["workspace", "lints", "rust", "unsafe_code"]);
    assert_eq!(unsafe_code, Some(&Value::from("deny")));
    let toolchain = manifest(&root.join("rust-toolchain.toml"));
    assert_eq!(
        at(&toolchain, &["toolchain", "channel"]),
        Some(&Value::from("1.95.0"))
    );
}
