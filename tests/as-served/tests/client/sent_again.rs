//! Requests of jobs that are sent again, where the caller wants that of jobs that the server does not know.

use std::time::Duration;

use generated_client::{CallOptions, Error, ErrorKind, Outcome, Retries, zstack};
use simulator::{Fault, Operation, Pace, Phase, Simulator, sample};

use crate::{
    calls::{self, JOBS, job_uuids, requests},
    trouble::{answer, apart, midway, rule},
};

const VOLUME: Operation = Operation::RecoverDataVolume;

/// A client that sends again, after next to no pause.
fn zstack(simulator: &Simulator, retries: Retries) -> zstack::Client {
    zstack::Client::builder(simulator.url(), calls::session())
        .poll_interval(Duration::from_millis(1), Duration::from_millis(5))
        .retries(retries.unknown_jobs(true).pauses(Duration::from_millis(1), Duration::from_millis(5)))
        .build()
        .unwrap()
}

/// The same, with time between two questions in which a test can let something happen.
pub fn asking_slowly(simulator: &Simulator, credentials: impl Into<zstack::Credentials>) -> zstack::Client {
    zstack::Client::builder(simulator.url(), credentials)
        .poll_interval(Duration::from_millis(200), Duration::from_millis(200))
        .retries(Retries::default().unknown_jobs(true).pauses(Duration::from_millis(1), Duration::from_millis(5)))
        .build()
        .unwrap()
}

/// How many requests were named, all the same.
fn sent_under_one_name(simulator: &Simulator) -> usize {
    let uuids = job_uuids(simulator);
    assert!(uuids.windows(2).all(|pair| pair[0] == pair[1]), "{uuids:?}");
    uuids.len()
}

async fn recover(zstack: &zstack::Client) -> Result<(), Error> {
    calls::call(zstack, VOLUME).await.map(drop)
}

#[tokio::test]
async fn a_request_that_never_reached_the_server_is_sent_again_under_its_name() {
    for operation in JOBS {
        let simulator = calls::simulator().await;
        rule(&simulator, operation, Phase::BeforeExecuting, answer(502, ""), Some(2));
        calls::call(&zstack(&simulator, Retries::default()), operation).await.unwrap();
        assert_eq!((sent_under_one_name(&simulator), simulator.executions(calls::resource(operation))), (3, 1));
    }
}

#[tokio::test]
async fn a_request_that_reached_the_server_after_all_is_not_carried_out_twice() {
    let simulator = calls::simulator().await;
    rule(&simulator, VOLUME, Phase::BeforeAnswering, answer(502, ""), Some(1));
    // As if the server had not begun when it was asked.
    rule(&simulator, Operation::QueryJob, Phase::BeforeExecuting, answer(404, ""), Some(2));
    recover(&zstack(&simulator, Retries::default())).await.unwrap();
    assert_eq!((sent_under_one_name(&simulator), simulator.executions(sample::VOLUME)), (2, 1));
}

#[tokio::test]
async fn it_is_sent_again_as_often_as_was_set_and_no_more() {
    for times in [0, 1, 2] {
        let simulator = calls::simulator().await;
        rule(&simulator, VOLUME, Phase::BeforeExecuting, answer(502, ""), Some(9));
        let error = recover(&zstack(&simulator, Retries::default().times(times))).await.unwrap_err();
        assert_eq!((error.outcome(), error.status().unwrap().as_u16()), (Outcome::Unknown, 502));
        assert_eq!(sent_under_one_name(&simulator), 1 + times as usize);
    }
}

/// Thirty calls with one more request each would be sixty requests.
#[tokio::test]
async fn requests_of_unknown_jobs_are_sent_again_within_the_budget() {
    let simulator = calls::simulator().await;
    rule(&simulator, VOLUME, Phase::BeforeExecuting, answer(502, ""), None);
    let moment = Duration::from_millis(1);
    let zstack = zstack::Client::builder(simulator.url(), calls::session())
        .poll_interval(moment, Duration::from_millis(2))
        .retries(Retries::default().times(1).unknown_jobs(true).pauses(moment, moment))
        .build()
        .unwrap();
    for _ in 0..30 {
        recover(&zstack).await.unwrap_err();
    }
    assert!(requests(&simulator, "PUT").len() < 50, "{}", requests(&simulator, "PUT").len());
}

