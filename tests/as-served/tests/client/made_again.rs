//! What is not sent again, although there are other credentials to send it with.

use std::{
    error::Error,
    future::{pending, ready},
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use generated_client::{CallOptions, ErrorKind, Outcome, cbr, http_builder, zstack};
use simulator::{Operation, Pace, Phase, PutAnswer, Simulator, sample, zstack::ErrorCode};
use wiremock::{Mock, MockServer, ResponseTemplate, matchers};

use crate::{
    calls::{self, JOBS, ZSTACK, requests},
    trouble::{answer, rule},
};

const MOMENT: Duration = Duration::from_secs(1);

type Fetched = Result<zstack::Session, Box<dyn Error + Send + Sync>>;

fn session(uuid: &str) -> Fetched {
    Ok(zstack::Session::new(uuid)?)
}

/// A provider whose sessions the server all knows.
fn valid() -> zstack::Credentials {
    zstack::Credentials::fetched(|| ready(session(sample::SESSION)))
}

/// A provider whose first session the server does not know, and whose others come from `later`.
fn expired_first<F>(later: impl Fn() -> F + Send + Sync + 'static) -> zstack::Credentials
where
    F: Future<Output = Fetched> + Send + 'static,
{
    let fetches = AtomicU32::new(0);
    zstack::Credentials::fetched(move || {
        let later = (fetches.fetch_add(1, Ordering::SeqCst) > 0).then(&later);
        async move {
            match later {
                Some(later) => later.await,
                None => session("ffffffffffffffffffffffffffffffff"),
            }
        }
    })
}

/// Refuses all requests of an operation with this answer.
fn refuse(simulator: &Simulator, operation: Operation, status: u16, body: &str) {
    rule(simulator, operation, Phase::BeforeExecuting, answer(status, body), None);
}

#[tokio::test]
async fn an_operation_that_failed_is_not_sent_again() {
    for operation in JOBS {
        for put_answer in [PutAnswer::Job, PutAnswer::AtOnce] {
            let simulator = calls::simulator().await;
            simulator.with_settings(|settings| settings.put_answer = put_answer);
            let failure = ErrorCode::new("SYS.1006", "no room");
            simulator.with_state(|state| state.zstack.failures.insert(calls::resource(operation).to_owned(), failure));
            let error = calls::call(&calls::zstack_with(&simulator, valid()), operation).await.unwrap_err();
            assert_eq!(error.outcome(), Outcome::Failed);
            assert_eq!(requests(&simulator, "PUT").len(), 1, "{operation:?} {put_answer:?}");
        }
    }
}

#[tokio::test]
async fn what_was_refused_for_another_reason_is_not_sent_again() {
    for operation in ZSTACK {
        for (status, body) in [(400, "no"), (403, "no"), (503, r#"{"error":{"code":"ID.1002"}}"#)] {
            let simulator = calls::simulator().await;
            refuse(&simulator, operation, status, body);
            let error = calls::call(&calls::zstack_with(&simulator, valid()), operation).await.unwrap_err();
            assert_eq!(error.outcome(), Outcome::Refused);
            assert_eq!(simulator.requests().len(), 1, "{operation:?} {status}");
        }
    }
}

#[tokio::test]
async fn a_job_is_not_sent_again_when_only_the_question_for_it_was_refused() {
    for body in ["", r#"{"error":{"code":"ID.1001"}}"#] {
        let simulator = calls::simulator().await;
        refuse(&simulator, Operation::QueryJob, 401, body);
        let zstack = calls::zstack_with(&simulator, valid());
        let error = calls::call(&zstack, Operation::RecoverDataVolume).await.unwrap_err();
        assert_eq!(error.outcome(), Outcome::Unknown, "{body}");
        assert_eq!(requests(&simulator, "PUT").len(), 1, "{body}");
    }
}

#[tokio::test]
async fn see_other_does_not_say_that_nothing_was_done() {
    let server = MockServer::start().await;
    let redirect = ResponseTemplate::new(303).insert_header("location", "/result");
    Mock::given(matchers::any()).respond_with(redirect).mount(&server).await;
    let cbr = cbr::Client::new(&server.uri(), cbr::Token::new(sample::TOKEN).unwrap()).unwrap();
    assert_eq!(calls::restore(&cbr).await.unwrap_err().outcome(), Outcome::Unknown);
}

#[tokio::test]
async fn a_request_that_the_http_client_does_not_take_is_not_sent() {
    let simulator = calls::simulator().await;
    let http = http_builder().https_only(true);
    let session = session(sample::SESSION).unwrap();
    let zstack = zstack::Client::builder(simulator.url(), session).http_client(http).build().unwrap();
    let call = zstack.recover_data_volume().uuid(sample::VOLUME);
    let error = call.options(CallOptions::new().timeout(MOMENT)).send().await.unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::NotSent, ErrorKind::InvalidRequest));
}

#[tokio::test]
async fn a_call_stays_refused_when_there_are_no_other_credentials() {
    for operation in ZSTACK {
        let simulator = calls::simulator().await;
        let credentials = expired_first(|| ready(Err("the account is locked".into())));
        let error = calls::call(&calls::zstack_with(&simulator, credentials), operation).await.unwrap_err();
        assert_eq!((error.outcome(), error.code()), (Outcome::Refused, Some("ID.1001")), "{operation:?}");
        assert_eq!(Error::source(&error).unwrap().to_string(), "the account is locked");
        assert!(!error.to_string().contains("locked"), "{error}");
    }
}

#[tokio::test]
async fn a_call_stays_refused_when_other_credentials_do_not_come_in_time() {
    let simulator = calls::simulator().await;
    let zstack = calls::zstack_with(&simulator, expired_first(pending));
    let call = zstack.recover_data_volume().uuid(sample::VOLUME);
    let ended = tokio::time::timeout(Duration::from_secs(10), call.options(CallOptions::new().timeout(MOMENT)).send());
    let error = ended.await.expect("the limit is shorter").unwrap_err();
    assert_eq!((error.outcome(), error.code()), (Outcome::Refused, Some("ID.1001")));
}

#[tokio::test]
async fn nothing_is_sent_when_credentials_do_not_come_in_time() {
    let simulator = calls::simulator().await;
    let zstack = calls::zstack_with(&simulator, zstack::Credentials::fetched(pending));
    let call = zstack.recover_data_volume().uuid(sample::VOLUME).options(CallOptions::new().timeout(MOMENT));
    let ended = tokio::time::timeout(Duration::from_secs(10), call.send()).await;
    let error = ended.expect("the limit is shorter").unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::NotSent, ErrorKind::Timeout));
    assert_eq!(simulator.requests(), []);
}

