//! Requests of jobs whose answers were lost: what became of them is asked for, and nothing is sent twice.

use std::time::Duration;

use generated_client::{CallOptions, ErrorKind, Outcome, zstack};
use simulator::{Fault, FaultRule, Operation, Pace, Phase, Simulator, sample, zstack::error_code::ErrorCode};

use crate::{
    calls::{self, JOBS, requests},
    relay::{self, Break},
};

/// Answers that say nothing of the operation.
const WORDLESS: [(u16, &str); 4] =
    [(500, ""), (502, "<html>bad gateway</html>"), (503, "no server is available"), (504, "")];

fn answer(simulator: &Simulator, operation: Operation, phase: Phase, (status, body): (u16, &str)) {
    let fault = Fault::Answer { status, headers: Vec::new(), body: body.to_owned() };
    simulator.add_fault(FaultRule { operation: Some(operation), phase, fault, times: Some(1) });
}

/// This answer each time, with nothing carried out.
fn answer_always(simulator: &Simulator, operation: Operation, (status, body): (u16, &str)) {
    let fault = Fault::Answer { status, headers: Vec::new(), body: body.to_owned() };
    let phase = Phase::BeforeExecuting;
    simulator.add_fault(FaultRule { operation: Some(operation), phase, fault, times: None });
}

#[tokio::test]
async fn a_job_that_the_server_has_is_followed_to_its_end() {
    for operation in JOBS {
        for words in WORDLESS {
            let simulator = calls::simulator().await;
            answer(&simulator, operation, Phase::BeforeAnswering, words);
            let answer = calls::call(&calls::zstack(&simulator), operation).await.unwrap();
            assert_eq!(answer["inventory"]["uuid"], calls::resource(operation));
            assert_eq!(requests(&simulator, "PUT").len(), 1);
            assert_eq!(simulator.executions(calls::resource(operation)), 1);
        }
    }
}

#[tokio::test]
async fn a_job_that_the_server_does_not_have_stays_unknown_and_is_not_sent_again() {
    for words in WORDLESS {
        let simulator = calls::simulator().await;
        answer(&simulator, Operation::RecoverDataVolume, Phase::BeforeExecuting, words);
        let error = calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await.unwrap_err();
        assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::Status), "{words:?}");
        assert_eq!(error.status().unwrap().as_u16(), words.0);
        assert!(error.job_uuid().is_some());
        assert_eq!((requests(&simulator, "PUT").len(), requests(&simulator, "GET").len()), (1, 2));
        assert_eq!(simulator.executions(sample::VOLUME), 0);
    }
}

#[tokio::test]
async fn a_connection_that_broke_after_the_request_is_settled_by_asking() {
    let simulator = calls::simulator().await;
    let relay = relay::start(simulator.address(), Break::BeforeTheAnswer).await;
    let zstack = zstack::Client::new(&relay, zstack::Session::new(sample::SESSION).unwrap()).unwrap();
    let answer = zstack.recover_data_volume().uuid(sample::VOLUME).send().await.unwrap();
    assert_eq!(answer.inventory.as_ref().unwrap().status.as_deref(), Some("Ready"));
    assert_eq!((requests(&simulator, "PUT").len(), simulator.executions(sample::VOLUME)), (1, 1));
}

#[tokio::test]
async fn a_connection_that_broke_within_the_answer_is_settled_by_asking() {
    let simulator = calls::simulator().await;
    let relay = relay::start(simulator.address(), Break::WithinTheAnswer).await;
    let zstack = zstack::Client::new(&relay, zstack::Session::new(sample::SESSION).unwrap()).unwrap();
    zstack.recover_data_volume().uuid(sample::VOLUME).send().await.unwrap();
    assert_eq!((requests(&simulator, "PUT").len(), simulator.executions(sample::VOLUME)), (1, 1));
}

#[tokio::test]
async fn no_connection_means_that_nothing_was_sent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let zstack = zstack::Client::new(&closed, zstack::Session::new(sample::SESSION).unwrap()).unwrap();
    let error = zstack.recover_data_volume().uuid(sample::VOLUME).send().await.unwrap_err();
    assert_eq!((error.outcome(), error.kind(), error.job_uuid()), (Outcome::NotSent, ErrorKind::Connect, None));
}

#[tokio::test]
async fn a_failure_that_is_found_by_asking_is_told_with_its_code() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(0));
    answer(&simulator, Operation::RecoverDataVolume, Phase::BeforeAnswering, WORDLESS[1]);
    let failure = ErrorCode::new("SYS.1006", "no room");
    simulator.with_state(|state| state.zstack.failures.insert(sample::VOLUME.to_owned(), failure));
    let error = calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await.unwrap_err();
    assert_eq!((error.outcome(), error.code()), (Outcome::Failed, Some("SYS.1006")));
    assert!(error.job_uuid().is_some());
}

