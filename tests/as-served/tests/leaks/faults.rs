//! Every fault of the stand-in server's catalogue, on every operation and on every question for a job: no error, and
//! nothing that is written meanwhile, prints a secret.

use std::time::Duration;

use generated_client::{CallOptions, Error, Outcome};
use simulator::{
    FailureStatus, FaultRule, Mishap, Operation, Simulator, sample,
    zstack::{ErrorCode, Session},
};
use tokio::task::JoinSet;

use crate::{
    calls::{self, Clients, JOBS, OPERATIONS, UUID},
    capture,
    encodings::ENCODINGS,
    prints::of_error,
    secrets::{JOB, PASSWORD, SESSION, Secrets, TOKEN},
};

/// Longer than a call may take.
const STALL: Duration = Duration::from_millis(600);
const LIMIT: Duration = Duration::from_millis(300);

/// How many calls are under way at once.
const AT_ONCE: usize = 60;

/// A stand-in server that knows the secrets of the tests as its own.
async fn simulator() -> Simulator {
    let simulator = Simulator::builder().without_document().start().await.unwrap();
    simulator.with_state(|state| {
        state.zstack.sessions.insert(SESSION.to_owned(), Session::default());
        let token = state.cbr.tokens[sample::TOKEN].clone();
        state.cbr.tokens.insert(TOKEN.to_owned(), token);
    });
    simulator
}

/// A fault that happens whenever it can, to an operation or to the question for its job.
#[derive(Debug, Clone)]
struct Case {
    operation: &'static str,
    meets: Operation,
    mishap: Mishap,
}

fn cases() -> Vec<Case> {
    let named = |name: &str| Operation::ALL.iter().copied().find(|operation| operation.name() == name).unwrap();
    let calls = OPERATIONS.map(|operation| (operation, named(operation)));
    let questions = JOBS.map(|operation| (operation, Operation::QueryJob));
    let mut cases = Vec::new();
    for (operation, meets) in calls.into_iter().chain(questions) {
        let mishaps = Mishap::all(STALL).into_iter().filter(|mishap| mishap.concerns(meets));
        cases.extend(mishaps.map(|mishap| Case { operation, meets, mishap }));
    }
    cases
}

async fn call(case: &Case) -> Result<(), Error> {
    let simulator = simulator().await;
    let Mishap { phase, fault } = case.mishap.clone();
    simulator.add_fault(FaultRule::always(case.meets, phase, fault));
    let clients = Clients::new(simulator.url(), calls::session());
    calls::call(&clients, case.operation, CallOptions::new().timeout(LIMIT)).await
}

#[tokio::test]
async fn no_fault_prints_a_secret() {
    let _capture = capture::begin();
    let secrets = Secrets::known();
    let mut failed = 0;
    for some in cases().chunks(AT_ONCE) {
        let mut calls = JoinSet::new();
        for case in some.iter().cloned() {
            calls.spawn(async move { (call(&case).await, case) });
        }
        for (answer, case) in calls.join_all().await {
            let Err(error) = answer else { continue };
            failed += 1;
            assert_eq!(secrets.found_in(&of_error(&error)), [""; 0], "{case:?}");
        }
        let written = capture::taken();
        assert!(written.iter().any(|print| print.channel == "span"));
        assert_eq!(secrets.found_in(&written), [""; 0]);
    }
    assert!(failed > 200, "{failed}");
}

#[tokio::test]
async fn an_operation_that_failed_prints_no_secret_that_the_server_repeats() {
    let _capture = capture::begin();
    for (encoding, encode) in ENCODINGS {
        for status in [FailureStatus::ServiceUnavailable, FailureStatus::Ok] {
            let simulator = simulator().await;
            simulator.with_settings(|settings| settings.failure_status = status);
            let said = encode(&format!("OAuth {SESSION} for {JOB}, root:{PASSWORD}@10.0.0.1"));
            for resource in [UUID.to_owned(), calls::image_store()] {
                let failure = ErrorCode::new("SYS.1006", said.clone());
                simulator.with_state(|state| state.zstack.failures.insert(resource, failure));
            }
            let clients = Clients::new(simulator.url(), calls::session());
            for operation in &OPERATIONS[..4] {
                let mut secrets = Secrets::known();
                // What a call did not send, it does not know.
                secrets.without(if JOBS.contains(operation) { "password" } else { "job" });
                let error = calls::call(&clients, operation, CallOptions::new()).await.unwrap_err();
                assert_eq!(error.outcome(), Outcome::Failed, "{error}");
                assert_eq!(secrets.found_in(&of_error(&error)), [""; 0], "{operation} {encoding} {status:?}");
            }
        }
    }
    assert_eq!(Secrets::known().found_in(&capture::taken()), [""; 0]);
}

#[tokio::test]
async fn a_connection_that_can_not_be_made_prints_no_secret() {
    let _capture = capture::begin();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let closed = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for credentials in [calls::session().into(), generated_client::zstack::Credentials::from(calls::access_key())] {
        let clients = Clients::new(&closed, credentials);
        for operation in OPERATIONS {
            for options in [CallOptions::new(), CallOptions::new().timeout(Duration::ZERO)] {
                let error = calls::call(&clients, operation, options).await.unwrap_err();
                assert_eq!(error.outcome(), Outcome::NotSent, "{error}");
                assert_eq!(Secrets::known().found_in(&of_error(&error)), [""; 0], "{operation}");
            }
        }
    }
    assert_eq!(Secrets::known().found_in(&capture::taken()), [""; 0]);
}
