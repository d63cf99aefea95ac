//! Requests of jobs that are sent again, where the caller wants that of jobs that the server does not know.

use std::time::Duration;

use generated_client::{CallOptions, Error, ErrorKind, Outcome, Retries, zstack};
use simulator::{Fault, FaultRule, Operation, Phase, Simulator, sample};

use crate::calls::{self, JOBS, job_uuids};

/// Lets so many requests of an operation meet this answer, in this phase.
fn answer(simulator: &Simulator, operation: Operation, phase: Phase, status: u16, times: u32) {
    let fault = Fault::Answer { status, headers: Vec::new(), body: String::new() };
    simulator.add_fault(FaultRule { operation: Some(operation), phase, fault, times: Some(times) });
}

/// A client that sends again, after next to no pause.
fn zstack(simulator: &Simulator, retries: Retries) -> zstack::Client {
    zstack::Client::builder(simulator.url(), zstack::Session::new(sample::SESSION).unwrap())
        .poll_interval(Duration::from_millis(1), Duration::from_millis(5))
        .retries(retries.unknown_jobs(true).pauses(Duration::from_millis(1), Duration::from_millis(5)))
        .build()
        .unwrap()
}

/// What the requests for the sample's volume were named: all the same.
fn sent_under_one_name(simulator: &Simulator) -> usize {
    let uuids = job_uuids(simulator);
    assert!(uuids.windows(2).all(|pair| pair[0] == pair[1]), "{uuids:?}");
    uuids.len()
}

async fn recover(zstack: &zstack::Client) -> Result<(), Error> {
    calls::call(zstack, Operation::RecoverDataVolume).await.map(drop)
}

#[tokio::test]
async fn a_request_that_never_reached_the_server_is_sent_again_under_its_name() {
    for operation in JOBS {
        let simulator = calls::simulator().await;
        answer(&simulator, operation, Phase::BeforeExecuting, 502, 2);
        calls::call(&zstack(&simulator, Retries::default()), operation).await.unwrap();
        assert_eq!((sent_under_one_name(&simulator), simulator.executions(calls::resource(operation))), (3, 1));
    }
}

#[tokio::test]
async fn a_request_that_reached_the_server_after_all_is_not_carried_out_twice() {
    let simulator = calls::simulator().await;
    answer(&simulator, Operation::RecoverDataVolume, Phase::BeforeAnswering, 502, 1);
    // As if the server had not begun when it was asked.
    answer(&simulator, Operation::QueryJob, Phase::BeforeExecuting, 404, 2);
    recover(&zstack(&simulator, Retries::default())).await.unwrap();
    assert_eq!((sent_under_one_name(&simulator), simulator.executions(sample::VOLUME)), (2, 1));
}

#[tokio::test]
async fn it_is_sent_again_as_often_as_was_set_and_no_more() {
    for times in [0, 1, 2] {
        let simulator = calls::simulator().await;
        answer(&simulator, Operation::RecoverDataVolume, Phase::BeforeExecuting, 502, 9);
        let error = recover(&zstack(&simulator, Retries::default().times(times))).await.unwrap_err();
        assert_eq!((error.outcome(), error.status().unwrap().as_u16()), (Outcome::Unknown, 502));
        assert_eq!(sent_under_one_name(&simulator), 1 + times as usize);
    }
}

#[tokio::test]
async fn a_job_that_the_server_once_had_is_not_sent_again() {
    let simulator = calls::simulator().await;
    let fault = Fault::PurgeJob;
    let operation = Some(Operation::RecoverDataVolume);
    simulator.add_fault(FaultRule { operation, phase: Phase::BeforeAnswering, fault, times: Some(1) });
    let error = recover(&zstack(&simulator, Retries::default())).await.unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::UnknownJob));
    assert!(error.is_job_unknown());
    assert_eq!(sent_under_one_name(&simulator), 1);
}

#[tokio::test]
async fn a_second_request_that_is_refused_says_nothing_of_the_first() {
    let simulator = calls::simulator().await;
    answer(&simulator, Operation::RecoverDataVolume, Phase::BeforeExecuting, 502, 1);
    answer(&simulator, Operation::RecoverDataVolume, Phase::BeforeExecuting, 403, 1);
    let error = recover(&zstack(&simulator, Retries::default())).await.unwrap_err();
    assert_eq!((error.outcome(), error.status().unwrap().as_u16()), (Outcome::Unknown, 403));
    assert!(error.job_uuid().is_some());
    assert_eq!(sent_under_one_name(&simulator), 2);
}

/// How often a request is sent when the server was asked for its job so long after it.
async fn sent_when_asked_after(pause: Duration) -> usize {
    // The client's time goes on by itself where nothing happens; the server's does not.
    let (told, simulator) = tokio::sync::oneshot::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let simulator = std::sync::Arc::new(calls::simulator().await);
            answer(&simulator, Operation::RecoverDataVolume, Phase::BeforeExecuting, 502, 1);
            let _ = told.send(simulator.clone());
            std::future::pending::<()>().await;
        });
    });
    let simulator = simulator.await.unwrap();
    let session = zstack::Session::new(sample::SESSION).unwrap();
    let client = zstack::Client::builder(simulator.url(), session).connect_timeout(Duration::MAX);
    let zstack = client.timeout(Duration::MAX).retries(Retries::default().unknown_jobs(true)).build().unwrap();
    let options = CallOptions::new().poll_interval(pause, pause);
    let _ = zstack.recover_data_volume().uuid(sample::VOLUME).options(options).send().await;
    sent_under_one_name(&simulator)
}

#[tokio::test(start_paused = true)]
async fn after_half_an_hour_it_is_not_sent_again() {
    assert_eq!(sent_when_asked_after(Duration::from_secs(14 * 60)).await, 2);
    assert_eq!(sent_when_asked_after(Duration::from_secs(16 * 60)).await, 1);
}
