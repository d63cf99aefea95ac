//! The search finds what is planted: in every channel, and in every form.

use generated_client::zstack;

use crate::{
    calls::{self, Clients},
    capture,
    encodings::ENCODINGS,
    prints::{Print, of_debug, of_error, of_value},
    secrets::{JOB, PASSWORD, SESSION, Secrets},
    server::{Answer, Server},
};

#[test]
fn a_secret_is_found_in_every_form() {
    let secrets = Secrets::known();
    for (form, text) in secrets.forms() {
        let found = secrets.found_in(&[Print::new("planted", format!("before {text} behind"))]);
        assert!(!found.is_empty(), "{form}");
    }
    for (encoding, encode) in ENCODINGS {
        for before in ["", "a", "ab", "Authorization: OAuth "] {
            let text = encode(&format!("{before}{SESSION}\r\n"));
            assert!(!secrets.found_in(&[Print::new("planted", &text)]).is_empty(), "{encoding}: {text}");
        }
    }
    assert_eq!(secrets.found_in(&[Print::new("planted", "nothing of it")]), [""; 0]);
}

/// In which channels something was found.
fn channels(prints: &[Print]) -> Vec<String> {
    let mut channels: Vec<String> = prints
        .iter()
        .filter(|print| !Secrets::known().found_in(std::slice::from_ref(*print)).is_empty())
        .map(|print| print.channel.clone())
        .collect();
    channels.sort();
    channels.dedup();
    channels
}

#[test]
fn a_secret_is_found_in_what_a_value_prints() {
    let channels = channels(&[of_value("error", SESSION), of_debug("client", SESSION)].concat());
    assert_eq!(channels, ["client {:#?}", "client {:?}", "error {:#?}", "error {:#}", "error {:?}", "error {}"]);
}

#[test]
fn a_secret_is_found_in_spans_events_records_and_panics() {
    let _capture = capture::begin();
    let span = tracing::info_span!("planted", session = SESSION, later = tracing::field::Empty);
    span.record("later", SESSION);
    tracing::trace!("{SESSION}");
    log::trace!("{SESSION}");
    std::panic::catch_unwind(|| panic!("{SESSION}")).unwrap_err();
    assert_eq!(channels(&capture::taken()), ["event", "log", "panic", "span", "span's values"]);
}

/// What a call prints whose session is not the one that the search knows, so that nothing hides that one.
async fn unhidden(body: String) -> Vec<Print> {
    let server = Server::start(move |request| {
        let known = request.method() != "GET" || request.head.contains("image-store");
        Answer(if known { 500 } else { 404 }, String::new(), body.clone())
    });
    let server = server.await;
    let clients = Clients::new(&server.url, zstack::Session::new("another").unwrap());
    let error = clients.zstack.recover_data_volume().uuid(calls::UUID).job_uuid(calls::job()).send().await.unwrap_err();
    of_error(&error)
}

#[tokio::test]
async fn a_secret_is_found_in_every_text_of_an_error() {
    let text = channels(&unhidden(SESSION.to_owned()).await);
    assert_eq!(text, ["error {:#?}", "error {:#}", "error {:?}", "error {}"]);
    let said = serde_json::json!({"error": {"code": SESSION, "details": PASSWORD}, "request_id": SESSION});
    let said = channels(&unhidden(said.to_string()).await);
    for channel in ["code {:?}", "request id {:?}", "server error {}", "server error {:?}", "server error's text"] {
        assert!(said.iter().any(|found| found == channel), "{channel} is not among {said:?}");
    }
}

#[tokio::test]
async fn a_secret_is_found_in_what_led_to_an_error() {
    let credentials = zstack::Credentials::fetched(|| std::future::ready(Err(SESSION.into())));
    let clients = Clients::new("http://127.0.0.1:9", credentials);
    let error = clients.zstack.recover_data_volume().uuid(calls::UUID).send().await.unwrap_err();
    // It is in what shows an error's parts as well, and not in its text.
    let all = ["error {:#?}", "source {:#?}", "source {:#}", "source {:?}", "source {}"];
    assert_eq!(channels(&of_error(&error)), all);
}

#[tokio::test]
async fn the_name_of_a_job_is_had_from_its_error_and_printed_nowhere() {
    let server = Server::start(|_| Answer(500, String::new(), String::new())).await;
    let clients = Clients::new(&server.url, calls::session());
    let mut job = clients.zstack.job::<zstack::operation::RecoverDataVolume>(calls::job());
    let error = job.poll().await.unwrap_err();
    assert_eq!(error.job_uuid().map(|job| job.as_str()), Some(JOB));
    assert_eq!(channels(&of_error(&error)), [""; 0]);
}
