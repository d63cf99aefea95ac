//! The program that writes the page.

#![expect(clippy::disallowed_methods, reason = "writes in temporary folders only")]

use std::fs;
use std::process::{Command, Output};

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_reference")).args(arguments).output().unwrap()
}

#[test]
fn the_page_is_written_where_it_is_wanted_and_nothing_else_is() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("made/on/the/way/reference.html");
    for _ in 0..2 {
        let done = run(&["--out", out.to_str().unwrap()]);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(fs::read_to_string(&out).unwrap(), crate::page());
        assert_eq!(fs::read_dir(out.parent().unwrap()).unwrap().count(), 1);
    }
}

#[test]
fn what_can_not_be_written_is_told_and_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("taken");
    fs::create_dir(&out).unwrap();
    let done = run(&["--out", out.to_str().unwrap()]);
    let error = String::from_utf8(done.stderr).unwrap();
    assert!(!done.status.success() && error.contains("taken can't be written"), "{error}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn wrong_arguments_are_told_with_the_help() {
    for arguments in [&["--out"][..], &["--out="], &["--aut"], &["now"], &["--out", "a", "--out", "b"]] {
        let done = run(arguments);
        assert!(!done.status.success() && String::from_utf8_lossy(&done.stderr).contains("Usage:"), "{arguments:?}");
    }
    assert!(String::from_utf8_lossy(&run(&["--help"]).stdout).contains("Usage:"));
}
