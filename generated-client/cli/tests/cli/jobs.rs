//! Jobs by their names: detached, shown, waited for.

use generated_client::JobUuid;
use serde_json::json;
use simulator::{Pace, Simulator, sample};

use crate::restore::{OPERATIONS, VOLUME, run, with};

/// The operations that are jobs, by the names of their subcommands.
fn jobs() -> Vec<(&'static [&'static str], &'static str)> {
    OPERATIONS.into_iter().take(3).map(|(_, arguments, resource)| (arguments, resource)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_detached_job_prints_its_name_alone_and_can_be_waited_for() {
    let simulator = Simulator::start().await.unwrap();
    let ran = run(&simulator, &with(&VOLUME, &["--yes", "--detach"])).done();
    let job = ran.out.trim();
    assert!(job.parse::<JobUuid>().is_ok() && ran.out.lines().count() == 1, "{ran:?}");
    let waited = run(&simulator, &["job", "wait", job, "--operation", "recover-data-volume", "-o", "json"]).done();
    assert_eq!(waited.json()["inventory"]["uuid"], sample::VOLUME);
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_detached_job_is_data_where_data_is_wanted() {
    let simulator = Simulator::start().await.unwrap();
    let ran = run(&simulator, &with(&VOLUME, &["--yes", "--detach", "-o", "json"])).done();
    let requests = simulator.requests();
    let job = requests[0].header("x-job-uuid").unwrap();
    assert_eq!(ran.json(), json!({"job": job, "operation": "recover-data-volume"}));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_an_operation_a_job_is_shown_as_what_it_is() {
    for (arguments, resource) in jobs() {
        let simulator = Simulator::start().await.unwrap();
        let itself = run(&simulator, &with(arguments, &["--yes", "-o", "json"])).done().json();
        let requests = simulator.requests();
        let job = requests[0].header("x-job-uuid").unwrap();
        let waited = run(&simulator, &["job", "wait", job, "-o", "json"]).done().json();
        assert_eq!(waited, itself, "{resource}");
        let shown = run(&simulator, &["job", "show", job, "-o", "json"]).done().json();
        assert_eq!(shown, json!({"job": job, "state": "done", "operation": arguments[0], "result": itself}));
        assert_eq!(simulator.executions(resource), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn with_its_operation_a_job_is_asked_for_once() {
    for (arguments, _) in jobs() {
        let simulator = Simulator::start().await.unwrap();
        let itself = run(&simulator, &with(arguments, &["--yes", "-o", "json"])).done().json();
        let requests = simulator.requests();
        let job = requests[0].header("x-job-uuid").unwrap();
        simulator.forget_requests();
        let waited = run(&simulator, &["job", "wait", job, "--operation", arguments[0], "-o", "json"]).done();
        assert_eq!(waited.json(), itself);
        assert_eq!(simulator.requests().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_runs_is_shown_as_running() {
    let simulator = Simulator::builder().settings(|settings| settings.job_pace = Pace::Polls(100));
    let simulator = simulator.start().await.unwrap();
    let job = run(&simulator, &with(&VOLUME, &["--yes", "--detach"])).done().out;
    let shown = run(&simulator, &["job", "show", job.trim(), "-o", "json"]).done();
    assert_eq!(shown.json(), json!({"job": job.trim(), "state": "running"}));
    let table = run(&simulator, &["job", "show", job.trim()]).done();
    assert!(table.out.contains("state  running\n"), "{table:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_was_validated_only_has_an_empty_result() {
    let simulator = Simulator::start().await.unwrap();
    run(&simulator, &with(&VOLUME, &["--validate-only"])).done();
    let requests = simulator.requests();
    let job = requests[0].header("x-job-uuid").unwrap();
    let shown = run(&simulator, &["job", "show", job, "-o", "json"]).done();
    assert_eq!(shown.json(), json!({"job": job, "state": "done", "result": {}}));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_job_is_named_by_its_name_and_by_no_operation() {
    let simulator = Simulator::start().await.unwrap();
    let job = "00000000000000000000000000000000";
    let ran = run(&simulator, &["job", "show", job]);
    assert_eq!(ran.code, Some(6));
    assert!(ran.err.starts_with(&format!("error: job {job}: the server does not know the job")), "{ran:?}");
    assert!(ran.err.contains("Look at the volume or the backup itself") && !ran.err.contains("restore job"), "{ran:?}");
}
