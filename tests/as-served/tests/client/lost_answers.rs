//! Requests of jobs whose answers were lost: what became of them is asked for, and nothing is sent twice.

use std::time::Duration;

use generated_client::{CallOptions, ErrorKind, Outcome, zstack};
use simulator::{Fault, Operation, Pace, Phase, sample, zstack::ErrorCode};

use crate::{
    calls::{self, JOBS, requests},
    relay::{self, Break},
    trouble::{answer, nowhere, rule},
};

/// Answers that say nothing of the operation.
const WORDLESS: [(u16, &str); 4] =
    [(500, ""), (502, "<html>bad gateway</html>"), (503, "no server is available"), (504, "")];

/// An answer of a gateway, which says nothing of the operation.
fn gateway() -> Fault {
    answer(502, "<html>bad gateway</html>")
}

#[tokio::test]
async fn a_job_that_the_server_has_is_followed_to_its_end() {
    for operation in JOBS {
        for (status, body) in WORDLESS {
            let simulator = calls::simulator().await;
            rule(&simulator, operation, Phase::BeforeAnswering, answer(status, body), Some(1));
            let answer = calls::call(&calls::zstack(&simulator), operation).await.unwrap();
            assert_eq!(answer["inventory"]["uuid"], calls::resource(operation));
            assert_eq!(requests(&simulator, "PUT").len(), 1);
            assert_eq!(simulator.executions(calls::resource(operation)), 1);
        }
    }
}

#[tokio::test]
async fn a_job_that_the_server_does_not_have_stays_unknown_and_is_not_sent_again() {
    for (status, body) in WORDLESS {
        let simulator = calls::simulator().await;
        rule(&simulator, Operation::RecoverDataVolume, Phase::BeforeExecuting, answer(status, body), Some(1));
        let error = calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await.unwrap_err();
        assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::Status), "{status} {body}");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert!(error.job_uuid().is_some());
        assert_eq!((requests(&simulator, "PUT").len(), requests(&simulator, "GET").len()), (1, 2));
        assert_eq!(simulator.executions(sample::VOLUME), 0);
    }
}

#[tokio::test]
async fn a_connection_that_broke_after_the_request_is_settled_by_asking() {
    let simulator = calls::simulator().await;
    let relay = relay::start(simulator.address(), Break::BeforeTheAnswer).await;
    let zstack = zstack::Client::new(&relay, calls::session()).unwrap();
    let answer = zstack.recover_data_volume().uuid(sample::VOLUME).send().await.unwrap();
    assert_eq!(answer.inventory.as_ref().unwrap().status.as_deref(), Some("Ready"));
    assert_eq!((requests(&simulator, "PUT").len(), simulator.executions(sample::VOLUME)), (1, 1));
}

#[tokio::test]
async fn a_connection_that_broke_within_the_answer_is_settled_by_asking() {
    let simulator = calls::simulator().await;
    let relay = relay::start(simulator.address(), Break::WithinTheAnswer).await;
    let zstack = zstack::Client::new(&relay, calls::session()).unwrap();
    zstack.recover_data_volume().uuid(sample::VOLUME).send().await.unwrap();
    assert_eq!((requests(&simulator, "PUT").len(), simulator.executions(sample::VOLUME)), (1, 1));
}

#[tokio::test]
async fn no_connection_means_that_nothing_was_sent() {
    let zstack = zstack::Client::new(&format!("http://{}", nowhere()), calls::session()).unwrap();
    let error = zstack.recover_data_volume().uuid(sample::VOLUME).send().await.unwrap_err();
    assert_eq!((error.outcome(), error.kind(), error.job_uuid()), (Outcome::NotSent, ErrorKind::Connect, None));
}

/// A failure of ZStack is a 503 with an error in it too, but this one's code is none of ZStack's.
#[tokio::test]
async fn a_503_of_a_gateway_with_a_code_is_not_failed() {
    let simulator = calls::simulator().await;
    let unavailable = answer(503, r#"{"error":{"code":"ServiceUnavailable","message":"try later"}}"#);
    rule(&simulator, Operation::RecoverDataVolume, Phase::BeforeAnswering, unavailable, Some(1));
    let ended = calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await;
    assert!(ended.is_ok(), "{ended:?} executions {}", simulator.executions(sample::VOLUME));
}

#[tokio::test]
async fn a_failure_that_is_found_by_asking_is_told_with_its_code() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(0));
    rule(&simulator, Operation::RecoverDataVolume, Phase::BeforeAnswering, gateway(), Some(1));
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
    rule(&simulator, Operation::RecoverDataVolume, Phase::BeforeAnswering, gateway(), Some(1));
    calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await.unwrap();
    assert_eq!(requests(&simulator, "GET").len(), 1);
}

#[tokio::test]
async fn asking_goes_on_while_the_questions_are_not_answered() {
    let simulator = calls::simulator().await;
    rule(&simulator, Operation::RecoverDataVolume, Phase::BeforeAnswering, gateway(), Some(1));
    for _ in 0..3 {
        rule(&simulator, Operation::QueryJob, Phase::BeforeExecuting, gateway(), Some(1));
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
        let zstack = zstack::Client::new(&relay, calls::session()).unwrap();
        zstack.job::<zstack::operation::RecoverDataVolume>(job.uuid().clone()).wait().await.unwrap();
    }
}

#[tokio::test]
async fn asking_ends_with_the_time_limit() {
    let simulator = calls::simulator().await;
    rule(&simulator, Operation::RecoverDataVolume, Phase::BeforeAnswering, gateway(), Some(1));
    rule(&simulator, Operation::QueryJob, Phase::BeforeExecuting, gateway(), None);
    let zstack = calls::zstack(&simulator);
    let minute = Duration::from_secs(60);
    let options = CallOptions::new().poll_interval(minute, minute).timeout(Duration::from_secs(2));
    let call = zstack.recover_data_volume().uuid(sample::VOLUME).options(options).send();
    let error = tokio::time::timeout(Duration::from_secs(10), call).await.expect("the limit is shorter").unwrap_err();
    assert_eq!((error.outcome(), error.status().unwrap().as_u16()), (Outcome::Unknown, 502));
}

#[tokio::test]
async fn only_a_400_says_that_the_job_is_there_already() {
    let simulator = calls::simulator().await;
    let refusal = answer(403, "Duplicate job uuid");
    rule(&simulator, Operation::RecoverDataVolume, Phase::BeforeExecuting, refusal, Some(1));
    let error = calls::call(&calls::zstack(&simulator), Operation::RecoverDataVolume).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Refused);
}
