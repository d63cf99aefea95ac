//! Time that a call keeps to ask for its job, and time that the server has: both are used to their ends.

use std::time::Duration;

use generated_client::{CallOptions, Error, ErrorKind, Outcome, zstack};
use serde_json::Value;
use simulator::{Fault, Operation, Pace, Phase, Simulator, sample};

use crate::{
    calls::{self, requests},
    trouble::{answer, rule, stall},
};

const VOLUME: Operation = Operation::RecoverDataVolume;

/// Recovers the sample's volume within a limit, with such pauses before its questions.
async fn recover(simulator: &Simulator, pause: Duration, limit: Duration) -> Result<Value, Error> {
    let client = zstack::Client::builder(simulator.url(), calls::session()).poll_interval(pause, pause);
    calls::call(&client.timeout(limit).build().unwrap(), VOLUME).await
}

/// What becomes of a call with two seconds, when its request stands still for a minute in this phase.
async fn never_answered(phase: Phase) -> (Simulator, Result<Value, Error>) {
    let simulator = calls::simulator().await;
    rule(&simulator, VOLUME, phase, stall(), Some(1));
    let zstack = zstack::Client::builder(simulator.url(), calls::session())
        .poll_interval(Duration::from_millis(1), Duration::from_millis(5))
        .timeout(Duration::from_secs(2))
        .build()
        .unwrap();
    let call = calls::call(&zstack, VOLUME);
    let answer = tokio::time::timeout(Duration::from_secs(10), call).await.expect("the limit is shorter");
    assert_eq!(requests(&simulator, "PUT").len(), 1);
    (simulator, answer)
}

#[tokio::test]
async fn an_answer_that_never_comes_leaves_time_to_ask_for_the_job() {
    let (simulator, answer) = never_answered(Phase::BeforeAnswering).await;
    answer.unwrap();
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}

#[tokio::test]
async fn a_request_that_stands_still_is_unknown_and_named_when_the_time_is_up() {
    let (_, answer) = never_answered(Phase::BeforeExecuting).await;
    let error = answer.unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::Timeout));
    assert!(error.job_uuid().is_some());
}

#[tokio::test]
async fn what_stays_unknown_says_what_to_do() {
    let (_, answered) = never_answered(Phase::BeforeExecuting).await;
    let error = answered.unwrap_err();
    assert!(error.is_job_unknown());
    let not_known = error.to_string();
    assert!(not_known.contains("the server does not know it"), "{not_known}");
    assert!(not_known.ends_with("(it is not known whether it happened: look before sending it again)"), "{not_known}");
    let simulator = calls::simulator().await;
    for operation in [VOLUME, Operation::QueryJob] {
        rule(&simulator, operation, Phase::BeforeExecuting, answer(502, "<html>bad gateway</html>"), None);
    }
    let zstack = calls::zstack(&simulator);
    let options = CallOptions::new().timeout(Duration::from_secs(2));
    let call = zstack.recover_data_volume().uuid(sample::VOLUME).options(options).send();
    let error = call.await.unwrap_err();
    assert!(!error.is_job_unknown());
    let not_asked_for = error.to_string();
    assert!(not_asked_for.contains("; its job could not be asked for in time ("), "{not_asked_for}");
    assert!(not_asked_for.ends_with(": ask for its job before sending it again)"), "{not_asked_for}");
}

/// The pause before the first question is longer than the time that is kept: it is cut short, and the question is asked.
#[tokio::test]
async fn the_time_that_is_kept_to_ask_is_used() {
    let simulator = calls::simulator().await;
    rule(&simulator, VOLUME, Phase::BeforeAnswering, stall(), Some(1));
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(0));
    let ended = recover(&simulator, Duration::from_millis(1500), Duration::from_secs(4)).await;
    assert!(ended.is_ok(), "{ended:?} asked {}", requests(&simulator, "GET").len());
}

/// The job ends between the first question and the limit, where a whole second pause would not fit in.
#[tokio::test]
async fn a_job_is_asked_for_a_last_time_before_the_calls_limit() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Time(Duration::from_millis(1800)));
    let ended = recover(&simulator, Duration::from_millis(1500), Duration::from_millis(2900)).await;
    assert!(ended.is_ok(), "{ended:?} asked {}", requests(&simulator, "GET").len());
}

/// The request stands still for longer than the limit that the server then states.
#[tokio::test]
async fn the_servers_limit_runs_from_when_it_accepted() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| {
        settings.api_timeout = Duration::from_secs(1);
        settings.job_pace = Pace::Polls(3);
    });
    rule(&simulator, VOLUME, Phase::BeforeExecuting, Fault::Stall(Duration::from_millis(1500)), Some(1));
    let ended = calls::call(&calls::zstack(&simulator), VOLUME).await;
    assert!(ended.is_ok(), "{ended:?} asked {}", requests(&simulator, "GET").len());
}