#[tokio::test]
async fn a_job_that_the_server_once_had_is_not_sent_again() {
    let simulator = calls::simulator().await;
    rule(&simulator, VOLUME, Phase::BeforeAnswering, Fault::PurgeJob, Some(1));
    let error = recover(&zstack(&simulator, Retries::default())).await.unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::UnknownJob));
    assert!(error.is_job_unknown());
    assert_eq!(sent_under_one_name(&simulator), 1);
}

/// The 202 says that the server had the job, although the rest of its answer is missing.
#[tokio::test]
async fn after_a_202_that_was_cut_off_it_is_not_sent_again() {
    let simulator = calls::simulator().await;
    rule(&simulator, VOLUME, Phase::InBody, Fault::Close, Some(1));
    rule(&simulator, Operation::QueryJob, Phase::BeforeExecuting, answer(404, "the job has been expired"), Some(2));
    let ended = recover(&zstack(&simulator, Retries::default())).await;
    assert_eq!(job_uuids(&simulator).len(), 1, "{ended:?}");
}

/// A 202 to a question says so too.
#[tokio::test]
async fn after_a_202_to_a_question_that_was_cut_off_it_is_not_sent_again() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(1_000_000));
    rule(&simulator, VOLUME, Phase::BeforeAnswering, answer(502, ""), Some(1));
    rule(&simulator, Operation::QueryJob, Phase::InBody, Fault::Close, Some(1));
    let expire = || {
        let expired = answer(404, "the job has been expired");
        rule(&simulator, Operation::QueryJob, Phase::BeforeExecuting, expired, Some(3));
    };
    let zstack = asking_slowly(&simulator, calls::session());
    let call = tokio::time::timeout(Duration::from_secs(3), recover(&zstack));
    let ended = midway(&simulator, ("GET", 2), expire, call).await;
    assert_eq!(job_uuids(&simulator).len(), 1, "{ended:?} {:?}", simulator.fates());
}

#[tokio::test]
async fn a_second_request_that_is_refused_says_nothing_of_the_first() {
    let simulator = calls::simulator().await;
    rule(&simulator, VOLUME, Phase::BeforeExecuting, answer(502, ""), Some(1));
    rule(&simulator, VOLUME, Phase::BeforeExecuting, answer(403, ""), Some(1));
    let error = recover(&zstack(&simulator, Retries::default())).await.unwrap_err();
    assert_eq!((error.outcome(), error.status().unwrap().as_u16()), (Outcome::Unknown, 403));
    assert!(error.job_uuid().is_some());
    assert_eq!(sent_under_one_name(&simulator), 2);
}

/// How many requests have arrived at the server when the first was lost, and the client went on with these pauses: one
/// before each question, and one before it sends again.
async fn sent_with_pauses(retries: Retries, question: Duration) -> usize {
    // The client's time goes on by itself where nothing happens; the server's does not.
    let simulator = apart(|simulator| rule(simulator, VOLUME, Phase::BeforeExecuting, answer(502, ""), Some(1)));
    let client = zstack::Client::builder(simulator.url(), calls::session()).connect_timeout(Duration::MAX);
    let zstack = client.timeout(Duration::MAX).retries(retries.unknown_jobs(true)).build().unwrap();
    let options = CallOptions::new().poll_interval(question, question);
    let _ = zstack.recover_data_volume().uuid(sample::VOLUME).options(options).send().await;
    sent_under_one_name(&simulator)
}

#[tokio::test(start_paused = true)]
async fn after_half_an_hour_it_is_not_sent_again() {
    assert_eq!(sent_with_pauses(Retries::default(), Duration::from_secs(14 * 60)).await, 2);
    assert_eq!(sent_with_pauses(Retries::default(), Duration::from_secs(16 * 60)).await, 1);
}

/// The half hour counts to when it would be sent, and not to when that was decided.
#[tokio::test(start_paused = true)]
async fn a_pause_beyond_half_an_hour_ends_it() {
    let day = Duration::from_secs(24 * 3600);
    assert_eq!(sent_with_pauses(Retries::default().pauses(day, day), Duration::from_millis(100)).await, 1);
}
