//! What the answer to a request that was sent again says of the first one, which the server has carried out after all.

use std::future::ready;

use generated_client::{Error, Outcome, zstack};
use serde_json::Value;
use simulator::{Fault, Operation, Pace, Phase, Simulator, sample};

use crate::{
    calls::{self, JOBS, job_uuids},
    sent_again::asking_slowly,
    trouble::{answer, midway, rule},
};

/// Calls an operation whose first answer is lost, and whose job the server does not know when it is asked for. The second
/// request meets this fault.
async fn second_refused(
    operation: Operation,
    credentials: impl Into<zstack::Credentials>,
    fault: Fault,
) -> (Simulator, Result<Value, Error>) {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(0));
    rule(&simulator, operation, Phase::BeforeAnswering, answer(502, ""), Some(1));
    rule(&simulator, Operation::QueryJob, Phase::BeforeExecuting, answer(404, ""), Some(2));
    let zstack = asking_slowly(&simulator, credentials);
    let refuse = || rule(&simulator, operation, Phase::BeforeExecuting, fault, Some(1));
    let ended = midway(&simulator, ("PUT", 1), refuse, calls::call(&zstack, operation)).await;
    (simulator, ended)
}

/// A provider of sessions, by which a call could be made again.
fn renewable() -> zstack::Credentials {
    zstack::Credentials::fetched(|| ready(Ok(calls::session())))
}

/// ZStack's answer with a failure of this code.
fn failure(status: u16, code: &str) -> Fault {
    answer(status, &format!(r#"{{"error":{{"code":"{code}"}}}}"#))
}

#[tokio::test]
async fn a_second_request_refused_for_its_session_is_not_made_again_under_another_name() {
    let (simulator, ended) = second_refused(Operation::RecoverDataVolume, renewable(), failure(503, "ID.1001")).await;
    let uuids = job_uuids(&simulator);
    assert_eq!((simulator.executions(sample::VOLUME), uuids.len()), (1, 2), "{ended:?} {uuids:?}");
}

#[tokio::test]
async fn a_backup_whose_second_request_is_refused_for_its_session_is_carried_out_once() {
    let (simulator, ended) = second_refused(JOBS[0], renewable(), failure(503, "ID.1001")).await;
    assert_eq!(simulator.executions(calls::resource(JOBS[0])), 1, "{ended:?} {:?}", job_uuids(&simulator));
}

#[tokio::test]
async fn a_second_request_that_is_refused_in_a_200_is_not_made_again_under_another_name() {
    let (simulator, ended) = second_refused(JOBS[0], renewable(), failure(200, "ID.1001")).await;
    assert_eq!(simulator.executions(calls::resource(JOBS[0])), 1, "{ended:?} {:?}", job_uuids(&simulator));
}

#[tokio::test]
async fn a_second_request_that_is_refused_for_its_account_is_unknown() {
    let (simulator, ended) =
        second_refused(Operation::RecoverDataVolume, calls::session(), failure(503, "ID.1002")).await;
    assert_eq!(
        (ended.unwrap_err().outcome(), simulator.executions(sample::VOLUME), job_uuids(&simulator).len()),
        (Outcome::Unknown, 1, 2)
    );
}

#[tokio::test]
async fn a_second_request_that_fails_is_unknown() {
    let (simulator, ended) =
        second_refused(Operation::RecoverDataVolume, calls::session(), failure(503, "SYS.1006")).await;
    assert_eq!(
        (ended.unwrap_err().outcome(), simulator.executions(sample::VOLUME), job_uuids(&simulator).len()),
        (Outcome::Unknown, 1, 2)
    );
}
