//! `--dry-run`: the request as a curl line.

#[cfg(feature = "curl")]
use std::process::Command;

#[cfg(feature = "curl")]
use simulator::RecordedRequest;
use simulator::{Simulator, sample};

use crate::restore::{DISK, OPERATIONS, Ran, SECRETS, VOLUME, addressed, bare, run, with};
#[cfg(feature = "curl")]
use crate::restore::{clean, equipped};

/// What a shell, a URL and JSON would mind.
#[cfg(feature = "curl")]
const NASTY: &str = "it's $HOME `ls` \\ \"q\" {a}[b] & = ? # % + ! größe\nline";

#[tokio::test(flavor = "multi_thread")]
async fn a_dry_run_sends_nothing_and_needs_no_credentials_and_no_consent() {
    let simulator = Simulator::start().await.unwrap();
    for (operation, arguments, _) in OPERATIONS {
        let mut command = bare(&with(arguments, &["--dry-run"]));
        addressed(&mut command, &simulator);
        let ran = Ran::from(command.output().unwrap()).done();
        assert!(ran.out.starts_with("curl ") && ran.err.is_empty(), "{operation}: {ran:?}");
    }
    assert_eq!(simulator.requests().len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_are_variables_of_the_shell() {
    let simulator = Simulator::start().await.unwrap();
    for (operation, arguments, _) in OPERATIONS {
        let ran = run(&simulator, &with(arguments, &["--dry-run"])).done();
        let variable = if operation == "RestoreBackup" { "$CBR_TOKEN\"" } else { "OAuth $ZSTACK_SESSION\"" };
        assert!(ran.out.contains(variable), "{operation}: {ran:?}");
        assert!(!ran.out.contains("placeholder"), "{operation}: {ran:?}");
        assert!(SECRETS.iter().all(|secret| !ran.out.contains(secret)), "{operation}: {ran:?}");
    }
    let list = run(&simulator, &["list-database-backups", "--dry-run"]).done();
    assert!(list.out.contains("--data-urlencode \"url=$IMAGE_STORE_URL\""), "{list:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_line_goes_to_the_address_that_was_given() {
    let simulator = Simulator::start().await.unwrap();
    for (url, expected) in [
        ("https://zstack.example", "https://zstack.example/zstack/v1/volumes/"),
        ("https://zstack.example:8443/prefix/", "https://zstack.example:8443/prefix/zstack/v1/volumes/"),
        ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443/zstack/v1/volumes/"),
    ] {
        let ran = run(&simulator, &with(&VOLUME, &["--dry-run", "--url", url])).done();
        assert!(ran.out.contains(expected), "{ran:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_jobs_name_is_in_the_line_so_that_its_second_run_is_refused() {
    let simulator = Simulator::start().await.unwrap();
    let line = || run(&simulator, &with(&VOLUME, &["--dry-run"])).done().out;
    let name = |line: String| line.split("x-job-uuid: ").nth(1).unwrap().split('\'').next().unwrap().to_owned();
    let (first, second) = (name(line()), name(line()));
    assert!(first.len() == 32 && first != second, "{first} {second}");
}

#[tokio::test(flavor = "multi_thread")]
async fn with_an_access_key_the_line_takes_a_session_and_says_so() {
    let simulator = Simulator::start().await.unwrap();
    let mut command = bare(&with(&VOLUME, &["--dry-run"]));
    addressed(&mut command, &simulator);
    command.env("ZSTACK_ACCESS_KEY_ID", sample::ACCESS_KEY_ID);
    command.env("ZSTACK_ACCESS_KEY_SECRET", sample::ACCESS_KEY_SECRET);
    let ran = Ran::from(command.output().unwrap()).done();
    assert!(ran.out.contains("$ZSTACK_SESSION") && ran.err.contains("takes a session instead"), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_access_key_that_is_empty_is_none() {
    let simulator = Simulator::start().await.unwrap();
    let mut command = bare(&with(&VOLUME, &["--dry-run"]));
    addressed(&mut command, &simulator);
    let ran = Ran::from(command.env("ZSTACK_ACCESS_KEY_ID", "").output().unwrap()).done();
    assert!(ran.err.is_empty(), "{ran:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_can_not_be_sent_is_said_as_without_a_dry_run() {
    let simulator = Simulator::start().await.unwrap();
    for arguments in [with(&VOLUME, &["--dry-run", "--url", "ftp://a"]), with(&DISK, &["--dry-run", "--url", "x"])] {
        let ran = run(&simulator, &arguments);
        assert!(ran.code == Some(1) && ran.out.is_empty() && ran.err.starts_with("error: "), "{ran:?}");
    }
}

/// What matters of a request. curl says who it is, and encodes a space in a query in another way.
#[cfg(feature = "curl")]
fn essence(request: &RecordedRequest) -> impl PartialEq + std::fmt::Debug + use<> {
    let mut query = request.query_pairs();
    query.sort();
    let mut headers = request.headers.clone();
    headers.retain(|(name, _)| !matches!(name.as_str(), "host" | "user-agent" | "content-length"));
    headers.sort();
    (request.method.clone(), request.path.clone(), query, headers, request.json(), request.body.is_empty())
}

/// Does the same twice: the command itself, and the line of its dry run in a shell. Each has a server of its own.
#[cfg(feature = "curl")]
async fn compare(arguments: &[&str], prefix: &str) {
    let found = Command::new("sh").args(["-c", "command -v curl"]).output();
    let is_there = found.is_ok_and(|found| found.status.success());
    assert!(is_there, "there is no `curl`, with which the lines are run: install it (apt-get install curl)");

    let [itself, by_line] = [Simulator::start().await.unwrap(), Simulator::start().await.unwrap()];
    let ran = |simulator: &Simulator, more: &[&str]| {
        let url = format!("{}{prefix}", simulator.url());
        run(simulator, &[arguments, more, &["--url", &url]].concat())
    };
    let consent: &[&str] = if arguments[0].starts_with("get-") { &[] } else { &["--yes"] };
    // Where there is a prefix, the simulator knows no such path: it is what arrives that counts.
    ran(&itself, consent);
    let line = ran(&by_line, &["--dry-run"]).done().out;
    assert_eq!(by_line.requests().len(), 0);
    let mut shell = Command::new("sh");
    shell.args(["-c", &line]);
    clean(&mut shell);
    equipped(&mut shell, &by_line);
    let done = Ran::from(shell.output().unwrap()).done();
    assert!(done.err.is_empty(), "{done:?}");

    let (expected, arrived) = (itself.requests(), by_line.requests());
    assert_eq!(arrived.len(), 1, "{line}");
    assert_eq!(essence(&arrived[0]), essence(&expected[0]), "{line}");
    if prefix.is_empty() {
        assert_eq!(by_line.fates()[0].executed, itself.fates()[0].executed, "{line}");
    }
}

#[cfg(feature = "curl")]
const JOB: [&str; 2] = ["--job-uuid", "5a7d0b6a2d2a4b0b9a1c0d1e2f3a4b5c"];

#[cfg(feature = "curl")]
#[tokio::test(flavor = "multi_thread")]
async fn a_shell_that_runs_the_line_sends_the_same_request_as_the_command() {
    for (operation, arguments, _) in OPERATIONS {
        let is_job = !matches!(operation, "GetDatabaseBackupFromImageStore" | "RestoreBackup");
        compare(&with(arguments, if is_job { &JOB } else { &[] }), "").await;
    }
}

#[cfg(feature = "curl")]
#[tokio::test(flavor = "multi_thread")]
async fn so_it_does_with_all_that_can_be_said_and_texts_that_a_shell_would_act_on() {
    let tags = ["--system-tag", NASTY, "--system-tag", "b", "--user-tag", NASTY];
    let job = ["--api-timeout", "90s", "--validate-only"];
    for (_, arguments, _) in OPERATIONS.into_iter().take(3) {
        compare(&[arguments, &tags[..], &job, &JOB].concat(), "").await;
    }
    compare(&[&["get-database-backup-from-image-store", "--registry-port", "8001"], &tags[..]].concat(), "").await;
    let more = ["--server-id", NASTY, "--resource-id", NASTY, "--destination-path", NASTY, "--no-power-on"];
    let mapping = format!("{0}={0}", NASTY.replace('=', ""));
    compare(&[&DISK[..], &more, &["--mapping", &mapping]].concat(), "").await;
}

#[cfg(feature = "curl")]
#[tokio::test(flavor = "multi_thread")]
async fn so_it_does_with_ids_and_prefixes_that_need_encoding() {
    let id = "it's {a}[b-c] $x größe?#%2F";
    compare(&[&["recover-data-volume", "--uuid", id], &JOB[..]].concat(), "").await;
    compare(&[&VOLUME[..], &JOB].concat(), "/pre%20fix/a").await;
}
