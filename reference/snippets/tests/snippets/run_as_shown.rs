//! Each snippet runs as it is shown: against the stand-in server, in the environment that the page describes.

use std::collections::BTreeSet;
use std::fs;
use std::process::Command;

use crate::environment::{OPERATIONS, executions, path, run};
#[cfg(feature = "curl")]
use serde_json::Value;
#[cfg(feature = "curl")]
use simulator::sample;
use simulator::{FaultRule, Operation, Phase, Simulator};

/// The programs, as cargo has built them from the files that are shown.
const PROGRAMS: [(&str, &str); 6] = [
    ("RecoverBackupFromImageStoreBackupStorage", env!("CARGO_BIN_EXE_RecoverBackupFromImageStoreBackupStorage")),
    (
        "SyncDatabaseBackupFromImageStoreBackupStorage",
        env!("CARGO_BIN_EXE_SyncDatabaseBackupFromImageStoreBackupStorage"),
    ),
    ("GetDatabaseBackupFromImageStore", env!("CARGO_BIN_EXE_GetDatabaseBackupFromImageStore")),
    ("RecoverDataVolume", env!("CARGO_BIN_EXE_RecoverDataVolume")),
    ("QueryApiJob", env!("CARGO_BIN_EXE_QueryApiJob")),
    ("RestoreBackup", env!("CARGO_BIN_EXE_RestoreBackup")),
];

fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let names = fs::read_dir(path(folder)).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.map(|name| name.strip_suffix(ending).unwrap().to_owned()).collect()
}

#[test]
fn every_snippet_is_run() {
    let operations: BTreeSet<String> = OPERATIONS.iter().map(|(operation, _)| (*operation).to_owned()).collect();
    for (folder, ending) in [("curl", ".sh"), ("prints", ".txt"), ("src/bin", ".rs")] {
        assert_eq!(names(folder, ending), operations, "{folder}");
    }
    assert!(PROGRAMS.iter().map(|(operation, _)| (*operation).to_owned()).collect::<BTreeSet<_>>() == operations);
}

#[cfg(feature = "curl")]
#[tokio::test(flavor = "multi_thread")]
async fn each_command_does_what_it_is_for_and_prints_what_is_shown() {
    for program in ["sh", "curl", "od", "tr"] {
        let found = Command::new("sh").args(["-c", &format!("command -v {program}")]).output();
        let is_there = found.is_ok_and(|found| found.status.success());
        assert!(
            is_there,
            "there is no `{program}`, with which the commands are run: install it (apt-get install curl)"
        );
    }
    for (operation, resource) in OPERATIONS {
        let simulator = Simulator::start().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let text = fs::read_to_string(path(&format!("curl/{operation}.sh"))).unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", &text]);
        let done = run(command, &simulator, folder.path());
        let errors = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && errors.is_empty(), "{operation}: {}: {errors}", done.status);
        assert_eq!(simulator.executions(resource), executions(operation), "{operation}");
        assert_eq!(simulator.misfits(), [], "{operation}");

        let shown = fs::read_to_string(path(&format!("prints/{operation}.txt"))).unwrap();
        let printed = String::from_utf8(done.stdout).unwrap();
        let requests = simulator.requests();
        let job = requests.iter().find_map(|request| request.header("x-job-uuid"));
        let printed = job.map_or(printed.clone(), |job| printed.replace(job, sample::JOB));
        assert_eq!(lines(&printed), lines(&shown), "{operation}");
    }
}

#[cfg(feature = "curl")]
/// What was printed, line by line. The order of JSON's fields means nothing, and now is not when the page was written.
fn lines(printed: &str) -> Vec<Value> {
    let line = |line: &str| {
        let mut value: Value = serde_json::from_str(line).unwrap_or_else(|_| line.into());
        if let Some(date) = value.pointer_mut("/inventory/lastOpDate").filter(|date| date.is_string()) {
            *date = "now".into();
        }
        value
    };
    printed.lines().map(line).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_program_does_what_it_is_for() {
    for ((operation, resource), (_, program)) in OPERATIONS.into_iter().zip(PROGRAMS) {
        let simulator = Simulator::start().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let done = run(Command::new(program), &simulator, folder.path());
        let errors = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success() && errors.is_empty(), "{operation}: {}: {errors}", done.status);
        assert!(!done.stdout.is_empty(), "{operation} prints nothing");
        assert_eq!(simulator.executions(resource), executions(operation), "{operation}");
        assert!(!simulator.requests().is_empty() && simulator.misfits().is_empty(), "{operation}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_program_whose_operation_fails_says_so() {
    for ((operation, resource), (_, program)) in OPERATIONS.into_iter().zip(PROGRAMS) {
        let simulator = Simulator::start().await.unwrap();
        let body = r#"{"error":{"code":"SYS.1006","description":"An operation failed"}}"#.to_owned();
        let fault = simulator::Fault::Answer { status: 503, headers: Vec::new(), body };
        for failing in [Operation::QueryJob, Operation::GetDatabaseBackupFromImageStore, Operation::RestoreBackup] {
            simulator.add_fault(FaultRule::always(failing, Phase::BeforeExecuting, fault.clone()));
        }
        let folder = tempfile::tempdir().unwrap();
        let done = run(Command::new(program), &simulator, folder.path());
        assert!(!done.status.success(), "{operation} on {resource}");
        assert!(String::from_utf8_lossy(&done.stderr).contains("SYS.1006"), "{operation}");
    }
}
