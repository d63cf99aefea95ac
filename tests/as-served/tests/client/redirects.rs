//! Answers that lead elsewhere: nobody follows, and credentials stay at home.

use generated_client::{Error, ErrorKind, Outcome, zstack::operation::RecoverDataVolume};
use simulator::{Fault, FaultRule, Host, Mishap, Operation, Phase, Simulator, sample};

use crate::calls::{self, JOBS, ZSTACK, requests};

const STATUSES: [u16; 4] = [301, 302, 307, 308];

/// Whether requests fit the document is shown elsewhere, and reading it takes its time.
async fn simulator() -> Simulator {
    Simulator::builder().without_document().start().await.unwrap()
}

/// Calls an operation of either service, or asks once for a job that is there.
async fn call(simulator: &Simulator, operation: Operation) -> Result<(), Error> {
    match operation {
        Operation::RestoreBackup => calls::restore(&calls::cbr(simulator)).await.map(drop),
        Operation::QueryJob => {
            let mut job = calls::zstack(simulator).job::<RecoverDataVolume>(sample::JOB.parse().unwrap());
            job.poll().await.map(drop)
        }
        operation => calls::call(&calls::zstack(simulator), operation).await.map(drop),
    }
}

/// All five, and the question for a job.
fn all() -> impl Iterator<Item = Operation> {
    ZSTACK.into_iter().chain([Operation::RestoreBackup, Operation::QueryJob])
}

/// What has arrived under another name than the one that the client was given.
fn elsewhere(simulator: &Simulator) -> usize {
    let own = simulator.address().to_string();
    simulator.requests().iter().filter(|request| request.header("host") != Some(&own)).count()
}

#[tokio::test]
async fn a_redirect_is_not_followed_to_the_same_host_or_to_another_name_of_it() {
    for operation in all() {
        for status in STATUSES {
            for to in [Host::Same, Host::Another] {
                let simulator = simulator().await;
                let redirect = Mishap { phase: Phase::BeforeExecuting, fault: Fault::Redirect { status, to } };
                simulator.add_fault(redirect.once(operation));
                let error = call(&simulator, operation).await.unwrap_err();
                assert_eq!(error.kind(), ErrorKind::Redirect, "{operation:?} {status} {to:?}");
                assert_eq!(
                    (simulator.requests().len(), elsewhere(&simulator)),
                    (1, 0),
                    "{operation:?} {status} {to:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_redirect_to_another_server_takes_nothing_there() {
    let other = simulator().await;
    for operation in all() {
        for status in STATUSES {
            let simulator = simulator().await;
            let headers = vec![("Location".to_owned(), format!("{}/zstack/v1/api-jobs/1", other.url()))];
            let fault = Fault::Answer { status, headers, body: String::new() };
            let phase = Phase::BeforeExecuting;
            simulator.add_fault(FaultRule { operation: Some(operation), phase, fault, times: Some(1) });
            call(&simulator, operation).await.unwrap_err();
            assert_eq!(other.requests(), [], "{operation:?} {status}");
        }
    }
}

#[tokio::test]
async fn a_redirected_call_is_refused_and_a_redirected_question_says_nothing_of_its_job() {
    for operation in all() {
        for status in STATUSES {
            let simulator = simulator().await;
            let fault = Fault::Redirect { status, to: Host::Another };
            simulator.add_fault(Mishap { phase: Phase::BeforeExecuting, fault }.once(operation));
            let error = call(&simulator, operation).await.unwrap_err();
            let expected = if operation == Operation::QueryJob { Outcome::Unknown } else { Outcome::Refused };
            assert_eq!(error.outcome(), expected, "{operation:?} {status}");
            assert_eq!(simulator.execution_log(), []);
        }
    }
}

#[tokio::test]
async fn a_location_that_leads_to_another_name_of_the_host_is_not_gone_to() {
    for operation in JOBS {
        let simulator = simulator().await;
        let fault = Fault::LocationElsewhere;
        simulator.add_fault(Mishap { phase: Phase::BeforeAnswering, fault }.once(operation));
        call(&simulator, operation).await.unwrap();
        assert_eq!((requests(&simulator, "GET").len(), elsewhere(&simulator)), (2, 0), "{operation:?}");
    }
}

#[tokio::test]
async fn a_location_at_another_server_takes_nothing_there() {
    for operation in JOBS {
        let (simulator, other) = (simulator().await, simulator().await);
        simulator.with_settings(|settings| settings.location_base = format!("{}/zstack", other.url()));
        call(&simulator, operation).await.unwrap();
        assert_eq!((requests(&simulator, "GET").len(), other.requests().len()), (2, 0), "{operation:?}");
    }
}
