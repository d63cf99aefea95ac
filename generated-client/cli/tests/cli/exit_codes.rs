//! Every exit code, and what is said with it.

use simulator::{Fault, FaultRule, Operation, Phase, Simulator, TokenRefusal, sample};

use crate::restore::{DISK, OPERATIONS, Ran, VOLUME, agreed, bare, equipped, fault, run, with};

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_is_0() {
    let simulator = Simulator::start().await.unwrap();
    assert_eq!(run(&simulator, &with(&VOLUME, &["--yes"])).code, Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_terminal_and_without_yes_nothing_is_sent_and_that_is_1() {
    for (operation, arguments, _) in OPERATIONS {
        let simulator = Simulator::start().await.unwrap();
        let ran = run(&simulator, arguments);
        if operation == "GetDatabaseBackupFromImageStore" {
            assert_eq!(ran.code, Some(0), "{operation}");
            continue;
        }
        assert_eq!(ran.code, Some(1), "{operation}: {ran:?}");
        assert!(ran.err.contains("add --yes"), "{ran:?}");
        assert_eq!(simulator.requests().len(), 0, "{operation}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn plain_http_to_another_machine_is_1_until_it_is_allowed() {
    let simulator = Simulator::start().await.unwrap();
    let arguments = with(&VOLUME, &["--dry-run", "--url", "http://zstack.example:8080"]);
    let ran = run(&simulator, &arguments);
    assert_eq!(ran.code, Some(1));
    assert!(ran.err.contains("--allow-plain-http"), "{ran:?}");
    run(&simulator, &with(&arguments, &["--allow-plain-http"])).done();
}

#[test]
fn wrong_arguments_are_2() {
    for arguments in [
        &["recover-data-volume"][..],
        &["recover-data-volume", "--uuid", "../backups", "--url", "http://127.0.0.1:1"],
        &["recover-data-volume", "--uuid", "a"],
        &["get-database-backup-from-image-store", "--registry-port", "65536", "--url", "http://127.0.0.1:1"],
        &["job", "show", "5a7d", "--url", "http://127.0.0.1:1"],
        &["nothing"],
    ] {
        assert_eq!(bare(arguments).output().unwrap().status.code(), Some(2), "{arguments:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_reached_no_server_is_3() {
    let simulator = Simulator::start().await.unwrap();
    simulator.stop_listening().await.unwrap();
    for (operation, arguments, _) in OPERATIONS {
        let ran = run(&simulator, &agreed(operation, arguments, &["--retries", "0"]));
        assert_eq!(ran.code, Some(3), "{operation}: {ran:?}");
        assert!(ran.err.contains("is the server up?"), "{ran:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_server_refuses_is_4() {
    for (operation, arguments, resource) in OPERATIONS {
        let simulator = Simulator::start().await.unwrap();
        let refusal = Fault::Answer { status: 403, headers: Vec::new(), body: "no".to_owned() };
        fault(&simulator, Phase::BeforeExecuting, refusal);
        let ran = run(&simulator, &agreed(operation, arguments, &[]));
        assert_eq!(ran.code, Some(4), "{operation}: {ran:?}");
        // There is none: its advice would lead nowhere.
        assert!(!ran.err.contains("access key"), "{ran:?}");
        assert_eq!(simulator.executions(resource), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_session_or_token_is_4_and_told_in_words() {
    for (operation, arguments, resource) in OPERATIONS {
        let simulator = Simulator::start().await.unwrap();
        simulator.expire_credentials();
        let ran = run(&simulator, &agreed(operation, arguments, &[]));
        assert_eq!(ran.code, Some(4), "{operation}: {ran:?}");
        let name = if operation == "RestoreBackup" { "CBR_TOKEN" } else { "ZSTACK_SESSION" };
        assert!(ran.err.contains("is not accepted, or no longer") && ran.err.contains(name), "{ran:?}");
        assert_eq!(simulator.executions(resource), 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_way_to_refuse_a_token_is_4() {
    for refusal in [
        TokenRefusal::ApiGateway,
        TokenRefusal::Message,
        TokenRefusal::Identity,
        TokenRefusal::Numbered,
        TokenRefusal::Html,
        TokenRefusal::Empty,
        TokenRefusal::Service,
    ] {
        let simulator =
            Simulator::builder().settings(|settings| settings.token_refusal = refusal).start().await.unwrap();
        let mut command = bare(&with(&DISK, &["--yes"]));
        equipped(&mut command, &simulator);
        let status = command.env("CBR_TOKEN", "wrong").output().unwrap().status;
        assert_eq!(status.code(), Some(4), "{refusal:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_failed_is_5_with_the_servers_code() {
    let simulator = Simulator::start().await.unwrap();
    let ran = run(&simulator, &["recover-data-volume", "--uuid", sample::READY_VOLUME, "--yes"]);
    assert_eq!(ran.code, Some(5), "{ran:?}");
    assert!(ran.err.contains("SYS.") && ran.out.is_empty(), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_of_a_job_is_6_with_the_line_that_asks_for_it() {
    let simulator = Simulator::start().await.unwrap();
    // The answer is lost, and so is every answer about the job.
    fault(&simulator, Phase::BeforeAnswering, Fault::Close);
    let ran = run(&simulator, &with(&VOLUME, &["--yes", "--timeout", "2s"]));
    assert_eq!(ran.code, Some(6), "{ran:?}");
    simulator.clear_faults();
    let line = ran.err.lines().find_map(|line| line.trim().strip_prefix("restore job wait ")).unwrap();
    let words: Vec<&str> = ["job", "wait"].into_iter().chain(line.split(' ')).collect();
    run(&simulator, &words).done();
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_the_server_does_not_know_is_6_and_sends_nobody_to_ask_for_it() {
    let simulator = Simulator::start().await.unwrap();
    let fault = Fault::Answer { status: 502, headers: Vec::new(), body: String::new() };
    simulator.add_fault(FaultRule::once(Operation::RecoverDataVolume, Phase::BeforeExecuting, fault));
    let ran = run(&simulator, &with(&VOLUME, &["--yes"]));
    assert_eq!(ran.code, Some(6), "{ran:?}");
    assert!(ran.err.contains("Look at the volume") && !ran.err.contains("restore job wait"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_of_a_restore_is_6_and_it_is_sent_once() {
    let simulator = Simulator::start().await.unwrap();
    fault(&simulator, Phase::BeforeAnswering, Fault::Close);
    let ran = run(&simulator, &with(&DISK, &["--yes"]));
    assert_eq!(ran.code, Some(6), "{ran:?}");
    assert!(ran.err.contains("Look at the target before it is sent again"), "{ran:?}");
    assert_eq!(simulator.executions(sample::DISK), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_outcome_of_a_read_is_6_and_may_be_asked_again() {
    let simulator = Simulator::start().await.unwrap();
    fault(&simulator, Phase::BeforeAnswering, Fault::Close);
    let ran = run(&simulator, &["list-database-backups", "--retries", "0"]);
    assert_eq!(ran.code, Some(6), "{ran:?}");
    assert!(ran.err.contains("it can be asked again"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_are_sent_again_as_often_as_retries_says() {
    for retries in ["0", "2"] {
        let simulator = Simulator::start().await.unwrap();
        let fault = Fault::Answer { status: 502, headers: Vec::new(), body: String::new() };
        let operation = Operation::GetDatabaseBackupFromImageStore;
        simulator.add_fault(FaultRule::always(operation, Phase::BeforeExecuting, fault));
        run(&simulator, &["list-database-backups", "--retries", retries]);
        assert_eq!(simulator.requests().len(), retries.parse::<usize>().unwrap() + 1);
    }
}

#[test]
fn a_bad_address_is_1_and_is_told_once_and_before_a_secret_is_asked_for() {
    for (operation, arguments, _) in OPERATIONS {
        let mut command = bare(&agreed(operation, arguments, &["--url", "cloud.example:8080"]));
        let ran = Ran::from(command.output().unwrap());
        assert_eq!(ran.code, Some(1), "{operation}: {ran:?}");
        assert_eq!(ran.err.matches("begin it with `http://` or `https://`").count(), 1, "{ran:?}");
        assert!(!ran.err.contains("there is no "), "{ran:?}");
    }
}

/// Runs the program with a stdout that takes nothing.
#[cfg(target_os = "linux")]
fn unheard(simulator: &Simulator, arguments: &[&str]) -> Ran {
    let mut command = bare(arguments);
    equipped(&mut command, simulator);
    let full = std::path::Path::new("/dev/full");
    let sink = rustix::fs::open(full, rustix::fs::OFlags::WRONLY, rustix::fs::Mode::empty()).unwrap();
    command.stdout(sink).output().unwrap().into()
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_result_that_can_not_be_printed_is_7_and_says_what_has_happened() {
    for (arguments, happened) in [
        (with(&VOLUME, &["--yes"]), "it is done, but"),
        (with(&VOLUME, &["--yes", "--detach"]), "the server has accepted the job, but"),
        (with(&DISK, &["--yes", "-o", "json"]), "the restore was accepted, but"),
        (vec!["job", "wait", sample::JOB], "the job is done, but"),
    ] {
        let simulator = Simulator::start().await.unwrap();
        let ran = unheard(&simulator, &arguments);
        assert_eq!(ran.code, Some(7), "{ran:?}");
        assert!(ran.err.contains(happened) && ran.err.contains("Do not send it again."), "{ran:?}");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn what_changes_nothing_and_can_not_be_printed_is_1_and_is_not_called_done() {
    let simulator = Simulator::start().await.unwrap();
    for arguments in [
        with(&VOLUME, &["--dry-run"]),
        with(&DISK, &["--dry-run"]),
        with(&VOLUME, &["--validate-only", "-o", "json"]),
        vec!["list-database-backups"],
        vec!["job", "show", sample::JOB],
        vec!["man"],
        vec!["completions", "bash"],
    ] {
        let ran = unheard(&simulator, &arguments);
        assert_eq!(ran.code, Some(1), "{arguments:?}: {ran:?}");
        assert!(ran.err.contains("could not be written") && !ran.err.contains("done"), "{ran:?}");
    }
    assert_eq!(simulator.execution_log(), []);
}
