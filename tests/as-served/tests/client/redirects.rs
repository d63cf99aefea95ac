//! Answers that lead elsewhere: nobody follows, and credentials stay at home.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use generated_client::{Error, ErrorKind, Outcome, cbr, http_builder, reqwest, zstack::operation::RecoverDataVolume};
use simulator::{Fault, Host, Mishap, Operation, Phase, Simulator, sample};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};

use crate::{
    calls::{self, JOBS, ZSTACK, requests},
    trouble::{nowhere, rule},
};

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
            rule(&simulator, operation, Phase::BeforeExecuting, fault, Some(1));
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

/// A server that answers everything with a redirect to where nobody listens: its address, and how many POSTs it has got.
async fn leading_nowhere() -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let posts = Arc::new(AtomicUsize::new(0));
    let counter = Arc::clone(&posts);
    let elsewhere = format!("Location: http://{}/result", nowhere());
    let answer = format!("HTTP/1.1 303 See Other\r\n{elsewhere}\r\nContent-Length: 0\r\n\r\n");
    tokio::spawn(async move {
        while let Ok((mut connection, _)) = listener.accept().await {
            let (counter, answer) = (Arc::clone(&counter), answer.clone());
            tokio::spawn(async move {
                let mut received = vec![0; 8192];
                while let Ok(1..) = connection.read(&mut received).await {
                    if received.starts_with(b"POST") {
                        counter.fetch_add(1, SeqCst);
                    }
                    let _ = connection.write_all(answer.as_bytes()).await;
                }
            });
        }
    });
    (url, posts)
}

/// The client is told to follow redirects, and the one that it follows can't be connected to: the restore was sent all the
/// same.
#[tokio::test]
async fn followed_redirect_to_nowhere_is_not_sent_again() {
    let (url, posts) = leading_nowhere().await;
    let http = http_builder().redirect(reqwest::redirect::Policy::limited(1));
    let cbr = cbr::Client::builder(&url, cbr::Token::new(sample::TOKEN).unwrap()).http_client(http).build().unwrap();
    let error = calls::restore(&cbr).await.unwrap_err();
    assert_eq!((error.outcome(), posts.load(SeqCst)), (Outcome::Unknown, 1), "{error}");
}
