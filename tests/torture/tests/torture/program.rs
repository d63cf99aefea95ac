//! The program: started with arguments, and what it says.

use std::process::{Command, Output};

use serde_json::Value;

pub(crate) fn torture(arguments: &str) -> Output {
    Command::new(env!("CARGO_BIN_EXE_torture")).args(arguments.split_whitespace()).output().unwrap()
}

/// Runs it: the exit code, and the report for programs.
pub(crate) fn report(arguments: &str) -> (Option<i32>, Value) {
    let output = torture(&format!("{arguments} --format json"));
    let report = serde_json::from_slice(&output.stdout);
    (output.status.code(), report.unwrap_or_else(|error| panic!("{error}: {output:?}")))
}

#[test]
fn wrong_arguments_are_told_and_are_no_finding() {
    let output = torture("--calls many");
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.starts_with("error: ") && told.contains("cargo xtask torture --help"), "{told}");
}

#[test]
fn the_report_for_people_ends_with_the_two_numbers_that_matter() {
    let output = torture("--calls 20 --kills 0");
    let text = String::from_utf8(output.stdout).unwrap();
    assert_eq!(text.lines().last(), Some("executed twice 0, wrongly reported 0"));
}
