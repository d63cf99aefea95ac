//! What the feature `tracing` tells of a call.

mod capture;

use std::time::Duration;

use capture::{Captured, Span};
use generated_client::{Error, Retries, cbr, zstack};
use simulator::{Fault, FaultRule, Operation, Pace, Phase, Simulator, sample};

fn zstack(simulator: &Simulator) -> zstack::Client {
    let pause = Duration::from_millis(1);
    zstack::Client::builder(simulator.url(), zstack::Session::new(sample::SESSION).unwrap())
        .poll_interval(pause, pause)
        .retries(Retries::default().pauses(pause, pause))
        .build()
        .unwrap()
}

async fn recover(zstack: &zstack::Client) -> Result<(), Error> {
    zstack.recover_data_volume().uuid(sample::VOLUME).send().await.map(drop)
}

/// An answer to the next requests of the operation, before anything is carried out.
fn answer(simulator: &Simulator, operation: Operation, status: u16, times: u32) {
    let fault = Fault::Answer { status, headers: Vec::new(), body: String::new() };
    let phase = Phase::BeforeExecuting;
    simulator.add_fault(FaultRule::once(operation, phase, fault).times(times));
}

/// Attempt, status and outcome.
fn told(spans: &[Span]) -> Vec<(&str, &str, &str)> {
    spans.iter().map(|span| (span.field("attempt"), span.field("status"), span.field("outcome"))).collect()
}

#[tokio::test]
async fn a_job_is_a_call_with_its_requests_and_its_polls() {
    let simulator = Simulator::start().await.unwrap();
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(2));
    let (captured, _guard) = Captured::begin();
    recover(&zstack(&simulator)).await.unwrap();
    let (calls, polls, requests) = (captured.named("call"), captured.named("poll"), captured.named("request"));
    assert_eq!(told(&calls), [("", "200", "done")]);
    assert_eq!(told(&polls), [("1", "202", "running"), ("2", "202", "running"), ("3", "200", "done")]);
    assert_eq!(told(&requests).len(), 4);
    assert_eq!((&requests[0].within[..], &requests[1].within[..]), (&["call"][..], &["poll", "call"][..]));
}

#[tokio::test]
async fn every_span_names_its_operation_and_says_how_long_it_took() {
    let simulator = Simulator::start().await.unwrap();
    let (captured, _guard) = Captured::begin();
    recover(&zstack(&simulator)).await.unwrap();
    for span in captured.spans() {
        assert_eq!(span.field("operation"), "RecoverDataVolume", "{span:?}");
        assert!(span.field("duration_ms").parse::<u64>().is_ok(), "{span:?}");
    }
    assert_eq!(captured.events().len(), captured.spans().len());
}

#[tokio::test]
async fn a_read_that_is_sent_again_counts_its_attempts() {
    let simulator = Simulator::start().await.unwrap();
    answer(&simulator, Operation::GetDatabaseBackupFromImageStore, 502, 2);
    let (captured, _guard) = Captured::begin();
    zstack(&simulator).get_database_backup_from_image_store().url(sample::IMAGE_STORE).send().await.unwrap();
    let expected = [("1", "502", "answered"), ("2", "502", "answered"), ("3", "200", "answered")];
    assert_eq!(told(&captured.named("request")), expected);
}

#[tokio::test]
async fn a_call_that_fails_says_what_is_known_of_it() {
    let simulator = Simulator::start().await.unwrap();
    let cbr = cbr::Client::new(simulator.url(), cbr::Token::new(sample::TOKEN).unwrap()).unwrap();
    let restore = || cbr.restore_backup().project_id(sample::PROJECT).backup_id(sample::BACKUP).send();
    let (captured, _guard) = Captured::begin();
    for (status, outcome) in [("403", "refused"), ("502", "unknown")] {
        answer(&simulator, Operation::RestoreBackup, status.parse().unwrap(), 1);
        restore().await.unwrap_err();
        assert_eq!(told(&captured.named("call")).last(), Some(&("", status, outcome)));
    }
    simulator.shutdown().await;
    restore().await.unwrap_err();
    assert_eq!(told(&captured.named("call")).last(), Some(&("", "", "not sent")));
}

#[tokio::test]
async fn a_call_that_is_given_up_is_told_as_dropped() {
    let simulator = Simulator::start().await.unwrap();
    let fault = Fault::Stall(Duration::from_secs(5));
    simulator.add_fault(FaultRule::once(Operation::RecoverDataVolume, Phase::BeforeExecuting, fault));
    let (captured, _guard) = Captured::begin();
    let given_up = tokio::time::timeout(Duration::from_millis(200), recover(&zstack(&simulator))).await;
    assert!(given_up.is_err());
    assert_eq!(told(&captured.named("call")), [("", "", "dropped")]);
    assert_eq!(told(&captured.named("request")), [("1", "", "dropped")]);
}
