//! Runs the built program.
#![allow(dead_code, reason = "each test binary uses a part")]

use std::{
    fs,
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// The program with these arguments, free of the tester's own wishes about colours and threads.
pub(crate) fn detente(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_detente"));
    command.args(args);
    for name in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "RAYON_NUM_THREADS",
    ] {
        command.env_remove(name);
    }
    command
}

/// What the program did: exit code, standard output, standard error.
pub(crate) fn run(args: &[&str]) -> (i32, String, String) {
    told(&detente(args).output().unwrap())
}

/// The same, with standard input.
pub(crate) fn run_with(args: &[&str], input: &str) -> (i32, String, String) {
    let mut child = detente(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let written = child.stdin.take().unwrap().write_all(input.as_bytes());
    // A program that refuses its options is gone before it reads.
    match written {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => {}
        other => other.unwrap(),
    }
    told(&child.wait_with_output().unwrap())
}

fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code().unwrap(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

/// A path for a test's own file, which is not there yet.
pub(crate) fn fresh(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_file(&path);
    path
}

/// A test's own file with this content.
pub(crate) fn file(name: &str, content: impl AsRef<[u8]>) -> String {
    let path = fresh(name);
    fs::write(&path, content).unwrap();
    path.to_str().unwrap().to_owned()
}
