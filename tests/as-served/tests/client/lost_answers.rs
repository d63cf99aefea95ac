//! Requests of jobs whose answers were lost: what became of them is asked for, and nothing is sent twice.

use generated_client::{ErrorKind, Outcome, zstack};
use simulator::{Fault, FaultRule, Operation, Phase, Simulator, sample};

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
