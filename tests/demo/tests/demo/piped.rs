//! What comes out of a pipe.

use std::process::Command;

use simulator::sample;

use crate::runs::RUNS;

fn shown() -> &'static str {
    std::str::from_utf8(&RUNS.piped.stdout).unwrap()
}

#[test]
fn everything_goes_as_shown() {
    assert_eq!(RUNS.piped.status.code(), Some(0), "{}", shown());
    assert!(RUNS.piped.stderr.is_empty());
}

#[test]
fn no_escape_codes_and_no_spinner_go_through_a_pipe() {
    assert!(!shown().contains(['\u{1b}', '\r']));
    assert!(!shown().contains("is running"));
}

#[test]
fn all_five_operations_are_called_and_counted() {
    let headings: Vec<&str> = shown().lines().filter(|line| line.starts_with("── ")).collect();
    for (index, name) in [
        "RecoverDataVolume",
        "RecoverBackupFromImageStoreBackupStorage",
        "GetDatabaseBackupFromImageStore",
        "SyncDatabaseBackupFromImageStoreBackupStorage",
        "RestoreBackup",
    ]
    .into_iter()
    .enumerate()
    {
        assert!(headings[index].starts_with(&format!("── {} of 5 ── {name} ─", index + 1)), "{headings:?}");
    }
    let last = shown().lines().last().unwrap();
    assert!(last.starts_with("5 of 5 operations, ") && last.contains("4 of 4 failures told apart"), "{last}");
}

#[test]
fn no_credentials_are_shown() {
    for secret in [sample::SESSION, sample::TOKEN, "p%40ss", "p@ss"] {
        assert!(!shown().contains(secret), "{secret}");
    }
    assert!(shown().contains("authorization: OAuth …") && shown().contains("x-auth-token: …"));
}

#[test]
fn no_line_is_wider_than_a_terminal() {
    for line in shown().lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
}

#[test]
fn nothing_is_done_with_arguments_that_mean_nothing() {
    let output = Command::new(env!("CARGO_BIN_EXE_demo")).arg("--fast").output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(String::from_utf8(output.stderr).unwrap().starts_with("error: invalid option '--fast'"));
}