#[tokio::test]
async fn a_result_that_is_found_by_asking_is_not_asked_for_again() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(0));
    answer(&simulator, Operation::RecoverDataVolume, Phase::BeforeAnswering, WORDLESS[1]);
    calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await.unwrap();
    assert_eq!(requests(&simulator, "GET").len(), 1);
}

#[tokio::test]
async fn asking_goes_on_while_the_questions_are_not_answered() {
    let simulator = calls::simulator().await;
    answer(&simulator, Operation::RecoverDataVolume, Phase::BeforeAnswering, WORDLESS[1]);
    for _ in 0..3 {
        answer(&simulator, Operation::QueryJob, Phase::BeforeExecuting, WORDLESS[1]);
    }
    calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await.unwrap();
    assert_eq!((requests(&simulator, "PUT").len(), simulator.executions(sample::VOLUME)), (1, 1));
}

#[tokio::test]
async fn a_connection_that_broke_within_a_question_is_asked_over_again() {
    let simulator = calls::simulator().await;
    let mut job = calls::zstack(&simulator).recover_data_volume().uuid(sample::VOLUME).submit().await.unwrap();
    job.poll().await.unwrap();
    for at in [Break::BeforeTheAnswer, Break::WithinTheAnswer] {
        let relay = relay::start(simulator.address(), at).await;
        let zstack = zstack::Client::new(&relay, zstack::Session::new(sample::SESSION).unwrap()).unwrap();
        zstack.job::<zstack::operation::RecoverDataVolume>(job.uuid().clone()).wait().await.unwrap();
    }
}

#[tokio::test]
async fn asking_ends_with_the_time_limit() {
    let simulator = calls::simulator().await;
    answer(&simulator, Operation::RecoverDataVolume, Phase::BeforeAnswering, WORDLESS[1]);
    answer_always(&simulator, Operation::QueryJob, WORDLESS[1]);
    let zstack = calls::zstack(&simulator);
    let minute = Duration::from_secs(60);
    let options = CallOptions::new().poll_interval(minute, minute).timeout(Duration::from_secs(2));
    let call = zstack.recover_data_volume().uuid(sample::VOLUME).options(options).send();
    let error = tokio::time::timeout(Duration::from_secs(10), call).await.expect("the limit is shorter").unwrap_err();
    assert_eq!((error.outcome(), error.status().unwrap().as_u16()), (Outcome::Unknown, 502));
}

/// What becomes of a call with two seconds, when its request stands still for a minute in this phase.
async fn never_answered(phase: Phase) -> (Simulator, Result<serde_json::Value, generated_client::Error>) {
    let simulator = calls::simulator().await;
    let fault = Fault::Stall(Duration::from_secs(60));
    simulator.add_fault(FaultRule { operation: Some(Operation::RecoverDataVolume), phase, fault, times: Some(1) });
    let session = zstack::Session::new(sample::SESSION).unwrap();
    let zstack = zstack::Client::builder(simulator.url(), session)
        .poll_interval(Duration::from_millis(1), Duration::from_millis(5))
        .timeout(Duration::from_secs(2))
        .build()
        .unwrap();
    let call = calls::call(&zstack, Operation::RecoverDataVolume);
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
    let (_, answer) = never_answered(Phase::BeforeExecuting).await;
    let error = answer.unwrap_err();
    assert!(error.is_job_unknown());
    let not_known = error.to_string();
    assert!(not_known.contains("the server does not know it"), "{not_known}");
    assert!(not_known.ends_with("(it is not known whether it happened: look before sending it again)"), "{not_known}");
    let simulator = calls::simulator().await;
    answer_always(&simulator, Operation::RecoverDataVolume, WORDLESS[1]);
    answer_always(&simulator, Operation::QueryJob, WORDLESS[1]);
    let zstack = calls::zstack(&simulator);
    let options = CallOptions::new().timeout(Duration::from_secs(2));
    let call = zstack.recover_data_volume().uuid(sample::VOLUME).options(options).send();
    let error = call.await.unwrap_err();
    assert!(!error.is_job_unknown());
    let not_asked_for = error.to_string();
    assert!(not_asked_for.contains("; its job could not be asked for in time ("), "{not_asked_for}");
    assert!(not_asked_for.ends_with(": ask for its job before sending it again)"), "{not_asked_for}");
}

#[tokio::test]
async fn only_a_400_says_that_the_job_is_there_already() {
    let simulator = calls::simulator().await;
    answer(&simulator, Operation::RecoverDataVolume, Phase::BeforeExecuting, (403, "Duplicate job uuid"));
    let error = calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Refused);
}
