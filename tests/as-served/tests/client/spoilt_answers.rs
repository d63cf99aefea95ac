//! Answers to questions for a job, and answers at once, that can't be read: the job is asked for again, and not for ever.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    time::Duration,
};

use generated_client::{CallOptions, Error, ErrorKind, Outcome};
use simulator::{Fault, Garbled, Host, Operation, Pace, Phase, Simulator, sample};
use tokio::time::timeout;

use crate::{
    calls::{self, requests},
    trouble::{answer, rule},
};

const VOLUME: Operation = Operation::RecoverDataVolume;
const QUESTION: Operation = Operation::QueryJob;

fn html() -> Fault {
    answer(200, "<html>")
}

fn redirect() -> Fault {
    Fault::Redirect { status: 302, to: Host::Another }
}

/// Answers that say nothing that can be read.
fn spoilt() -> [(Fault, ErrorKind); 3] {
    let endless = Fault::Body(Garbled::Endless);
    [(html(), ErrorKind::Decode), (redirect(), ErrorKind::Redirect), (endless, ErrorKind::TooLarge)]
}

/// Recovers the sample's volume; answers may have 64 KiB.
async fn recover(simulator: &Simulator) -> Result<(), Error> {
    let options = CallOptions::new().max_answer_bytes(64 << 10);
    let zstack = calls::zstack(simulator);
    zstack.recover_data_volume().uuid(sample::VOLUME).options(options).send().await.map(drop)
}

#[tokio::test]
async fn a_result_that_was_spoilt_is_asked_for_again() {
    for (fault, kind) in spoilt() {
        let simulator = calls::simulator().await;
        rule(&simulator, QUESTION, Phase::BeforeAnswering, fault, Some(5));
        recover(&simulator).await.unwrap();
        assert!(requests(&simulator, "GET").len() >= 6, "{kind:?}");
    }
}

#[tokio::test]
async fn a_result_that_is_spoilt_each_time_is_unknown_and_named() {
    for (fault, kind) in spoilt() {
        let simulator = calls::simulator().await;
        rule(&simulator, QUESTION, Phase::BeforeAnswering, fault, None);
        let error = recover(&simulator).await.unwrap_err();
        assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, kind));
        assert!(error.job_uuid().is_some());
        assert_eq!(requests(&simulator, "GET").len(), 6);
    }
}

/// Five in a row are too many: here are fourteen, each another one than the one before.
#[tokio::test]
async fn spoilt_answers_that_are_not_in_a_row_do_not_end_it() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(0));
    for _ in 0..7 {
        rule(&simulator, QUESTION, Phase::BeforeExecuting, html(), Some(1));
        rule(&simulator, QUESTION, Phase::BeforeExecuting, answer(502, ""), Some(1));
    }
    let ended = recover(&simulator).await;
    assert!(ended.is_ok(), "{ended:?}");
}

#[tokio::test]
async fn an_answer_that_can_be_read_lets_the_count_of_spoilt_ones_begin_anew() {
    let simulator = Arc::new(calls::simulator().await);
    let spoil = |simulator: &Simulator| rule(simulator, QUESTION, Phase::BeforeExecuting, html(), Some(5));
    spoil(&simulator);
    let (server, is_first) = (Arc::clone(&simulator), AtomicBool::new(true));
    let zstack = calls::zstack(&simulator);
    let call = zstack.recover_data_volume().uuid(sample::VOLUME).on_progress(move |_| {
        if is_first.swap(false, SeqCst) {
            spoil(&server);
        }
    });
    call.send().await.unwrap();
    assert!(requests(&simulator, "GET").len() > 10);
}

#[tokio::test]
async fn one_404_of_a_gateway_does_not_lose_a_job_that_was_accepted() {
    let simulator = calls::simulator().await;
    rule(&simulator, QUESTION, Phase::BeforeExecuting, answer(404, "<html>nginx</html>"), Some(1));
    let ended = recover(&simulator).await;
    assert!(ended.is_ok(), "{ended:?}");
}

#[tokio::test]
async fn one_403_of_a_gateway_does_not_lose_a_job_that_was_accepted() {
    let simulator = calls::simulator().await;
    rule(&simulator, QUESTION, Phase::BeforeExecuting, answer(403, "<html>nginx</html>"), Some(1));
    let ended = recover(&simulator).await;
    assert!(ended.is_ok(), "{ended:?}");
}

#[tokio::test]
async fn a_lost_answer_is_settled_by_asking_also_where_questions_are_spoilt() {
    for (fault, kind) in spoilt() {
        let simulator = calls::simulator().await;
        rule(&simulator, QUESTION, Phase::BeforeAnswering, fault, Some(3));
        rule(&simulator, VOLUME, Phase::BeforeAnswering, answer(502, ""), Some(1));
        recover(&simulator).await.unwrap();
        assert_eq!(simulator.executions(sample::VOLUME), 1, "{kind:?}");
    }
}

#[tokio::test]
async fn a_lost_answer_whose_questions_are_spoilt_each_time_is_unknown_and_named() {
    let simulator = calls::simulator().await;
    rule(&simulator, VOLUME, Phase::BeforeAnswering, answer(502, ""), Some(1));
    rule(&simulator, QUESTION, Phase::BeforeAnswering, redirect(), None);
    let call = timeout(Duration::from_secs(5), recover(&simulator)).await.expect("it does not go on");
    let error = call.unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::Redirect));
    assert!(error.job_uuid().is_some());
    assert_eq!(requests(&simulator, "GET").len(), 6);
}

#[tokio::test]
async fn an_answer_at_once_that_was_spoilt_is_asked_for() {
    let simulator = calls::simulator().await;
    rule(&simulator, VOLUME, Phase::BeforeAnswering, html(), Some(1));
    recover(&simulator).await.unwrap();
    assert_eq!((requests(&simulator, "PUT").len(), simulator.executions(sample::VOLUME)), (1, 1));
}

#[tokio::test]
async fn an_answer_at_once_that_was_spoilt_is_what_is_told_of_a_job_that_the_server_does_not_know() {
    let simulator = calls::simulator().await;
    rule(&simulator, VOLUME, Phase::BeforeExecuting, html(), Some(1));
    let error = recover(&simulator).await.unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::Unknown, ErrorKind::Decode));
    assert!(error.job_uuid().is_some());
}

#[tokio::test]
async fn an_answer_at_once_that_was_spoilt_is_told_when_its_job_does_not_end() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(1_000_000));
    rule(&simulator, VOLUME, Phase::BeforeAnswering, html(), Some(1));
    let options = CallOptions::new().timeout(Duration::from_millis(700));
    let zstack = calls::zstack(&simulator);
    let error = zstack.recover_data_volume().uuid(sample::VOLUME).options(options).send().await.unwrap_err();
    assert!(error.to_string().contains("<html>"), "{error}");
}
