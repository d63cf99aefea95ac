//! The client writes nothing to the standard streams.

use std::{env, process::Command};

#[test]
fn calls_that_fail_write_nothing_to_the_standard_streams() {
    let mut others = Command::new(env::current_exe().unwrap());
    others.args([
        "--exact",
        "--nocapture",
        "faults::an_operation_that_failed_prints_no_secret_that_the_server_repeats",
    ]);
    let written = others.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&written.stderr), "");
    let lines = String::from_utf8_lossy(&written.stdout).into_owned();
    let lines: Vec<&str> = lines.lines().filter(|line| !line.is_empty()).collect();
    // The test's own.
    assert!(lines.len() == 3 && lines[0] == "running 1 test" && lines[1].ends_with("... ok"), "{lines:?}");
}