#[tokio::test]
async fn nothing_is_sent_when_the_time_is_up_before() {
    let simulator = calls::simulator().await;
    let call = calls::zstack(&simulator);
    let call = call.recover_data_volume().uuid(sample::VOLUME).options(CallOptions::new().timeout(Duration::ZERO));
    let error = call.send().await.unwrap_err();
    assert_eq!((error.outcome(), error.kind()), (Outcome::NotSent, ErrorKind::Timeout));
    assert_eq!(simulator.requests(), []);
}

#[tokio::test]
async fn a_call_that_is_made_again_may_be_answered_at_once() {
    let simulator = Arc::new(calls::simulator().await);
    let zstack = calls::zstack_with(&simulator, expired_first(|| ready(session(sample::SESSION))));
    let (server, told) = (Arc::clone(&simulator), AtomicU32::new(0));
    let call = zstack.recover_data_volume().uuid(sample::VOLUME).on_job(move |_| {
        if told.fetch_add(1, Ordering::SeqCst) > 0 {
            server.with_settings(|settings| settings.put_answer = PutAnswer::AtOnce);
        }
    });
    call.send().await.unwrap();
    assert_eq!(simulator.executions(sample::VOLUME), 1);
}

#[tokio::test]
async fn the_pauses_of_a_job_that_is_sent_again_begin_anew() {
    let simulator = calls::simulator().await;
    // The sum of eight pauses is a quarter of a second; that of the eight after them is a minute.
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(8));
    let zstack = calls::zstack_with(&simulator, expired_first(|| ready(session(sample::SESSION))));
    let options = CallOptions::new().poll_interval(Duration::from_millis(1), Duration::from_secs(60));
    let call = zstack.recover_data_volume().uuid(sample::VOLUME);
    call.options(options.timeout(Duration::from_secs(5))).send().await.unwrap();
}

#[tokio::test]
async fn the_time_of_a_job_that_is_sent_again_begins_anew() {
    let simulator = calls::simulator().await;
    simulator.with_settings(|settings| settings.job_pace = Pace::Polls(1));
    let slow = || async {
        tokio::time::sleep(MOMENT).await;
        session(sample::SESSION)
    };
    let zstack = calls::zstack_with(&simulator, expired_first(slow));
    let told = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&told);
    let call = zstack.recover_data_volume().uuid(sample::VOLUME);
    call.on_progress(move |progress| heard.lock().unwrap().push(progress.elapsed)).send().await.unwrap();
    assert!(told.lock().unwrap().last().is_some_and(|elapsed| *elapsed < MOMENT));
}
